//! The checkout: the units are held while somebody types, and nothing typed is ever lost.
//!
//! An order is placed only for a total that its buyer has seen: the form says which one it showed, and when the real
//! one differs the page comes back once more instead.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Redirect, Response};
use domain::message::Message;
use domain::money::Money;
use domain::pricing::Priced;
use domain::problem::{FieldProblem, Kind, Problem};
use domain::shipping::{DeliveryMethod, Destination};
use serde::Deserialize;
use services::checkout::Buyer;
use services::orders::Standing;
use services::{Shop, carts, checkout};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::{Lenient, orders};
use crate::session::{Posted, Sent};
use crate::texts::{After, Buy, Frame};
use crate::visit::Visit;

mod form;
mod page;
mod sums;

use form::Typed;
use page::CheckoutPage;
use sums::{quote, sums};

/// The page of an order that was placed before.
#[derive(Template)]
#[template(path = "stands.html")]
struct StandsPage {
    layout: Layout,
    order: Standing,
}

impl StandsPage {
    fn hint(&self) -> String {
        self.layout.say(Buy::StandsHint { number: self.order.number.clone() })
    }

    fn address(&self) -> String {
        services::orders::path(&self.order.number, &self.order.access_token)
    }
}

pub(crate) async fn show(State(shop): State<Shop>, visit: Visit) -> Result<Response, Failure> {
    // A page whose units nobody waits for yet is of no use: the browser asks again when somebody does.
    if visit.visitor.is_prefetch {
        return Ok(StatusCode::SERVICE_UNAVAILABLE.into_response());
    }
    let Some(key) = visit.cart_key() else { return Ok(to_cart()) };
    let opened =
        if visit.visitor.is_glance { checkout::look(&shop, key).await } else { checkout::open(&shop, key).await };
    match opened {
        Ok(opened) => {
            let layout = Layout::load(&shop, visit).await?;
            let typed = Typed::fresh(&opened.payment_methods, layout.visit.customer.as_ref());
            let sums = sums(&shop, &layout, &opened.cart, &typed).await?;
            CheckoutPage::of(layout, opened, typed, sums).show(StatusCode::OK)
        }
        // The cart says what is wrong with it.
        Err(error) if is_about_the_cart(&error) => Ok(to_cart()),
        Err(error) => Err(error.into()),
    }
}

/// Works out delivery, adjusts to what is left, or places the order: the pressed button says which.
pub(crate) async fn submit(State(shop): State<Shop>, sent: Sent) -> Result<Response, Failure> {
    let posted = match sent {
        Sent::Ours(posted) => posted,
        Sent::Expired(posted) => return expired(&shop, &posted).await,
    };
    let Some(key) = posted.visit.cart_key().map(str::to_owned) else { return Ok(to_cart()) };
    let mut typed = Typed::posted(&posted);
    let layout = Layout::load(&shop, posted.visit.clone().at("/checkout")).await?;
    let picked = posted.text("pick");
    if !picked.is_empty() {
        picked.clone_into(&mut typed.voucher_code);
        return again(&shop, layout, &key, typed, Wrong::nothing()).await;
    }
    match posted.text("do") {
        "no_voucher" => {
            typed.voucher_code.clear();
            again(&shop, layout, &key, typed, Wrong::nothing()).await
        }
        "delivery" | "voucher" | "hold" => again(&shop, layout, &key, typed, Wrong::nothing()).await,
        "adjust" => {
            adjust(&shop, &key).await?;
            again(&shop, layout, &key, typed, Wrong::nothing()).await
        }
        _ => place(&shop, layout, &key, typed, &posted).await,
    }
}

/// The page with all that was typed and a fresh token. A cart whose own cookie is lost, too, is found by nobody.
async fn expired(shop: &Shop, posted: &Posted) -> Result<Response, Failure> {
    let Some(key) = posted.visit.cart_key() else {
        return Err(Problem::new(Kind::Forbidden, Message::NotSameSite).into());
    };
    let layout = Layout::load(shop, posted.visit.clone().at("/checkout")).await?;
    let wrong = Wrong::with(StatusCode::FORBIDDEN, Some(layout.say(Frame::FormExpired)));
    again(shop, layout, key, Typed::posted(posted), wrong).await
}

async fn place(shop: &Shop, layout: Layout, key: &str, typed: Typed, posted: &Posted) -> Result<Response, Failure> {
    let mut order = typed.order(layout.locale);
    order.expected_total = Some(seen_total(posted));
    if let Err(problems) = order.read() {
        let wrong = Wrong { problems, ..Wrong::with(StatusCode::UNPROCESSABLE_ENTITY, None) };
        return again(shop, layout, key, typed, wrong).await;
    }
    match checkout::place(shop, Buyer { cart: key, account: layout.visit.account() }, posted.text("key"), order).await {
        Ok(placed) => {
            let page = if placed.payment.is_some() { "pay" } else { "thanks" };
            Ok(Redirect::to(&orders::address(&placed.number, page, &placed.access_token)).into_response())
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.kind().status()).unwrap_or(StatusCode::CONFLICT);
            let wrong = match (error.kind(), error.message()) {
                (Kind::Refused, Message::CartIsEmpty) => return Ok(to_cart()),
                (Kind::Refused, Message::TotalChanged { total }) => {
                    Wrong::with(StatusCode::OK, Some(layout.say(Buy::TotalChanged { total: total.clone() })))
                }
                (_, Message::KeyReused) => return stands(shop, layout, posted).await,
                (Kind::Refused, Message::OutOfStock | Message::QuantityOutOfLimits) => Wrong::with(status, None),
                (Kind::Refused, message) => Wrong::with(status, Some(layout.say(message.clone()))),
                (Kind::Invalid, message) => {
                    let notice = error.fields().is_empty().then(|| layout.say(message.clone()));
                    Wrong { problems: error.fields().to_vec(), ..Wrong::with(status, notice) }
                }
                _ => return Err(error.into()),
            };
            again(shop, layout, key, typed, wrong).await
        }
    }
}

