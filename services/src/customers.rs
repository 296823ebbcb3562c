//! Customers: people who bought, or whom the owner knows. Those with a password have an account.

use chrono::{DateTime, Utc};
use domain::customers::{CreateCustomer, CustomerDetail, CustomerId, CustomerPage, GetCustomer, ListCustomers};
use domain::message::Message;
use domain::page::Position;
use domain::problem::Fields;
use domain::staff::{Permission, Staff};
use domain::text::EmailAddress;
use sqlx::MySqlConnection;

use crate::buyers;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::{Shop, database, orders};

pub mod accounts;
mod former;
pub mod links;
pub mod news;
mod queries;
mod sessions;

pub(crate) use former::{FormerAccount, write_former};

const PER_PAGE: u32 = 25;

/// How many orders a customer's page shows.
const LATEST: u32 = 50;

/// A page of customers, newest first.
pub async fn page(shop: &Shop, staff: &Staff, request: ListCustomers) -> Result<CustomerPage> {
    staff.require(Permission::ViewCustomers)?;
    let pattern = database::search_pattern(request.search.as_deref());
    let mut conn = shop.db.acquire().await?;
    let total = queries::known::count(&mut conn, &pattern).await?;
    let rows = queries::known::rows(&mut conn, &pattern, PER_PAGE, request.page.offset(PER_PAGE)).await?;
    Ok(CustomerPage { rows, position: Position { page: request.page, per_page: PER_PAGE, total } })
}

/// A customer with their account and newest orders.
pub async fn detail(shop: &Shop, staff: &Staff, request: GetCustomer) -> Result<CustomerDetail> {
    staff.require(Permission::ViewCustomers)?;
    let mut conn = shop.db.acquire().await?;
    let known = queries::known::detail(&mut conn, request.customer_id).await?;
    let known = known.ok_or(Error::NotFound(Message::NoSuchCustomer))?;
    let latest = orders::of_customer(&mut conn, request.customer_id, LATEST).await?;
    Ok(CustomerDetail { latest, ..known })
}

/// Adds a customer, or renews the address of the one with that e-mail.
pub async fn create(shop: &Shop, staff: &Staff, request: CreateCustomer) -> Result<CustomerId> {
    let writer = shop.staff(staff, Permission::ChangeCatalog)?;
    let mut fields = Fields::default();
    let email = fields.take("email", EmailAddress::parse(&request.email));
    let address = request.address.read("address.", &mut fields);
    let (Some(email), Some(address)) = (email, address) else { return Err(Error::Invalid(fields.into_problems())) };

    transact!(writer, |work| { buyers::remember(work, &email, &address).await })
}

/// Throws away sessions that have ended, a bounded number of them.
pub(crate) async fn forget_sessions(conn: &mut MySqlConnection, now: DateTime<Utc>) -> Result<u64> {
    sessions::forget_ended(conn, now).await
}

/// Throws away links in letters that have ended, a bounded number of them.
pub(crate) async fn forget_links(conn: &mut MySqlConnection, now: DateTime<Utc>) -> Result<u64> {
    Ok(queries::links::delete_ended(conn, now).await?)
}
