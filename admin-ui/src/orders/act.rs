//! The frame of a dialog that changes an order: the question, its fields, what went wrong, and the two buttons.

use domain::command::Command;
use domain::orders::OrderDetail;
use domain::problem::Problem;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::use_locale;
use crate::dialog::Dialog;
use crate::ipc;
use crate::problem_box::ProblemLine;
use crate::texts::OrderText;
use crate::toasts::{ToastList, ToastMove};

/// What a dialog needs to send its request and to tell how it went.
#[derive(Clone)]
pub(super) struct Acting {
    pub(super) toaster: UseReducerDispatcher<ToastList>,
    pub(super) on_moved: Callback<OrderDetail>,
    pub(super) on_close: Callback<()>,
    pub(super) problem: UseStateSetter<Option<Problem>>,
    pub(super) is_working: UseStateSetter<bool>,
}

impl Acting {
    /// Sends a request; shows the order as it is then, or what is wrong.
    pub(super) fn send<C: Command<Reply = OrderDetail>>(self, request: C, said: String) {
        self.is_working.set(true);
        spawn_local(async move {
            match ipc::call(&request).await {
                Ok(order) => {
                    self.toaster.dispatch(ToastMove::Done(said));
                    self.on_moved.emit(order);
                    self.on_close.emit(());
                }
                Err(refusal) => {
                    self.problem.set(Some(refusal));
                    self.is_working.set(false);
                }
            }
        });
    }
}

/// A key that no other request has: a double click is one wish.
pub(super) fn fresh_key() -> String {
    format!("{}-{}", js_sys::Date::now(), js_sys::Math::random())
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ActDialogProps {
    pub(super) title: AttrValue,
    pub(super) explanation: AttrValue,
    pub(super) confirm: AttrValue,
    pub(super) look: &'static str,
    pub(super) problem: Option<Problem>,
    pub(super) is_working: bool,
    pub(super) on_submit: Callback<()>,
    pub(super) on_close: Callback<()>,
    /// The fields.
    pub(super) children: Html,
}

/// The dialog.
#[component]
pub(super) fn ActDialog(props: &ActDialogProps) -> Html {
    let locale = use_locale();
    let onsubmit = {
        let (on_submit, is_working) = (props.on_submit.clone(), props.is_working);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !is_working {
                on_submit.emit(());
            }
        })
    };
    let keep = props.on_close.reform(|_: MouseEvent| ());
    html! {
        <Dialog id="step-dialog" title={props.title.clone()} on_close={props.on_close.clone()}>
            <form {onsubmit} novalidate={true}>
                <p>{ &props.explanation }</p>
                { props.children.clone() }
                if let Some(problem) = &props.problem { <ProblemLine problem={problem.clone()} /> }
                <div class="buttons is-end">
                    <button type="button" class="button" id="step-keep" onclick={keep}>
                        { OrderText::Keep.text(locale) }
                    </button>
                    <button type="submit" class={classes!("button", props.look)} id="step-confirm"
                        aria-disabled={props.is_working.to_string()}>
                        if props.is_working { { OrderText::Working.text(locale) } } else { { &props.confirm } }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
