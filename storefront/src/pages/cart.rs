//! The cart: what somebody means to buy, at today's prices, and what there is of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Redirect, Response};
use domain::carts::{Cart, CartLine, parse_quantity};
use domain::catalog::{ProductDetail, Variant, VariantId};
use domain::message::Message;
use domain::money::Money;
use domain::problem::{Kind, Problem};
use serde::Deserialize;
use services::{Shop, carts, catalog};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::members::MemberGoods;
use crate::pages::Lenient;
use crate::pages::product::{self, Choice, Unclear};
use crate::session::{Posted, Visitor};
use crate::texts::{Browse, Buy, Frame};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    added: String,
}

#[derive(Template)]
#[template(path = "cart.html")]
struct CartPage {
    layout: Layout,
    cart: Cart,
    /// What a member pays for it.
    member: Option<MemberGoods>,
    /// The line that was just added.
    added: Option<VariantId>,
    /// The line that could not be changed, and why.
    wrong: Option<(VariantId, String)>,
}

impl CartPage {
    fn added_name(&self) -> Option<String> {
        let line = self.cart.lines.iter().find(|line| Some(line.variant_id) == self.added)?;
        Some(self.layout.say(Buy::AddedNotice { name: full_name(&self.layout, line) }))
    }

    /// What is wrong with a line, in words.
    fn trouble(&self, line: &CartLine) -> Option<String> {
        match &self.wrong {
            Some((variant, why)) if *variant == line.variant_id => Some(why.clone()),
            _ => shortage(&self.layout, line),
        }
    }

    fn quantity_label(&self, line: &CartLine) -> String {
        self.layout.say(Buy::QuantityOf { name: full_name(&self.layout, line) })
    }

    fn remove_label(&self, line: &CartLine) -> String {
        self.layout.say(Buy::RemoveNamed { name: full_name(&self.layout, line) })
    }

    fn adjust_text(&self, line: &CartLine) -> String {
        self.layout.say(Buy::Adjust { available: line.limit() })
    }

    /// What a member pays for a line that costs others more.
    fn member_total(&self, line: &CartLine) -> Option<Money> {
        self.member.as_ref()?.line(&self.cart, line)
    }

    /// The words and the amount of what the membership takes off.
    fn member_discount(&self) -> Option<(String, String)> {
        self.member.as_ref()?.row(&self.layout)
    }

    /// What is known of the delivery's price before there is an address.
    fn delivery(&self) -> String {
        if self.has_member_delivery() {
            return self.layout.say(Buy::MemberDelivery);
        }
        let is_free = self.layout.settings.delivery.free_from.is_some_and(|from| self.cart.subtotal >= from);
        self.layout.say(if is_free { Buy::DeliveryFree } else { Buy::DeliveryLater })
    }

    fn has_member_delivery(&self) -> bool {
        self.member.as_ref().is_some_and(MemberGoods::has_delivery)
    }

    /// How far the goods are from free delivery: words, their sum and the limit. A member may have it anyway.
    fn free_delivery(&self) -> Option<(String, Money, Money)> {
        if self.has_member_delivery() {
            return None;
        }
        let from = self.layout.settings.delivery.free_from.filter(|from| *from > Money::ZERO)?;
        let missing = from.minus(self.cart.subtotal).filter(|missing| *missing > Money::ZERO);
        let words = match missing {
            Some(missing) => self.layout.say(Buy::ToFreeDelivery { missing: self.layout.money(&missing) }),
            None => self.layout.say(Buy::HasFreeDelivery),
        };
        Some((words, self.cart.subtotal.min(from), from))
    }
}

pub(crate) async fn show(
    State(shop): State<Shop>,
    visitor: Visitor,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let cart = load(&shop, &visitor).await?;
    let added = asked.added.parse().ok();
    let layout = Layout::load(&shop, visitor.at("/cart")).await?;
    let member = MemberGoods::load(&shop, &layout, &cart).await?;
    layout.clone().show(&CartPage { layout, cart, member, added, wrong: None })
}

