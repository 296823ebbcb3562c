//! A letter of each kind about somebody who is nobody: how it looks can be seen before one is written.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::jobs::JobName;
use domain::locale::{Locale, Translated};
use domain::mail::{Audience, DaySums, LetterId, LowUnits, MailKind, OwnWords, Told};
use domain::money::{BasisPoints, Money};
use domain::payments::PaymentMethod;
use domain::settings::Settings;
use domain::staff::StaffId;
use serde_json::json;
use services::Cause;
use services::mail::{Letter, LetterMoney, Matter, Reader};

const NUMBER: &str = "ET-7K2M9Q4X";

/// A letter of that kind, as a reader of that language gets it.
///
/// # Errors
/// Never, as long as an order is read as it is written here.
pub fn sample(
    kind: MailKind,
    locale: Locale,
    settings: &Arc<Settings>,
    public_url: &str,
    now: DateTime<Utc>,
) -> Result<Letter, Cause> {
    use MailKind as Kind;
    let money =
        |amount: i64| LetterMoney { amount: Money::minor(amount), currency: settings.currency, reason: String::new() };
    let to_staff = matches!(kind.audience(), Audience::Staff | Audience::Owner);
    let matter = match kind {
        Kind::OrderPlaced
        | Kind::PaySoon
        | Kind::PaymentArrived
        | Kind::OrderExpired
        | Kind::OrderCancelled
        | Kind::OrderShipped
        | Kind::RestCalledOff
        | Kind::OrderReturned
        | Kind::ProofRefused
        | Kind::RefundRequested
        | Kind::RefundSucceeded
        | Kind::OrderLink
        | Kind::NewOrder
        | Kind::MoneyToDecide => order(kind, locale, settings, now)?,
        Kind::MembershipPaid | Kind::MembershipEndsSoon | Kind::MembershipEnded => Matter::Membership {
            plan: Translated { id: "Keluarga".to_owned(), en: "Family".to_owned() },
            percent_off: BasisPoints::new(1_000),
            free_delivery: true,
            ends_at: Some(now + TimeDelta::days(3)),
            purchase: Some(("MB-3F8W1Z6C".to_owned(), money(49_000))),
        },
        Kind::StaffReset | Kind::StaffPasswordChanged | Kind::LowStock | Kind::JobFailed | Kind::DailySummary => {
            Matter::Shop
        }
        Kind::PasswordWasReadable
        | Kind::VerifyEmail
        | Kind::ResetPassword
        | Kind::PasswordChanged
        | Kind::SignInLink
        | Kind::NewSignIn
        | Kind::ConfirmNewEmail
        | Kind::EmailChanged
        | Kind::VoucherGiven => Matter::Account,
    };
    let torn = match locale {
        Locale::Indonesian => "Jahitannya lepas",
        Locale::English => "A seam came undone",
    };
    let refund = matches!(kind, Kind::RefundRequested | Kind::RefundSucceeded)
        .then(|| LetterMoney { reason: torn.to_owned(), ..money(185_000) });
    Ok(Letter {
        id: LetterId::new(1),
        kind,
        to: if kind == Kind::ConfirmNewEmail { "siti.baru@example.com" } else { "siti@example.com" }.to_owned(),
        name: if to_staff { "Dewi Lestari" } else { "Siti Rahma" }.to_owned(),
        reader: if to_staff { Reader::Staff(StaffId::new(1)) } else { Reader::Guest },
        is_unwanted: false,
        link: (kind == Kind::StaffReset).then(|| "7K2M-9Q4X-W1Z6".to_owned()),
        told: told(kind, now.date_naive()),
        own: OwnWords::default(),
        unsubscribe: kind.is_news().then(|| format!("{public_url}/letters/stop")),
        locale,
        written_at: now,
        matter,
        refund,
        settings: Arc::clone(settings),
        public_url: public_url.to_owned(),
    })
}

