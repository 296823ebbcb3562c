//! The proofs of transfers: those that wait, the longest first, or those that somebody has decided about.

use domain::payments::{ListProofs, ProofId, ProofRow, ProofShow, ProofStatus};
use yew::prelude::*;

use super::PaymentText;
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Cell, Column, Empty, Glyph, List, Pill, Row, Table, use_walk};
use crate::screens::{Order, Payments, PaymentsPart, Proof};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ProofsProps {
    pub(super) here: Payments,
}

/// The list.
#[component]
pub(super) fn Proofs(props: &ProofsProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let here = &props.here;
    let walk = use_walk(here.after.as_ref());
    let show = if here.part == PaymentsPart::Decided { ProofShow::Decided } else { ProofShow::Waiting };
    let asked = use_command(ListProofs { show, after: here.after.map(ProofId::new) });
    let at = |after: Option<u64>| Payments { after, ..Payments::of(here.part) }.href();
    let pager = asked.reply().map(|page| walk.pager(page.next.map(|next| next.get()), at)).unwrap_or_default();
    let nothing = || {
        let (title, hint) = match show {
            ProofShow::Waiting => (PaymentText::NoProofs, PaymentText::NoProofsHint),
            ProofShow::Decided => (PaymentText::NoneDecided, PaymentText::NoneDecidedHint),
        };
        html! { <Empty icon={Glyph::Inbox} title={title.text(locale)} hint={hint.text(locale)} /> }
    };
    List::new(&asked, |page| &page.rows, table(&desk), nothing).foot(pager).draw(locale)
}

fn table(desk: &Desk) -> Table<'_, ProofRow> {
    let locale = desk.locale;
    let head = |text: PaymentText| text.text(locale);
    let sent = move |row: &ProofRow| {
        Cell::from(desk.calendar().brief(row.proof.sent_at)).titled(desk.calendar().full(row.proof.sent_at))
    };
    let columns = vec![
        Column::new(head(PaymentText::Sent), sent).instants(),
        Column::new(head(PaymentText::Order), move |row: &ProofRow| {
            Cell::link(Proof::of(row.proof.id).href(), &row.number)
        })
        .test("number"),
        Column::new(head(PaymentText::Buyer), move |row: &ProofRow| Cell::clipped(&row.name)).bone(8),
        Column::new(head(PaymentText::Asked), move |row: &ProofRow| row.asked.display(row.currency))
            .number()
            .test("asked"),
        Column::new(head(PaymentText::State), move |row: &ProofRow| state(row, desk)).test("state").bone(6),
        Column::new(head(PaymentText::ToOrder), move |row: &ProofRow| {
            Cell::link(Order::of(row.order_id).href(), row.order_status.label(locale))
        })
        .when_wide(),
    ];
    let row = |row: &ProofRow| {
        Row::new(row.proof.id).data("data-proof", row.proof.id.to_string()).to(Proof::of(row.proof.id).href())
    };
    Table::new("proof-rows", "is-proofs", head(PaymentText::ProofsCaption), columns, row).walked()
}

/// What became of it, or until when its order waits for that.
pub(super) fn state(row: &ProofRow, desk: &Desk) -> Html {
    let locale = desk.locale;
    let (icon, tone) = match row.proof.status {
        ProofStatus::Waiting => (Glyph::Clock, "warn"),
        ProofStatus::Approved => (Glyph::Done, "good"),
        ProofStatus::Refused => (Glyph::Cancelled, "bad"),
    };
    let held = row.held_until.filter(|_| row.proof.status == ProofStatus::Waiting);
    html! {
        <>
            <span data-test="proof-status" data-status={row.proof.status.as_str()}>
                <Pill {icon} {tone} text={row.proof.status.label(locale)} />
            </span>
            if let Some(until) = held {
                <span class="job-about quiet">
                    { PaymentText::HeldUntil { at: desk.calendar().brief(until) }.text(locale) }
                </span>
            }
        </>
    }
}
