//! Signed links: who has an order's link may see and pay it, without an account.

use domain::message::Message;
use domain::orders::OrderId;
use sqlx::MySqlConnection;

use super::queries;
use crate::Shop;
use crate::error::{Error, Result};

/// The path of an order's page.
pub fn path(number: &str, token: &str) -> String {
    format!("/orders/{number}?token={token}")
}

/// The path of an order's payment page.
pub(crate) fn pay_path(number: &str, token: &str) -> String {
    format!("/orders/{number}/pay?token={token}")
}

/// The token of an order's link; it is derived, so nothing of it is stored.
pub(crate) fn token(shop: &Shop, number: &str) -> String {
    shop.order_links.token(&subject(number))
}

/// The order behind a link.
pub(super) async fn find(shop: &Shop, conn: &mut MySqlConnection, number: &str, token: &str) -> Result<OrderId> {
    let nothing = || Error::NotFound(Message::NoSuchOrder);
    if !shop.order_links.proves(&subject(number), token) {
        return Err(nothing());
    }
    queries::by_number(conn, number).await?.ok_or_else(nothing)
}

fn subject(number: &str) -> String {
    format!("order:{number}")
}
