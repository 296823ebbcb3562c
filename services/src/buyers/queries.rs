//! The SQL of people who buy. Private to the slice.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::shipping::Address;
use sqlx::MySqlConnection;

/// The customer with that e-mail, unless it is an account's; a place that is not told stays as it was known.
///
/// One statement, as every guest's order pays for it.
pub(super) async fn upsert(
    conn: &mut MySqlConnection,
    email: &str,
    address: &Address,
    now: DateTime<Utc>,
) -> sqlx::Result<Option<CustomerId>> {
    let place = address.place.as_ref();
    let line_2 = place.and_then(|place| place.line_2.as_ref()).map(|line| line.as_str());
    let done = sqlx::query!(
        "insert into customers (email, name, phone, line_1, line_2, city, province, postal_code, created_at)
         select ?, ?, ?, ?, ?, ?, ?, ?, ? from dual
         where not exists (select 1 from accounts a join customers c on c.id = a.customer_id where c.email = ?)
         on duplicate key update id = last_insert_id(id), name = values(name), phone = values(phone),
             line_2 = if(values(line_1) is null, line_2, values(line_2)),
             line_1 = coalesce(values(line_1), line_1), city = coalesce(values(city), city),
             province = coalesce(values(province), province),
             postal_code = coalesce(values(postal_code), postal_code)",
        email,
        address.name.as_str(),
        address.phone.as_str(),
        place.map(|place| place.line_1.as_str()),
        line_2,
        place.map(|place| place.city.as_str()),
        place.map(|place| place.province.as_str()),
        place.map(|place| place.postal_code.as_str()),
        now,
        email,
    )
    .execute(conn)
    .await?;
    Ok((done.rows_affected() > 0).then(|| CustomerId::new(done.last_insert_id())))
}

pub(super) async fn by_email(conn: &mut MySqlConnection, email: &str) -> sqlx::Result<Option<CustomerId>> {
    sqlx::query_scalar!("select id as `id: _` from customers where email = ?", email).fetch_optional(conn).await
}

/// Holds the customer until the transaction ends. The row is written: a lock that only reads holds on one node of a cluster
/// and not on the others.
pub(super) async fn lock(conn: &mut MySqlConnection, id: CustomerId) -> sqlx::Result<()> {
    sqlx::query!("update customers set locks = locks + 1 where id = ?", id).execute(conn).await?;
    Ok(())
}

/// Stores the address unless there is one; a phone number alone is kept until an address comes.
pub(super) async fn learn_address(conn: &mut MySqlConnection, id: CustomerId, address: &Address) -> sqlx::Result<()> {
    let Some(place) = &address.place else {
        sqlx::query!("update customers set phone = ? where id = ? and phone is null", address.phone.as_str(), id)
            .execute(conn)
            .await?;
        return Ok(());
    };
    sqlx::query!(
        "update customers set phone = ?, line_1 = ?, line_2 = ?, city = ?, province = ?, postal_code = ?
         where id = ? and line_1 is null",
        address.phone.as_str(),
        place.line_1.as_str(),
        place.line_2.as_ref().map(|line| line.as_str()),
        place.city.as_str(),
        place.province.as_str(),
        place.postal_code.as_str(),
        id,
    )
    .execute(conn)
    .await?;
    Ok(())
}