/// The form was sent before with something else in it, from another tab or by going back: the order stands.
async fn stands(shop: &Shop, layout: Layout, posted: &Posted) -> Result<Response, Failure> {
    let known = match layout.visit.cart_id() {
        Some(cart) => services::orders::placed_from(shop, cart, posted.text("key")).await?,
        None => None,
    };
    let Some(order) = known else { return Ok(to_cart()) };
    layout.clone().page(StatusCode::CONFLICT, &StandsPage { layout, order })
}

/// The total that the form showed. One that showed none cannot agree with any, so that the buyer sees it first.
fn seen_total(posted: &Posted) -> Money {
    Money::minor(posted.text("seen_total").parse().unwrap_or(-1))
}

/// What the order costs when it goes there, for the script of the page.
pub(crate) async fn delivery(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(asked): Lenient<Place>,
) -> Result<Response, Failure> {
    let Some(cart) = &visit.cart else { return Err(Problem::new(Kind::NotFound, Message::NoSuchCart).into()) };
    let cart = carts::read(&shop, cart).await?;
    let layout = Layout::load(&shop, visit).await?;
    let to = Destination {
        province: asked.province.trim(),
        city: asked.city.trim(),
        method: asked.delivery_method.parse().unwrap_or(DeliveryMethod::Courier),
    };
    let (priced, refused) = quote(&shop, &layout, &cart, &to, &asked.voucher_code).await?;
    Ok(Json(serde_json::json!({
        "voucher_trouble": refused.map(|problem| layout.say(problem.message)),
        "sums": layout.sums(&priced.totals, &priced.taxes),
        "seen_total": priced.totals.total.get().to_string(),
        "button": button(&layout, Some(&priced)),
    }))
    .into_response())
}

pub(crate) async fn leave(State(shop): State<Shop>, posted: Posted) -> Result<Response, Failure> {
    if let Some(key) = posted.visit.cart_key() {
        checkout::leave(&shop, key).await?;
    }
    Ok(to_cart())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Place {
    province: String,
    city: String,
    delivery_method: String,
    voucher_code: String,
}

/// Why the page comes back.
struct Wrong {
    status: StatusCode,
    problems: Vec<FieldProblem>,
    notice: Option<String>,
}

impl Wrong {
    fn nothing() -> Self {
        Self::with(StatusCode::OK, None)
    }

    fn with(status: StatusCode, notice: Option<String>) -> Self {
        Self { status, problems: Vec::new(), notice }
    }
}

/// The page once more with all that was typed. The units are held anew; when a line cannot be ordered, it says which.
async fn again(shop: &Shop, layout: Layout, key: &str, typed: Typed, wrong: Wrong) -> Result<Response, Failure> {
    let mut page = match checkout::open(shop, key).await {
        Ok(opened) => {
            let sums = sums(shop, &layout, &opened.cart, &typed).await?;
            CheckoutPage::of(layout, opened, typed, sums)
        }
        Err(error) if is_about_a_line(&error) => {
            let cart = carts::show(shop, key).await?;
            let methods = shop.payment_methods(&layout.settings);
            CheckoutPage::stopped(layout, cart, methods, typed)
        }
        Err(error) if is_about_the_cart(&error) => return Ok(to_cart()),
        Err(error) => return Err(error.into()),
    };
    let status = if page.can_be_ordered() { wrong.status } else { StatusCode::CONFLICT };
    // A voucher that is refused now was so when the order was tried: it is told once.
    page.problems.retain(|known| !wrong.problems.iter().any(|told| told.field == known.field));
    page.problems.extend(wrong.problems);
    page.notice = wrong.notice;
    page.show(status)
}

/// Brings every line to the nearest quantity that can be ordered; what cannot be had at all goes.
async fn adjust(shop: &Shop, key: &str) -> Result<(), Failure> {
    let cart = carts::show(shop, key).await?;
    for line in cart.lines.iter().filter(|line| !line.can_be_ordered()) {
        match carts::set_line(shop, key, line.variant_id, line.nearest()).await {
            // Somebody was faster once more, or the limits changed; the page shows it.
            Err(error) if matches!(error.kind(), Kind::Refused | Kind::Invalid) => {}
            answer => {
                answer?;
            }
        }
    }
    Ok(())
}

/// Whether lines of the cart cannot be ordered as they stand.
fn is_about_a_line(error: &services::Error) -> bool {
    matches!(error.message(), Message::OutOfStock | Message::QuantityOutOfLimits)
}

fn is_about_the_cart(error: &services::Error) -> bool {
    error.kind() == Kind::Refused || *error.message() == Message::NoSuchCart
}

fn button(layout: &Layout, priced: Option<&Priced>) -> String {
    match priced {
        Some(priced) => layout.say(Buy::PlaceOrderFor { total: layout.money(&priced.totals.total) }),
        None => layout.say(Buy::PlaceOrder),
    }
}

fn to_cart() -> Response {
    Redirect::to("/cart").into_response()
}
