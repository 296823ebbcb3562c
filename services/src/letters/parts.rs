//! A letter as mail servers read it: head and parts.

use chrono::{DateTime, Utc};
use domain::mail::{MailTrouble, Trouble};
use domain::settings::Settings;
use domain::text::EmailAddress;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};

use crate::mail::Composed;

/// Whom a letter is for, and what tells it from others.
pub(super) struct Head<'a> {
    pub(super) to: &'a str,
    pub(super) name: &'a str,
    pub(super) message_id: String,
    pub(super) written_at: DateTime<Utc>,
    /// Where its reader can say, by one click in the mail program, that no more of these are wanted.
    pub(super) unsubscribe: Option<&'a str>,
}

/// The sender as people see it.
pub(super) fn sender(settings: &Settings) -> String {
    format!("{} <{}>", sender_name(settings), sender_address(settings))
}

/// Puts a letter together; the trouble when no letter can have such addresses.
pub(super) fn put_together(settings: &Settings, head: Head<'_>, words: Composed) -> Result<Message, Trouble> {
    let unusable = |said: String| Trouble { kind: MailTrouble::Unusable, said };
    let address =
        |text: &str| on_the_wire(text).parse::<Address>().map_err(|error| unusable(format!("{text}: {error}")));
    let named = |name: &str| Some(name.to_owned()).filter(|name| !name.is_empty());
    let from = Mailbox::new(named(sender_name(settings)), address(sender_address(settings))?);
    let to = Mailbox::new(named(head.name), address(head.to)?);
    let mut builder = Message::builder()
        .from(from)
        .to(to)
        .subject(words.subject)
        .message_id(Some(head.message_id))
        .date(head.written_at.into());
    let contact = settings.contact.email.as_str();
    // One that no mail program could answer to keeps no letter from its reader.
    if !contact.is_empty()
        && contact != sender_address(settings)
        && let Ok(reply_to) = address(contact)
    {
        builder = builder.reply_to(Mailbox::new(None, reply_to));
    }
    let parts = MultiPart::alternative_plain_html(words.text, words.html);
    let mut message = builder.multipart(parts).map_err(|error| unusable(error.to_string()))?;
    // Nobody's absence note answers a program.
    message.headers_mut().insert_raw(raw("Auto-Submitted", "auto-generated"));
    if let Some(unsubscribe) = head.unsubscribe {
        // RFC 8058: the mail program posts there for its reader.
        message.headers_mut().insert_raw(raw("List-Unsubscribe", &format!("<{unsubscribe}>")));
        message.headers_mut().insert_raw(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    Ok(message)
}

/// The address as mail servers of every age know it: its host in ASCII.
fn on_the_wire(address: &str) -> String {
    EmailAddress::parse(address).map_or_else(|_| address.to_owned(), |read| read.on_the_wire())
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

fn sender_name(settings: &Settings) -> &str {
    let own = settings.mail.sender_name.as_str();
    if own.is_empty() { &settings.name } else { own }
}

/// A shop that sends nothing may have told no address at all.
fn sender_address(settings: &Settings) -> &str {
    let all = [settings.mail.sender_address.as_str(), settings.contact.email.as_str()];
    all.into_iter().find(|address| !address.is_empty()).unwrap_or("toko@etalase.invalid")
}
