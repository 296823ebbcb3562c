//! Live events: what happened in the shop, as numbers that screens ask again on.
//!
//! Events that come close together are told as one, so that a busy minute does not ask for every list a hundred times.

use std::collections::BTreeMap;
use std::rc::Rc;

use domain::events::{About, ShopEvent, Topic, WINDOW_EVENT};
use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc;
use crate::kit::toasts::{ToastMove, use_toaster};

/// How long events gather before the screens hear of them.
const GATHER_MILLISECONDS: u32 = 60;
/// How long a changed row stays marked.
const MARK_MILLISECONDS: u32 = 4_000;

/// The shop's pulse: the number of a topic grows when something of it happens.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pulse {
    beats: BTreeMap<Topic, u32>,
    /// What changed within the last moments, for marking.
    fresh: Vec<About>,
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
            Beat::Heard(events) => events.iter().for_each(|event| pulse.hear(event.what.about())),
            Beat::Faded(events) => events.iter().for_each(|event| pulse.fade(event.what.about())),
        }
        Rc::new(pulse)
    }
}

impl Pulse {
    /// A number that grows when something of one of the topics happens.
    pub(crate) fn of_all(&self, topics: &[Topic]) -> u32 {
        topics.iter().filter_map(|topic| self.beats.get(topic)).fold(0, |sum, beats| sum.wrapping_add(*beats))
    }

    /// Whether it changed within the last moments.
    pub(crate) fn is_fresh(&self, what: About) -> bool {
        self.fresh.contains(&what)
    }

    fn hear(&mut self, what: About) {
        let beats = self.beats.entry(what.topic()).or_default();
        *beats = beats.wrapping_add(1);
        self.fresh.push(what);
    }

    /// Each event takes away the one mark that it made.
    fn fade(&mut self, what: About) {
        if let Some(at) = self.fresh.iter().position(|fresh| *fresh == what) {
            self.fresh.remove(at);
        }
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

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use chrono::DateTime;
    use domain::events::{About, EventId, Happening, ShopEvent, Topic};
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
        assert_eq!((pulse.of_all(&[Topic::Orders, Topic::Stock]), pulse.of_all(&[Topic::Stock])), (2, 0));
        let pulse = pulse.reduce(Beat::Faded(vec![paid(7)]));
        let order = About::Order(OrderId::new(7));
        assert!(pulse.is_fresh(order));
        assert!(!pulse.reduce(Beat::Faded(vec![paid(7)])).is_fresh(order));
    }
}
