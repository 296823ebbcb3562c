//! What the editor asks before a product goes.

use domain::catalog::{ChangeOf, DeleteProduct, DeletedProduct, StoredProduct};
use yew::prelude::*;

use super::texts::EditorText;
use crate::catalog::undoing;
use crate::desk::use_desk;
use crate::kit::toasts::use_toaster;
use crate::kit::{FormDialog, Request, use_sender};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct DeleteDialogProps {
    pub(super) stored: StoredProduct,
    pub(super) on_done: Callback<DeletedProduct>,
    pub(super) on_close: Callback<()>,
}

/// Asks before a product goes.
#[component]
pub(super) fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    let locale = use_desk().locale;
    let (form, toaster) = (use_sender(), use_toaster());
    let (is_sold, name) = (props.stored.is_sold, props.stored.document.name.get(locale).to_owned());
    let (title, hint, confirm) = if is_sold {
        (EditorText::ArchiveTitle { name }, EditorText::ArchiveHint, EditorText::Archive)
    } else {
        (EditorText::DeleteTitle { name }, EditorText::DeleteHint, EditorText::Delete)
    };
    let request = DeleteProduct { product_id: props.stored.product_id, version: props.stored.version };
    let on_done = {
        let (on_done, toaster) = (props.on_done.clone(), toaster);
        Callback::from(move |done: DeletedProduct| {
            let text = match done {
                DeletedProduct::Deleted => EditorText::DeletedDone,
                DeletedProduct::Archived => EditorText::ArchivedDone,
            };
            let is_it =
                |what: &ChangeOf| matches!(what, ChangeOf::DeletedProduct { .. } | ChangeOf::ArchivedProduct { .. });
            undoing::tell(&toaster, text.text(locale), is_it);
            on_done.emit(done);
        })
    };
    let submit = form.submit(move |()| Ok(Request::quiet(request)), &on_done, &props.on_close);
    html! {
        <FormDialog id="delete" title={title.text(locale)} explanation={hint.text(locale)} confirm={confirm.text(locale)}
            look="is-bad" state={form.state()} on_submit={submit} on_close={props.on_close.clone()} />
    }
}
