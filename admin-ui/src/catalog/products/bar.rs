//! The bar that says how many products are marked, and what can be done with them.

use domain::catalog::{BulkChange, PreviewBulk, Selection};
use yew::prelude::*;

use super::bulk::BulkKind;
use super::marking::{Mark, Marks};
use crate::catalog::texts::BulkText;
use crate::desk::use_desk;
use crate::ipc::use_command;
use crate::kit::{Button, Glyph};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct MarkBarProps {
    pub(super) marks: UseReducerHandle<Marks>,
    pub(super) selection: Selection,
    /// Whether anything is taxed here.
    pub(super) has_taxes: bool,
    pub(super) on_choose: Callback<BulkKind>,
}

/// The bar; nothing while nothing is marked.
#[component]
pub(super) fn MarkBar(props: &MarkBarProps) -> Html {
    let locale = use_desk().locale;
    let say = |text: BulkText| text.text(locale);
    if props.marks.is_empty() {
        return Html::default();
    }
    let moves = |mark: fn() -> Mark| {
        let marks = props.marks.dispatcher();
        Callback::from(move |_: MouseEvent| marks.dispatch(mark()))
    };
    html! {
        <section class="mark-bar" id="mark-bar" aria-label={say(BulkText::Marked)}>
            <p class="numbers" role="status" data-test="marked">
                if let Some(count) = props.marks.count() {
                    { say(BulkText::MarkedCount { count }) }
                } else {
                    <CountOfAll selection={props.selection.clone()} />
                }
            </p>
            if !props.marks.is_all() {
                <Button id="mark-all" is_small={true} text={say(BulkText::MarkAll)} onclick={moves(|| Mark::All)} />
            }
            <Button id="mark-none" is_small={true} look="is-quiet" icon={Glyph::Close} text={say(BulkText::MarkNone)} onclick={moves(|| Mark::Clear)} />
            <div class="buttons">
                for kind in BulkKind::ALL.iter().copied().filter(|kind| props.has_taxes || *kind != BulkKind::TaxClass) {
                    <Button id={format!("bulk-{}", kind.word())} is_small={true} text={say(kind.name())}
                        look={if kind == BulkKind::Delete { "is-danger" } else { "" }}
                        onclick={props.on_choose.reform(move |_: MouseEvent| kind)} />
                }
            </div>
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CountOfAllProps {
    selection: Selection,
}

/// How many were found: what a change that takes sales away would look at.
#[component]
fn CountOfAll(props: &CountOfAllProps) -> Html {
    let locale = use_desk().locale;
    let asked = use_command(PreviewBulk { selection: props.selection.clone(), change: BulkChange::SaleOff });
    let text = match asked.answer.as_deref() {
        None => BulkText::MarkedAll.text(locale),
        Some(Ok(preview)) => BulkText::MarkedAllCount { count: preview.totals.products }.text(locale),
        Some(Err(problem)) => problem.message.text(locale),
    };
    html! { { text } }
}
