//! What was bought, what was paid for it, and what of that went back.

use domain::memberships::{ListPurchases, PurchasePage, PurchaseRow, PurchaseStatus};
use domain::money::Money;
use domain::page::PageNumber;
use yew::prelude::*;

use super::nothing;
use crate::checking::MoneyToCheck;
use crate::desk::{Desk, use_desk};
use crate::icon::Glyph;
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::pager::Pager;
use crate::pill::Pill;
use crate::problem_box::ProblemBox;
use crate::route::{Club, Route};
use crate::texts::MemberText;
use crate::waiting::SkeletonRows;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct PurchasesProps {
    pub(super) search: AttrValue,
    pub(super) page: PageNumber,
    pub(super) needs_review: bool,
}

/// The list of purchases, newest first.
#[component]
pub(super) fn Purchases(props: &PurchasesProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let part = if props.needs_review { Club::Review } else { Club::Purchases };
    let search = (!props.search.is_empty()).then(|| props.search.to_string());
    let request = ListPurchases { status: None, needs_review: props.needs_review, search, page: props.page };
    let asked = use_command(request, pulse.memberships);
    let page = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());
    let here = {
        let search = props.search.to_string();
        Callback::from(move |page: PageNumber| Route::Memberships { part, search: search.clone(), page })
    };
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(page)) if page.rows.is_empty() => {
            let words = if props.needs_review {
                (MemberText::NothingToReview, MemberText::NothingToReviewHint)
            } else {
                (MemberText::NoPurchases, MemberText::NoPurchasesHint)
            };
            nothing(&desk, part, &props.search, page.position, words)
        }
        Some(Ok(page)) => table(&desk, Some(page)),
        None => table(&desk, None),
    };
    html! {
        <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
            aria-busy={asked.is_waiting.to_string()}>
            { rows }
            if let Some(page) = page { <Pager position={page.position} to={here} /> }
        </div>
    }
}

/// A purchase of a member, in a line.
pub(super) fn line(desk: &Desk, item: &PurchaseRow) -> Html {
    let purchase = &item.purchase;
    let back = (item.balance.refunded > Money::ZERO)
        .then(|| format!(" · {} {}", MemberText::GoesBack.text(desk.locale), desk.money(item.balance.refunded)));
    html! {
        <li class="numbers" key={purchase.number.clone()}>
            { format!("{} · {} · {} · {}", purchase.number, what(desk, item), desk.money(purchase.due),
                desk.calendar().brief(purchase.asked_at)) }
            { " " }{ state(desk, item) }
            if let Some(back) = back { <span class="quiet">{ back }</span> }
        </li>
    }
}

fn table(desk: &Desk, page: Option<&PurchasePage>) -> Html {
    let locale = desk.locale;
    html! {
        <table class="rows is-purchases">
            <caption class="unseen">{ MemberText::PurchasesCaption.text(locale) }</caption>
            <thead><tr>
                <th scope="col">{ MemberText::Number.text(locale) }</th>
                <th scope="col">{ MemberText::Name.text(locale) }</th>
                <th scope="col" class="when-wide">{ MemberText::What.text(locale) }</th>
                <th scope="col" class="when-wide">{ MemberText::At.text(locale) }</th>
                <th scope="col" class="number">{ MemberText::Due.text(locale) }</th>
                <th scope="col" class="number">{ MemberText::Paid.text(locale) }</th>
                <th scope="col" class="number">{ MemberText::GoesBack.text(locale) }</th>
                <th scope="col">{ MemberText::State.text(locale) }</th>
            </tr></thead>
            <tbody id="purchase-rows">
                if let Some(page) = page {
                    for item in page.rows.iter() { { row(desk, item) } }
                } else {
                    <SkeletonRows rows={8} columns={vec![6, 8, 8, 6, 5, 5, 5, 6]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, item: &PurchaseRow) -> Html {
    let purchase = &item.purchase;
    let amount = |amount: Money| if amount == Money::ZERO { "–".to_owned() } else { desk.money(amount) };
    let why = item.refunds.iter().map(|refund| refund.reason.clone()).collect::<Vec<_>>().join(" ");
    let (payments, refunds) = (item.to_check.clone(), item.refunds.clone());
    html! {
        <>
        <tr key={purchase.number.clone()} data-purchase={purchase.number.clone()}>
            <td class="mono nowrap">{ &purchase.number }</td>
            <td class="clip" title={item.email.clone()}>
                <a href={Route::Customer(item.customer_id).href()}>{ &item.name }</a>
            </td>
            <td class="when-wide">{ what(desk, item) }</td>
            <td class="when-wide numbers nowrap">{ desk.calendar().brief(purchase.asked_at) }</td>
            <td class="number">{ desk.money(purchase.due) }</td>
            <td class="number">{ amount(item.balance.paid) }</td>
            <td class="number" title={why}>{ amount(item.balance.refunded) }</td>
            <td>{ state(desk, item) }</td>
        </tr>
        if item.needs_review {
            <tr class="is-below">
                <td colspan="8"><MoneyToCheck {payments} {refunds} currency={desk.currency()} /></td>
            </tr>
        }
        </>
    }
}

/// The plan and what was to be done with it.
fn what(desk: &Desk, item: &PurchaseRow) -> String {
    format!("{} · {}", item.purchase.plan.get(desk.locale), item.purchase.kind.label(desk.locale))
}

fn state(desk: &Desk, item: &PurchaseRow) -> Html {
    let locale = desk.locale;
    if item.needs_review {
        return html! { <Pill icon={Glyph::Alert} tone="bad" text={MemberText::NeedsReview.text(locale)} /> };
    }
    let status = item.purchase.status;
    let (icon, tone) = match status {
        PurchaseStatus::Pending => (Glyph::Clock, "warn"),
        PurchaseStatus::Paid => (Glyph::Done, "good"),
        PurchaseStatus::Expired => (Glyph::Clock, "off"),
        PurchaseStatus::Cancelled => (Glyph::Cancelled, "off"),
        PurchaseStatus::Refunded => (Glyph::Undo, "warn"),
    };
    html! { <Pill {icon} {tone} text={status.label(locale)} /> }
}
