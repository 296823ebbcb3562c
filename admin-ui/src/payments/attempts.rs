//! The attempts to pay: which service, how much, how each stands, and what it is for.

use domain::payments::{AttemptRow, CheckAttempt, ListAttempts, PaidFor, PaymentId, PaymentStatus};
use yew::prelude::*;

use super::{PaymentText, service};
use crate::desk::{Desk, payment_pill, use_desk};
use crate::ipc::use_command;
use crate::kit::{
    Button, Cell, Column, Empty, Glyph, List, ProblemLine, Request, Row, Tab, Table, Tabs, use_sender, use_walk,
};
use crate::screens::{Memberships, MembershipsPart, Order, Payments};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct AttemptsProps {
    pub(super) here: Payments,
}

/// The list, narrowed to a status if one is chosen.
#[component]
pub(super) fn Attempts(props: &AttemptsProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let here = &props.here;
    let sender = use_sender();
    let walk = use_walk(here.after.as_ref());
    let asked = use_command(ListAttempts { status: here.status, before: here.after.map(PaymentId::new) });
    let at = |after: Option<u64>| Payments { after, ..here.clone() }.href();
    let pager = asked.reply().map(|page| walk.pager(page.next.map(|next| next.get()), at)).unwrap_or_default();
    let check = {
        let (sender, again) = (sender.clone(), asked.again.clone());
        Callback::from(move |payment_id: PaymentId| {
            let again = again.clone();
            sender.forgive();
            let said = PaymentText::Checked.text(locale);
            sender.send(Request::new(CheckAttempt { payment_id }, said), move |()| again.emit(()));
        })
    };
    let nothing = || {
        html! {
            <Empty icon={Glyph::Card} title={PaymentText::NoAttempts.text(locale)}
                hint={PaymentText::NoAttemptsHint.text(locale)} />
        }
    };
    let list = List::new(&asked, |page| &page.rows, table(&desk, &check), nothing).foot(pager);
    html! {
        <>
            <Tabs label={PaymentText::OfStatus.text(locale)} tabs={statuses(here, &desk)} />
            if let Some(problem) = sender.problem() { <ProblemLine problem={problem.clone()} /> }
            { list.draw(locale) }
        </>
    }
}

fn statuses(here: &Payments, desk: &Desk) -> Vec<Tab> {
    let at = |status: Option<PaymentStatus>| Payments { status, ..Payments::of(here.part) }.href();
    let every = Tab::new("attempts-all", at(None), PaymentText::Every.text(desk.locale), here.status.is_none());
    let one = |status: &PaymentStatus| {
        let is_here = here.status == Some(*status);
        Tab::new(format!("attempts-{status}"), at(Some(*status)), status.label(desk.locale), is_here)
    };
    std::iter::once(every).chain(PaymentStatus::ALL.iter().map(one)).collect()
}

fn table<'a>(desk: &'a Desk, check: &'a Callback<PaymentId>) -> Table<'a, AttemptRow> {
    let locale = desk.locale;
    let head = |text: PaymentText| text.text(locale);
    let begun = move |row: &AttemptRow| {
        Cell::from(desk.calendar().brief(row.begun_at)).titled(desk.calendar().full(row.begun_at))
    };
    let paid_for = move |row: &AttemptRow| match &row.paid_for {
        PaidFor::Order { id, number } => Cell::link(Order::of(*id).href(), number),
        PaidFor::Membership { number } => Cell::link(
            Memberships::of(MembershipsPart::Purchases).href(),
            &PaymentText::Membership { number: number.clone() }.text(locale),
        ),
    };
    let reference = move |row: &AttemptRow| {
        html! {
            <>
                <span class="mono">{ &row.reference }</span>
                if let Some(theirs) = &row.gateway_reference { <span class="job-about quiet mono">{ theirs }</span> }
            </>
        }
    };
    let amount = move |row: &AttemptRow| {
        html! {
            <>
                { row.amount.display(row.currency) }
                if let Some((came, currency)) = row.came {
                    <span class="job-error">{ PaymentText::Reported { amount: came.display(currency) }.text(locale) }</span>
                }
            </>
        }
    };
    let asked = move |row: &AttemptRow| {
        let next = row.ask_at.map(|at| PaymentText::AskedAt { at: desk.calendar().brief(at) }.text(locale));
        let times = (row.asks > 0 || next.is_some()).then(|| PaymentText::AskedTimes { count: row.asks }.text(locale));
        [times, next].into_iter().flatten().collect::<Vec<_>>().join(", ")
    };
    let buttons = move |row: &AttemptRow| {
        if !row.can_ask {
            return Html::default();
        }
        let id = row.id;
        html! {
            <Button is_small={true} test="check-attempt" icon={Glyph::Retry} text={PaymentText::CheckNow.text(locale)}
                label={PaymentText::CheckNowOf { reference: row.reference.clone() }.text(locale)}
                onclick={check.reform(move |_: MouseEvent| id)} />
        }
    };
    let columns = vec![
        Column::new(head(PaymentText::Begun), begun).instants(),
        Column::new(head(PaymentText::Order), paid_for).bone(6),
        Column::new(head(PaymentText::Reference), reference).bone(7),
        Column::new(head(PaymentText::Service), move |row: &AttemptRow| service(&row.gateway, locale)),
        Column::new(head(PaymentText::Amount), amount).number(),
        Column::new(head(PaymentText::State), move |row: &AttemptRow| payment_pill(row.status, locale)).test("state"),
        Column::new(head(PaymentText::AskedNext), asked).when_wide(),
        Column::buttons(head(PaymentText::Actions), buttons),
    ];
    let row = |row: &AttemptRow| Row::new(row.id).data("data-attempt", &row.reference);
    Table::new("attempt-rows", "is-attempts", head(PaymentText::AttemptsCaption), columns, row)
}
