//! A form: what is typed stands in a draft until it is sent; what is wrong with it stands at its fields.
//!
//! Whatever sends something is a form, if only an empty one: a button that asks for one thing needs to know, too,
//! whether its answer is on its way and what was wrong.

use std::rc::Rc;

use domain::message::Message;
use domain::problem::{FieldProblem, Problem};
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::input::{Input, Lens};
use super::request::Request;
use super::toasts::{ToastList, ToastMove, use_toaster};

/// Says all that is wrong with a draft.
type Judge<D> = fn(&D) -> Vec<FieldProblem>;

/// A draft, how far its request is, and what was wrong with it.
pub(crate) struct Form<D: Clone + 'static> {
    state: UseReducerHandle<State<D>>,
    toaster: UseReducerDispatcher<ToastList>,
}

/// How far a form's request is, for what is drawn around its fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FormState {
    pub(crate) problem: Option<Problem>,
    /// Whether an answer is on its way.
    pub(crate) is_working: bool,
}

struct State<D> {
    draft: Rc<D>,
    form: FormState,
    judge: Option<Judge<D>>,
}

enum Step<D> {
    Edited(Box<dyn FnOnce(&mut D)>),
    Sent,
    Answered(Option<Problem>),
    Refused(Option<Problem>),
}

// Derived, both would ask the same of the draft.
impl<D: Clone> Clone for Form<D> {
    fn clone(&self) -> Self {
        Self { state: self.state.clone(), toaster: self.toaster.clone() }
    }
}

impl<D> Clone for State<D> {
    fn clone(&self) -> Self {
        Self { draft: self.draft.clone(), form: self.form.clone(), judge: self.judge }
    }
}

impl<D: Clone + 'static> Reducible for State<D> {
    type Action = Step<D>;

    fn reduce(self: Rc<Self>, step: Step<D>) -> Rc<Self> {
        let mut state = (*self).clone();
        match step {
            Step::Edited(edit) => {
                edit(Rc::make_mut(&mut state.draft));
                // What was wrong is judged again with every change, once something was found wrong.
                if let Some(judge) = state.judge {
                    let was_wrong = state.form.problem.take().is_some_and(|problem| !problem.fields.is_empty());
                    let still = if was_wrong { judge(&state.draft) } else { Vec::new() };
                    state.form.problem = (!still.is_empty()).then(|| Problem::invalid(still));
                }
            }
            Step::Sent => state.form.is_working = true,
            Step::Answered(problem) => state.form = FormState { problem, is_working: false },
            Step::Refused(problem) => state.form.problem = problem,
        }
        Rc::new(state)
    }
}

/// A form over a draft. What was wrong stays said until it is sent again.
#[hook]
pub(crate) fn use_form<D: Clone + 'static, F: FnOnce() -> D>(draft: F) -> Form<D> {
    use_any_form(draft, None)
}

/// A form that is judged again with every change, once something was found wrong with it.
#[hook]
pub(crate) fn use_judged_form<D: Clone + 'static, F: FnOnce() -> D>(draft: F, judge: Judge<D>) -> Form<D> {
    use_any_form(draft, Some(judge))
}

/// What sends requests of buttons, which have no draft.
#[hook]
pub(crate) fn use_sender() -> Form<()> {
    use_any_form(|| (), None)
}

#[hook]
fn use_any_form<D: Clone + 'static, F: FnOnce() -> D>(draft: F, judge: Option<Judge<D>>) -> Form<D> {
    let toaster = use_toaster();
    let state = use_reducer(move || State { draft: Rc::new(draft()), form: FormState::default(), judge });
    Form { state, toaster }
}

/// One field that is wrong.
pub(crate) fn wrong(field: &str, message: Message) -> Vec<FieldProblem> {
    vec![FieldProblem::new(field, message)]
}

