//! The owner's own words in the place of the program's: what may be named in them and what it stands for.

use std::cmp::Reverse;
use std::sync::Arc;

use domain::mail::{MailKind, OwnWords, Placeholder, Told, paragraphs};
use domain::orders::OrderDetail;
use services::Cause;
use services::mail::{Letter, LetterMoney, Matter};

use super::{Sentence, Words, moment, orders, owner, words_of};

/// Puts what the owner says into the place of what the program says. Where it names something that this letter has not, such
/// as a time to pay of an order that is paid at the door, the program's words stay.
pub(super) fn apply(letter: &Letter, words: &mut Words) {
    let kind = letter.kind;
    let fill = |text: &str| kind.fill(text, |what| value(letter, what));
    if let Some(subject) = letter.own.subject.as_deref().and_then(fill) {
        // A value may be of several lines, and a subject is not.
        words.subject = subject.split(char::is_control).collect::<Vec<_>>().join(" ");
    }
    let Some(body) = letter.own.body.as_deref() else { return };
    let Some(said) = paragraphs(body).map(fill).collect::<Option<Vec<String>>>() else { return };
    let tells_reason = kind.is_named(body, Placeholder::Reason);
    let rest = std::mem::take(&mut words.sentences).into_iter().filter(|sentence| match sentence {
        Sentence::Said(_) => false,
        Sentence::Reason(_) => !tells_reason,
        Sentence::Kept(_) => true,
    });
    words.sentences = said.into_iter().map(Sentence::Said).chain(rest).collect();
}

/// What the letter says where the owner says nothing, with names in the place of what it fills in: to begin from.
///
/// # Errors
/// When a letter is not about what its kind tells of.
pub(super) fn usual(letter: &Letter) -> Result<OwnWords, Cause> {
    let mut letter = letter.clone();
    let locale = letter.locale;
    // A shop may be called as anything, also by a word that the letter says besides.
    Arc::make_mut(&mut letter.settings).name = Placeholder::Shop.typed(locale);
    let words = words_of(&letter)?;
    let said = words.sentences.into_iter().filter_map(|sentence| match sentence {
        Sentence::Said(said) => Some(said),
        Sentence::Reason(_) | Sentence::Kept(_) => None,
    });
    let (mut subject, mut body) = (words.subject, said.collect::<Vec<_>>().join("\n\n"));
    let known = letter.kind.placeholders().iter().filter(|what| **what != Placeholder::Shop);
    let mut values: Vec<_> = known.filter_map(|what| Some((value(&letter, *what)?, what.typed(locale)))).collect();
    values.sort_by_key(|(value, _)| Reverse(value.len()));
    for (value, name) in values {
        subject = subject.replace(&value, &name);
        body = body.replace(&value, &name);
    }
    Ok(OwnWords { subject: Some(subject), body: Some(body) })
}

