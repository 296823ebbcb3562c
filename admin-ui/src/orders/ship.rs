//! The dialog that hands a parcel to a courier: everything that is left, or a part of it.

use domain::orders::{OrderDetail, ShipOrder};
use domain::shipping::DeliveryMethod;
use yew::prelude::*;

use super::units::{Choice, UnitPicker, read};
use crate::act::{ActDialog, set, use_acting};
use crate::desk::use_desk;
use crate::field::Field;
use crate::texts::OrderText;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ShipDialogProps {
    pub(super) order: OrderDetail,
    pub(super) on_moved: Callback<OrderDetail>,
    pub(super) on_close: Callback<()>,
}

/// Asks what goes, with whom and under which number.
#[component]
pub(super) fn ShipDialog(props: &ShipDialogProps) -> Html {
    let locale = use_desk().locale;
    let is_fetched = props.order.delivery_method == DeliveryMethod::Pickup;
    let rows: Vec<Choice> = props.order.lines.iter().map(|line| (line.clone(), line.whereabouts().to_ship())).collect();
    let rows: Vec<Choice> = rows.into_iter().filter(|row| row.1 > 0).collect();
    let typed = use_state(|| rows.iter().map(|row| row.1.to_string()).collect::<Vec<_>>());
    let (tracking, courier) = (use_state(String::new), use_state(String::new));
    let acting = use_acting(props.on_moved.clone(), props.on_close.clone());

    let on_units = {
        let typed = typed.setter();
        Callback::from(move |texts| typed.set(texts))
    };
    let on_submit = {
        let (props, rows) = (props.clone(), rows.clone());
        let (typed, tracking, courier) = (typed.clone(), tracking.clone(), courier.clone());
        let acting = acting.clone();
        Callback::from(move |()| {
            let lines = match read(&rows, &typed) {
                Ok(lines) => lines,
                Err(message) => {
                    acting.refuse("lines", message);
                    return;
                }
            };
            let request = ShipOrder {
                order_id: props.order.id,
                tracking_number: (*tracking).clone(),
                courier: (*courier).clone(),
                lines: Some(lines),
            };
            let number = props.order.number.clone();
            let said = if is_fetched { OrderText::DoneReady { number } } else { OrderText::DoneShipped { number } }
                .text(locale);
            acting.send(request, said);
        })
    };
    let number = props.order.number.clone();
    let (ask, explanation, confirm) = if is_fetched {
        (OrderText::ReadyAsk { number }, OrderText::ReadyExplain, OrderText::ReadyConfirm)
    } else {
        (OrderText::ShipAsk { number }, OrderText::ShipExplain, OrderText::ShipConfirm)
    };
    html! {
        <ActDialog title={ask.text(locale)} explanation={explanation.text(locale)} confirm={confirm.text(locale)} look="is-primary"
            problem={acting.problem()} is_working={acting.is_working()} {on_submit} on_close={props.on_close.clone()}>
            if !is_fetched {
                <Field id="step-line" label={OrderText::Tracking.text(locale)} value={(*tracking).clone()} on_change={set(&tracking)}
                    is_first={true} hint={Some(AttrValue::from(OrderText::TrackingHint.text(locale)))}
                    error={acting.error("tracking_number")} />
                <Field id="step-courier" label={OrderText::Courier.text(locale)} value={(*courier).clone()} on_change={set(&courier)}
                    hint={Some(AttrValue::from(OrderText::CourierHint.text(locale)))} error={acting.error("courier")} />
            }
            <UnitPicker {rows} typed={(*typed).clone()} on_change={on_units} error={acting.error("lines")} />
        </ActDialog>
    }
}
