//! Signed links: who has an order's link may see and pay it, without an account.

use domain::carts::CartId;
use domain::message::Message;
use domain::orders::OrderId;
use sqlx::MySqlConnection;

use super::queries;
use crate::error::{Error, Result};
use crate::secrets::SigningKey;
use crate::{Shop, carts};

/// An order that stands, as its buyer finds it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub number: String,
    pub access_token: String,
}

impl Standing {
    fn of(shop: &Shop, number: String) -> Self {
        Self { access_token: token(shop, &number), number }
    }
}

/// The order that the key placed from the cart, for whoever has both.
pub async fn placed_from(shop: &Shop, cart: CartId, key: &str) -> Result<Option<Standing>> {
    let mut conn = shop.db.acquire().await?;
    let carts = carts::with_joined(&mut conn, cart).await?;
    let known = super::placed_by(&mut conn, &carts, key).await?;
    Ok(known.map(|known| Standing::of(shop, known.number)))
}

/// The newest order from the cart that waits for its payment. One of a guest's cart that was joined to an account's is not
/// named: it may be somebody else's.
pub async fn waiting_from(shop: &Shop, cart: CartId) -> Result<Option<Standing>> {
    let number = queries::unpaid::newest_from(&mut *shop.db.acquire().await?, cart).await?;
    Ok(number.map(|number| Standing::of(shop, number)))
}

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
    token_by(&shop.order_links, number)
}

/// The path of an order's page, for whoever has what signs it.
pub(crate) fn path_by(key: &SigningKey, number: &str) -> String {
    path(number, &token_by(key, number))
}

fn token_by(key: &SigningKey, number: &str) -> String {
    key.token(&subject(number))
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
