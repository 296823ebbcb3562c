//! The job that empties the outbox. Each letter is noted as sent in a unit of work of its own, once the server has taken it: a
//! crash in between sends it again under the same Message-ID, by which its reader's server knows it.

use chrono::TimeDelta;
use domain::events::About;
use domain::mail::{LetterId, MailAccount, MailKind, MailTrouble, Trouble};
use domain::secrets::{Secret, SecretName};
use lettre::Message;

use super::files;
use super::parts::{self, Head};
use super::queries::{self, Due};
use super::smtp::Line;
use super::source::Source;
use crate::customers::links;
use crate::database::transact;
use crate::error::{Chain, Error, Result};
use crate::events;
use crate::lead::Fence;
use crate::mail::Reader;
use crate::secrets::sealed;
use crate::staff::codes;

/// The longest pause between two tries of the same letter.
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(2);
/// How long a letter is tried: what it tells is old by then.
const GIVEN_UP_AFTER: TimeDelta = TimeDelta::days(4);
/// The pause after a letter whose end the server did not answer: it may have arrived, so that another try may be one too many.
const PAUSE_UNANSWERED: TimeDelta = TimeDelta::hours(1);
/// How often such a letter is tried in all.
const MOST_UNANSWERED: u32 = 3;
/// The most letters of a run.
const BATCH: u64 = 100;

/// How long to wait after so many tries that were in vain.
fn pause_after(tries: u32) -> TimeDelta {
    TimeDelta::seconds(15 << tries.saturating_sub(1).min(10)).min(LONGEST_PAUSE)
}

/// How long this one is tried: a letter with a link no longer than the link would be good.
fn given_up_after(due: &Due) -> TimeDelta {
    due.kind.link().map_or(GIVEN_UP_AFTER, |link| link.life().min(GIVEN_UP_AFTER))
}

/// A letter that can be handed over.
struct Ready {
    id: LetterId,
    kind: MailKind,
    message: Message,
}

/// Sends what waits, or keeps it as files while there is no mail account. Returns how many left.
pub(crate) async fn send_waiting(fence: &Fence) -> Result<u64> {
    let Some(source) = Source::of_job(fence).await? else { return Ok(0) };
    let now = fence.began_at();
    let account = source.settings.mail.clone();
    let mut limit = BATCH;
    let mut look = fence.look().await?;
    if account.sends() {
        let tried = queries::tried_within(&mut look, now - TimeDelta::minutes(1), now).await?;
        limit = limit.min(u64::from(account.per_minute).saturating_sub(tried));
    }
    let due = queries::due(&mut look, now, LONGEST_PAUSE, limit).await?;
    drop(look);
    if due.is_empty() {
        return Ok(0);
    }
    if account.sends() { send(fence, &source, &account, due).await } else { keep(fence, &source, due).await }
}

async fn send(fence: &Fence, source: &Source, account: &MailAccount, due: Vec<Due>) -> Result<u64> {
    let mut line = None;
    let mut sent = 0;
    for next in due {
        if !fence.goes_on() {
            break;
        }
        let Some(ready) = write(fence, source, &next).await? else { continue };
        let open = match line.take() {
            Some(open) => open,
            None => match open(fence, account).await? {
                Ok(open) => open,
                Err(trouble) => {
                    put_off_all(fence, &next, &trouble).await?;
                    break;
                }
            },
        };
        let (open, outcome) = hand_over(fence, open, &ready).await?;
        match outcome {
            None => {}
            Some(Ok(())) => sent += 1,
            Some(Err(trouble)) => note(fence, &next, &trouble).await?,
        }
        line = open;
    }
    if let Some(line) = line {
        line.close().await;
    }
    Ok(sent)
}

/// Hands one over and notes it; nothing when it waits no more. A line on which something failed is not used again.
async fn hand_over(
    fence: &Fence,
    mut line: Line,
    ready: &Ready,
) -> Result<(Option<Line>, Option<std::result::Result<(), Trouble>>)> {
    let id = ready.id;
    // Counted before, so that a process that dies of it again and again sends no more than it may.
    let begun = transact!(fence, |work| {
        let now = work.now();
        Ok(queries::begin(work, id, now).await?)
    })?;
    if !begun {
        return Ok((Some(line), None));
    }
    if let Err(trouble) = line.send(&ready.message).await {
        return Ok((None, Some(Err(trouble))));
    }
    transact!(fence, |work| {
        let now = work.now();
        queries::set_sent(work, id, now).await?;
        events::record(work, &About::Letters.into()).await
    })?;
    Ok((Some(line), Some(Ok(()))))
}

/// A conversation with the server, or why there is none.
async fn open(fence: &Fence, account: &MailAccount) -> Result<std::result::Result<Line, Trouble>> {
    match password(fence, account).await {
        Ok(password) => Ok(Line::open(account, password.as_ref()).await),
        Err(Error::Refused(_)) => Ok(Err(Trouble { kind: MailTrouble::Locked, said: String::new() })),
        Err(error) => Err(error),
    }
}

