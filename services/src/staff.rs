//! Staff: signing in at the desk.

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::locale::Locale;
use domain::message::Message;
use domain::staff::{Role, SignIn, Staff, StaffId};
use domain::text::{EmailAddress, PersonName};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, events, passwords};

pub mod codes;
mod queries;

/// Signs somebody in; an unknown e-mail and a wrong password look the same, also in time.
#[instrument(skip_all)]
pub async fn sign_in(shop: &Shop, request: SignIn) -> Result<Staff> {
    let wrong = || Error::SignedOut(Message::WrongCredentials);
    let email = EmailAddress::parse(&request.email).map_err(|_| wrong())?.key();
    let row = queries::by_email(&mut *shop.db.acquire().await?, &email).await?;
    if !shop.tries.take(&email) {
        return Err(Error::TooMany);
    }
    let (found, hash) = match row {
        Some(row) => (Some(row.staff), row.password_hash),
        None => (None, passwords::nobody().await?),
    };
    let is_right = passwords::verify(request.password.clone(), hash.clone()).await?;
    let staff = found.filter(|_| is_right).ok_or_else(wrong)?;
    shop.tries.forget(&email);
    if let Some(renewed) = passwords::renewed(request.password, &hash).await? {
        transact!(shop.oneself(&staff), |work| { Ok(queries::renew_hash(work, staff.id, (&hash, &renewed)).await?) })?;
    }
    Ok(staff)
}

/// The member of staff with that id, as long as they work here.
pub async fn find(shop: &Shop, id: StaffId) -> Result<Staff> {
    queries::by_id(&mut *shop.db.acquire().await?, id).await?.ok_or(Error::SignedOut(Message::SignInFirst))
}

/// When somebody began to sign in, by the shop's clock.
#[derive(Clone, Copy, Debug)]
pub struct Since(DateTime<Utc>);

/// The present moment, before a password is compared: one that changes meanwhile is another.
pub async fn since_now(shop: &Shop) -> Result<Since> {
    shop.now().await.map(Since)
}

/// The member of staff who signed in then, as long as they work here and have the same password.
pub async fn find_since(shop: &Shop, id: StaffId, since: Since) -> Result<Staff> {
    let found = queries::since(&mut *shop.db.acquire().await?, id, since.0).await?;
    found.ok_or(Error::SignedOut(Message::SignInFirst))
}

/// Stores the language of somebody's desk.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn choose_locale(shop: &Shop, staff: &Staff, locale: Locale) -> Result<Staff> {
    transact!(shop.oneself(staff), |work| {
        queries::set_locale(work, staff.id, locale).await?;
        let subject = Subject::new(SubjectKind::Staff, staff.id, &staff.name);
        let (before, after) = (json!({ "locale": staff.locale }), json!({ "locale": locale }));
        events::record(work, &About::Staff(staff.id).into()).await?;
        work.record(AuditAction::ChooseLocale, &subject, &before, &after).await?;
        queries::by_id(work, staff.id).await?.ok_or(Error::SignedOut(Message::SignInFirst))
    })
}

/// The owner, for who has the shop's folder in hand: whoever may run its programs may do what the owner may.
pub async fn owner(shop: &Shop) -> Result<Option<Staff>> {
    Ok(queries::owner(&mut *shop.db.acquire().await?).await?)
}

/// Whether that e-mail works here.
pub(crate) async fn with_email(conn: &mut MySqlConnection, email: &EmailAddress) -> Result<Option<StaffId>> {
    Ok(queries::by_email(conn, &email.key()).await?.map(|row| row.staff.id))
}

/// Whether anybody works here yet.
pub(crate) async fn any(conn: &mut MySqlConnection) -> Result<bool> {
    Ok(queries::count(conn).await? > 0)
}

/// Adds a member of staff with a hashed password.
pub(crate) async fn insert(
    work: &mut Work,
    name: &PersonName,
    email: &EmailAddress,
    password_hash: &str,
    role: Role,
    locale: Locale,
) -> Result<Staff> {
    let now = work.now();
    let email = email.key();
    let id = queries::insert(work, name.as_str(), &email, password_hash, role, locale, now).await?;
    Ok(Staff { id, name: name.as_str().to_owned(), email, role, locale })
}
