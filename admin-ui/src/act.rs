//! The frame of a dialog that changes something: the question, its fields, what went wrong, and the two buttons.

use domain::command::Command;
use domain::message::Message;
use domain::problem::{FieldProblem, Problem};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::use_locale;
use crate::dialog::Dialog;
use crate::field::error_of;
use crate::ipc;
use crate::problem_box::ProblemLine;
use crate::texts::OrderText;
use crate::toasts::{ToastList, ToastMove, use_toaster};

/// How far a dialog's request is, and what it needs to send it and to tell how it went.
pub(crate) struct Acting<R> {
    toaster: UseReducerDispatcher<ToastList>,
    on_done: Callback<R>,
    on_close: Callback<()>,
    problem: UseStateHandle<Option<Problem>>,
    is_working: UseStateHandle<bool>,
}

// Derived, it would ask the same of the reply.
impl<R> Clone for Acting<R> {
    fn clone(&self) -> Self {
        Self {
            toaster: self.toaster.clone(),
            on_done: self.on_done.clone(),
            on_close: self.on_close.clone(),
            problem: self.problem.clone(),
            is_working: self.is_working.clone(),
        }
    }
}

/// Lets a dialog act: the answer goes to `on_done`, and then the dialog closes.
#[hook]
pub(crate) fn use_acting<R: 'static>(on_done: Callback<R>, on_close: Callback<()>) -> Acting<R> {
    let toaster = use_toaster();
    let problem = use_state(|| None);
    let is_working = use_state(|| false);
    Acting { toaster, on_done, on_close, problem, is_working }
}

impl<R: 'static> Acting<R> {
    /// Sends a request; tells that it was done, or what is wrong.
    pub(crate) fn send<C: Command<Reply = R>>(&self, request: C, said: String) {
        let acting = self.clone();
        acting.is_working.set(true);
        spawn_local(async move {
            match ipc::call(&request).await {
                Ok(reply) => {
                    acting.toaster.dispatch(ToastMove::Done(said));
                    acting.on_done.emit(reply);
                    acting.on_close.emit(());
                }
                Err(refusal) => {
                    acting.problem.set(Some(refusal));
                    acting.is_working.set(false);
                }
            }
        });
    }

    /// Says what is wrong with a field, without asking anybody.
    pub(crate) fn refuse(&self, field: &str, message: Message) {
        self.problem.set(Some(Problem::invalid(vec![FieldProblem::new(field, message)])));
    }

    /// What is wrong.
    pub(crate) fn problem(&self) -> Option<Problem> {
        (*self.problem).clone()
    }

    /// What is wrong with a field.
    pub(crate) fn error(&self, field: &str) -> Option<Message> {
        self.problem.as_ref().and_then(|problem| error_of(&problem.fields, field))
    }

    /// Whether an answer is on its way.
    pub(crate) fn is_working(&self) -> bool {
        *self.is_working
    }
}

/// A callback that puts what is typed into a state.
pub(crate) fn set(state: &UseStateHandle<String>) -> Callback<String> {
    let state = state.setter();
    Callback::from(move |text| state.set(text))
}

/// A key that no other request has: a double click is one wish.
pub(crate) fn fresh_key() -> String {
    format!("{}-{}", js_sys::Date::now(), js_sys::Math::random())
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ActDialogProps {
    /// What the ids of the dialog and of its buttons begin with.
    #[prop_or(AttrValue::Static("step"))]
    pub(crate) id: AttrValue,
    pub(crate) title: AttrValue,
    pub(crate) explanation: AttrValue,
    pub(crate) confirm: AttrValue,
    pub(crate) look: &'static str,
    pub(crate) problem: Option<Problem>,
    pub(crate) is_working: bool,
    pub(crate) on_submit: Callback<()>,
    pub(crate) on_close: Callback<()>,
    /// The fields.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// The dialog.
#[component]
pub(crate) fn ActDialog(props: &ActDialogProps) -> Html {
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
    let id = |part: &str| format!("{}-{part}", props.id);
    html! {
        <Dialog id={id("dialog")} title={props.title.clone()} on_close={props.on_close.clone()}>
            <form {onsubmit} novalidate={true}>
                <p class="numbers" aria-live="polite">{ &props.explanation }</p>
                { props.children.clone() }
                if let Some(problem) = &props.problem { <ProblemLine problem={problem.clone()} /> }
                <div class="buttons is-end">
                    <button type="button" class="button" id={id("keep")} onclick={keep}>
                        { OrderText::Keep.text(locale) }
                    </button>
                    <button type="submit" class={classes!("button", props.look)} id={id("confirm")}
                        aria-disabled={props.is_working.to_string()}>
                        if props.is_working { { OrderText::Working.text(locale) } } else { { &props.confirm } }
                    </button>
                </div>
            </form>
        </Dialog>
    }
}
