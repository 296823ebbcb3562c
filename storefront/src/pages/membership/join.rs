//! Asking for a plan: a member confirms, a guest makes an account on the same page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::customers::{Customer, RegisterCustomer};
use domain::memberships::{BuyMembership, MembershipOffer, PlanOffer, PurchaseKind, Quote};
use domain::message::Message;
use domain::money::Money;
use domain::problem::{FieldProblem, Kind, Problem};
use domain::text::Password;
use services::customers::accounts;
use services::{Shop, memberships};

use super::{costs, purchase};
use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::account::{self, entry};
use crate::session::{Posted, Sent};
use crate::texts::{Account, Buy, Frame, MembershipText};
use crate::visit::Visit;

#[derive(Template)]
#[template(path = "membership_join.html")]
struct JoinPage {
    layout: Layout,
    plan: PlanOffer,
    quote: Quote,
    /// When the present membership ends.
    until: Option<String>,
    name: String,
    email: String,
    problems: Vec<FieldProblem>,
    is_taken: bool,
    notice: Option<String>,
}

impl JoinPage {
    fn is_guest(&self) -> bool {
        self.layout.visit.customer.is_none()
    }

    fn title(&self) -> String {
        self.layout.say(self.heading())
    }

    fn head_title(&self) -> String {
        self.layout.form_title(self.heading(), !self.problems.is_empty() || self.notice.is_some())
    }

    fn heading(&self) -> MembershipText {
        match self.quote.kind {
            _ if self.is_guest() => MembershipText::GuestTitle,
            PurchaseKind::New => MembershipText::ConfirmNew,
            PurchaseKind::Renew => MembershipText::ConfirmRenew,
            PurchaseKind::Upgrade => MembershipText::ConfirmUpgrade,
        }
    }

    fn is_first(&self, field: &str) -> bool {
        account::is_first(&self.problems, &entry::FIELDS, field)
    }

    fn text(&self) -> String {
        self.layout.say(match (self.quote.kind, &self.until) {
            _ if self.is_guest() => MembershipText::GuestHint,
            (PurchaseKind::Renew, Some(until)) => MembershipText::RenewText { until: until.clone() },
            (PurchaseKind::New | PurchaseKind::Renew, _) => MembershipText::NewText,
            (PurchaseKind::Upgrade, _) => MembershipText::UpgradeText,
        })
    }

    fn costs(&self) -> Vec<(String, String)> {
        costs(&self.layout, &self.quote)
    }

    fn action(&self) -> String {
        super::address(&self.plan.plan)
    }

    fn sign_in_address(&self) -> String {
        entry::address(&self.action())
    }

    fn password_hint(&self) -> String {
        self.layout.say(Account::PasswordHint { fewest: Password::FEWEST })
    }

    fn trouble(&self, field: &str) -> Option<String> {
        self.layout.trouble(&self.problems, field)
    }
}

pub(crate) async fn ask(State(shop): State<Shop>, Path(plan): Path<String>, visit: Visit) -> Result<Response, Failure> {
    let layout = Layout::load(&shop, visit).await?;
    page(&shop, layout, &plan, None).await
}

/// Buys the plan; a guest has an account first. Should only the second half fail, the account stays.
pub(crate) async fn submit(
    State(shop): State<Shop>,
    Path(plan): Path<String>,
    sent: Sent,
) -> Result<Response, Failure> {
    let here = format!("/membership/plans/{plan}");
    let posted = match sent {
        Sent::Ours(posted) => posted,
        Sent::Expired(posted) => {
            let typed = (posted.text("name").to_owned(), posted.text("email").to_owned());
            let layout = Layout::load(&shop, posted.visit.at(here)).await?;
            let notice = Some(layout.say(Frame::FormExpired));
            let wrong = Wrong { status: StatusCode::FORBIDDEN, notice, typed, ..Wrong::default() };
            return page(&shop, layout, &plan, Some(wrong)).await;
        }
    };
    if let Some(customer) = posted.visit.customer.clone() {
        return match buy(&shop, &customer, &plan, &posted).await {
            Ok(address) => Ok(Redirect::to(&address).into_response()),
            Err(error) => {
                if error.kind() != Kind::Refused {
                    return Err(error.into());
                }
                let layout = Layout::load(&shop, posted.visit.clone().at(here)).await?;
                let notice = Some(layout.say(error.message().clone()));
                let wrong = Wrong { status: StatusCode::CONFLICT, notice, ..Wrong::default() };
                page(&shop, layout, &plan, Some(wrong)).await
            }
        };
    }

    let layout = Layout::load(&shop, posted.visit.clone().at(here)).await?;
    let text = |name: &str| posted.text(name).to_owned();
    let request = RegisterCustomer {
        name: text("name"),
        email: text("email"),
        password: Password::typed(text("password")),
        locale: layout.locale,
    };
    match accounts::register(&shop, request, posted.visit.guest_cart()).await {
        Ok(signed_in) => {
            let address = match buy(&shop, &signed_in.customer, &plan, &posted).await {
                Ok(address) => address,
                Err(error) => {
                    tracing::warn!(%error, "a new account could not buy its plan");
                    "/membership?done=account".to_owned()
                }
            };
            Ok((posted.visit.visitor.sign_in(&signed_in), Redirect::to(&address)).into_response())
        }
        Err(error) => {
            if error.kind() != Kind::Invalid {
                return Err(error.into());
            }
            let is_taken = entry::is_taken(&error);
            let (status, fields) = (StatusCode::UNPROCESSABLE_ENTITY, error.fields().to_vec());
            let typed = (text("name"), text("email"));
            page(&shop, layout, &plan, Some(Wrong { status, notice: None, fields, is_taken, typed })).await
        }
    }
}

/// Why the page comes back.
#[derive(Default)]
struct Wrong {
    status: StatusCode,
    notice: Option<String>,
    fields: Vec<FieldProblem>,
    is_taken: bool,
    /// The name and the e-mail.
    typed: (String, String),
}

async fn page(shop: &Shop, layout: Layout, plan: &str, wrong: Option<Wrong>) -> Result<Response, Failure> {
    let offer = memberships::offer(shop, layout.visit.customer.as_ref()).await?;
    let until = offer.present.as_ref().map(|present| layout.day(&present.ends_at));
    let plan = find(offer, plan).ok_or_else(|| Problem::new(Kind::NotFound, Message::NoSuchPlan))?;
    // What cannot be bought now is said beside the other plans.
    let Ok(quote) = plan.quote else { return Ok(Redirect::to("/membership").into_response()) };

    let Wrong { status, notice, fields: problems, is_taken, typed: (name, email) } = wrong.unwrap_or_default();
    let page = JoinPage { layout, plan, quote, until, name, email, problems, is_taken, notice };
    page.layout.page(status, &page)
}

/// Asks for the plan at the price that the form showed, and gives the page where it is paid.
async fn buy(shop: &Shop, customer: &Customer, plan: &str, posted: &Posted) -> services::Result<String> {
    let unknown = || services::Error::NotFound(Message::NoSuchPlan);
    let request = BuyMembership {
        plan_id: plan.parse().map_err(|_| unknown())?,
        // A form that showed no price agrees with none, so that the customer sees it first.
        expected_due: Some(Money::minor(posted.text("seen_due").parse().unwrap_or(-1))),
    };
    Ok(purchase::address(&memberships::buy(shop, customer, request).await?.number))
}

fn find(offer: MembershipOffer, plan: &str) -> Option<PlanOffer> {
    let id = plan.parse().ok()?;
    offer.plans.into_iter().find(|offered| offered.plan.id == id)
}
