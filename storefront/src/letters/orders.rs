//! Letters about an order's life.

use chrono::{DateTime, Utc};
use domain::locale::Locale;
use domain::mail::MailKind;
use domain::money::Money;
use domain::orders::{Actor, HistoryKind, OrderDetail, OrderLine, OrderStatus, Parcel};
use domain::payments::BankAccount;
use domain::shipping::{DeliveryMethod, tracking_page};
use services::mail::Letter;

use super::{Button, Fact, Line, Sentence, Sum, Words, moment};
use crate::sums;
use crate::texts::{LetterText, TransferText};

/// What the letter says of the order, and the page where its buyer sees it.
pub(super) fn words(letter: &Letter, order: &OrderDetail, path: &str) -> Words {
    let locale = letter.locale;
    let say = |text: LetterText| text.text(locale);
    let number = || order.number.clone();
    let is_pickup = order.delivery_method == DeliveryMethod::Pickup;
    let why = |reason: String| Sentence::Reason(say(LetterText::Why { reason }));
    let mut words = match (letter.kind, is_pickup) {
        (MailKind::OrderPlaced | MailKind::PaySoon, _) => return waiting(letter, order, path, is_pickup),
        (MailKind::PaymentArrived, _) => {
            let text = match is_pickup {
                true => LetterText::PaidPickupText { number: number() },
                false => LetterText::PaidText { number: number() },
            };
            let mut words = said(locale, LetterText::PaidSubject { number: number() }, LetterText::PaidTitle, text);
            words.sums = sums_of(order, locale);
            words.lines = all_lines(order, locale);
            words
        }
        (MailKind::OrderExpired, _) => {
            let text = LetterText::ExpiredText { number: number() };
            let mut words =
                said(locale, LetterText::ExpiredSubject { number: number() }, LetterText::ExpiredTitle, text);
            words.sentences.push(Sentence::Said(say(LetterText::ExpiredPaidText)));
            words.lines = all_lines(order, locale);
            words
        }
        (MailKind::OrderCancelled, _) => {
            let text = LetterText::CancelledText { number: number() };
            let mut words =
                said(locale, LetterText::CancelledSubject { number: number() }, LetterText::CancelledTitle, text);
            words.sentences.extend(reason(order).map(why));
            if order.balance.paid > Money::ZERO {
                words.sentences.push(Sentence::Kept(say(LetterText::CancelledMoney)));
            }
            words.lines = all_lines(order, locale);
            words
        }
        (MailKind::RestCalledOff, _) => {
            let text = LetterText::RestText { number: number() };
            let mut words = said(locale, LetterText::RestSubject { number: number() }, LetterText::RestTitle, text);
            if order.payment_method.is_online() {
                words.sentences.push(Sentence::Kept(say(LetterText::RestMoney)));
            }
            words.lines = lines(order, locale, |line| line.called_off);
            words
        }
        (MailKind::OrderReturned, _) => {
            let text = LetterText::ReturnedText { number: number() };
            let mut words =
                said(locale, LetterText::ReturnedSubject { number: number() }, LetterText::ReturnedTitle, text);
            words.lines = lines(order, locale, |line| line.returned);
            words
        }
        (MailKind::OrderShipped, _) => shipped(letter, order, is_pickup),
        (MailKind::ProofRefused, _) => {
            let text = LetterText::ProofRefusedText { number: number() };
            let (subject, title) =
                (LetterText::ProofRefusedSubject { number: number() }, LetterText::ProofRefusedTitle);
            let mut words = said(locale, subject, title, text);
            words.sentences.extend(proof_reason(letter, order).map(why));
            words.sentences.push(Sentence::Said(say(LetterText::ProofRefusedNext)));
            words
        }
        // Their words stand elsewhere.
        (_, _) => Words::default(),
    };
    words.button = Some(Button { label: say(LetterText::SeeOrder), address: format!("{}{path}", letter.public_url) });
    words.help = say(LetterText::Help { number: number() });
    words
}

/// Where the money of an order goes that is transferred to the shop itself, and how much of it.
fn transfer(letter: &Letter, order: &OrderDetail) -> Vec<Fact> {
    let Some(transfer) = order.transfer.as_ref().filter(|_| order.payment_method.is_transfer()) else {
        return Vec::new();
    };
    let say = |text: TransferText| text.text(letter.locale);
    let asked = Fact { label: say(TransferText::AmountTitle), value: transfer.asked.display(order.currency) };
    let account = |account: &BankAccount| {
        let holder = say(TransferText::HolderOf { holder: account.holder.clone() });
        Fact { label: account.bank.clone(), value: format!("{} ({holder})", account.number) }
    };
    std::iter::once(asked).chain(letter.settings.transfer.accounts.iter().map(account)).collect()
}

