//! Live events: what happened in the shop, as numbers that screens ask again on.
//!
//! Events that come close together are told as one, so that a busy minute does not ask for every list a hundred times.

use std::rc::Rc;

use domain::events::{Happening, ShopEvent, WINDOW_EVENT};
use domain::id::{OrderId, VariantId};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::kit::toasts::{ToastMove, use_toaster};

/// How long events gather before the screens hear of them.
const GATHER_MILLISECONDS: u32 = 60;
/// How long a changed row stays marked.
const MARK_MILLISECONDS: u32 = 4_000;

/// The shop's pulse: each number grows when something of its kind happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pulse {
    pub(crate) orders: u32,
    pub(crate) stock: u32,
    pub(crate) memberships: u32,
    pub(crate) notices: u32,
    pub(crate) settings: u32,
    /// What changed within the last moments, for marking.
    pub(crate) fresh_orders: Vec<OrderId>,
    pub(crate) fresh_variants: Vec<VariantId>,
}

/// What moves the pulse.
pub(crate) enum Beat {
    Heard(Vec<ShopEvent>),
    Faded(Vec<ShopEvent>),
}

impl Reducible for Pulse {
    type Action = Beat;

    fn reduce(self: Rc<Self>, beat: Beat) -> Rc<Self> {
        let mut pulse = (*self).clone();
        match beat {
            Beat::Heard(events) => events.iter().for_each(|event| pulse.hear(&event.what)),
            Beat::Faded(events) => events.iter().for_each(|event| pulse.fade(&event.what)),
        }
        Rc::new(pulse)
    }
}

impl Pulse {
    fn hear(&mut self, what: &Happening) {
        match what {
            Happening::OrderPlaced { .. }
            | Happening::OrderPaid { .. }
            | Happening::OrderMoved { .. }
            | Happening::PaymentNeedsReview { .. }
            | Happening::MoneyGoesBack { .. }
            | Happening::RefundFailed { .. } => self.orders += 1,
            Happening::StockLow { .. } | Happening::StockChanged { .. } | Happening::StockDisagrees { .. } => {
                self.stock += 1;
            }
            Happening::MembershipPaid { .. }
            | Happening::MembershipMoneyGoesBack { .. }
            | Happening::MembershipNeedsReview { .. }
            | Happening::MembershipsChanged => self.memberships += 1,
            Happening::NoticeStuck { .. } | Happening::NoticesChanged => self.notices += 1,
            Happening::SettingsChanged => self.settings += 1,
        }
        self.fresh_orders.extend(order_of(what));
        self.fresh_variants.extend(variant_of(what));
    }

    /// Each event takes away the one mark that it made.
    fn fade(&mut self, what: &Happening) {
        let order = order_of(what).and_then(|id| self.fresh_orders.iter().position(|fresh| *fresh == id));
        let variant = variant_of(what).and_then(|id| self.fresh_variants.iter().position(|fresh| *fresh == id));
        order.map(|at| self.fresh_orders.remove(at));
        variant.map(|at| self.fresh_variants.remove(at));
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LiveProps {
    pub(crate) children: Html,
}

/// Listens for as long as the window lives, and tells everything inside.
#[component]
pub(crate) fn Live(props: &LiveProps) -> Html {
    let pulse = use_reducer(Pulse::default);
    let toaster = use_toaster();
    {
        let pulse = pulse.dispatcher();
        use_effect_with((), move |()| {
            let gathered = Rc::new(std::cell::RefCell::new(Vec::new()));
            let callback = Callback::from(move |event: ShopEvent| {
                toaster.dispatch(ToastMove::Happened(event.what.clone()));
                gathered.borrow_mut().push(event);
                if gathered.borrow().len() > 1 {
                    return;
                }
                let (gathered, pulse) = (gathered.clone(), pulse.clone());
                Timeout::new(GATHER_MILLISECONDS, move || tell(gathered.take(), pulse)).forget();
            });
            spawn_local(async move { ipc::hear(WINDOW_EVENT, callback).await });
        });
    }
    html! {
        <ContextProvider<Rc<Pulse>> context={Rc::new((*pulse).clone())}>{ props.children.clone() }</ContextProvider<Rc<Pulse>>>
    }
}

/// The shop's pulse.
#[hook]
pub(crate) fn use_pulse() -> Rc<Pulse> {
    use_context::<Rc<Pulse>>().unwrap_or_default()
}

fn tell(events: Vec<ShopEvent>, pulse: UseReducerDispatcher<Pulse>) {
    pulse.dispatch(Beat::Heard(events.clone()));
    Timeout::new(MARK_MILLISECONDS, move || pulse.dispatch(Beat::Faded(events))).forget();
}

fn order_of(what: &Happening) -> Option<OrderId> {
    match what {
        Happening::OrderPlaced { order_id, .. }
        | Happening::OrderPaid { order_id, .. }
        | Happening::OrderMoved { order_id, .. }
        | Happening::PaymentNeedsReview { order_id, .. }
        | Happening::MoneyGoesBack { order_id, .. }
        | Happening::RefundFailed { order_id, .. } => Some(*order_id),
        Happening::StockLow { .. }
        | Happening::StockChanged { .. }
        | Happening::StockDisagrees { .. }
        | Happening::MembershipPaid { .. }
        | Happening::MembershipMoneyGoesBack { .. }
        | Happening::MembershipNeedsReview { .. }
        | Happening::MembershipsChanged
        | Happening::NoticeStuck { .. }
        | Happening::NoticesChanged
        | Happening::SettingsChanged => None,
    }
}

fn variant_of(what: &Happening) -> Option<VariantId> {
    match what {
        Happening::StockLow { variant_id, .. } | Happening::StockChanged { variant_id } => Some(*variant_id),
        Happening::OrderPlaced { .. }
        | Happening::OrderPaid { .. }
        | Happening::OrderMoved { .. }
        | Happening::PaymentNeedsReview { .. }
        | Happening::StockDisagrees { .. }
        | Happening::MoneyGoesBack { .. }
        | Happening::RefundFailed { .. }
        | Happening::MembershipPaid { .. }
        | Happening::MembershipMoneyGoesBack { .. }
        | Happening::MembershipNeedsReview { .. }
        | Happening::MembershipsChanged
        | Happening::NoticeStuck { .. }
        | Happening::NoticesChanged
        | Happening::SettingsChanged => None,
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use chrono::DateTime;
    use domain::events::{EventId, Happening, ShopEvent};
    use domain::id::OrderId;
    use domain::money::Money;
    use yew::Reducible;

    use super::{Beat, Pulse};

    fn paid(id: u64) -> ShopEvent {
        let what = Happening::OrderPaid {
            order_id: OrderId::new(id),
            number: format!("ET-{id}"),
            total: Money::ZERO,
            name: String::new(),
        };
        ShopEvent { id: EventId::new(id), at: DateTime::default(), what }
    }

    #[test]
    fn a_second_event_keeps_the_mark_of_the_first_alive() {
        let pulse = Rc::new(Pulse::default());
        let pulse = pulse.reduce(Beat::Heard(vec![paid(7)])).reduce(Beat::Heard(vec![paid(7)]));
        assert_eq!(pulse.orders, 2);
        let pulse = pulse.reduce(Beat::Faded(vec![paid(7)]));
        assert_eq!(pulse.fresh_orders, [OrderId::new(7)]);
        assert_eq!(pulse.reduce(Beat::Faded(vec![paid(7)])).fresh_orders, []);
    }
}
