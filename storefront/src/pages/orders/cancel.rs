//! `POST /orders/{number}/cancel?token=…`: the buyer calls the order off, while nothing of it has left.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use services::{Shop, orders};

use super::{Access, show_again};
use crate::failure::Failure;
use crate::pages::Lenient;
use crate::session::Sent;

/// Calls the order off and shows it as it is then.
pub(crate) async fn cancel(
    State(shop): State<Shop>,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
    sent: Sent,
) -> Result<Response, Failure> {
    let posted = match sent {
        Sent::Ours(posted) => posted,
        Sent::Expired(posted) => {
            let reason = posted.text("reason").to_owned();
            return show_again(&shop, posted.visit, &number, access, reason).await;
        }
    };
    let order = orders::cancel_by_buyer(&shop, &number, &access.token, posted.text("reason")).await?;
    Ok(Redirect::to(&orders::path(&order.number, &access.token)).into_response())
}
