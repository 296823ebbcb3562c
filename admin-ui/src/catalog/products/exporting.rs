//! The dialog to write products to a file: all of them, or those that the list has found.

use domain::catalog::ListGoods;
use domain::imports::{ExportGoods, ExportWhat};
use yew::prelude::*;

use crate::catalog::texts::ProductText;
use crate::desk::use_desk;
use crate::kit::toasts::{ToastMove, use_toaster};
use crate::kit::{Choose, FormDialog, Request, choices, lens, use_form};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct ExportDialogProps {
    /// What the list has found; nothing when it shows all.
    pub(super) found: Option<ListGoods>,
    pub(super) on_close: Callback<()>,
}

/// The dialog. The owner says in the system's own where the file shall be.
#[component]
pub(super) fn ExportDialog(props: &ExportDialogProps) -> Html {
    let locale = use_desk().locale;
    let toaster = use_toaster();
    let form = use_form(|| if props.found.is_some() { "found" } else { "all" }.to_owned());
    let submit = {
        let (form, found, on_close) = (form.clone(), props.found.clone(), props.on_close.clone());
        Callback::from(move |()| {
            let what = match found.clone().filter(|_| form.draft() == "found") {
                Some(found) => ExportWhat::Found(Box::new(found)),
                None => ExportWhat::All,
            };
            let (toaster, on_close) = (toaster.clone(), on_close.clone());
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
    let all = [("all", ProductText::ExportAll), ("found", ProductText::ExportFound)];
    let offered = all.into_iter().filter(|(word, _)| *word == "all" || props.found.is_some());
    html! {
        <FormDialog id="export" title={ProductText::ExportTitle.text(locale)} explanation={ProductText::ExportHint.text(locale)}
            confirm={ProductText::ExportChoose.text(locale)} state={form.state()} on_submit={submit} on_close={props.on_close.clone()}>
            <Choose id="export-which" label={ProductText::ExportWhich.text(locale)}
                choices={choices(offered.map(|(word, text)| (word, text.text(locale))))}
                chosen={form.draft().clone()} on_choose={form.set(lens!())} is_fixed={props.found.is_none()} />
        </FormDialog>
    }
}
