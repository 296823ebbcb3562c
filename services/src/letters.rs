//! Letters on their way: what waits in the outbox is written from what the shop knows, and handed to the mail server; without a
//! mail account it is kept as a file. The desk sees what became of each.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::mail::{GetLetter, LetterDetail, LetterId, LetterPage, LetterState, ListLetters, SendLetterAgain};
use domain::message::Message;
use domain::staff::{Permission, Staff};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::transact;
use crate::error::{Error, Result};
use crate::mail::Composed;
use crate::{Shop, events, settings};

pub(crate) mod account;
mod files;
pub mod own;
mod parts;
mod queries;
mod sending;
mod smtp;
mod source;

pub(crate) use sending::send_waiting;
use source::Source;

const PER_PAGE: usize = 25;

/// A page of letters, newest first. What is written meanwhile moves no page.
pub(crate) async fn page(shop: &Shop, staff: &Staff, request: ListLetters) -> Result<LetterPage> {
    staff.require(Permission::ChangeSettings)?;
    // One more than is shown tells whether there are older ones.
    let mut rows = queries::letters(&mut *shop.db.acquire().await?, request.before, PER_PAGE as u64 + 1).await?;
    let has_older = rows.len() > PER_PAGE;
    rows.truncate(PER_PAGE);
    let older_than = rows.last().filter(|_| has_older).map(|row| row.id);
    let sends = settings::get(shop).await?.mail.sends();
    Ok(LetterPage { rows: rows.into_iter().map(queries::Row::read).collect(), older_than, sends })
}

/// Whether there is a letter with that word.
pub(crate) async fn is_told(conn: &mut MySqlConnection, once: &str) -> Result<bool> {
    Ok(queries::is_told(conn, once).await?)
}

/// How many letters wait, and how many were given up.
pub(crate) async fn counts(conn: &mut MySqlConnection) -> Result<(u64, u64)> {
    Ok(queries::counts(conn).await?)
}

/// A letter as its reader sees it, written from what the shop knows now.
pub(crate) async fn detail(shop: &Shop, staff: &Staff, request: GetLetter) -> Result<LetterDetail> {
    staff.require(Permission::ChangeSettings)?;
    let unknown = || Error::NotFound(Message::NoSuchLetter);
    let row = queries::letter(&mut *shop.db.acquire().await?, request.letter_id).await?.ok_or_else(unknown)?.read();
    let words = words(shop, request.letter_id).await?;
    let file = (row.state == LetterState::Kept).then(|| files::path_of(shop.letter_dir(), row.id, row.kind));
    Ok(LetterDetail {
        from: parts::sender(&*settings::get(shop).await?),
        subject: words.subject,
        text: words.text,
        file: file.map(|path| path.display().to_string()),
        row,
    })
}

/// The words of a letter, written from what the shop knows now.
pub(crate) async fn words(shop: &Shop, id: LetterId) -> Result<Composed> {
    let unknown = || Error::NotFound(Message::NoSuchLetter);
    let source = Source::of_shop(shop).await?.ok_or_else(unknown)?;
    let letter = source.letter(&mut *shop.db.acquire().await?, id).await?.ok_or_else(unknown)?;
    source.words_of(&letter)
}

/// Sends a letter once more, whatever became of it. To mail servers it is another letter.
///
/// `Refused(LetterWaits)` while it waits anyway.
#[instrument(skip_all, fields(letter.id = %request.letter_id, staff.id = %staff.id))]
pub(crate) async fn send_again(shop: &Shop, staff: &Staff, request: SendLetterAgain) -> Result<LetterDetail> {
    let (writer, id) = (shop.staff(staff, Permission::ChangeSettings)?, request.letter_id);
    transact!(writer, |work| {
        let now = work.now();
        let before = queries::lock(work, id).await?.ok_or(Error::NotFound(Message::NoSuchLetter))?;
        if before.state == LetterState::Waiting {
            return Err(Error::Refused(Message::LetterWaits));
        }
        queries::ask_again(work, id, now).await?;
        let subject = Subject::new(SubjectKind::Letter, id, &before.email);
        let (was, is) = (json!({ "state": before.state }), json!({ "state": LetterState::Waiting }));
        events::record(work, &About::Letters.into()).await?;
        work.record(AuditAction::SendLetterAgain, &subject, &was, &is).await?;
        Ok(())
    })?;
    detail(shop, staff, GetLetter { letter_id: id }).await
}
