//! A dialog over the screen. The browser's own modal dialog keeps the focus inside and hands it back afterwards.

use gloo_events::{EventListener, EventListenerOptions};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct DialogProps {
    pub(crate) id: AttrValue,
    pub(crate) title: AttrValue,
    /// `is-wide` for one that holds a table.
    #[prop_or_default]
    pub(crate) class: Classes,
    /// Escape, or a click beside it.
    pub(crate) on_close: Callback<()>,
    pub(crate) children: Html,
}

/// Which dialog of a screen is open, and what for.
pub(crate) struct DialogHandle<T: 'static> {
    what: UseStateHandle<Option<T>>,
}

/// A screen's dialogs, all closed at first.
#[hook]
pub(crate) fn use_dialog<T: 'static>() -> DialogHandle<T> {
    DialogHandle { what: use_state(|| None) }
}

impl<T: 'static> DialogHandle<T> {
    /// What the open dialog is for.
    pub(crate) fn what(&self) -> Option<&T> {
        self.what.as_ref()
    }

    /// Opens a dialog for whatever it is called with.
    pub(crate) fn open(&self) -> Callback<T> {
        let what = self.what.setter();
        Callback::from(move |wanted| what.set(Some(wanted)))
    }

    /// Closes it.
    pub(crate) fn close(&self) -> Callback<()> {
        let what = self.what.setter();
        Callback::from(move |()| what.set(None))
    }

    /// Opens a dialog for this when a button is clicked.
    pub(crate) fn opens(&self, wanted: T) -> Callback<MouseEvent>
    where
        T: Clone,
    {
        self.open().reform(move |_| wanted.clone())
    }
}

/// A question that wants its answer first.
#[component]
pub(crate) fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        let on_close = props.on_close.clone();
        use_effect_with((), move |()| {
            let dialog = node.cast::<HtmlDialogElement>();
            let listener = dialog.as_ref().map(|dialog| {
                // Opening fails only for a dialog that is open already.
                let _ = dialog.show_modal();
                let options = EventListenerOptions::enable_prevent_default();
                EventListener::new_with_options(dialog, "cancel", options, move |event| {
                    event.prevent_default();
                    on_close.emit(());
                })
            });
            move || {
                drop(listener);
                if let Some(dialog) = dialog {
                    dialog.close();
                }
            }
        });
    }
    let beside = {
        let (node, on_close) = (node.clone(), props.on_close.clone());
        Callback::from(move |event: MouseEvent| {
            // The backdrop belongs to the dialog itself; everything inside is a child.
            let target = event.target_dyn_into::<web_sys::Element>();
            if target.is_some() && target == node.cast::<web_sys::Element>() {
                on_close.emit(());
            }
        })
    };
    let title_id = format!("{}-title", props.id);
    html! {
        <dialog ref={node} id={props.id.clone()} class={classes!("dialog", props.class.clone())} aria-labelledby={title_id.clone()} onmousedown={beside}>
            <div class="dialog-body">
                <h2 id={title_id} class="dialog-title">{ &props.title }</h2>
                { props.children.clone() }
            </div>
        </dialog>
    }
}
