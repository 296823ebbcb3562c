//! One change: what it did to each product, and what its undoing gave back or left as it is, and why.

use domain::catalog::{ChangeState, ChangedProduct, Did, GetChange, KeptField, ProductId, UndoVerdict};
use yew::prelude::*;

use super::words::what_text;
use super::{UndoDialog, button, state};
use crate::catalog::fields::{field_of, shown};
use crate::catalog::products::changes;
use crate::catalog::texts::ChangeText;
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Back, Column, Empty, Glyph, KitText, List, Row, Screen, Tab, Table, Tabs, use_dialog, use_walk};
use crate::screens::{Change, Changes};

/// The screen.
#[component]
pub(crate) fn ChangeScreen(props: &Change) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let walk = use_walk(props.after.as_ref());
    let asked = use_command(GetChange { change_id: props.id, only_kept: props.kept, after: props.after });
    let undoing = use_dialog();
    let change = asked.reply().map(|detail| &detail.change);
    let title = change.map_or_else(|| KitText::Loading.text(locale), |change| what_text(&change.what, &desk));
    let at = |after: Option<ProductId>| Change { after, ..props.clone() }.href();
    let pager = asked.reply().map(|detail| walk.pager(detail.next, at)).unwrap_or_default();
    let is_undone = change.is_some_and(|change| matches!(change.state, ChangeState::Undone { .. }));
    let tab = |kept: bool, id: &'static str, text: ChangeText| {
        Tab::new(id, Change { kept, after: None, ..props.clone() }.href(), text.text(locale), kept == props.kept)
    };
    let head = |text: ChangeText| text.text(locale);
    let mut columns = vec![
        Column::new(head(ChangeText::Products), |row: &ChangedProduct| row.name.get(locale).to_owned()).bone(7),
        Column::new(head(ChangeText::What), |row: &ChangedProduct| did(row, &desk)).bone(9).test("did"),
    ];
    if is_undone {
        columns.push(
            Column::new(head(ChangeText::Result), |row: &ChangedProduct| undone(row, &desk)).bone(9).test("undone"),
        );
    }
    let row = |row: &ChangedProduct| Row::new(row.product_id).data("data-product", row.product_id.to_string());
    let table = Table::new("changed-rows", "is-imported", head(ChangeText::Products), columns, row);
    let nothing = || {
        html! { <Empty icon={Glyph::Inbox} title={ChangeText::IsBack.text(locale)} hint={ChangeText::Hint.text(locale)} /> }
    };
    let list = List::new(&asked, |detail| &detail.products, table, nothing).foot(pager);
    let tools = change.map(|change| button(change, &undoing.open(), &desk)).unwrap_or_default();
    let aside = change.map(|change| state(change, &desk)).unwrap_or_default();
    html! {
        <>
            <Back id="back-to-changes" href={Changes::default().href()} text={ChangeText::BackToChanges.text(locale)} />
            <Screen id="change" {title} {aside} {tools}>
                if is_undone {
                    <Tabs label={ChangeText::Details.text(locale)} tabs={vec![
                        tab(false, "change-all", ChangeText::EachProduct), tab(true, "change-kept", ChangeText::OnlyKept),
                    ]} />
                }
                { list.draw(locale) }
                if let Some(change_id) = undoing.what() {
                    <UndoDialog change_id={*change_id} on_done={asked.again.clone()} on_close={undoing.close()} />
                }
            </Screen>
        </>
    }
}

fn did(row: &ChangedProduct, desk: &Desk) -> Html {
    match &row.did {
        Did::Created => html! { { ChangeText::Created.text(desk.locale) } },
        Did::Deleted => html! { { ChangeText::Deleted.text(desk.locale) } },
        Did::Changed(differences) => changes(differences, &row.skus, desk),
    }
}

fn undone(row: &ChangedProduct, desk: &Desk) -> Html {
    let kept = |field: &KeptField| {
        let now = ChangeText::Now { value: shown(field.now.as_ref(), &field.path, desk) };
        html! {
            <li>
                <span class="change-field">{ field_of(&field.path, desk.locale) }</span>
                { now.text(desk.locale) }{ " · " }<span class="quiet">{ field.why.text(desk.locale) }</span>
            </li>
        }
    };
    match &row.undone {
        None => Html::default(),
        Some(UndoVerdict::GivenBack) => html! { { ChangeText::IsBack.text(desk.locale) } },
        Some(UndoVerdict::Kept(why)) => html! { { why.text(desk.locale) } },
        Some(UndoVerdict::Partly(fields)) => html! {
            <>
                { ChangeText::Partly.text(desk.locale) }
                <ul class="changes">for field in fields.iter() { { kept(field) } }</ul>
            </>
        },
    }
}
