//! The dialog that makes the number on hand what somebody counted, unless it has changed meanwhile.

use domain::inventory::{CountStock, MOST_UNITS, StockRow};
use domain::message::Message;
use domain::problem::Problem;
use yew::prelude::*;

use super::numbers::units;
use crate::act::{ActDialog, set, use_acting};
use crate::desk::use_desk;
use crate::field::Field;
use crate::inventory::name_of;
use crate::texts::StockText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct CountDialogProps {
    pub(super) row: StockRow,
    /// Sold, and not sent yet: on the shelf, but not on hand.
    pub(super) waiting: u32,
    pub(super) on_close: Callback<()>,
    pub(super) on_done: Callback<StockRow>,
}

/// Asks how many units there are.
#[component]
pub(super) fn CountDialog(props: &CountDialogProps) -> Html {
    let locale = use_desk().locale;
    let (typed, note) = (use_state(String::new), use_state(String::new));
    // What stood here when somebody went to count; a sale since then must not be counted away.
    let seen = use_state(|| props.row.stock.on_hand);
    let acting = use_acting(props.on_done.clone(), props.on_close.clone());
    let changed_to = acting.problem().and_then(|problem| changed_to(&problem));
    {
        let seen = seen.clone();
        use_effect_with(changed_to, move |changed_to| {
            if let Some(on_hand) = changed_to {
                seen.set(*on_hand);
            }
        });
    }

    let on_submit = {
        let (row, typed, note, acting) = (props.row.clone(), typed.clone(), note.clone(), acting.clone());
        let seen_on_hand = *seen;
        Callback::from(move |()| {
            let Some(counted) = units(&typed) else {
                let wrong = if typed.trim().is_empty() {
                    Message::Required
                } else {
                    Message::NotAQuantity { most: MOST_UNITS }
                };
                acting.refuse("counted", wrong);
                return;
            };
            let said = StockText::CountedSaid { count: counted, product: name_of(&row, locale) }.text(locale);
            let note = note.trim().to_owned();
            acting.send(CountStock { variant_id: row.variant_id, counted, seen_on_hand, note }, said);
        })
    };
    let explanation = match props.waiting {
        0 => StockText::CountExplain { on_hand: *seen },
        waiting => StockText::CountExplainWaiting { on_hand: *seen, waiting },
    };
    html! {
        <ActDialog id="count" title={StockText::CountFor { product: name_of(&props.row, locale) }.text(locale)}
            explanation={explanation.text(locale)} confirm={StockText::Save.text(locale)} look="is-primary"
            problem={acting.problem()} is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            <Field id="count-counted" label={StockText::CountedUnits.text(locale)} value={(*typed).clone()}
                on_change={set(&typed)} inputmode="numeric" is_first={true} error={acting.error("counted")} />
            <Field id="count-note" label={StockText::Note.text(locale)} value={(*note).clone()} on_change={set(&note)}
                hint={Some(AttrValue::from(StockText::MayBeEmpty.text(locale)))} error={acting.error("note")} />
        </ActDialog>
    }
}

/// The number that overtook the one somebody counted against.
fn changed_to(problem: &Problem) -> Option<u32> {
    if let Message::StockHasChanged { on_hand } = problem.message { Some(on_hand) } else { None }
}
