//! Stock-takes: those that were done, and the way to begin one.

use domain::id::StockTakeId;
use domain::inventory::stock_takes::{ListStockTakes, StartStockTake, StockTake, StockTakeRow, StockTakeStatus};
use domain::locale::Locale;
use domain::staff::Permission;
use yew::prelude::*;

use crate::act::{ActDialog, set, use_acting};
use crate::desk::{Desk, use_desk};
use crate::field::Field;
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::pill::Pill;
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::texts::{StockText, TakeText};
use crate::waiting::{Empty, SkeletonRows};

mod entry;
mod lines;
mod sheet;

pub(crate) use sheet::StockTakeScreen;

/// The list of stock-takes, newest first.
#[component]
pub(crate) fn StockTakesScreen() -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let is_asking = use_state(|| false);
    let asked = use_command(ListStockTakes {}, pulse.stock);
    let open = {
        let is_asking = is_asking.setter();
        Callback::from(move |_: MouseEvent| is_asking.set(true))
    };
    let close = {
        let is_asking = is_asking.setter();
        Callback::from(move |()| is_asking.set(false))
    };
    let may_begin = desk.staff.role.may(Permission::ChangeStock);
    let begin = |id: &'static str| {
        html! {
            if may_begin {
                <button type="button" class="button is-primary" {id} onclick={open.clone()}>
                    <Icon of={Glyph::Plus} />{ TakeText::Begin.text(locale) }
                </button>
            }
        }
    };
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        Some(Ok(rows)) if rows.is_empty() => html! {
            <Empty icon={Glyph::Stock} title={TakeText::NoneYet.text(locale)} hint={TakeText::NoneYetHint.text(locale)} />
        },
        Some(Ok(rows)) => table(&desk, Some(rows)),
        None => table(&desk, None),
    };
    html! {
        <>
            <a class="back" id="back-to-stock" href={Route::stock(domain::inventory::StockFilter::All).href()}>
                <Icon of={Glyph::Back} />
                { StockText::BackToList.text(locale) }
            </a>
            <Screen id="stock-takes" title={TakeText::Title.text(locale)} tools={begin("begin-stock-take")}>
                <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
                    aria-busy={asked.is_waiting.to_string()}>
                    { rows }
                </div>
                if *is_asking { <BeginDialog on_close={close} /> }
            </Screen>
        </>
    }
}

/// Where a stock-take stands, as a pill.
pub(super) fn status_pill(status: StockTakeStatus, locale: Locale) -> Html {
    let (icon, tone) = match status {
        StockTakeStatus::Open => (Glyph::Clock, "busy"),
        StockTakeStatus::Applied => (Glyph::Done, "good"),
        StockTakeStatus::Abandoned => (Glyph::Cancelled, "off"),
    };
    html! {
        <span data-test="status" data-status={status.as_str()}><Pill {icon} {tone} text={status.label(locale)} /></span>
    }
}

fn table(desk: &Desk, rows: Option<&Vec<StockTakeRow>>) -> Html {
    let locale = desk.locale;
    html! {
        <table class="rows is-takes">
            <caption class="unseen">{ TakeText::ListCaption.text(locale) }</caption>
            <thead><tr>
                <th scope="col">{ TakeText::Name.text(locale) }</th>
                <th scope="col">{ TakeText::Status.text(locale) }</th>
                <th scope="col" class="number">{ TakeText::Counted.text(locale) }</th>
                <th scope="col" class="number">{ TakeText::Differences.text(locale) }</th>
                <th scope="col">{ TakeText::BegunBy.text(locale) }</th>
                <th scope="col">{ TakeText::BegunAt.text(locale) }</th>
            </tr></thead>
            <tbody id="stock-take-rows">
                if let Some(rows) = rows {
                    for item in rows.iter() { { row(desk, item) } }
                } else {
                    <SkeletonRows rows={6} columns={vec![8, 6, 3, 3, 6, 6]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, item: &StockTakeRow) -> Html {
    let to = Route::StockTake(item.id);
    let open = {
        let to = to.clone();
        move |_: MouseEvent| to.go()
    };
    html! {
        <tr key={item.id.get().to_string()} class="is-link" data-take={item.id.to_string()} onclick={open}>
            <td><a class="row-link" href={to.href()}>{ &item.name }</a></td>
            <td>{ status_pill(item.status, desk.locale) }</td>
            <td class="number">{ item.lines }</td>
            <td class="number">{ item.differences }</td>
            <td class="clip">{ &item.started_by }</td>
            <td class="numbers nowrap">{ desk.calendar().brief(item.started_at) }</td>
        </tr>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct BeginDialogProps {
    on_close: Callback<()>,
}

/// Asks what people call it, and goes to it.
#[component]
fn BeginDialog(props: &BeginDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let name = use_state(|| TakeText::NameOf { day: desk.calendar().today() }.text(locale));
    let on_done = Callback::from(|take: StockTake| go(take.row.id));
    let acting = use_acting(on_done, props.on_close.clone());
    let on_submit = {
        let (name, acting) = (name.clone(), acting.clone());
        Callback::from(move |()| {
            let name = name.trim().to_owned();
            let said = TakeText::Begun { name: name.clone() }.text(locale);
            acting.send(StartStockTake { name }, said);
        })
    };
    html! {
        <ActDialog id="begin" title={TakeText::Begin.text(locale)} explanation={TakeText::BeginExplain.text(locale)}
            confirm={TakeText::BeginConfirm.text(locale)} look="is-primary" problem={acting.problem()}
            is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            <Field id="begin-name" label={TakeText::Name.text(locale)} value={(*name).clone()} on_change={set(&name)}
                is_first={true} hint={Some(AttrValue::from(TakeText::NameHint.text(locale)))} error={acting.error("name")} />
        </ActDialog>
    }
}

fn go(take: StockTakeId) {
    Route::StockTake(take).go();
}
