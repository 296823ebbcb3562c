//! What payment services say of money, beside what the shop has booked: both say the same, to the last unit.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::payments::GatewayName;
use serde_json::{Value, json};

use super::rows;
use crate::chaos::World;
use crate::simulators::{Payment, Simulator, Standing};

/// An attempt as the shop has it.
struct Attempt {
    gateway: String,
    status: String,
    /// What was asked for, and what came instead.
    asked: (i64, String),
    reported: (i64, String),
    page: String,
    number: String,
    order_status: String,
    /// What its order costs by now.
    cost: i64,
}

/// A refund of such an attempt.
struct Refund {
    reference: String,
    amount: i64,
    status: String,
}

/// Where the books of the shop are not those of the services: money that came, was made up, went back, or was kept.
pub(super) async fn differences(world: &World) -> Vec<String> {
    let (attempts, refunds) = (attempts(world).await, refunds(world).await);
    let mut wrong = Vec::new();
    let (mut given, mut kept) = (HashSet::new(), BTreeMap::<&str, i64>::new());
    for service in world.services.all() {
        let payments = service.payments();
        let mut paid: HashMap<&str, Vec<&Payment>> = HashMap::new();
        for payment in payments.iter().filter(|payment| payment.standing == Standing::Paid) {
            paid.entry(&payment.reference).or_default().push(payment);
        }
        for (reference, came) in &paid {
            if came.len() > 1 {
                wrong.push(format!("{reference} was paid on {} pages of {}", came.len(), service.name));
            }
            let Some(attempt) = attempts.get(*reference) else {
                wrong.push(format!("{} has money for {reference}, which nobody asked for", service.name));
                continue;
            };
            wrong.extend(came.iter().filter_map(|payment| booked_otherwise(service, payment, attempt)));
            if attempt.status == "paid" {
                let left: i64 = came.iter().map(|payment| left_of(payment) / service.unit()).sum();
                *kept.entry(&attempt.number).or_default() += left;
            }
        }
        for (reference, attempt) in &attempts {
            let is_booked = matches!(attempt.status.as_str(), "paid" | "needs_review");
            if attempt.gateway == service.name.as_str() && is_booked && !paid.contains_key(reference.as_str()) {
                wrong.push(format!("{reference} is {} and {} has no money for it", attempt.status, service.name));
            }
        }
        for payment in &payments {
            if left_of(payment) < 0 {
                wrong.push(format!("{} gave back more of {} than came", service.name, payment.reference));
            }
            for refund in &payment.refunds {
                if !given.insert(refund.key.clone()) {
                    wrong.push(format!("{} gave back {} twice", service.name, refund.key));
                }
                let is_known = refunds.get(&refund.key).is_some_and(|known| {
                    let is_it = known.reference == payment.reference && known.status == "succeeded";
                    is_it && known.amount * service.unit() == refund.amount
                });
                if !is_known {
                    wrong.push(format!("{} gave back {refund:?} of {}", service.name, payment.reference));
                }
            }
        }
    }
    for (key, refund) in refunds.iter().filter(|(key, _)| !given.contains(*key)) {
        wrong.push(format!("{key} of {} is {} and no service gave it back", refund.reference, refund.status));
    }
    for attempt in attempts.values() {
        let most = if attempt.order_status == "cancelled" { 0 } else { attempt.cost };
        if let Some(kept) = kept.remove(attempt.number.as_str()).filter(|kept| *kept > most) {
            wrong.push(format!("{} ({}) costs {most} and {kept} of it was kept", attempt.number, attempt.order_status));
        }
    }
    wrong
}

/// Pages that can be paid though what they are for is over. Midtrans closes none on which no way to pay was chosen: its time ends
/// it.
pub(super) async fn left_open(world: &World) -> Vec<String> {
    let attempts = attempts(world).await;
    let known = world.memory.lock().unwrap().known_pages.clone();
    let mut wrong = Vec::new();
    for service in world.services.all() {
        for payment in service.payments().iter().filter(|payment| payment.standing == Standing::Open) {
            let page = format!("{}/page/{}", service.url(), payment.id);
            let Some(attempt) = attempts.get(&payment.reference) else { continue };
            if !known.contains(&page) && attempt.page != page {
                // Its name never reached anybody.
                continue;
            }
            let can_close = service.name != GatewayName::Midtrans || payment.is_chosen;
            let is_over = attempt.order_status != "pending_payment" || attempt.status != "pending";
            if can_close && (is_over || attempt.page != page) {
                let Attempt { number, order_status, status, .. } = attempt;
                wrong.push(format!("{page} of {number} ({order_status}) is open, and its attempt is {status}"));
            }
        }
    }
    wrong
}

