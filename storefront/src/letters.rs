//! The words of letters: what services know of each, as HTML and as text, in its reader's language.

use askama::Template;
use chrono::{DateTime, Utc};
use domain::mail::MailKind;
use services::Cause;
use services::mail::{Composed, Letter, LetterWriter, Matter};

use crate::dates;
use crate::texts::{AccountLetter, LetterText};

mod accounts;
mod orders;
mod others;
mod own;
mod owner;
mod samples;

pub use samples::sample;

/// Whoever writes the shop's letters.
pub const WRITER: LetterWriter = LetterWriter { compose, sample, usual: own::usual };

/// What a letter says, before it is drawn.
#[derive(Debug, Default)]
struct Words {
    subject: String,
    title: String,
    sentences: Vec<Sentence>,
    facts: Vec<Fact>,
    button: Option<Button>,
    /// Another way, less in sight.
    aside: Option<Button>,
    lines: Vec<Line>,
    sums: Vec<Sum>,
    /// How its reader gets help.
    help: String,
}

/// A sentence or a paragraph below the greeting.
#[derive(Debug)]
enum Sentence {
    /// What the owner's words stand for, where there are some.
    Said(String),
    /// Why it happened, unless the owner's words tell that.
    Reason(String),
    /// What only some letters of the kind say, or what every reader must know.
    Kept(String),
}

impl Sentence {
    fn into_text(self) -> String {
        match self {
            Self::Said(text) | Self::Reason(text) | Self::Kept(text) => text,
        }
    }
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
    /// Nothing where it is not units that are told.
    quantity: Option<u32>,
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
    aside: Option<&'a Button>,
    lines: &'a [Line],
    sums: &'a [Sum],
    foot: &'a [String],
    /// Where its reader can say that no more of these are wanted, and what that is called.
    stop: Option<&'a (String, Button)>,
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
    aside: Option<&'a Button>,
    lines: &'a [Line],
    sums: &'a [Sum],
    foot: &'a [String],
    /// Where its reader can say that no more of these are wanted, and what that is called.
    stop: Option<&'a (String, Button)>,
}

/// Writes a letter.
///
/// # Errors
/// When a letter is not about what its kind tells of.
pub fn compose(letter: &Letter) -> Result<Composed, Cause> {
    let mut words = words_of(letter)?;
    own::apply(letter, &mut words);
    let sentences: Vec<String> = words.sentences.into_iter().map(Sentence::into_text).collect();
    let locale = letter.locale;
    let greeting = LetterText::Greeting { name: letter.name.clone() }.text(locale);
    let settings = &letter.settings;
    let contact = [settings.contact.phone.clone(), settings.contact.address.replace('\n', ", ")];
    let mut foot = vec![words.help.clone()];
    foot.extend(contact);
    foot.retain(|line| !line.is_empty());
    let stop = letter.unsubscribe.as_ref().map(|address| {
        let label = AccountLetter::UnsubscribeLink.text(locale);
        (AccountLetter::Unsubscribe.text(locale), Button { label, address: address.clone() })
    });
    let (stop, aside) = (stop.as_ref(), words.aside.as_ref());
    let (shop, home) = (settings.name.as_str(), letter.public_url.as_str());
    let (title, button) = (words.title.as_str(), words.button.as_ref());
    let html = Html {
        locale: locale.as_str(),
        subject: &words.subject,
        preview: sentences.first().map_or("", String::as_str),
        shop,
        home,
        title,
        greeting: &greeting,
        sentences: &sentences,
        facts: &words.facts,
        button,
        aside,
        lines: &words.lines,
        sums: &words.sums,
        foot: &foot,
        stop,
    };
    let text = Text {
        shop,
        home,
        title,
        greeting: &greeting,
        sentences: &sentences,
        facts: &words.facts,
        button,
        aside,
        lines: &words.lines,
        sums: &words.sums,
        foot: &foot,
        stop,
    };
    Ok(Composed { html: html.render()?, text: text.render()?, subject: words.subject })
}

fn words_of(letter: &Letter) -> Result<Words, Cause> {
    use MailKind as Kind;
    match (letter.kind, &letter.matter) {
        (Kind::RefundRequested | Kind::RefundSucceeded, Matter::Order { .. } | Matter::Membership { .. }) => {
            others::refund(letter)
        }
        (
            Kind::OrderPlaced
            | Kind::PaySoon
            | Kind::PaymentArrived
            | Kind::OrderExpired
            | Kind::OrderCancelled
            | Kind::OrderShipped
            | Kind::RestCalledOff
            | Kind::OrderReturned
            | Kind::ProofRefused,
            Matter::Order { order, path },
        ) => Ok(orders::words(letter, order, path)),
        (Kind::OrderLink, Matter::Order { .. }) => accounts::order_link(letter),
        (Kind::MembershipPaid | Kind::MembershipEndsSoon | Kind::MembershipEnded, Matter::Membership { .. }) => {
            others::membership(letter)
        }
        (Kind::PasswordWasReadable, Matter::Account) => Ok(others::password(letter)),
        (Kind::VoucherGiven, Matter::Account) => accounts::voucher(letter),
        (
            Kind::VerifyEmail
            | Kind::ResetPassword
            | Kind::PasswordChanged
            | Kind::SignInLink
            | Kind::NewSignIn
            | Kind::ConfirmNewEmail
            | Kind::EmailChanged,
            Matter::Account,
        )
        | (Kind::StaffReset | Kind::StaffPasswordChanged, Matter::Shop) => accounts::words(letter),
        (
            Kind::NewOrder | Kind::MoneyToDecide | Kind::LowStock | Kind::JobFailed | Kind::DailySummary,
            Matter::Order { .. } | Matter::Membership { .. } | Matter::Shop,
        ) => owner::words(letter),
        (kind, _) => Err(format!("a letter of the kind {kind} is about something else").into()),
    }
}

fn moment(letter: &Letter, at: DateTime<Utc>) -> String {
    dates::moment(at, letter.settings.utc_offset_minutes, letter.locale)
}
