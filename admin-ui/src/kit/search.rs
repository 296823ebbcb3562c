//! A search field that asks a moment after the last key, and that `/` reaches from anywhere on the screen.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement, KeyboardEvent};
use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::shortcuts::{self, use_shortcut};

/// How long typing must rest before the list is asked for.
const REST_MILLISECONDS: u32 = 250;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SearchProps {
    pub(crate) id: AttrValue,
    pub(crate) label: AttrValue,
    pub(crate) value: AttrValue,
    pub(crate) on_search: Callback<String>,
    /// Whether it is the search of the screen, which `/` reaches.
    #[prop_or(true)]
    pub(crate) is_alone: bool,
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
    let reach = use_callback((node.clone(), props.is_alone), |event: KeyboardEvent, (node, is_alone)| {
        if let Some(input) = node.cast::<HtmlElement>().filter(|_| *is_alone) {
            event.prevent_default();
            let _ = input.focus();
        }
    });
    use_shortcut(shortcuts::is_search, reach);

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
                // Within a form it would send the form.
                event.prevent_default();
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
            if props.is_alone { <kbd aria-hidden="true">{ "/" }</kbd> }
        </div>
    }
}
