//! What gateways told and the shop could not apply: what it says, why, and the two things that a person can do.

use domain::jobs::JobBoard;
use domain::payments::{GatewayOutcome, NoticeAbout, RetryNotice, SetAsideNotice, StuckNotice};
use yew::prelude::*;

use super::JobText;
use crate::desk::{Desk, use_desk};
use crate::kit::{
    Button, Card, Column, FormDialog, Glyph, ProblemLine, Request, Row, Table, lens, use_dialog, use_form, use_locale,
    use_sender,
};
use crate::screens::Order;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct NoticesProps {
    pub(super) found: Vec<StuckNotice>,
    pub(super) on_board: Callback<JobBoard>,
}

/// The stuck notices, oldest first.
#[component]
pub(super) fn Notices(props: &NoticesProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let (dialog, sender) = (use_dialog::<StuckNotice>(), use_sender());
    let retry = {
        let (sender, on_board) = (sender.clone(), props.on_board.clone());
        Callback::from(move |request: RetryNotice| {
            let on_board = on_board.clone();
            // What was wrong with another try is not said of this one.
            sender.forgive();
            let said = JobText::NoticeApplied.text(locale);
            sender.send(Request::new(request, said), move |board| on_board.emit(board));
        })
    };
    let set_aside = dialog.open();
    html! {
        <Card id="stuck-notices" class="list is-warning" has_head={true} icon={Glyph::Warning}
            title={JobText::NoticesTitle.text(locale)}>
            <p class="card-note">{ JobText::NoticesHint.text(locale) }</p>
            if let Some(problem) = sender.problem() { <ProblemLine problem={problem.clone()} /> }
            { table(&desk, &retry, &set_aside).draw(Some(&props.found)) }
            if let Some(notice) = dialog.what() {
                <SetAside notice={notice.clone()} on_board={props.on_board.clone()} on_close={dialog.close()} />
            }
        </Card>
    }
}

fn table<'a>(
    desk: &'a Desk,
    retry: &'a Callback<RetryNotice>,
    set_aside: &'a Callback<StuckNotice>,
) -> Table<'a, StuckNotice> {
    let locale = desk.locale;
    let head = |text: JobText| text.text(locale);
    let amount = move |notice: &StuckNotice| {
        let money = notice.about.as_ref().and_then(|about| about.money);
        money.map(|(amount, currency)| amount.display(currency)).unwrap_or_default()
    };
    let trouble = move |notice: &StuckNotice| {
        html! {
            <>
                { notice.trouble.label(locale) }
                if let Some(detail) = &notice.detail { <span class="job-error">{ detail }</span> }
            </>
        }
    };
    let next = move |notice: &StuckNotice| {
        let next = notice.next_try_at.map_or_else(|| JobText::Soon.text(locale), |at| desk.calendar().brief(at));
        let tries = JobText::Tries { count: notice.tries }.text(locale);
        html! { <>{ next }<span class="job-about quiet">{ tries }</span></> }
    };
    let buttons = move |notice: &StuckNotice| {
        let (again, aside) = (JobText::TryAgainOf { name: name(notice) }, JobText::SetAsideOf { name: name(notice) });
        let request = RetryNotice { notice_id: notice.id };
        let notice = notice.clone();
        html! {
            <div class="buttons">
                <Button is_small={true} test="retry-notice" label={again.text(locale)} icon={Glyph::Retry}
                    text={JobText::TryAgain.text(locale)} onclick={retry.reform(move |_| request)} />
                <Button is_small={true} look="is-quiet" test="set-aside-notice" label={aside.text(locale)}
                    text={JobText::SetAside.text(locale)} onclick={set_aside.reform(move |_| notice.clone())} />
            </div>
        }
    };
    let columns = vec![
        Column::new(head(JobText::Notice), move |notice: &StuckNotice| subject(desk, notice)),
        Column::new(head(JobText::Amount), amount).number().cells("nowrap"),
        Column::new(head(JobText::Trouble), trouble),
        Column::new(head(JobText::NextTry), next).instants(),
        Column::buttons(head(JobText::Actions), buttons),
    ];
    let row = move |notice: &StuckNotice| Row::new(notice.id).data("data-notice", notice.id.to_string());
    Table::new("notice-rows", "is-jobs is-notices", head(JobText::NoticesCaption), columns, row)
}

fn subject(desk: &Desk, notice: &StuckNotice) -> Html {
    let locale = desk.locale;
    let about = notice.about.as_ref();
    let shown = match about.and_then(|about| about.order_id) {
        Some(order) => html! { <a class="mono" href={Order::of(order).href()}>{ name(notice) }</a> },
        None => html! { <span class="mono">{ name(notice) }</span> },
    };
    let gateway = JobText::FromGateway { gateway: notice.gateway.clone() }.text(locale);
    html! {
        <>
            { shown }
            <span class="job-about quiet">
                { about.map(|about| what(about).text(locale)).unwrap_or_default() }{ " " }{ gateway }
                { ", " }{ desk.calendar().brief(notice.received_at) }
            </span>
        </>
    }
}

/// What people can call it.
fn name(notice: &StuckNotice) -> String {
    notice.about.as_ref().map_or_else(|| format!("#{}", notice.id), |about| about.reference.clone())
}

fn what(about: &NoticeAbout) -> JobText {
    match (about.outcome, about.money) {
        (Some(GatewayOutcome::Paid), _) => JobText::MoneyCame,
        (Some(GatewayOutcome::Pending | GatewayOutcome::Failed | GatewayOutcome::Expired), _) => JobText::NoMoney,
        (None, Some(_)) => JobText::MoneyWentBack,
        (None, None) => JobText::SomethingChanged,
    }
}

#[derive(Clone, PartialEq, Properties)]
struct SetAsideProps {
    notice: StuckNotice,
    on_board: Callback<JobBoard>,
    on_close: Callback<()>,
}

/// Asks what was done about it.
#[component]
fn SetAside(props: &SetAsideProps) -> Html {
    let locale = use_locale();
    let form = use_form(String::new);
    let notice_id = props.notice.id;
    let read = move |reason: &String| {
        let request = SetAsideNotice { notice_id, reason: reason.clone() };
        Ok(Request::new(request, JobText::SetAsideDone.text(locale)))
    };
    html! {
        <FormDialog title={JobText::SetAsideTitle { name: name(&props.notice) }.text(locale)}
            explanation={JobText::SetAsideText.text(locale)} confirm={JobText::SetAside.text(locale)}
            state={form.state()} on_submit={form.submit(read, &props.on_board, &props.on_close)}
            on_close={props.on_close.clone()}>
            { form.input("step-line", "reason", JobText::SetAsideReason.text(locale), lens!())
                .first()
                .long()
                .hint(JobText::SetAsideReasonHint.text(locale)) }
        </FormDialog>
    }
}
