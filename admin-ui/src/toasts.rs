//! The corner of the screen where toasts are, and what they say of the shop's news.

use domain::catalog::{ChangeId, UndoChange};
use domain::events::Happening;
use domain::inventory::StockFilter;
use domain::locale::Locale;
use yew::prelude::*;

use crate::catalog::undone_text;
use crate::desk::{Desk, use_desk};
use crate::kit::toasts::{ToastCard, ToastList, ToastMove, What, use_toasts};
use crate::kit::{Form, Glyph, KitText, Request, use_sender};
use crate::screens::{self, MembershipsPart, PaymentsPart};
use crate::shell::ShellText;

/// The corner of the screen where toasts are.
#[component]
pub(crate) fn ToastCorner() -> Html {
    let desk = use_desk();
    let list = use_toasts();
    let undoer = use_sender();
    let card = |id: u32, what: &What| {
        let (icon, tone, text, href) = match what {
            What::Happened(what) => look(what, &desk),
            What::Done(text) | What::Undoable { text, .. } => (Glyph::Done, "good", text.to_string(), None),
            What::DoneAt { text, href } => (Glyph::Done, "good", text.to_string(), Some(href.to_string())),
        };
        let list = list.dispatcher();
        let on_undo = match what {
            What::Undoable { change_id, .. } => Some(undo(*change_id, id, &undoer, &list, desk.locale)),
            What::Happened(_) | What::Done(_) | What::DoneAt { .. } => None,
        };
        let on_gone = Callback::from(move |()| list.dispatch(ToastMove::Gone(id)));
        html! { <ToastCard key={id} {icon} {tone} {text} {href} {on_undo} {on_gone} /> }
    };
    html! {
        <section id="toasts" class="toasts" role="status" aria-live="polite"
            aria-label={KitText::Notifications.text(desk.locale)}>
            for toast in list.toasts.iter() { { card(toast.id, &toast.what) } }
        </section>
    }
}

/// Takes a change back, and tells what came of it in the toast's place.
fn undo(
    change_id: ChangeId,
    toast: u32,
    undoer: &Form<()>,
    list: &UseReducerDispatcher<ToastList>,
    locale: Locale,
) -> Callback<()> {
    let (undoer, list) = (undoer.clone(), list.clone());
    Callback::from(move |()| {
        if undoer.is_working() {
            return;
        }
        let list = list.clone();
        undoer.send_and(Request::quiet(UndoChange { change_id }), move |answer| {
            let text = match answer {
                Ok(answer) => undone_text(&answer, locale),
                Err(problem) => problem.message.text(locale),
            };
            list.dispatch(ToastMove::Gone(toast));
            list.dispatch(ToastMove::DoneAt { text, href: screens::Change::of(change_id).href() });
        });
    })
}

fn look(what: &Happening, desk: &Desk) -> (Glyph, &'static str, String, Option<String>) {
    let locale = desk.locale;
    match what {
        Happening::OrderPlaced { order_id, number, total, .. } => {
            let text = ShellText::ToastPlaced { number: number.clone(), total: desk.money(*total) };
            (Glyph::Orders, "plain", text.text(locale), Some(screens::Order::of(*order_id).href()))
        }
        Happening::OrderPaid { order_id, number, total, .. } => {
            let text = ShellText::ToastPaid { number: number.clone(), total: desk.money(*total) };
            (Glyph::Done, "good", text.text(locale), Some(screens::Order::of(*order_id).href()))
        }
        Happening::PaymentNeedsReview { order_id, number } => {
            let text = ShellText::ToastReview { number: number.clone() };
            (Glyph::Alert, "bad", text.text(locale), Some(screens::Order::of(*order_id).href()))
        }
        Happening::ProofSent { number, name, .. } => {
            let text = ShellText::ToastProof { number: number.clone(), name: name.clone() };
            (Glyph::Card, "warn", text.text(locale), Some(screens::Payments::of(PaymentsPart::Proofs).href()))
        }
        Happening::MoneyGoesBack { order_id, number, amount } => {
            let text = ShellText::ToastMoneyBack { number: number.clone(), amount: desk.money(*amount) };
            (Glyph::Warning, "warn", text.text(locale), Some(screens::Order::of(*order_id).href()))
        }
        Happening::RefundFailed { order_id, number, amount } => {
            let text = ShellText::ToastRefundFailed { number: number.clone(), amount: desk.money(*amount) };
            (Glyph::Alert, "bad", text.text(locale), Some(screens::Order::of(*order_id).href()))
        }
        Happening::StockLow { sku, available: 0, .. } => {
            let text = ShellText::ToastOut { sku: sku.clone() };
            (Glyph::Out, "warn", text.text(locale), Some(stock(StockFilter::Out)))
        }
        Happening::StockLow { sku, available, .. } => {
            let text = ShellText::ToastLow { sku: sku.clone(), available: *available };
            (Glyph::Warning, "warn", text.text(locale), Some(stock(StockFilter::Low)))
        }
        Happening::StockDisagrees { sku, count } => {
            let text = ShellText::ToastDisagrees { sku: sku.clone(), count: *count };
            (Glyph::Alert, "bad", text.text(locale), Some(screens::Jobs::default().href()))
        }
        Happening::MembershipPaid { name, amount, .. } => {
            let text = ShellText::ToastMember { name: name.clone(), amount: desk.money(*amount) };
            (Glyph::Done, "good", text.text(locale), Some(screens::Memberships::of(MembershipsPart::Members).href()))
        }
        Happening::MembershipMoneyGoesBack { number, amount, .. } => {
            let text = ShellText::ToastMemberMoneyBack { number: number.clone(), amount: desk.money(*amount) };
            (
                Glyph::Warning,
                "warn",
                text.text(locale),
                Some(screens::Memberships::of(MembershipsPart::Purchases).href()),
            )
        }
        Happening::MembershipNeedsReview { number, .. } => {
            let text = ShellText::ToastMemberReview { number: number.clone() };
            (Glyph::Alert, "bad", text.text(locale), Some(screens::Memberships::of(MembershipsPart::Review).href()))
        }
        Happening::NoticeStuck { .. } => {
            (Glyph::Alert, "bad", ShellText::ToastNotice.text(locale), Some(screens::Jobs::default().href()))
        }
        // It is no news.
        Happening::Changed { .. } => (Glyph::Done, "plain", String::new(), None),
    }
}

fn stock(filter: StockFilter) -> String {
    screens::Stock { filter, ..Default::default() }.href()
}
