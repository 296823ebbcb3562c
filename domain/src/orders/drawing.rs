//! The drawing of an order's life in ARCHITECTURE.md, made from the state machine itself.

use std::fmt::Write;

use super::life::{Beginning, InvoiceEffect, MoneyEffect, Move, OrderEvent, OrderStatus, StockEffect, VoucherEffect};
use crate::money::Money;
use crate::payments::PaymentMethod;

/// Every edge on a line: from, event, to, and what it brings. Orders come in by the way that they are to be paid.
fn drawing() -> String {
    let mut text = String::new();
    let online = Beginning::of(PaymentMethod::Demo, Money::minor(1));
    for method in PaymentMethod::ALL.iter().filter(|method| method.is_online()) {
        assert_eq!(Beginning::of(*method, Money::minor(1)), online, "{method} begins as every method with a gateway");
    }
    let at_the_door = Beginning::of(PaymentMethod::CashOnDelivery, Money::minor(1));
    let free = Beginning::of(PaymentMethod::Demo, Money::ZERO);
    let beginnings = [("paid_online", online), ("cash_on_delivery", at_the_door), ("nothing_to_pay", free)];
    for (way, Beginning { status, units }) in beginnings {
        let edge = format!("{:-<24}> {:<18}", format!("--{way}"), status.as_str());
        writeln!(text, "{:<17} {edge} stock: {units}, tells: order_placed", "(placed)").unwrap();
    }
    for from in OrderStatus::ALL {
        for event in OrderEvent::ALL {
            if let Ok(step) = from.after(*event) {
                let edge = format!("{:-<24}> {:<18}", format!("--{event}"), step.to.as_str());
                writeln!(text, "{:<17} {edge} {}", from.as_str(), brings(&step)).unwrap();
            }
        }
    }
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn brings(step: &Move) -> String {
    let parts = [
        (step.stock != StockEffect::Nothing).then(|| format!("stock: {}", step.stock)),
        (step.voucher != VoucherEffect::Nothing).then(|| format!("voucher: {}", step.voucher)),
        (step.money != MoneyEffect::Nothing).then(|| format!("money: {}", step.money)),
        (step.invoice != InvoiceEffect::Nothing).then(|| format!("invoice: {}", step.invoice)),
        step.mail.map(|mail| format!("mail: {mail}")),
        Some(format!("tells: {}", step.tells)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ARCHITECTURE.md");
const BEGIN: &str = "<!-- an order's life, drawn from the code -->\n```\n";
const END: &str = "```\n<!-- the end of the drawing -->";

fn page() -> (String, std::ops::Range<usize>) {
    let text = std::fs::read_to_string(PAGE).unwrap();
    let begin = text.find(BEGIN).expect("ARCHITECTURE.md marks where the drawing begins") + BEGIN.len();
    let end = begin + text[begin..].find(END).expect("ARCHITECTURE.md marks where the drawing ends");
    (text, begin..end)
}

#[test]
fn architecture_shows_the_life_that_orders_have() {
    let (text, drawn) = page();
    assert!(
        text[drawn] == drawing(),
        "ARCHITECTURE.md shows another life than OrderStatus::after. Draw it anew with\n    \
         cargo test -p domain draw_the_life_anew -- --ignored"
    );
}

#[test]
#[ignore = "writes ARCHITECTURE.md; run it when the state machine has changed"]
fn draw_the_life_anew() {
    let (mut text, drawn) = page();
    text.replace_range(drawn, &drawing());
    std::fs::write(PAGE, text).unwrap();
}
