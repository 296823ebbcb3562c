//! A number that grows with time, for screens that look again by themselves.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use yew::prelude::*;

/// Grows by one every so many milliseconds.
#[hook]
pub(crate) fn use_ticks(milliseconds: u32) -> u32 {
    let ticks = use_reducer_eq(|| Ticks(0));
    {
        let ticks = ticks.dispatcher();
        use_effect_with(milliseconds, move |milliseconds| {
            let timer = Interval::new(*milliseconds, move || ticks.dispatch(()));
            move || drop(timer)
        });
    }
    ticks.0
}

#[derive(PartialEq, Eq)]
struct Ticks(u32);

impl Reducible for Ticks {
    type Action = ();

    fn reduce(self: Rc<Self>, (): ()) -> Rc<Self> {
        Rc::new(Self(self.0.wrapping_add(1)))
    }
}
