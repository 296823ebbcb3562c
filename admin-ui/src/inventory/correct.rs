//! The dialog that corrects the number on hand by a difference: breakage, loss, a find.

use domain::inventory::{CorrectStock, MOST_UNITS};
use domain::message::Message;
use yew::prelude::*;

use super::numbers::{StockDialogProps, difference, outcome, required};
use super::{StockText, name_of};
use crate::kit::{FormDialog, KitText, Request, lens, use_form, use_locale, wrong};

#[derive(Clone, Default)]
struct Draft {
    delta: String,
    note: String,
}

/// Asks by how many units, and why.
#[component]
pub(super) fn CorrectDialog(props: &StockDialogProps) -> Html {
    let locale = use_locale();
    let form = use_form(Draft::default);
    let (variant_id, product) = (props.row.variant_id, name_of(&props.row, locale));

    let read = {
        let product = product.clone();
        move |draft: &Draft| {
            let not = Message::NotADifference { most: MOST_UNITS };
            let delta = required(&draft.delta, difference, not).map_err(|message| wrong("delta", message))?;
            let said = StockText::Corrected { product: product.clone() }.text(locale);
            Ok(Request::new(CorrectStock { variant_id, delta, note: draft.note.trim().to_owned() }, said))
        }
    };
    let delta = difference(&form.draft().delta);
    html! {
        <FormDialog id="correct" title={StockText::CorrectFor { product }.text(locale)}
            explanation={outcome(&props.row, delta.map(i64::from)).text(locale)} confirm={KitText::Save.text(locale)}
            state={form.state()} on_submit={form.submit(read, &props.on_done, &props.on_close)}
            on_close={props.on_close.clone()}>
            { form.input("correct-delta", "delta", StockText::Difference.text(locale), lens!(delta))
                .first()
                .hint(StockText::DifferenceHint.text(locale)) }
            { form.input("correct-note", "note", StockText::Why.text(locale), lens!(note))
                .hint(StockText::WhyHint.text(locale)) }
        </FormDialog>
    }
}
