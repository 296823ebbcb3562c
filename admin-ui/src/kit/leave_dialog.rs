//! What is asked when somebody leaves a screen that holds something unsaved.

use yew::prelude::*;

use super::button::Button;
use super::dialog::Dialog;
use super::locale::use_locale;
use super::texts::KitText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LeaveDialogProps {
    /// What is not saved.
    pub(crate) hint: AttrValue,
    pub(crate) on_stay: Callback<()>,
    pub(crate) on_leave: Callback<()>,
    pub(crate) on_save: Callback<()>,
}

/// Asks what becomes of what is not saved.
#[component]
pub(crate) fn LeaveDialog(props: &LeaveDialogProps) -> Html {
    let locale = use_locale();
    html! {
        <Dialog id="leave-dialog" title={KitText::LeaveTitle.text(locale)} on_close={props.on_stay.clone()}>
            <p>{ &props.hint }</p>
            <div class="buttons is-end">
                <Button id="leave-stay" text={KitText::Stay.text(locale)} onclick={props.on_stay.reform(|_: MouseEvent| ())} />
                <Button id="leave-leave" look="is-danger" text={KitText::Leave.text(locale)}
                    onclick={props.on_leave.reform(|_: MouseEvent| ())} />
                <Button id="leave-save" look="is-primary" text={KitText::SaveAndLeave.text(locale)}
                    onclick={props.on_save.reform(|_: MouseEvent| ())} />
            </div>
        </Dialog>
    }
}
