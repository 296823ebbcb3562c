//! The dialog that makes the number on hand what somebody counted, unless it has changed meanwhile.

use domain::inventory::{CountStock, MOST_UNITS, StockRow};
use domain::message::Message;
use domain::problem::Problem;
use yew::prelude::*;

use super::numbers::{required, units};
use super::{StockText, name_of};
use crate::kit::{FormDialog, KitText, Request, lens, use_form, use_locale, wrong};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct CountDialogProps {
    pub(super) row: StockRow,
    /// Sold, and not sent yet: on the shelf, but not on hand.
    pub(super) waiting: u32,
    pub(super) on_close: Callback<()>,
    pub(super) on_done: Callback<StockRow>,
}

#[derive(Clone)]
struct Draft {
    counted: String,
    note: String,
    /// What stood here when somebody went to count; a sale since then must not be counted away.
    seen_on_hand: u32,
}

/// Asks how many units there are.
#[component]
pub(super) fn CountDialog(props: &CountDialogProps) -> Html {
    let locale = use_locale();
    let seen_on_hand = props.row.stock.on_hand;
    let form = use_form(|| Draft { counted: String::new(), note: String::new(), seen_on_hand });
    {
        let (form, changed_to) = (form.clone(), form.problem().and_then(changed_to));
        use_effect_with(changed_to, move |changed_to| {
            if let Some(on_hand) = *changed_to {
                form.edit(move |draft| draft.seen_on_hand = on_hand);
            }
        });
    }
    let (variant_id, product) = (props.row.variant_id, name_of(&props.row, locale));

    let read = {
        let product = product.clone();
        move |draft: &Draft| {
            let not = Message::NotAQuantity { most: MOST_UNITS };
            let counted = required(&draft.counted, units, not).map_err(|message| wrong("counted", message))?;
            let (note, seen_on_hand) = (draft.note.trim().to_owned(), draft.seen_on_hand);
            let said = StockText::CountedSaid { count: counted, product: product.clone() }.text(locale);
            Ok(Request::new(CountStock { variant_id, counted, seen_on_hand, note }, said))
        }
    };
    let on_hand = form.draft().seen_on_hand;
    let explanation = match props.waiting {
        0 => StockText::CountExplain { on_hand },
        waiting => StockText::CountExplainWaiting { on_hand, waiting },
    };
    html! {
        <FormDialog id="count" title={StockText::CountFor { product }.text(locale)}
            explanation={explanation.text(locale)} confirm={KitText::Save.text(locale)} state={form.state()}
            on_submit={form.submit(read, &props.on_done, &props.on_close)} on_close={props.on_close.clone()}>
            { form.input("count-counted", "counted", StockText::CountedUnits.text(locale), lens!(counted)).whole().first() }
            { form.input("count-note", "note", StockText::Note.text(locale), lens!(note))
                .hint(StockText::MayBeEmpty.text(locale)) }
        </FormDialog>
    }
}

/// The number that overtook the one somebody counted against.
fn changed_to(problem: &Problem) -> Option<u32> {
    if let Message::StockHasChanged { on_hand } = problem.message { Some(on_hand) } else { None }
}