fn told(kind: MailKind, today: NaiveDate) -> Option<Told> {
    let low = |sku: &str, id: &str, en: &str, left| LowUnits {
        sku: sku.to_owned(),
        name: Translated { id: id.to_owned(), en: en.to_owned() },
        left,
    };
    match (kind, today) {
        (MailKind::LowStock, _) => Some(Told::LowStock {
            variants: vec![
                low("KEMEJA-BIRU-M", "Kemeja linen", "Linen shirt", 2),
                low("TAS-ROTAN", "Tas rotan bundar", "Round rattan bag", 0),
            ],
        }),
        (MailKind::JobFailed, _) => {
            Some(Told::JobFailed { job: JobName::ClearPictures, error: "No space left on device".to_owned() })
        }
        (MailKind::DailySummary, today) => Some(Told::DailySummary(DaySums {
            day: today - TimeDelta::days(1),
            orders: 12,
            sold: Money::minor(2_340_000),
            to_pack: 5,
            unpaid: 3,
            low: 2,
            failed_letters: 1,
        })),
        (MailKind::VoucherGiven, _) => Some(Told::Voucher { code: "TERIMAKASIH".to_owned() }),
        (MailKind::EmailChanged, _) => Some(Told::NewEmail { email: "siti.baru@example.com".to_owned() }),
        (_, _) => None,
    }
}

/// An order that is where such a letter finds it.
fn order(kind: MailKind, locale: Locale, settings: &Settings, now: DateTime<Utc>) -> Result<Matter, Cause> {
    let is_waiting = matches!(kind, MailKind::OrderPlaced | MailKind::PaySoon | MailKind::ProofRefused);
    let status = if is_waiting {
        "pending_payment"
    } else if matches!(kind, MailKind::OrderExpired | MailKind::OrderCancelled) {
        "cancelled"
    } else if kind == MailKind::OrderShipped {
        "shipped"
    } else if kind == MailKind::OrderReturned {
        "returned"
    } else {
        "processing"
    };
    let line = |id: u64, name: (&str, &str), options: (&str, &str), price: i64, quantity: u32| {
        json!({
            "id": id, "name": { "id": name.0, "en": name.1 }, "options": { "id": options.0, "en": options.1 },
            "sku": "CONTOH", "picture": null, "slug": null, "unit_price": price, "quantity": quantity,
            "total": price * i64::from(quantity), "called_off": u32::from(kind == MailKind::RestCalledOff),
            "shipped": quantity, "returned": if kind == MailKind::OrderReturned { quantity } else { 0 },
        })
    };
    let parcel = json!({
        "id": 1, "courier": "AnterAja", "tracking_number": "10003847561", "actor": { "kind": "staff", "name": "Dewi" },
        "lines": [{ "line_id": 1, "quantity": 1 }, { "line_id": 2, "quantity": 2 }], "at": now - TimeDelta::hours(1),
    });
    let parcels = if kind == MailKind::OrderShipped { vec![parcel] } else { Vec::new() };
    // What is paid at the door waits for no money, and only what is transferred has a proof.
    let is_fit = |method: &&PaymentMethod| {
        if kind == MailKind::ProofRefused { method.is_transfer() } else { method.is_online() }
    };
    let method = settings.payment_methods.iter().find(is_fit).copied().unwrap_or(PaymentMethod::BankTransfer);
    let (reason, sold_out) = match locale {
        Locale::Indonesian => ("Nominalnya tidak terbaca.", "barangnya ternyata habis"),
        Locale::English => ("The amount can't be read.", "it turned out to be sold out"),
    };
    let called_off = json!({
        "kind": "step", "status": "cancelled", "actor": { "kind": "staff", "name": "Dewi" }, "note": sold_out,
        "at": now - TimeDelta::hours(1),
    });
    let history = if kind == MailKind::OrderCancelled { vec![called_off] } else { Vec::new() };
    let refused = json!({
        "id": 1, "kind": "picture", "status": "refused", "sent_at": now - TimeDelta::hours(1), "decided_at": now,
        "decided_by": "Dewi", "reason": reason,
    });
    let proofs = if kind == MailKind::ProofRefused { vec![refused] } else { Vec::new() };
    let transfer = json!({ "asked": 437_123, "held_until": null, "proofs": proofs });
    let order = json!({
        "id": 1, "number": NUMBER, "status": status, "email": "siti@example.com", "locale": locale,
        "currency": settings.currency, "payment_method": method,
        "transfer": method.is_transfer().then_some(transfer), "payment_status": null, "delivery_method": "courier", "tracking_number": null, "parcels": parcels,
        "address": {
            "name": "Siti Rahma", "phone": "+62 812-0000-0001", "line_1": "Jl. Melati 5", "line_2": null,
            "city": "Depok", "province": "Jawa Barat", "postal_code": "16411",
        },
        "lines": [
            line(1, ("Kemeja linen", "Linen shirt"), ("Biru, M", "Blue, M"), 185_000, 1),
            line(2, ("Tas rotan bundar", "Round rattan bag"), ("", ""), 120_000, 2),
        ],
        "totals": { "subtotal": 425_000, "delivery": 12_000, "total": 437_000 },
        "placed_at": now - TimeDelta::hours(2),
        "pay_by": is_waiting.then(|| now + TimeDelta::hours(6)),
        "history": history, "next": [],
    });
    Ok(Matter::Order {
        order: Box::new(serde_json::from_value(order)?),
        path: format!("/orders/{NUMBER}?token=contoh"),
    })
}