/// An order that stands; while it waits for its money, how and until when it is paid.
fn waiting(letter: &Letter, order: &OrderDetail, path: &str, is_pickup: bool) -> Words {
    let locale = letter.locale;
    let say = |text: LetterText| text.text(locale);
    let number = || order.number.clone();
    let fact = |label: LetterText, value: String| Fact { label: say(label), value };
    let total = || order.totals.total.display(order.currency);
    let see = Button { label: say(LetterText::SeeOrder), address: format!("{}{path}", letter.public_url) };
    let pay_by = pay_by(order).map(|at| moment(letter, at));
    let mut words = match (letter.kind, pay_by) {
        (MailKind::PaySoon, until) => {
            let until = until.unwrap_or_default();
            let (subject, text) = (
                LetterText::PaySoonSubject { number: number(), until: until.clone() },
                LetterText::PaySoonText { number: number(), until },
            );
            let mut words = said(locale, subject, LetterText::PaySoonTitle, text);
            words.sentences.push(Sentence::Said(say(LetterText::PaySoonPaid)));
            words.facts = vec![
                fact(LetterText::PayWith, order.payment_method.label(locale).to_owned()),
                fact(LetterText::ToPay, total()),
            ];
            words.facts.extend(transfer(letter, order));
            words
        }
        (_, Some(until)) => {
            let text = LetterText::PlacedUnpaidText { number: number(), until: until.clone() };
            let subject = LetterText::PlacedSubject { number: number() };
            let mut words = said(locale, subject, LetterText::PlacedTitle, text);
            words.facts = vec![
                fact(LetterText::PayWith, order.payment_method.label(locale).to_owned()),
                fact(LetterText::PayUntil, until),
            ];
            words.facts.extend(transfer(letter, order));
            words.sums = sums_of(order, locale);
            words.lines = all_lines(order, locale);
            words
        }
        (_, None) => {
            let text = match is_pickup {
                true => LetterText::PlacedPickupText { number: number() },
                false => LetterText::PlacedText { number: number() },
            };
            let subject = LetterText::PlacedSubject { number: number() };
            let mut words = said(locale, subject, LetterText::PlacedTitle, text);
            words.facts = vec![fact(LetterText::PayWith, order.payment_method.label(locale).to_owned())];
            words.sums = sums_of(order, locale);
            words.lines = all_lines(order, locale);
            words
        }
    };
    words.help = say(LetterText::Help { number: number() });
    if order.status == OrderStatus::PendingPayment {
        let pay = path.replacen('?', "/pay?", 1);
        words.button = Some(Button { label: say(LetterText::PayNow), address: format!("{}{pay}", letter.public_url) });
        words.aside = Some(see);
    } else {
        words.button = Some(see);
    }
    words
}

fn said(locale: Locale, subject: LetterText, title: LetterText, text: LetterText) -> Words {
    let sentences = vec![Sentence::Said(text.text(locale))];
    Words { subject: subject.text(locale), title: title.text(locale), sentences, ..Words::default() }
}

