//! What was counted, beside what was expected: the greatest difference first.

use domain::inventory::stock_takes::{StockTake, StockTakeLine, StockTakeStatus};
use domain::money::Money;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::icon::Glyph;
use crate::inventory::numbers::signed;
use crate::pill::Pill;
use crate::route::Route;
use crate::texts::TakeText;
use crate::waiting::Empty;

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
    let head = |text: TakeText, class: Option<&'static str>| {
        html! { <th scope="col" {class}>{ text.text(locale) }</th> }
    };
    html! {
        <section class="list card is-flush" aria-labelledby="take-lines-title">
            <div class="card-head">
                <h2 id="take-lines-title" class="section-title">{ TakeText::Lines.text(locale) }</h2>
            </div>
            if props.take.lines.is_empty() {
                <Empty icon={Glyph::Stock} title={TakeText::NothingCounted.text(locale)}
                    hint={TakeText::NothingCountedHint.text(locale)} />
            } else {
                <table class="rows is-take-lines">
                    <caption class="unseen">{ TakeText::Lines.text(locale) }</caption>
                    <thead><tr>
                        { head(TakeText::Product, None) }
                        { head(TakeText::Expected, Some("number")) }
                        { head(TakeText::Count, Some("number")) }
                        { head(TakeText::Difference, Some("number")) }
                        { head(TakeText::Worth, Some("number when-wide")) }
                        { head(TakeText::By, Some("when-wide")) }
                    </tr></thead>
                    <tbody id="take-lines">for line in props.take.lines.iter() { { row(&desk, props, line) } }</tbody>
                </table>
            }
        </section>
    }
}

fn row(desk: &Desk, props: &LinesProps, line: &StockTakeLine) -> Html {
    let locale = desk.locale;
    let delta = line.delta();
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
    let tone = match delta {
        ..0 => Some("is-off-by"),
        0 => Some("quiet"),
        1.. => Some("is-over"),
    };
    let worth = line.price.get().checked_mul(delta).map(Money::minor).filter(|worth| *worth != Money::ZERO);
    html! {
        <tr key={line.sku.clone()} data-sku={line.sku.clone()} data-delta={delta.to_string()}>
            <td>
                <div class="product"><div>
                    <a class="product-name" href={Route::variant(line.variant_id).href()}>
                        { line.product.get(locale) }
                        if !options.is_empty() { { format!(" · {options}") } }
                    </a>
                    <span>{ sku }</span>
                    if is_open && line.breaks_promises() {
                        <Pill icon={Glyph::Warning} tone="bad" text={TakeText::BelowPromised { reserved: line.reserved }.text(locale)} />
                    }
                </div></div>
            </td>
            <td class="number" data-test="expected">{ line.expected }</td>
            <td class="number" data-test="counted">{ line.counted }</td>
            <td class={classes!("number", tone)} data-test="delta">{ signed(delta) }</td>
            <td class="number quiet when-wide">{ worth.map(|worth| desk.money(worth)).unwrap_or_default() }</td>
            <td class="quiet clip when-wide" title={desk.calendar().full(line.counted_at)}>{ &line.counted_by }</td>
        </tr>
    }
}