async fn password(fence: &Fence, account: &MailAccount) -> Result<Option<Secret>> {
    if account.user.is_empty() {
        return Ok(None);
    }
    sealed::get(&mut *fence.look().await?, fence.secrets(), SecretName::SmtpPassword).await
}

/// Writes one from what the shop knows now; nothing when that cannot be, which is noted. Its link is made here.
async fn write(fence: &Fence, source: &Source, due: &Due) -> Result<Option<Ready>> {
    let letter = source.letter(&mut *fence.look().await?, due.id).await?;
    let Some(mut letter) = letter else { return Ok(None) };
    if letter.is_unwanted {
        note(fence, due, &Trouble { kind: MailTrouble::Unwanted, said: String::new() }).await?;
        return Ok(None);
    }
    if let Some(kind) = letter.kind.link() {
        letter.link = transact!(fence, |work| {
            Ok(match letter.reader {
                Reader::Customer(customer) => Some(links::make(work, kind, customer, &letter.to).await?),
                Reader::Staff(staff) => Some(codes::make(work, staff).await?),
                Reader::Guest => None,
            })
        })?;
    }
    let words = match source.words_of(&letter) {
        Ok(words) => words,
        Err(error) => {
            tracing::error!(letter.id = %due.id, error = %Chain(&error), "a letter cannot be written");
            note(fence, due, &Trouble { kind: MailTrouble::Unusable, said: String::new() }).await?;
            return Ok(None);
        }
    };
    let head = Head {
        to: &letter.to,
        name: &letter.name,
        message_id: source.message_id(due.id, due.copies),
        written_at: letter.written_at,
        unsubscribe: letter.unsubscribe.as_deref(),
    };
    match parts::put_together(&source.settings, head, words) {
        Ok(message) => Ok(Some(Ready { id: due.id, kind: letter.kind, message })),
        Err(trouble) => {
            note(fence, due, &trouble).await?;
            Ok(None)
        }
    }
}

/// Notes that a letter was not taken: for good, or for a while.
async fn note(fence: &Fence, due: &Due, trouble: &Trouble) -> Result<()> {
    tracing::info!(letter.id = %due.id, trouble = %trouble.kind, said = trouble.said, "a letter was not taken");
    transact!(fence, |work| {
        let now = work.now();
        let is_over = match trouble.kind {
            MailTrouble::Refused | MailTrouble::Unusable | MailTrouble::Unwanted => true,
            MailTrouble::Unanswered => due.unanswered + 1 >= MOST_UNANSWERED,
            MailTrouble::Away
            | MailTrouble::Insecure
            | MailTrouble::NoStartTls
            | MailTrouble::NotLetIn
            | MailTrouble::Locked
            | MailTrouble::NotNow
            | MailTrouble::TooSlow
            | MailTrouble::Disk => now > due.asked_at + given_up_after(due),
        };
        if is_over {
            queries::set_failed(work, due.id, trouble).await?;
        } else {
            let is_unanswered = trouble.kind == MailTrouble::Unanswered;
            let pause = if is_unanswered { PAUSE_UNANSWERED } else { pause_after(due.tries + 1) };
            queries::put_off(work, due.id, now + pause, trouble).await?;
        }
        events::record(work, &About::Letters.into()).await
    })
}

/// Notes that nothing can be sent now. The letter that found out counts the try, and the others wait as long as it does.
async fn put_off_all(fence: &Fence, due: &Due, trouble: &Trouble) -> Result<()> {
    transact!(fence, |work| {
        let now = work.now();
        queries::begin(work, due.id, now).await?;
        queries::put_off_all(work, now + pause_after(due.tries + 1), trouble).await?;
        Ok(())
    })?;
    note(fence, due, trouble).await
}

/// Keeps all of them as files, and notes that.
async fn keep(fence: &Fence, source: &Source, due: Vec<Due>) -> Result<u64> {
    let mut kept = Vec::new();
    for next in due {
        if !fence.goes_on() {
            break;
        }
        let Some(Ready { id, kind, message }) = write(fence, source, &next).await? else { continue };
        let file = files::path_of(source.dir(), id, kind);
        let written = tokio::task::spawn_blocking(move || files::keep(&file, &message.formatted())).await;
        match written.map_err(Error::internal)? {
            Ok(()) => kept.push(id),
            Err(error) => note(fence, &next, &Trouble { kind: MailTrouble::Disk, said: error.to_string() }).await?,
        }
    }
    if !kept.is_empty() {
        transact!(fence, |work| {
            for id in &kept {
                queries::set_kept(work, *id).await?;
            }
            events::record(work, &About::Letters.into()).await
        })?;
    }
    Ok(kept.len() as u64)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::{LONGEST_PAUSE, pause_after};

    #[test]
    fn pauses_grow_up_to_the_longest() {
        assert_eq!(pause_after(1), TimeDelta::seconds(15));
        assert_eq!(pause_after(2), TimeDelta::seconds(30));
        assert!((1..40).map(pause_after).is_sorted());
        assert_eq!(pause_after(40), LONGEST_PAUSE);
    }
}
