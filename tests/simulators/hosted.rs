//! The hosted page of every service.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::{Desk, Standing, midtrans, stripe, xendit};

/// The hosted page: what is paid, and a button.
pub(super) async fn page(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let mut book = desk.book();
    match book.find(|payment| payment.id == id) {
        None => StatusCode::NOT_FOUND.into_response(),
        Some(payment) if payment.standing != Standing::Open => StatusCode::GONE.into_response(),
        Some(payment) => Html(format!(
            "<!doctype html><title>{0}</title><h1>{0}</h1><p>{1} {2}</p><form method=\"post\"><button>Pay</button></form>",
            payment.reference, payment.currency, payment.amount
        ))
        .into_response(),
    }
}

/// The buyer pays: the service tells the shop, and sends the browser back.
pub(super) async fn pay(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let mut book = desk.book();
    let now = book.now();
    let Some(payment) = book.find(|payment| payment.id == id) else { return StatusCode::NOT_FOUND.into_response() };
    if payment.standing != Standing::Open {
        return StatusCode::GONE.into_response();
    }
    payment.is_chosen = true;
    let waiting = payment.clone();
    payment.standing = Standing::Paid;
    let paid = payment.clone();
    let told = match id.split('-').next() {
        Some("snap") => vec![midtrans::notice(&waiting), midtrans::notice(&paid)],
        Some("inv") => vec![xendit::notice(&paid)],
        _ => vec![stripe::notice(&paid, now)],
    };
    book.notices.extend(told);
    (StatusCode::SEE_OTHER, [("location", paid.return_url)]).into_response()
}
