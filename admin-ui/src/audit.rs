//! The history of the desk: who changed what, when, and from what to what.

use chrono::NaiveDate;
use domain::audit::{AuditPage, AuditRow, ListAudit, Subject, SubjectKind};
use domain::jobs::JobName;
use domain::orders::Actor;
use domain::page::PageNumber;
use domain::staff::StaffId;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::field::{Choose, Field};
use crate::frame::Screen;
use crate::icon::Glyph;
use crate::ipc::use_command;
use crate::pager::{BeyondEnd, Pager};
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::search::Search;
use crate::texts::{AuditText, OrderText};
use crate::waiting::{Empty, SkeletonRows};

mod changes;

use changes::Changes;

/// Which part of the history is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) staff: Option<StaffId>,
    pub(crate) subject: Option<SubjectKind>,
    pub(crate) search: String,
    pub(crate) from: Option<NaiveDate>,
    pub(crate) to: Option<NaiveDate>,
    pub(crate) page: PageNumber,
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AuditScreenProps {
    pub(crate) cut: Cut,
}

/// The history, newest first.
#[component]
pub(crate) fn AuditScreen(props: &AuditScreenProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let cut = &props.cut;
    let request = ListAudit {
        staff_id: cut.staff,
        subject: cut.subject,
        search: (!cut.search.is_empty()).then(|| cut.search.clone()),
        from: cut.from,
        to: cut.to,
        page: cut.page,
    };
    let asked = use_command(request, 0);
    let page = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());
    let here = {
        let cut = cut.clone();
        Callback::from(move |page: PageNumber| Route::Audit(Cut { page, ..cut.clone() }))
    };
    let on_search = {
        let cut = cut.clone();
        Callback::from(move |search: String| {
            Route::Audit(Cut { search, page: PageNumber::FIRST, ..cut.clone() }).slip();
        })
    };
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(page)) if page.rows.is_empty() => nothing(&desk, cut, page, &here),
        Some(Ok(page)) => table(&desk, Some(page)),
        None => table(&desk, None),
    };
    let tools = html! {
        <Search id="audit-search" label={AuditText::Search.text(locale)} value={cut.search.clone()} {on_search} />
    };
    html! {
        <Screen id="audit" title={AuditText::Title.text(locale)} {tools}>
            { filters(&desk, cut, page) }
            <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
                aria-busy={asked.is_waiting.to_string()}>
                { rows }
                if let Some(page) = page { <Pager position={page.position} to={here} /> }
            </div>
        </Screen>
    }
}

fn filters(desk: &Desk, cut: &Cut, page: Option<&AuditPage>) -> Html {
    let locale = desk.locale;
    let go = |with: fn(&mut Cut, String)| {
        let cut = cut.clone();
        Callback::from(move |chosen: String| {
            let mut cut = Cut { page: PageNumber::FIRST, ..cut.clone() };
            with(&mut cut, chosen);
            Route::Audit(cut).slip();
        })
    };
    let choice = |word: String, name: String| (AttrValue::from(word), AttrValue::from(name));
    let mut people = vec![choice(String::new(), AuditText::Everybody.text(locale))];
    people
        .extend(page.into_iter().flat_map(|page| &page.people).map(|(id, name)| choice(id.to_string(), name.clone())));
    let mut things = vec![choice(String::new(), AuditText::Everything.text(locale))];
    things.extend(SubjectKind::ALL.iter().map(|kind| choice(kind.to_string(), kind.label(locale).to_owned())));
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    html! {
        <div class="filters">
            <Choose id="audit-person" label={AuditText::Person.text(locale)} choices={people}
                chosen={cut.staff.map(|id| id.to_string()).unwrap_or_default()}
                on_choose={go(|cut, chosen| cut.staff = chosen.parse().ok())} />
            <Choose id="audit-subject" label={AuditText::Thing.text(locale)} choices={things}
                chosen={cut.subject.map(|kind| kind.to_string()).unwrap_or_default()}
                on_choose={go(|cut, chosen| cut.subject = chosen.parse().ok())} />
            <Field id="audit-from" label={AuditText::From.text(locale)} kind="date" value={day(cut.from)}
                on_change={go(|cut, typed| cut.from = typed.parse().ok())} />
            <Field id="audit-to" label={AuditText::To.text(locale)} kind="date" value={day(cut.to)}
                on_change={go(|cut, typed| cut.to = typed.parse().ok())} />
        </div>
    }
}

