//! One change for the marked products: what is to change, what would become of each, and then the change itself.

use std::rc::Rc;

use domain::catalog::{
    ApplyBulk, BulkChange, BulkOutcome, BulkPreview, CategoryTree, LeftAlone, PreviewBulk, Selection,
};
use domain::text::TaxClassKey;
use yew::prelude::*;

use crate::catalog::texts::BulkText;
use crate::desk::use_desk;
use crate::kit::toasts::{ToastMove, use_toaster};
use crate::kit::{Button, Dialog, FormDialog, ProblemLine, Progress, Request, fresh_key, use_form, use_sender};

mod fields;
mod preview;

use fields::{BulkDraft, draw_fields};
use preview::BulkRows;
pub(in crate::catalog) use preview::changes;

macro_rules! kinds {
    ($($kind:ident = $word:literal, $name:ident;)*) => {
        /// What can be changed of many products at once.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum BulkKind { $($kind,)* }

        impl BulkKind {
            /// Every kind, in the order of the bar.
            pub(super) const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// What ids call it.
            pub(super) const fn word(self) -> &'static str {
                match self { $(Self::$kind => $word,)* }
            }

            /// What people call it.
            pub(super) const fn name(self) -> BulkText {
                match self { $(Self::$kind => BulkText::$name,)* }
            }
        }
    };
}

kinds! {
    Price = "price", Price;
    Sale = "sale", Sale;
    Category = "category", Category;
    Status = "status", Status;
    TaxClass = "tax-class", TaxClass;
    Limits = "limits", Limits;
    Delete = "delete", Delete;
}

#[derive(Clone, PartialEq, Properties)]
pub(super) struct BulkDialogProps {
    pub(super) kind: BulkKind,
    pub(super) selection: Selection,
    pub(super) tree: CategoryTree,
    /// Keys and names; the first is the default.
    pub(super) tax_classes: Vec<(TaxClassKey, String)>,
    /// It was changed.
    pub(super) on_done: Callback<()>,
    pub(super) on_close: Callback<()>,
}

/// What was previewed.
struct Seen {
    change: BulkChange,
    preview: Rc<BulkPreview>,
    /// One for each preview: a double click is one wish.
    key: String,
}

/// The dialog in its three steps.
#[component]
pub(super) fn BulkDialog(props: &BulkDialogProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let say = |text: BulkText| text.text(locale);
    let form = use_form(|| BulkDraft::blank(props.kind));
    let sender = use_sender();
    let toaster = use_toaster();
    let seen = use_state(|| None::<Rc<Seen>>);
    let outcome = use_state(|| None::<Rc<BulkOutcome>>);
    let (currency, calendar) = (desk.currency(), desk.calendar());

    if let Some(outcome) = &*outcome {
        return html! { <LeftDialog outcome={outcome.clone()} on_close={props.on_close.clone()} /> };
    }
    let title = say(props.kind.name());
    let Some(shown) = (*seen).clone() else {
        let submit = {
            let (form, selection, seen) = (form.clone(), props.selection.clone(), seen.setter());
            Callback::from(move |()| match form.draft().read(currency, calendar) {
                Err(fields) => form.refuse(fields),
                Ok(change) => {
                    let (seen, selection) = (seen.clone(), selection.clone());
                    let request = PreviewBulk { selection, change: change.clone() };
                    form.send(Request::quiet(request), move |preview| {
                        seen.set(Some(Rc::new(Seen { change, preview: Rc::new(preview), key: fresh_key() })));
                    });
                }
            })
        };
        return html! {
            <FormDialog id="bulk" {title} confirm={say(BulkText::ToPreview)} state={form.state()} on_submit={submit}
                on_close={props.on_close.clone()}>
                { draw_fields(&form, props.kind, &desk, &props.tree, &props.tax_classes) }
            </FormDialog>
        };
    };

    let totals = shown.preview.totals;
    let back = {
        let seen = seen.setter();
        Callback::from(move |_: MouseEvent| seen.set(None))
    };
    let apply = {
        let (sender, shown, outcome) = (sender.clone(), shown.clone(), outcome.setter());
        let (done, close, kind) = (props.on_done.clone(), props.on_close.clone(), props.kind);
        Callback::from(move |_: MouseEvent| {
            if sender.is_working() {
                return;
            }
            let Seen { change, preview, key } = &*shown;
            let request = ApplyBulk { change: change.clone(), products: preview.changing.clone(), key: key.clone() };
            let (toaster, outcome) = (toaster.clone(), outcome.clone());
            let (done, close) = (done.clone(), close.clone());
            sender.send(Request::quiet(request), move |reply: BulkOutcome| {
                let text = match kind == BulkKind::Delete {
                    true => BulkText::DeletedDone { count: reply.changed },
                    false => BulkText::Done { count: reply.changed },
                };
                toaster.dispatch(match reply.change_id {
                    Some(change_id) => ToastMove::Undoable { text: text.text(locale), change_id },
                    None => ToastMove::Done(text.text(locale)),
                });
                done.emit(());
                if reply.left_out > 0 { outcome.set(Some(Rc::new(reply))) } else { close.emit(()) }
            });
        })
    };
    let confirm = match props.kind == BulkKind::Delete {
        true => BulkText::DeleteCount { count: totals.changing },
        false => BulkText::Apply { count: totals.changing },
    };
    html! {
        <Dialog id="bulk-dialog" class="is-wide" {title} on_close={props.on_close.clone()}>
            <p class="numbers" data-test="bulk-sum">
                { say(BulkText::Sum { changing: totals.changing, variants: totals.variants, staying: totals.staying, refused: totals.refused }) }
            </p>
            if totals.archived > 0 { <p class="quiet">{ say(BulkText::Archived { count: totals.archived }) }</p> }
            <BulkRows change={shown.change.clone()} preview={shown.preview.clone()} />
            if let Some(problem) = sender.problem() { <ProblemLine problem={problem.clone()} /> }
            if sender.is_working() {
                <Progress id="bulk-progress" text={say(BulkText::Working { count: totals.changing })} done={0} of={0} />
            }
            <div class="buttons is-end">
                <Button id="bulk-back" text={say(BulkText::Back)} onclick={back} />
                if totals.changing > 0 {
                    <Button id="bulk-apply" look={if props.kind == BulkKind::Delete { "is-bad" } else { "is-primary" }}
                        text={say(confirm)} onclick={apply} />
                }
            </div>
        </Dialog>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct LeftDialogProps {
    outcome: Rc<BulkOutcome>,
    on_close: Callback<()>,
}

/// What was shown and not changed, and why.
#[component]
fn LeftDialog(props: &LeftDialogProps) -> Html {
    let locale = use_desk().locale;
    let line = |left: &LeftAlone| {
        let name =
            left.name.as_ref().map(|name| name.get(locale).to_owned()).unwrap_or_else(|| BulkText::Gone.text(locale));
        html! { <li><strong>{ name }</strong>{ " · " }<span class="quiet">{ left.why.text(locale) }</span></li> }
    };
    html! {
        <Dialog id="bulk-left" title={BulkText::LeftTitle { count: props.outcome.left_out }.text(locale)} on_close={props.on_close.clone()}>
            <ul class="told-list">for left in props.outcome.left_out_first.iter() { { line(left) } }</ul>
            <div class="buttons is-end">
                <Button id="bulk-left-close" look="is-primary" text={BulkText::Understood.text(locale)}
                    onclick={props.on_close.reform(|_: MouseEvent| ())} />
            </div>
        </Dialog>
    }
}
