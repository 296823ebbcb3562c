//! The dialog for a variant's limits: when to warn, and how many units one order may have.

use domain::inventory::{MOST_AN_ORDER, MOST_UNITS, SetStockLimits};
use domain::message::Message;
use yew::prelude::*;

use super::numbers::{StockDialogProps, units};
use super::{StockText, name_of};
use crate::kit::{FormDialog, KitText, Request, lens, use_form, use_locale, wrong};

#[derive(Clone)]
struct Draft {
    low: String,
    fewest: String,
    most: String,
}

/// Asks for the three numbers; those that hold now are proposed.
#[component]
pub(super) fn LimitsDialog(props: &StockDialogProps) -> Html {
    let locale = use_locale();
    let row = &props.row;
    let form = use_form(|| Draft {
        low: row.stock.low_stock_limit.to_string(),
        fewest: row.min_quantity.to_string(),
        most: row.max_quantity.to_string(),
    });
    let (variant_id, product) = (row.variant_id, name_of(row, locale));

    let read = {
        let product = product.clone();
        move |draft: &Draft| {
            let number = |field: &str, typed: &str, most: u32| {
                units(typed).ok_or_else(|| wrong(field, Message::NotAQuantity { most }))
            };
            let request = SetStockLimits {
                variant_id,
                low_stock_limit: number("low_stock_limit", &draft.low, MOST_UNITS)?,
                min_quantity: number("min_quantity", &draft.fewest, MOST_AN_ORDER)?,
                max_quantity: number("max_quantity", &draft.most, MOST_AN_ORDER)?,
            };
            Ok(Request::new(request, StockText::LimitsSaved { product: product.clone() }.text(locale)))
        }
    };
    html! {
        <FormDialog id="limits" title={StockText::LimitsFor { product }.text(locale)}
            explanation={StockText::LimitsExplain.text(locale)} confirm={KitText::Save.text(locale)} state={form.state()}
            on_submit={form.submit(read, &props.on_done, &props.on_close)} on_close={props.on_close.clone()}>
            { form.input("limits-low", "low_stock_limit", StockText::LowLimit.text(locale), lens!(low))
                .whole()
                .first()
                .hint(StockText::LowLimitHint.text(locale)) }
            <div class="field-pair">
                { form.input("limits-fewest", "min_quantity", StockText::Fewest.text(locale), lens!(fewest))
                    .whole()
                    .hint(StockText::FewestHint.text(locale)) }
                { form.input("limits-most", "max_quantity", StockText::Most.text(locale), lens!(most))
                    .whole()
                    .hint(StockText::MostHint.text(locale)) }
            </div>
        </FormDialog>
    }
}
