//! Carts over the API. Whoever knows a cart's id may change it, so the id is as good as a key.

use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::carts::{Cart, CartLine};
use domain::catalog::VariantId;
use domain::message::Message;
use domain::money::Price;
use domain::problem::{Kind, Problem};
use serde::Serialize;
use services::{Shop, carts};

use crate::api::catalog::Image;
use crate::api::input::{InPath, Object};
use crate::api::language::Voice;
use crate::api::price::price;
use crate::failure::Failure;

#[derive(Serialize)]
struct CartBody<'a> {
    id: &'a str,
    lines: Vec<LineBody>,
    units: u32,
    subtotal: Price,
}

#[derive(Serialize)]
struct LineBody {
    variant_id: u64,
    sku: String,
    slug: String,
    name: String,
    /// Such as `Indigo / M`; empty when there is nothing to choose.
    options: String,
    quantity: u32,
    unit_price: Price,
    compare_at_price: Option<Price>,
    total: Price,
    available: u32,
    min_quantity: u32,
    max_quantity: u32,
    image: Option<Image>,
}

/// `POST /api/v1/carts`.
pub(crate) async fn create(State(shop): State<Shop>, voice: Voice) -> Result<Response, Failure> {
    let id = carts::create(&shop).await?;
    let mut response = (StatusCode::CREATED, voice.say(CartBody::of(&id, &Cart::default(), &voice))).into_response();
    if let Ok(place) = HeaderValue::from_str(&format!("/api/v1/carts/{id}")) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// `GET /api/v1/carts/{id}`.
pub(crate) async fn show(
    State(shop): State<Shop>,
    voice: Voice,
    InPath(id): InPath<String>,
) -> Result<Response, Failure> {
    let cart = carts::show(&shop, &id).await?;
    Ok(voice.say(CartBody::of(&id, &cart, &voice)))
}

/// `PUT /api/v1/carts/{id}/lines/{variant_id}`: the quantity that the line shall have; 0 removes it.
pub(crate) async fn set_line(
    State(shop): State<Shop>,
    voice: Voice,
    InPath((id, variant)): InPath<(String, String)>,
    body: Object,
) -> Result<Response, Failure> {
    let variant: VariantId = variant.parse().map_err(|_| Problem::new(Kind::NotFound, Message::NoSuchVariant))?;
    let quantity = body.quantity("quantity")?;
    let cart = carts::set_line(&shop, &id, variant, quantity).await?;
    Ok(voice.say(CartBody::of(&id, &cart, &voice)))
}

impl<'a> CartBody<'a> {
    fn of(id: &'a str, cart: &Cart, voice: &Voice) -> Self {
        Self {
            id,
            lines: cart.lines.iter().map(|line| LineBody::of(line, voice)).collect(),
            units: cart.units,
            subtotal: price(cart.subtotal, voice.settings.currency),
        }
    }
}

impl LineBody {
    fn of(line: &CartLine, voice: &Voice) -> Self {
        let (locale, currency) = (voice.locale, voice.settings.currency);
        Self {
            variant_id: line.variant_id.get(),
            sku: line.sku.clone(),
            slug: line.slug.clone(),
            name: line.name.get(locale).to_owned(),
            options: line.options.get(locale).to_owned(),
            quantity: line.quantity,
            unit_price: price(line.unit_price, currency),
            compare_at_price: line.compare_at_price.map(|former| price(former, currency)),
            total: price(line.total, currency),
            available: line.available,
            min_quantity: line.min_quantity,
            max_quantity: line.max_quantity,
            image: line.picture.as_ref().map(|picture| Image::of(picture, 400, locale)),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::carts::Cart;
    use serde_json::{from_value, json, to_value};

    use super::CartBody;
    use crate::api::language::tests::voice;
    use crate::api::openapi::conformance::assert_conforms;

    #[test]
    fn a_cart_looks_as_documented() {
        let text = json!({ "id": "Kemeja", "en": "Shirt" });
        let cart: Cart = from_value(json!({
            "lines": [{
                "variant_id": 2, "product_id": 1, "slug": "kemeja", "name": text, "options": text, "sku": "K-1",
                "picture": {
                    "key": "kemeja-1", "alt": text, "width": 800, "height": 1000, "placeholder": "data:,x",
                    "centre": { "x": 500, "y": 500 }
                }, "unit_price": 199_000, "compare_at_price": null,
                "quantity": 2, "total": 398_000, "available": 3, "min_quantity": 1, "max_quantity": 20,
            }],
            "units": 2,
            "subtotal": 398_000,
        }))
        .unwrap();
        assert_conforms("Cart", &to_value(CartBody::of("key", &cart, &voice())).unwrap());
        assert_conforms("Cart", &to_value(CartBody::of("key", &Cart::default(), &voice())).unwrap());
    }
}
