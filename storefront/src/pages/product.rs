//! A product's page: pictures, the choice of a variant, and what buyers say.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use chrono::{DateTime, Utc};
use domain::catalog::{OptionValueId, ProductCard, ProductDetail, ProductOption, Variant, VariantId};
use domain::markdown;
use domain::media::Detail;
use domain::money::Money;
use domain::reviews::Review;
use serde::{Deserialize, Serialize};
use services::catalog::{PageOfProduct, PageSize};
use services::{Shop, catalog};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::crumbs::{self, Crumb};
use crate::pages::landing::delivery_promise;
use crate::pages::{Lenient, moved, structured};
use crate::texts::{Browse, Frame};
use crate::visit::Visit;

mod choice;
mod description;
mod gallery;

pub(crate) use choice::{Choice, Unclear};
use gallery::Shot;

/// From this number of units on, the page does not say how many are left.
const PLENTY: u32 = 6;
/// The most letters of a product's description that search engines are given.
const EXCERPT: usize = 160;
/// What is shown below the product.
const MOST: PageSize = PageSize { reviews: 6, related: 4 };

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    variant: String,
}

/// The page of a product with what somebody has chosen on it.
#[derive(Template)]
#[template(path = "product.html")]
struct ProductPage {
    layout: Layout,
    product: ProductDetail,
    choice: Choice,
    quantity: String,
    error: Option<String>,
    reviews: Vec<Review>,
    related: Vec<ProductCard>,
    read_at: DateTime<Utc>,
}

/// A variant as the option picker of the page needs it.
#[derive(Serialize)]
struct PickerVariant {
    id: VariantId,
    values: Vec<OptionValueId>,
    /// What the cheapest is found by.
    amount: i64,
    price: String,
    compare: Option<String>,
    off: Option<String>,
    /// Words for the end of its sale.
    until: String,
    /// The place of the picture that shows it.
    picture: Option<usize>,
    stock: String,
    is_low: bool,
    fewest: u32,
    /// Words for that, where it is more than one.
    least: String,
    limit: u32,
}

impl ProductPage {
    /// Where a visitor asks about it by WhatsApp.
    fn whatsapp(&self) -> Option<String> {
        let address = format!("{}/products/{}", self.layout.public_url, self.product.slug);
        let (shop, product) = (self.layout.settings.name.clone(), self.layout.of(&self.product.name).to_owned());
        self.layout.whatsapp(&self.layout.say(Browse::WhatsAppWords { shop, product, address }))
    }

    fn variant(&self) -> Option<&Variant> {
        self.choice.variant(&self.product).ok()
    }

    /// The price to show, with the former one: the chosen variant's, or the lowest.
    fn price(&self) -> (Money, Option<Money>) {
        self.priced().map_or((Money::ZERO, None), |variant| (variant.price, variant.compare_at_price))
    }

    fn priced(&self) -> Option<&Variant> {
        self.variant().or_else(|| self.product.cheapest())
    }

    /// Until when that price holds, where it is one of a sale that ends.
    fn until(&self) -> String {
        self.priced().map_or(String::new(), |variant| self.until_of(variant))
    }

    fn until_of(&self, variant: &Variant) -> String {
        let said = |until| self.layout.say(Browse::SaleUntil { end: self.layout.end(until, self.read_at) });
        variant.sale_until.map(said).unwrap_or_default()
    }

    fn is_from_price(&self) -> bool {
        let has_range = self.product.price_range().is_some_and(|(least, most)| least < most);
        has_range && self.variant().is_none()
    }

    fn is_sold_out(&self) -> bool {
        self.product.is_sold_out()
    }

    /// What the line about the stock says at first.
    fn stock(&self) -> (String, bool) {
        match self.variant() {
            Some(variant) => stock(&self.layout, variant),
            None if self.is_sold_out() => (self.layout.say(Browse::SoldOut), true),
            None => (self.layout.say(Browse::InStock), false),
        }
    }

    /// The fewest and the most that can be asked for; while nothing is chosen, what some variant takes.
    fn fewest(&self) -> u32 {
        let least = self.product.variants.iter().map(|variant| variant.min_quantity).min();
        self.variant().map_or(least.unwrap_or(1), |variant| variant.min_quantity)
    }

    fn limit(&self) -> u32 {
        let most = self.product.variants.iter().map(Variant::limit).max();
        self.variant().map_or(most.unwrap_or(1), Variant::limit).max(self.fewest())
    }

    /// Says how many one order must have, where that is more than one.
    fn least(&self) -> String {
        least(&self.layout, self.fewest())
    }

    /// The quantity as it was typed, or the least that can be ordered.
    fn quantity(&self) -> String {
        if self.quantity.is_empty() { self.fewest().to_string() } else { self.quantity.clone() }
    }

    fn is_chosen(&self, value: &OptionValueId) -> bool {
        self.choice.has(*value)
    }

    fn is_value_sold_out(&self, value: &OptionValueId) -> bool {
        choice::is_sold_out(&self.product, *value)
    }

    /// The chosen value's name, beside the option's.
    fn chosen_name(&self, option: &ProductOption) -> String {
        let chosen = option.values.iter().find(|value| self.choice.has(value.id));
        chosen.map_or(String::new(), |value| self.layout.of(&value.value).to_owned())
    }

    fn choose_text(&self, option: &ProductOption) -> String {
        choose_text(&self.layout, option)
    }

