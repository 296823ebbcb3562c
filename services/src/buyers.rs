//! Who buys: a guest or an account, as orders, vouchers and memberships know and lock them.

use domain::customers::CustomerId;
use domain::shipping::Address;
use domain::text::EmailAddress;
use sqlx::MySqlConnection;

use crate::database::Work;
use crate::error::{Error, Result};

mod queries;

/// The customer with that e-mail, made or brought up to date with the address.
///
/// What an account says of itself stays: whoever writes its e-mail into an order has not proved to be it.
pub(crate) async fn remember(work: &mut Work, email: &EmailAddress, address: &Address) -> Result<CustomerId> {
    let now = work.now();
    let email = email.key();
    if let Some(guest) = queries::upsert(work, &email, address, now).await? {
        return Ok(guest);
    }
    // It was there when it stood in the way of the insert, and is gone: once more.
    queries::by_email(work, &email).await?.ok_or(Error::Busy(sqlx::Error::RowNotFound))
}

/// The customer with that e-mail, if there is one.
pub(crate) async fn find(conn: &mut MySqlConnection, email: &str) -> Result<Option<CustomerId>> {
    let Ok(email) = EmailAddress::parse(email) else { return Ok(None) };
    Ok(queries::by_email(conn, &email.key()).await?)
}

/// The customer, guest or account: until the transaction ends nobody else places the account's orders, counts the uses of
/// their vouchers, or changes their password or membership.
pub(crate) async fn lock(conn: &mut MySqlConnection, customer: CustomerId) -> Result<()> {
    Ok(queries::lock(conn, customer).await?)
}

/// Keeps where an account's first order goes, for its next.
pub(crate) async fn learn_address(conn: &mut MySqlConnection, account: CustomerId, address: &Address) -> Result<()> {
    Ok(queries::learn_address(conn, account, address).await?)
}
