//! What the shop does by itself: each job with its last and next run, and a way to run it at once.

use domain::jobs::{JobBoard, JobName, JobState, Leader, ListJobs, RunJob};
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::ipc::use_command_at;
use crate::kit::{Button, Column, Glyph, ProblemBox, ProblemLine, Request, Row, Screen, Table, use_sender, use_ticks};
use crate::screens::Jobs;

mod notes;
mod notices;
mod texts;

use notes::{Discrepancies, Log, outcome};
use notices::Notices;
pub(crate) use texts::JobText;

/// How often the page looks again.
const LOOK_MILLISECONDS: u32 = 2_000;

/// The jobs.
#[component]
pub(crate) fn JobsScreen(_props: &Jobs) -> Html {
    let desk = use_desk();
    let sender = use_sender();
    let ticks = use_ticks(LOOK_MILLISECONDS);
    let asked = use_command_at(ListJobs {}, ticks);
    let run = {
        let (sender, replace, locale) = (sender.clone(), asked.replace.clone(), desk.locale);
        Callback::from(move |job: JobName| {
            let replace = replace.clone();
            let said = JobText::Asked { job: job.label(locale).to_owned() }.text(locale);
            sender.send(Request::new(RunJob { job }, said), move |board| replace.emit(board));
        })
    };
    let board = asked.reply();
    let content = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        Some(Ok(_)) | None => table(&desk, board, &run).draw(board.map(|board| board.jobs.as_slice())),
    };
    let aside = board.map(|board| leader(&desk, board.leader)).unwrap_or_default();
    html! {
        <Screen id="jobs" {aside}>
            if let Some(board) = board.filter(|board| !board.discrepancies.is_empty()) {
                <Discrepancies found={board.discrepancies.clone()} />
            }
            if let Some(board) = board.filter(|board| !board.notices.is_empty()) {
                <Notices found={board.notices.clone()} on_board={asked.replace.clone()} />
            }
            if let Some(problem) = sender.problem() { <ProblemLine problem={problem.clone()} /> }
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

fn table<'a>(desk: &'a Desk, board: Option<&'a JobBoard>, run: &'a Callback<JobName>) -> Table<'a, JobState> {
    let locale = desk.locale;
    let head = |text: JobText| text.text(locale);
    let name = move |state: &JobState| {
        html! {
            <>
                <span class="job-name">{ state.job.label(locale) }</span>
                <span class="job-about quiet">{ state.job.about(locale) }</span>
            </>
        }
    };
    let last = move |state: &JobState| match &state.last {
        Some(run) => desk.calendar().brief(run.started_at),
        None => JobText::Never.text(locale),
    };
    let next = move |state: &JobState| match state.next_run_at {
        Some(at) if board.is_some_and(|board| at > board.now) => desk.calendar().brief(at),
        Some(_) | None => JobText::Soon.text(locale),
    };
    let button = move |state: &JobState| {
        let job = state.job;
        let label = JobText::RunNowOf { job: job.label(locale).to_owned() }.text(locale);
        html! {
            <Button is_small={true} test="run-job" {label} icon={Glyph::Retry} text={JobText::RunNow.text(locale)}
                onclick={run.reform(move |_| job)} />
        }
    };
    let columns = vec![
        Column::new(head(JobText::Job), name).bone(9),
        Column::new(head(JobText::Every), move |state: &JobState| every(state.every_seconds).text(locale))
            .when_wide()
            .cells("nowrap"),
        Column::new(head(JobText::Last), last).instants(),
        Column::new(head(JobText::Outcome), move |state: &JobState| {
            state.last.as_ref().map(|run| outcome(run, locale)).unwrap_or_default()
        }),
        Column::new(head(JobText::Next), next).instants(),
        Column::buttons(head(JobText::RunNow), button),
    ];
    let row = move |state: &JobState| Row::new(state.job).data("data-job", state.job.as_str());
    Table::new("job-rows", "is-jobs", head(JobText::Caption), columns, row).bones(6)
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
