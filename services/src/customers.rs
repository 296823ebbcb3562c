//! Customers: people who bought, or whom the owner knows.

use chrono::{DateTime, Utc};
use domain::customers::{CreateCustomer, CustomerId};
use domain::problem::Fields;
use domain::shipping::Address;
use domain::staff::{Permission, Staff};
use domain::text::EmailAddress;
use sqlx::MySqlConnection;

use crate::Shop;
use crate::error::{Error, Result};

mod queries;

/// Adds a customer, or renews the address of the one with that e-mail.
pub async fn create(shop: &Shop, staff: &Staff, request: CreateCustomer) -> Result<CustomerId> {
    staff.require(Permission::ChangeCatalog)?;
    let mut fields = Fields::default();
    let email = fields.take("email", EmailAddress::parse(&request.email));
    let address = request.address.read("address.", &mut fields);
    let (Some(email), Some(address)) = (email, address) else { return Err(Error::Invalid(fields.into_problems())) };

    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    remember(&mut conn, &email, &address, now).await
}

/// The customer with that e-mail, made or brought up to date with the address.
pub(crate) async fn remember(
    conn: &mut MySqlConnection,
    email: &EmailAddress,
    address: &Address,
    now: DateTime<Utc>,
) -> Result<CustomerId> {
    Ok(queries::upsert(conn, &email.as_str().to_lowercase(), address, now).await?)
}

/// The customer with that e-mail, if there is one.
pub(crate) async fn find(conn: &mut MySqlConnection, email: &str) -> Result<Option<CustomerId>> {
    Ok(queries::by_email(conn, &email.to_lowercase()).await?)
}
