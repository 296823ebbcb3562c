//! The table of variants, which is filled in like a spreadsheet.

use std::rc::Rc;

use domain::catalog::StoredProduct;
use domain::catalog::suggest::sku_of;
use domain::inventory::Stock;
use yew::prelude::*;

use super::cells::{Column, path};
use super::draft::Draft;
use super::removing::Removing;
use super::texts::EditorText;
use super::view::View;
use crate::kit::{Button, Card, Edit, Glyph, Grid, GridCell, GridColumn, GridRow, Icon};

/// Which columns are shown beside those that every shop needs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Shown {
    sale: bool,
    cost: bool,
    codes: bool,
    limits: bool,
}

/// A group of columns that can be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Group {
    Sale,
    Cost,
    Codes,
    Limits,
}

impl Shown {
    const fn has(self, group: Group) -> bool {
        match group {
            Group::Sale => self.sale,
            Group::Cost => self.cost,
            Group::Codes => self.codes,
            Group::Limits => self.limits,
        }
    }

    fn turned(mut self, group: Group) -> Self {
        let part = match group {
            Group::Sale => &mut self.sale,
            Group::Cost => &mut self.cost,
            Group::Codes => &mut self.codes,
            Group::Limits => &mut self.limits,
        };
        *part = !*part;
        self
    }

    /// What the rows make worth showing: nothing that is in use is hidden.
    pub(super) fn of(draft: &Draft) -> Self {
        let used = |column: Column| draft.rows.iter().any(|row| !row.cell(column).is_empty());
        Self { sale: used(Column::SalePrice), cost: used(Column::Cost), codes: used(Column::Barcode), limits: false }
    }

    fn columns(self) -> Vec<Column> {
        let is_shown = |column: &Column| match group_of(*column) {
            None => true,
            Some(group) => self.has(group),
        };
        Column::ALL.iter().copied().filter(is_shown).collect()
    }
}

const fn group_of(column: Column) -> Option<Group> {
    match column {
        Column::Price | Column::CompareAt | Column::Received | Column::Sku | Column::Weight => None,
        Column::SalePrice | Column::SaleFrom | Column::SaleUntil => Some(Group::Sale),
        Column::Cost => Some(Group::Cost),
        Column::Barcode => Some(Group::Codes),
        Column::Min | Column::Max | Column::Warning => Some(Group::Limits),
    }
}