/// Puts a variant into the cart: named by its id, or by the values of the product's options.
pub(crate) async fn add(State(shop): State<Shop>, posted: Posted) -> Result<Response, Failure> {
    let product = catalog::product(&shop, posted.text("product")).await?;
    let choice = Choice::posted(&product, posted.starting("option."));

    let layout = Layout::load(&shop, posted.visitor.clone().at(format!("/products/{}", product.slug))).await?;
    let (variant, quantity) = match read_line(&layout, &product, &choice, posted.text("quantity")) {
        Ok(line) => line,
        Err(why) => {
            let wrong = (StatusCode::UNPROCESSABLE_ENTITY, why);
            return refuse_to_add(&shop, layout, product, choice, &posted, wrong).await;
        }
    };
    match put(&shop, posted.visitor.cart.as_deref(), variant.id, quantity).await {
        Ok((key, cart)) if posted.visitor.wants_json => {
            let news = serde_json::json!({
                "units": cart.units,
                "label": Layout { cart_units: cart.units, ..layout.clone() }.cart_label(),
                "name": layout.of(&product.name),
                "options": product.options_text(variant, layout.locale),
                "picture": cart.lines.iter().find(|line| line.variant_id == variant.id)
                    .and_then(|line| line.picture.as_ref()).map(|picture| picture.path(400)),
            });
            Ok((posted.visitor.keep_cart(&key), Json(news)).into_response())
        }
        Ok((key, _)) => {
            let cart = Redirect::to(&format!("/cart?added={}", variant.id));
            Ok((posted.visitor.keep_cart(&key), cart).into_response())
        }
        Err(error) => {
            let problem = Problem::from(&error);
            let why = match (problem.kind, &problem.message) {
                (Kind::Refused, Message::OutOfStock) => {
                    already_has_all(&shop, &layout, &posted, &problem, variant).await
                }
                (Kind::Refused | Kind::Invalid, message) => {
                    layout.say(problem.fields.first().map_or(message, |field| &field.message).clone())
                }
                (Kind::NotFound | Kind::Forbidden | Kind::SignedOut | Kind::TooMany | Kind::Unavailable, _)
                | (Kind::Internal, _) => return Err(error.into()),
            };
            let wrong = (StatusCode::CONFLICT, why);
            refuse_to_add(&shop, layout, product, choice, &posted, wrong).await
        }
    }
}

/// Changes how many of a variant are in the cart; none removes it.
pub(crate) async fn change(
    State(shop): State<Shop>,
    Path(variant): Path<String>,
    posted: Posted,
) -> Result<Response, Failure> {
    let unknown = || Problem::new(Kind::NotFound, Message::NoSuchVariant);
    let variant: VariantId = variant.parse().map_err(|_| unknown())?;
    let Some(key) = posted.visitor.cart.clone() else { return Ok(Redirect::to("/cart").into_response()) };
    let cart = load(&shop, &posted.visitor).await?;
    // The line may have left the cart in another tab: then there is nothing to change.
    let Some(line) = cart.lines.iter().find(|line| line.variant_id == variant) else {
        return Ok(Redirect::to("/cart").into_response());
    };

    let asked =
        if posted.text("do") == "remove" { Ok(0) } else { parse_quantity(posted.text("quantity"), line.max_quantity) };
    let wrong = match asked {
        Err(message) => (StatusCode::UNPROCESSABLE_ENTITY, Err(message)),
        Ok(quantity) => match carts::set_line(&shop, &key, variant, quantity).await {
            Ok(_) => return Ok(Redirect::to("/cart").into_response()),
            Err(error) => {
                let problem = Problem::from(&error);
                if problem.kind != Kind::Refused {
                    return Err(error.into());
                }
                let left = problem.shortages.iter().find(|it| it.variant_id == variant).map_or(0, |it| it.available);
                (StatusCode::CONFLICT, Ok(left))
            }
        },
    };
    let layout = Layout::load(&shop, posted.visitor.at("/cart")).await?;
    let (status, why) = match wrong {
        (status, Err(message)) => (status, layout.say(message)),
        (status, Ok(0)) => (status, short_text(&layout, 0)),
        (status, Ok(left)) => (status, layout.say(Buy::NotChanged { left })),
    };
    let member = MemberGoods::load(&shop, &layout, &cart).await?;
    layout.clone().page(status, &CartPage { layout, cart, member, added: None, wrong: Some((variant, why)) })
}

