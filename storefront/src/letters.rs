//! The words of letters: what services know of each, as HTML and as text, in its reader's language.

use askama::Template;
use chrono::{DateTime, Utc};
use domain::mail::MailKind;
use services::Cause;
use services::mail::{Composed, Letter, Matter};

use crate::dates;
use crate::texts::LetterText;

mod orders;
mod others;

/// What a letter says, before it is drawn.
#[derive(Debug, Default)]
struct Words {
    subject: String,
    title: String,
    sentences: Vec<String>,
    facts: Vec<Fact>,
    button: Option<Button>,
    lines: Vec<Line>,
    sums: Vec<Sum>,
    /// How its reader gets help.
    help: String,
}

/// A word and what it stands for.
#[derive(Debug)]
struct Fact {
    label: String,
    value: String,
}

#[derive(Debug)]
struct Button {
    label: String,
    address: String,
}

/// Some units of a product.
#[derive(Debug)]
struct Line {
    name: String,
    options: String,
    quantity: u32,
    amount: String,
}

#[derive(Debug)]
struct Sum {
    label: String,
    amount: String,
    is_total: bool,
}

#[derive(Template)]
#[template(path = "letters/letter.html")]
struct Html<'a> {
    locale: &'a str,
    subject: &'a str,
    preview: &'a str,
    shop: &'a str,
    home: &'a str,
    title: &'a str,
    greeting: &'a str,
    sentences: &'a [String],
    facts: &'a [Fact],
    button: Option<&'a Button>,
    lines: &'a [Line],
    sums: &'a [Sum],
    foot: &'a [String],
}

#[derive(Template)]
#[template(path = "letters/letter.txt")]
struct Text<'a> {
    shop: &'a str,
    home: &'a str,
    title: &'a str,
    greeting: &'a str,
    sentences: &'a [String],
    facts: &'a [Fact],
    button: Option<&'a Button>,
    lines: &'a [Line],
    sums: &'a [Sum],
    foot: &'a [String],
}

/// Writes a letter.
///
/// # Errors
/// When a letter is not about what its kind tells of.
pub fn compose(letter: &Letter) -> Result<Composed, Cause> {
    let words = words_of(letter)?;
    let locale = letter.locale;
    let greeting = LetterText::Greeting { name: letter.name.clone() }.text(locale);
    let settings = &letter.settings;
    let contact = [settings.contact.phone.clone(), settings.contact.address.replace('\n', ", ")];
    let mut foot = vec![words.help.clone()];
    foot.extend(contact.into_iter().filter(|line| !line.is_empty()));
    let (shop, home) = (settings.name.as_str(), letter.public_url.as_str());
    let (title, button) = (words.title.as_str(), words.button.as_ref());
    let html = Html {
        locale: locale.as_str(),
        subject: &words.subject,
        preview: words.sentences.first().map_or("", String::as_str),
        shop,
        home,
        title,
        greeting: &greeting,
        sentences: &words.sentences,
        facts: &words.facts,
        button,
        lines: &words.lines,
        sums: &words.sums,
        foot: &foot,
    };
    let text = Text {
        shop,
        home,
        title,
        greeting: &greeting,
        sentences: &words.sentences,
        facts: &words.facts,
        button,
        lines: &words.lines,
        sums: &words.sums,
        foot: &foot,
    };
    Ok(Composed { html: html.render()?, text: text.render()?, subject: words.subject })
}

fn words_of(letter: &Letter) -> Result<Words, Cause> {
    match (letter.kind, &letter.matter) {
        (MailKind::RefundRequested | MailKind::RefundSucceeded, Matter::Order { .. } | Matter::Membership { .. }) => {
            others::refund(letter)
        }
        (
            MailKind::PaymentArrived
            | MailKind::OrderExpired
            | MailKind::OrderCancelled
            | MailKind::OrderShipped
            | MailKind::RestCalledOff
            | MailKind::OrderReturned
            | MailKind::ProofRefused,
            Matter::Order { order, path },
        ) => Ok(orders::words(letter, order, path)),
        (
            MailKind::MembershipPaid | MailKind::MembershipEndsSoon | MailKind::MembershipEnded,
            Matter::Membership { .. },
        ) => others::membership(letter),
        (MailKind::PasswordWasReadable, Matter::Account) => Ok(others::password(letter)),
        (kind, _) => Err(format!("a letter of the kind {kind} is about something else").into()),
    }
}

fn moment(letter: &Letter, at: DateTime<Utc>) -> String {
    dates::moment(at, letter.settings.utc_offset_minutes, letter.locale)
}
