//! `POST /orders/{number}/cancel?token=…`: the buyer calls the order off, while nothing of it has left.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use services::{Shop, orders};

use super::Access;
use crate::failure::Failure;
use crate::pages::Lenient;
use crate::session::Posted;

/// Calls the order off and shows it as it is then.
pub(crate) async fn cancel(
    State(shop): State<Shop>,
    Path(number): Path<String>,
    Lenient(access): Lenient<Access>,
    posted: Posted,
) -> Result<Response, Failure> {
    let order = orders::cancel_by_buyer(&shop, &number, &access.token, posted.text("reason")).await?;
    Ok(Redirect::to(&orders::path(&order.number, &access.token)).into_response())
}
