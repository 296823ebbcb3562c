//! What every order of the former shop becomes, worked out before anything is written.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::message::Words;
use domain::money::Money;
use domain::orders::{OrderEvent, Totals};
use domain::payments::PaymentMethod;
use domain::reference::{Finding, FormerKind};
use domain::text::VoucherCode;

use super::amounts::{Correction, Told, settle};
use super::course::{Entry, Status, entries, steps};
use super::{Bought, buyer};
use crate::orders::{FormerLine, FormerStep};
use crate::reference::goods::Goods;
use crate::reference::people::People;
use crate::reference::rows::Row;
use crate::reference::run::Run;

/// The most characters of what is noted of an order.
const MOST_NOTE: usize = 500;

/// Works out all orders that are not here yet, the oldest first.
pub(in crate::reference) fn plan(run: &mut Run<'_>, people: &People, goods: &mut Goods) -> Vec<Bought> {
    let mut items: HashMap<u64, Vec<(u64, Row)>> = HashMap::new();
    for (number, row) in run.numbered(FormerKind::Order, "order_items") {
        items.entry(row.number("order_id").unwrap_or_default()).or_default().push((number, row));
    }
    let mut rows = run.numbered(FormerKind::Order, "orders");
    rows.sort_by_key(|(number, row)| (run.time(row, "order_date"), *number));
    let histories = run.former.by("order_status_history", "order_id");
    let mut shelves = HashMap::new();
    let mut last = run.now;
    let mut orders = Vec::new();
    for (number, row) in rows {
        let items = items.remove(&number).unwrap_or_default();
        if run.is_known(FormerKind::Order, ("order", number)) {
            continue;
        }
        let placed_at = run.time(&row, "order_date").unwrap_or_else(|| {
            run.corrected(FormerKind::Order, number, Finding::NoDate);
            last
        });
        last = placed_at;
        let history = histories.get(&number).map(|rows| entries(run, rows)).unwrap_or_default();
        let told = ToldOrder { number, row: &row, items: &items, history: &history, placed_at };
        if let Some(order) = order(run, people, goods, &mut shelves, &told) {
            orders.push(order);
        }
    }
    orders.sort_by_key(|order| (order.placed_at, order.number));
    let unknown: Vec<_> = items.into_iter().filter(|(_, rows)| !rows.is_empty()).collect();
    for (order, _) in unknown {
        let what = Words::of(|locale| FormerKind::Order.label(locale));
        run.left_out(FormerKind::Order, order, Finding::NotThere { what, number: order.to_string() });
    }
    orders
}

/// An order as the former shop tells it.
struct ToldOrder<'a> {
    number: u64,
    row: &'a Row,
    items: &'a [(u64, Row)],
    history: &'a [Entry],
    placed_at: DateTime<Utc>,
}

fn order(
    run: &mut Run<'_>,
    people: &People,
    goods: &mut Goods,
    shelves: &mut HashMap<String, u32>,
    told: &ToldOrder<'_>,
) -> Option<Bought> {
    let ToldOrder { number, row, items, history, placed_at } = *told;
    let which = FormerKind::Order;
    let word = row.text("status").unwrap_or_default();
    let transaction = row.text("payment_transaction_id").unwrap_or_default();
    if items.is_empty() && (transaction.starts_with("TX-MEM-") || transaction.starts_with("TX-UPG-")) {
        run.left_out(which, number, Finding::IsMembership { status: word });
        return None;
    }
    let Some(status) = Status::of(&word) else {
        run.refused(which, number, Finding::UnknownStatus { status: word });
        return None;
    };
    let told_method = row.text("payment_method").unwrap_or_default();
    let method = match told_method.to_uppercase().contains("COD") {
        true => PaymentMethod::CashOnDelivery,
        false => PaymentMethod::Demo,
    };
    let voucher_code = voucher_code(run, number, row);
    let mut told = Told {
        subtotal: run.money(which, number, row, "subtotal").unwrap_or(Money::ZERO),
        discount: run.money(which, number, row, "discount_amount").unwrap_or(Money::ZERO),
        delivery: run.money(which, number, row, "shipping_cost").unwrap_or(Money::ZERO),
        has_code: voucher_code.is_some(),
        ..Told::default()
    };
    let parts = told.subtotal.minus(told.discount).and_then(|goods| goods.plus(told.delivery)).unwrap_or(Money::ZERO);
    told.total = run.money(which, number, row, "total_amount").unwrap_or(parts);
    let skus = lines(run, goods, &mut told, (number, placed_at), items)?;
    let (lines, totals) = amounts(run, number, &told, skus)?;

    let person = row.number("user_id").and_then(|user| people.get(user));
    let email = buyer::email(run, number, row, person)?;
    let address = buyer::address(run, number, row, people, person)?;
    let is_online = method.is_online() && totals.total > Money::ZERO;
    let mut steps = steps((status, placed_at), history, is_online, row);
    if status == Status::Cancelled && is_online && history.iter().any(|entry| entry.status == Status::Processing) {
        run.corrected(which, number, Finding::PaidThenCancelled);
    }
    let mut takes_units = status != Status::Cancelled;
    if status == Status::Waiting && is_online && !promise(goods, shelves, &lines) {
        run.corrected(which, number, Finding::UnitsGone);
        takes_units = false;
        steps.push(FormerStep { event: OrderEvent::TimeRanOut, at: placed_at, note: None, tracking: None });
    }
    let told = [Some(told_method), Some(transaction), row.text("notes")].into_iter().flatten();
    let told: Vec<_> = told.filter(|text| !text.is_empty()).collect();
    let note: String = told.join(" · ").chars().filter(|c| !c.is_control()).take(MOST_NOTE).collect();
    Some(Bought {
        number,
        user: row.number("user_id"),
        email,
        address,
        method,
        voucher_code,
        lines,
        totals,
        placed_at,
        note: Some(note).filter(|note| !note.is_empty()),
        steps,
        takes_units,
    })
}

