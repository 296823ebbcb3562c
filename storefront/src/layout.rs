//! What every page shares: the shop's face, the visitor's language and theme, and the words for texts, money and
//! dates.

use std::sync::Arc;

use askama::Template;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use domain::catalog::{Category, CategoryId};
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::money::{Currency, Money, percent_off};
use domain::problem::{FieldProblem, Kind, Problem};
use domain::settings::Settings;
use domain::text::whatsapp_link;
use services::{Chain, Shop, catalog, memberships, settings};

use crate::failure::Failure;
use crate::session::Theme;
use crate::texts::{Browse, Frame, Words};
use crate::visit::Visit;
use crate::{assets, dates};

/// The frame of a page, for one visit. What is the same for everybody is kept, and not read for it.
#[derive(Clone, Debug)]
pub(crate) struct Layout {
    pub(crate) locale: Locale,
    pub(crate) settings: Arc<Settings>,
    pub(crate) categories: Arc<Vec<Category>>,
    pub(crate) cart_units: u32,
    pub(crate) public_url: String,
    /// Whether there is a membership to buy.
    pub(crate) has_memberships: bool,
    pub(crate) visit: Visit,
}

impl Layout {
    /// Loads what the frame of every page shows.
    pub(crate) async fn load(shop: &Shop, visit: Visit) -> Result<Self, Failure> {
        let settings = settings::get(shop).await?;
        Ok(Self {
            locale: visit.locale().unwrap_or(settings.locale),
            settings,
            categories: catalog::categories(shop).await?,
            cart_units: visit.cart.as_ref().map_or(0, |cart| cart.units),
            public_url: shop.public_url().trim_end_matches('/').to_owned(),
            has_memberships: memberships::are_offered(shop).await?,
            visit,
        })
    }

    /// The categories of the first level that have goods, in the owner's order.
    pub(crate) fn tops(&self) -> Vec<&Category> {
        self.below(None)
    }

    /// Those with goods that stand right in a category.
    pub(crate) fn below(&self, parent: Option<CategoryId>) -> Vec<&Category> {
        self.categories.iter().filter(|category| category.parent_id == parent && category.products > 0).collect()
    }

    /// The same of a category that stands in a menu.
    pub(crate) fn inside(&self, category: &Category) -> Vec<&Category> {
        self.below(Some(category.id))
    }

    /// The category of that address, also one without goods.
    pub(crate) fn category(&self, slug: &str) -> Option<&Category> {
        self.categories.iter().find(|category| category.slug == slug)
    }

    /// A text in the visitor's language.
    pub(crate) fn say(&self, text: impl Words) -> String {
        text.words(self.locale)
    }

