//! One variant: its numbers, what can be done with them, and its ledger.

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
use super::{StockText, name_of, stock_pill};
use crate::desk::{Desk, Thumbnail, actor_name, use_desk};
use crate::ipc::use_command;
use crate::kit::{
    Back, BeyondEnd, Button, Card, Cell, Column, Detail, DialogHandle, Empty, Fact, Glyph, Pager, Pill, Row, Table,
    TableBones, detail, use_dialog,
};
use crate::screens::{Order, Product, Stock, Variant};

mod note;

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
pub(crate) fn VariantScreen(props: &Variant) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let dialog = use_dialog::<Doing>();
    // Parcels take units that wait, so that news of orders counts too.
    let asked = use_command(ListMovements { variant_id: props.id, page: props.page });
    let bones = html! { <TableBones rows={8} columns={vec![6, 7, 2, 2, 5]} /> };
    html! {
        <>
            <Back id="back-to-stock" href={Stock::default().href()} text={StockText::BackToList.text(locale)} />
            { detail("variant", &asked, locale, bones, |shown| Detail {
                title: name_of(&shown.row, locale),
                aside: html! {
                    <>
                        <span data-test="state">{ stock_pill(&shown.row, locale) }</span>
                        <span class="quiet mono" data-test="sku">{ &shown.row.sku }</span>
                    </>
                },
                content: html! {
                    <>
                        { content(&desk, props, shown, &dialog) }
                        { open_dialog(shown, &dialog, asked.again.reform(|_: StockRow| ())) }
                    </>
                },
            }) }
        </>
    }
}

fn open_dialog(shown: &MovementPage, dialog: &DialogHandle<Doing>, on_done: Callback<StockRow>) -> Html {
    let (row, on_close) = (shown.row.clone(), dialog.close());
    match dialog.what() {
        None => Html::default(),
        Some(Doing::Receive) => html! { <ReceiveDialog {row} {on_close} {on_done} /> },
        Some(Doing::Correct) => html! { <CorrectDialog {row} {on_close} {on_done} /> },
        Some(Doing::Count) => html! { <CountDialog {row} waiting={shown.waiting} {on_close} {on_done} /> },
        Some(Doing::Limits) => html! { <LimitsDialog {row} {on_close} {on_done} /> },
    }
}

fn content(desk: &Desk, here: &Variant, shown: &MovementPage, dialog: &DialogHandle<Doing>) -> Html {
    html! {
        <div class="order-columns" data-sku={shown.row.sku.clone()}>
            <div class="order-main">{ ledger(desk, here, shown) }</div>
            <div class="order-side">
                { figures(desk, shown, dialog) }
                <note::StaffNoteCard key={shown.row.product_id.to_string()} product={shown.row.product_id}
                    name={shown.row.product.get(desk.locale).to_owned()} />
                { limits(desk, &shown.row, dialog) }
                <TaxClassCard key={shown.row.product_id.to_string()} product={shown.row.product_id}
                    name={shown.row.product.get(desk.locale).to_owned()} />
            </div>
        </div>
    }
}

fn figures(desk: &Desk, shown: &MovementPage, dialog: &DialogHandle<Doing>) -> Html {
    let locale = desk.locale;
    let stock = shown.row.stock;
    let fact = |label: StockText, value: u32, test: &'static str| fact(label.text(locale), value, test);
    let button = |what: Doing, id: &'static str, icon: Glyph, text: StockText, look: &'static str| {
        html! { <Button {id} {look} {icon} text={text.text(locale)} onclick={dialog.opens(what)} /> }
    };
    html! {
        <section class="card" aria-labelledby="variant-stock-title">
            <div class="product variant-head">
                <Thumbnail picture={shown.row.picture.clone()} />
                <h2 id="variant-stock-title" class="section-title">{ StockText::Stock.text(locale) }</h2>
                if desk.may(Permission::ChangeCatalog) {
                    <a id="edit-product" href={Product::of(shown.row.product_id).href()}>{ StockText::EditProduct.text(locale) }</a>
                }
            </div>
            <dl class="sums">
                { fact(StockText::OnHand, stock.on_hand, "on-hand") }
                { fact(StockText::Reserved, stock.reserved, "reserved") }
                { fact(StockText::Available, stock.available(), "available") }
                { fact(StockText::Waiting, shown.waiting, "waiting") }
            </dl>
            if desk.may(Permission::ChangeStock) {
                <div class="buttons is-stacked">
                    { button(Doing::Receive, "receive-stock", Glyph::Plus, StockText::Receive, "is-primary") }
                    { button(Doing::Count, "count-stock", Glyph::Done, StockText::Count, "is-plain") }
                    { button(Doing::Correct, "correct-stock", Glyph::Level, StockText::Correct, "is-plain") }
                </div>
            }
        </section>
    }
}

