//! Products over the API.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::catalog::{ListProducts, ProductCard, ProductDetail, Sort, Variant};
use domain::locale::Locale;
use domain::media::{Centre, Picture};
use domain::message::Message;
use domain::money::{Currency, Price};
use domain::page::PageNumber;
use domain::problem::{Fields, Problem};
use domain::text;
use serde::{Deserialize, Serialize};
use services::{Shop, catalog};

use crate::api::input::{InPath, InQuery};
use crate::api::language::Voice;
use crate::api::price::price;
use crate::failure::Failure;
use crate::pages::moved;
use crate::pages::products::in_other_category;

/// The width of the picture that a list links to.
const LIST_WIDTH: u32 = 800;
const PAGE_WIDTH: u32 = 1200;
const MOST_PER_PAGE: u32 = 100;

/// What a client may ask of the list, as it was written.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(crate) struct ListQuery {
    search: String,
    category: String,
    sort: String,
    page: String,
    per_page: String,
}

#[derive(Serialize)]
struct List {
    items: Vec<Item>,
    page: u32,
    per_page: u32,
    total: u64,
}

#[derive(Serialize)]
struct Item {
    slug: String,
    name: String,
    category: CategoryBody,
    price: Price,
    compare_at_price: Option<Price>,
    available: u32,
    image: Option<Image>,
}

#[derive(Serialize)]
struct CategoryBody {
    slug: String,
    name: String,
}

/// A picture, by a path on this server.
#[derive(Serialize)]
pub(crate) struct Image {
    url: String,
    alt: String,
    /// Of the file at that path, in pixels.
    width: u32,
    height: u32,
    /// A blur of it as a `data:` address.
    placeholder: Option<String>,
    /// What stays in sight when it is cut, per mille from the left and from the top.
    centre: Centre,
}

#[derive(Serialize)]
struct Detail {
    #[serde(flatten)]
    item: Item,
    description: String,
    images: Vec<Image>,
    variants: Vec<VariantBody>,
}

#[derive(Serialize)]
struct VariantBody {
    id: u64,
    sku: String,
    options: Vec<Chosen>,
    price: Price,
    compare_at_price: Option<Price>,
    available: u32,
    min_quantity: u32,
    max_quantity: u32,
}

#[derive(Serialize)]
struct Chosen {
    name: String,
    value: String,
}

/// `GET /api/v1/products`: a page beyond the end is empty, and so is a category that nobody knows.
pub(crate) async fn list(
    State(shop): State<Shop>,
    voice: Voice,
    uri: Uri,
    InQuery(query): InQuery<ListQuery>,
) -> Result<Response, Failure> {
    let request = query.read()?;
    if let Some(slug) = &request.category
        && !catalog::categories(&shop).await?.iter().any(|category| category.slug == *slug)
        && let Some(now) = catalog::moved_category(&shop, slug).await?
    {
        return Ok(moved(uri.path(), Some(&in_other_category(uri.query().unwrap_or_default(), &now))));
    }
    let page = catalog::page(&shop, request).await?;
    Ok(voice.say(List {
        items: page.items.iter().map(|card| Item::of(card, &voice)).collect(),
        page: page.position.page.get(),
        per_page: page.position.per_page,
        total: page.position.total,
    }))
}

/// `GET /api/v1/products/{slug}`.
pub(crate) async fn show(
    State(shop): State<Shop>,
    voice: Voice,
    uri: Uri,
    InPath(slug): InPath<String>,
) -> Result<Response, Failure> {
    let product = catalog::product(&shop, &slug).await?;
    if product.slug != slug {
        return Ok(moved(&format!("/api/v1/products/{}", product.slug), uri.query()));
    }
    Ok(voice.say(Detail::of(&product, &voice)))
}

impl ListQuery {
    fn read(&self) -> Result<ListProducts, Failure> {
        let mut fields = Fields::default();
        let usual = ListProducts::default();
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        let sort = match self.sort.trim() {
            "" => Some(usual.sort),
            word => fields.take("sort", word.parse::<Sort>().map_err(|_| Message::NotAChoice)),
        };
        let page = match self.page.trim() {
            "" => Some(usual.page),
            text => fields.take("page", from_one(text).map(PageNumber::new).ok_or(Message::NotAPageNumber)),
        };
        let per_page = match self.per_page.trim() {
            "" => Some(usual.per_page),
            text => {
                let fits = from_one(text).filter(|number| *number <= MOST_PER_PAGE);
                fields.take("per_page", fits.ok_or(Message::NotAPageSize { most: MOST_PER_PAGE }))
            }
        };
        match (sort, page, per_page) {
            (Some(sort), Some(page), Some(per_page)) => Ok(ListProducts {
                search: text::search(&self.search),
                category: some(&self.category),
                sort,
                page,
                per_page,
            }),
            _ => Err(Problem::invalid(fields.into_problems()).into()),
        }
    }
}

/// A whole number, not 0. One that is too large for us is beyond the end of every list.
fn from_one(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u32::MAX)).filter(|number| *number > 0)
}

impl Item {
    fn of(card: &ProductCard, voice: &Voice) -> Self {
        let (locale, currency) = (voice.locale, voice.settings.currency);
        Self {
            slug: card.slug.clone(),
            name: card.name.get(locale).to_owned(),
            category: CategoryBody { slug: card.category_slug.clone(), name: card.category.get(locale).to_owned() },
            price: price(card.price, currency),
            compare_at_price: card.compare_at_price.map(|former| price(former, currency)),
            available: card.available,
            image: card.picture.as_ref().map(|picture| Image::of(picture, LIST_WIDTH, locale)),
        }
    }
}

