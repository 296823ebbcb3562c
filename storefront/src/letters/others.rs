//! Letters about money that goes back, memberships and accounts.

use domain::locale::Translated;
use domain::mail::MailKind;
use domain::money::BasisPoints;
use services::Cause;
use services::mail::{Letter, Matter};

use super::{Button, Fact, Sentence, Words, moment};
use crate::texts::LetterText;

/// Money that goes back for an order or for a membership.
pub(super) fn refund(letter: &Letter) -> Result<Words, Cause> {
    let say = |text: LetterText| text.text(letter.locale);
    let money = letter.refund.as_ref().ok_or("a letter about a refund names none")?;
    let amount = money.amount.display(money.currency);
    let (number, button) = match &letter.matter {
        Matter::Order { order, path } => {
            let address = format!("{}{path}", letter.public_url);
            (order.number.clone(), Some(Button { label: say(LetterText::SeeOrder), address }))
        }
        Matter::Membership { purchase, .. } => {
            (purchase.as_ref().map(|(number, _)| number.clone()).unwrap_or_default(), None)
        }
        Matter::Account | Matter::Shop => return Err("a refund is of an order or of a membership".into()),
    };
    let (subject, title, text) = if letter.kind == MailKind::RefundSucceeded {
        (
            LetterText::RefundedSubject { number: number.clone() },
            LetterText::RefundedTitle,
            LetterText::RefundedText { amount: amount.clone() },
        )
    } else {
        (
            LetterText::RefundSubject { number: number.clone() },
            LetterText::RefundTitle,
            LetterText::RefundText { amount: amount.clone() },
        )
    };
    let mut facts = vec![Fact { label: say(LetterText::Amount), value: amount }];
    if !money.reason.is_empty() {
        facts.push(Fact { label: say(LetterText::Reason), value: money.reason.clone() });
    }
    Ok(Words {
        subject: say(subject),
        title: say(title),
        sentences: vec![Sentence::Said(say(text))],
        facts,
        button,
        help: say(LetterText::Help { number }),
        ..Words::default()
    })
}

/// A membership that began, ends soon, or ended.
pub(super) fn membership(letter: &Letter) -> Result<Words, Cause> {
    let say = |text: LetterText| text.text(letter.locale);
    let Matter::Membership { plan, percent_off, free_delivery, ends_at, purchase } = &letter.matter else {
        return Err("a letter about a membership names none".into());
    };
    let name = || plan.get(letter.locale).to_owned();
    let until = ends_at.map(|at| moment(letter, at));
    let fact = |label: LetterText, value: String| Fact { label: say(label), value };
    let mut facts = Vec::new();
    let (subject, title, text, button) = if letter.kind == MailKind::MembershipPaid {
        facts = terms(letter, plan, *percent_off, *free_delivery);
        facts.extend(until.map(|until| fact(LetterText::Until, until)));
        if let Some((number, money)) = purchase {
            facts.push(fact(LetterText::Paid, money.amount.display(money.currency)));
            facts.push(fact(LetterText::Purchase, number.clone()));
        }
        (
            LetterText::MemberSubject { plan: name() },
            LetterText::MemberTitle,
            LetterText::MemberText { plan: name() },
            LetterText::SeeMembership,
        )
    } else if letter.kind == MailKind::MembershipEndsSoon {
        (
            LetterText::EndsSoonSubject { plan: name() },
            LetterText::EndsSoonTitle,
            LetterText::EndsSoonText { plan: name(), until: until.unwrap_or_default() },
            LetterText::Renew,
        )
    } else {
        (
            LetterText::EndedSubject { plan: name() },
            LetterText::EndedTitle,
            LetterText::EndedText { plan: name() },
            LetterText::SeePlans,
        )
    };
    Ok(Words {
        subject: say(subject),
        title: say(title),
        sentences: vec![Sentence::Said(say(text))],
        facts,
        button: Some(Button { label: say(button), address: format!("{}/membership", letter.public_url) }),
        help: say(LetterText::HelpAnyTime),
        ..Words::default()
    })
}

/// What the plan gives.
fn terms(letter: &Letter, plan: &Translated, percent_off: BasisPoints, free_delivery: bool) -> Vec<Fact> {
    let locale = letter.locale;
    let say = |text: LetterText| text.text(locale);
    let percent = (percent_off > BasisPoints::default())
        .then(|| say(LetterText::PercentOff { percent: percent_off.display(locale) }));
    let free = free_delivery.then(|| say(LetterText::FreeDelivery));
    let benefits: Vec<String> = percent.into_iter().chain(free).collect();
    vec![
        Fact { label: say(LetterText::Plan), value: plan.get(locale).to_owned() },
        Fact { label: say(LetterText::Benefit), value: benefits.join(", ") },
    ]
}

/// The shop before this one kept the password readable.
pub(super) fn password(letter: &Letter) -> Words {
    let say = |text: LetterText| text.text(letter.locale);
    Words {
        subject: say(LetterText::PasswordSubject { shop: letter.settings.name.clone() }),
        title: say(LetterText::PasswordTitle),
        sentences: vec![Sentence::Said(say(LetterText::PasswordText))],
        button: Some(Button { label: say(LetterText::OpenAccount), address: format!("{}/account", letter.public_url) }),
        help: say(LetterText::HelpAnyTime),
        ..Words::default()
    }
}
