//! Counting, one variant after the other: the SKU is scanned, typed or found by name, then the number.
//!
//! A scanner ends with Enter, which leads from the SKU to the number, and from the number back to the next SKU.

use domain::id::StockTakeId;
use domain::inventory::stock_takes::{CountInStockTake, StockTake};
use domain::inventory::{ListStock, MOST_UNITS, StockFilter, StockRow};
use domain::message::Message;
use domain::page::PageNumber;
use domain::problem::{FieldProblem, Problem};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, window};
use yew::prelude::*;

use crate::act::set;
use crate::desk::use_locale;
use crate::field::{Field, error_of};
use crate::icon::{Glyph, Icon};
use crate::inventory::name_of;
use crate::inventory::numbers::units;
use crate::ipc::{self, use_command};
use crate::problem_box::ProblemLine;
use crate::texts::TakeText;

/// How many finds are offered.
const OFFERED: usize = 6;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct EntryProps {
    pub(super) take: StockTakeId,
    /// What stands in the field for the SKU.
    pub(super) sku: AttrValue,
    pub(super) on_sku: Callback<String>,
    pub(super) on_counted: Callback<StockTake>,
}

/// The line in which one counts.
#[component]
pub(super) fn Entry(props: &EntryProps) -> Html {
    let locale = use_locale();
    let counted = use_state(String::new);
    let problem = use_state(|| None::<Problem>);
    let is_working = use_state(|| false);
    let last = use_state(|| None::<(String, u32)>);

    let onsubmit = {
        let (props, counted, last) = (props.clone(), counted.clone(), last.setter());
        let (problem, is_working) = (problem.setter(), is_working.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let refuse = |field: &str, message: Message| {
                problem.set(Some(Problem::invalid(vec![FieldProblem::new(field, message)])));
            };
            let sku = props.sku.trim().to_uppercase();
            if *is_working {
                return;
            }
            if sku.is_empty() {
                refuse("sku", Message::Required);
                return focus("take-sku");
            }
            if counted.trim().is_empty() {
                problem.set(None);
                return focus("take-counted");
            }
            let Some(count) = units(&counted) else {
                return refuse("counted", Message::NotAQuantity { most: MOST_UNITS });
            };
            let request = CountInStockTake { stock_take_id: props.take, sku: sku.clone(), counted: count };
            let (props, counted, last) = (props.clone(), counted.clone(), last.clone());
            let (problem, is_working) = (problem.clone(), is_working.setter());
            is_working.set(true);
            spawn_local(async move {
                match ipc::call(&request).await {
                    Ok(take) => {
                        problem.set(None);
                        last.set(Some((sku, count)));
                        counted.set(String::new());
                        props.on_sku.emit(String::new());
                        props.on_counted.emit(take);
                        focus("take-sku");
                    }
                    Err(refusal) => problem.set(Some(refusal)),
                }
                is_working.set(false);
            });
        })
    };
    let on_pick = {
        let on_sku = props.on_sku.clone();
        Callback::from(move |sku: String| {
            on_sku.emit(sku);
            focus("take-counted");
        })
    };
    let fields = problem.as_ref().map(|problem| problem.fields.clone()).unwrap_or_default();
    html! {
        <section class="card take-entry" aria-labelledby="take-entry-title">
            <h2 id="take-entry-title" class="section-title">{ TakeText::Entry.text(locale) }</h2>
            <form {onsubmit} novalidate={true} class="take-form">
                <Field id="take-sku" label={TakeText::Sku.text(locale)} value={props.sku.clone()}
                    on_change={props.on_sku.clone()} is_first={true}
                    hint={Some(AttrValue::from(TakeText::SkuHint.text(locale)))} error={error_of(&fields, "sku")} />
                <Field id="take-counted" label={TakeText::Count.text(locale)} value={(*counted).clone()}
                    on_change={set(&counted)} inputmode="numeric"
                    hint={Some(AttrValue::from(TakeText::CountHint.text(locale)))} error={error_of(&fields, "counted")} />
                <button type="submit" class="button is-primary" id="take-record" aria-disabled={is_working.to_string()}>
                    { TakeText::Record.text(locale) }
                </button>
            </form>
            if props.sku.trim().chars().count() > 1 { <Finds text={props.sku.clone()} {on_pick} /> }
            if let Some(problem) = problem.as_ref().filter(|problem| problem.fields.is_empty()) {
                <ProblemLine problem={problem.clone()} />
            }
            <p class="quiet" role="status" data-test="last-count">
                if let Some((sku, count)) = &*last {
                    { TakeText::Recorded { sku: sku.clone(), count: *count }.text(locale) }
                }
            </p>
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct FindsProps {
    text: AttrValue,
    on_pick: Callback<String>,
}

/// The variants that a text finds; of the one whose SKU it is, the name.
#[component]
fn Finds(props: &FindsProps) -> Html {
    let locale = use_locale();
    let text = props.text.trim().to_owned();
    let request = ListStock { search: Some(text.clone()), filter: StockFilter::All, page: PageNumber::FIRST };
    let asked = use_command(request, 0);
    let Some(Ok(page)) = asked.answer.as_deref() else { return Html::default() };
    if let Some(row) = page.rows.iter().find(|row| row.sku.eq_ignore_ascii_case(&text)) {
        return html! { <p class="take-found" data-test="take-found"><Icon of={Glyph::Done} />{ name_of(row, locale) }</p> };
    }
    if page.rows.is_empty() {
        return html! { <p class="quiet" data-test="take-none">{ TakeText::NoneFound.text(locale) }</p> };
    }
    // Descriptions are searched too; what bears the words in its name comes first.
    let wanted = text.to_lowercase();
    let mut found: Vec<&StockRow> = page.rows.iter().collect();
    found.sort_by_key(|row| !name_of(row, locale).to_lowercase().contains(&wanted));
    let offer = |row: &StockRow| {
        let pick = {
            let sku = row.sku.clone();
            props.on_pick.reform(move |_: MouseEvent| sku.clone())
        };
        html! {
            <li key={row.sku.clone()}>
                <button type="button" class="find" data-sku={row.sku.clone()} onclick={pick}>
                    <span>{ name_of(row, locale) }</span><span class="quiet mono">{ &row.sku }</span>
                </button>
            </li>
        }
    };
    html! {
        <ul class="finds" id="take-finds" aria-label={TakeText::Finds.text(locale)}>
            for row in found.into_iter().take(OFFERED) { { offer(row) } }
        </ul>
    }
}

/// Moves the cursor into a field, with what stands there marked.
fn focus(id: &str) {
    let element = window().and_then(|window| window.document()).and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
