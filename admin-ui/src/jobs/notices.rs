//! What gateways told and the shop could not apply: what it says, why, and the two things that a person can do.

use domain::jobs::JobBoard;
use domain::payments::{GatewayOutcome, NoticeAbout, RetryNotice, SetAsideNotice, StuckNotice};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::act::{ActDialog, set, use_acting};
use crate::desk::{Desk, use_desk};
use crate::field::Field;
use crate::icon::{Glyph, Icon};
use crate::ipc;
use crate::problem_box::ProblemLine;
use crate::route::Route;
use crate::texts::JobText;
use crate::toasts::{ToastMove, use_toaster};

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
    let toaster = use_toaster();
    let problem = use_state(|| None);
    let aside = use_state(|| None::<StuckNotice>);
    let retry = {
        let (problem, on_board) = (problem.setter(), props.on_board.clone());
        Callback::from(move |request: RetryNotice| {
            let (problem, on_board, toaster) = (problem.clone(), on_board.clone(), toaster.clone());
            // What was wrong with another try is not said of this one.
            problem.set(None);
            spawn_local(async move {
                match ipc::call(&request).await {
                    Ok(board) => {
                        toaster.dispatch(ToastMove::Done(JobText::NoticeApplied.text(locale)));
                        on_board.emit(board);
                    }
                    Err(refusal) => problem.set(Some(refusal)),
                }
            });
        })
    };
    let set_aside = {
        let aside = aside.setter();
        Callback::from(move |notice: StuckNotice| aside.set(Some(notice)))
    };
    let close = {
        let aside = aside.setter();
        Callback::from(move |()| aside.set(None))
    };
    let head = |text: JobText| html! { <th scope="col">{ text.text(locale) }</th> };
    html! {
        <section class="card list is-warning" id="stuck-notices" aria-labelledby="stuck-notices-title">
            <div class="card-head">
                <h2 id="stuck-notices-title" class="section-title"><Icon of={Glyph::Warning} />{ JobText::NoticesTitle.text(locale) }</h2>
            </div>
            <p class="card-note">{ JobText::NoticesHint.text(locale) }</p>
            if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
            <table class="rows is-jobs is-notices">
                <caption class="unseen">{ JobText::NoticesCaption.text(locale) }</caption>
                <thead><tr>
                    { head(JobText::Notice) }
                    <th scope="col" class="number">{ JobText::Amount.text(locale) }</th>
                    { head(JobText::Trouble) }
                    { head(JobText::NextTry) }
                    <th scope="col"><span class="unseen">{ JobText::Actions.text(locale) }</span></th>
                </tr></thead>
                <tbody>
                    for notice in props.found.iter() { { row(&desk, notice, &retry, &set_aside) } }
                </tbody>
            </table>
            if let Some(notice) = &*aside {
                <SetAside notice={notice.clone()} on_board={props.on_board.clone()} on_close={close} />
            }
        </section>
    }
}

fn row(desk: &Desk, notice: &StuckNotice, retry: &Callback<RetryNotice>, set_aside: &Callback<StuckNotice>) -> Html {
    let locale = desk.locale;
    let about = notice.about.as_ref();
    let name = name(notice);
    let shown = match about.and_then(|about| about.order_id) {
        Some(order) => html! { <a class="mono" href={Route::Order(order).href()}>{ &name }</a> },
        None => html! { <span class="mono">{ &name }</span> },
    };
    let gateway = JobText::FromGateway { gateway: notice.gateway.clone() }.text(locale);
    let next = notice.next_try_at.map_or_else(|| JobText::Soon.text(locale), |at| desk.calendar().brief(at));
    let aside = JobText::SetAsideOf { name: name.clone() }.text(locale);
    let again = JobText::TryAgainOf { name }.text(locale);
    let request = RetryNotice { notice_id: notice.id };
    let put_aside = {
        let notice = notice.clone();
        set_aside.reform(move |_: MouseEvent| notice.clone())
    };
    html! {
        <tr key={notice.id.to_string()} data-notice={notice.id.to_string()}>
            <td>
                { shown }
                <span class="job-about quiet">
                    { about.map(|about| what(about).text(locale)).unwrap_or_default() }{ " " }{ gateway }
                    { ", " }{ desk.calendar().brief(notice.received_at) }
                </span>
            </td>
            <td class="number nowrap">{ about.map(|about| about.amount.display(about.currency)).unwrap_or_default() }</td>
            <td>
                { notice.trouble.label(locale) }
                if let Some(detail) = &notice.detail { <span class="job-error">{ detail }</span> }
            </td>
            <td class="numbers nowrap">
                { next }
                <span class="job-about quiet">{ JobText::Tries { count: notice.tries }.text(locale) }</span>
            </td>
            <td class="number">
                <div class="buttons">
                    <button type="button" class="button is-small" data-test="retry-notice" aria-label={again.clone()}
                        title={again} onclick={retry.reform(move |_: MouseEvent| request)}>
                        <Icon of={Glyph::Retry} />{ JobText::TryAgain.text(locale) }
                    </button>
                    <button type="button" class="button is-small is-quiet" data-test="set-aside-notice"
                        aria-label={aside.clone()} title={aside} onclick={put_aside}>
                        { JobText::SetAside.text(locale) }
                    </button>
                </div>
            </td>
        </tr>
    }
}

/// What people can call it.
fn name(notice: &StuckNotice) -> String {
    notice.about.as_ref().map_or_else(|| format!("#{}", notice.id), |about| about.reference.clone())
}

fn what(about: &NoticeAbout) -> JobText {
    match about.outcome {
        Some(GatewayOutcome::Paid) => JobText::MoneyCame,
        Some(GatewayOutcome::Pending | GatewayOutcome::Failed | GatewayOutcome::Expired) => JobText::NoMoney,
        None => JobText::MoneyWentBack,
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
    let locale = use_desk().locale;
    let reason = use_state(String::new);
    let acting = use_acting(props.on_board.clone(), props.on_close.clone());
    let on_submit = {
        let (notice_id, reason, acting) = (props.notice.id, reason.clone(), acting.clone());
        Callback::from(move |()| {
            let request = SetAsideNotice { notice_id, reason: (*reason).clone() };
            acting.send(request, JobText::SetAsideDone.text(locale));
        })
    };
    html! {
        <ActDialog title={JobText::SetAsideTitle { name: name(&props.notice) }.text(locale)}
            explanation={JobText::SetAsideText.text(locale)} confirm={JobText::SetAside.text(locale)} look="is-primary"
            problem={acting.problem()} is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            <Field id="step-line" label={JobText::SetAsideReason.text(locale)} value={(*reason).clone()}
                on_change={set(&reason)} is_first={true} is_long={true}
                hint={Some(AttrValue::from(JobText::SetAsideReasonHint.text(locale)))} error={acting.error("reason")} />
        </ActDialog>
    }
}
