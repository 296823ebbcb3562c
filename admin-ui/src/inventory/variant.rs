//! One variant: its numbers, what can be done with them, and its ledger.

use domain::id::VariantId;
use domain::inventory::{ListMovements, Movement, MovementPage, MovementReason, StockRow};
use domain::page::PageNumber;
use domain::staff::Permission;
use yew::prelude::*;

use super::correct::CorrectDialog;
use super::count::CountDialog;
use super::limits::LimitsDialog;
use super::numbers::signed;
use super::receive::ReceiveDialog;
use super::tax_class::TaxClassCard;
use super::{Thumbnail, name_of, stock_pill};
use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::orders::actor_of;
use crate::pager::{BeyondEnd, Pager};
use crate::pill::Pill;
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::texts::{ShellText, StockText};
use crate::waiting::{Empty, SkeletonRows};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct VariantScreenProps {
    pub(crate) id: VariantId,
    pub(crate) page: PageNumber,
}

/// The dialog that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doing {
    Receive,
    Correct,
    Count,
    Limits,
}

/// The screen of one variant.
#[component]
pub(crate) fn VariantScreen(props: &VariantScreenProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let doing = use_state(|| None::<Doing>);
    // Parcels take units that wait, so that news of orders counts too.
    let tick = pulse.stock.wrapping_add(pulse.orders);
    let asked = use_command(ListMovements { variant_id: props.id, page: props.page }, tick);
    let begin = {
        let doing = doing.setter();
        Callback::from(move |what: Doing| doing.set(Some(what)))
    };
    let on_close = {
        let doing = doing.setter();
        Callback::from(move |()| doing.set(None))
    };

    let (title, aside, content) = match asked.answer.as_deref() {
        None => (ShellText::Loading.text(locale), Html::default(), skeleton()),
        Some(Err(problem)) => {
            let content = html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> };
            (StockText::Title.text(locale), Html::default(), content)
        }
        Some(Ok(shown)) => {
            let aside = html! {
                <>
                    <span data-test="state">{ stock_pill(&shown.row, locale) }</span>
                    <span class="quiet mono" data-test="sku">{ &shown.row.sku }</span>
                </>
            };
            (name_of(&shown.row, locale), aside, content(&desk, props.id, shown, &begin))
        }
    };
    let shown = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());
    let on_done = asked.again.reform(|_: StockRow| ());
    let dialog = shown.zip(*doing).map(|(shown, doing)| {
        let row = shown.row.clone();
        match doing {
            Doing::Receive => html! { <ReceiveDialog {row} {on_close} {on_done} /> },
            Doing::Correct => html! { <CorrectDialog {row} {on_close} {on_done} /> },
            Doing::Count => html! { <CountDialog {row} waiting={shown.waiting} {on_close} {on_done} /> },
            Doing::Limits => html! { <LimitsDialog {row} {on_close} {on_done} /> },
        }
    });
    html! {
        <>
            <a class="back" id="back-to-stock" href={Route::stock(domain::inventory::StockFilter::All).href()}>
                <Icon of={Glyph::Back} />
                { StockText::BackToList.text(locale) }
            </a>
            <Screen id="variant" {title} {aside}>
                { content }
                if let Some(dialog) = dialog { { dialog } }
            </Screen>
        </>
    }
}

fn content(desk: &Desk, id: VariantId, shown: &MovementPage, begin: &Callback<Doing>) -> Html {
    html! {
        <div class="order-columns" data-sku={shown.row.sku.clone()}>
            <div class="order-main">{ ledger(desk, id, shown) }</div>
            <div class="order-side">
                { figures(desk, shown, begin) }
                { limits(desk, &shown.row, begin) }
                <TaxClassCard key={shown.row.product_id.to_string()} product={shown.row.product_id}
                    name={shown.row.product.get(desk.locale).to_owned()} />
            </div>
        </div>
    }
}

fn figures(desk: &Desk, shown: &MovementPage, begin: &Callback<Doing>) -> Html {
    let locale = desk.locale;
    let stock = shown.row.stock;
    let figure = |label: StockText, value: u32, test: &'static str| {
        html! { <div><dt>{ label.text(locale) }</dt><dd class="numbers" data-test={test}>{ value }</dd></div> }
    };
    let button = |what: Doing, id: &'static str, icon: Glyph, text: StockText, look: &'static str| {
        let begin = begin.reform(move |_: MouseEvent| what);
        html! {
            <button type="button" {id} class={classes!("button", look)} onclick={begin}>
                <Icon of={icon} />{ text.text(locale) }
            </button>
        }
    };
    html! {
        <section class="card" aria-labelledby="variant-stock-title">
            <div class="product variant-head">
                <Thumbnail picture={shown.row.picture.clone()} />
                <h2 id="variant-stock-title" class="section-title">{ StockText::Stock.text(locale) }</h2>
            </div>
            <dl class="sums">
                { figure(StockText::OnHand, stock.on_hand, "on-hand") }
                { figure(StockText::Reserved, stock.reserved, "reserved") }
                { figure(StockText::Available, stock.available(), "available") }
                { figure(StockText::Waiting, shown.waiting, "waiting") }
            </dl>
            if desk.staff.role.may(Permission::ChangeStock) {
                <div class="buttons is-stacked">
                    { button(Doing::Receive, "receive-stock", Glyph::Plus, StockText::Receive, "is-primary") }
                    { button(Doing::Count, "count-stock", Glyph::Done, StockText::Count, "is-plain") }
                    { button(Doing::Correct, "correct-stock", Glyph::Level, StockText::Correct, "is-plain") }
                </div>
            }
        </section>
    }
}