/// The goods of an order; what is gone has a stand-in. Nothing when there is nothing to keep.
fn lines(
    run: &mut Run<'_>,
    goods: &mut Goods,
    told: &mut Told,
    (number, placed_at): (u64, DateTime<Utc>),
    items: &[(u64, Row)],
) -> Option<Vec<String>> {
    let which = FormerKind::Order;
    let mut skus: Vec<String> = Vec::new();
    for (line, row) in items {
        let quantity = row.whole("quantity").unwrap_or_default();
        let price = run.money(which, number, row, "price").filter(|price| price.is_ordinary());
        let (Some(units), Some(price)) =
            (u32::try_from(quantity).ok().filter(|units| (1..=1_000_000).contains(units)), price)
        else {
            run.corrected(which, number, Finding::BadLine { quantity: quantity.to_string() });
            continue;
        };
        let choice = |column| row.text(column).unwrap_or_default();
        let (color, size) = (choice("color_at_order"), choice("size_at_order"));
        let product = row.number("product_id").unwrap_or_default();
        let sku = match goods.sold(product, row.number("variant_id"), &color, &size) {
            Some(sku) => sku,
            None => stand_in(run, goods, (product, &color, &size), *line, price, placed_at),
        };
        // Twice the same is one line; when the prices differ, the sum is settled with the rest.
        match skus.iter().position(|known| *known == sku) {
            Some(at) => {
                let (known, at_price) = told.lines[at];
                let sum = at_price.times(known).and_then(|sum| sum.plus(price.times(units)?))?;
                let all = known.saturating_add(units);
                told.lines[at] = (all, Money::minor(sum.get() / i64::from(all)));
            }
            None => {
                skus.push(sku);
                told.lines.push((units, price));
            }
        }
    }
    if skus.is_empty() {
        if told.total <= Money::ZERO {
            run.refused(which, number, Finding::NoLines);
            return None;
        }
        let price = if told.subtotal.is_ordinary() { told.subtotal } else { told.total };
        // Orders and lines have numbers of their own: no line has this one.
        let line = (1 << 47) + number;
        skus.push(stand_in(run, goods, (line, "", ""), line, price, placed_at));
        told.lines.push((1, price));
    }
    Some(skus)
}

fn stand_in(
    run: &mut Run<'_>,
    goods: &mut Goods,
    what: (u64, &str, &str),
    line: u64,
    price: Money,
    at: DateTime<Utc>,
) -> String {
    let (sku, made) = goods.stand_in(what, line, price, at);
    if let Some(name) = made {
        run.corrected(FormerKind::Product, line, Finding::StandIn { name });
    }
    sku
}

/// Amounts that sum, with a remark for whatever did not.
fn amounts(run: &mut Run<'_>, number: u64, told: &Told, skus: Vec<String>) -> Option<(Vec<FormerLine>, Totals)> {
    let which = FormerKind::Order;
    let Some(settled) = settle(told) else {
        let total = run.shown(told.total);
        run.refused(which, number, Finding::BadTotal { total });
        return None;
    };
    for correction in &settled.corrections {
        let subtotal = run.shown(settled.subtotal);
        let finding = match correction {
            Correction::DiscountWithoutCode => Finding::DiscountWithoutCode,
            Correction::Parts { parts } => {
                Finding::PartsOtherwise { parts: run.shown(*parts), total: run.shown(settled.total) }
            }
            Correction::Line { lines, at, price } => {
                let (sku, price) = (skus[*at].clone(), run.shown(*price));
                Finding::LinesOtherwise { lines: run.shown(*lines), subtotal, sku, price }
            }
            Correction::Lines { lines } => Finding::LinesSpread { lines: run.shown(*lines), subtotal },
        };
        run.corrected(which, number, finding);
    }
    let lines = skus.into_iter().zip(&told.lines).zip(&settled.lines);
    let lines = lines.map(|((sku, (quantity, _)), (unit_price, discount))| FormerLine {
        sku,
        quantity: *quantity,
        unit_price: *unit_price,
        discount: *discount,
    });
    let totals = Totals {
        subtotal: settled.subtotal,
        voucher_discount: settled.discount,
        delivery: settled.delivery,
        total: settled.total,
        ..Totals::default()
    };
    Some((lines.collect(), totals))
}

/// The code that an order used, if it can be one.
fn voucher_code(run: &mut Run<'_>, number: u64, row: &Row) -> Option<VoucherCode> {
    let told = row.text("voucher_code")?;
    let code = VoucherCode::typed(&told).ok();
    let is_known = code.as_ref().is_some_and(|code| {
        let same = |row: &Row| row.text("code").is_some_and(|known| known.eq_ignore_ascii_case(code.as_str()));
        run.former.table("vouchers").iter().any(same)
    });
    if !is_known {
        run.corrected(FormerKind::Order, number, Finding::VoucherUnknown { code: told });
    }
    code
}

/// Promises an order its units, if there are as many on the shelf as nobody was promised.
fn promise(goods: &Goods, shelves: &mut HashMap<String, u32>, lines: &[FormerLine]) -> bool {
    let left =
        |shelves: &HashMap<String, u32>, sku: &str| shelves.get(sku).copied().unwrap_or_else(|| goods.stock_of(sku));
    if lines.iter().any(|line| left(shelves, &line.sku) < line.quantity) {
        return false;
    }
    for line in lines {
        let rest = left(shelves, &line.sku) - line.quantity;
        shelves.insert(line.sku.clone(), rest);
    }
    true
}
