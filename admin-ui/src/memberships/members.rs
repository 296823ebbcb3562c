//! Who is or was a member, and what each of them bought.

use chrono::{DateTime, Utc};
use domain::memberships::{GetMember, ListMembers, MemberDetail, MemberRow, MembershipId, MembershipStatus};
use yew::prelude::*;

use super::end::EndDialog;
use super::{MemberText, gives, nothing, place, purchases};
use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Button, Cell, Column, Dialog, Glyph, KitText, List, Pill, ProblemBox, Row, Table, use_dialog};
use crate::screens::{Customer, Memberships};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct MembersProps {
    pub(super) here: Memberships,
}

/// What a dialog is open for.
#[derive(Clone)]
enum Doing {
    Show(MembershipId, String),
    End(Box<MemberDetail>),
}

/// The list of members, those that end first on top.
#[component]
pub(super) fn Members(props: &MembersProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let dialog = use_dialog::<Doing>();
    let open = dialog.open();
    let place = place(&props.here);
    let request = ListMembers { status: None, search: place.search(), page: props.here.page };
    let asked = use_command(request);
    let now = asked.reply().map(|page| page.now).unwrap_or_default();
    let list = List::new(
        &asked,
        |page| &page.rows,
        table(&desk, now, &open),
        || nothing((MemberText::NoMembers, MemberText::NoMembersHint), locale),
    )
    .paged(&place, |page| page.position)
    .searched(|search| MemberText::NoneFound { search }.text(locale), MemberText::NoneFoundHint.text(locale));
    let on_close = dialog.close();
    html! {
        <>
            { list.draw(locale) }
            { match dialog.what() {
                None => Html::default(),
                Some(Doing::Show(membership, name)) => {
                    let on_end = open.reform(|detail: MemberDetail| Doing::End(Box::new(detail)));
                    html! { <Bought membership={*membership} name={name.clone()} {on_end} {on_close} /> }
                }
                Some(Doing::End(detail)) => html! { <EndDialog detail={(**detail).clone()} {on_close} /> },
            } }
        </>
    }
}

fn table<'a>(desk: &'a Desk, now: DateTime<Utc>, open: &'a Callback<Doing>) -> Table<'a, MemberRow> {
    let head = |text: MemberText| text.text(desk.locale);
    let name = move |item: &MemberRow| {
        let shown = Doing::Show(item.membership.id, item.name.clone());
        let show = open.reform(move |_: MouseEvent| shown.clone());
        let button = html! {
            <button type="button" class="link-button" data-test="show-member" onclick={show}>{ &item.name }</button>
        };
        Cell::from(button).titled(&item.name)
    };
    let email = move |item: &MemberRow| {
        Cell::from(html! { <a href={Customer::of(item.customer_id).href()}>{ &item.email }</a> }).titled(&item.email)
    };
    let benefit = move |item: &MemberRow| {
        let benefit = item.membership.benefit;
        gives(desk, benefit.percent_off, benefit.free_delivery)
    };
    let until = move |item: &MemberRow| desk.calendar().brief(item.membership.ends_at);
    let columns = vec![
        Column::new(head(MemberText::Name), name).cells("clip").bone(8),
        Column::new(head(MemberText::Email), email).when_wide().cells("clip").bone(9),
        Column::new(head(MemberText::Plan), move |item: &MemberRow| item.membership.plan.get(desk.locale).to_owned()),
        Column::new(head(MemberText::Benefit), benefit).when_wide().bone(7),
        Column::new(head(MemberText::Until), until).instants().test("until"),
        Column::new(head(MemberText::State), move |item: &MemberRow| {
            let (icon, tone, text) = state(desk, item, now);
            html! { <Pill {icon} {tone} {text} /> }
        }),
    ];
    let row = move |item: &MemberRow| Row::new(item.membership.id).data("data-member", &item.email);
    Table::new("member-rows", "is-members", head(MemberText::MembersCaption), columns, row)
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
    let asked = use_command(GetMember { membership_id: props.membership });
    let alive = asked.reply().filter(|detail| detail.row.membership.is_alive(detail.now)).cloned();
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
                if let Some(detail) = alive {
                    <Button id="member-end" look="is-quiet is-danger" icon={Glyph::Cancelled}
                        text={MemberText::End.text(locale)} onclick={props.on_end.reform(move |_| detail.clone())} />
                }
                <Button id="member-close" text={KitText::Close.text(locale)} onclick={props.on_close.reform(|_| ())} />
            </div>
        </Dialog>
    }
}
