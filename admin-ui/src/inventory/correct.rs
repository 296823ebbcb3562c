//! The dialog that corrects the number on hand by a difference: breakage, loss, a find.

use domain::inventory::{CorrectStock, MOST_UNITS, StockRow};
use domain::message::Message;
use yew::prelude::*;

use super::numbers::difference;
use crate::act::{ActDialog, set, use_acting};
use crate::desk::use_desk;
use crate::field::Field;
use crate::inventory::name_of;
use crate::texts::StockText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct CorrectDialogProps {
    pub(super) row: StockRow,
    pub(super) on_close: Callback<()>,
    pub(super) on_done: Callback<StockRow>,
}

/// Asks by how many units, and why.
#[component]
pub(super) fn CorrectDialog(props: &CorrectDialogProps) -> Html {
    let locale = use_desk().locale;
    let (typed, note) = (use_state(String::new), use_state(String::new));
    let acting = use_acting(props.on_done.clone(), props.on_close.clone());
    let delta = difference(&typed);

    let on_submit = {
        let (row, note, acting) = (props.row.clone(), note.clone(), acting.clone());
        let is_empty = typed.trim().is_empty();
        Callback::from(move |()| {
            let Some(delta) = delta else {
                let wrong = if is_empty { Message::Required } else { Message::NotADifference { most: MOST_UNITS } };
                acting.refuse("delta", wrong);
                return;
            };
            let said = StockText::Corrected { product: name_of(&row, locale) }.text(locale);
            acting.send(CorrectStock { variant_id: row.variant_id, delta, note: note.trim().to_owned() }, said);
        })
    };
    let stock = props.row.stock;
    let outcome = match delta {
        Some(delta) => StockText::After {
            on_hand: i64::from(stock.on_hand) + i64::from(delta),
            available: i64::from(stock.available()) + i64::from(delta),
        },
        None => StockText::Before { on_hand: stock.on_hand, available: stock.available() },
    };
    html! {
        <ActDialog id="correct" title={StockText::CorrectFor { product: name_of(&props.row, locale) }.text(locale)}
            explanation={outcome.text(locale)} confirm={StockText::Save.text(locale)} look="is-primary"
            problem={acting.problem()} is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            <Field id="correct-delta" label={StockText::Difference.text(locale)} value={(*typed).clone()}
                on_change={set(&typed)} is_first={true}
                hint={Some(AttrValue::from(StockText::DifferenceHint.text(locale)))} error={acting.error("delta")} />
            <Field id="correct-note" label={StockText::Why.text(locale)} value={(*note).clone()} on_change={set(&note)}
                hint={Some(AttrValue::from(StockText::WhyHint.text(locale)))} error={acting.error("note")} />
        </ActDialog>
    }
}
