//! The dialog that hands a parcel to a courier: everything that is left, or a part of it.

use domain::orders::{OrderDetail, ShipOrder};
use domain::problem::{FieldProblem, Problem};
use domain::shipping::DeliveryMethod;
use yew::prelude::*;

use super::act::{ActDialog, Acting};
use super::units::{Choice, UnitPicker, read};
use crate::desk::use_desk;
use crate::field::{Field, error_of};
use crate::texts::OrderText;
use crate::toasts::use_toaster;

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
    let toaster = use_toaster();
    let is_fetched = props.order.delivery_method == DeliveryMethod::Pickup;
    let rows: Vec<Choice> = props.order.lines.iter().map(|line| (line.clone(), line.whereabouts().to_ship())).collect();
    let rows: Vec<Choice> = rows.into_iter().filter(|row| row.1 > 0).collect();
    let typed = use_state(|| rows.iter().map(|row| row.1.to_string()).collect::<Vec<_>>());
    let (tracking, courier) = (use_state(String::new), use_state(String::new));
    let problem = use_state(|| None::<Problem>);
    let is_working = use_state(|| false);

    let set = |state: &UseStateHandle<String>| {
        let state = state.setter();
        Callback::from(move |text| state.set(text))
    };
    let on_units = {
        let typed = typed.setter();
        Callback::from(move |texts| typed.set(texts))
    };
    let on_submit = {
        let (props, rows, toaster) = (props.clone(), rows.clone(), toaster.clone());
        let (typed, tracking, courier) = (typed.clone(), tracking.clone(), courier.clone());
        let (problem, is_working) = (problem.setter(), is_working.setter());
        Callback::from(move |()| {
            let lines = match read(&rows, &typed) {
                Ok(lines) => lines,
                Err(message) => {
                    problem.set(Some(Problem::invalid(vec![FieldProblem::new("lines", message)])));
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
    let number = props.order.number.clone();
    let (ask, explanation, confirm) = if is_fetched {
        (OrderText::ReadyAsk { number }, OrderText::ReadyExplain, OrderText::ReadyConfirm)
    } else {
        (OrderText::ShipAsk { number }, OrderText::ShipExplain, OrderText::ShipConfirm)
    };
    let fields = problem.as_ref().map(|problem| problem.fields.clone()).unwrap_or_default();
    html! {
        <ActDialog title={ask.text(locale)} explanation={explanation.text(locale)} confirm={confirm.text(locale)} look="is-primary"
            problem={(*problem).clone()} is_working={*is_working} {on_submit} on_close={props.on_close.clone()}>
            if !is_fetched {
                <Field id="step-line" label={OrderText::Tracking.text(locale)} value={(*tracking).clone()} on_change={set(&tracking)}
                    is_first={true} hint={Some(AttrValue::from(OrderText::TrackingHint.text(locale)))}
                    error={error_of(&fields, "tracking_number")} />
                <Field id="step-courier" label={OrderText::Courier.text(locale)} value={(*courier).clone()} on_change={set(&courier)}
                    hint={Some(AttrValue::from(OrderText::CourierHint.text(locale)))} error={error_of(&fields, "courier")} />
            }
            <UnitPicker {rows} typed={(*typed).clone()} on_change={on_units} error={error_of(&fields, "lines")} />
        </ActDialog>
    }
}