    /// A text of the owner in the visitor's language.
    pub(crate) fn of<'a>(&self, text: &'a Translated) -> &'a str {
        text.get(self.locale)
    }

    /// An amount in the shop's currency.
    pub(crate) fn money(&self, amount: &Money) -> String {
        amount.display(self.settings.currency)
    }

    /// The shop's currency.
    pub(crate) fn currency(&self) -> Currency {
        self.settings.currency
    }

    /// The text of a sale's badge: `−20%`.
    pub(crate) fn percent_off(&self, price: &Money, compare_at: &Money) -> Option<String> {
        percent_off(*price, *compare_at).map(|percent| format!("−{percent}%"))
    }

    /// An average rating in digits: `4,5` or `4.5`.
    pub(crate) fn stars(&self, hundredths: &u32) -> String {
        let mark = match self.locale {
            Locale::Indonesian => ',',
            Locale::English => '.',
        };
        let tenths = (hundredths + 5) / 10;
        format!("{}{mark}{}", tenths / 10, tenths % 10)
    }

    /// The same for those who do not see the stars.
    pub(crate) fn stars_label(&self, hundredths: &u32) -> String {
        self.say(Browse::StarsOutOfFive { stars: self.stars(hundredths) })
    }

    /// Which of five stars are lit.
    pub(crate) fn lit_stars(&self, hundredths: &u32) -> [bool; 5] {
        [1, 2, 3, 4, 5].map(|star| hundredths + 50 >= star * 100)
    }

    /// A day on the shop's clock.
    pub(crate) fn day(&self, at: &DateTime<Utc>) -> String {
        dates::day(*at, self.settings.utc_offset_minutes, self.locale)
    }

    /// A time of day on the shop's clock.
    pub(crate) fn time(&self, at: &DateTime<Utc>) -> String {
        dates::time(*at, self.settings.utc_offset_minutes, self.locale)
    }

    /// A day and a time on the shop's clock.
    pub(crate) fn moment(&self, at: &DateTime<Utc>) -> String {
        dates::moment(*at, self.settings.utc_offset_minutes, self.locale)
    }

    /// When something ends, on the shop's clock.
    pub(crate) fn end(&self, at: DateTime<Utc>, now: DateTime<Utc>) -> String {
        dates::end(at, now, self.settings.utc_offset_minutes, self.locale)
    }

    /// An instant for machines.
    pub(crate) fn machine(&self, at: &DateTime<Utc>) -> String {
        dates::machine(*at)
    }

    /// The word of the chosen theme; empty when the browser decides.
    pub(crate) fn theme(&self) -> &'static str {
        self.visit.visitor.theme.map_or("", Theme::as_str)
    }

    /// What is wrong with a field, in words that name it also to those who only hear them.
    pub(crate) fn trouble(&self, problems: &[FieldProblem], field: &str) -> Option<String> {
        let problem = problems.iter().find(|problem| problem.field == field)?;
        let missing = match field {
            "name" => Frame::FillName,
            "email" => Frame::FillEmail,
            "phone" => Frame::FillPhone,
            "line_1" => Frame::FillAddress,
            "city" => Frame::FillCity,
            "province" => Frame::FillProvince,
            "postal_code" => Frame::FillPostalCode,
            "password" | "current" | "new" => Frame::FillPassword,
            _ => return Some(self.say(problem.message.clone())),
        };
        Some(if problem.message == Message::Required { self.say(missing) } else { self.say(problem.message.clone()) })
    }

    /// The name of who is signed in.
    pub(crate) fn customer_name(&self) -> Option<&str> {
        self.visit.customer.as_ref().map(|customer| customer.name.as_str())
    }

    /// What the way to the account is called.
    pub(crate) fn account_label(&self) -> String {
        match self.customer_name() {
            Some(name) => self.say(Frame::AccountOf { name: name.to_owned() }),
            None => self.say(Frame::SignIn),
        }
    }

    /// How many units the cart holds, as a screen reader says it.
    pub(crate) fn cart_label(&self) -> String {
        match self.cart_units {
            0 => self.say(Frame::Cart),
            units => self.say(Frame::CartUnits { units }),
        }
    }

    /// Where a browser finds one of our files.
    pub(crate) fn asset(&self, name: &str) -> String {
        assets::address(name)
    }

    /// The address of an icon in the sprite.
    pub(crate) fn icon(&self, name: &str) -> String {
        format!("{}#{name}", assets::address("icons.svg"))
    }

    /// All languages of the shop.
    pub(crate) fn locales(&self) -> &'static [Locale] {
        Locale::ALL
    }

    /// The language to offer in the head.
    pub(crate) fn other_locale(&self) -> Locale {
        match self.locale {
            Locale::Indonesian => Locale::English,
            Locale::English => Locale::Indonesian,
        }
    }

    /// The owner's telephone number as a `tel:` address takes it.
    pub(crate) fn phone_link(&self) -> String {
        self.settings.contact.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }

    /// Where a visitor writes to the shop by WhatsApp, with these words ready to be sent; nothing while it has no number.
    pub(crate) fn whatsapp(&self, words: &str) -> Option<String> {
        whatsapp_link(&self.settings.contact.whatsapp, words)
    }

    /// Whether the shop has a way to reach its owner.
    pub(crate) fn has_contact(&self) -> bool {
        let contact = &self.settings.contact;
        [&contact.email, &contact.phone, &contact.address, &contact.whatsapp].iter().any(|line| !line.is_empty())
    }

    /// The title of a page with a form: it says so first when something on it has to be mended, which is all that some hear.
    pub(crate) fn form_title(&self, title: impl Words, has_trouble: bool) -> String {
        let title = self.say(title);
        if has_trouble { self.say(Frame::MendTitle { title }) } else { title }
    }

    /// Answers with a page in this frame.
    pub(crate) fn page(&self, status: StatusCode, page: &impl Template) -> Result<Response, Failure> {
        Ok((self.visit.visitor.greeting(), html(status, page)?).into_response())
    }

    /// Answers with a page in this frame, with the status of success.
    pub(crate) fn show(&self, page: &impl Template) -> Result<Response, Failure> {
        self.page(StatusCode::OK, page)
    }
}

/// A page as a response. Every page shows what its visitor has: no browser, shared computer or cache may keep one, so that
/// going back asks the server again.
pub(crate) fn html(status: StatusCode, page: &impl Template) -> Result<Response, Failure> {
    let body = page.render().map_err(|error| {
        tracing::error!(error = %Chain(&error), "a page could not be written");
        Failure::from(Problem::new(Kind::Internal, Message::Internal))
    })?;
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    Ok((status, headers, body).into_response())
}
