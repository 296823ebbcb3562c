//! The dialog to write products to a file: all of them, those that the list has found, or those that are marked.

use domain::catalog::Selection;
use domain::imports::{ExportGoods, ExportWhat};
use yew::prelude::*;

use crate::catalog::texts::ProductText;
use crate::desk::use_desk;
use crate::kit::toasts::{ToastMove, use_toaster};
use crate::kit::{Choose, FormDialog, Request, choices, lens, use_form};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExportDialogProps {
    /// What is marked; nothing when nothing is.
    pub(super) marked: Option<Selection>,
    /// What the list has found; nothing when it shows all.
    pub(super) found: Option<Selection>,
    pub(super) on_close: Callback<()>,
}

impl ExportDialogProps {
    /// What can be written, under the words of the form; the first is meant most likely.
    fn offered(&self) -> Vec<(&'static str, ProductText, ExportWhat)> {
        let chosen = |it: &Selection| ExportWhat::Chosen(Box::new(it.clone()));
        let marked = self.marked.as_ref().map(|it| ("marked", ProductText::ExportMarked, chosen(it)));
        let found = self.found.as_ref().map(|it| ("found", ProductText::ExportFound, chosen(it)));
        marked.into_iter().chain(found).chain([("all", ProductText::ExportAll, ExportWhat::All)]).collect()
    }
}

/// The dialog. The owner says in the system's own where the file shall be.
#[component]
pub(super) fn ExportDialog(props: &ExportDialogProps) -> Html {
    let locale = use_desk().locale;
    let toaster = use_toaster();
    let offered = props.offered();
    let form = use_form(|| offered[0].0.to_owned());
    let submit = {
        let (form, props) = (form.clone(), props.clone());
        Callback::from(move |()| {
            let chosen = props.offered().into_iter().find(|(word, ..)| form.draft() == word);
            let what = chosen.map_or(ExportWhat::All, |(_, _, what)| what);
            let (toaster, on_close) = (toaster.clone(), props.on_close.clone());
            form.send(Request::quiet(ExportGoods { what }), move |exported| {
                // Who leaves the system's dialog may choose otherwise here.
                if let Some(exported) = exported {
                    let (count, file) = (exported.products, exported.file);
                    toaster.dispatch(ToastMove::Done(ProductText::Exported { count, file }.text(locale)));
                    on_close.emit(());
                }
            });
        })
    };
    let is_fixed = offered.len() == 1;
    html! {
        <FormDialog id="export" title={ProductText::ExportTitle.text(locale)} explanation={ProductText::ExportHint.text(locale)}
            confirm={ProductText::ExportChoose.text(locale)} state={form.state()} on_submit={submit} on_close={props.on_close.clone()}>
            <Choose id="export-which" label={ProductText::ExportWhich.text(locale)}
                choices={choices(offered.into_iter().map(|(word, text, _)| (word, text.text(locale))))}
                chosen={form.draft().clone()} on_choose={form.set(lens!())} {is_fixed} />
        </FormDialog>
    }
}
