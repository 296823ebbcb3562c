//! Memberships: the plans, what the visitor has of them, and ending it.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::memberships::{MembershipOffer, NotForSale, Period, Plan, PlanOffer, PurchaseKind, Quote};
use domain::problem::Kind;
use serde::Deserialize;
use services::{Shop, memberships};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::session::{Member, Posted};
use crate::texts::{Frame, MembershipText};
use crate::visit::Visit;

pub(crate) mod join;
pub(crate) mod purchase;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// What was done a moment ago.
    done: String,
}

#[derive(Template)]
#[template(path = "membership.html")]
struct PlansPage {
    layout: Layout,
    offer: MembershipOffer,
    done: Option<String>,
}

impl PlansPage {
    /// What the button of a plan says and where it leads, or why there is none.
    fn way(&self, plan: &PlanOffer) -> Result<(String, String), String> {
        match &plan.quote {
            Ok(quote) => Ok((self.layout.say(verb(quote.kind)), address(&plan.plan))),
            Err(why) => Err(refusal(&self.layout, why)),
        }
    }

    fn standing(&self) -> Option<String> {
        let present = self.offer.present.as_ref()?;
        let until = self.layout.moment(&present.ends_at);
        Some(self.layout.say(if present.cancels_at_end {
            MembershipText::EndsOn { until }
        } else {
            MembershipText::ActiveUntil { until }
        }))
    }

    fn open(&self) -> Option<(String, String)> {
        let open = self.offer.open.as_ref()?;
        Some((
            self.layout.say(MembershipText::OpenPurchase { number: open.number.clone() }),
            purchase::address(&open.number),
        ))
    }
}

impl Layout {
    /// What a plan gives, line by line.
    pub(crate) fn gives(&self, plan: &Plan) -> Vec<String> {
        let percent = (plan.percent_off.get() > 0)
            .then(|| self.say(MembershipText::Percent { percent: plan.percent_off.display(self.locale) }));
        let delivery = plan.free_delivery.then(|| self.say(MembershipText::FreeDelivery));
        [percent, delivery].into_iter().flatten().collect()
    }

    /// `per bulan`, after a price.
    pub(crate) fn per(&self, period: &Period) -> String {
        self.say(match period {
            Period::Monthly => MembershipText::PerMonth,
            Period::Yearly => MembershipText::PerYear,
        })
    }
}

pub(crate) async fn show(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let layout = Layout::load(&shop, visit.at("/membership")).await?;
    let offer = memberships::offer(&shop, layout.visit.customer.as_ref()).await?;
    let done = match asked.done.as_str() {
        "cancelled" => Some(layout.say(MembershipText::Cancelled)),
        "resumed" => Some(layout.say(MembershipText::Resumed)),
        "account" => Some(layout.say(MembershipText::BoughtNothing)),
        _ => None,
    };
    layout.clone().show(&PlansPage { layout, offer, done })
}

/// Lets the membership end with its period, or takes that back; who has none is shown the plans.
pub(crate) async fn cancel(State(shop): State<Shop>, member: Member<Posted>) -> Result<Response, Failure> {
    let wish = member.brought.text("wish") != "keep";
    let done = match memberships::cancel_at_end(&shop, &member.customer, wish).await {
        Ok(_) if wish => "?done=cancelled",
        Ok(_) => "?done=resumed",
        Err(error) if error.kind() == Kind::Refused => "",
        Err(error) => return Err(error.into()),
    };
    Ok(Redirect::to(&format!("/membership{done}")).into_response())
}

/// Where a plan is asked for.
fn address(plan: &Plan) -> String {
    format!("/membership/plans/{}", plan.id)
}

fn verb(kind: PurchaseKind) -> MembershipText {
    match kind {
        PurchaseKind::New => MembershipText::Buy,
        PurchaseKind::Renew => MembershipText::Renew,
        PurchaseKind::Upgrade => MembershipText::Upgrade,
    }
}

fn refusal(layout: &Layout, why: &NotForSale) -> String {
    layout.say(match why {
        NotForSale::OtherPlanRuns { until } => MembershipText::NotBefore { until: layout.day(until) },
        NotForSale::PaidAhead { from, .. } => MembershipText::PaidAhead { from: layout.day(from) },
    })
}

/// The rows of what a purchase costs: the price, what the days left take off, and what is to be paid.
fn costs(layout: &Layout, quote: &Quote) -> Vec<(String, String)> {
    let mut rows = vec![(layout.say(MembershipText::Price), layout.money(&quote.price))];
    if quote.credit.get() > 0 {
        rows.push((layout.say(MembershipText::Credit), format!("−{}", layout.money(&quote.credit))));
    }
    rows.push((layout.say(MembershipText::Due), layout.money(&quote.due)));
    rows
}
