//! A product's page: pictures, the choice of a variant, and what buyers say.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::catalog::{OptionValueId, ProductCard, ProductDetail, ProductOption, Variant, VariantId};
use domain::money::Money;
use domain::reviews::Review;
use serde::{Deserialize, Serialize};
use services::catalog::{PageOfProduct, PageSize};
use services::{Shop, catalog};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::pages::about::paragraphs;
use crate::pages::landing::delivery_promise;
use crate::texts::{Browse, Frame};
use crate::visit::Visit;

mod choice;
mod structured;

pub(crate) use choice::{Choice, Unclear};

/// From this number of units on, the page does not say how many are left.
const PLENTY: u32 = 6;
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
}

/// A variant as the option picker of the page needs it.
#[derive(Serialize)]
struct PickerVariant {
    id: VariantId,
    values: Vec<OptionValueId>,
    price: String,
    compare: Option<String>,
    off: Option<String>,
    stock: String,
    is_low: bool,
    fewest: u32,
    /// Words for that, where it is more than one.
    least: String,
    limit: u32,
}

impl ProductPage {
    fn variant(&self) -> Option<&Variant> {
        self.choice.variant(&self.product).ok()
    }

    /// The price to show, with the former one: the chosen variant's, or the lowest.
    fn price(&self) -> (Money, Option<Money>) {
        let shown = self.variant().or_else(|| self.product.variants.iter().min_by_key(|variant| variant.price));
        shown.map_or((Money::ZERO, None), |variant| (variant.price, variant.compare_at_price))
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

    /// Whether a picture shows what is chosen, or nothing special.
    fn is_picture_shown(&self, shows: &Option<OptionValueId>) -> bool {
        let named = |value: OptionValueId| self.product.pictures.iter().any(|it| it.shows == Some(value));
        let any_chosen = self.product.options.iter().flat_map(|option| &option.values);
        let has_own = any_chosen.into_iter().any(|value| self.choice.has(value.id) && named(value.id));
        shows.is_none_or(|value| self.choice.has(value) || !has_own)
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
            price: self.layout.money(&variant.price),
            compare: variant.compare_at_price.map(|price| self.layout.money(&price)),
            off: variant.compare_at_price.and_then(|compare| self.layout.percent_off(&variant.price, &compare)),
            stock,
            is_low,
            fewest: variant.min_quantity,
            least: least(&self.layout, variant.min_quantity),
            limit: variant.limit(),
        }
    }

    fn paragraphs(&self) -> Vec<&str> {
        paragraphs(self.layout.of(&self.product.description))
    }

    /// The first sentences, for search engines.
    fn summary(&self) -> String {
        let text = self.layout.of(&self.product.description).replace('\n', " ");
        text.chars().take(160).collect()
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
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let shown = catalog::product_page(&shop, &slug, MOST, visit.cart_id()).await?;
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
    let PageOfProduct { product, reviews, related } = shown;
    let (status, error) = wrong.map_or((StatusCode::OK, None), |(status, error)| (status, Some(error)));
    let page = ProductPage { layout, product, choice, quantity, error, reviews, related };
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
