//! The one hook that asks the desktop for something a screen shows.
//!
//! While a newer answer is on its way the older one stays, so that a refresh never blanks the screen.

use std::cell::Cell;
use std::rc::Rc;

use domain::command::Command;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::ipc::{Answer, call, on_dropped};
use crate::live::use_pulse;

/// A question to the desktop, and the newest answer to it.
pub(crate) struct Asked<C: Command> {
    /// Nothing until the first answer has come.
    pub(crate) answer: Option<Rc<Answer<C>>>,
    /// Whether a newer answer is on its way.
    pub(crate) is_waiting: bool,
    /// Asks once more.
    pub(crate) again: Callback<()>,
    /// Puts an answer in place that a command has just brought.
    pub(crate) replace: Callback<C::Reply>,
}

impl<C: Command> Asked<C> {
    /// What the newest answer brought, unless it was a refusal.
    pub(crate) fn reply(&self) -> Option<&C::Reply> {
        self.answer.as_deref().and_then(|answer| answer.as_ref().ok())
    }
}

/// Asks when the screen appears, when the request changes, and when something happens that the answer shows: which topics
/// those are stands in the table of `domain::command`.
#[hook]
pub(crate) fn use_command<C: Command + Clone + PartialEq>(request: C) -> Asked<C> {
    use_command_at(request, 0)
}

/// The same, and also whenever `look` changes: for what no event tells of.
#[hook]
pub(crate) fn use_command_at<C: Command + Clone + PartialEq>(request: C, look: u32) -> Asked<C> {
    let heard = use_pulse().of_all(C::TOPICS);
    let answer = use_state(|| None::<Rc<Answer<C>>>);
    let is_waiting = use_state(|| true);
    let retries = use_state(|| 0_u32);

    {
        let (answer, is_waiting) = (answer.clone(), is_waiting.clone());
        use_effect_with((request, look, heard, *retries), move |(request, ..)| {
            let is_wanted = Rc::new(Cell::new(true));
            let still_wanted = is_wanted.clone();
            let request = request.clone();
            is_waiting.set(true);
            spawn_local(async move {
                let newest = call(&request).await;
                if still_wanted.get() {
                    answer.set(Some(Rc::new(newest)));
                    is_waiting.set(false);
                }
            });
            move || is_wanted.set(false)
        });
    }

    let again = use_callback(retries, |(), retries| retries.set(**retries + 1));
    let replace = {
        let answer = answer.setter();
        Callback::from(move |reply| answer.set(Some(Rc::new(Ok(reply)))))
    };
    Asked { answer: (*answer).clone(), is_waiting: *is_waiting, again, replace }
}

/// Hears of files that are dropped on the window, by their paths, for as long as the screen is there.
#[hook]
pub(crate) fn use_dropped(then: Callback<Vec<String>>) {
    use_effect_with(then, |then| {
        on_dropped(then.clone());
        || on_dropped(Callback::noop())
    });
}
