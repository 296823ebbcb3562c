//! The dialog for a variant's limits: when to warn, and how many units one order may have.

use domain::inventory::{MOST_AN_ORDER, MOST_UNITS, SetStockLimits, StockRow};
use domain::message::Message;
use yew::prelude::*;

use super::numbers::units;
use crate::act::{ActDialog, set, use_acting};
use crate::desk::use_desk;
use crate::field::Field;
use crate::inventory::name_of;
use crate::texts::StockText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct LimitsDialogProps {
    pub(super) row: StockRow,
    pub(super) on_close: Callback<()>,
    pub(super) on_done: Callback<StockRow>,
}

/// Asks for the three numbers; those that hold now are proposed.
#[component]
pub(super) fn LimitsDialog(props: &LimitsDialogProps) -> Html {
    let locale = use_desk().locale;
    let low = use_state(|| props.row.stock.low_stock_limit.to_string());
    let fewest = use_state(|| props.row.min_quantity.to_string());
    let most = use_state(|| props.row.max_quantity.to_string());
    let acting = use_acting(props.on_done.clone(), props.on_close.clone());

    let on_submit = {
        let (row, acting) = (props.row.clone(), acting.clone());
        let numbers = [
            ("low_stock_limit", units(&low), MOST_UNITS),
            ("min_quantity", units(&fewest), MOST_AN_ORDER),
            ("max_quantity", units(&most), MOST_AN_ORDER),
        ];
        Callback::from(move |()| {
            if let Some((field, _, most)) = numbers.iter().find(|(_, number, _)| number.is_none()) {
                acting.refuse(field, Message::NotAQuantity { most: *most });
                return;
            }
            let [low_stock_limit, min_quantity, max_quantity] =
                numbers.map(|(_, number, _)| number.unwrap_or_default());
            let said = StockText::LimitsSaved { product: name_of(&row, locale) }.text(locale);
            let variant_id = row.variant_id;
            acting.send(SetStockLimits { variant_id, low_stock_limit, min_quantity, max_quantity }, said);
        })
    };
    let field = |id: &'static str, path: &str, label: StockText, hint: StockText, state: &UseStateHandle<String>| {
        html! {
            <Field {id} label={label.text(locale)} value={(**state).clone()} on_change={set(state)} inputmode="numeric"
                is_first={path == "low_stock_limit"} hint={Some(AttrValue::from(hint.text(locale)))}
                error={acting.error(path)} />
        }
    };
    html! {
        <ActDialog id="limits" title={StockText::LimitsFor { product: name_of(&props.row, locale) }.text(locale)}
            explanation={StockText::LimitsExplain.text(locale)} confirm={StockText::Save.text(locale)} look="is-primary"
            problem={acting.problem()} is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            { field("limits-low", "low_stock_limit", StockText::LowLimit, StockText::LowLimitHint, &low) }
            <div class="field-pair">
                { field("limits-fewest", "min_quantity", StockText::Fewest, StockText::FewestHint, &fewest) }
                { field("limits-most", "max_quantity", StockText::Most, StockText::MostHint, &most) }
            </div>
        </ActDialog>
    }
}
