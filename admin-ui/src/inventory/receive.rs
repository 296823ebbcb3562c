//! The dialog for goods that came in.

use domain::inventory::{MOST_UNITS, ReceiveStock, StockRow};
use domain::message::Message;
use yew::prelude::*;

use super::numbers::units;
use crate::act::{ActDialog, set, use_acting};
use crate::desk::use_desk;
use crate::field::Field;
use crate::inventory::name_of;
use crate::texts::StockText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ReceiveDialogProps {
    pub(crate) row: StockRow,
    pub(crate) on_close: Callback<()>,
    pub(crate) on_done: Callback<StockRow>,
}

/// Asks how many units came in.
#[component]
pub(crate) fn ReceiveDialog(props: &ReceiveDialogProps) -> Html {
    let locale = use_desk().locale;
    let (quantity, note) = (use_state(String::new), use_state(String::new));
    let acting = use_acting(props.on_done.clone(), props.on_close.clone());
    let came = units(&quantity).filter(|count| *count > 0);

    let on_submit = {
        let (row, note, acting) = (props.row.clone(), note.clone(), acting.clone());
        let is_empty = quantity.trim().is_empty();
        Callback::from(move |()| {
            let Some(count) = came else {
                let wrong = if is_empty { Message::Required } else { Message::NotAQuantity { most: MOST_UNITS } };
                acting.refuse("quantity", wrong);
                return;
            };
            let said = StockText::Received { count, product: name_of(&row, locale) }.text(locale);
            let request = ReceiveStock { variant_id: row.variant_id, quantity: count, note: note.trim().to_owned() };
            acting.send(request, said);
        })
    };
    let stock = props.row.stock;
    let outcome = match came {
        Some(count) => StockText::After {
            on_hand: i64::from(stock.on_hand) + i64::from(count),
            available: i64::from(stock.available()) + i64::from(count),
        },
        None => StockText::Before { on_hand: stock.on_hand, available: stock.available() },
    };
    html! {
        <ActDialog id="receive" title={StockText::ReceiveFor { product: name_of(&props.row, locale) }.text(locale)}
            explanation={outcome.text(locale)} confirm={StockText::Save.text(locale)} look="is-primary"
            problem={acting.problem()} is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            <Field id="receive-quantity" label={StockText::Quantity.text(locale)} value={(*quantity).clone()}
                on_change={set(&quantity)} inputmode="numeric" is_first={true}
                hint={Some(AttrValue::from(StockText::QuantityHint.text(locale)))} error={acting.error("quantity")} />
            <Field id="receive-note" label={StockText::Note.text(locale)} value={(*note).clone()} on_change={set(&note)}
                hint={Some(AttrValue::from(StockText::NoteHint.text(locale)))} error={acting.error("note")} />
        </ActDialog>
    }
}