/// The table with its tools.
pub(super) fn card(
    view: &View<'_>,
    shown: &UseStateHandle<Shown>,
    left_out: &UseStateHandle<usize>,
    remove: &Callback<Removing>,
) -> Html {
    // What is wrong must be seen.
    let columns: Vec<Column> = Column::ALL
        .iter()
        .copied()
        .filter(|column| {
            shown.columns().contains(column)
                || view.form.fields().iter().any(|problem| is_about(&problem.field, *column))
        })
        .collect();
    let draft = view.draft();
    let manner = view.sheet().manner;
    let edit = {
        let (form, columns, left_out) = (view.form.clone(), columns.clone(), left_out.setter());
        Callback::from(move |edits: Vec<Edit>| {
            let columns = columns.clone();
            left_out.set(0);
            form.edit(move |sheet| {
                sheet.step(None, |draft| {
                    for edit in edits {
                        let row = draft.rows.get_mut(edit.place.row);
                        if let (Some(row), Some(column)) = (row, columns.get(edit.place.column)) {
                            row.put(*column, &edit.text, manner);
                        }
                    }
                });
            });
        })
    };
    let step = |go: fn(&mut super::sheet::Sheet)| {
        let form = view.form.clone();
        Callback::from(move |()| form.edit(go))
    };
    let (back, again) = (step(super::sheet::Sheet::back), step(super::sheet::Sheet::again));
    let on_left_out = {
        let left_out = left_out.setter();
        Callback::from(move |count| left_out.set(count))
    };
    let missing =
        if draft.document.options.iter().all(|option| !option.values.is_empty()) { draft.missing() } else { 0 };
    let complete = view.change(move |draft: &mut Draft, _: MouseEvent| {
        // What would be too many stays as it is, and the number says so.
        let _ = draft.complete(manner);
    });
    let toggle = |group: Group, label: EditorText, id: &'static str| {
        let shown = shown.clone();
        let is_on = shown.has(group);
        html! {
            <button type="button" {id} class="segment" aria-pressed={is_on.to_string()}
                onclick={Callback::from(move |_: MouseEvent| shown.set(shown.turned(group)))}>{ view.say(label) }</button>
        }
    };
    html! {
        <Card id="product-variants" class="is-variants" title={view.say(EditorText::Variants)} has_head={true} aside={html! {
            <div class="grid-tools">
                <div class="segments" role="group" aria-label={view.say(EditorText::Columns)}>
                    { toggle(Group::Sale, EditorText::SaleColumns, "show-sale") }
                    { toggle(Group::Cost, EditorText::CostColumns, "show-cost") }
                    { toggle(Group::Codes, EditorText::CodeColumns, "show-codes") }
                    { toggle(Group::Limits, EditorText::LimitColumns, "show-limits") }
                </div>
                if view.sheet().can_go_back() {
                    <Button id="grid-undo" is_small={true} icon={Glyph::Undo} text={view.say(EditorText::UndoStep)}
                        onclick={back.reform(|_: MouseEvent| ())} />
                }
            </div>
        }}>
            <Grid id="variants" label={view.say(EditorText::VariantsTable)} row_head={view.say(EditorText::Variant)}
                after_head={view.say(EditorText::RowTools)} columns={Rc::new(heads(view, &columns))}
                rows={Rc::new(rows(view, &columns, remove))} on_edit={edit} on_undo={back} on_redo={again} {on_left_out} />
            <div class="grid-foot">
                <p class="quiet">{ view.say(EditorText::GridHint) }</p>
                <p role="status" data-test="left-out">
                    if **left_out > 0 { { view.say(EditorText::LeftOut { count: **left_out }) } }
                </p>
                if missing > 0 {
                    <Button id="complete-variants" is_small={true} icon={Glyph::Plus}
                        text={view.say(EditorText::Complete { count: missing })} onclick={complete} />
                }
                { view.error_line("variants") }
            </div>
        </Card>
    }
}

fn is_about(field: &str, column: Column) -> bool {
    field.starts_with("variants[") && field.split_once("].").is_some_and(|(_, rest)| rest == column.field())
}

fn heads(view: &View<'_>, columns: &[Column]) -> Vec<GridColumn> {
    let head = |column: &Column| {
        let (head, hint, class, is_number) = match column {
            Column::Price => (EditorText::Price, None, "is-money", true),
            Column::CompareAt => (EditorText::CompareAt, Some(EditorText::CompareAtHint), "is-money", true),
            Column::SalePrice => (EditorText::SalePrice, Some(EditorText::SalePriceHint), "is-money", true),
            Column::SaleFrom => (EditorText::SaleFrom, Some(EditorText::SaleDatesHint), "is-time", false),
            Column::SaleUntil => (EditorText::SaleUntil, Some(EditorText::SaleDatesHint), "is-time", false),
            Column::Cost => (EditorText::Cost, Some(EditorText::CostHint), "is-money", true),
            Column::Received if view.sheet().stored.is_none() => (EditorText::FirstStock, None, "is-count", true),
            Column::Received => (EditorText::ReceivedUnits, Some(EditorText::ReceivedHint), "is-count", true),
            Column::Sku => (EditorText::Sku, Some(EditorText::SkuHint), "is-code", false),
            Column::Barcode => (EditorText::Barcode, None, "is-code", false),
            Column::Weight => (EditorText::Weight, None, "is-count", true),
            Column::Min => (EditorText::Fewest, None, "is-count", true),
            Column::Max => (EditorText::Most, None, "is-count", true),
            Column::Warning => (EditorText::WarnAt, Some(EditorText::WarnAtHint), "is-count", true),
        };
        GridColumn { head: view.say(head).into(), hint: hint.map(|hint| view.say(hint).into()), is_number, class }
    };
    columns.iter().map(head).collect()
}

