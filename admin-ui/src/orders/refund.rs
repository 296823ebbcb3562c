//! The dialog that gives money back: an amount, and why.

use domain::money::Money;
use domain::orders::OrderDetail;
use domain::payments::{RefundOrder, RefundWhat};
use yew::prelude::*;

use crate::act::{ActDialog, fresh_key, set, use_acting};
use crate::amount::grouped;
use crate::desk::use_desk;
use crate::field::Field;
use crate::texts::OrderText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct RefundDialogProps {
    pub(super) order: OrderDetail,
    pub(super) on_moved: Callback<OrderDetail>,
    pub(super) on_close: Callback<()>,
}

/// Asks how much goes back and why; all that is left is proposed.
#[component]
pub(super) fn RefundDialog(props: &RefundDialogProps) -> Html {
    let locale = use_desk().locale;
    let key = use_state(fresh_key);
    let currency = props.order.currency;
    let left = props.order.balance.left();
    let amount = use_state(|| left.digits(currency));
    let reason = use_state(String::new);
    let acting = use_acting(props.on_moved.clone(), props.on_close.clone());

    let on_submit = {
        let (props, key) = (props.clone(), key.clone());
        let (amount, reason) = (amount.clone(), reason.clone());
        let acting = acting.clone();
        Callback::from(move |()| {
            let wanted = match Money::read(&amount, currency) {
                Ok(wanted) => wanted,
                Err(message) => return acting.refuse("amount", message),
            };
            let request = RefundOrder {
                order_id: props.order.id,
                what: RefundWhat::Amount(wanted),
                reason: (*reason).clone(),
                key: (*key).clone(),
            };
            let said = OrderText::DoneRefunded { amount: wanted.display(currency) }.text(locale);
            acting.send(request, said);
        })
    };
    let on_amount = set(&amount).reform(move |typed: String| grouped(&typed, currency));
    let hint = OrderText::RefundHint { left: left.display(currency) }.text(locale);
    html! {
        <ActDialog title={OrderText::RefundAsk { number: props.order.number.clone() }.text(locale)}
            explanation={OrderText::RefundExplain.text(locale)} confirm={OrderText::RefundConfirm.text(locale)} look="is-bad"
            problem={acting.problem()} is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            <div class="with-unit">
                <span class="unit" aria-hidden="true">{ currency.symbol() }</span>
                <Field id="refund-amount" label={OrderText::RefundAmount.text(locale)} value={(*amount).clone()}
                    on_change={on_amount} is_first={true} inputmode="decimal" hint={Some(AttrValue::from(hint))}
                    error={acting.error("amount")} />
            </div>
            <Field id="step-line" label={OrderText::Reason.text(locale)} value={(*reason).clone()} on_change={set(&reason)}
                is_long={true} hint={Some(AttrValue::from(OrderText::RefundReasonHint.text(locale)))}
                error={acting.error("reason")} />
        </ActDialog>
    }
}
