//! What the payment services told: each genuine notice with what came of it and what it says, and how many were not genuine.

use domain::id::InboxId;
use domain::payments::{GetNotice, ListNotices, NoticeRow, RefusedNotices};
use yew::prelude::*;

use super::{PaymentText, service};
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{
    Button, Card, Cell, Column, Dialog, Empty, Glyph, List, Pill, ProblemBox, Row, Table, use_dialog, use_walk,
};
use crate::screens::Payments;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct NoticesProps {
    pub(super) here: Payments,
}

/// The list, and the counts of what was refused.
#[component]
pub(super) fn Notices(props: &NoticesProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let here = &props.here;
    let dialog = use_dialog::<InboxId>();
    let walk = use_walk(here.after.as_ref());
    let asked = use_command(ListNotices { before: here.after.map(InboxId::new) });
    let at = |after: Option<u64>| Payments { after, ..Payments::of(here.part) }.href();
    let pager = asked.reply().map(|page| walk.pager(page.next.map(|next| next.get()), at)).unwrap_or_default();
    let nothing = || {
        html! {
            <Empty icon={Glyph::Inbox} title={PaymentText::NoNotices.text(locale)}
                hint={PaymentText::NoNoticesHint.text(locale)} />
        }
    };
    let open = dialog.open();
    let list = List::new(&asked, |page| &page.rows, table(&desk, &open), nothing).foot(pager);
    html! {
        <>
            { list.draw(locale) }
            if let Some(page) = asked.reply() { { refusals(&desk, &page.refused) } }
            if let Some(notice_id) = dialog.what() { <Body notice_id={*notice_id} on_close={dialog.close()} /> }
        </>
    }
}

fn refusals(desk: &Desk, refused: &[RefusedNotices]) -> Html {
    let locale = desk.locale;
    let line = |of: &RefusedNotices| {
        let (gateway, at) = (service(&of.gateway, locale), desk.calendar().brief(of.last_at));
        PaymentText::RefusedOf { gateway, count: of.count, at }.text(locale)
    };
    html! {
        <Card id="refused-notices" class="setting" title={PaymentText::Refusals.text(locale)}>
            <p class="field-hint">{ PaymentText::RefusalsHint.text(locale) }</p>
            if refused.is_empty() { <p class="quiet">{ PaymentText::NoRefusals.text(locale) }</p> }
            for of in refused.iter() { <p data-test="refused" data-gateway={of.gateway.clone()}>{ line(of) }</p> }
        </Card>
    }
}

fn table<'a>(desk: &'a Desk, open: &'a Callback<InboxId>) -> Table<'a, NoticeRow> {
    let locale = desk.locale;
    let head = |text: PaymentText| text.text(locale);
    let received = move |row: &NoticeRow| {
        Cell::from(desk.calendar().brief(row.received_at)).titled(desk.calendar().full(row.received_at))
    };
    let buttons = move |row: &NoticeRow| {
        let id = row.id;
        html! {
            <Button is_small={true} look="is-quiet" test="show-notice" icon={Glyph::Eye} text={PaymentText::ShowBody.text(locale)}
                label={PaymentText::ShowBodyOf { id: format!("#{id}") }.text(locale)}
                onclick={open.reform(move |_: MouseEvent| id)} />
        }
    };
    let columns = vec![
        Column::new(head(PaymentText::Received), received).instants(),
        Column::new(head(PaymentText::Service), move |row: &NoticeRow| service(&row.gateway, locale)),
        Column::new(head(PaymentText::Outcome), move |row: &NoticeRow| outcome(row, desk)).test("outcome").bone(9),
        Column::buttons(head(PaymentText::Actions), buttons),
    ];
    let row = |row: &NoticeRow| Row::new(row.id).data("data-notice", row.id.to_string());
    Table::new("all-notice-rows", "is-notices", head(PaymentText::NoticesCaption), columns, row)
}

fn outcome(row: &NoticeRow, desk: &Desk) -> Html {
    let locale = desk.locale;
    match (row.outcome, row.applied_at) {
        (Some(outcome), _) => html! { <Pill icon={Glyph::Done} tone="plain" text={outcome.label(locale)} /> },
        (None, Some(at)) => html! { { desk.calendar().brief(at) } },
        (None, None) => html! {
            <>
                <Pill icon={Glyph::Clock} tone="warn" text={PaymentText::NotApplied.text(locale)} />
                if let Some(trouble) = row.trouble { <span class="job-error">{ trouble.label(locale) }</span> }
            </>
        },
    }
}

#[derive(Clone, PartialEq, Properties)]
struct BodyProps {
    notice_id: InboxId,
    on_close: Callback<()>,
}

/// What one says.
#[component]
fn Body(props: &BodyProps) -> Html {
    let locale = use_desk().locale;
    let asked = use_command(GetNotice { notice_id: props.notice_id });
    html! {
        <Dialog id="notice-dialog" class="is-wide" title={PaymentText::BodyTitle { id: format!("#{}", props.notice_id) }.text(locale)}
            on_close={props.on_close.clone()}>
            <p class="field-hint">{ PaymentText::BodyHint.text(locale) }</p>
            { match asked.answer.as_deref() {
                Some(Ok(notice)) => html! { <pre class="notice-body mono" data-test="notice-body">{ &notice.body }</pre> },
                Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
                None => Html::default(),
            } }
        </Dialog>
    }
}
