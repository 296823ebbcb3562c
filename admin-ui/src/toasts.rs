//! Toasts: short notes in the corner, read aloud politely, gone after a while.
//!
//! A toast keeps what happened, not its words, so that it follows a change of language.

use std::rc::Rc;

use domain::events::Happening;
use domain::id::OrderId;
use domain::inventory::StockFilter;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::icon::{Glyph, Icon};
use crate::route::{Club, Route};
use crate::texts::ShellText;

const SHOWN_MILLISECONDS: u32 = 7_000;
/// More at once would hide the screen.
const MOST: usize = 4;

/// The toasts that are up.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ToastList {
    next_id: u32,
    toasts: Vec<Toast>,
}

#[derive(Clone, Debug, PartialEq)]
struct Toast {
    id: u32,
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Happened(Happening),
    Done(AttrValue),
}

/// What moves the toasts.
pub(crate) enum ToastMove {
    /// Something happened in the shop.
    Happened(Happening),
    /// What one just did worked.
    Done(String),
    Gone(u32),
}

impl Reducible for ToastList {
    type Action = ToastMove;

    fn reduce(self: Rc<Self>, step: ToastMove) -> Rc<Self> {
        let mut list = (*self).clone();
        match step {
            ToastMove::Happened(what) => {
                if !is_news(&what) {
                    return self;
                }
                // "Paid" takes the place of "new" for the same order.
                let order = order_of(&what);
                list.toasts.retain(|toast| match &toast.what {
                    What::Happened(older) => order.is_none() || order_of(older) != order,
                    What::Done(_) => true,
                });
                list.push(What::Happened(what));
            }
            ToastMove::Done(text) => list.push(What::Done(text.into())),
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

/// Lets everything inside raise toasts; [`ToastCorner`] shows them.
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
    #[expect(clippy::expect_used, reason = "a component outside the app is a mistake in this crate")]
    use_context::<UseReducerHandle<ToastList>>().expect("the app provides the toasts").dispatcher()
}

/// The corner of the screen where toasts are.
#[component]
pub(crate) fn ToastCorner() -> Html {
    let desk = use_desk();
    let list = use_context::<UseReducerHandle<ToastList>>();
    html! {
        <section id="toasts" class="toasts" role="status" aria-live="polite"
            aria-label={ShellText::Notifications.text(desk.locale)}>
            if let Some(list) = list {
                for toast in list.toasts.iter() {
                    <ToastCard key={toast.id} toast={toast.clone()} list={list.dispatcher()} />
                }
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct ToastCardProps {
    toast: Toast,
    list: UseReducerDispatcher<ToastList>,
}

#[component]
fn ToastCard(props: &ToastCardProps) -> Html {
    let desk = use_desk();
    let is_held = use_state(|| false);
    let gone = {
        let (list, id) = (props.list.clone(), props.toast.id);
        Callback::from(move |()| list.dispatch(ToastMove::Gone(id)))
    };
    {
        let gone = gone.clone();
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

    let (icon, tone, text, route) = match &props.toast.what {
        What::Happened(what) => look(what, &desk),
        What::Done(text) => (Glyph::Done, "good", text.to_string(), None),
    };
    html! {
        <div class={classes!("toast", format!("is-{tone}"))} data-test="toast" onmouseenter={move |_| enter()}
            onmouseleave={move |_| leave()}>
            <Icon of={icon} />
            <span class="toast-text">{ text }</span>
            if let Some(route) = route {
                <a class="toast-link" href={route.href()} onclick={gone.reform(|_| ())}>
                    { ShellText::View.text(desk.locale) }
                </a>
            }
            <button type="button" class="icon-button" aria-label={ShellText::Close.text(desk.locale)}
                onclick={gone.reform(|_| ())}>
                <Icon of={Glyph::Close} />
            </button>
        </div>
    }
}

/// Whether people want to be told at once, beyond seeing it in the lists.
fn is_news(what: &Happening) -> bool {
    match what {
        Happening::OrderPlaced { .. }
        | Happening::OrderPaid { .. }
        | Happening::PaymentNeedsReview { .. }
        | Happening::MoneyGoesBack { .. }
        | Happening::RefundFailed { .. }
        | Happening::MembershipPaid { .. }
        | Happening::MembershipMoneyGoesBack { .. }
        | Happening::MembershipNeedsReview { .. }
        | Happening::StockLow { .. }
        | Happening::StockDisagrees { .. }
        | Happening::NoticeStuck { .. } => true,
        Happening::OrderMoved { .. }
        | Happening::StockChanged { .. }
        | Happening::MembershipsChanged
        | Happening::NoticesChanged
        | Happening::SettingsChanged => false,
    }
}

fn order_of(what: &Happening) -> Option<OrderId> {
    match what {
        Happening::OrderPlaced { order_id, .. } | Happening::OrderPaid { order_id, .. } => Some(*order_id),
        Happening::OrderMoved { .. }
        | Happening::PaymentNeedsReview { .. }
        | Happening::MoneyGoesBack { .. }
        | Happening::RefundFailed { .. }
        | Happening::StockLow { .. }
        | Happening::StockChanged { .. }
        | Happening::StockDisagrees { .. }
        | Happening::MembershipPaid { .. }
        | Happening::MembershipMoneyGoesBack { .. }
        | Happening::MembershipNeedsReview { .. }
        | Happening::MembershipsChanged
        | Happening::NoticeStuck { .. }
        | Happening::NoticesChanged
        | Happening::SettingsChanged => None,
    }
}

fn look(what: &Happening, desk: &Desk) -> (Glyph, &'static str, String, Option<Route>) {
    let locale = desk.locale;
    match what {
        Happening::OrderPlaced { order_id, number, total, .. } => {
            let text = ShellText::ToastPlaced { number: number.clone(), total: desk.money(*total) };
            (Glyph::Orders, "plain", text.text(locale), Some(Route::Order(*order_id)))
        }
        Happening::OrderPaid { order_id, number, total, .. } => {
            let text = ShellText::ToastPaid { number: number.clone(), total: desk.money(*total) };
            (Glyph::Done, "good", text.text(locale), Some(Route::Order(*order_id)))
        }
        Happening::PaymentNeedsReview { order_id, number } => {
            let text = ShellText::ToastReview { number: number.clone() };
            (Glyph::Alert, "bad", text.text(locale), Some(Route::Order(*order_id)))
        }
        Happening::MoneyGoesBack { order_id, number, amount } => {
            let text = ShellText::ToastMoneyBack { number: number.clone(), amount: desk.money(*amount) };
            (Glyph::Warning, "warn", text.text(locale), Some(Route::Order(*order_id)))
        }
        Happening::RefundFailed { order_id, number, amount } => {
            let text = ShellText::ToastRefundFailed { number: number.clone(), amount: desk.money(*amount) };
            (Glyph::Alert, "bad", text.text(locale), Some(Route::Order(*order_id)))
        }
        Happening::StockLow { sku, available: 0, .. } => {
            let text = ShellText::ToastOut { sku: sku.clone() };
            (Glyph::Out, "warn", text.text(locale), Some(Route::stock(StockFilter::Out)))
        }
        Happening::StockLow { sku, available, .. } => {
            let text = ShellText::ToastLow { sku: sku.clone(), available: *available };
            (Glyph::Warning, "warn", text.text(locale), Some(Route::stock(StockFilter::Low)))
        }
        Happening::StockDisagrees { sku, count } => {
            let text = ShellText::ToastDisagrees { sku: sku.clone(), count: *count };
            (Glyph::Alert, "bad", text.text(locale), Some(Route::Jobs))
        }
        Happening::MembershipPaid { name, amount, .. } => {
            let text = ShellText::ToastMember { name: name.clone(), amount: desk.money(*amount) };
            (Glyph::Done, "good", text.text(locale), Some(Route::memberships(Club::Members)))
        }
        Happening::MembershipMoneyGoesBack { number, amount, .. } => {
            let text = ShellText::ToastMemberMoneyBack { number: number.clone(), amount: desk.money(*amount) };
            (Glyph::Warning, "warn", text.text(locale), Some(Route::memberships(Club::Purchases)))
        }
        Happening::MembershipNeedsReview { number, .. } => {
            let text = ShellText::ToastMemberReview { number: number.clone() };
            (Glyph::Alert, "bad", text.text(locale), Some(Route::memberships(Club::Review)))
        }
        Happening::NoticeStuck { .. } => (Glyph::Alert, "bad", ShellText::ToastNotice.text(locale), Some(Route::Jobs)),
        Happening::OrderMoved { .. }
        | Happening::StockChanged { .. }
        | Happening::MembershipsChanged
        | Happening::NoticesChanged
        | Happening::SettingsChanged => (Glyph::Done, "plain", String::new(), None),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use domain::events::Happening;
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
        let paid = Happening::OrderPaid { order_id, number: number.clone(), total, name };
        let moved = Happening::OrderMoved { order_id, number, status: OrderStatus::Shipped };

        let list = Rc::new(ToastList::default());
        let list = list.reduce(ToastMove::Happened(placed)).reduce(ToastMove::Happened(paid.clone()));
        let list = list.reduce(ToastMove::Happened(moved));
        let kept: Vec<&What> = list.toasts.iter().map(|toast| &toast.what).collect();
        assert_eq!(kept, [&What::Happened(paid)]);
    }
}