#[cfg(test)]
mod tests {
    use domain::money::Currency;
    use domain::orders::OrderStatus;
    use domain::payments::BankAccount;
    use domain::text::ShopName;

    use super::*;

    #[test]
    fn what_is_paid_at_the_door_is_no_sample_of_waiting_for_money() {
        let name = ShopName::parse("Toko Sinar").unwrap();
        let settings = Settings::new(name, Currency::Rupiah, Locale::Indonesian);
        assert_eq!(settings.payment_methods, [PaymentMethod::CashOnDelivery]);
        let settings = Arc::new(settings);
        for kind in MailKind::ALL {
            let url = "https://toko.example";
            let letter = sample(*kind, Locale::English, &settings, url, DateTime::UNIX_EPOCH).unwrap();
            if let Matter::Order { order, .. } = &letter.matter {
                let (method, status) = (order.payment_method, order.status);
                assert!(method.is_online() || order.pay_by.is_none(), "{kind}: {method} is paid by {:?}", order.pay_by);
                assert_eq!(order.pay_by.is_some(), status == OrderStatus::PendingPayment, "{kind}");
            }
        }
    }

    #[test]
    fn who_transfers_reads_where_to_and_how_much() {
        let account = BankAccount { bank: "BCA".into(), number: "0123456789".into(), holder: "Toko Sinar".into() };
        let name = ShopName::parse("Toko Sinar").unwrap();
        let mut settings = Settings::new(name, Currency::Rupiah, Locale::Indonesian);
        settings.payment_methods = vec![PaymentMethod::BankTransfer];
        settings.transfer.accounts = vec![account];
        let settings = Arc::new(settings);
        for kind in [MailKind::OrderPlaced, MailKind::PaySoon] {
            for (locale, holder) in [(Locale::Indonesian, "a.n. Toko Sinar"), (Locale::English, "Toko Sinar")] {
                let letter = sample(kind, locale, &settings, "https://toko.example", DateTime::UNIX_EPOCH).unwrap();
                let words = crate::letters::compose(&letter).unwrap();
                for told in [words.html, words.text] {
                    assert!(told.contains("0123456789") && told.contains(holder) && told.contains("437"), "{told}");
                }
            }
        }
    }
}
