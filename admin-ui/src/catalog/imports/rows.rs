//! The products of a file by pages: what becomes of each, with every change, and all that is wrong.

use domain::catalog::Difference;
use domain::imports::{ImportedProduct, ListImported, StockChange, Trouble, Verdict, VerdictKind};
use domain::page::PageNumber;
use yew::prelude::*;

use super::goods::kind_name;
use super::texts::ImportText;
use crate::catalog::fields::{change_line, line};
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command_at;
use crate::kit::{Column, Empty, Glyph, List, Pill, Place, Row, Table};
use crate::screens::Imports;

/// How many changes of a product are shown before the others are folded away.
const SHOWN: usize = 4;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ImportedRowsProps {
    pub(super) run: u64,
    /// Whether it was taken in since: then each product is told anew.
    pub(super) is_done: bool,
    pub(super) show: Option<VerdictKind>,
    pub(super) page: PageNumber,
}

/// The list.
#[component]
pub(super) fn ImportedRows(props: &ImportedRowsProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let (run, show, page) = (props.run, props.show, props.page);
    let asked = use_command_at(ListImported { run, show, page }, u32::from(props.is_done));
    let place = Place::new("", move |_, page| Imports { show, page }.href());
    let head = |text: ImportText| text.text(locale);
    let columns = vec![
        Column::new(head(ImportText::LineHead), |row: &ImportedProduct| row.line).number().test("line"),
        Column::new(head(ImportText::Product), |row: &ImportedProduct| row.name.clone()).bone(8).test("name"),
        Column::new(head(ImportText::Outcome), |row: &ImportedProduct| pill(row.verdict.kind(), &desk)).test("verdict"),
        Column::new(head(ImportText::Details), |row: &ImportedProduct| details(row, &desk)).bone(9).test("details"),
    ];
    let row = |row: &ImportedProduct| Row::new(row.line).data("data-verdict", row.verdict.kind().as_str());
    let table = Table::new("imported-rows", "is-imported", head(ImportText::RowsCaption), columns, row);
    let nothing = || {
        html! { <Empty icon={Glyph::Inbox} title={ImportText::NoneHere.text(locale)} hint={ImportText::NoneHereHint.text(locale)} /> }
    };
    List::new(&asked, |page| &page.rows, table, nothing).paged(&place, |page| page.position).draw(locale)
}

fn pill(kind: VerdictKind, desk: &Desk) -> Html {
    let (icon, tone) = match kind {
        VerdictKind::New => (Glyph::Plus, "good"),
        VerdictKind::Changed => (Glyph::Pencil, "busy"),
        VerdictKind::Unchanged => (Glyph::Level, "plain"),
        VerdictKind::Refused => (Glyph::Alert, "bad"),
        VerdictKind::NotReached => (Glyph::Clock, "warn"),
    };
    html! { <Pill {icon} {tone} text={kind_name(kind).text(desk.locale)} /> }
}

fn details(row: &ImportedProduct, desk: &Desk) -> Html {
    let lines: Vec<Html> = match &row.verdict {
        Verdict::New | Verdict::Unchanged | Verdict::NotReached => return Html::default(),
        Verdict::Changed { differences, stock } => {
            let of_stock = stock.iter().map(|stock| stock_line(stock, desk));
            let told = differences.iter().filter(|difference| is_told(difference));
            of_stock.chain(told.map(|difference| change_line(difference, &[], desk))).collect()
        }
        Verdict::Refused(troubles) => troubles.iter().map(|trouble| trouble_line(trouble, desk)).collect(),
    };
    let (first, more) = lines.split_at(lines.len().min(SHOWN));
    html! {
        <>
            <ul class="changes">for line in first.iter() { { line.clone() } }</ul>
            if !more.is_empty() {
                <details class="changes-more">
                    <summary>{ ImportText::AndMore { count: u32::try_from(more.len()).unwrap_or(u32::MAX) }.text(desk.locale) }</summary>
                    <ul class="changes">for line in more.iter() { { line.clone() } }</ul>
                </details>
            }
        </>
    }
}

/// What says nothing to people: an option's rows are told by their variants.
fn is_told(difference: &Difference) -> bool {
    !matches!(difference.path.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), ["options", _, "values", ..])
}

fn stock_line(stock: &StockChange, desk: &Desk) -> Html {
    let field = ImportText::StockOf { sku: stock.sku.clone() }.text(desk.locale);
    line(field, stock.before.to_string(), stock.after.to_string(), desk)
}

fn trouble_line(trouble: &Trouble, desk: &Desk) -> Html {
    let place = match trouble.column.as_str() {
        "" => ImportText::Line { line: trouble.line },
        column => ImportText::CellAt { line: trouble.line, column: column.to_owned() },
    };
    html! {
        <li><span class="change-field">{ place.text(desk.locale) }</span>{ trouble.message.text(desk.locale) }</li>
    }
}
