//! The dialog that gives money back: an amount, and why.

use domain::money::Money;
use domain::orders::{OrderDetail, OrderStatus};
use domain::payments::{RefundOrder, RefundWhat};
use yew::prelude::*;

use super::OrderText;
use crate::kit::{FormDialog, Request, fresh_key, lens, use_form, use_locale, wrong};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct RefundDialogProps {
    pub(super) order: OrderDetail,
    pub(super) on_moved: Callback<OrderDetail>,
    pub(super) on_close: Callback<()>,
}

#[derive(Clone)]
struct Draft {
    amount: String,
    reason: String,
    key: String,
}

/// Asks how much goes back and why; all that is left is proposed.
#[component]
pub(super) fn RefundDialog(props: &RefundDialogProps) -> Html {
    let locale = use_locale();
    let order = &props.order;
    let (currency, left, order_id) = (order.currency, order.balance.left(), order.id);
    let form = use_form(|| Draft { amount: left.digits(currency), reason: String::new(), key: fresh_key() });

    let is_any_here = matches!(order.status, OrderStatus::Processing | OrderStatus::PartiallyShipped);
    let mut explanation = OrderText::RefundExplain.text(locale);
    if is_any_here {
        explanation = format!("{explanation} {}", OrderText::RefundKeepsHere.text(locale));
    }
    let read = move |draft: &Draft| {
        let amount = Money::read(&draft.amount, currency).map_err(|message| wrong("amount", message))?;
        let (reason, key) = (draft.reason.clone(), draft.key.clone());
        let said = OrderText::DoneRefunded { amount: amount.display(currency) }.text(locale);
        Ok(Request::new(RefundOrder { order_id, what: RefundWhat::Amount(amount), reason, key }, said))
    };
    html! {
        <FormDialog title={OrderText::RefundAsk { number: order.number.clone() }.text(locale)} look="is-bad"
            {explanation} confirm={OrderText::RefundConfirm.text(locale)}
            state={form.state()} on_submit={form.submit(read, &props.on_moved, &props.on_close)}
            on_close={props.on_close.clone()}>
            { form.input("refund-amount", "amount", OrderText::RefundAmount.text(locale), lens!(amount))
                .money(currency)
                .first()
                .hint(OrderText::RefundHint { left: left.display(currency) }.text(locale)) }
            { form.input("step-line", "reason", OrderText::Reason.text(locale), lens!(reason))
                .long()
                .hint(OrderText::RefundReasonHint.text(locale)) }
        </FormDialog>
    }
}
