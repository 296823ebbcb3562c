//! Counting, one variant after the other: the SKU is scanned, typed or found by name, then the number.
//!
//! A scanner ends with Enter, which leads from the SKU to the number, and from the number back to the next SKU.

use domain::id::StockTakeId;
use domain::inventory::stock_takes::{CountInStockTake, StockTake};
use domain::inventory::{ListStock, MOST_UNITS, StockFilter, StockRow};
use domain::message::Message;
use domain::page::PageNumber;
use yew::prelude::*;

use crate::inventory::numbers::units;
use crate::inventory::{TakeText, name_of};
use crate::ipc::use_command;
use crate::kit::{Glyph, Icon, Input, ProblemLine, Request, focus, lens, use_form, use_locale, wrong};

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

#[derive(Clone, Default)]
struct Draft {
    counted: String,
    /// The SKU that was counted last, and its number.
    last: Option<(String, u32)>,
}

/// The line in which one counts.
#[component]
pub(super) fn Entry(props: &EntryProps) -> Html {
    let locale = use_locale();
    let form = use_form(Draft::default);
    let onsubmit = {
        let (form, props) = (form.clone(), props.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            let sku = props.sku.trim().to_uppercase();
            let draft = form.draft();
            if form.is_working() {
                return;
            }
            if sku.is_empty() {
                form.refuse(wrong("sku", Message::Required));
                return focus("take-sku");
            }
            if draft.counted.trim().is_empty() {
                form.forgive();
                return focus("take-counted");
            }
            let Some(counted) = units(&draft.counted) else {
                return form.refuse(wrong("counted", Message::NotAQuantity { most: MOST_UNITS }));
            };
            let request = CountInStockTake { stock_take_id: props.take, sku: sku.clone(), counted };
            let (entry, props) = (form.clone(), props.clone());
            form.send(Request::quiet(request), move |take| {
                entry.edit(move |draft| *draft = Draft { counted: String::new(), last: Some((sku, counted)) });
                props.on_sku.emit(String::new());
                props.on_counted.emit(take);
                focus("take-sku");
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
    let sku = Input::new("take-sku", TakeText::Sku.text(locale), &props.sku, props.on_sku.clone());
    html! {
        <section class="card take-entry" aria-labelledby="take-entry-title">
            <h2 id="take-entry-title" class="section-title">{ TakeText::Entry.text(locale) }</h2>
            <form {onsubmit} novalidate={true} class="take-form">
                { sku.first().hint(TakeText::SkuHint.text(locale)).error(form.error("sku")) }
                { form.input("take-counted", "counted", TakeText::Count.text(locale), lens!(counted))
                    .whole()
                    .hint(TakeText::CountHint.text(locale)) }
                <button type="submit" class="button is-primary" id="take-record" aria-disabled={form.is_working().to_string()}>
                    { TakeText::Record.text(locale) }
                </button>
            </form>
            if props.sku.trim().chars().count() > 1 { <Finds text={props.sku.clone()} {on_pick} /> }
            if let Some(problem) = form.problem().filter(|problem| problem.fields.is_empty()) {
                <ProblemLine problem={problem.clone()} />
            }
            <p class="quiet" role="status" data-test="last-count">
                if let Some((sku, count)) = &form.draft().last {
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
    let asked = use_command(request);
    let Some(page) = asked.reply() else { return Html::default() };
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
