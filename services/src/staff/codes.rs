//! Codes by which staff choose a new password: made when their letter leaves, and good once.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::customers::{LinkKind, choose};
use domain::events::About;
use domain::mail::MailKind;
use domain::message::Message;
use domain::staff::{ChooseStaffPassword, StaffId};
use domain::text::EmailAddress;
use serde_json::json;
use tracing::instrument;

use super::queries;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, events, mail, passwords, secrets};

/// Crockford's alphabet: nothing that is read as something else.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Sixty bits, and few tries: nobody guesses that within an hour.
const LENGTH: usize = 12;

/// Makes the code of a letter that leaves, in groups of four.
pub(crate) async fn make(work: &mut Work, staff: StaffId) -> Result<String> {
    let now = work.now();
    let drawn: Vec<u8> =
        secrets::random_bytes()?.iter().take(LENGTH).map(|byte| ALPHABET[usize::from(byte & 31)]).collect();
    queries::insert_code(work, &secrets::digest(&drawn), staff, now, now + LinkKind::StaffReset.life()).await?;
    let groups: Vec<String> = drawn.chunks(4).map(|group| group.iter().copied().map(char::from).collect()).collect();
    Ok(groups.join("-"))
}

/// What was typed, as it was drawn.
fn read(typed: &str) -> Vec<u8> {
    let letters = typed.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase());
    let read = |letter| match letter {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    letters.map(read).collect()
}

/// Chooses a new password by a code: whoever is signed in with the former one is signed out, and a letter tells that it
/// happened. An unknown e-mail and a wrong code look the same.
///
/// `Refused(CodeIsOver)` when the code is not good any more.
#[instrument(skip_all)]
pub async fn choose_password(shop: &Shop, request: ChooseStaffPassword) -> Result<()> {
    let over = || Error::Refused(Message::CodeIsOver);
    let email = EmailAddress::parse(&request.email).map_err(|message| Error::field("email", message))?.key();
    let new = choose(&request.password, &email).map_err(|message| Error::field("password", message))?;
    if !shop.tries.take(&format!("code:{email}")) {
        return Err(Error::TooMany);
    }
    let known = queries::by_email(&mut *shop.db.acquire().await?, &email).await?;
    let hash = passwords::hash(new).await?;
    let staff = known.ok_or_else(over)?.staff;
    let code = secrets::digest(&read(&request.code));
    transact!(shop.oneself(&staff), |work| {
        let now = work.now();
        if !queries::take_code(work, &code, staff.id, now).await? {
            return Err(over());
        }
        queries::set_password(work, staff.id, &hash, now).await?;
        queries::end_codes(work, staff.id, now).await?;
        mail::write(work, MailKind::StaffPasswordChanged, staff.id, None).await?;
        events::record(work, &About::Letters.into()).await?;
        events::record(work, &About::Staff(staff.id).into()).await?;
        let subject = Subject::new(SubjectKind::Staff, staff.id, &staff.name);
        let told = json!({ "password": "changed" });
        work.record(AuditAction::ResetPassword, &subject, &json!({}), &told).await
    })?;
    shop.tries.forget(&email);
    shop.tries.forget(&format!("code:{email}"));
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_code_is_read_however_it_is_typed() {
        assert_eq!(super::read(" 0abc-del9 o1Li "), b"0ABCDE190111");
    }
}
