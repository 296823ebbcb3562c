//! Toasts: short notes in the corner, read aloud politely, gone after a while.
//!
//! A toast keeps what happened, not its words, so that it follows a change of language.

use std::rc::Rc;

use domain::catalog::ChangeId;
use domain::events::Happening;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::icon::{Glyph, Icon};
use super::locale::use_locale;
use super::texts::KitText;

const SHOWN_MILLISECONDS: u32 = 7_000;
/// More at once would hide the screen.
const MOST: usize = 4;

/// The toasts that are up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ToastList {
    next_id: u32,
    pub(crate) toasts: Vec<Toast>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Toast {
    pub(crate) id: u32,
    pub(crate) what: What,
}

/// What a toast tells.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    Happened(Happening),
    Done(AttrValue),
    /// What one just did, and can be taken back.
    Undoable {
        text: AttrValue,
        change_id: ChangeId,
    },
    /// What one just did, and where one sees more of it.
    DoneAt {
        text: AttrValue,
        href: AttrValue,
    },
}

/// What moves the toasts.
pub(crate) enum ToastMove {
    /// Something happened in the shop.
    Happened(Happening),
    /// What one just did worked.
    Done(String),
    Undoable {
        text: String,
        change_id: ChangeId,
    },
    DoneAt {
        text: String,
        href: String,
    },
    Gone(u32),
}

impl Reducible for ToastList {
    type Action = ToastMove;

    fn reduce(self: Rc<Self>, step: ToastMove) -> Rc<Self> {
        let mut list = (*self).clone();
        match step {
            ToastMove::Happened(what) => {
                if !what.is_news() {
                    return self;
                }
                list.toasts.retain(|toast| match &toast.what {
                    What::Happened(older) => !replaces(&what, older),
                    What::Done(_) | What::Undoable { .. } | What::DoneAt { .. } => true,
                });
                list.push(What::Happened(what));
            }
            ToastMove::Done(text) => list.push(What::Done(text.into())),
            ToastMove::Undoable { text, change_id } => list.push(What::Undoable { text: text.into(), change_id }),
            ToastMove::DoneAt { text, href } => list.push(What::DoneAt { text: text.into(), href: href.into() }),
            ToastMove::Gone(id) => list.toasts.retain(|toast| toast.id != id),
        }
        Rc::new(list)
    }
}

impl ToastList {
    fn push(&mut self, what: What) {
        self.next_id += 1;
        self.toasts.push(Toast { id: self.next_id, what });
        let surplus = self.toasts.len().saturating_sub(MOST);
        self.toasts.drain(..surplus);
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ToastsProps {
    pub(crate) children: Html,
}

/// Lets everything inside raise toasts; the shell's corner shows them.
#[component]
pub(crate) fn Toasts(props: &ToastsProps) -> Html {
    let list = use_reducer(ToastList::default);
    html! {
        <ContextProvider<UseReducerHandle<ToastList>> context={list}>{ props.children.clone() }</ContextProvider<UseReducerHandle<ToastList>>>
    }
}

/// The way to raise a toast.
#[hook]
pub(crate) fn use_toaster() -> UseReducerDispatcher<ToastList> {
    use_toasts().dispatcher()
}

/// The toasts that are up, and the way to change them.
#[hook]
pub(crate) fn use_toasts() -> UseReducerHandle<ToastList> {
    #[expect(clippy::expect_used, reason = "a component outside the app is a mistake in this crate")]
    use_context::<UseReducerHandle<ToastList>>().expect("the app provides the toasts")
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ToastCardProps {
    pub(crate) icon: Glyph,
    pub(crate) tone: &'static str,
    pub(crate) text: String,
    /// Where one sees more.
    pub(crate) href: Option<String>,
    /// Takes back what it tells of.
    pub(crate) on_undo: Option<Callback<()>>,
    pub(crate) on_gone: Callback<()>,
}

/// A toast, until its time is over; the pointer holds it.
#[component]
pub(crate) fn ToastCard(props: &ToastCardProps) -> Html {
    let locale = use_locale();
    let is_held = use_state(|| false);
    {
        let gone = props.on_gone.clone();
        use_effect_with(*is_held, move |is_held| {
            let timer = (!is_held).then(|| Timeout::new(SHOWN_MILLISECONDS, move || gone.emit(())));
            move || drop(timer)
        });
    }
    let hold = |held: bool| {
        let is_held = is_held.setter();
        move || is_held.set(held)
    };
    let (enter, leave) = (hold(true), hold(false));
    let gone = props.on_gone.reform(|_: MouseEvent| ());
    html! {
        <div class={classes!("toast", format!("is-{}", props.tone))} data-test="toast" onmouseenter={move |_| enter()}
            onmouseleave={move |_| leave()}>
            <Icon of={props.icon} />
            <span class="toast-text">{ &props.text }</span>
            if let Some(href) = &props.href {
                <a class="toast-link" href={href.clone()} onclick={gone.clone()}>{ KitText::View.text(locale) }</a>
            }
            if let Some(undo) = &props.on_undo {
                <button type="button" class="button is-small" data-test="toast-undo" onclick={undo.reform(|_: MouseEvent| ())}>
                    { KitText::Undo.text(locale) }
                </button>
            }
            <button type="button" class="icon-button" aria-label={KitText::Close.text(locale)} onclick={gone}>
                <Icon of={Glyph::Close} />
            </button>
        </div>
    }
}

/// "Paid" takes the place of "new" for the same order.
fn replaces(newer: &Happening, older: &Happening) -> bool {
    let is_new_or_paid = |what: &Happening| matches!(what, Happening::OrderPlaced { .. } | Happening::OrderPaid { .. });
    is_new_or_paid(newer) && is_new_or_paid(older) && newer.about() == older.about()
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use domain::events::{About, Happening};
    use domain::id::OrderId;
    use domain::money::Money;
    use domain::orders::OrderStatus;
    use yew::Reducible;

    use super::{ToastList, ToastMove, What};

    #[test]
    fn a_paid_order_takes_the_place_of_the_new_one() {
        let (order_id, number, total, name) = (OrderId::new(1), "ET-1".to_owned(), Money::ZERO, String::new());
        let status = OrderStatus::PendingPayment;
        let placed = Happening::OrderPlaced { order_id, number: number.clone(), total, name: name.clone(), status };
        let paid = Happening::OrderPaid { order_id, number, total, name };
        let moved = Happening::from(About::Order(order_id));

        let list = Rc::new(ToastList::default());
        let list = list.reduce(ToastMove::Happened(placed)).reduce(ToastMove::Happened(paid.clone()));
        let list = list.reduce(ToastMove::Happened(moved));
        let kept: Vec<&What> = list.toasts.iter().map(|toast| &toast.what).collect();
        assert_eq!(kept, [&What::Happened(paid)]);
    }
}
