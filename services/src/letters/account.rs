//! The mail account at the desk: its password, which is never shown again, and a letter that tries it.

use domain::audit::{AuditAction, Subject};
use domain::events::About;
use domain::locale::Locale;
use domain::mail::{MailAccount, MailState, MailTrouble, SendTestLetter, SetMailPassword, TestLetter, Trouble};
use domain::message::Message;
use domain::secrets::{Secret, SecretName, SecretState};
use domain::staff::{Permission, Staff};
use domain::text::EmailAddress;
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::parts::{self, Head};
use super::queries;
use super::smtp::Line;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::mail::Composed;
use crate::secrets::{sealed, unguessable};
use crate::{Shop, events, settings};

/// What is known of the account besides its settings.
pub(crate) async fn state(shop: &Shop, staff: &Staff) -> Result<MailState> {
    staff.require(Permission::ChangeSettings)?;
    let mut conn = shop.db.acquire().await?;
    let password = known(&mut conn, shop).await?;
    let (waiting, failed) = queries::counts(&mut conn).await?;
    Ok(MailState { password, waiting, failed, folder: shop.letter_dir().display().to_string() })
}

/// Keeps the account's password, sealed, or forgets it. The history tells that, and never the password.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub(crate) async fn set_password(shop: &Shop, staff: &Staff, request: SetMailPassword) -> Result<MailState> {
    let writer = shop.staff(staff, Permission::ChangeSettings)?;
    let read = request.password.map(|typed| Secret::read(typed.reveal())).transpose();
    let password = read.map_err(|message| Error::field("password", message))?;
    transact!(writer, |work| {
        let was_set = known(work, shop).await?.since.is_some();
        match &password {
            Some(password) => sealed::put(work, SecretName::SmtpPassword, password).await?,
            None => sealed::forget(work, SecretName::SmtpPassword).await?,
        }
        events::record(work, &About::Settings.into()).await?;
        let told = |is_set: bool, entered: bool| json!({ "smtp_password": { "is_set": is_set, "entered": entered } });
        let (before, after) = (told(was_set, false), told(password.is_some(), password.is_some()));
        work.record(AuditAction::SetSecret, &Subject::settings(), &before, &after).await?;
        Ok(())
    })?;
    hasten(shop, staff).await?;
    state(shop, staff).await
}

/// Sends a letter that says nothing, by the settings that are saved, and tells exactly what came of it.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub(crate) async fn test(shop: &Shop, staff: &Staff, request: SendTestLetter) -> Result<TestLetter> {
    staff.require(Permission::ChangeSettings)?;
    let to = EmailAddress::parse(&request.to).map_err(|message| Error::field("to", message))?;
    let settings = settings::get(shop).await?;
    let account = settings.mail.clone();
    if !account.sends() {
        return Err(Error::Refused(Message::NoMailAccount));
    }
    let in_vain = |trouble| Ok(TestLetter { trouble: Some(trouble) });
    let mut conn = shop.db.acquire().await?;
    let password = match sealed::get(&mut conn, shop.secrets(), SecretName::SmtpPassword).await {
        Err(Error::Refused(_)) => return in_vain(Trouble { kind: MailTrouble::Locked, said: String::new() }),
        read => read?,
    };
    let now = shop.clock.now(&mut conn).await?;
    drop(conn);
    let host = account.sender_address.split_once('@').map_or("etalase.invalid", |(_, host)| host);
    let message_id = format!("<{}@{host}>", unguessable()?);
    let head = Head { to: to.as_str(), name: &staff.name, message_id, written_at: now, unsubscribe: None };
    let letter = match parts::put_together(&settings, head, words(&settings.name, staff.locale)) {
        Ok(letter) => letter,
        Err(trouble) => return in_vain(trouble),
    };
    let mut line = match Line::open(&account, password.as_ref()).await {
        Ok(line) => line,
        Err(trouble) => return in_vain(trouble),
    };
    if let Err(trouble) = line.send(&letter).await {
        return in_vain(trouble);
    }
    line.close().await;
    // Whatever waited for the account to be mended need not wait any longer.
    hasten(shop, staff).await?;
    Ok(TestLetter { trouble: None })
}

/// What waited for another account is tried by the one that was saved.
pub(crate) async fn heed(shop: &Shop, staff: &Staff, before: &MailAccount, saved: &MailAccount) -> Result<()> {
    if before == saved { Ok(()) } else { hasten(shop, staff).await }
}

/// Lets letters that were put off be tried at once.
async fn hasten(shop: &Shop, staff: &Staff) -> Result<()> {
    transact!(shop.oneself(staff), |work| {
        let now = work.now();
        if queries::hasten(work, now).await? > 0 {
            events::record(work, &About::Letters.into()).await?;
        }
        Ok(())
    })
}

async fn known(conn: &mut MySqlConnection, shop: &Shop) -> Result<SecretState> {
    let all = sealed::known(conn, shop.secrets()).await?;
    let nothing = SecretState { name: SecretName::SmtpPassword, since: None, is_given: false };
    Ok(all.into_iter().find(|state| state.name == SecretName::SmtpPassword).unwrap_or(nothing))
}

fn words(shop: &str, locale: Locale) -> Composed {
    let (subject, text) = match locale {
        Locale::Indonesian => (
            format!("Email percobaan dari {shop}"),
            format!("Pengaturan email {shop} sudah benar: email dari toko sampai di sini."),
        ),
        Locale::English => {
            (format!("Test letter from {shop}"), format!("The mail settings of {shop} work: its letters arrive here."))
        }
    };
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    Composed { subject, html: format!("<!DOCTYPE html><html><body><p>{escaped}</p></body></html>"), text }
}
