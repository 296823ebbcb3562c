//! The cart: what somebody means to buy, at today's prices, and what there is of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Redirect, Response};
use domain::carts::{Cart, CartLine, parse_quantity};
use domain::catalog::{ProductDetail, Variant, VariantId};
use domain::message::Message;
use domain::money::Money;
use domain::problem::{Kind, Problem, Shortage};
use serde::Deserialize;
use services::customers::accounts;
use services::orders::Standing;
use services::{Shop, carts, catalog};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::members::MemberGoods;
use crate::pages::product::{self, Choice, Unclear};
use crate::pages::{Lenient, orders};
use crate::session::{Posted, Sent};
use crate::texts::{After, Browse, Buy, Frame};
use crate::visit::Visit;

mod words;

use words::short_text;
pub(crate) use words::{full_name, price_changes, trouble};

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
    /// The line that could not be changed.
    wrong: Option<Wrong>,
    /// Whether a form of the page had lost its token.
    has_expired: bool,
    /// The order that was made of it and waits for its payment, told while nothing else is in it.
    unpaid: Option<Standing>,
}

/// Why a line could not be changed.
struct Wrong {
    variant: VariantId,
    why: String,
    /// A quantity that it could have instead.
    offer: Option<u32>,
}

impl CartPage {
    fn added_name(&self) -> Option<String> {
        let line = self.cart.lines.iter().find(|line| Some(line.variant_id) == self.added)?;
        Some(self.layout.say(Buy::AddedNotice { name: full_name(&self.layout, line) }))
    }

    /// What is wrong with a line, in words.
    fn trouble(&self, line: &CartLine) -> Option<String> {
        match &self.wrong {
            Some(wrong) if wrong.variant == line.variant_id => Some(wrong.why.clone()),
            _ => trouble(&self.layout, line),
        }
    }

    /// What the line in trouble could be changed to; none when only removing it helps.
    fn offer(&self, line: &CartLine) -> Option<u32> {
        let refused = self.wrong.as_ref().filter(|wrong| wrong.variant == line.variant_id);
        let offer = refused.and_then(|wrong| wrong.offer).unwrap_or(line.nearest());
        (offer > 0 && offer != line.quantity).then_some(offer)
    }

    /// Why the cart cannot be ordered as it stands, if it cannot.
    fn notice(&self) -> Option<String> {
        match (self.cart.can_be_ordered(), self.cart.is_short()) {
            (true, _) => None,
            (false, true) => Some(self.layout.say(Buy::ShortNotice)),
            (false, false) => Some(self.layout.say(Buy::LimitNotice)),
        }
    }

    /// What the order that waits is called, and where it is paid.
    fn unpaid(&self) -> Option<(String, String)> {
        let Standing { number, access_token } = self.unpaid.as_ref()?;
        let words = self.layout.say(Buy::UnpaidOrder { number: number.clone() });
        Some((words, orders::address(number, "pay", access_token)))
    }

    fn price_changes(&self) -> Vec<String> {
        price_changes(&self.layout, &self.cart)
    }

    fn quantity_label(&self, line: &CartLine) -> String {
        self.layout.say(Buy::QuantityOf { name: full_name(&self.layout, line) })
    }

    fn remove_label(&self, line: &CartLine) -> String {
        self.layout.say(Buy::RemoveNamed { name: full_name(&self.layout, line) })
    }

    /// How far the buttons lead down. Where an order needs several, one too few is no step on the way to none.
    fn least(&self, line: &CartLine) -> u32 {
        if line.min_quantity > 1 { line.min_quantity } else { 0 }
    }