/// What a name stands for in this letter; nothing where there is nothing to tell.
fn value(letter: &Letter, what: Placeholder) -> Option<String> {
    let locale = letter.locale;
    let order = match &letter.matter {
        Matter::Order { order, .. } => Some(&**order),
        Matter::Membership { .. } | Matter::Account | Matter::Shop => None,
    };
    let bought = match &letter.matter {
        Matter::Membership { purchase, .. } => purchase.as_ref(),
        Matter::Order { .. } | Matter::Account | Matter::Shop => None,
    };
    let money = |money: &LetterMoney| money.amount.display(money.currency);
    let value = match what {
        Placeholder::Shop => Some(letter.settings.name.clone()),
        Placeholder::Name => Some(letter.name.clone()),
        Placeholder::Number => {
            order.map(|order| order.number.clone()).or_else(|| bought.map(|(number, _)| number.clone()))
        }
        Placeholder::Total => order.map(|order| order.totals.total.display(order.currency)),
        Placeholder::Until => until(letter, order),
        Placeholder::Amount => letter.refund.as_ref().or(bought.map(|(_, paid)| paid)).map(money),
        Placeholder::Reason => reason(letter, order),
        Placeholder::Courier => order.and_then(|order| orders::parcel(letter, order)?.courier.clone()),
        Placeholder::Tracking => order.and_then(|order| orders::parcel(letter, order)?.tracking_number.clone()),
        Placeholder::Plan => match &letter.matter {
            Matter::Membership { plan, .. } => Some(plan.get(locale).to_owned()),
            Matter::Order { .. } | Matter::Account | Matter::Shop => None,
        },
        Placeholder::Email => match (&letter.told, letter.kind) {
            (Some(Told::NewEmail { email }), _) => Some(email.clone()),
            (_, _) => Some(letter.to.clone()),
        },
        Placeholder::Time => Some(moment(letter, letter.written_at)),
        Placeholder::Buyer => order.map(|order| order.address.name.as_str().to_owned()),
        Placeholder::Code | Placeholder::Count | Placeholder::Job | Placeholder::Day | Placeholder::Sold => {
            letter.told.as_ref().and_then(|told| told_value(letter, told, what))
        }
    };
    value.filter(|value| !value.is_empty())
}

fn until(letter: &Letter, order: Option<&OrderDetail>) -> Option<String> {
    let until = match (&letter.matter, order) {
        (Matter::Membership { ends_at, .. }, _) => *ends_at,
        (_, Some(order)) => orders::pay_by(order),
        (_, None) => None,
    };
    until.map(|at| moment(letter, at))
}

fn reason(letter: &Letter, order: Option<&OrderDetail>) -> Option<String> {
    match (&letter.refund, letter.kind) {
        (Some(refund), _) => Some(refund.reason.clone()),
        (None, MailKind::ProofRefused) => orders::proof_reason(letter, order?),
        (None, _) => orders::reason(order?),
    }
}

