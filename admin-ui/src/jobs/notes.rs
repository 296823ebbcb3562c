//! What jobs left to read: how runs ended, the log, and counters that disagree with the ledger.

use domain::inventory::Discrepancy;
use domain::jobs::{JobName, JobRun};
use domain::locale::Locale;
use yew::prelude::*;

use super::JobText;
use crate::desk::use_desk;
use crate::kit::{Card, Empty, Glyph, Icon, Pill};

/// How a run ended: a pill, and the reason under it when it failed.
pub(super) fn outcome(run: &JobRun, locale: Locale) -> Html {
    match &run.error {
        Some(error) => html! {
            <>
                <Pill icon={Glyph::Alert} tone="bad" text={JobText::Failed.text(locale)} />
                <span class="job-error" data-test="job-error">{ error }</span>
            </>
        },
        None if run.changed == 0 => html! {
            <Pill icon={Glyph::Done} tone="plain" text={JobText::Quiet.text(locale)} />
        },
        // What this job finds is not done by finding it.
        None if matches!(run.job, JobName::CheckStock | JobName::CheckVouchers) => html! {
            <Pill icon={Glyph::Warning} tone="warn" text={JobText::Found { count: run.changed }.text(locale)} />
        },
        None => html! {
            <Pill icon={Glyph::Done} tone="good" text={JobText::Changed { count: run.changed }.text(locale)} />
        },
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LogProps {
    pub(crate) runs: Vec<JobRun>,
}

/// The newest runs that did something or failed.
#[component]
pub(crate) fn Log(props: &LogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    html! {
        <Card id="job-log" class="list" has_head={true} title={JobText::Log.text(locale)}>
            if props.runs.is_empty() {
                <Empty icon={Glyph::Inbox} title={JobText::LogEmpty.text(locale)}
                    hint={JobText::LogEmptyHint.text(locale)} />
            } else {
                <table class="rows is-jobs">
                    <caption class="unseen">{ JobText::Log.text(locale) }</caption>
                    <tbody>
                        for run in props.runs.iter() {
                            <tr data-job={run.job.as_str()}>
                                <td class="numbers nowrap quiet">{ desk.calendar().brief(run.started_at) }</td>
                                <td>{ run.job.label(locale) }</td>
                                <td>{ outcome(run, locale) }</td>
                            </tr>
                        }
                    </tbody>
                </table>
            }
        </Card>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DiscrepanciesProps {
    pub(crate) found: Vec<Discrepancy>,
}

/// What the stock check found, for a person to decide about.
#[component]
pub(crate) fn Discrepancies(props: &DiscrepanciesProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let head = |text: JobText| html! { <th scope="col" class="number">{ text.text(locale) }</th> };
    // What differs is marked by weight too, not by colour alone.
    let pair = |one: i64, two: i64| {
        let tone = (one != two).then_some("is-off-by");
        html! {
            <>
                <td class={classes!("number", tone)}>{ one }</td>
                <td class={classes!("number", tone)}>{ two }</td>
            </>
        }
    };
    html! {
        <section class="card list is-warning" id="stock-discrepancies" role="alert">
            <div class="card-head">
                <h2 class="section-title"><Icon of={Glyph::Warning} />{ JobText::StockTitle.text(locale) }</h2>
            </div>
            <p class="card-note">{ JobText::StockHint.text(locale) }</p>
            <table class="rows">
                <caption class="unseen">{ JobText::StockCaption.text(locale) }</caption>
                <thead><tr>
                    <th scope="col">{ JobText::Sku.text(locale) }</th>
                    { head(JobText::OnHand) }{ head(JobText::Ledger) }{ head(JobText::Reserved) }{ head(JobText::Held) }
                </tr></thead>
                <tbody>
                    for row in props.found.iter() {
                        <tr data-sku={row.sku.clone()}>
                            <td class="mono nowrap">{ &row.sku }</td>
                            { pair(row.on_hand, row.ledger) }
                            { pair(row.reserved, row.held) }
                        </tr>
                    }
                </tbody>
            </table>
        </section>
    }
}