/// What left, how it is followed, and whether the rest is to come.
fn shipped(letter: &Letter, order: &OrderDetail, is_pickup: bool) -> Words {
    let locale = letter.locale;
    let number = || order.number.clone();
    let known = parcels(letter, order);
    let units = |parcel: &Parcel| parcel.lines.iter().map(|line| u64::from(line.quantity)).sum::<u64>();
    let left: u64 = known.map(units).sum();
    let is_part = left < order.lines.iter().map(|line| u64::from(line.quantity.saturating_sub(line.called_off))).sum();
    let (subject, title, text) = match (is_pickup, is_part) {
        (true, false) => (
            LetterText::ReadySubject { number: number() },
            LetterText::ReadyTitle,
            LetterText::ReadyText { number: number() },
        ),
        (true, true) => (
            LetterText::PartlyReadySubject { number: number() },
            LetterText::PartlyReadyTitle,
            LetterText::PartlyReadyText { number: number() },
        ),
        (false, false) => (
            LetterText::ShippedSubject { number: number() },
            LetterText::ShippedTitle,
            LetterText::ShippedText { number: number() },
        ),
        (false, true) => (
            LetterText::PartlyShippedSubject { number: number() },
            LetterText::PartlyShippedTitle,
            LetterText::PartlyShippedText { number: number() },
        ),
    };
    let mut words = said(locale, subject, title, text);
    let fact = |label: LetterText, value: &str| Fact { label: label.text(locale), value: value.to_owned() };
    if let Some(parcel) = parcel(letter, order) {
        words.facts.extend(parcel.courier.as_deref().map(|courier| fact(LetterText::Courier, courier)));
        words.facts.extend(parcel.tracking_number.as_deref().map(|number| fact(LetterText::Tracking, number)));
        let page = parcel.courier.as_deref().zip(parcel.tracking_number.as_deref());
        words.aside = page
            .and_then(|(courier, number)| tracking_page(courier, number))
            .map(|address| Button { label: LetterText::TrackParcel.text(locale), address });
        let of_parcel = |line: &OrderLine| {
            let found = parcel.lines.iter().find(|units| units.line_id == line.id);
            found.map_or(0, |units| units.quantity)
        };
        words.lines = lines(order, locale, of_parcel);
    }
    let place = letter.settings.delivery.pickup.address.get(locale);
    if is_pickup && !place.is_empty() {
        words.facts.push(fact(LetterText::PickUpAt, place));
    }
    if !order.payment_method.is_online()
        && let Some(due) = order.totals.total.minus(order.called_off).filter(|due| *due > Money::ZERO)
    {
        words.facts.push(fact(LetterText::Collect, &due.display(order.currency)));
    }
    words
}

/// Until when it can be paid, while it waits for its money.
pub(super) fn pay_by(order: &OrderDetail) -> Option<DateTime<Utc>> {
    order.pay_by.filter(|_| order.status == OrderStatus::PendingPayment)
}

/// The parcels that had left when the letter was written: those that left later have letters of their own.
fn parcels<'a>(letter: &Letter, order: &'a OrderDetail) -> impl DoubleEndedIterator<Item = &'a Parcel> {
    let written_at = letter.written_at;
    order.parcels.iter().filter(move |parcel| parcel.at <= written_at)
}

/// The parcel that the letter is about.
pub(super) fn parcel<'a>(letter: &Letter, order: &'a OrderDetail) -> Option<&'a Parcel> {
    parcels(letter, order).next_back()
}

/// Why staff called it off, as its page tells.
pub(super) fn reason(order: &OrderDetail) -> Option<String> {
    let is_end = |entry: &&domain::orders::HistoryEntry| {
        entry.kind == HistoryKind::Step && entry.status == OrderStatus::Cancelled
    };
    let end = order.history.iter().rev().find(is_end)?;
    let by_staff = matches!(end.actor, Actor::Staff(_));
    end.note.clone().filter(|note| by_staff && !note.is_empty())
}

/// Why the proof was refused that the letter is about: of those that were decided before it, the newest.
pub(super) fn proof_reason(letter: &Letter, order: &OrderDetail) -> Option<String> {
    let proofs = order.transfer.as_ref()?.proofs.iter();
    let before = proofs.filter(|proof| proof.decided_at.is_some_and(|at| at <= letter.written_at));
    before.max_by_key(|proof| proof.decided_at)?.reason.clone()
}

/// Every line with what it cost.
pub(super) fn all_lines(order: &OrderDetail, locale: Locale) -> Vec<Line> {
    let mut all = lines(order, locale, |line| line.quantity);
    for (line, of_order) in all.iter_mut().zip(&order.lines) {
        line.amount = of_order.total.display(order.currency);
    }
    all
}

/// The lines of which there are such units.
fn lines(order: &OrderDetail, locale: Locale, units: impl Fn(&OrderLine) -> u32) -> Vec<Line> {
    let line = |line: &OrderLine| Line {
        name: line.name.get(locale).to_owned(),
        options: line.options.get(locale).to_owned(),
        quantity: Some(units(line)),
        amount: String::new(),
    };
    order.lines.iter().map(line).filter(|line| line.quantity > Some(0)).collect()
}

pub(super) fn sums_of(order: &OrderDetail, locale: Locale) -> Vec<Sum> {
    let rows = sums::rows_of(locale, order.currency, &order.totals, &order.taxes);
    rows.into_iter().map(|row| Sum { label: row.name, amount: row.amount, is_total: row.kind == "total" }).collect()
}
