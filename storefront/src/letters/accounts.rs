//! Letters about accounts, to whoever reads what is sent to an address.

use domain::mail::{MailKind, Told};
use services::Cause;
use services::mail::{Letter, Matter};

use super::{Button, Fact, Sentence, Words, moment};
use crate::texts::{AccountLetter, LetterText};

/// What the letter says, and where its button leads.
pub(super) fn words(letter: &Letter) -> Result<Words, Cause> {
    use AccountLetter as Text;
    let say = |text: Text| text.text(letter.locale);
    let shop = || letter.settings.name.clone();
    let at = || moment(letter, letter.written_at);
    let (subject, title, (text, advice), button) = match (letter.kind, &letter.told) {
        (MailKind::VerifyEmail, _) => (
            Text::VerifySubject { shop: shop() },
            Text::VerifyTitle,
            (Text::VerifyText { shop: shop() }, Text::VerifyNotYou),
            Some((Text::VerifyButton, link(letter, "/account/confirm"))),
        ),
        (MailKind::ResetPassword, _) => (
            Text::ResetSubject { shop: shop() },
            Text::ResetTitle,
            (Text::ResetText, Text::ResetNotYou),
            Some((Text::ResetButton, link(letter, "/account/reset"))),
        ),
        (MailKind::PasswordChanged, _) => (
            Text::ChangedSubject { shop: shop() },
            Text::ChangedTitle,
            (Text::ChangedText { at: at() }, Text::ChangedNotYou),
            Some((Text::ResetButton, forgotten(letter))),
        ),
        (MailKind::SignInLink, _) => (
            Text::EnterSubject { shop: shop() },
            Text::EnterTitle,
            (Text::EnterText, Text::EnterNotYou),
            Some((Text::EnterButton, link(letter, "/account/enter"))),
        ),
        (MailKind::NewSignIn, _) => (
            Text::NewSignInSubject { shop: shop() },
            Text::NewSignInTitle,
            (Text::NewSignInText { at: at() }, Text::NewSignInYou),
            Some((Text::ResetButton, forgotten(letter))),
        ),
        (MailKind::ConfirmNewEmail, _) => (
            Text::MoveSubject { shop: shop() },
            Text::MoveTitle,
            (Text::MoveText { email: letter.to.clone() }, Text::MoveNotYou),
            Some((Text::VerifyButton, link(letter, "/account/confirm"))),
        ),
        (MailKind::EmailChanged, Some(Told::NewEmail { email })) => (
            Text::MovedSubject { shop: shop() },
            Text::MovedTitle,
            (Text::MovedText { email: email.clone(), at: at() }, Text::MovedNotYou),
            None,
        ),
        (MailKind::StaffReset, _) => {
            let code = letter.link.clone().unwrap_or_else(|| "••••-••••-••••".to_owned());
            return Ok(Words {
                subject: say(Text::StaffResetSubject { shop: shop() }),
                title: say(Text::StaffResetTitle),
                sentences: advised(say(Text::StaffResetText), say(Text::StaffResetNotYou)),
                facts: vec![Fact { label: say(Text::StaffResetCode), value: code }],
                ..Words::default()
            });
        }
        (MailKind::StaffPasswordChanged, _) => (
            Text::StaffChangedSubject { shop: shop() },
            Text::ChangedTitle,
            (Text::StaffChangedText { at: at() }, Text::StaffChangedNotYou),
            None,
        ),
        (kind, _) => return Err(format!("a letter of the kind {kind} tells nothing of an account").into()),
    };
    Ok(Words {
        subject: say(subject),
        title: say(title),
        sentences: advised(say(text), say(advice)),
        button: button.map(|(label, address)| Button { label: say(label), address }),
        help: LetterText::HelpAnyTime.text(letter.locale),
        ..Words::default()
    })
}

/// The way back to an order, for whoever asked for it.
pub(super) fn order_link(letter: &Letter) -> Result<Words, Cause> {
    let say = |text: AccountLetter| text.text(letter.locale);
    let Matter::Order { order, path } = &letter.matter else { return Err("a link to an order names none".into()) };
    let number = || order.number.clone();
    let address = format!("{}{path}", letter.public_url);
    Ok(Words {
        subject: say(AccountLetter::OrderSubject { number: number() }),
        title: say(AccountLetter::OrderTitle),
        sentences: advised(say(AccountLetter::OrderText { number: number() }), say(AccountLetter::OrderNotYou)),
        button: Some(Button { label: LetterText::SeeOrder.text(letter.locale), address }),
        help: LetterText::Help { number: number() }.text(letter.locale),
        ..Words::default()
    })
}

/// A voucher that the shop gave.
pub(super) fn voucher(letter: &Letter) -> Result<Words, Cause> {
    let say = |text: AccountLetter| text.text(letter.locale);
    let Some(Told::Voucher { code }) = &letter.told else { return Err("a letter about a voucher names none".into()) };
    Ok(Words {
        subject: say(AccountLetter::VoucherSubject { shop: letter.settings.name.clone() }),
        title: say(AccountLetter::VoucherTitle),
        sentences: vec![Sentence::Said(say(AccountLetter::VoucherText))],
        facts: vec![Fact { label: say(AccountLetter::VoucherCode), value: code.clone() }],
        button: Some(Button { label: say(AccountLetter::ShopNow), address: format!("{}/products", letter.public_url) }),
        help: LetterText::HelpAnyTime.text(letter.locale),
        ..Words::default()
    })
}

/// What happened, and what to do when it was somebody else: that stays whatever the owner says.
fn advised(text: String, advice: String) -> Vec<Sentence> {
    vec![Sentence::Said(text), Sentence::Kept(advice)]
}

/// Where the link leads. Whoever looks at the letter without being its reader gets the page alone, which is good for nothing.
fn link(letter: &Letter, page: &str) -> String {
    match &letter.link {
        Some(token) => format!("{}{page}?token={token}", letter.public_url),
        None => format!("{}{page}", letter.public_url),
    }
}

fn forgotten(letter: &Letter) -> String {
    format!("{}/account/forgotten", letter.public_url)
}
