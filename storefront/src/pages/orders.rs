//! An order after it was placed: paying it, the thanks, and its page. Each address carries the order's token.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::message::Message;
use domain::money::Money;
use domain::orders::{OrderDetail, OrderEvent, OrderStatus};
use domain::payments::PaymentStatus;
use domain::problem::Kind;
use domain::shipping::DeliveryMethod;
use domain::text::Password;
use serde::Deserialize;
use services::{Shop, payments};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::pages::account::keep::Offer;
use crate::session::Sent;
use crate::texts::{Account, After, Browse, Frame, TransferText};
use crate::visit::Visit;

pub(crate) mod cancel;
pub(crate) mod invoice;
mod money;
mod parcels;
mod progress;
pub(crate) mod transfer;

use parcels::{ParcelView, RefundView};
use progress::{Aside, Outcome, Step, asides, outcome, steps};

/// Where a page of an order is: `pay`, `proof`, `thanks`, `invoice` or `cancel`.
pub(crate) fn address(number: &str, page: &str, token: &str) -> String {
    let path = services::orders::path(number, token);
    match path.split_once('?') {
        Some((before, query)) => format!("{before}/{page}?{query}"),
        None => format!("{path}/{page}"),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Access {
    token: String,
}

#[derive(Template)]
#[template(path = "order.html")]
struct OrderPage {
    layout: Layout,
    order: OrderDetail,
    token: String,
    /// What was typed why it is called off, when that has to be sent again.
    again: Option<String>,
}

#[derive(Template)]
#[template(path = "pay.html")]
struct PayPage {
    layout: Layout,
    order: OrderDetail,
    token: String,
    notice: Option<String>,
}

#[derive(Template)]
#[template(path = "thanks.html")]
struct ThanksPage {
    layout: Layout,
    order: OrderDetail,
    token: String,
    offer: Offer,
}

impl OrderPage {
    fn steps(&self) -> Vec<Step> {
        steps(&self.layout, &self.order)
    }

    fn asides(&self) -> Vec<Aside> {
        asides(&self.layout, &self.order)
    }

    fn title(&self) -> String {
        self.layout.say(After::OrderTitle { number: self.order.number.clone() })
    }

    fn placed(&self) -> String {
        self.layout.say(After::PlacedAt { moment: self.layout.moment(&self.order.placed_at) })
    }

    /// Where its buyer asks about it by WhatsApp.
    fn whatsapp(&self) -> Option<String> {
        let (shop, number) = (self.layout.settings.name.clone(), self.order.number.clone());
        self.layout.whatsapp(&self.layout.say(After::WhatsAppWords { shop, number }))
    }

    /// What comes back of the money of an order that was called off, and how and when: what its page begins with.
    fn money_back(&self) -> Vec<String> {
        money_back(&self.layout, &self.order)
    }

    fn payment_state(&self) -> Option<String> {
        money::payment_state(&self.layout, &self.order)
    }

    fn hint(&self) -> String {
        let is_fetched = self.order.delivery_method == DeliveryMethod::Pickup;
        self.layout.say(match (self.order.status, outcome(&self.order)) {
            (_, Outcome::Failed) => After::FailedHint,
            (_, Outcome::InReview) => After::ReviewHint,
            (OrderStatus::PendingPayment, _) => After::PendingHint,
            (OrderStatus::Processing, _) if is_fetched => After::ProcessingPickupHint,
            (OrderStatus::PartiallyShipped, _) if is_fetched => After::PartlyReadyHint,
            (OrderStatus::Shipped, _) if is_fetched => After::ReadyHint,
            (OrderStatus::Completed, _) if is_fetched => After::FetchedHint,
            (OrderStatus::Processing, _) => After::ProcessingHint,
            (OrderStatus::PartiallyShipped, _) => After::PartlyShippedHint,
            (OrderStatus::Shipped, _) => After::ShippedHint,
            (OrderStatus::Completed, _) => After::CompletedHint,
            (OrderStatus::Cancelled, _) => transfer::cancelled_hint(&self.order),
            (OrderStatus::Returned, _) => After::ReturnedHint,
        })
    }

    fn may_pay(&self) -> bool {
        may_pay(&self.order)
    }

    fn pay_by(&self) -> Option<String> {
        pay_by(&self.layout, &self.order)
    }

    fn pay_address(&self) -> String {
        address(&self.order.number, "pay", &self.token)
    }

    fn parcels(&self) -> Vec<ParcelView> {
        parcels::parcels(&self.layout, &self.order)
    }

    fn refunds(&self) -> Vec<RefundView> {
        parcels::refunds(&self.layout, &self.order)
    }

    fn invoice_address(&self) -> String {
        address(&self.order.number, "invoice", &self.token)
    }

    fn may_cancel(&self) -> bool {
        self.order.status.after(OrderEvent::CalledOffByBuyer).is_ok()
    }

    fn cancel_address(&self) -> String {
        address(&self.order.number, "cancel", &self.token)
    }

    fn cancel_hint(&self) -> String {
        let is_paid = self.order.balance.left() > Money::ZERO;
        self.layout.say(if is_paid { After::CancelPaidHint } else { After::CancelUnpaidHint })
    }

    fn help(&self) -> String {
        self.layout.say(After::NeedHelpHint { number: self.order.number.clone() })
    }
}

impl PayPage {
    fn number(&self) -> String {
        self.layout.say(After::OrderNumber { number: self.order.number.clone() })
    }

    fn pay_by(&self) -> Option<String> {
        pay_by(&self.layout, &self.order)
    }

    fn button(&self) -> String {
        self.layout.say(After::PayNow { amount: self.layout.money(&self.order.totals.total) })
    }

    fn pay_address(&self) -> String {
        address(&self.order.number, "pay", &self.token)
    }

    fn order_address(&self) -> String {
        services::orders::path(&self.order.number, &self.token)
    }

    fn has_failed(&self) -> bool {
        outcome(&self.order) == Outcome::Failed
    }
}

impl ThanksPage {
    fn outcome(&self) -> Outcome {
        outcome(&self.order)
    }

    /// Where the order is kept in an account.
    fn keep_address(&self) -> String {
        address(&self.order.number, "account", &self.token)
    }

    fn password_hint(&self) -> String {
        self.layout.say(Account::PasswordHint { fewest: Password::FEWEST })
    }

    fn is_waiting(&self) -> bool {
        self.outcome() == Outcome::Waiting
    }

    fn title(&self) -> String {
        let (title, _) = self.words();
        if matches!(self.offer, Offer::Create { wrong: Some(_), .. }) {
            self.layout.say(Frame::MendTitle { title })
        } else {
            title
        }
    }

    fn words(&self) -> (String, String) {
        let (title, hint) = match self.outcome() {
            Outcome::Paid => (After::ThanksTitle, After::ThanksPaid),
            Outcome::CashLater => {
                let amount = self.layout.money(&self.order.totals.total);
                match self.order.delivery_method {
                    DeliveryMethod::Courier => (After::ThanksTitle, After::ThanksCash { amount }),
                    DeliveryMethod::Pickup => (After::ThanksTitle, After::ThanksCashPickup { amount }),
                }
            }
            Outcome::Waiting => (After::WaitingTitle, After::WaitingHint),
            Outcome::Failed => (After::FailedTitle, After::FailedHint),
            Outcome::InReview => (After::ReviewTitle, After::ReviewHint),
            Outcome::Cancelled => (After::CancelledTitle, transfer::cancelled_hint(&self.order)),
        };
        (self.layout.say(title), self.layout.say(hint))
    }

    /// As on the order's page.
    fn money_back(&self) -> Vec<String> {
        money_back(&self.layout, &self.order)
    }

    fn number(&self) -> String {
        self.layout.say(After::OrderNumber { number: self.order.number.clone() })
    }

    fn pay_address(&self) -> String {
        address(&self.order.number, "pay", &self.token)
    }

    fn order_address(&self) -> String {
        services::orders::path(&self.order.number, &self.token)
    }
}

pub(crate) async fn show(
    State(shop): State<Shop>,
    visit: Visit,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
) -> Result<Response, Failure> {
    let (order, token) = open(&shop, &number, access).await?;
    let layout = Layout::load(&shop, visit).await?;
    layout.clone().show(&OrderPage { layout, order, token, again: None })
}

pub(crate) async fn ask_payment(
    State(shop): State<Shop>,
    visit: Visit,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
) -> Result<Response, Failure> {
    let (order, token) = open(&shop, &number, access).await?;
    if !may_pay(&order) {
        return Ok(Redirect::to(&address(&order.number, "thanks", &token)).into_response());
    }
    let layout = Layout::load(&shop, visit).await?;
    if let Some(page) = transfer::page(&layout, &order, &token) {
        return page;
    }
    layout.clone().show(&PayPage { layout, order, token, notice: None })
}

/// The order's page once more with the reason that somebody typed, when the form's token is gone.
pub(crate) async fn show_again(
    shop: &Shop,
    visit: Visit,
    number: &str,
    access: Access,
    reason: String,
) -> Result<Response, Failure> {
    let (order, token) = open(shop, number, access).await?;
    let layout = Layout::load(shop, visit.at(services::orders::path(&order.number, &token))).await?;
    layout.clone().page(StatusCode::FORBIDDEN, &OrderPage { layout, order, token, again: Some(reason) })
}

/// Sends the buyer to the payment provider's page.
pub(crate) async fn begin_payment(
    State(shop): State<Shop>,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (order, token) = open(&shop, &number, access).await?;
    let here = address(&order.number, "pay", &token);
    let posted = match sent {
        Sent::Ours(posted) => posted,
        Sent::Expired(posted) => {
            let layout = Layout::load(&shop, posted.visit.at(here)).await?;
            let notice = Some(layout.say(Frame::FormExpired));
            let page = PayPage { layout, order, token, notice };
            return page.layout.page(StatusCode::FORBIDDEN, &page);
        }
    };
    match payments::begin(&shop, &order.number, &token).await {
        Ok(hosted_page) => Ok(Redirect::to(&hosted_page).into_response()),
        Err(error) => match (error.kind(), error.message()) {
            (Kind::Refused, _) => Ok(Redirect::to(&address(&order.number, "thanks", &token)).into_response()),
            (Kind::Unavailable, Message::GatewayUnavailable) => {
                tracing::warn!(order.number = order.number, "the payment provider did not answer: {error}");
                let layout = Layout::load(&shop, posted.visit.at(here)).await?;
                let notice = Some(layout.say(After::GatewayAway));
                let page = PayPage { layout, order, token, notice };
                page.layout.page(StatusCode::SERVICE_UNAVAILABLE, &page)
            }
            _ => Err(error.into()),
        },
    }
}

pub(crate) async fn thank(
    State(shop): State<Shop>,
    visit: Visit,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
) -> Result<Response, Failure> {
    let (order, token) = open(&shop, &number, access).await?;
    if may_pay(&order) {
        if order.transfer.is_some() {
            return Ok(Redirect::to(&address(&order.number, "pay", &token)).into_response());
        }
        payments::look_soon(&shop, &order);
    }
    let layout = Layout::load(&shop, visit).await?;
    thanks(&shop, StatusCode::OK, layout, order, token, None).await
}

/// The thanks once more, with what was wrong with the form that keeps the order in an account.
pub(crate) async fn thank_again(
    shop: &Shop,
    layout: Layout,
    order: OrderDetail,
    token: String,
    (status, wrong): (StatusCode, String),
) -> Result<Response, Failure> {
    thanks(shop, status, layout, order, token, Some(wrong)).await
}

async fn thanks(
    shop: &Shop,
    status: StatusCode,
    layout: Layout,
    order: OrderDetail,
    token: String,
    wrong: Option<String>,
) -> Result<Response, Failure> {
    let offer = Offer::of(shop, &layout, &order, &token, wrong).await?;
    layout.clone().page(status, &ThanksPage { layout, order, token, offer })
}

/// The order behind a link, and the link's token.
pub(crate) async fn open(shop: &Shop, number: &str, access: Access) -> Result<(OrderDetail, String), Failure> {
    let order = services::orders::show(shop, number, &access.token).await?;
    Ok((order, access.token))
}

fn money_back(layout: &Layout, order: &OrderDetail) -> Vec<String> {
    if money::is_what_matters(order) { money::words(layout, order) } else { Vec::new() }
}

fn may_pay(order: &OrderDetail) -> bool {
    let is_done = matches!(order.payment_status, Some(PaymentStatus::Paid | PaymentStatus::NeedsReview));
    order.payment_method.is_online() && order.status == OrderStatus::PendingPayment && !is_done
}

/// Until when it waits: for its money, or for somebody to look at a proof of it.
fn pay_by(layout: &Layout, order: &OrderDetail) -> Option<String> {
    let checked = order.transfer.as_ref().filter(|transfer| transfer.has_waiting());
    if let Some(until) = checked.and_then(|transfer| transfer.held_until) {
        return Some(layout.say(TransferText::HeldUntil { moment: layout.moment(&until) }));
    }
    order.pay_by.map(|by| layout.say(After::PayBefore { moment: layout.moment(&by) }))
}
