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
