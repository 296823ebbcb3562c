//! The dialog that gives money back: an amount, and why.

use domain::message::Message;
use domain::money::Money;
use domain::orders::OrderDetail;
use domain::payments::{RefundOrder, RefundWhat};
use domain::problem::{FieldProblem, Problem};
use yew::prelude::*;

use super::act::{ActDialog, Acting, fresh_key};
use crate::desk::use_desk;
use crate::field::{Field, error_of};
use crate::texts::OrderText;
use crate::toasts::use_toaster;

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
    let toaster = use_toaster();
    let key = use_state(fresh_key);
    let currency = props.order.currency;
    let left = props.order.balance.left();
    let amount = use_state(|| left.get().to_string());
    let reason = use_state(String::new);
    let problem = use_state(|| None::<Problem>);
    let is_working = use_state(|| false);

    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    let on_submit = {
        let (props, toaster, key) = (props.clone(), toaster.clone(), key.clone());
        let (amount, reason) = (amount.clone(), reason.clone());
        let (problem, is_working) = (problem.setter(), is_working.setter());
        Callback::from(move |()| {
            // Dots part thousands here, and rupiah have no decimals.
            let digits: String = amount.chars().filter(|letter| !matches!(letter, '.' | ' ')).collect();
            let Ok(units) = digits.parse::<i64>() else {
                problem.set(Some(Problem::invalid(vec![FieldProblem::new("amount", Message::NotAnAmount)])));
                return;
            };
            let request = RefundOrder {
                order_id: props.order.id,
                what: RefundWhat::Amount(Money::minor(units)),
                reason: (*reason).clone(),
                key: (*key).clone(),
            };
            let said = OrderText::DoneRefunded { amount: Money::minor(units).display(currency) }.text(locale);
            let acting = Acting {
                toaster: toaster.clone(),
                on_moved: props.on_moved.clone(),
                on_close: props.on_close.clone(),
                problem: problem.clone(),
                is_working: is_working.clone(),
            };
            acting.send(request, said);
        })
    };
    let fields = problem.as_ref().map(|problem| problem.fields.clone()).unwrap_or_default();
    let hint = OrderText::RefundHint { left: left.display(currency) }.text(locale);
    html! {
        <ActDialog title={OrderText::RefundAsk { number: props.order.number.clone() }.text(locale)}
            explanation={OrderText::RefundExplain.text(locale)} confirm={OrderText::RefundConfirm.text(locale)} look="is-bad"
            problem={(*problem).clone()} is_working={*is_working} {on_submit} on_close={props.on_close.clone()}>
            <Field id="refund-amount" label={OrderText::RefundAmount.text(locale)} value={(*amount).clone()}
                on_change={set(&amount)} is_first={true} inputmode="numeric" hint={Some(AttrValue::from(hint))}
                error={error_of(&fields, "amount")} />
            <Field id="step-line" label={OrderText::Reason.text(locale)} value={(*reason).clone()} on_change={set(&reason)}
                is_long={true} hint={Some(AttrValue::from(OrderText::RefundReasonHint.text(locale)))}
                error={error_of(&fields, "reason")} />
        </ActDialog>
    }
}
