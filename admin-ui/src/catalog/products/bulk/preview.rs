//! What a change would do to each product, by pages: every field with its value before and after, and why some are refused.

use std::rc::Rc;

use domain::catalog::bulk::MOST_ROWS;
use domain::catalog::{BulkChange, BulkPreview, BulkRow, BulkVerdict, Difference, ProductId, ShowBulkRows};
use yew::prelude::*;

use crate::catalog::fields::change_line;
use crate::catalog::texts::BulkText;
use crate::desk::{Desk, Thumbnail, use_desk};
use crate::ipc::use_command;
use crate::kit::{Button, Column, Empty, Glyph, List, Row, Table};

/// How many fields of a product are shown before the others are folded away.
const SHOWN: usize = 4;

/// Which products of a preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Changing,
    Refused,
    Staying,
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct BulkRowsProps {
    pub(super) change: BulkChange,
    pub(super) preview: Rc<BulkPreview>,
}

/// The products in three parts.
#[component]
pub(super) fn BulkRows(props: &BulkRowsProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let preview = &props.preview;
    let part = use_state(|| if preview.totals.changing > 0 { Part::Changing } else { Part::Refused });
    let page = use_state(|| 0_usize);
    let ids: Vec<ProductId> = match *part {
        Part::Changing => preview.changing.iter().map(|seen| seen.product_id).collect(),
        Part::Refused => preview.refused.clone(),
        Part::Staying => preview.staying.clone(),
    };
    let (count, from) = (ids.len(), *page * MOST_ROWS);
    let products: Vec<ProductId> = ids.into_iter().skip(from).take(MOST_ROWS).collect();
    let to = from + products.len();
    let asked = use_command(ShowBulkRows { change: props.change.clone(), products });
    let segment = |of: Part, text: BulkText, count: usize| {
        let is_here = *part == of;
        let (part, page) = (part.setter(), page.setter());
        let onclick = Callback::from(move |_: MouseEvent| {
            part.set(of);
            page.set(0);
        });
        html! {
            <button type="button" class="segment" aria-pressed={is_here.to_string()} {onclick}>
                { format!("{} ({count})", text.text(locale)) }
            </button>
        }
    };
    let head = |text: BulkText| text.text(locale);
    let columns = vec![
        Column::new(head(BulkText::Product), |row: &BulkRow| product(row, &desk)).bone(8),
        Column::new(head(BulkText::Changes), |row: &BulkRow| verdict(row, &desk)).bone(9).test("bulk-changes"),
    ];
    let row = |row: &BulkRow| Row::new(row.product_id).data("data-product", row.product_id.to_string());
    let table = Table::new("bulk-rows", "is-imported", head(BulkText::Changes), columns, row);
    let nothing = || {
        html! { <Empty icon={Glyph::Inbox} title={BulkText::NoneHere.text(locale)} hint={BulkText::NoneHereHint.text(locale)} /> }
    };
    let turn = |by: isize| {
        let (page, at) = (page.setter(), *page);
        Callback::from(move |_: MouseEvent| page.set(at.saturating_add_signed(by)))
    };
    html! {
        <>
            <div class="segments" role="group" aria-label={head(BulkText::Changes)}>
                { segment(Part::Changing, BulkText::WillChange, preview.changing.len()) }
                { segment(Part::Refused, BulkText::Refused, preview.refused.len()) }
                { segment(Part::Staying, BulkText::Staying, preview.staying.len()) }
            </div>
            <div class="dialog-list">{ List::new(&asked, |rows| rows.as_slice(), table, nothing).draw(locale) }</div>
            if count > MOST_ROWS {
                <div class="buttons">
                    <span class="quiet numbers">{ BulkText::Range { from: from + 1, to, count }.text(locale) }</span>
                    if *page > 0 { <Button id="bulk-previous" is_small={true} text={head(BulkText::Previous)} onclick={turn(-1)} /> }
                    if to < count { <Button id="bulk-next" is_small={true} text={head(BulkText::Next)} onclick={turn(1)} /> }
                </div>
            }
        </>
    }
}

fn product(row: &BulkRow, desk: &Desk) -> Html {
    html! {
        <div class="product">
            <Thumbnail picture={row.picture.clone()} />
            <span class="product-name">{ row.name.get(desk.locale) }</span>
        </div>
    }
}

fn verdict(row: &BulkRow, desk: &Desk) -> Html {
    let say = |text: BulkText| html! { { text.text(desk.locale) } };
    match &row.verdict {
        BulkVerdict::Changes(differences) => changes(differences, &row.skus, desk),
        BulkVerdict::Goes => say(BulkText::Goes),
        BulkVerdict::IsArchived => say(BulkText::IsArchived),
        BulkVerdict::Stays => say(BulkText::Stays),
        BulkVerdict::Refused(refusals) => html! {
            <ul class="changes">
                for refusal in refusals.iter() {
                    <li>
                        if let Some(sku) = &refusal.sku { <span class="change-field">{ sku }</span> }
                        { refusal.why.text(desk.locale) }
                    </li>
                }
            </ul>
        },
    }
}

/// Fields with what they were and become.
pub(in crate::catalog) fn changes(differences: &[Difference], skus: &[(String, String)], desk: &Desk) -> Html {
    let lines: Vec<Html> = differences.iter().map(|difference| change_line(difference, skus, desk)).collect();
    let (first, more) = lines.split_at(lines.len().min(SHOWN));
    html! {
        <>
            <ul class="changes">for line in first.iter() { { line.clone() } }</ul>
            if !more.is_empty() {
                <details class="changes-more">
                    <summary>{ BulkText::AndMore { count: more.len() }.text(desk.locale) }</summary>
                    <ul class="changes">for line in more.iter() { { line.clone() } }</ul>
                </details>
            }
        </>
    }
}
