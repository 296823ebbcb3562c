//! How far the demo shop's loading is, asked again and again until it is done.

use domain::setup::{GetSetup, LoadingStep};
use gloo_timers::future::TimeoutFuture;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::SetupText;
use crate::ipc;
use crate::kit::{Glyph, Icon, use_locale};

/// How often the progress is looked at.
const LOOK_MILLISECONDS: u32 = 300;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ProgressProps {
    /// The demo shop is loaded. Whoever sent the request hears of it by the answer instead.
    #[prop_or_default]
    pub(crate) on_done: Callback<()>,
}

/// The bar while the demo shop is being loaded.
#[component]
pub(crate) fn Progress(props: &ProgressProps) -> Html {
    let locale = use_locale();
    let step = use_state(|| None::<LoadingStep>);
    {
        let (step, on_done) = (step.setter(), props.on_done.clone());
        use_effect_with((), move |()| {
            let is_wanted = Rc::new(Cell::new(true));
            let still_wanted = is_wanted.clone();
            spawn_local(async move {
                while still_wanted.get() {
                    // A look that fails is only missed: the next one comes soon.
                    if let Ok(state) = ipc::call(&GetSetup {}).await {
                        step.set(state.loading);
                        if state.loading.is_none() && state.has_owner {
                            on_done.emit(());
                        }
                    }
                    TimeoutFuture::new(LOOK_MILLISECONDS).await;
                }
            });
            move || is_wanted.set(false)
        });
    }
    html! {
        <main class="threshold" id="loading-demo" aria-busy="true">
            <div class="threshold-mark"><Icon of={Glyph::Demo} /></div>
            <h1 class="threshold-title">{ SetupText::LoadingTitle.text(locale) }</h1>
            <p class="quiet threshold-sentence">{ SetupText::LoadingHint.text(locale) }</p>
            if let Some(step) = *step {
                <progress id="loading-progress" max={step.of.to_string()} value={step.done.to_string()}
                    aria-label={SetupText::LoadingTitle.text(locale)} />
                <p class="quiet numbers" role="status">
                    { SetupText::LoadingStep { done: step.done, of: step.of }.text(locale) }
                </p>
            } else {
                <div class="indeterminate" aria-hidden="true"><span /></div>
            }
        </main>
    }
}