fn fact(label: String, value: u32, test: &'static str) -> Html {
    html! { <Fact {label} value={value.to_string()} {test} /> }
}

fn limits(desk: &Desk, row: &StockRow, dialog: &DialogHandle<Doing>) -> Html {
    let locale = desk.locale;
    html! {
        <Card id="variant-limits" title={StockText::Limits.text(locale)}>
            <dl class="sums">
                { fact(StockText::LowLimit.text(locale), row.stock.low_stock_limit, "low-limit") }
                { fact(StockText::Fewest.text(locale), row.min_quantity, "fewest") }
                { fact(StockText::Most.text(locale), row.max_quantity, "most") }
            </dl>
            if desk.may(Permission::ChangeStock) {
                <Button id="set-limits" icon={Glyph::Settings} text={StockText::ChangeLimits.text(locale)}
                    onclick={dialog.opens(Doing::Limits)} />
            }
        </Card>
    }
}

fn ledger(desk: &Desk, here: &Variant, shown: &MovementPage) -> Html {
    let locale = desk.locale;
    let id = here.id;
    let to = Callback::from(move |page: PageNumber| Variant { id, page }.href());
    let position = shown.position;
    let lines = if position.is_beyond() {
        html! { <BeyondEnd {position} {to} /> }
    } else if shown.movements.is_empty() {
        html! {
            <Empty icon={Glyph::History} title={StockText::NoMovements.text(locale)}
                hint={StockText::NoMovementsHint.text(locale)} />
        }
    } else {
        html! { <>{ table(desk).draw(Some(&shown.movements)) }<Pager {position} {to} /></> }
    };
    html! {
        <Card id="ledger" class="list is-flush" has_head={true} title={StockText::Ledger.text(locale)}>{ lines }</Card>
    }
}

fn table(desk: &Desk) -> Table<'_, Movement> {
    let locale = desk.locale;
    let head = |text: StockText| text.text(locale);
    let change = move |line: &Movement| {
        let is_missing = look(line.reason).1 == "warn" && line.delta < 0;
        Cell::from(signed(line.delta)).class(is_missing.then_some("is-off-by"))
    };
    let columns = vec![
        Column::new(head(StockText::When), move |line: &Movement| {
            Cell::from(desk.calendar().brief(line.at)).titled(desk.calendar().full(line.at))
        })
        .instants(),
        Column::new(head(StockText::What), move |line: &Movement| reason(desk, line)),
        Column::new(head(StockText::Change), change).number(),
        Column::new(head(StockText::OnHand), move |line: &Movement| line.on_hand).number(),
        Column::new(head(StockText::Who), move |line: &Movement| actor_name(&line.actor, locale)),
    ];
    let row = move |line: &Movement| {
        Row::unkeyed().data("data-reason", line.reason.as_str()).data("data-delta", line.delta.to_string())
    };
    Table::new("ledger-rows", "is-ledger", head(StockText::Ledger), columns, row)
}

fn look(reason: MovementReason) -> (Glyph, &'static str) {
    match reason {
        MovementReason::Received => (Glyph::Import, "good"),
        MovementReason::Sold => (Glyph::Orders, "busy"),
        MovementReason::Restocked | MovementReason::Returned => (Glyph::Undo, "plain"),
        MovementReason::Corrected => (Glyph::Level, "warn"),
        MovementReason::Counted => (Glyph::Done, "warn"),
    }
}

fn reason(desk: &Desk, line: &Movement) -> Html {
    let (icon, tone) = look(line.reason);
    html! {
        <>
            <Pill {icon} {tone} text={line.reason.label(desk.locale)} />
            if let Some((order, number)) = &line.order {
                <a class="ledger-note" href={Order::of(*order).href()}>{ number }</a>
            }
            if let Some(note) = &line.note { <span class="ledger-note quiet">{ note }</span> }
        </>
    }
}