fn rows(view: &View<'_>, columns: &[Column], remove: &Callback<Removing>) -> Vec<GridRow> {
    let draft = view.draft();
    let stored = view.sheet().stored.as_deref();
    let document = draft.glimpse(view.sheet().manner);
    let row = |(at, row): (usize, &super::cells::RowDraft)| {
        let variant = document.variants.get(at);
        let stock = variant.and_then(|variant| stock_of(stored, variant.id?));
        let cell = |column: &Column| {
            // What it will be called when nobody calls it otherwise.
            let is_suggested = *column == Column::Sku;
            let placeholder = variant.filter(|_| is_suggested).map(|variant| sku_of(&document, variant).into());
            let error = view.error(&path(at, *column)).map(|error| error.text(view.locale()).into());
            GridCell { text: row.cell(*column).to_owned().into(), placeholder, error }
        };
        let name = match draft.name_of(at, view.locale()) {
            name if name.is_empty() => view.say(EditorText::TheProduct),
            name => name,
        };
        let on_hand = stock.map(|stock| view.say(EditorText::OnHand { units: stock.on_hand }));
        let after = html! {
            <>
                { picture_choice(view, at) }
                if draft.rows.len() > 1 {
                    { super::options::tool(view.say(EditorText::RemoveVariant { name: name.clone() }), Glyph::Close,
                        remove.reform(move |_: MouseEvent| Removing::Variant(at))) }
                }
            </>
        };
        let before = html! {
            <>
                { swatch(&document, at) }
                if let Some(on_hand) = on_hand { <small class="quiet numbers" data-test="on-hand">{ on_hand }</small> }
            </>
        };
        GridRow { key: row.key, head: name.into(), before, cells: columns.iter().map(cell).collect(), after }
    };
    draft.rows.iter().enumerate().map(row).collect()
}

/// The colour of the variant's first value that has one.
fn swatch(document: &domain::catalog::ProductDocument, at: usize) -> Html {
    let values = document.variants.get(at).map(|variant| variant.values.as_slice()).unwrap_or_default();
    let mut chosen =
        values.iter().zip(&document.options).filter_map(|(at, option)| option.values.get(*at)?.swatch.clone());
    match chosen.next() {
        // An attribute of a drawing: the window lets no style be written into its elements.
        Some(colour) => html! {
            <svg class="dot-swatch" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7.5" fill={colour} /></svg>
        },
        None => Html::default(),
    }
}

/// Which picture a variant shows; nothing to choose as long as there is only one.
fn picture_choice(view: &View<'_>, at: usize) -> Html {
    let draft = view.draft();
    let pictures = draft.document.pictures.len();
    if pictures < 2 {
        return Html::default();
    }
    let chosen = draft.document.variants.get(at).and_then(|variant| variant.picture);
    let name = match draft.name_of(at, view.locale()) {
        name if name.is_empty() => view.say(EditorText::TheProduct),
        name => name,
    };
    let onchange = view.change(move |draft: &mut Draft, event: Event| {
        use wasm_bindgen::JsCast;
        let select = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlSelectElement>().ok());
        if let (Some(select), Some(variant)) = (select, draft.document.variants.get_mut(at)) {
            variant.picture = select.value().parse().ok();
        }
    });
    html! {
        <span class="picture-choice">
            <Icon of={Glyph::NoPicture} />
            <select aria-label={view.say(EditorText::PictureOf { name })} {onchange}>
                <option value="" selected={chosen.is_none()}>{ view.say(EditorText::PictureByItself) }</option>
                for place in 0..pictures {
                    <option value={place.to_string()} selected={chosen == Some(place)}>{ place + 1 }</option>
                }
            </select>
        </span>
    }
}

fn stock_of(stored: Option<&StoredProduct>, id: domain::catalog::VariantId) -> Option<&Stock> {
    let stored = stored?;
    let at = stored.document.variants.iter().position(|variant| variant.id == Some(id))?;
    stored.stock.get(at)
}