fn table(desk: &Desk, page: Option<&AuditPage>) -> Html {
    let head = |text: AuditText| html! { <th scope="col">{ text.text(desk.locale) }</th> };
    html! {
        <table class="rows is-audit">
            <caption class="unseen">{ AuditText::Caption.text(desk.locale) }</caption>
            <thead><tr>
                { head(AuditText::When) }{ head(AuditText::Person) }{ head(AuditText::What) }{ head(AuditText::Changes) }
            </tr></thead>
            <tbody id="audit-rows">
                if let Some(page) = page {
                    for entry in page.rows.iter() { { row(desk, entry) } }
                } else {
                    <SkeletonRows rows={12} columns={vec![6, 6, 8, 9]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, entry: &AuditRow) -> Html {
    let locale = desk.locale;
    let who = match &entry.actor {
        Actor::Staff(name) => name.clone(),
        Actor::Shopper => OrderText::ActorShopper.text(locale),
        Actor::Gateway(_) => OrderText::ActorGateway.text(locale),
        Actor::Job(_) => OrderText::ActorJob.text(locale),
        Actor::Import => OrderText::ActorImport.text(locale),
    };
    html! {
        <tr key={entry.id.get().to_string()} data-action={entry.action.as_str()}>
            <td class="numbers nowrap" title={desk.calendar().full(entry.at)}>{ desk.calendar().brief(entry.at) }</td>
            <td class="clip">{ who }</td>
            <td>
                <span class="audit-action">{ entry.action.label(locale) }</span>
                { thing(desk, &entry.subject) }
            </td>
            <td><Changes changes={entry.changes.clone()} /></td>
        </tr>
    }
}

/// What was changed, by the name that people know; what has a page leads there.
fn thing(desk: &Desk, subject: &Subject) -> Html {
    let to = match subject.kind {
        SubjectKind::Order => subject.id.parse().ok().map(Route::Order),
        SubjectKind::Variant => subject.id.parse().ok().map(Route::variant),
        SubjectKind::StockTake => subject.id.parse().ok().map(Route::StockTake),
        SubjectKind::Product
        | SubjectKind::Category
        | SubjectKind::Voucher
        | SubjectKind::MembershipPlan
        | SubjectKind::Membership
        | SubjectKind::Settings
        | SubjectKind::Staff
        | SubjectKind::Job
        | SubjectKind::Notice
        | SubjectKind::Payment => None,
    };
    let job = || subject.name.parse::<JobName>().ok().map(|job| job.label(desk.locale).to_owned());
    let name = if subject.kind == SubjectKind::Job { job() } else { None }.unwrap_or_else(|| subject.name.clone());
    match to {
        Some(to) => html! { <a class="audit-subject" href={to.href()}>{ name }</a> },
        None => html! { <span class="audit-subject quiet">{ name }</span> },
    }
}

/// Why the list is empty, and the way out.
fn nothing(desk: &Desk, cut: &Cut, page: &AuditPage, here: &Callback<PageNumber, Route>) -> Html {
    let locale = desk.locale;
    let link = |to: &Route, text: String| html! { <a class="button" href={to.href()}>{ text }</a> };
    if page.position.is_beyond() {
        return html! { <BeyondEnd position={page.position} to={here.clone()} /> };
    }
    if *cut == Cut::default() {
        return html! {
            <Empty icon={Glyph::History} title={AuditText::NoneYet.text(locale)}
                hint={AuditText::NoneYetHint.text(locale)} />
        };
    }
    html! {
        <Empty icon={Glyph::Search} title={AuditText::NoneFound.text(locale)}
            hint={AuditText::NoneFoundHint.text(locale)}>
            { link(&Route::Audit(Cut::default()), AuditText::ShowAll.text(locale)) }
        </Empty>
    }
}
