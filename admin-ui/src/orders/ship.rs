//! The dialog that hands a parcel to a courier: everything that is left, or a part of it.

use domain::orders::{OrderDetail, ShipOrder};
use domain::shipping::DeliveryMethod;
use yew::prelude::*;

use super::OrderText;
use super::units::{Choice, UnitPicker, chosen, of_lines, put};
use crate::kit::{FormDialog, Request, lens, use_form, use_locale, wrong};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ShipDialogProps {
    pub(super) order: OrderDetail,
    pub(super) on_moved: Callback<OrderDetail>,
    pub(super) on_close: Callback<()>,
}

#[derive(Clone)]
struct Draft {
    tracking: String,
    courier: String,
    units: Vec<String>,
}

/// Asks what goes, with whom and under which number.
#[component]
pub(super) fn ShipDialog(props: &ShipDialogProps) -> Html {
    let locale = use_locale();
    let order = &props.order;
    let is_fetched = order.delivery_method == DeliveryMethod::Pickup;
    let rows: Vec<Choice> = of_lines(order, |line| line.whereabouts().to_ship());
    let form = use_form(|| Draft {
        tracking: String::new(),
        courier: String::new(),
        units: rows.iter().map(|(_, most)| most.to_string()).collect(),
    });

    let read = {
        let (order_id, number, rows) = (order.id, order.number.clone(), rows.clone());
        move |draft: &Draft| {
            let lines = Some(chosen(&rows, &draft.units).map_err(|message| wrong("lines", message))?);
            let (tracking_number, courier) = (draft.tracking.clone(), draft.courier.clone());
            let number = number.clone();
            let said = if is_fetched { OrderText::DoneReady { number } } else { OrderText::DoneShipped { number } };
            Ok(Request::new(ShipOrder { order_id, tracking_number, courier, lines }, said.text(locale)))
        }
    };
    let number = order.number.clone();
    let (ask, explanation, confirm) = if is_fetched {
        (OrderText::ReadyAsk { number }, OrderText::ReadyExplain, OrderText::ReadyConfirm)
    } else {
        (OrderText::ShipAsk { number }, OrderText::ShipExplain, OrderText::ShipConfirm)
    };
    html! {
        <FormDialog title={ask.text(locale)} explanation={explanation.text(locale)} confirm={confirm.text(locale)}
            state={form.state()} on_submit={form.submit(read, &props.on_moved, &props.on_close)}
            on_close={props.on_close.clone()}>
            if !is_fetched {
                { form.input("step-line", "tracking_number", OrderText::Tracking.text(locale), lens!(tracking))
                    .first()
                    .hint(OrderText::TrackingHint.text(locale)) }
                { form.input("step-courier", "courier", OrderText::Courier.text(locale), lens!(courier))
                    .hint(OrderText::CourierHint.text(locale)) }
            }
            <UnitPicker {rows} typed={form.draft().units.clone()} error={form.error("lines")}
                on_change={form.change(|draft, typed| put(&mut draft.units, typed))} />
        </FormDialog>
    }
}
