//! What the shop does by itself: each job with its last and next run, and a way to run it at once.

use domain::jobs::{JobBoard, JobName, JobState, Leader, ListJobs, RunJob};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::{self, use_command};
use crate::problem_box::{ProblemBox, ProblemLine};
use crate::texts::JobText;
use crate::ticks::use_ticks;
use crate::toasts::{ToastMove, use_toaster};
use crate::waiting::SkeletonRows;

mod notes;
mod notices;

use notes::{Discrepancies, Log, outcome};
use notices::Notices;

/// How often the page looks again.
const LOOK_MILLISECONDS: u32 = 2_000;

/// The jobs.
#[component]
pub(crate) fn JobsScreen() -> Html {
    let desk = use_desk();
    let toaster = use_toaster();
    let ticks = use_ticks(LOOK_MILLISECONDS);
    let asked = use_command(ListJobs {}, ticks);
    let problem = use_state(|| None);
    let run = {
        let (problem, replace, locale) = (problem.setter(), asked.replace.clone(), desk.locale);
        Callback::from(move |job: JobName| {
            let (problem, replace, toaster) = (problem.clone(), replace.clone(), toaster.clone());
            spawn_local(async move {
                match ipc::call(&RunJob { job }).await {
                    Ok(board) => {
                        let said = JobText::Asked { job: job.label(locale).to_owned() };
                        toaster.dispatch(ToastMove::Done(said.text(locale)));
                        replace.emit(board);
                        problem.set(None);
                    }
                    Err(refusal) => problem.set(Some(refusal)),
                }
            });
        })
    };
    let board = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());
    let content = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        Some(Ok(_)) | None => table(&desk, board, &run),
    };
    html! {
        <Screen id="jobs" title={JobText::Title.text(desk.locale)} aside={board.map(|board| leader(&desk, board.leader)).unwrap_or_default()}>
            if let Some(board) = board.filter(|board| !board.discrepancies.is_empty()) {
                <Discrepancies found={board.discrepancies.clone()} />
            }
            if let Some(board) = board.filter(|board| !board.notices.is_empty()) {
                <Notices found={board.notices.clone()} on_board={asked.replace.clone()} />
            }
            if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
            <div class="list card">{ content }</div>
            if let Some(board) = board { <Log runs={board.runs.clone()} /> }
        </Screen>
    }
}

fn leader(desk: &Desk, leader: Leader) -> Html {
    let text = match leader {
        Leader::Here => JobText::LedHere,
        Leader::Elsewhere => JobText::LedElsewhere,
        Leader::Nobody => JobText::LedByNobody,
    };
    html! { <span class="quiet" id="jobs-leader">{ text.text(desk.locale) }</span> }
}

fn table(desk: &Desk, board: Option<&JobBoard>, run: &Callback<JobName>) -> Html {
    let head = |text: JobText| html! { <th scope="col">{ text.text(desk.locale) }</th> };
    html! {
        <table class="rows is-jobs">
            <caption class="unseen">{ JobText::Caption.text(desk.locale) }</caption>
            <thead><tr>
                { head(JobText::Job) }
                <th scope="col" class="when-wide">{ JobText::Every.text(desk.locale) }</th>
                { head(JobText::Last) }
                { head(JobText::Outcome) }
                { head(JobText::Next) }
                <th scope="col"><span class="unseen">{ JobText::RunNow.text(desk.locale) }</span></th>
            </tr></thead>
            <tbody id="job-rows">
                if let Some(board) = board {
                    for state in board.jobs.iter() { { row(desk, board, state, run) } }
                } else {
                    <SkeletonRows rows={6} columns={vec![9, 6, 6, 6, 6, 6]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, board: &JobBoard, state: &JobState, run: &Callback<JobName>) -> Html {
    let (locale, job) = (desk.locale, state.job);
    let is_due = state.next_run_at.is_none_or(|at| at <= board.now);
    let next = match state.next_run_at {
        Some(at) if !is_due => desk.calendar().brief(at),
        Some(_) | None => JobText::Soon.text(locale),
    };
    let last = state.last.as_ref();
    let when = last.map_or_else(|| JobText::Never.text(locale), |run| desk.calendar().brief(run.started_at));
    let label = JobText::RunNowOf { job: job.label(locale).to_owned() }.text(locale);
    html! {
        <tr key={job.as_str()} data-job={job.as_str()}>
            <td>
                <span class="job-name">{ job.label(locale) }</span>
                <span class="job-about quiet">{ job.about(locale) }</span>
            </td>
            <td class="nowrap when-wide">{ every(state.every_seconds).text(locale) }</td>
            <td class="numbers nowrap">{ when }</td>
            <td>{ last.map(|run| outcome(run, locale)).unwrap_or_default() }</td>
            <td class="numbers nowrap">{ next }</td>
            <td class="number">
                <button type="button" class="button is-small" data-test="run-job" aria-label={label.clone()}
                    title={label} onclick={run.reform(move |_: MouseEvent| job)}>
                    <Icon of={Glyph::Retry} />{ JobText::RunNow.text(locale) }
                </button>
            </td>
        </tr>
    }
}

/// How often, in the largest unit that fits.
fn every(seconds: u32) -> JobText {
    match seconds {
        86_400 => JobText::EveryDay,
        3_600 => JobText::EveryHour,
        seconds if seconds % 3_600 == 0 => JobText::EveryHours { count: seconds / 3_600 },
        seconds if seconds % 60 == 0 => JobText::EveryMinutes { count: seconds / 60 },
        seconds => JobText::EverySeconds { count: seconds },
    }
}
