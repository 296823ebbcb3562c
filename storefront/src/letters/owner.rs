//! Letters to the owner: what came in, and what waits for a person.

use domain::locale::Locale;
use domain::mail::{DaySums, MailKind, Told};
use domain::orders::OrderDetail;
use domain::shipping::DeliveryMethod;
use services::Cause;
use services::mail::{Letter, Matter};

use super::orders::{all_lines, sums_of};
use super::{Fact, Line, Sentence, Words};
use crate::dates;
use crate::texts::OwnerLetter;

/// What the letter says. It leads nowhere: the desk is a program.
pub(super) fn words(letter: &Letter) -> Result<Words, Cause> {
    let mut words = match (letter.kind, &letter.matter, &letter.told) {
        (MailKind::NewOrder, Matter::Order { order, .. }, _) => new_order(letter, order),
        (MailKind::MoneyToDecide, Matter::Order { order, .. }, _) => decide(letter, order.number.clone()),
        (MailKind::MoneyToDecide, Matter::Membership { purchase, .. }, _) => {
            decide(letter, purchase.as_ref().map(|(number, _)| number.clone()).unwrap_or_default())
        }
        (_, _, Some(told)) => told_words(letter, told)?,
        (kind, _, None) => return Err(format!("a letter of the kind {kind} tells nothing").into()),
    };
    words.help = OwnerLetter::Help.text(letter.locale);
    Ok(words)
}

fn new_order(letter: &Letter, order: &OrderDetail) -> Words {
    let locale = letter.locale;
    let say = |text: OwnerLetter| text.text(locale);
    let name = order.address.name.as_str().to_owned();
    let total = order.totals.total.display(order.currency);
    let is_pickup = order.delivery_method == DeliveryMethod::Pickup;
    let fact = |label: OwnerLetter, value: String| Fact { label: say(label), value };
    let mut facts = vec![
        fact(OwnerLetter::Buyer, format!("{name}, {}", order.address.phone)),
        fact(OwnerLetter::Payment, order.payment_method.label(locale).to_owned()),
    ];
    if let Some(place) = &order.address.place {
        facts.push(fact(OwnerLetter::SendTo, format!("{}, {}", place.city, place.province)));
    }
    let text = if is_pickup { OwnerLetter::NewPickupText { name } } else { OwnerLetter::NewText { name } };
    Words {
        subject: say(OwnerLetter::NewSubject { number: order.number.clone(), total }),
        title: say(OwnerLetter::NewTitle),
        sentences: vec![Sentence::Said(say(text))],
        facts,
        lines: all_lines(order, locale),
        sums: sums_of(order, locale),
        ..Words::default()
    }
}

fn decide(letter: &Letter, number: String) -> Words {
    let say = |text: OwnerLetter| text.text(letter.locale);
    Words {
        subject: say(OwnerLetter::DecideSubject { number: number.clone() }),
        title: say(OwnerLetter::DecideTitle),
        sentences: vec![Sentence::Said(say(OwnerLetter::DecideText { number }))],
        ..Words::default()
    }
}

fn told_words(letter: &Letter, told: &Told) -> Result<Words, Cause> {
    let locale = letter.locale;
    let say = |text: OwnerLetter| text.text(locale);
    let fact = |label: OwnerLetter, value: String| Fact { label: say(label), value };
    Ok(match told {
        Told::LowStock { variants } => Words {
            subject: say(OwnerLetter::LowSubject { count: variants.len() }),
            title: say(OwnerLetter::LowTitle),
            sentences: vec![Sentence::Said(say(OwnerLetter::LowText))],
            lines: variants
                .iter()
                .map(|low| Line {
                    name: low.name.get(locale).to_owned(),
                    options: low.sku.clone(),
                    quantity: None,
                    amount: say(OwnerLetter::LowLeft { left: low.left }),
                })
                .collect(),
            ..Words::default()
        },
        Told::JobFailed { job, error } => {
            let job = job.label(locale).to_owned();
            Words {
                subject: say(OwnerLetter::FailedSubject { job: job.clone() }),
                title: say(OwnerLetter::FailedTitle),
                sentences: vec![Sentence::Said(say(OwnerLetter::FailedText { job }))],
                facts: vec![fact(OwnerLetter::FailedReason, error.clone())],
                ..Words::default()
            }
        }
        Told::DailySummary(sums) => {
            let day = day_of(sums, locale);
            let sold = sums.sold.display(letter.settings.currency);
            let mut facts = vec![
                fact(OwnerLetter::DayOrders, sums.orders.to_string()),
                fact(OwnerLetter::DaySold, sold.clone()),
                fact(OwnerLetter::DayToPack, sums.to_pack.to_string()),
                fact(OwnerLetter::DayUnpaid, sums.unpaid.to_string()),
                fact(OwnerLetter::DayLow, sums.low.to_string()),
            ];
            if sums.failed_letters > 0 {
                facts.push(fact(OwnerLetter::DayFailed, sums.failed_letters.to_string()));
            }
            Words {
                subject: say(OwnerLetter::DaySubject { day: day.clone(), sold }),
                title: say(OwnerLetter::DayTitle { day }),
                sentences: vec![Sentence::Said(say(OwnerLetter::DayText))],
                facts,
                ..Words::default()
            }
        }
        Told::Voucher { .. } | Told::NewEmail { .. } => return Err("that is not the owner's to know".into()),
    })
}

/// The day that a summary is of.
pub(super) fn day_of(sums: &DaySums, locale: Locale) -> String {
    let noon = sums.day.and_hms_opt(12, 0, 0).unwrap_or_default().and_utc();
    dates::day(noon, 0, locale)
}
