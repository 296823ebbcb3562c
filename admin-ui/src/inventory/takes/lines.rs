//! What was counted, beside what was expected: the greatest difference first.

use domain::inventory::stock_takes::{StockTake, StockTakeLine, StockTakeStatus};
use domain::money::Money;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::inventory::TakeText;
use crate::inventory::numbers::signed;
use crate::kit::{Card, Cell, Column, Empty, Glyph, Pill, Row, Table};
use crate::screens::Variant;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct LinesProps {
    pub(super) take: StockTake,
    /// Counts a variant again, while that is possible.
    pub(super) on_again: Option<Callback<String>>,
}

/// The lines of a stock-take.
#[component]
pub(super) fn Lines(props: &LinesProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let lines = &props.take.lines;
    html! {
        <Card id="take-lines" is_unnamed={true} class="list is-flush" has_head={true} title={TakeText::Lines.text(locale)}>
            if lines.is_empty() {
                <Empty icon={Glyph::Stock} title={TakeText::NothingCounted.text(locale)}
                    hint={TakeText::NothingCountedHint.text(locale)} />
            } else {
                { table(&desk, props).draw(Some(lines)) }
            }
        </Card>
    }
}

fn table<'a>(desk: &'a Desk, props: &'a LinesProps) -> Table<'a, StockTakeLine> {
    let head = |text: TakeText| text.text(desk.locale);
    let delta = move |line: &StockTakeLine| {
        let tone = match line.delta() {
            ..0 => Some("is-off-by"),
            0 => Some("quiet"),
            1.. => Some("is-over"),
        };
        Cell::from(signed(line.delta())).class(tone)
    };
    let value = move |line: &StockTakeLine| {
        let value = line.price.get().checked_mul(line.delta()).map(Money::minor).filter(|value| *value != Money::ZERO);
        value.map(|value| desk.money(value)).unwrap_or_default()
    };
    let by =
        move |line: &StockTakeLine| Cell::from(line.counted_by.as_str()).titled(desk.calendar().full(line.counted_at));
    let columns = vec![
        Column::new(head(TakeText::Product), move |line: &StockTakeLine| product(desk, props, line)),
        Column::new(head(TakeText::Expected), move |line: &StockTakeLine| line.expected).number().test("expected"),
        Column::new(head(TakeText::Count), move |line: &StockTakeLine| line.counted).number().test("counted"),
        Column::new(head(TakeText::Difference), delta).number().test("delta"),
        Column::new(head(TakeText::Value), value).number().when_wide().cells("quiet"),
        Column::new(head(TakeText::By), by).when_wide().cells("quiet clip"),
    ];
    let row = move |line: &StockTakeLine| {
        Row::new(&line.sku).data("data-sku", &line.sku).data("data-delta", line.delta().to_string())
    };
    Table::new("take-lines", "is-take-lines", head(TakeText::Lines), columns, row)
}

fn product(desk: &Desk, props: &LinesProps, line: &StockTakeLine) -> Html {
    let locale = desk.locale;
    let options = line.options.get(locale);
    let is_open = props.take.row.status == StockTakeStatus::Open;
    let again = props.on_again.as_ref().map(|again| {
        let sku = line.sku.clone();
        let again = again.reform(move |_: MouseEvent| sku.clone());
        let label = TakeText::Again { sku: line.sku.clone() }.text(locale);
        html! {
            <button type="button" class="link-button mono" data-test="count-again" title={label.clone()} aria-label={label}
                onclick={again}>{ &line.sku }</button>
        }
    });
    let sku = again.unwrap_or_else(|| html! { <span class="quiet mono">{ &line.sku }</span> });
    html! {
        <div class="product"><div>
            <a class="product-name" href={Variant::of(line.variant_id).href()}>
                { line.product.get(locale) }
                if !options.is_empty() { { format!(" · {options}") } }
            </a>
            <span>{ sku }</span>
            if is_open && line.breaks_promises() {
                <Pill icon={Glyph::Warning} tone="bad"
                    text={TakeText::BelowPromised { reserved: line.reserved }.text(locale)} />
            }
        </div></div>
    }
}