impl<D: Clone + 'static> Form<D> {
    /// What stands in the form.
    pub(crate) fn draft(&self) -> &D {
        &self.state.draft
    }

    /// Changes what stands in it.
    pub(crate) fn edit(&self, edit: impl FnOnce(&mut D) + 'static) {
        self.state.dispatch(Step::Edited(Box::new(edit)));
    }

    /// Changes what stands in it whenever it is called.
    pub(crate) fn change<E: 'static>(&self, change: impl Fn(&mut D, E) + 'static) -> Callback<E> {
        let (state, change) = (self.state.dispatcher(), Rc::new(change));
        Callback::from(move |event: E| {
            let change = change.clone();
            state.dispatch(Step::Edited(Box::new(move |draft| change(draft, event))));
        })
    }

    /// Puts what is typed or chosen there.
    pub(crate) fn set(&self, lens: Lens<D, String>) -> Callback<String> {
        self.change(move |draft, text| *(lens.get_mut)(draft) = text)
    }

    /// A field over a part of the draft; what is wrong with `path` of the request stands under it.
    pub(crate) fn input(&self, id: &'static str, path: &str, label: String, lens: Lens<D, String>) -> Input {
        Input::new(id, label, (lens.get)(self.draft()), self.set(lens)).error(self.error(path))
    }

    /// A box to tick.
    pub(crate) fn turn(&self, lens: Lens<D, bool>) -> Callback<()> {
        self.change(move |draft, ()| {
            let is_ticked = (lens.get_mut)(draft);
            *is_ticked = !*is_ticked;
        })
    }

    /// How far it is.
    pub(crate) fn state(&self) -> FormState {
        self.state.form.clone()
    }

    /// What was wrong when it was sent.
    pub(crate) fn problem(&self) -> Option<&Problem> {
        self.state.form.problem.as_ref()
    }

    /// What is wrong with a field.
    pub(crate) fn error(&self, field: &str) -> Option<Message> {
        let problem = self.fields().iter().find(|problem| problem.field == field);
        problem.map(|problem| problem.message.clone())
    }

    /// All fields that are wrong.
    pub(crate) fn fields(&self) -> &[FieldProblem] {
        self.problem().map(|problem| problem.fields.as_slice()).unwrap_or_default()
    }

    /// Whether somebody else saved meanwhile.
    pub(crate) fn is_stale(&self) -> bool {
        self.state.form.is_stale()
    }

    /// Whether an answer is on its way.
    pub(crate) fn is_working(&self) -> bool {
        self.state.form.is_working
    }

    /// Says what is wrong, without asking anybody.
    pub(crate) fn refuse(&self, fields: Vec<FieldProblem>) {
        self.state.dispatch(Step::Refused(Some(Problem::invalid(fields))));
    }

    /// Says no longer what was wrong.
    pub(crate) fn forgive(&self) {
        self.state.dispatch(Step::Refused(None));
    }

    /// Sends a request; tells that it was done, or what is wrong.
    pub(crate) fn send<R: 'static>(&self, request: Request<R>, then: impl FnOnce(R) + 'static) {
        self.send_and(request, |answer| {
            if let Ok(reply) = answer {
                then(reply);
            }
        });
    }

    /// Sends a request, and goes on whatever came of it.
    pub(crate) fn send_and<R: 'static>(&self, request: Request<R>, then: impl FnOnce(Result<R, &Problem>) + 'static) {
        let (state, toaster) = (self.state.dispatcher(), self.toaster.clone());
        state.dispatch(Step::Sent);
        spawn_local(async move {
            match request.answer.await {
                Ok(reply) => {
                    if let Some(said) = request.said {
                        toaster.dispatch(ToastMove::Done(said(&reply)));
                    }
                    then(Ok(reply));
                    state.dispatch(Step::Answered(None));
                }
                Err(refusal) => {
                    state.dispatch(Step::Answered(Some(refusal.clone())));
                    then(Err(&refusal));
                }
            }
        });
    }

    /// For a dialog's button: reads the draft and sends what it asks for, unless an answer is on its way already. The
    /// answer goes to `on_done`, and then the dialog closes.
    pub(crate) fn submit<R: 'static>(
        &self,
        read: impl Fn(&D) -> Result<Request<R>, Vec<FieldProblem>> + 'static,
        on_done: &Callback<R>,
        on_close: &Callback<()>,
    ) -> Callback<()> {
        let (form, on_done, on_close) = (self.clone(), on_done.clone(), on_close.clone());
        Callback::from(move |()| {
            if form.is_working() {
                return;
            }
            match read(form.draft()) {
                Ok(request) => {
                    let (on_done, on_close) = (on_done.clone(), on_close.clone());
                    form.send(request, move |reply| {
                        on_done.emit(reply);
                        on_close.emit(());
                    });
                }
                Err(fields) => form.refuse(fields),
            }
        })
    }
}

impl FormState {
    /// Whether somebody else saved meanwhile.
    pub(crate) fn is_stale(&self) -> bool {
        self.problem.as_ref().is_some_and(|problem| problem.message == Message::ChangedMeanwhile)
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use domain::message::Message;
    use domain::problem::{Kind, Problem};
    use yew::Reducible;

    use super::{FormState, State, Step, wrong};

    fn edited(text: &'static str) -> Step<String> {
        Step::Edited(Box::new(move |draft| draft.push_str(text)))
    }

    fn form(judge: Option<super::Judge<String>>) -> Rc<State<String>> {
        Rc::new(State { draft: Rc::new(String::new()), form: FormState::default(), judge })
    }

    #[test]
    fn two_edits_of_one_moment_are_both_kept_and_a_refusal_loses_none() {
        let form = form(None).reduce(edited("a")).reduce(edited("b")).reduce(Step::Sent);
        assert!(form.form.is_working);
        let form = form.reduce(Step::Answered(Some(Problem::new(Kind::Refused, Message::ChangedMeanwhile))));
        assert_eq!((form.draft.as_str(), form.form.is_working, form.form.is_stale()), ("ab", false, true));
    }

    #[test]
    fn what_was_wrong_is_judged_again_only_by_a_form_that_judges() {
        let is_short: super::Judge<String> = |draft| match draft.len() {
            0..2 => wrong("name", Message::Required),
            _ => Vec::new(),
        };
        let refused = || Step::Refused(Some(Problem::invalid(wrong("name", Message::Required))));
        let kept = form(None).reduce(refused()).reduce(edited("ab"));
        assert!(kept.form.problem.is_some());
        let judged = form(Some(is_short)).reduce(edited("a"));
        assert!(judged.form.problem.is_none(), "nothing was found wrong yet");
        let judged = judged.reduce(refused());
        assert!(judged.clone().reduce(edited("")).form.problem.is_some());
        assert!(judged.reduce(edited("b")).form.problem.is_none());
    }
}