    fn adjust_text(&self, offer: &u32) -> String {
        self.layout.say(Buy::Adjust { available: *offer })
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
    visit: Visit,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let cart = visit.read_cart(&shop).await?;
    let added = asked.added.parse().ok();
    // Whoever comes back from the payment's page finds the cart empty.
    let unpaid = match visit.cart_id().filter(|_| cart.is_empty()) {
        Some(id) => services::orders::waiting_from(&shop, id).await?,
        None => None,
    };
    let layout = Layout::load(&shop, visit.at("/cart")).await?;
    let member = MemberGoods::of(&layout, &cart)?;
    layout.clone().show(&CartPage { layout, cart, member, added, wrong: None, has_expired: false, unpaid })
}

/// Puts a variant into the cart: named by its id, or by the values of the product's options.
pub(crate) async fn add(State(shop): State<Shop>, sent: Sent) -> Result<Response, Failure> {
    let (is_ours, posted) = match sent {
        Sent::Ours(posted) => (true, posted),
        Sent::Expired(posted) => (false, posted),
    };
    let product = match catalog::product_for(&shop, posted.text("product"), posted.visit.cart_id()).await {
        // Without its product the form has no page to come back to.
        Err(_) if !is_ours => return Err(Problem::new(Kind::Forbidden, Message::NotSameSite).into()),
        known => known?,
    };
    let choice = Choice::posted(&product, posted.starting("option."));

    let here = product::address(&product.slug, choice.variant(&product).ok());
    let layout = Layout::load(&shop, posted.visit.clone().at(here)).await?;
    if !is_ours {
        let wrong = (StatusCode::FORBIDDEN, layout.say(Frame::FormExpired));
        return refuse_to_add(&shop, layout, product, choice, &posted, wrong).await;
    }
    let (variant, quantity) = match read_line(&layout, &product, &choice, posted.text("quantity")) {
        Ok(line) => line,
        Err(why) => {
            let wrong = (StatusCode::UNPROCESSABLE_ENTITY, why);
            return refuse_to_add(&shop, layout, product, choice, &posted, wrong).await;
        }
    };
    match put(&shop, &posted.visit, variant.id, quantity).await {
        Ok((key, cart)) if posted.visit.visitor.wants_json => {
            let news = serde_json::json!({
                "units": cart.units,
                "label": Layout { cart_units: cart.units, ..layout.clone() }.cart_label(),
                "name": layout.of(&product.name),
                "options": product.options_text(variant, layout.locale),
                "picture": cart.lines.iter().find(|line| line.variant_id == variant.id)
                    .and_then(|line| line.picture.as_ref())
                    .map(|picture| serde_json::json!({ "url": picture.filling(100), "cut": picture.cut() })),
            });
            Ok((posted.visit.keep_cart(&key), Json(news)).into_response())
        }
        Ok((key, _)) => {
            let cart = Redirect::to(&format!("/cart?added={}", variant.id));
            Ok((posted.visit.keep_cart(&key), cart).into_response())
        }
        Err(error) => {
            let why = match (error.kind(), error.message()) {
                (Kind::Refused, Message::OutOfStock) => {
                    already_has_all(&shop, &layout, &posted, error.shortages(), variant).await
                }
                (Kind::Refused | Kind::Invalid, message) => {
                    layout.say(error.fields().first().map_or(message, |field| &field.message).clone())
                }
                (Kind::NotFound | Kind::Forbidden | Kind::SignedOut | Kind::TooMany | Kind::Unavailable, _)
                | (Kind::Internal, _) => return Err(error.into()),
            };
            let status = StatusCode::from_u16(error.kind().status()).unwrap_or(StatusCode::CONFLICT);
            let wrong = (status, why);
            refuse_to_add(&shop, layout, product, choice, &posted, wrong).await
        }
    }
}

/// Changes how many of a variant are in the cart; none removes it.
pub(crate) async fn change(
    State(shop): State<Shop>,
    Path(variant): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let posted = match sent {
        Sent::Ours(posted) => posted,
        Sent::Expired(posted) => return expired(&shop, posted).await,
    };
    let unknown = || Problem::new(Kind::NotFound, Message::NoSuchVariant);
    let variant: VariantId = variant.parse().map_err(|_| unknown())?;
    let Some(key) = posted.visit.cart_key() else { return Ok(Redirect::to("/cart").into_response()) };
    let cart = posted.visit.read_cart(&shop).await?;
    // The line may have left the cart in another tab: then there is nothing to change.
    let Some(line) = cart.lines.iter().find(|line| line.variant_id == variant) else {
        return Ok(Redirect::to("/cart").into_response());
    };

    let asked =
        if posted.text("do") == "remove" { Ok(0) } else { parse_quantity(posted.text("quantity"), line.max_quantity) };
    let (status, message, left) = match asked {
        Err(message) => (StatusCode::UNPROCESSABLE_ENTITY, message, None),
        Ok(quantity) => match carts::set_line(&shop, key, variant, quantity).await {
            Ok(_) => return Ok(Redirect::to("/cart").into_response()),
            Err(error) => {
                let left = error.shortages().iter().find(|it| it.variant_id == variant).map(|it| it.available);
                let wrong = error.fields().first().map_or(error.message(), |field| &field.message).clone();
                match error.kind() {
                    Kind::Refused => (StatusCode::CONFLICT, wrong, left),
                    Kind::Invalid => (StatusCode::UNPROCESSABLE_ENTITY, wrong, None),
                    Kind::NotFound | Kind::Forbidden | Kind::SignedOut | Kind::TooMany => return Err(error.into()),
                    Kind::Unavailable | Kind::Internal => return Err(error.into()),
                }
            }
        },
    };
    // What can be had may have changed since.
    let cart = posted.visit.read_cart(&shop).await?;
    let layout = Layout::load(&shop, posted.visit.at("/cart")).await?;
    let can_have = |units| cart.lines.iter().any(|line| line.variant_id == variant && line.limit() >= units);
    let offer = if let Message::TooFew { fewest } = message { Some(fewest).filter(|it| can_have(*it)) } else { None };
    let why = match left {
        None => layout.say(message),
        Some(0) => layout.say(Buy::GoneLine),
        Some(left) => layout.say(Buy::NotChanged { left }),
    };
    let member = MemberGoods::of(&layout, &cart)?;
    let wrong = Some(Wrong { variant, why, offer });
    layout
        .clone()
        .page(status, &CartPage { layout, cart, member, added: None, wrong, has_expired: false, unpaid: None })
}

/// Notes that the buyer saw the prices that the page showed.
pub(crate) async fn see_prices(State(shop): State<Shop>, sent: Sent) -> Result<Response, Failure> {
    let posted = match sent {
        Sent::Ours(posted) => posted,
        Sent::Expired(posted) => return expired(&shop, posted).await,
    };
    let seen: Vec<(VariantId, Money)> = posted
        .starting("price.")
        .filter_map(|(variant, price)| Some((variant.parse().ok()?, Money::minor(price.parse().ok()?))))
        .collect();
    if let Some(key) = posted.visit.cart_key() {
        carts::see_prices(&shop, key, &seen).await?;
    }
    Ok(Redirect::to("/cart").into_response())
}

/// The cart as it is, with fresh tokens.
async fn expired(shop: &Shop, posted: Posted) -> Result<Response, Failure> {
    let cart = posted.visit.read_cart(shop).await?;
    let layout = Layout::load(shop, posted.visit.at("/cart")).await?;
    let member = MemberGoods::of(&layout, &cart)?;
    let page = CartPage { layout, cart, member, added: None, wrong: None, has_expired: true, unpaid: None };
    page.layout.page(StatusCode::FORBIDDEN, &page)
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
    let (available, fewest, most) = (variant.available, variant.min_quantity, variant.max_quantity);
    if available == 0 {
        return Err(layout.say(Browse::CombinationSoldOut));
    }
    if variant.limit() == 0 {
        return Err(layout.say(Browse::TooFewLeft { count: available, fewest }));
    }
    if quantity.trim().is_empty() {
        return Ok((variant, fewest));
    }
    // Fewer than one order must have may still come to units that the cart has.
    match parse_quantity(quantity, most) {
        Ok(quantity) if quantity > 0 => Ok((variant, quantity)),
        _ => Err(layout.say(Buy::AddQuantity { fewest, most })),
    }
}

/// Adds to the visitor's cart, or to a new one when there is none or it is no longer known.
async fn put(shop: &Shop, visit: &Visit, variant: VariantId, quantity: u32) -> services::Result<(String, Cart)> {
    if let Some(key) = visit.cart_key() {
        match carts::add(shop, key, variant, quantity).await {
            // It was thrown away since the visit began.
            Err(error) if *error.message() == Message::NoSuchCart => {}
            answer => return Ok((key.to_owned(), answer?)),
        }
    }
    let key = match &visit.customer {
        Some(customer) => accounts::cart_key(shop, customer).await?,
        None => carts::create(shop).await?,
    };
    let cart = carts::add(shop, &key, variant, quantity).await?;
    Ok((key, cart))
}

/// Why no more can be added: the shelf holds less than the cart and the wish together.
async fn already_has_all(
    shop: &Shop,
    layout: &Layout,
    posted: &Posted,
    shortages: &[Shortage],
    variant: &Variant,
) -> String {
    let in_cart = posted.visit.read_cart(shop).await.unwrap_or_default();
    let has = in_cart.lines.iter().find(|line| line.variant_id == variant.id).map_or(0, |line| line.quantity);
    let left = shortages.iter().find(|it| it.variant_id == variant.id).map_or(variant.available, |it| it.available);
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
    if posted.visit.visitor.wants_json {
        // The page's script goes on with a fresh token by itself.
        let visitor = &posted.visit.visitor;
        let token = (wrong.0 == StatusCode::FORBIDDEN).then_some(&visitor.form_token);
        let words = serde_json::json!({ "message": wrong.1, "form_token": token });
        return Ok((wrong.0, visitor.greeting(), Json(words)).into_response());
    }
    product::page_with_error(shop, layout, &product.slug, choice, posted.text("quantity"), wrong).await
}