/// What a line lacks, in words.
pub(crate) fn shortage(layout: &Layout, line: &CartLine) -> Option<String> {
    if line.is_short() {
        Some(short_text(layout, line.available))
    } else if line.quantity > line.max_quantity {
        Some(layout.say(Buy::TooManyLine { most: line.max_quantity }))
    } else {
        None
    }
}

/// A line's product with its options: `Kemeja Linen, Putih / M`.
pub(crate) fn full_name(layout: &Layout, line: &CartLine) -> String {
    let name = layout.of(&line.name);
    match layout.of(&line.options) {
        "" => name.to_owned(),
        options => format!("{name}, {options}"),
    }
}

/// The visitor's cart; an unknown one is an empty one.
pub(crate) async fn load(shop: &Shop, visitor: &Visitor) -> Result<Cart, Failure> {
    let Some(key) = &visitor.cart else { return Ok(Cart::default()) };
    match carts::show(shop, key).await {
        Err(error) if Problem::from(&error).kind == Kind::NotFound => Ok(Cart::default()),
        answer => Ok(answer?),
    }
}

fn short_text(layout: &Layout, left: u32) -> String {
    match left {
        0 => layout.say(Buy::GoneLine),
        available => layout.say(Buy::ShortLine { available }),
    }
}

fn read_line<'a>(
    layout: &Layout,
    product: &'a ProductDetail,
    choice: &Choice,
    quantity: &str,
) -> Result<(&'a Variant, u32), String> {
    let variant = match choice.variant(product) {
        Ok(variant) => variant,
        Err(Unclear::Missing(option)) => return Err(product::choose_text(layout, &option)),
        Err(Unclear::NoSuch) => return Err(layout.say(Browse::NoSuchCombination)),
    };
    if variant.available == 0 {
        return Err(layout.say(Browse::CombinationSoldOut));
    }
    let quantity = if quantity.trim().is_empty() { "1" } else { quantity };
    match parse_quantity(quantity, variant.max_quantity) {
        Ok(quantity) if quantity > 0 => Ok((variant, quantity)),
        _ => Err(layout.say(Buy::AddQuantity { most: variant.max_quantity })),
    }
}

/// Adds to the visitor's cart, or to a new one when there is none or it is no longer known.
async fn put(shop: &Shop, key: Option<&str>, variant: VariantId, quantity: u32) -> services::Result<(String, Cart)> {
    if let Some(key) = key {
        match carts::add(shop, key, variant, quantity).await {
            Err(error) if Problem::from(&error).message == Message::NoSuchCart => {}
            answer => return Ok((key.to_owned(), answer?)),
        }
    }
    let key = carts::create(shop).await?;
    let cart = carts::add(shop, &key, variant, quantity).await?;
    Ok((key, cart))
}

/// Why no more can be added: the shelf holds less than the cart and the wish together.
async fn already_has_all(
    shop: &Shop,
    layout: &Layout,
    posted: &Posted,
    problem: &Problem,
    variant: &Variant,
) -> String {
    let in_cart = load(shop, &posted.visitor).await.unwrap_or_default();
    let has = in_cart.lines.iter().find(|line| line.variant_id == variant.id).map_or(0, |line| line.quantity);
    let left =
        problem.shortages.iter().find(|it| it.variant_id == variant.id).map_or(variant.available, |it| it.available);
    match has {
        0 => short_text(layout, left),
        has => layout.say(Buy::AddShortage { left, has }),
    }
}

async fn refuse_to_add(
    shop: &Shop,
    layout: Layout,
    product: ProductDetail,
    choice: Choice,
    posted: &Posted,
    wrong: (StatusCode, String),
) -> Result<Response, Failure> {
    if posted.visitor.wants_json {
        return Ok((wrong.0, Json(serde_json::json!({ "message": wrong.1 }))).into_response());
    }
    product::page_with_error(shop, layout, product, choice, posted.text("quantity"), wrong).await
}