fn told_value(letter: &Letter, told: &Told, what: Placeholder) -> Option<String> {
    match (told, what) {
        (Told::Voucher { code }, Placeholder::Code) => Some(code.clone()),
        (Told::LowStock { variants }, Placeholder::Count) => Some(variants.len().to_string()),
        (Told::JobFailed { job, .. }, Placeholder::Job) => Some(job.label(letter.locale).to_owned()),
        (Told::DailySummary(sums), Placeholder::Day) => Some(owner::day_of(sums, letter.locale)),
        (Told::DailySummary(sums), Placeholder::Sold) => Some(sums.sold.display(letter.settings.currency)),
        (_, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::locale::Locale;
    use domain::money::Currency;
    use domain::settings::Settings;
    use domain::text::ShopName;

    use super::*;
    use crate::letters::{compose, sample};

    fn letter(kind: MailKind, locale: Locale) -> Letter {
        // A shop that is called by a word which letters say themselves.
        let name = ShopName::parse("Pesanan").unwrap();
        let settings = Arc::new(Settings::new(name, Currency::Rupiah, Locale::Indonesian));
        sample(kind, locale, &settings, "https://toko.example", DateTime::UNIX_EPOCH).unwrap()
    }

    fn own(subject: &str, body: &str) -> OwnWords {
        OwnWords { subject: Some(subject.to_owned()), body: Some(body.to_owned()) }
    }

    #[test]
    fn the_sample_of_a_kind_has_a_value_for_each_name_that_it_knows() {
        for kind in MailKind::ALL {
            for locale in Locale::ALL {
                let letter = letter(*kind, *locale);
                for what in kind.placeholders() {
                    assert!(value(&letter, *what).is_some(), "{kind} {locale} {what}");
                }
            }
        }
    }

    #[test]
    fn the_usual_words_are_let_in_and_filled_with_what_the_program_would_say() {
        for kind in MailKind::ALL {
            for locale in Locale::ALL {
                let mut letter = letter(*kind, *locale);
                let usual = usual(&letter).unwrap();
                assert_eq!(usual.read(*kind, "").as_ref(), Ok(&usual), "{kind} {locale}");
                let before = compose(&letter).unwrap();
                letter.own = usual;
                let after = compose(&letter).unwrap();
                assert_eq!(after.subject, before.subject, "{kind} {locale}");
                // A reason follows what the owner says.
                if *kind != MailKind::ProofRefused {
                    assert_eq!(after, before, "{kind} {locale}");
                }
            }
        }
    }

    #[test]
    fn the_usual_words_name_what_changes_from_letter_to_letter() {
        let usual = |kind, locale| usual(&letter(kind, locale)).unwrap();
        let placed = usual(MailKind::OrderPlaced, Locale::Indonesian);
        assert_eq!(placed.subject.as_deref(), Some("Pesanan {nomor} sudah kami terima"));
        assert!(placed.body.as_deref().is_some_and(|body| body.contains("sebelum {batas},")), "{placed:?}");
        let verify = usual(MailKind::VerifyEmail, Locale::English);
        assert_eq!(verify.subject.as_deref(), Some("Confirm your email for {shop}"));
        let low = usual(MailKind::LowStock, Locale::English);
        assert_eq!(low.subject.as_deref(), Some("Low stock: {count} variants"));
    }

    #[test]
    fn what_a_letter_must_carry_stays_whatever_the_owner_says() {
        for kind in MailKind::ALL {
            let mut letter = letter(*kind, Locale::English);
            letter.link = Some("THE-TOKEN".to_owned());
            letter.own = own("Hi", "Words of {shop}.");
            let written = compose(&letter).unwrap();
            assert_eq!(written.subject, "Hi", "{kind}");
            for text in [&written.html, &written.text] {
                assert!(text.contains("Words of Pesanan."), "{kind}: {text}");
                assert!(kind.link().is_none() || text.contains("THE-TOKEN"), "{kind}: {text}");
            }
        }
    }

    #[test]
    fn values_are_inert_and_paragraphs_stay_apart() {
        let mut letter = letter(MailKind::PaymentArrived, Locale::Indonesian);
        letter.name = "{toko} <b>&{".to_owned();
        letter.own = own("{nama}", "Halo {nama}\nbaris kedua\n\nSampai <i>jumpa</i>");
        let written = compose(&letter).unwrap();
        assert_eq!(written.subject, "{toko} <b>&{");
        assert!(written.text.contains("Halo {toko} <b>&{\nbaris kedua\n\nSampai <i>jumpa</i>"), "{}", written.text);
        assert!(!written.html.contains("<b>") && !written.html.contains("<i>"), "{}", written.html);
        assert!(written.html.contains("Halo {toko} &#60;b&#62;&#38;{<br>baris kedua</p>"), "{}", written.html);
    }

    #[test]
    fn where_a_letter_has_no_value_the_program_speaks() {
        let mut letter = letter(MailKind::OrderPlaced, Locale::Indonesian);
        letter.own = own("Bayar sebelum {batas}", "Terima kasih, {nama}.");
        assert!(compose(&letter).unwrap().subject.starts_with("Bayar sebelum 1 Januari 1970"));
        let Matter::Order { order, .. } = &mut letter.matter else { panic!("an order was placed") };
        order.pay_by = None;
        let written = compose(&letter).unwrap();
        assert_eq!(written.subject, "Pesanan ET-7K2M9Q4X sudah kami terima");
        assert!(written.text.contains("Terima kasih, Siti Rahma."), "{}", written.text);
    }

    #[test]
    fn a_reason_is_told_once() {
        let mut letter = letter(MailKind::ProofRefused, Locale::English);
        let told = |letter: &Letter| compose(letter).unwrap().text.matches("The amount can't be read.").count();
        letter.own = own("Proof", "We looked at it.");
        assert_eq!(told(&letter), 1);
        letter.own = own("Proof", "Sorry: {reason}");
        assert_eq!(told(&letter), 1);
    }
}
