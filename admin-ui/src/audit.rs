//! The history of the desk: who changed what, when, and from what to what.

use chrono::NaiveDate;
use domain::audit::{AuditPage, AuditRow, ListAudit, Subject, SubjectKind};
use domain::jobs::JobName;
use domain::mail::MailKind;
use yew::prelude::*;

use crate::desk::{Desk, name_of, use_desk};
use crate::ipc::use_command;
use crate::kit::{Cell, Choose, Column, Empty, Glyph, Input, List, Place, Row, Screen, Table, choices, slip};
use crate::screens::{self, Audit};

mod changes;
mod texts;

use changes::Changes;
pub(crate) use texts::AuditText;

/// The history, newest first.
#[component]
pub(crate) fn AuditScreen(props: &Audit) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let place = {
        let here = props.clone();
        Place::new(&props.search, move |search, page| Audit { search, page, ..here.clone() }.href())
    };
    let request = ListAudit {
        staff_id: props.staff,
        subject: props.about,
        search: place.search(),
        from: props.from,
        to: props.to,
        page: props.page,
    };
    let asked = use_command(request);
    let list = List::new(&asked, |page| &page.rows, table(&desk), || nothing(&desk, props))
        .paged(&place, |page| page.position);
    html! {
        <Screen id="audit" tools={place.field("audit-search", AuditText::Search.text(locale))}>
            { filters(&desk, props, asked.reply()) }
            { list.draw(locale) }
        </Screen>
    }
}

fn filters(desk: &Desk, here: &Audit, page: Option<&AuditPage>) -> Html {
    let locale = desk.locale;
    let go = |with: fn(&mut Audit, String)| {
        let here = here.clone();
        Callback::from(move |chosen: String| {
            let mut there = Audit { page: Audit::default().page, ..here.clone() };
            with(&mut there, chosen);
            slip(&there.href());
        })
    };
    let known = page.into_iter().flat_map(|page| &page.people).map(|(id, name)| (id.to_string(), name.clone()));
    let people = std::iter::once((String::new(), AuditText::Everybody.text(locale))).chain(known);
    let kinds = SubjectKind::ALL.iter().map(|kind| (kind.to_string(), kind.label(locale).to_owned()));
    let things = std::iter::once((String::new(), AuditText::Everything.text(locale))).chain(kinds);
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let (from, to) = (day(here.from), day(here.to));
    html! {
        <div class="filters">
            <Choose id="audit-person" label={AuditText::Person.text(locale)} choices={choices(people)}
                chosen={here.staff.map(|id| id.to_string()).unwrap_or_default()}
                on_choose={go(|there, chosen| there.staff = chosen.parse().ok())} />
            <Choose id="audit-subject" label={AuditText::Thing.text(locale)} choices={choices(things)}
                chosen={here.about.map(|kind| kind.to_string()).unwrap_or_default()}
                on_choose={go(|there, chosen| there.about = chosen.parse().ok())} />
            { Input::new("audit-from", AuditText::From.text(locale), &from,
                go(|there, typed| there.from = typed.parse().ok())).day() }
            { Input::new("audit-to", AuditText::To.text(locale), &to,
                go(|there, typed| there.to = typed.parse().ok())).day() }
        </div>
    }
}

fn table(desk: &Desk) -> Table<'_, AuditRow> {
    let locale = desk.locale;
    let head = |text: AuditText| text.text(locale);
    let when =
        move |entry: &AuditRow| Cell::from(desk.calendar().brief(entry.at)).titled(desk.calendar().full(entry.at));
    let what = move |entry: &AuditRow| {
        html! { <><span class="audit-action">{ entry.action.label(locale) }</span>{ thing(desk, &entry.subject) }</> }
    };
    let columns = vec![
        Column::new(head(AuditText::When), when).instants(),
        Column::new(head(AuditText::Person), move |entry: &AuditRow| name_of(&entry.actor, locale)).cells("clip"),
        Column::new(head(AuditText::What), what).bone(8),
        Column::new(
            head(AuditText::Changes),
            move |entry: &AuditRow| html! { <Changes changes={entry.changes.clone()} /> },
        )
        .bone(9),
    ];
    let row = move |entry: &AuditRow| Row::new(entry.id).data("data-action", entry.action.as_str());
    Table::new("audit-rows", "is-audit", head(AuditText::Caption), columns, row).bones(12)
}

/// What was changed, by the name that people know; what has a page leads there.
fn thing(desk: &Desk, subject: &Subject) -> Html {
    let to = match subject.kind {
        SubjectKind::Order => subject.id.parse().ok().map(|id| screens::Order::of(id).href()),
        SubjectKind::Variant => subject.id.parse().ok().map(|id| screens::Variant::of(id).href()),
        SubjectKind::StockTake => subject.id.parse().ok().map(|id| screens::StockTake::of(id).href()),
        SubjectKind::Letter => subject.id.parse().ok().map(|id| screens::Letter::of(id).href()),
        SubjectKind::LetterWords => subject.id.parse().ok().map(|kind| screens::Wording::of(kind).href()),
        SubjectKind::Product
        | SubjectKind::Category
        | SubjectKind::Change
        | SubjectKind::Voucher
        | SubjectKind::MembershipPlan
        | SubjectKind::Membership
        | SubjectKind::Settings
        | SubjectKind::Staff
        | SubjectKind::Job
        | SubjectKind::Notice
        | SubjectKind::Payment
        | SubjectKind::File => None,
    };
    // Kept by their words, whose names differ by language.
    let named = if subject.kind == SubjectKind::Job {
        subject.name.parse::<JobName>().ok().map(|job| job.label(desk.locale))
    } else if subject.kind == SubjectKind::LetterWords {
        subject.name.parse::<MailKind>().ok().map(|kind| kind.label(desk.locale))
    } else {
        None
    };
    let name = named.map_or_else(|| subject.name.clone(), str::to_owned);
    match to {
        Some(to) => html! { <a class="audit-subject" href={to}>{ name }</a> },
        None => html! { <span class="audit-subject quiet">{ name }</span> },
    }
}

/// Why the list is empty, and the way out.
fn nothing(desk: &Desk, here: &Audit) -> Html {
    let locale = desk.locale;
    if *here == Audit::default() {
        return html! {
            <Empty icon={Glyph::History} title={AuditText::NoneYet.text(locale)}
                hint={AuditText::NoneYetHint.text(locale)} />
        };
    }
    html! {
        <Empty icon={Glyph::Search} title={AuditText::NoneFound.text(locale)} hint={AuditText::NoneFoundHint.text(locale)}>
            <a class="button" href={Audit::default().href()}>{ AuditText::ShowAll.text(locale) }</a>
        </Empty>
    }
}
