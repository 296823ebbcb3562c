//! A search field that asks a moment after the last key, and that `/` reaches from anywhere on the screen.

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent, window};
use yew::prelude::*;

use crate::icon::{Glyph, Icon};

/// How long typing must rest before the list is asked for.
const REST_MILLISECONDS: u32 = 250;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SearchProps {
    pub(crate) id: AttrValue,
    pub(crate) label: AttrValue,
    pub(crate) value: AttrValue,
    pub(crate) on_search: Callback<String>,
}

/// The search field of a list.
#[component]
pub(crate) fn Search(props: &SearchProps) -> Html {
    let node = use_node_ref();
    let typed = use_state(|| props.value.to_string());
    let timer = use_mut_ref(|| None::<Timeout>);

    {
        // The address follows the field; only a change from elsewhere, such as going back, moves the field.
        let typed = typed.clone();
        use_effect_with(props.value.clone(), move |value| {
            if typed.trim() != value.as_str() {
                typed.set(value.to_string());
            }
        });
    }
    {
        let node = node.clone();
        use_effect_with((), move |()| {
            let listener = window().map(|window| {
                EventListener::new_with_options(
                    &window,
                    "keydown",
                    gloo_events::EventListenerOptions::enable_prevent_default(),
                    move |event| reach(event, &node),
                )
            });
            move || drop(listener)
        });
    }

    let oninput = {
        let (typed, timer, on_search) = (typed.setter(), timer.clone(), props.on_search.clone());
        Callback::from(move |event: InputEvent| {
            let Some(input) = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok()) else {
                return;
            };
            let text = input.value();
            typed.set(text.clone());
            let on_search = on_search.clone();
            *timer.borrow_mut() = Some(Timeout::new(REST_MILLISECONDS, move || on_search.emit(text.trim().to_owned())));
        })
    };
    let onkeydown = {
        let (typed, timer, on_search) = (typed.clone(), timer, props.on_search.clone());
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" => {
                timer.borrow_mut().take();
                on_search.emit(typed.trim().to_owned());
            }
            "Escape" => {
                timer.borrow_mut().take();
                typed.set(String::new());
                on_search.emit(String::new());
            }
            _ => {}
        })
    };
    html! {
        <div class="search" role="search">
            <Icon of={Glyph::Search} />
            <input ref={node} id={props.id.clone()} type="search" autocomplete="off" spellcheck="false" maxlength="120"
                placeholder={props.label.clone()} aria-label={props.label.clone()} value={(*typed).clone()} {oninput} {onkeydown} />
            <kbd aria-hidden="true">{ "/" }</kbd>
        </div>
    }
}

/// Takes the cursor on `/`, unless somebody is typing elsewhere.
fn reach(event: &Event, node: &NodeRef) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    let focused = window().and_then(|window| window.document()).and_then(|document| document.active_element());
    let is_typing = focused.is_some_and(|element| {
        ["INPUT", "TEXTAREA", "SELECT"].contains(&element.tag_name().as_str())
            || element.closest("dialog").is_ok_and(|dialog| dialog.is_some())
    });
    if event.key() != "/" || event.ctrl_key() || event.meta_key() || event.alt_key() || is_typing {
        return;
    }
    if let Some(input) = node.cast::<HtmlElement>() {
        event.prevent_default();
        let _ = input.focus();
    }
}
