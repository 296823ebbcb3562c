//! Who is or was a member, and what each of them bought.

use chrono::{DateTime, Utc};
use domain::memberships::{
    GetMember, ListMembers, MemberDetail, MemberPage, MemberRow, MembershipId, MembershipStatus,
};
use domain::page::PageNumber;
use yew::prelude::*;

use super::end::EndDialog;
use super::{gives, nothing, purchases};
use crate::desk::{Desk, use_desk};
use crate::dialog::Dialog;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::pager::Pager;
use crate::pill::Pill;
use crate::problem_box::ProblemBox;
use crate::route::{Club, Route};
use crate::texts::MemberText;
use crate::waiting::SkeletonRows;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct MembersProps {
    pub(super) search: AttrValue,
    pub(super) page: PageNumber,
}

/// The list of members, those that end first on top.
#[component]
pub(super) fn Members(props: &MembersProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let shown = use_state(|| None::<MemberRow>);
    let ending = use_state(|| None::<MemberDetail>);
    let search = (!props.search.is_empty()).then(|| props.search.to_string());
    let asked = use_command(ListMembers { status: None, search, page: props.page }, pulse.memberships);
    let page = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());
    let open = {
        let shown = shown.setter();
        Callback::from(move |row: MemberRow| shown.set(Some(row)))
    };
    let close = {
        let shown = shown.setter();
        Callback::from(move |()| shown.set(None))
    };
    let end = {
        let (shown, ending) = (shown.setter(), ending.setter());
        Callback::from(move |detail: MemberDetail| {
            shown.set(None);
            ending.set(Some(detail));
        })
    };
    let keep = {
        let ending = ending.setter();
        Callback::from(move |()| ending.set(None))
    };
    let here = {
        let search = props.search.to_string();
        Callback::from(move |page: PageNumber| Route::Memberships { part: Club::Members, search: search.clone(), page })
    };
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(page)) if page.rows.is_empty() => {
            let words = (MemberText::NoMembers, MemberText::NoMembersHint);
            nothing(&desk, Club::Members, &props.search, page.position, words)
        }
        Some(Ok(page)) => table(&desk, Some(page), &open),
        None => table(&desk, None, &open),
    };
    html! {
        <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
            aria-busy={asked.is_waiting.to_string()}>
            { rows }
            if let Some(page) = page { <Pager position={page.position} to={here} /> }
            if let Some(row) = &*shown {
                <Bought membership={row.membership.id} name={row.name.clone()} on_end={end} on_close={close} />
            }
            if let Some(detail) = &*ending { <EndDialog detail={detail.clone()} on_close={keep} /> }
        </div>
    }
}

fn table(desk: &Desk, page: Option<&MemberPage>, open: &Callback<MemberRow>) -> Html {
    let locale = desk.locale;
    html! {
        <table class="rows is-members">
            <caption class="unseen">{ MemberText::MembersCaption.text(locale) }</caption>
            <thead><tr>
                <th scope="col">{ MemberText::Name.text(locale) }</th>
                <th scope="col" class="when-wide">{ MemberText::Email.text(locale) }</th>
                <th scope="col">{ MemberText::Plan.text(locale) }</th>
                <th scope="col" class="when-wide">{ MemberText::Benefit.text(locale) }</th>
                <th scope="col">{ MemberText::Until.text(locale) }</th>
                <th scope="col">{ MemberText::State.text(locale) }</th>
            </tr></thead>
            <tbody id="member-rows">
                if let Some(page) = page {
                    for item in page.rows.iter() { { row(desk, item, page.now, open) } }
                } else {
                    <SkeletonRows rows={8} columns={vec![8, 9, 6, 7, 6, 6]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, item: &MemberRow, now: DateTime<Utc>, open: &Callback<MemberRow>) -> Html {
    let membership = &item.membership;
    let show = {
        let item = item.clone();
        open.reform(move |_: MouseEvent| item.clone())
    };
    let (icon, tone, state) = state(desk, item, now);
    html! {
        <tr key={membership.id.get().to_string()} data-member={item.email.clone()}>
            <td class="clip" title={item.name.clone()}>
                <button type="button" class="link-button" data-test="show-member" onclick={show}>{ &item.name }</button>
            </td>
            <td class="clip when-wide" title={item.email.clone()}>
                <a href={Route::Customer(item.customer_id).href()}>{ &item.email }</a>
            </td>
            <td>{ membership.plan.get(desk.locale) }</td>
            <td class="when-wide">
                { gives(desk, membership.benefit.percent_off, membership.benefit.free_delivery) }
            </td>
            <td class="numbers nowrap" data-test="until">{ desk.calendar().brief(membership.ends_at) }</td>
            <td><Pill {icon} {tone} text={state} /></td>
        </tr>
    }
}

/// How it stands now, whether or not the job has been by.
fn state(desk: &Desk, item: &MemberRow, now: DateTime<Utc>) -> (Glyph, &'static str, String) {
    let (locale, membership) = (desk.locale, &item.membership);
    match membership.status {
        MembershipStatus::Active if !membership.is_alive(now) => (Glyph::Clock, "off", MemberText::Over.text(locale)),
        MembershipStatus::Active if membership.cancels_at_end => (Glyph::Clock, "warn", MemberText::Stops.text(locale)),
        MembershipStatus::Active => (Glyph::Done, "good", membership.status.label(locale).to_owned()),
        MembershipStatus::Expired => (Glyph::Clock, "off", membership.status.label(locale).to_owned()),
        MembershipStatus::Cancelled => (Glyph::Cancelled, "off", membership.status.label(locale).to_owned()),
    }
}

#[derive(Clone, PartialEq, Properties)]
struct BoughtProps {
    membership: MembershipId,
    name: AttrValue,
    on_end: Callback<MemberDetail>,
    on_close: Callback<()>,
}

/// Everything that a member bought or tried to.
#[component]
fn Bought(props: &BoughtProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let pulse = use_pulse();
    let asked = use_command(GetMember { membership_id: props.membership }, pulse.memberships);
    let close = props.on_close.reform(|_: MouseEvent| ());
    let detail = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok()).cloned();
    let end = detail.filter(|detail| detail.row.membership.is_alive(detail.now)).map(|detail| {
        let end = props.on_end.reform(move |_: MouseEvent| detail.clone());
        html! {
            <button type="button" class="button is-quiet is-danger" id="member-end" onclick={end}>
                <Icon of={Glyph::Cancelled} />{ MemberText::End.text(locale) }
            </button>
        }
    });
    html! {
        <Dialog id="member-dialog" title={MemberText::History { name: props.name.to_string() }.text(locale)}
            on_close={props.on_close.clone()}>
            { match asked.answer.as_deref() {
                Some(Ok(detail)) => html! {
                    <ul class="plain-list" id="member-purchases">
                        for item in detail.purchases.iter() { { purchases::line(&desk, item) } }
                    </ul>
                },
                Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
                None => Html::default(),
            } }
            <div class="buttons is-end">
                { end }
                <button type="button" class="button" id="member-close" onclick={close}>
                    { MemberText::Close.text(locale) }
                </button>
            </div>
        </Dialog>
    }
}
