//! Asks the payment service now how an order's payment stands.

use domain::orders::OrderDetail;
use domain::payments::{CheckPayments, PaymentStatus};
use domain::staff::Permission;
use yew::prelude::*;

use super::OrderText;
use crate::desk::use_desk;
use crate::kit::{Button, Glyph, ProblemLine, Request, use_sender};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CheckNowProps {
    pub(crate) order: OrderDetail,
    pub(crate) on_moved: Callback<OrderDetail>,
}

/// The button, while there is something to ask about.
#[component]
pub(crate) fn CheckNow(props: &CheckNowProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let sender = use_sender();
    let is_open =
        props.order.payment_status == Some(PaymentStatus::Pending) && props.order.payment_method.needs_gateway();
    if !is_open || !desk.may(Permission::RefundOrders) {
        return Html::default();
    }
    let ask = {
        let (sender, order_id, on_moved) = (sender.clone(), props.order.id, props.on_moved.clone());
        Callback::from(move |_: MouseEvent| {
            let on_moved = on_moved.clone();
            let said = move |order: &OrderDetail| match order.payment_status == Some(PaymentStatus::Pending) {
                true => OrderText::StillUnpaid.text(locale),
                false => OrderText::PaymentChecked.text(locale),
            };
            sender.send(Request::telling(CheckPayments { order_id }, said), move |order| on_moved.emit(order));
        })
    };
    html! {
        <>
            <Button is_small={true} test="check-payment" icon={Glyph::Retry} text={OrderText::CheckNow.text(locale)}
                onclick={ask} />
            if let Some(problem) = sender.problem() { <ProblemLine problem={problem.clone()} /> }
        </>
    }
}