impl Image {
    /// The picture's file that is at least that wide.
    pub(super) fn of(picture: &Picture, width: u32, locale: Locale) -> Self {
        let (actual, height) = picture.size(width);
        Self {
            url: picture.path(width),
            alt: picture.alt.get(locale).to_owned(),
            width: actual,
            height,
            placeholder: Some(picture.placeholder.clone()).filter(|address| !address.is_empty()),
            centre: picture.centre,
        }
    }
}

impl Detail {
    fn of(product: &ProductDetail, voice: &Voice) -> Self {
        let (locale, currency) = (voice.locale, voice.settings.currency);
        let images = product.pictures.iter().map(|shown| Image::of(&shown.picture, PAGE_WIDTH, locale));
        // The same choice as in a list.
        let shown = product.cheapest();
        Self {
            item: Item {
                slug: product.slug.clone(),
                name: product.name.get(locale).to_owned(),
                category: CategoryBody {
                    slug: product.category_slug.clone(),
                    name: product.category.get(locale).to_owned(),
                },
                price: price(shown.map(|variant| variant.price).unwrap_or_default(), currency),
                compare_at_price: shown.and_then(|variant| variant.compare_at_price).map(|was| price(was, currency)),
                available: product.available(),
                image: product.pictures.first().map(|shown| Image::of(&shown.picture, LIST_WIDTH, locale)),
            },
            description: product.description.get(locale).to_owned(),
            images: images.collect(),
            variants: product
                .variants
                .iter()
                .map(|variant| VariantBody::of(product, variant, locale, currency))
                .collect(),
        }
    }
}

impl VariantBody {
    fn of(product: &ProductDetail, variant: &Variant, locale: Locale, currency: Currency) -> Self {
        let options = product.options.iter().filter_map(|option| {
            let chosen = option.values.iter().find(|value| variant.values.contains(&value.id))?;
            Some(Chosen { name: option.name.get(locale).to_owned(), value: chosen.value.get(locale).to_owned() })
        });
        Self {
            id: variant.id.get(),
            sku: variant.sku.clone(),
            options: options.collect(),
            price: price(variant.price, currency),
            compare_at_price: variant.compare_at_price.map(|former| price(former, currency)),
            available: variant.available,
            min_quantity: variant.min_quantity,
            max_quantity: variant.max_quantity,
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::catalog::{ProductDetail, Sort};
    use serde_json::{from_value, json, to_value};

    use super::{Detail, ListQuery};
    use crate::api::language::tests::voice;
    use crate::api::openapi::conformance::assert_conforms;

    #[test]
    fn a_product_looks_as_documented() {
        let text = json!({ "id": "Kemeja", "en": "Shirt" });
        let picture = json!({
            "key": "kemeja-1", "alt": text, "width": 1200, "height": 1500, "placeholder": "",
            "centre": { "x": 500, "y": 250 },
        });
        let variant = |id: u64, price: i64, available: u32| {
            json!({
                "id": id, "sku": "K-1", "values": [5], "price": price, "compare_at_price": 250_000,
                "weight_grams": 200, "available": available, "min_quantity": 1, "max_quantity": 20,
            })
        };
        let product: ProductDetail = from_value(json!({
            "id": 1, "slug": "kemeja", "name": text, "description": text, "category": text, "category_slug": "atasan",
            "pictures": [{ "picture": picture, "shows": null }],
            "options": [{ "id": 4, "name": text, "values": [{ "id": 5, "value": text, "swatch": null }] }],
            "variants": [variant(1, 150_000, 0), variant(2, 199_000, 3)],
            "rating": null,
        }))
        .unwrap();
        let answer = to_value(Detail::of(&product, &voice())).unwrap();
        assert_conforms("ProductDetail", &answer);
        assert_eq!(
            answer["images"][0],
            json!({
                "url": "/images/kemeja-1-1200.webp", "alt": "Shirt", "width": 1200, "height": 1500, "placeholder": null,
                "centre": { "x": 500, "y": 250 },
            })
        );
        assert_eq!(answer["price"]["amount"], 199_000, "the cheaper variant is sold out");
        assert_eq!(answer["variants"][0]["options"], json!([{ "name": "Shirt", "value": "Shirt" }]));
    }

    #[test]
    fn a_list_is_asked_for_in_plain_words() {
        let query = ListQuery { search: " linen ".to_owned(), sort: "price_asc".to_owned(), ..ListQuery::default() };
        let list = query.read().unwrap();
        assert_eq!((list.search.as_deref(), list.sort, list.page.get()), (Some("linen"), Sort::PriceAscending, 1));
    }

    #[test]
    fn pages_that_are_no_numbers_are_refused() {
        for (page, per_page) in [("0", ""), ("-1", ""), ("x", ""), ("1.5", ""), ("", "0"), ("", "101"), ("", "abc")] {
            let query = ListQuery { page: page.to_owned(), per_page: per_page.to_owned(), ..ListQuery::default() };
            assert!(query.read().is_err(), "{page}/{per_page}");
        }
        for beyond in ["4000000000", "99999999999999999999"] {
            assert!(ListQuery { page: beyond.to_owned(), ..ListQuery::default() }.read().is_ok(), "{beyond}");
        }
    }
}
