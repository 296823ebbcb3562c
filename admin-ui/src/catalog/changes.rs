//! What can be undone for 30 days: changes of many products, what was deleted, and what files brought.

use domain::catalog::{ChangeId, ChangeRow, ChangeState, ListChanges, UndoAnswer, UndoChange};
use yew::prelude::*;

use super::texts::ChangeText;
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{
    Back, Button, Cell, Column, Empty, FormDialog, Glyph, List, Pill, Request, Row, Screen, Table, use_dialog,
    use_sender, use_walk,
};
use crate::screens::{Change, Changes, Products};

mod detail;
mod words;

pub(crate) use detail::ChangeScreen;
pub(crate) use words::undone_text;
use words::what_text;

/// The list.
#[component]
pub(crate) fn ChangesScreen(props: &Changes) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let walk = use_walk(props.after.as_ref());
    let asked = use_command(ListChanges { after: props.after });
    let undoing = use_dialog::<ChangeId>();
    let at = |after: Option<ChangeId>| Changes { after }.href();
    let pager = asked.reply().map(|page| walk.pager(page.next, at)).unwrap_or_default();
    let nothing = || {
        html! { <Empty icon={Glyph::Undo} title={ChangeText::NoneYet.text(locale)} hint={ChangeText::Hint.text(locale)} /> }
    };
    let list = List::new(&asked, |page| &page.rows, table(&desk, &undoing.open()), nothing).foot(pager);
    html! {
        <>
            <Back id="back-to-products" href={Products::default().href()} text={ChangeText::BackToList.text(locale)} />
            <Screen id="changes">
                <p class="quiet">{ ChangeText::Hint.text(locale) }</p>
                { list.draw(locale) }
                if let Some(change_id) = undoing.what() {
                    <UndoDialog change_id={*change_id} on_done={asked.again.clone()} on_close={undoing.close()} />
                }
            </Screen>
        </>
    }
}

fn table<'a>(desk: &'a Desk, undo: &Callback<ChangeId>) -> Table<'a, ChangeRow> {
    let locale = desk.locale;
    let head = |text: ChangeText| text.text(locale);
    let when = move |row: &ChangeRow| Cell::from(desk.calendar().brief(row.at)).titled(desk.calendar().full(row.at));
    let what = move |row: &ChangeRow| Cell::link(Change::of(row.id).href(), &what_text(&row.what, desk));
    let undo = undo.clone();
    let buttons = move |row: &ChangeRow| button(row, &undo, desk);
    let columns = vec![
        Column::new(head(ChangeText::When), when).instants(),
        Column::new(head(ChangeText::What), what).bone(9).test("what"),
        Column::new(head(ChangeText::Products), |row: &ChangeRow| row.products).number().test("products"),
        Column::new(head(ChangeText::Who), |row: &ChangeRow| row.by.clone()).when_wide(),
        Column::new(head(ChangeText::State), move |row: &ChangeRow| state(row, desk)).test("state"),
        Column::buttons(head(ChangeText::Actions), buttons),
    ];
    let row = |row: &ChangeRow| Row::new(row.id).data("data-change", row.id.to_string()).to(Change::of(row.id).href());
    Table::new("change-rows", "is-changes", head(ChangeText::Caption), columns, row).walked()
}

/// Where a change stands.
fn state(row: &ChangeRow, desk: &Desk) -> Html {
    let brief = |at| desk.calendar().brief(at);
    let (icon, tone, text) = match &row.state {
        ChangeState::Open => (Glyph::Undo, "plain", ChangeText::Open { until: brief(row.until) }),
        ChangeState::Underway { .. } => (Glyph::Clock, "busy", ChangeText::Underway),
        ChangeState::Undone { by, at, .. } => {
            (Glyph::Done, "good", ChangeText::Undone { by: by.clone(), at: brief(*at) })
        }
        ChangeState::Over => (Glyph::Clock, "off", ChangeText::Over),
    };
    html! { <Pill {icon} {tone} text={text.text(desk.locale)} /> }
}

fn button(row: &ChangeRow, undo: &Callback<ChangeId>, desk: &Desk) -> Html {
    let text = match row.state {
        ChangeState::Open => ChangeText::Undo,
        ChangeState::Underway { .. } => ChangeText::GoOn,
        ChangeState::Undone { .. } | ChangeState::Over => return Html::default(),
    };
    let (id, undo) = (row.id, undo.clone());
    let onclick = Callback::from(move |event: MouseEvent| {
        // The row itself leads to the change.
        event.stop_propagation();
        undo.emit(id);
    });
    html! { <Button test="undo" is_small={true} icon={Glyph::Undo} text={text.text(desk.locale)} {onclick} /> }
}

#[derive(Clone, PartialEq, Properties)]
struct UndoDialogProps {
    change_id: ChangeId,
    on_done: Callback<()>,
    on_close: Callback<()>,
}

/// Asks before a change is taken back.
#[component]
fn UndoDialog(props: &UndoDialogProps) -> Html {
    let locale = use_desk().locale;
    let form = use_sender();
    let request = UndoChange { change_id: props.change_id };
    let on_done = props.on_done.reform(|_: UndoAnswer| ());
    let read = move |(): &()| Ok(Request::telling(request, move |answer: &UndoAnswer| undone_text(answer, locale)));
    html! {
        <FormDialog id="undo" title={ChangeText::UndoTitle.text(locale)} explanation={ChangeText::UndoHint.text(locale)}
            confirm={ChangeText::Undo.text(locale)} state={form.state()} on_submit={form.submit(read, &on_done, &props.on_close)}
            on_close={props.on_close.clone()} />
    }
}
