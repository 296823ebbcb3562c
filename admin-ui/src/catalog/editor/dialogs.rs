//! What the editor asks: whether to leave without saving, and whether to delete.

use domain::catalog::{ChangeOf, DeleteProduct, DeletedProduct, StoredProduct};
use yew::prelude::*;

use super::texts::EditorText;
use crate::catalog::undoing;
use crate::desk::use_desk;
use crate::kit::toasts::use_toaster;
use crate::kit::{Button, Dialog, FormDialog, Request, use_sender};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct LeaveDialogProps {
    pub(super) on_stay: Callback<()>,
    pub(super) on_leave: Callback<()>,
    pub(super) on_save: Callback<()>,
}

/// Asks what becomes of what is not saved.
#[component]
pub(super) fn LeaveDialog(props: &LeaveDialogProps) -> Html {
    let locale = use_desk().locale;
    html! {
        <Dialog id="leave-dialog" title={EditorText::LeaveTitle.text(locale)} on_close={props.on_stay.clone()}>
            <p>{ EditorText::LeaveHint.text(locale) }</p>
            <div class="buttons is-end">
                <Button id="leave-stay" text={EditorText::Stay.text(locale)} onclick={props.on_stay.reform(|_: MouseEvent| ())} />
                <Button id="leave-leave" look="is-danger" text={EditorText::Leave.text(locale)}
                    onclick={props.on_leave.reform(|_: MouseEvent| ())} />
                <Button id="leave-save" look="is-primary" text={EditorText::SaveAndLeave.text(locale)}
                    onclick={props.on_save.reform(|_: MouseEvent| ())} />
            </div>
        </Dialog>
    }
}

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
