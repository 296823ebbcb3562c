//! What was bought, what was paid for it, and what of that went back.

use domain::memberships::{ListPurchases, PurchaseRow, PurchaseStatus};
use domain::money::Money;
use yew::prelude::*;

use super::{MemberText, nothing, place};
use crate::desk::{Desk, MoneyToCheck, use_desk};
use crate::ipc::use_command;
use crate::kit::{Cell, Column, Glyph, List, Pill, Row, Table};
use crate::screens::{Customer, Memberships, MembershipsPart};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct PurchasesProps {
    /// The purchases, or only those with money that a person must look at.
    pub(super) here: Memberships,
}

/// The list of purchases, newest first.
#[component]
pub(super) fn Purchases(props: &PurchasesProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let needs_review = props.here.part == MembershipsPart::Review;
    let place = place(&props.here);
    let request = ListPurchases { status: None, needs_review, search: place.search(), page: props.here.page };
    let asked = use_command(request);
    let list = List::new(
        &asked,
        |page| &page.rows,
        table(&desk),
        || match needs_review {
            true => nothing((MemberText::NothingToReview, MemberText::NothingToReviewHint), locale),
            false => nothing((MemberText::NoPurchases, MemberText::NoPurchasesHint), locale),
        },
    )
    .paged(&place, |page| page.position)
    .searched(|search| MemberText::NoneFound { search }.text(locale), MemberText::NoneFoundHint.text(locale));
    list.draw(locale)
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

fn table(desk: &Desk) -> Table<'_, PurchaseRow> {
    let head = |text: MemberText| text.text(desk.locale);
    let amount = move |amount: Money| if amount == Money::ZERO { "–".to_owned() } else { desk.money(amount) };
    let buyer = move |item: &PurchaseRow| {
        Cell::from(html! { <a href={Customer::of(item.customer_id).href()}>{ &item.name }</a> }).titled(&item.email)
    };
    let given_back = move |item: &PurchaseRow| {
        let why = item.refunds.iter().map(|refund| refund.reason.clone()).collect::<Vec<_>>().join(" ");
        Cell::from(amount(item.balance.refunded)).titled(why)
    };
    let columns = vec![
        Column::new(head(MemberText::Number), move |item: &PurchaseRow| item.purchase.number.clone())
            .cells("mono nowrap"),
        Column::new(head(MemberText::Name), buyer).cells("clip").bone(8),
        Column::new(head(MemberText::What), move |item: &PurchaseRow| what(desk, item)).when_wide().bone(8),
        Column::new(head(MemberText::At), move |item: &PurchaseRow| desk.calendar().brief(item.purchase.asked_at))
            .when_wide()
            .instants(),
        Column::new(head(MemberText::Due), move |item: &PurchaseRow| desk.money(item.purchase.due)).number().bone(5),
        Column::new(head(MemberText::Paid), move |item: &PurchaseRow| amount(item.balance.paid)).number().bone(5),
        Column::new(head(MemberText::GoesBack), given_back).number().bone(5),
        Column::new(head(MemberText::State), move |item: &PurchaseRow| state(desk, item)),
    ];
    let row = move |item: &PurchaseRow| {
        let number = &item.purchase.number;
        Row::new(number).data("data-purchase", number).below(item.needs_review.then(|| to_check(desk, item)))
    };
    Table::new("purchase-rows", "is-purchases", head(MemberText::PurchasesCaption), columns, row)
}

fn to_check(desk: &Desk, item: &PurchaseRow) -> Html {
    let (payments, refunds) = (item.to_check.clone(), item.refunds.clone());
    html! {
        <tr class="is-below">
            <td colspan="8"><MoneyToCheck {payments} {refunds} currency={desk.currency()} /></td>
        </tr>
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
