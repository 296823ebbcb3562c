//! What staff may do with an order now: one step as the main button, calling it off beside it, each asked about once.

use domain::orders::{CallOffRest, CancelOrder, CompleteOrder, OrderDetail, OrderEvent, OrderStatus, ShipOrder};
use domain::problem::Problem;
use domain::shipping::DeliveryMethod;
use domain::staff::Permission;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::use_desk;
use crate::dialog::Dialog;
use crate::field::{Field, error_of};
use crate::icon::{Glyph, Icon};
use crate::ipc;
use crate::orders::ship::ShipDialog;
use crate::problem_box::ProblemLine;
use crate::texts::OrderText;
use crate::toasts::{ToastMove, use_toaster};

mod words;

use words::Words;

/// A step that a person takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Ship,
    Complete,
    Cancel,
    CallOffRest,
}

impl Step {
    /// The step behind an event, when it is one for people.
    fn of(event: OrderEvent) -> Option<Self> {
        match event {
            OrderEvent::HandedToCourier => Some(Self::Ship),
            OrderEvent::Delivered => Some(Self::Complete),
            OrderEvent::CalledOff => Some(Self::Cancel),
            OrderEvent::RestCalledOff => Some(Self::CallOffRest),
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
    let asking = use_state(|| None::<Step>);
    let order = &props.order;

    let steps: Vec<Step> = order.next.iter().filter_map(|event| Step::of(*event)).collect();
    let is_fetched = order.delivery_method == DeliveryMethod::Pickup;
    let may_move = desk.staff.role.may(Permission::MoveOrders);
    let hint = match order.status {
        OrderStatus::PendingPayment => OrderText::Waiting,
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
            Step::Complete => ("complete-order", Glyph::Done, OrderText::Complete, "is-primary"),
            Step::Cancel => ("cancel-order", Glyph::Cancelled, OrderText::Cancel, "is-quiet is-danger"),
            Step::CallOffRest => ("call-off-rest", Glyph::Cancelled, OrderText::CallOffRest, "is-quiet is-danger"),
        };
        let asking = asking.setter();
        html! {
            <button type="button" {id} class={classes!("button", look.split(' ').collect::<Vec<_>>())}
                onclick={move |_| asking.set(Some(step))}>
                <Icon of={icon} />{ text.text(locale) }
            </button>
        }
    };
    let close = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(None))
    };
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
            if let Some(step) = *asking {
                if step == Step::Ship {
                    <ShipDialog order={order.clone()} on_moved={props.on_moved.clone()} on_close={close} />
                } else {
                    <StepDialog {step} order={order.clone()} on_moved={props.on_moved.clone()} on_close={close} />
                }
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct StepDialogProps {
    step: Step,
    order: OrderDetail,
    on_moved: Callback<OrderDetail>,
    on_close: Callback<()>,
}

/// Asks once more, takes the one line that the step needs, and takes the step.
#[component]
fn StepDialog(props: &StepDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let toaster = use_toaster();
    let line = use_state(String::new);
    let problem = use_state(|| None::<Problem>);
    let is_working = use_state(|| false);
    let words = Words::of(props.step, &props.order);

    let onsubmit = {
        let (props, line, said) = (props.clone(), line.clone(), words.done.clone());
        let (problem, is_working) = (problem.clone(), is_working.clone());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if *is_working {
                return;
            }
            let (props, line, said) = (props.clone(), (*line).clone(), said.clone());
            let (problem, is_working, toaster) = (problem.setter(), is_working.setter(), toaster.clone());
            is_working.set(true);
            spawn_local(async move {
                match take(props.step, &props.order, line).await {
                    Ok(order) => {
                        toaster.dispatch(ToastMove::Done(said.text(locale)));
                        props.on_moved.emit(order);
                        props.on_close.emit(());
                    }
                    Err(refusal) => {
                        problem.set(Some(refusal));
                        is_working.set(false);
                    }
                }
            });
        })
    };
    let on_change = {
        let line = line.setter();
        Callback::from(move |text| line.set(text))
    };
    let fields = problem.as_ref().map(|problem| problem.fields.clone()).unwrap_or_default();
    let keep = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <Dialog id="step-dialog" title={words.title.text(locale)} on_close={props.on_close.clone()}>
            <form {onsubmit} novalidate={true}>
                <p>{ words.explanation.text(locale) }</p>
                if let Some((name, label, hint)) = &words.field {
                    <Field id="step-line" label={label.text(locale)} value={(*line).clone()} {on_change} is_first={true}
                        is_long={matches!(props.step, Step::Cancel | Step::CallOffRest)} hint={Some(AttrValue::from(hint.text(locale)))} error={error_of(&fields, name)} />
                }
                if let Some(problem) = &*problem { <ProblemLine problem={problem.clone()} /> }
                <div class="buttons is-end">
                    <button type="button" class="button" id="step-keep" onclick={keep}>
                        { OrderText::Keep.text(locale) }
                    </button>
                    <button type="submit" class={classes!("button", words.look)} id="step-confirm"
                        aria-disabled={is_working.to_string()}>
                        { if *is_working { OrderText::Working } else { words.confirm }.text(locale) }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}

/// How many units have not left yet.
fn left(order: &OrderDetail) -> u32 {
    order.lines.iter().map(|line| line.whereabouts().to_ship()).sum()
}

async fn take(step: Step, order: &OrderDetail, line: String) -> Result<OrderDetail, Problem> {
    let order_id = order.id;
    match step {
        Step::Ship => ipc::call(&ShipOrder::all(order_id, line)).await,
        Step::Complete => ipc::call(&CompleteOrder { order_id }).await,
        Step::Cancel => ipc::call(&CancelOrder { order_id, reason: line }).await,
        Step::CallOffRest => ipc::call(&CallOffRest { order_id, reason: line }).await,
    }
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
