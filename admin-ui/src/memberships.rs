//! The memberships: who is a member, what was bought, and the plans.

use domain::locale::Locale;
use domain::memberships::ListPurchases;
use domain::money::BasisPoints;
use domain::page::PageNumber;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Empty, Glyph, Place, Screen, Tab, Tabs};
use crate::screens::{Memberships, MembershipsPart};

mod edit;
mod end;
mod members;
mod plans;
mod purchases;
mod texts;

use members::Members;
use plans::Plans;
use purchases::Purchases;
pub(crate) use texts::MemberText;

/// One of the parts, under the tabs for all.
#[component]
pub(crate) fn MembershipsScreen(props: &Memberships) -> Html {
    let locale = use_desk().locale;
    let to_review = ListPurchases { status: None, needs_review: true, search: None, page: PageNumber::FIRST };
    let reviewed = use_command(to_review);
    let count = reviewed.reply().map_or(0, |page| page.needs_review);

    let here = props.clone();
    let (search, content) = match props.part {
        MembershipsPart::Members => (Some(MemberText::SearchMembers), html! { <Members {here} /> }),
        MembershipsPart::Purchases | MembershipsPart::Review => {
            (Some(MemberText::SearchPurchases), html! { <Purchases {here} /> })
        }
        MembershipsPart::Plans => (None, html! { <Plans /> }),
    };
    let tools = search.map(|label| place(props).field("membership-search", label.text(locale))).unwrap_or_default();
    html! {
        <Screen id="memberships" {tools}>
            <Tabs label={MemberText::Parts.text(locale)} tabs={tabs(props.part, count, locale)} current="page" />
            { content }
        </Screen>
    }
}

fn tabs(here: MembershipsPart, to_review: u64, locale: Locale) -> Vec<Tab> {
    let tab = |part: MembershipsPart, id: &str, text: MemberText| {
        Tab::new(id, Memberships::of(part).href(), text.text(locale), here == part)
    };
    let mut tabs = vec![
        tab(MembershipsPart::Members, "tab-members", MemberText::Members),
        tab(MembershipsPart::Purchases, "tab-purchases", MemberText::Purchases),
        tab(MembershipsPart::Plans, "tab-plans", MemberText::Plans),
    ];
    if to_review > 0 || here == MembershipsPart::Review {
        let review = tab(MembershipsPart::Review, "tab-review", MemberText::Review);
        tabs.push(review.icon(Glyph::Alert).count(Some(to_review)).chip());
    }
    tabs
}

/// Where the list of a part is.
fn place(here: &Memberships) -> Place {
    let part = here.part;
    Place::new(&here.search, move |search, page| Memberships { part, search, page }.href())
}

/// Why a list is empty.
fn nothing((title, hint): (MemberText, MemberText), locale: Locale) -> Html {
    html! { <Empty icon={Glyph::Member} title={title.text(locale)} hint={hint.text(locale)} /> }
}

/// What a membership or a plan gives, in a line.
fn gives(desk: &Desk, percent: BasisPoints, free_delivery: bool) -> String {
    let percent = (percent.get() > 0).then(|| percent.display(desk.locale));
    let delivery = free_delivery.then(|| MemberText::FreeDelivery.text(desk.locale));
    [percent, delivery].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
