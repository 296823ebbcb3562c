//! A guest's order becomes an account's, by the order's signed link and nothing less: a new account with a password, or
//! the account that is signed in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::customers::{Customer, RegisterCustomer};
use domain::orders::OrderDetail;
use domain::problem::Kind;
use domain::text::Password;
use services::Shop;
use services::customers::accounts;

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::pages::account::entry;
use crate::pages::orders::{self, Access};
use crate::session::Sent;
use crate::texts::{Account, Frame};

/// What the page of thanks offers about the account.
pub(crate) enum Offer {
    /// A password makes an account of the order's e-mail; what was wrong with the last one, if it was tried.
    Create { hint: String, wrong: Option<String>, sign_in: String },
    /// Whoever is signed in may keep the order.
    Keep { hint: String },
    /// The order is in the visitor's account.
    Kept,
    /// It is in somebody else's.
    Nothing,
}

impl Offer {
    /// What suits the order and its visitor.
    pub(crate) async fn of(
        shop: &Shop,
        layout: &Layout,
        order: &OrderDetail,
        token: &str,
        wrong: Option<String>,
    ) -> Result<Self, Failure> {
        let keeper = accounts::keeper(shop, &order.number, token).await?;
        Ok(match (&layout.visit.customer, keeper) {
            (Some(customer), Some(keeper)) if customer.id == keeper => Self::Kept,
            (_, Some(_)) => Self::Nothing,
            (Some(customer), None) => {
                Self::Keep { hint: layout.say(Account::KeepMineHint { name: customer.name.clone() }) }
            }
            (None, None) => Self::Create {
                hint: layout.say(Account::KeepHint { email: order.email.clone() }),
                wrong,
                sign_in: entry::address(&orders::address(&order.number, "thanks", token)),
            },
        })
    }
}

/// Keeps the order in the account that is signed in, or in a new one.
pub(crate) async fn keep(
    State(shop): State<Shop>,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
    sent: Sent,
) -> Result<Response, Failure> {
    let (order, token) = orders::open(&shop, &number, access).await?;
    let posted = match sent {
        Sent::Ours(posted) => posted,
        Sent::Expired(posted) => {
            let layout = Layout::load(&shop, posted.visit.at(orders::address(&number, "thanks", &token))).await?;
            let wrong = (StatusCode::FORBIDDEN, layout.say(Frame::FormExpired));
            return orders::thank_again(&shop, layout, order, token, wrong).await;
        }
    };
    let thanks = Redirect::to(&orders::address(&order.number, "thanks", &token));
    if let Some(customer) = &posted.visit.customer {
        claim(&shop, customer, &order, &token).await?;
        return Ok(thanks.into_response());
    }
    if accounts::keeper(&shop, &order.number, &token).await?.is_some() {
        return Ok(thanks.into_response());
    }

    let layout = Layout::load(&shop, posted.visit.clone().at(orders::address(&number, "thanks", &token))).await?;
    let request = RegisterCustomer {
        name: order.address.name.as_str().to_owned(),
        email: order.email.clone(),
        password: Password::typed(posted.text("password")),
        locale: layout.locale,
    };
    match accounts::register(&shop, request, posted.visit.guest_cart()).await {
        Ok(signed_in) => {
            claim(&shop, &signed_in.customer, &order, &token).await?;
            Ok((posted.visit.visitor.sign_in(&signed_in), thanks).into_response())
        }
        Err(error) => {
            if error.kind() != Kind::Invalid {
                return Err(error.into());
            }
            let wrong = if entry::is_taken(&error) {
                layout.say(Account::EmailTaken)
            } else {
                error.fields().first().map_or(String::new(), |field| layout.say(field.message.clone()))
            };
            orders::thank_again(&shop, layout, order, token, (StatusCode::UNPROCESSABLE_ENTITY, wrong)).await
        }
    }
}

/// Somebody else may have been faster; then the page of thanks offers nothing.
async fn claim(shop: &Shop, customer: &Customer, order: &OrderDetail, token: &str) -> Result<(), Failure> {
    match accounts::claim_order(shop, customer, &order.number, token).await {
        Err(error) if error.kind() == Kind::Refused => Ok(()),
        outcome => Ok(outcome?),
    }
}
