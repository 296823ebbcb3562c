//! What staff should know of a variant's product, and the dialog that writes it.

use domain::catalog::{GetStaffNote, ProductId, SetStaffNote, StaffNote};
use domain::staff::Permission;
use yew::prelude::*;

use crate::desk::use_desk;
use crate::inventory::StockText;
use crate::ipc::use_command;
use crate::kit::{
    Bones, Button, Card, FormDialog, Glyph, KitText, ProblemBox, Request, lens, use_dialog, use_form, use_locale,
};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct StaffNoteCardProps {
    pub(super) product: ProductId,
    pub(super) name: String,
}

/// The note on a product. Whoever cannot load it is told so: what it says may matter.
#[component]
pub(super) fn StaffNoteCard(props: &StaffNoteCardProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let asked = use_command(GetStaffNote { product_id: props.product });
    let dialog = use_dialog::<StaffNote>();
    let known = match asked.answer.as_deref() {
        None => return html! { <Bones widths={vec![4, 9]} /> },
        Some(Err(problem)) => {
            return html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> };
        }
        Some(Ok(known)) => known,
    };
    let (shown, change) = if known.note.is_empty() {
        let none = html! { <p class="quiet" data-test="staff-note">{ StockText::StaffNoteNone.text(locale) }</p> };
        (none, StockText::WriteStaffNote)
    } else {
        let note = html! { <p class="timeline-note" data-test="staff-note">{ &known.note }</p> };
        (note, StockText::ChangeStaffNote)
    };
    html! {
        <Card id="staff-note" title={StockText::StaffNote.text(locale)}>
            { shown }
            if desk.may(Permission::ChangeCatalog) {
                <Button id="set-staff-note" icon={Glyph::Settings} text={change.text(locale)}
                    onclick={dialog.opens(known.clone())} />
            }
            if let Some(seen) = dialog.what() {
                <StaffNoteDialog seen={seen.clone()} name={props.name.clone()} on_done={asked.replace.clone()}
                    on_reload={asked.again.clone()} on_close={dialog.close()} />
            }
        </Card>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct StaffNoteDialogProps {
    /// The note when the dialog was opened: news of another one must not pass for having been read.
    seen: StaffNote,
    name: String,
    on_done: Callback<StaffNote>,
    on_reload: Callback<()>,
    on_close: Callback<()>,
}

/// Asks for the note; the present one is proposed.
#[component]
fn StaffNoteDialog(props: &StaffNoteDialogProps) -> Html {
    let locale = use_locale();
    let form = use_form(|| props.seen.note.clone());
    let read = {
        let (seen, product) = (props.seen.clone(), props.name.clone());
        move |typed: &String| {
            // A note is one line, however its writer broke it.
            let note = typed.lines().collect::<Vec<_>>().join(" ");
            let request = SetStaffNote { product_id: seen.product_id, note, seen: seen.note.clone() };
            request.read()?;
            let product = product.clone();
            let said = move |saved: &StaffNote| {
                let said = if saved.note.is_empty() {
                    StockText::StaffNoteRemoved { product }
                } else {
                    StockText::StaffNoteSaved { product }
                };
                said.text(locale)
            };
            Ok(Request::telling(request, said))
        }
    };
    let reload = {
        let (again, close) = (props.on_reload.clone(), props.on_close.clone());
        Callback::from(move |()| {
            again.emit(());
            close.emit(());
        })
    };
    html! {
        <FormDialog id="staff-note" title={StockText::StaffNoteFor { product: props.name.clone() }.text(locale)}
            explanation={StockText::StaffNoteExplain.text(locale)} confirm={KitText::Save.text(locale)}
            state={form.state()} on_submit={form.submit(read, &props.on_done, &props.on_close)} on_reload={reload}
            on_close={props.on_close.clone()}>
            { form.input("staff-note-text", "note", StockText::StaffNote.text(locale), lens!())
                .long()
                .first()
                .hint(StockText::StaffNoteHint.text(locale)) }
        </FormDialog>
    }
}
