//! The SQL of staff. Private to the slice.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::staff::{Role, Staff, StaffId};
use sqlx::MySqlConnection;

pub(super) struct Credentials {
    pub(super) staff: Staff,
    pub(super) password_hash: String,
}

pub(super) async fn by_email(conn: &mut MySqlConnection, email: &str) -> sqlx::Result<Option<Credentials>> {
    let row = sqlx::query!(
        "select id as `id: StaffId`, name as `name: String`, email as `email: String`, role as `role: Role`,
                locale as `locale: Locale`, password_hash as `password_hash: String`
         from staff where email = ? and is_active",
        email,
    )
    .fetch_optional(conn)
    .await?;
    Ok(row.map(|row| Credentials {
        staff: Staff { id: row.id, name: row.name, email: row.email, role: row.role, locale: row.locale },
        password_hash: row.password_hash,
    }))
}

pub(super) async fn by_id(conn: &mut MySqlConnection, id: StaffId) -> sqlx::Result<Option<Staff>> {
    sqlx::query_as!(
        Staff,
        "select id as `id: _`, name as `name: _`, email as `email: _`, role as `role: _`, locale as `locale: _`
         from staff where id = ? and is_active",
        id,
    )
    .fetch_optional(conn)
    .await
}

/// The first owner who works here.
pub(super) async fn owner(conn: &mut MySqlConnection) -> sqlx::Result<Option<Staff>> {
    sqlx::query_as!(
        Staff,
        "select id as `id: _`, name as `name: _`, email as `email: _`, role as `role: _`, locale as `locale: _`
         from staff where role = 'owner' and is_active order by id limit 1",
    )
    .fetch_optional(conn)
    .await
}

/// Another hash of the same password, unless somebody changed the password meanwhile.
pub(super) async fn renew_hash(
    conn: &mut MySqlConnection,
    id: StaffId,
    (former, renewed): (&str, &str),
) -> sqlx::Result<()> {
    sqlx::query!("update staff set password_hash = ? where id = ? and password_hash = ?", renewed, id, former)
        .execute(conn)
        .await?;
    Ok(())
}

pub(super) async fn count(conn: &mut MySqlConnection) -> sqlx::Result<i64> {
    sqlx::query_scalar!("select count(*) as `count!: i64` from staff").fetch_one(conn).await
}

pub(super) async fn set_locale(conn: &mut MySqlConnection, id: StaffId, locale: Locale) -> sqlx::Result<()> {
    sqlx::query!("update staff set locale = ? where id = ?", locale, id).execute(conn).await?;
    Ok(())
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    name: &str,
    email: &str,
    password_hash: &str,
    role: Role,
    locale: Locale,
    now: DateTime<Utc>,
) -> sqlx::Result<StaffId> {
    let done = sqlx::query!(
        "insert into staff (name, email, password_hash, role, locale, created_at) values (?, ?, ?, ?, ?, ?)",
        name,
        email,
        password_hash,
        role,
        locale,
        now,
    )
    .execute(conn)
    .await?;
    Ok(StaffId::new(done.last_insert_id()))
}

pub(super) async fn insert_code(
    conn: &mut MySqlConnection,
    code_hash: &[u8; 32],
    id: StaffId,
    now: DateTime<Utc>,
    ends_at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into staff_codes (code_hash, staff_id, made_at, ends_at) values (?, ?, ?, ?)",
        code_hash.as_slice(),
        id,
        now,
        ends_at,
    )
    .execute(conn)
    .await?;
    Ok(())
}

/// Uses a code up. False when it is not good.
pub(super) async fn take_code(
    conn: &mut MySqlConnection,
    code_hash: &[u8; 32],
    id: StaffId,
    now: DateTime<Utc>,
) -> sqlx::Result<bool> {
    let done = sqlx::query!(
        "delete from staff_codes where code_hash = ? and staff_id = ? and ends_at > ?",
        code_hash.as_slice(),
        id,
        now,
    );
    Ok(done.execute(conn).await?.rows_affected() == 1)
}

/// Ends somebody's codes, and those of others whose time is over.
pub(super) async fn end_codes(conn: &mut MySqlConnection, id: StaffId, now: DateTime<Utc>) -> sqlx::Result<()> {
    sqlx::query!("delete from staff_codes where staff_id = ? or ends_at < ?", id, now).execute(conn).await?;
    Ok(())
}

pub(super) async fn set_password(
    conn: &mut MySqlConnection,
    id: StaffId,
    password_hash: &str,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!("update staff set password_hash = ?, password_changed_at = ? where id = ?", password_hash, now, id)
        .execute(conn)
        .await?;
    Ok(())
}

/// Somebody who works here and signed in then, unless the password changed since.
pub(super) async fn since(
    conn: &mut MySqlConnection,
    id: StaffId,
    signed_in_at: DateTime<Utc>,
) -> sqlx::Result<Option<Staff>> {
    sqlx::query_as!(
        Staff,
        "select id as `id: _`, name as `name: _`, email as `email: _`, role as `role: _`, locale as `locale: _`
         from staff where id = ? and is_active and (password_changed_at is null or password_changed_at <= ?)",
        id,
        signed_in_at,
    )
    .fetch_optional(conn)
    .await
}
