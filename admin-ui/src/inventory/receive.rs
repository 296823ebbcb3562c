//! The dialog for goods that came in.

use domain::inventory::{MOST_UNITS, ReceiveStock};
use domain::message::Message;
use yew::prelude::*;

use super::numbers::{StockDialogProps, outcome, required, units};
use super::{StockText, name_of};
use crate::kit::{FormDialog, KitText, Request, lens, use_form, use_locale, wrong};

#[derive(Clone, Default)]
struct Draft {
    quantity: String,
    note: String,
}

/// Asks how many units came in.
#[component]
pub(super) fn ReceiveDialog(props: &StockDialogProps) -> Html {
    let locale = use_locale();
    let form = use_form(Draft::default);
    let (variant_id, product) = (props.row.variant_id, name_of(&props.row, locale));

    let read = {
        let product = product.clone();
        move |draft: &Draft| {
            let not = Message::NotAQuantity { most: MOST_UNITS };
            let quantity = required(&draft.quantity, came, not).map_err(|message| wrong("quantity", message))?;
            let said = StockText::Received { count: quantity, product: product.clone() }.text(locale);
            Ok(Request::new(ReceiveStock { variant_id, quantity, note: draft.note.trim().to_owned() }, said))
        }
    };
    let outcome = outcome(&props.row, came(&form.draft().quantity).map(i64::from));
    html! {
        <FormDialog id="receive" title={StockText::ReceiveFor { product }.text(locale)}
            explanation={outcome.text(locale)} confirm={KitText::Save.text(locale)} state={form.state()}
            on_submit={form.submit(read, &props.on_done, &props.on_close)} on_close={props.on_close.clone()}>
            { form.input("receive-quantity", "quantity", StockText::Quantity.text(locale), lens!(quantity))
                .whole()
                .first()
                .hint(StockText::QuantityHint.text(locale)) }
            { form.input("receive-note", "note", StockText::Note.text(locale), lens!(note))
                .hint(StockText::NoteHint.text(locale)) }
        </FormDialog>
    }
}

/// Nothing that came in is no delivery.
fn came(typed: &str) -> Option<u32> {
    units(typed).filter(|count| *count > 0)
}
