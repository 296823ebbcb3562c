//! One stock-take: counting, the differences, and the two ways to close it.

use domain::id::StockTakeId;
use domain::inventory::stock_takes::{
    AbandonStockTake, ApplyStockTake, GetStockTake, StockTake, StockTakeLine, StockTakeStatus,
};
use domain::message::Message;
use domain::staff::Permission;
use yew::prelude::*;

use super::entry::Entry;
use super::lines::Lines;
use super::status_pill;
use crate::act::{ActDialog, use_acting};
use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::texts::{ShellText, TakeText};
use crate::waiting::SkeletonRows;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StockTakeScreenProps {
    pub(crate) id: StockTakeId,
}

/// How it is about to be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closing {
    Apply,
    Abandon,
}

/// The screen of one stock-take.
#[component]
pub(crate) fn StockTakeScreen(props: &StockTakeScreenProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let closing = use_state(|| None::<Closing>);
    let sku = use_state(String::new);
    let asked = use_command(GetStockTake { stock_take_id: props.id }, pulse.stock);
    let take = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());

    let (title, aside) = match take {
        Some(take) => {
            let begun = TakeText::BegunByAt {
                name: take.row.started_by.clone(),
                at: desk.calendar().full(take.row.started_at),
            };
            let aside = html! {
                <>{ status_pill(take.row.status, locale) }<span class="quiet numbers">{ begun.text(locale) }</span></>
            };
            (take.row.name.clone(), aside)
        }
        None => (ShellText::Loading.text(locale), Html::default()),
    };
    let on_sku = {
        let sku = sku.setter();
        Callback::from(move |text: String| sku.set(text))
    };
    let close = {
        let closing = closing.setter();
        Callback::from(move |how: Closing| closing.set(Some(how)))
    };
    let content = match asked.answer.as_deref() {
        None => skeleton(),
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        Some(Ok(take)) => {
            let may_count = take.row.status == StockTakeStatus::Open && desk.staff.role.may(Permission::ChangeStock);
            html! {
                <div class="order-columns" data-take={take.row.id.to_string()}>
                    <div class="order-main">
                        if may_count {
                            <Entry take={take.row.id} sku={(*sku).clone()} on_sku={on_sku.clone()}
                                on_counted={asked.replace.clone()} />
                        }
                        <Lines take={take.clone()} on_again={may_count.then_some(on_sku)} />
                    </div>
                    <div class="order-side">{ summary(&desk, take, may_count, &close) }</div>
                </div>
            }
        }
    };
    let on_close = {
        let closing = closing.setter();
        Callback::from(move |()| closing.set(None))
    };
    html! {
        <>
            <a class="back" id="back-to-stock-takes" href={Route::StockTakes.href()}>
                <Icon of={Glyph::Back} />
                { TakeText::BackToList.text(locale) }
            </a>
            <Screen id="stock-take" {title} {aside}>
                { content }
                if let Some((how, take)) = closing.zip(take) {
                    <CloseDialog key={format!("{how:?}")} {how} take={take.clone()} {on_close} on_done={asked.replace.clone()}
                        on_stale={asked.again.clone()} />
                }
            </Screen>
        </>
    }
}

fn summary(desk: &Desk, take: &StockTake, may_close: bool, close: &Callback<Closing>) -> Html {
    let locale = desk.locale;
    let fact = |label: TakeText, value: String, test: &'static str| {
        html! { <div><dt>{ label.text(locale) }</dt><dd class="numbers" data-test={test}>{ value }</dd></div> }
    };
    let how = |how: Closing| close.reform(move |_: MouseEvent| how);
    html! {
        <section class="card" aria-labelledby="take-summary-title">
            <h2 id="take-summary-title" class="section-title">{ TakeText::Summary.text(locale) }</h2>
            <dl class="sums">
                { fact(TakeText::Counted, take.row.lines.to_string(), "lines") }
                { fact(TakeText::Differences, take.row.differences.to_string(), "differences") }
                { fact(TakeText::Worth, desk.money(take.worth), "worth") }
            </dl>
            if may_close {
                <p class="quiet">{ TakeText::ApplyHint.text(locale) }</p>
                <div class="buttons is-stacked">
                    <button type="button" class="button is-primary" id="apply-take" onclick={how(Closing::Apply)}>
                        <Icon of={Glyph::Done} />{ TakeText::Apply.text(locale) }
                    </button>
                    <button type="button" class="button is-quiet is-danger" id="abandon-take" onclick={how(Closing::Abandon)}>
                        <Icon of={Glyph::Cancelled} />{ TakeText::Abandon.text(locale) }
                    </button>
                </div>
            }
            if let Some(closed_at) = take.row.closed_at {
                <p class="quiet numbers">{ TakeText::ClosedAt { at: desk.calendar().full(closed_at) }.text(locale) }</p>
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CloseDialogProps {
    how: Closing,
    take: StockTake,
    on_close: Callback<()>,
    on_done: Callback<StockTake>,
    /// Somebody else counted meanwhile.
    on_stale: Callback<()>,
}

/// Asks once more before the stock-take is closed.
#[component]
fn CloseDialog(props: &CloseDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let acting = use_acting(props.on_done.clone(), props.on_close.clone());
    let row = &props.take.row;
    let is_stale = acting.problem().is_some_and(|problem| problem.message == Message::StockTakeHasChanged);
    {
        let on_stale = props.on_stale.clone();
        use_effect_with(is_stale, move |is_stale| {
            if *is_stale {
                on_stale.emit(());
            }
        });
    }
    let on_submit = {
        let (acting, how, stock_take_id, version) = (acting.clone(), props.how, row.id, row.version);
        let name = row.name.clone();
        Callback::from(move |()| match how {
            Closing::Apply => {
                let said = TakeText::Applied { name: name.clone() }.text(locale);
                acting.send(ApplyStockTake { stock_take_id, version }, said);
            }
            Closing::Abandon => {
                let said = TakeText::Abandoned { name: name.clone() }.text(locale);
                acting.send(AbandonStockTake { stock_take_id }, said);
            }
        })
    };
    let (title, explanation, confirm, look) = match (props.how, row.differences) {
        (Closing::Apply, 0) => (TakeText::ApplyAsk, TakeText::ApplyNothing, TakeText::Apply, "is-primary"),
        (Closing::Apply, count) => {
            let explanation = TakeText::ApplyExplain { count, worth: desk.money(props.take.worth) };
            (TakeText::ApplyAsk, explanation, TakeText::Apply, "is-primary")
        }
        (Closing::Abandon, _) => (TakeText::AbandonAsk, TakeText::AbandonExplain, TakeText::Abandon, "is-bad"),
    };
    let promised =
        props.take.lines.iter().filter(|line| line.breaks_promises()).map(|line: &StockTakeLine| line.sku.clone());
    let promised: Vec<String> = promised.collect();
    html! {
        <ActDialog id="close-take" title={title.text(locale)} explanation={explanation.text(locale)}
            confirm={confirm.text(locale)} {look} problem={acting.problem()} is_working={acting.is_working()} {on_submit}
            on_close={props.on_close.clone()}>
            if props.how == Closing::Apply && !promised.is_empty() {
                <p class="problem-line">
                    <Icon of={Glyph::Warning} />{ TakeText::Promised { skus: promised.join(", ") }.text(locale) }
                </p>
            }
        </ActDialog>
    }
}

fn skeleton() -> Html {
    html! {
        <div class="card" aria-busy="true" data-test="skeleton">
            <table class="rows" aria-hidden="true"><tbody><SkeletonRows rows={8} columns={vec![8, 3, 3, 3, 6]} /></tbody></table>
        </div>
    }
}