/// What the services did in a run.
pub(crate) fn did(world: &World) -> Value {
    let mut all = json!({});
    for service in world.services.all() {
        let payments = service.payments();
        let paid = payments.iter().filter(|payment| payment.standing == Standing::Paid).count();
        let refunds: usize = payments.iter().map(|payment| payment.refunds.len()).sum();
        all[service.name.as_str()] = json!({ "payments": payments.len(), "paid": paid, "refunds": refunds });
    }
    let told = world.memory.lock().unwrap().told;
    all["notices"] = json!({
        "taken": told.taken, "lost": told.lost, "told_twice_at_once": told.doubled, "in_vain": told.in_vain,
    });
    all
}

/// How a paid payment is booked otherwise than its service has it; nothing when it is booked so, or waits for a person because it
/// is another amount than was asked for.
fn booked_otherwise(service: &Simulator, payment: &Payment, attempt: &Attempt) -> Option<String> {
    let came = said(service, payment);
    let is_booked = match attempt.status.as_str() {
        "paid" => came == attempt.asked,
        "needs_review" => came != attempt.asked && came == attempt.reported,
        _ => false,
    };
    let Attempt { status, asked, order_status, .. } = attempt;
    (!is_booked || attempt.gateway != service.name.as_str()).then(|| {
        let what = format!("{} has {came:?} for {}", service.name, payment.reference);
        format!("{what}, which is {status} with {asked:?}; its order is {order_status}")
    })
}

/// Amount and currency in the shop's units.
fn said(service: &Simulator, payment: &Payment) -> (i64, String) {
    let currency = payment.currency.to_uppercase();
    let amount = match (service.name, currency.as_str()) {
        (GatewayName::Stripe, "IDR") => payment.amount / 100,
        (GatewayName::Stripe, _) | (_, "IDR") => payment.amount,
        // Written in whole ones.
        (GatewayName::Midtrans | GatewayName::Xendit | GatewayName::Demo, _) => payment.amount * 100,
    };
    (amount, currency)
}

/// What a payment has left, in its service's unit.
fn left_of(payment: &Payment) -> i64 {
    payment.amount - payment.refunds.iter().map(|refund| refund.amount).sum::<i64>()
}

async fn attempts(world: &World) -> HashMap<String, Attempt> {
    let sql = "select p.reference, p.gateway, p.status, p.amount, p.currency, coalesce(p.reported_amount, 0),
                      coalesce(p.reported_currency, ''), coalesce(p.redirect_url, ''), o.number, o.status,
                      cast(o.total_amount - o.called_off_amount as signed)
               from payments p join orders o on o.id = p.order_id where p.gateway in ('midtrans', 'xendit', 'stripe')";
    type Row = (String, String, String, i64, String, i64, String, String, String, String, i64);
    let read = |row: Row| {
        let (reference, gateway, status, amount, currency, came, of, page, number, order_status, cost) = row;
        let (asked, reported) = ((amount, currency), (came, of));
        (reference, Attempt { gateway, status, asked, reported, page, number, order_status, cost })
    };
    rows::<Row>(world, sql).await.into_iter().map(read).collect()
}

/// By the key that their service knows them by.
async fn refunds(world: &World) -> HashMap<String, Refund> {
    let sql = "select r.idempotency_key, p.reference, r.amount, r.status
               from refunds r join payments p on p.id = r.payment_id where p.gateway in ('midtrans', 'xendit', 'stripe')";
    let rows = rows::<(String, String, i64, String)>(world, sql).await;
    rows.into_iter().map(|(key, reference, amount, status)| (key, Refund { reference, amount, status })).collect()
}
