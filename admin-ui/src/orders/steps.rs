//! What staff may do with an order now: one step as the main button, calling it off beside it, each asked about once.

use domain::orders::{CallOffRest, CancelOrder, CompleteOrder, OrderDetail, OrderEvent, OrderStatus};
use domain::shipping::DeliveryMethod;
use domain::staff::Permission;
use yew::prelude::*;

use super::OrderText;
use super::ship::ShipDialog;
use crate::desk::use_desk;
use crate::kit::{Button, FormDialog, Glyph, Request, lens, use_dialog, use_form, use_locale};

mod words;

use words::Words;

/// A step that a person takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Ship,
    Closing(Closing),
}

/// A step that is only asked about once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Closing {
    Complete,
    Cancel,
    CallOffRest,
}

impl Step {
    /// The step behind an event, when it is one for people.
    fn of(event: OrderEvent) -> Option<Self> {
        match event {
            OrderEvent::HandedToCourier => Some(Self::Ship),
            OrderEvent::Delivered => Some(Self::Closing(Closing::Complete)),
            OrderEvent::CalledOff => Some(Self::Closing(Closing::Cancel)),
            OrderEvent::RestCalledOff => Some(Self::Closing(Closing::CallOffRest)),
            OrderEvent::PaymentArrived
            | OrderEvent::TimeRanOut
            | OrderEvent::CalledOffByBuyer
            | OrderEvent::PartHandedToCourier
            | OrderEvent::MoneyCameLate
            | OrderEvent::EverythingReturned => None,
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StepsProps {
    pub(crate) order: OrderDetail,
    pub(crate) on_moved: Callback<OrderDetail>,
}

/// The legal next steps.
#[component]
pub(crate) fn Steps(props: &StepsProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let dialog = use_dialog::<Step>();
    let order = &props.order;

    let steps: Vec<Step> = order.next.iter().filter_map(|event| Step::of(*event)).collect();
    let is_fetched = order.delivery_method == DeliveryMethod::Pickup;
    let may_move = desk.may(Permission::MoveOrders);
    let hint = match order.status {
        OrderStatus::PendingPayment => OrderText::Waiting,
        OrderStatus::Processing if left(order) == 0 => OrderText::NothingToShipHint,
        OrderStatus::Processing if is_fetched => OrderText::ReadyHint,
        OrderStatus::Shipped if is_fetched => OrderText::FetchedHint,
        OrderStatus::Processing => OrderText::ShipHint,
        OrderStatus::PartiallyShipped => OrderText::ShipRestHint { units: left(order) },
        OrderStatus::Shipped => OrderText::CompleteHint,
        OrderStatus::Completed | OrderStatus::Cancelled | OrderStatus::Returned => OrderText::Finished,
    };
    let button = |step: Step| {
        let (id, icon, text, look) = match step {
            Step::Ship if is_fetched => ("ship-order", Glyph::Packing, OrderText::Ready, "is-primary"),
            Step::Ship => ("ship-order", Glyph::Truck, OrderText::Ship, "is-primary"),
            Step::Closing(Closing::Complete) => ("complete-order", Glyph::Done, OrderText::Complete, "is-primary"),
            Step::Closing(Closing::Cancel) => {
                ("cancel-order", Glyph::Cancelled, OrderText::Cancel, "is-quiet is-danger")
            }
            Step::Closing(Closing::CallOffRest) => {
                ("call-off-rest", Glyph::Cancelled, OrderText::CallOffRest, "is-quiet is-danger")
            }
        };
        html! { <Button {id} {look} {icon} text={text.text(locale)} onclick={dialog.opens(step)} /> }
    };
    let (on_moved, on_close) = (props.on_moved.clone(), dialog.close());
    html! {
        <section class="card next-step" id="order-steps" aria-labelledby="order-steps-title">
            <div>
                <h2 id="order-steps-title" class="section-title">{ OrderText::NextStep.text(locale) }</h2>
                <p>{ hint.text(locale) }</p>
            </div>
            if may_move {
                <div class="buttons">
                    for step in steps.iter().rev() { { button(*step) } }
                </div>
            }
            { match dialog.what() {
                None => Html::default(),
                Some(Step::Ship) => html! { <ShipDialog order={order.clone()} {on_moved} {on_close} /> },
                Some(Step::Closing(step)) => html! { <StepDialog step={*step} order={order.clone()} {on_moved} {on_close} /> },
            } }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct StepDialogProps {
    step: Closing,
    order: OrderDetail,
    on_moved: Callback<OrderDetail>,
    on_close: Callback<()>,
}

/// Asks once more, takes the one line that the step needs, and takes the step.
#[component]
fn StepDialog(props: &StepDialogProps) -> Html {
    let locale = use_locale();
    let form = use_form(String::new);
    let words = Words::of(props.step, &props.order);
    let read = {
        let (step, order_id, said) = (props.step, props.order.id, words.done.text(locale));
        move |line: &String| {
            let (reason, said) = (line.clone(), said.clone());
            Ok(match step {
                Closing::Complete => Request::new(CompleteOrder { order_id }, said),
                Closing::Cancel => Request::new(CancelOrder { order_id, reason }, said),
                Closing::CallOffRest => Request::new(CallOffRest { order_id, reason }, said),
            })
        }
    };
    html! {
        <FormDialog title={words.title.text(locale)} explanation={words.explanation.text(locale)}
            confirm={words.confirm.text(locale)} look={words.look} state={form.state()}
            on_submit={form.submit(read, &props.on_moved, &props.on_close)} on_close={props.on_close.clone()}>
            if props.step != Closing::Complete {
                { form.input("step-line", "reason", OrderText::Reason.text(locale), lens!())
                    .first()
                    .long()
                    .hint(OrderText::ReasonHint.text(locale)) }
            }
        </FormDialog>
    }
}

/// How many units have not left yet.
fn left(order: &OrderDetail) -> u32 {
    order.lines.iter().map(|line| line.whereabouts().to_ship()).sum()
}

#[cfg(test)]
mod tests {
    use domain::orders::{OrderEvent, OrderStatus};

    use super::Step;

    #[test]
    fn every_step_is_legal_somewhere() {
        for event in OrderEvent::ALL.iter().filter(|event| Step::of(**event).is_some()) {
            assert!(OrderStatus::ALL.iter().any(|status| status.after(*event).is_ok()), "{event}");
        }
    }
}
