//! A file of products: what would become of it, or became of it, what has no place, and the button that takes it in.

use domain::imports::{Counts, FileForm, GoodsAtHand, LeftOut, Stage, VerdictKind};
use domain::page::PageNumber;
use yew::prelude::*;

use super::columns::ColumnsCard;
use super::rows::ImportedRows;
use super::texts::ImportText;
use super::{Act, View};
use crate::kit::{Card, Glyph, Icon, Tab, Tabs};
use crate::screens::{Changes, Imports};

/// All of it.
pub(super) fn draw(view: &View<'_>, goods: &GoodsAtHand) -> Html {
    let at_hand = view.at_hand;
    let is_looked = at_hand.stage == Stage::Looked;
    let columns = (goods.form == FileForm::Products && is_looked).then(|| {
        let on_map = view.act.reform(Act::Map);
        let is_refused = goods.counts.is_some_and(|counts| counts.refused > 0 && counts.new + counts.changed == 0);
        let is_needed = goods.lacks.is_some() || (is_refused && goods.columns.iter().any(|it| it.ours.is_none()));
        html! {
            <ColumnsCard key={at_hand.run} columns={goods.columns.clone()} {is_needed} {on_map} />
        }
    });
    let lacks = goods.lacks.as_ref().map(|why| {
        html! {
            <p class="problem-line" role="alert" data-test="lacks">
                <Icon of={Glyph::Alert} />{ why.text(view.desk.locale) }{ " " }{ view.say(ImportText::TellColumns) }
            </p>
        }
    });
    let report = goods.counts.filter(|_| !at_hand.stage.is_moving()).map(|counts| report(view, goods, counts));
    html! { <>{ lacks }{ report }{ columns }</> }
}

fn report(view: &View<'_>, goods: &GoodsAtHand, counts: Counts) -> Html {
    let at_hand = view.at_hand;
    let has_troubles = counts.refused > 0 || !goods.left_out.is_empty() || goods.missing > 0;
    html! {
        <>
            { sum(view, counts, has_troubles) }
            <Tabs label={view.say(ImportText::Outcome)} tabs={tabs(view, counts)} />
            <ImportedRows key={format!("{}-{}", at_hand.run, view.is_done())} run={at_hand.run} is_done={view.is_done()}
                show={view.here.show} page={view.here.page} />
            { left_out(view, &goods.left_out) }
            { missing(view, goods) }
        </>
    }
}

/// What would happen in a sentence, or what happened, and what to do next.
fn sum(view: &View<'_>, counts: Counts, has_troubles: bool) -> Html {
    let Counts { new, changed, unchanged, refused, not_reached } = counts;
    let text = match view.is_done() {
        true => ImportText::TakenIn { new, changed, unchanged },
        false => ImportText::WouldBeTakenIn { new, changed, unchanged },
    };
    let title = match &view.at_hand.stage {
        Stage::Done { is_stopped: true } => ImportText::Stopped,
        Stage::Done { .. } => ImportText::Finished,
        Stage::Looking { .. } | Stage::Looked | Stage::Running { .. } | Stage::Failed { .. } => ImportText::Preview,
    };
    let count = new + changed;
    html! {
        <Card id="import-sum" class="setting" title={view.say(title)}>
            <p class="numbers" data-test="sum">{ view.say(text) }</p>
            if refused > 0 { <p class="is-bad-text" data-test="refused">{ view.say(ImportText::RefusedCount { count: refused }) }</p> }
            if not_reached > 0 { <p data-test="not-reached">{ view.say(ImportText::NotReached { count: not_reached }) }</p> }
            <div class="buttons">
                if view.at_hand.stage == Stage::Looked && count > 0 {
                    { view.button("run-import", "is-primary", None, ImportText::Run { count }, || Act::Run) }
                }
                if view.is_done() && count > 0 {
                    <a class="button" id="undo-import" href={Changes::default().href()}><Icon of={Glyph::Undo} />{ view.say(ImportText::Undo) }</a>
                }
                if has_troubles {
                    { view.button("save-troubles", "", None, ImportText::SaveTroubles, || Act::SaveTroubles) }
                }
            </div>
            if view.at_hand.stage == Stage::Looked && count == 0 { <p class="quiet">{ view.say(ImportText::NothingToDo) }</p> }
        </Card>
    }
}

fn tabs(view: &View<'_>, counts: Counts) -> Vec<Tab> {
    let tab = |show: Option<VerdictKind>, text: ImportText, count: u32| {
        let id = show.map_or_else(|| "show-all".to_owned(), |kind| format!("show-{kind}"));
        let href = Imports { show, page: PageNumber::FIRST }.href();
        Tab::new(id, href, view.say(text), view.here.show == show).count(Some(count.into()))
    };
    let mut tabs = vec![tab(None, ImportText::All, counts.sum())];
    for kind in VerdictKind::ALL {
        let count = counts.of(*kind);
        if count > 0 || view.here.show == Some(*kind) {
            tabs.push(tab(Some(*kind), kind_name(*kind), count));
        }
    }
    tabs
}

/// What a verdict is called.
pub(super) const fn kind_name(kind: VerdictKind) -> ImportText {
    match kind {
        VerdictKind::New => ImportText::New,
        VerdictKind::Changed => ImportText::Changed,
        VerdictKind::Unchanged => ImportText::Unchanged,
        VerdictKind::Refused => ImportText::Refused,
        VerdictKind::NotReached => ImportText::NotReachedWord,
    }
}

fn left_out(view: &View<'_>, left_out: &[LeftOut]) -> Html {
    if left_out.is_empty() {
        return Html::default();
    }
    let line = |left: &LeftOut| {
        let told = ImportText::LeftOutLine { cells: left.cells, line: left.line, example: left.example.clone() };
        html! {
            <li>
                <strong>{ &left.column }</strong>{ " · " }{ view.say(told) }{ " " }
                <span class="quiet">{ left.why.text(view.desk.locale) }</span>
            </li>
        }
    };
    html! {
        <Card id="left-out" class="setting" title={view.say(ImportText::LeftOut)}>
            <ul class="told-list">for left in left_out.iter() { { line(left) } }</ul>
        </Card>
    }
}

fn missing(view: &View<'_>, goods: &GoodsAtHand) -> Html {
    if goods.missing == 0 {
        return Html::default();
    }
    let more = goods.missing.saturating_sub(u32::try_from(goods.missing_pictures.len()).unwrap_or_default());
    html! {
        <Card id="missing-pictures" class="setting" title={view.say(ImportText::MissingPictures { count: goods.missing })}>
            <ul class="told-list">
                for picture in goods.missing_pictures.iter() {
                    <li>
                        { view.say(ImportText::Line { line: picture.line }) }{ " · " }<strong>{ &picture.name }</strong>{ " " }
                        <span class="quiet">{ picture.why.text(view.desk.locale) }</span>
                    </li>
                }
            </ul>
            if more > 0 { <p class="quiet">{ view.say(ImportText::AndMore { count: more }) }</p> }
        </Card>
    }
}
