//! The dialog for goods that came in.

use domain::inventory::{ReceiveStock, StockRow};
use domain::message::Message;
use domain::problem::{FieldProblem, Problem};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::use_desk;
use crate::dialog::Dialog;
use crate::field::{Field, error_of};
use crate::inventory::name_of;
use crate::ipc;
use crate::problem_box::ProblemLine;
use crate::texts::StockText;
use crate::toasts::{ToastMove, use_toaster};

/// The most that one delivery can bring.
const MOST: u32 = 1_000_000;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ReceiveDialogProps {
    pub(crate) row: StockRow,
    pub(crate) on_close: Callback<()>,
    pub(crate) on_received: Callback<()>,
}

/// Asks how many units came in.
#[component]
pub(crate) fn ReceiveDialog(props: &ReceiveDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let toaster = use_toaster();
    let quantity = use_state(String::new);
    let note = use_state(String::new);
    let problem = use_state(|| None::<Problem>);
    let is_working = use_state(|| false);

    let onsubmit = {
        let (props, quantity, note) = (props.clone(), quantity.clone(), note.clone());
        let (problem, is_working) = (problem.clone(), is_working.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *is_working {
                return;
            }
            let Some(count) = units(&quantity) else {
                let message =
                    if quantity.trim().is_empty() { Message::Required } else { Message::NotAQuantity { most: MOST } };
                problem.set(Some(Problem::invalid(vec![FieldProblem::new("quantity", message)])));
                return;
            };
            let request =
                ReceiveStock { variant_id: props.row.variant_id, quantity: count, note: note.trim().to_owned() };
            let said = StockText::Received { count, product: name_of(&props.row, locale) }.text(locale);
            let (props, problem, is_working) = (props.clone(), problem.setter(), is_working.setter());
            let toaster = toaster.clone();
            is_working.set(true);
            spawn_local(async move {
                match ipc::call(&request).await {
                    Ok(_) => {
                        toaster.dispatch(ToastMove::Done(said));
                        props.on_received.emit(());
                        props.on_close.emit(());
                    }
                    Err(refusal) => {
                        problem.set(Some(refusal));
                        is_working.set(false);
                    }
                }
            });
        })
    };
    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    let stock = props.row.stock;
    let outcome = match units(&quantity) {
        Some(count) => StockText::ReceiveAfter {
            on_hand: u64::from(stock.on_hand) + u64::from(count),
            available: u64::from(stock.available()) + u64::from(count),
        },
        None => StockText::ReceiveExplain { on_hand: stock.on_hand, available: stock.available() },
    };
    let fields = problem.as_ref().map(|problem| problem.fields.clone()).unwrap_or_default();
    let keep = props.on_close.reform(|_: MouseEvent| ());
    let title = StockText::ReceiveFor { product: name_of(&props.row, locale) }.text(locale);
    html! {
        <Dialog id="receive-dialog" {title} on_close={props.on_close.clone()}>
            <form {onsubmit} novalidate={true}>
                <p class="numbers" aria-live="polite">{ outcome.text(locale) }</p>
                <Field id="receive-quantity" label={StockText::Quantity.text(locale)} value={(*quantity).clone()}
                    on_change={set(&quantity)}
                    inputmode="numeric" is_first={true}
                    hint={Some(AttrValue::from(StockText::QuantityHint.text(locale)))}
                    error={error_of(&fields, "quantity")} />
                <Field id="receive-note" label={StockText::Note.text(locale)} value={(*note).clone()}
                    on_change={set(&note)}
                    hint={Some(AttrValue::from(StockText::NoteHint.text(locale)))} error={error_of(&fields, "note")} />
                if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
                <div class="buttons is-end">
                    <button type="button" class="button" id="receive-keep" onclick={keep}>
                        { StockText::Cancel.text(locale) }
                    </button>
                    <button type="submit" class="button is-primary" id="receive-confirm"
                        aria-disabled={is_working.to_string()}>
                        { if *is_working { StockText::Saving } else { StockText::Save }.text(locale) }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// How many units were typed; marks between thousands are welcome, halves are not.
fn units(typed: &str) -> Option<u32> {
    let groups: Vec<&str> = typed.trim().split(['.', ',', ' ', '\u{a0}']).collect();
    let is_grouped = groups.iter().skip(1).all(|group| group.len() == 3);
    let digits = groups.concat();
    let is_number = is_grouped && digits.chars().all(|c| c.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten().filter(|count| (1..=MOST).contains(count))
}

#[cfg(test)]
mod tests {
    use super::units;

    #[test]
    fn only_whole_numbers_of_units_come_in() {
        for (typed, expected) in [("12", Some(12)), (" 1.000 ", Some(1_000)), ("1,000,000", Some(1_000_000))] {
            assert_eq!(units(typed), expected, "{typed}");
        }
        for typed in ["", "0", "-1", "+1", "1.5", "1,50", "1000001", "twelve", "99999999999", "."] {
            assert_eq!(units(typed), None, "{typed}");
        }
    }
}
