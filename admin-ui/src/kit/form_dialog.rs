//! A dialog that asks, sends and closes: the question, its fields, what went wrong, and the two buttons.

use yew::prelude::*;

use super::dialog::Dialog;
use super::form::FormState;
use super::locale::use_locale;
use super::problem::ProblemLine;
use super::texts::KitText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FormDialogProps {
    /// What the ids of the dialog and of its buttons begin with.
    #[prop_or(AttrValue::Static("step"))]
    pub(crate) id: AttrValue,
    pub(crate) title: AttrValue,
    #[prop_or_default]
    pub(crate) explanation: Option<AttrValue>,
    pub(crate) confirm: AttrValue,
    #[prop_or("is-primary")]
    pub(crate) look: &'static str,
    /// The word for not doing it, where the usual one does not fit.
    #[prop_or_default]
    pub(crate) keep: Option<AttrValue>,
    pub(crate) state: FormState,
    pub(crate) on_submit: Callback<()>,
    pub(crate) on_close: Callback<()>,
    /// Loads again what somebody else saved meanwhile; what is typed stays until then.
    #[prop_or_default]
    pub(crate) on_reload: Option<Callback<()>>,
    /// The fields.
    #[prop_or_default]
    pub(crate) children: Html,
    /// Below the buttons.
    #[prop_or_default]
    pub(crate) below: Html,
}

/// The dialog.
#[component]
pub(crate) fn FormDialog(props: &FormDialogProps) -> Html {
    let locale = use_locale();
    let onsubmit = {
        let (on_submit, is_working) = (props.on_submit.clone(), props.state.is_working);
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !is_working {
                on_submit.emit(());
            }
        })
    };
    let keep = props.keep.clone().unwrap_or_else(|| KitText::Keep.text(locale).into());
    let id = |part: &str| format!("{}-{part}", props.id);
    html! {
        <Dialog id={id("dialog")} title={props.title.clone()} on_close={props.on_close.clone()}>
            <form {onsubmit} novalidate={true}>
                if let Some(explanation) = &props.explanation {
                    <p class="numbers" aria-live="polite">{ explanation }</p>
                }
                { props.children.clone() }
                if let Some(problem) = &props.state.problem { <ProblemLine problem={problem.clone()} /> }
                <div class="buttons is-end">
                    if let Some(reload) = props.on_reload.as_ref().filter(|_| props.state.is_stale()) {
                        <button type="button" class="button" id={id("reload")} onclick={reload.reform(|_| ())}>
                            { KitText::Reload.text(locale) }
                        </button>
                    }
                    <button type="button" class="button" id={id("keep")} onclick={props.on_close.reform(|_| ())}>
                        { keep }
                    </button>
                    <button type="submit" class={classes!("button", props.look)} id={id("confirm")}
                        aria-disabled={props.state.is_working.to_string()}>
                        if props.state.is_working { { KitText::Working.text(locale) } } else { { &props.confirm } }
                    </button>
                </div>
            </form>
            { props.below.clone() }
        </Dialog>
    }
}
