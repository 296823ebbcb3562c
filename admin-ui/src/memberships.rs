//! The memberships: who is a member, what was bought, and the plans.

use domain::memberships::ListPurchases;
use domain::page::PageNumber;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::pager::BeyondEnd;
use crate::route::{Club, Route};
use crate::search::Search;
use crate::texts::MemberText;
use crate::waiting::Empty;

mod edit;
mod end;
mod members;
mod plans;
mod purchases;

use members::Members;
use plans::Plans;
use purchases::Purchases;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct MembershipsScreenProps {
    pub(crate) part: Club,
    pub(crate) search: AttrValue,
    pub(crate) page: PageNumber,
}

/// One of the parts, under the tabs for all.
#[component]
pub(crate) fn MembershipsScreen(props: &MembershipsScreenProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let pulse = use_pulse();
    let to_review = ListPurchases { status: None, needs_review: true, search: None, page: PageNumber::FIRST };
    let reviewed = use_command(to_review, pulse.memberships);
    let count = reviewed.answer.as_deref().and_then(|answer| answer.as_ref().ok()).map_or(0, |page| page.needs_review);

    let part = props.part;
    let (search, page) = (props.search.clone(), props.page);
    let on_search =
        Callback::from(move |search: String| Route::Memberships { part, search, page: PageNumber::FIRST }.slip());
    let label = match part {
        Club::Members => Some(MemberText::SearchMembers),
        Club::Purchases | Club::Review => Some(MemberText::SearchPurchases),
        Club::Plans => None,
    };
    let tools = html! {
        if let Some(label) = label {
            <Search id="membership-search" label={label.text(locale)} value={props.search.clone()} {on_search} />
        }
    };
    html! {
        <Screen id="memberships" title={MemberText::Title.text(locale)} {tools}>
            { tabs(&desk, part, count) }
            { match part {
                Club::Members => html! { <Members {search} {page} /> },
                Club::Purchases => html! { <Purchases {search} {page} needs_review={false} /> },
                Club::Review => html! { <Purchases {search} {page} needs_review={true} /> },
                Club::Plans => html! { <Plans /> },
            } }
        </Screen>
    }
}

fn tabs(desk: &Desk, here: Club, to_review: u64) -> Html {
    let locale = desk.locale;
    let tab = |part: Club, id: &'static str, text: MemberText| {
        html! {
            <a class="tab" {id} href={Route::memberships(part).href()} aria-current={(here == part).then_some("page")}>
                { text.text(locale) }
            </a>
        }
    };
    html! {
        <nav class="tabs" aria-label={MemberText::Parts.text(locale)}>
            { tab(Club::Members, "tab-members", MemberText::Members) }
            { tab(Club::Purchases, "tab-purchases", MemberText::Purchases) }
            { tab(Club::Plans, "tab-plans", MemberText::Plans) }
            if to_review > 0 || here == Club::Review {
                <a class="tab is-chip" id="tab-review" href={Route::memberships(Club::Review).href()}
                    aria-current={(here == Club::Review).then_some("page")}>
                    <Icon of={Glyph::Alert} />{ MemberText::Review.text(locale) }
                    <span class="tab-count numbers" data-test="count">{ to_review }</span>
                </a>
            }
        </nav>
    }
}

/// Why a list is empty, and the way out.
fn nothing(
    desk: &Desk,
    part: Club,
    search: &str,
    position: domain::page::Position,
    (title, hint): (MemberText, MemberText),
) -> Html {
    let locale = desk.locale;
    if position.is_beyond() {
        let to = Callback::from(move |page: PageNumber| Route::Memberships { part, search: String::new(), page });
        return html! { <BeyondEnd {position} {to} /> };
    }
    if !search.is_empty() {
        return html! {
            <Empty icon={Glyph::Search} title={MemberText::NoneFound { search: search.to_owned() }.text(locale)}
                hint={MemberText::NoneFoundHint.text(locale)}>
                <a class="button" href={Route::memberships(part).href()}>{ MemberText::ClearSearch.text(locale) }</a>
            </Empty>
        };
    }
    html! { <Empty icon={Glyph::Member} title={title.text(locale)} hint={hint.text(locale)} /> }
}

/// What a membership or a plan gives, in a line.
fn gives(desk: &Desk, percent: domain::money::BasisPoints, free_delivery: bool) -> String {
    let percent = (percent.get() > 0).then(|| percent.display(desk.locale));
    let delivery = free_delivery.then(|| MemberText::FreeDelivery.text(desk.locale));
    [percent, delivery].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
