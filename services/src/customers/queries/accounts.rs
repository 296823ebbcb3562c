//! The SQL of accounts.

use chrono::{DateTime, Utc};
use domain::customers::{Customer, CustomerId};
use domain::locale::Locale;
use domain::shipping::{Address, AddressForm};
use sqlx::MySqlConnection;

/// What decides whether somebody may sign in.
pub(in crate::customers) struct Credentials {
    pub(in crate::customers) customer_id: CustomerId,
    pub(in crate::customers) password_hash: String,
}

/// A customer's columns; the place is there as a whole or not at all, and the phone number with it.
pub(in crate::customers) struct CustomerRow {
    pub(in crate::customers) id: CustomerId,
    pub(in crate::customers) email: String,
    pub(in crate::customers) name: String,
    pub(in crate::customers) locale: Locale,
    pub(in crate::customers) phone: Option<String>,
    pub(in crate::customers) line_1: Option<String>,
    pub(in crate::customers) line_2: Option<String>,
    pub(in crate::customers) city: Option<String>,
    pub(in crate::customers) province: Option<String>,
    pub(in crate::customers) postal_code: Option<String>,
    pub(in crate::customers) is_verified: bool,
}

impl From<CustomerRow> for Customer {
    fn from(row: CustomerRow) -> Self {
        Self {
            id: row.id,
            email: row.email,
            locale: row.locale,
            address: AddressForm {
                name: row.name.clone(),
                phone: row.phone.unwrap_or_default(),
                line_1: row.line_1.unwrap_or_default(),
                line_2: row.line_2.unwrap_or_default(),
                city: row.city.unwrap_or_default(),
                province: row.province.unwrap_or_default(),
                postal_code: row.postal_code.unwrap_or_default(),
            },
            name: row.name,
            is_verified: row.is_verified,
        }
    }
}

pub(in crate::customers) async fn with_email(
    conn: &mut MySqlConnection,
    email: &str,
) -> sqlx::Result<Option<CustomerId>> {
    sqlx::query_scalar!(
        "select c.id as `id: _` from customers c join accounts a on a.customer_id = c.id where c.email = ?",
        email,
    )
    .fetch_optional(conn)
    .await
}

pub(in crate::customers) async fn credentials(
    conn: &mut MySqlConnection,
    email: &str,
) -> sqlx::Result<Option<Credentials>> {
    sqlx::query_as!(
        Credentials,
        "select a.customer_id as `customer_id: _`, a.password_hash as `password_hash: _`
         from customers c join accounts a on a.customer_id = c.id where c.email = ?",
        email,
    )
    .fetch_optional(conn)
    .await
}

pub(in crate::customers) async fn by_id(conn: &mut MySqlConnection, id: CustomerId) -> sqlx::Result<Option<Customer>> {
    let row = sqlx::query_as!(
        CustomerRow,
        "select c.id as `id: _`, c.email as `email: _`, c.name as `name: _`, a.locale as `locale: _`,
                c.phone as `phone: _`, c.line_1 as `line_1: _`, c.line_2 as `line_2: _`, c.city as `city: _`,
                c.province as `province: _`, c.postal_code as `postal_code: _`,
                a.verified_at is not null as `is_verified!: _`
         from customers c join accounts a on a.customer_id = c.id where c.id = ?",
        id,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(Customer::from))
}

