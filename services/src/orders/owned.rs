//! Orders of accounts: placed signed in, or claimed by their signed link. An equal e-mail makes nobody an owner.

use domain::customers::{CustomerId, OwnOrder, OwnOrders};
use domain::message::Message;
use domain::orders::{OrderId, OrderRow};
use domain::page::{PageNumber, Position};
use domain::text::EmailAddress;
use sqlx::MySqlConnection;

use super::{links, queries};
use crate::Shop;
use crate::database::transact;
use crate::error::{Error, Result};

const PER_PAGE: u32 = 10;

/// A page of an account's orders, newest first.
pub(crate) async fn owned_by(shop: &Shop, account: CustomerId, page: PageNumber) -> Result<OwnOrders> {
    let mut conn = shop.db.acquire().await?;
    let total = queries::owned::count(&mut conn, account).await?;
    let rows = queries::owned::rows(&mut conn, account, PER_PAGE, page.offset(PER_PAGE)).await?;
    let row = |row: queries::owned::OwnRow| OwnOrder {
        access_token: links::token(shop, &row.number),
        number: row.number,
        placed_at: row.placed_at,
        status: row.status,
        units: row.units,
        total: row.total,
        currency: row.currency,
        pay_by: row.pay_by,
    };
    let position = Position { page, per_page: PER_PAGE, total };
    Ok(OwnOrders { rows: rows.into_iter().map(row).collect(), position })
}

/// Makes the order behind the link the account's; once more is the same.
pub(crate) async fn claim(shop: &Shop, account: CustomerId, number: &str, link_token: &str) -> Result<()> {
    transact!(shop.shopper(), |work| {
        let order = links::find(shop, work, number, link_token).await?;
        match queries::owned::lock_owner(work, order).await? {
            Some(owner) if owner == account => {
                super::touch(work, order).await?;
            }
            Some(_) => return Err(Error::Refused(Message::OrderOfAnother)),
            None => queries::owned::set_owner(work, order, account).await?,
        }
        Ok(())
    })
}

/// Whose account the order behind the link is kept in.
pub(crate) async fn keeper(shop: &Shop, number: &str, link_token: &str) -> Result<Option<CustomerId>> {
    let mut conn = shop.db.acquire().await?;
    let order = links::find(shop, &mut conn, number, link_token).await?;
    Ok(queries::owned::owner(&mut conn, order).await?)
}

/// A customer's newest orders, those that the account claimed among them.
pub(crate) async fn of_customer(conn: &mut MySqlConnection, customer: CustomerId, limit: u32) -> Result<Vec<OrderRow>> {
    Ok(queries::owned::of_customer(conn, customer, limit).await?)
}

/// The number of an order that the account has not paid yet. The caller has the account's lock.
pub(crate) async fn unpaid_of(conn: &mut MySqlConnection, account: CustomerId) -> Result<Option<String>> {
    Ok(queries::owned::unpaid(conn, account).await?)
}

/// The order of that number, when its buyer gave that address.
pub(crate) async fn of_buyer(conn: &mut MySqlConnection, number: &str, email: &str) -> Result<Option<OrderId>> {
    let found = queries::owned::with_email(conn, number).await?;
    let is_theirs = |given: &str| EmailAddress::parse(given).is_ok_and(|given| given.key() == email);
    Ok(found.filter(|(_, given)| is_theirs(given)).map(|(order, _)| order))
}
