//! A purchase of a membership: paying it, and what became of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::{DateTime, Utc};
use domain::memberships::{Purchase, PurchaseStatus, Quote};
use domain::message::Message;
use domain::problem::Kind;
use serde::Deserialize;
use services::{Shop, memberships, payments};

use super::costs;
use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::session::{Member, Posted};
use crate::texts::{Frame, MembershipText};

/// Where a purchase is.
pub(crate) fn address(number: &str) -> String {
    format!("/membership/purchases/{number}")
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Why the payment could not be begun.
    problem: String,
}

#[derive(Template)]
#[template(path = "membership_purchase.html")]
struct PurchasePage {
    layout: Layout,
    purchase: Purchase,
    now: DateTime<Utc>,
    notice: Option<String>,
}

impl PurchasePage {
    fn waits(&self) -> bool {
        self.purchase.can_be_paid(self.now)
    }

    /// What became of it: a word for its looks, a title and a text.
    fn words(&self) -> (&'static str, String, String) {
        let say = |looks, title, text| (looks, self.layout.say(title), self.layout.say(text));
        match self.purchase.status {
            PurchaseStatus::Pending if self.waits() => {
                say("waiting", MembershipText::PurchaseTitle, MembershipText::Elsewhere)
            }
            PurchaseStatus::Paid => say("paid", MembershipText::PaidTitle, MembershipText::PaidText),
            PurchaseStatus::Refunded => say("back", MembershipText::RefundedTitle, MembershipText::RefundedText),
            PurchaseStatus::Pending | PurchaseStatus::Expired | PurchaseStatus::Cancelled => {
                say("over", MembershipText::OverTitle, MembershipText::OverText)
            }
        }
    }

    fn is_paid(&self) -> bool {
        self.purchase.status == PurchaseStatus::Paid
    }

    fn number(&self) -> String {
        self.layout.say(MembershipText::PurchaseNumber { number: self.purchase.number.clone() })
    }

    fn costs(&self) -> Vec<(String, String)> {
        let Purchase { kind, price, credit, due, .. } = self.purchase;
        costs(&self.layout, &Quote { kind, price, credit, due })
    }

    fn pay(&self) -> String {
        self.layout.say(MembershipText::Pay { amount: self.layout.money(&self.purchase.due) })
    }

    fn pay_before(&self) -> String {
        self.layout.say(MembershipText::PayBefore { moment: self.layout.moment(&self.purchase.pay_by) })
    }

    fn here(&self) -> String {
        address(&self.purchase.number)
    }
}

pub(crate) async fn show(
    State(shop): State<Shop>,
    Path(number): Path<String>,
    member: Member,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let purchase = memberships::purchase(&shop, &member.customer, &number).await?;
    let layout = Layout::load(&shop, member.brought).await?;
    let notice = match asked.problem.as_str() {
        "away" => Some(layout.say(MembershipText::GatewayAway)),
        "price" => Some(layout.say(MembershipText::PriceChanged)),
        "off" => Some(layout.say(Message::PaymentMethodOff)),
        _ => None,
    };
    let page = PurchasePage { purchase, now: shop.now().await?, notice, layout };
    page.layout.clone().show(&page)
}

/// Goes to the gateway's page; what was worked out anew is shown before it is paid.
pub(crate) async fn pay(
    State(shop): State<Shop>,
    Path(number): Path<String>,
    member: Member<Posted>,
) -> Result<Response, Failure> {
    let here = address(&number);
    let seen = member.brought.text("seen_due").to_owned();
    let answer = payments::begin_membership(&shop, &member.customer, &number).await;
    let due = memberships::purchase(&shop, &member.customer, &number).await?.due;
    let to = match answer {
        Ok(_) if seen != due.get().to_string() => format!("{here}?problem=price"),
        Ok(url) => url,
        Err(error) => match (error.kind(), error.message()) {
            (Kind::Unavailable, _) => format!("{here}?problem=away"),
            (Kind::Refused, Message::PaymentMethodOff) => format!("{here}?problem=off"),
            // It was paid or is over by now: its page says which.
            (Kind::Refused, _) => here,
            _ => return Err(error.into()),
        },
    };
    Ok(Redirect::to(&to).into_response())
}

/// Calls the purchase off.
pub(crate) async fn call_off(
    State(shop): State<Shop>,
    Path(number): Path<String>,
    member: Member<Posted>,
) -> Result<Response, Failure> {
    let purchase = memberships::give_up(&shop, &member.customer, &number).await?;
    Ok(Redirect::to(&address(&purchase.number)).into_response())
}