/// The customer of that e-mail without an address: what others wrote under the e-mail is not for who registers it.
pub(in crate::customers) async fn begin_anew(
    conn: &mut MySqlConnection,
    email: &str,
    name: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<CustomerId> {
    let done = sqlx::query!(
        "insert into customers (email, name, created_at) values (?, ?, ?)
         on duplicate key update id = last_insert_id(id), name = values(name), phone = null, line_1 = null,
             line_2 = null, city = null, province = null, postal_code = null",
        email,
        name,
        now,
    )
    .execute(conn)
    .await?;
    Ok(CustomerId::new(done.last_insert_id()))
}

pub(in crate::customers) async fn insert(
    conn: &mut MySqlConnection,
    id: CustomerId,
    password_hash: &str,
    locale: Locale,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into accounts (customer_id, password_hash, locale, created_at, password_changed_at)
         values (?, ?, ?, ?, ?)",
        id,
        password_hash,
        locale,
        now,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// The hash of the account's password. The caller has the customer's lock.
pub(in crate::customers) async fn password(conn: &mut MySqlConnection, id: CustomerId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("select password_hash as `hash: _` from accounts where customer_id = ?", id)
        .fetch_optional(conn)
        .await
}

pub(in crate::customers) async fn set_password(
    conn: &mut MySqlConnection,
    id: CustomerId,
    password_hash: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set password_hash = ?, password_changed_at = ? where customer_id = ?",
        password_hash,
        now,
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Notes that the account's owner reads what is sent to its address.
pub(in crate::customers) async fn set_verified(
    conn: &mut MySqlConnection,
    id: CustomerId,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update accounts set verified_at = coalesce(verified_at, ?) where customer_id = ?", now, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes whether news of the shop are wanted.
pub(in crate::customers) async fn set_wants_news(
    conn: &mut MySqlConnection,
    id: CustomerId,
    wants: bool,
) -> sqlx::Result<()> {
    sqlx::query!("update accounts set wants_news = ? where customer_id = ?", wants, id).execute(conn).await?;
    Ok(())
}

/// Whether its owner proved that.
pub(in crate::customers) async fn is_verified(conn: &mut MySqlConnection, id: CustomerId) -> sqlx::Result<bool> {
    let found = sqlx::query_scalar!(
        "select verified_at is not null as `is_verified!: bool` from accounts where customer_id = ?",
        id,
    );
    Ok(found.fetch_optional(conn).await?.unwrap_or_default())
}

/// Gives a locked account another address. A guest who bought under it, and has no account, is known by the former one
/// from now on: both belong to whoever confirmed.
pub(in crate::customers) async fn move_email(
    conn: &mut MySqlConnection,
    id: CustomerId,
    former: &str,
    email: &str,
) -> sqlx::Result<()> {
    let between = format!("{id}@moving.invalid");
    sqlx::query!("update customers set email = ? where id = ?", between, id).execute(&mut *conn).await?;
    sqlx::query!("update customers set email = ? where email = ?", former, email).execute(&mut *conn).await?;
    sqlx::query!("update customers set email = ? where id = ?", email, id).execute(conn).await?;
    Ok(())
}

/// Another hash of the same password.
pub(in crate::customers) async fn renew_hash(
    conn: &mut MySqlConnection,
    id: CustomerId,
    password_hash: &str,
) -> sqlx::Result<()> {
    sqlx::query!("update accounts set password_hash = ? where customer_id = ?", password_hash, id)
        .execute(conn)
        .await?;
    Ok(())
}

pub(in crate::customers) async fn set_locale(
    conn: &mut MySqlConnection,
    id: CustomerId,
    locale: Locale,
) -> sqlx::Result<()> {
    sqlx::query!("update accounts set locale = ? where customer_id = ?", locale, id).execute(conn).await?;
    Ok(())
}

/// Stores the name and the address; without one, the address goes.
pub(in crate::customers) async fn set_profile(
    conn: &mut MySqlConnection,
    id: CustomerId,
    name: &str,
    address: Option<&Address>,
) -> sqlx::Result<()> {
    let place = address.and_then(|it| it.place.as_ref());
    sqlx::query!(
        "update customers set name = ?, phone = ?, line_1 = ?, line_2 = ?, city = ?, province = ?, postal_code = ?
         where id = ?",
        name,
        address.map(|it| it.phone.as_str()),
        place.map(|it| it.line_1.as_str()),
        place.and_then(|it| it.line_2.as_ref()).map(|line| line.as_str()),
        place.map(|it| it.city.as_str()),
        place.map(|it| it.province.as_str()),
        place.map(|it| it.postal_code.as_str()),
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}
