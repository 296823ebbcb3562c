//! The shop that this one replaces: how much of each kind comes, and everything that is to be known of it.

use domain::imports::{FormerAtHand, ListFindings, Stage};
use domain::page::PageNumber;
use domain::reference::{FormerKind, Remark, Tally, Verdict};
use yew::prelude::*;

use super::texts::ImportText;
use super::{Act, View};
use crate::desk::use_desk;
use crate::ipc::use_command_at;
use crate::kit::{Card, Column, Empty, Glyph, List, Pill, Place, Row, Table};
use crate::screens::Imports;

/// All of it.
pub(super) fn draw(view: &View<'_>, former: &FormerAtHand) -> Html {
    let at_hand = view.at_hand;
    if at_hand.stage.is_moving() || former.tallies.is_empty() {
        return Html::default();
    }
    let title = match &at_hand.stage {
        Stage::Done { is_stopped: true } => ImportText::Stopped,
        Stage::Done { .. } => ImportText::Finished,
        Stage::Looking { .. } | Stage::Looked | Stage::Running { .. } | Stage::Failed { .. } => ImportText::Preview,
    };
    let head = |text: ImportText| view.say(text);
    let locale = view.desk.locale;
    let columns = vec![
        Column::new(head(ImportText::Kind), |row: &(FormerKind, Tally)| row.0.label(locale)),
        Column::new(head(ImportText::Brought), |row: &(FormerKind, Tally)| row.1.brought).number().test("brought"),
        Column::new(head(ImportText::Known), |row: &(FormerKind, Tally)| row.1.known).number(),
        Column::new(head(ImportText::Refused), |row: &(FormerKind, Tally)| row.1.refused).number(),
    ];
    let row = |row: &(FormerKind, Tally)| Row::new(row.0).data("data-kind", row.0.as_str());
    let table = Table::new("former-rows", "is-former", head(ImportText::Kind), columns, row);
    html! {
        <>
            <Card id="import-sum" class="setting" title={view.say(title)}>
                <p>{ view.say(if view.is_done() { ImportText::FormerDone } else { ImportText::FormerPreview }) }</p>
                <div class="buttons">
                    if at_hand.stage == Stage::Looked {
                        { view.button("run-import", "is-primary", None, ImportText::RunFormer, || Act::Run) }
                    }
                    if former.remarks > 0 {
                        { view.button("save-troubles", "", None, ImportText::SaveFindings, || Act::SaveTroubles) }
                    }
                </div>
            </Card>
            <div class="list card">{ table.draw(Some(former.tallies.as_slice())) }</div>
            if former.remarks > 0 {
                <h2 class="section-title">{ view.say(ImportText::Findings { count: former.remarks }) }</h2>
                <Findings key={format!("{}-{}", at_hand.run, view.is_done())} run={at_hand.run} is_done={view.is_done()} page={view.here.page} />
            }
        </>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct FindingsProps {
    run: u64,
    is_done: bool,
    page: PageNumber,
}

/// Whatever was corrected, left out or refused.
#[component]
fn Findings(props: &FindingsProps) -> Html {
    let locale = use_desk().locale;
    let asked = use_command_at(ListFindings { run: props.run, page: props.page }, u32::from(props.is_done));
    let place = Place::new("", |_, page| Imports { show: None, page }.href());
    let head = |text: ImportText| text.text(locale);
    let verdict = |row: &Remark| {
        let (icon, tone) = match row.verdict {
            Verdict::Corrected => (Glyph::Pencil, "busy"),
            Verdict::LeftOut => (Glyph::Warning, "warn"),
            Verdict::Refused => (Glyph::Alert, "bad"),
        };
        html! { <Pill {icon} {tone} text={row.verdict.label(locale)} /> }
    };
    let columns = vec![
        Column::new(head(ImportText::Kind), |row: &Remark| row.kind.label(locale)),
        Column::new(head(ImportText::Which), |row: &Remark| row.which.clone()),
        Column::new(head(ImportText::Outcome), verdict),
        Column::new(head(ImportText::Remark), |row: &Remark| row.finding.text(locale)).bone(9).test("finding"),
    ];
    let table = Table::new("finding-rows", "is-imported", head(ImportText::Remark), columns, |_| Row::unkeyed());
    let nothing = || {
        html! { <Empty icon={Glyph::Inbox} title={ImportText::NoneHere.text(locale)} hint={ImportText::NoneHereHint.text(locale)} /> }
    };
    List::new(&asked, |page| &page.rows, table, nothing).paged(&place, |page| page.position).draw(locale)
}