fn limits(desk: &Desk, row: &StockRow, begin: &Callback<Doing>) -> Html {
    let locale = desk.locale;
    let begin = begin.reform(|_: MouseEvent| Doing::Limits);
    let fact = |label: StockText, value: u32, test: &'static str| {
        html! { <div><dt>{ label.text(locale) }</dt><dd class="numbers" data-test={test}>{ value }</dd></div> }
    };
    html! {
        <section class="card" aria-labelledby="variant-limits-title">
            <h2 id="variant-limits-title" class="section-title">{ StockText::Limits.text(locale) }</h2>
            <dl class="sums">
                { fact(StockText::LowLimit, row.stock.low_stock_limit, "low-limit") }
                { fact(StockText::Fewest, row.min_quantity, "fewest") }
                { fact(StockText::Most, row.max_quantity, "most") }
            </dl>
            if desk.staff.role.may(Permission::ChangeStock) {
                <button type="button" class="button" id="set-limits" onclick={begin}>
                    <Icon of={Glyph::Settings} />{ StockText::ChangeLimits.text(locale) }
                </button>
            }
        </section>
    }
}

fn ledger(desk: &Desk, id: VariantId, shown: &MovementPage) -> Html {
    let locale = desk.locale;
    let here = Callback::from(move |page: PageNumber| Route::Variant { id, page });
    let head = |text: StockText, class: Option<&'static str>| {
        html! { <th scope="col" {class}>{ text.text(locale) }</th> }
    };
    html! {
        <section class="list card is-flush" id="ledger" aria-labelledby="ledger-title">
            <div class="card-head"><h2 id="ledger-title" class="section-title">{ StockText::Ledger.text(locale) }</h2></div>
            if shown.position.is_beyond() {
                <BeyondEnd position={shown.position} to={here} />
            } else if shown.movements.is_empty() {
                <Empty icon={Glyph::History} title={StockText::NoMovements.text(locale)}
                    hint={StockText::NoMovementsHint.text(locale)} />
            } else {
                <table class="rows is-ledger">
                    <caption class="unseen">{ StockText::Ledger.text(locale) }</caption>
                    <thead><tr>
                        { head(StockText::When, None) }
                        { head(StockText::What, None) }
                        { head(StockText::Change, Some("number")) }
                        { head(StockText::OnHand, Some("number")) }
                        { head(StockText::Who, None) }
                    </tr></thead>
                    <tbody id="ledger-rows">for line in shown.movements.iter() { { movement(desk, line) } }</tbody>
                </table>
                <Pager position={shown.position} to={here} />
            }
        </section>
    }
}

fn movement(desk: &Desk, line: &Movement) -> Html {
    let locale = desk.locale;
    let (icon, tone) = match line.reason {
        MovementReason::Received => (Glyph::Import, "good"),
        MovementReason::Sold => (Glyph::Orders, "busy"),
        MovementReason::Restocked | MovementReason::Returned => (Glyph::Undo, "plain"),
        MovementReason::Corrected => (Glyph::Level, "warn"),
        MovementReason::Counted => (Glyph::Done, "warn"),
    };
    let is_missing = tone == "warn" && line.delta < 0;
    let (actor_icon, actor) = actor_of(&line.actor, locale);
    html! {
        <tr data-reason={line.reason.as_str()} data-delta={line.delta.to_string()}>
            <td class="numbers nowrap" title={desk.calendar().full(line.at)}>{ desk.calendar().brief(line.at) }</td>
            <td>
                <Pill {icon} {tone} text={line.reason.label(locale)} />
                if let Some((order, number)) = &line.order {
                    <a class="ledger-note" href={Route::Order(*order).href()}>{ number }</a>
                }
                if let Some(note) = &line.note { <span class="ledger-note quiet">{ note }</span> }
            </td>
            <td class={classes!("number", is_missing.then_some("is-off-by"))}>{ signed(line.delta) }</td>
            <td class="number">{ line.on_hand }</td>
            <td><span class="timeline-actor quiet"><Icon of={actor_icon} />{ actor }</span></td>
        </tr>
    }
}

fn skeleton() -> Html {
    html! {
        <div class="card" aria-busy="true" data-test="skeleton">
            <table class="rows" aria-hidden="true"><tbody><SkeletonRows rows={8} columns={vec![6, 7, 2, 2, 5]} /></tbody></table>
        </div>
    }
}