    /// The pictures in the order in which they are shown.
    fn shots(&self) -> Vec<Shot<'_>> {
        gallery::shots(&self.product, &self.choice)
    }

    /// What a picture shows; the product where nobody said it.
    fn words(&self, shot: &Shot<'_>) -> String {
        let (alt, name) = (self.layout.of(&shot.picture.alt), self.layout.of(&self.product.name));
        if alt.is_empty() { name.to_owned() } else { alt.to_owned() }
    }

    fn place_words(&self, at: &usize) -> String {
        self.layout.say(Browse::PictureOf { at: *at, of: self.product.pictures.len() })
    }

    /// The part of a picture that stands for a value without a colour.
    fn dot(&self, value: &OptionValueId) -> Option<Detail> {
        gallery::dot(&self.product, *value)
    }

    /// All variants, for the script that follows the choice.
    fn variants_json(&self) -> String {
        let variants: Vec<PickerVariant> = self.product.variants.iter().map(|variant| self.picker(variant)).collect();
        serde_json::to_string(&variants).unwrap_or_default()
    }

    fn picker(&self, variant: &Variant) -> PickerVariant {
        let (stock, is_low) = stock(&self.layout, variant);
        PickerVariant {
            id: variant.id,
            values: variant.values.clone(),
            amount: variant.price.get(),
            price: self.layout.money(&variant.price),
            compare: variant.compare_at_price.map(|price| self.layout.money(&price)),
            until: self.until_of(variant),
            picture: variant.picture,
            off: variant.compare_at_price.and_then(|compare| self.layout.percent_off(&variant.price, &compare)),
            stock,
            is_low,
            fewest: variant.min_quantity,
            least: least(&self.layout, variant.min_quantity),
            limit: variant.limit(),
        }
    }

    /// The description as HTML.
    fn description(&self) -> String {
        description::html(self.layout.of(&self.product.description))
    }

    /// The title for search engines and for who shares the page.
    fn title(&self) -> &str {
        let (own, name) = (self.layout.of(&self.product.seo_title), self.layout.of(&self.product.name));
        if own.is_empty() { name } else { own }
    }

    /// The first sentences for the same, unless the owner wrote others.
    fn summary(&self) -> String {
        match self.layout.of(&self.product.seo_text) {
            "" => markdown::excerpt(self.layout.of(&self.product.description), EXCERPT),
            own => own.to_owned(),
        }
    }

    /// The way here from all goods.
    fn way(&self) -> Vec<Crumb> {
        crumbs::to_category(&self.layout, &self.product.category_slug)
    }

    fn structured_way(&self) -> String {
        let mut way = self.way();
        let (name, address) = (self.layout.of(&self.product.name).to_owned(), address(&self.product.slug, None));
        way.push(Crumb { name, address });
        structured::crumbs(&self.layout, &way)
    }

    fn delivery(&self) -> String {
        delivery_promise(&self.layout)
    }

    fn review_count(&self) -> String {
        match self.product.rating.map_or(0, |rating| rating.count) {
            1 => self.layout.say(Browse::OneReview),
            count => self.layout.say(Browse::ReviewCount { count }),
        }
    }

    fn hundredths(&self, stars: &u8) -> u32 {
        u32::from(*stars) * 100
    }

    fn structured(&self) -> String {
        structured::product(&self.layout, &self.product)
    }

    fn canonical(&self) -> String {
        format!("{}/products/{}", self.layout.public_url, self.product.slug)
    }
}

/// Where a product is, with what is chosen of it.
pub(crate) fn address(slug: &str, chosen: Option<&Variant>) -> String {
    let chosen = chosen.map_or(String::new(), |variant| format!("?variant={}", variant.id));
    format!("/products/{slug}{chosen}")
}

pub(crate) async fn show(
    State(shop): State<Shop>,
    visit: Visit,
    Path(slug): Path<String>,
    uri: Uri,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let shown = catalog::product_page(&shop, &slug, MOST, visit.cart_id()).await?;
    if shown.product.slug != slug {
        return Ok(moved(&address(&shown.product.slug, None), uri.query()));
    }
    let layout = Layout::load(&shop, visit).await?;
    let choice = Choice::opening(&shown.product, asked.variant.parse().ok());
    page(layout, shown, choice, String::new(), None)
}

/// The page again, after something on it could not be put into the cart.
pub(crate) async fn page_with_error(
    shop: &Shop,
    layout: Layout,
    slug: &str,
    choice: Choice,
    quantity: &str,
    wrong: (StatusCode, String),
) -> Result<Response, Failure> {
    let shown = catalog::product_page(shop, slug, MOST, layout.visit.cart_id()).await?;
    page(layout, shown, choice, quantity.to_owned(), Some(wrong))
}

/// What a page says when an option was left open.
pub(crate) fn choose_text(layout: &Layout, option: &ProductOption) -> String {
    layout.say(Browse::ChooseOption { option: layout.of(&option.name).to_lowercase() })
}

fn page(
    layout: Layout,
    shown: PageOfProduct,
    choice: Choice,
    quantity: String,
    wrong: Option<(StatusCode, String)>,
) -> Result<Response, Failure> {
    let PageOfProduct { product, reviews, related, read_at } = shown;
    let (status, error) = wrong.map_or((StatusCode::OK, None), |(status, error)| (status, Some(error)));
    let page = ProductPage { layout, product, choice, quantity, error, reviews, related, read_at };
    page.layout.page(status, &page)
}

fn least(layout: &Layout, fewest: u32) -> String {
    if fewest > 1 { layout.say(Browse::AtLeast { fewest }) } else { String::new() }
}

fn stock(layout: &Layout, variant: &Variant) -> (String, bool) {
    match variant.available {
        0 => (layout.say(Browse::SoldOut), true),
        count if variant.limit() == 0 => (layout.say(Browse::TooFewLeft { count, fewest: variant.min_quantity }), true),
        count if count < PLENTY => (layout.say(Browse::OnlyLeft { count }), true),
        _ => (layout.say(Browse::InStock), false),
    }
}
