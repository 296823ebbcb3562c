//! The dialog to delete a category, which asks where its goods go.

use domain::catalog::{CategoryRow, CategoryTree, ChangeOf, DeleteCategory};
use yew::prelude::*;

use crate::catalog::texts::CategoryText;
use crate::catalog::undoing;
use crate::catalog::words::tree_name;
use crate::desk::use_desk;
use crate::kit::toasts::use_toaster;
use crate::kit::{Choose, FormDialog, Request, choices, lens, use_form};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct DeleteDialogProps {
    pub(super) known: CategoryRow,
    pub(super) tree: CategoryTree,
    pub(super) on_done: Callback<CategoryTree>,
    pub(super) on_close: Callback<()>,
}

/// The dialog.
#[component]
pub(super) fn DeleteDialog(props: &DeleteDialogProps) -> Html {
    let locale = use_desk().locale;
    let toaster = use_toaster();
    let known = &props.known;
    let name = known.name.get(locale).to_owned();
    // Where it stood is the nearest guess.
    let form = use_form(|| known.parent_id.map(|parent| parent.to_string()).unwrap_or_default());
    let on_done = {
        let (on_done, said) = (props.on_done.clone(), CategoryText::Deleted { name: name.clone() }.text(locale));
        Callback::from(move |tree: CategoryTree| {
            undoing::tell(&toaster, said.clone(), |what| matches!(what, ChangeOf::DeletedCategory { .. }));
            on_done.emit(tree);
        })
    };
    let submit = {
        let (category_id, version) = (known.id, known.version);
        form.submit(
            move |goods_to: &String| {
                let request = DeleteCategory { category_id, version, goods_to: goods_to.parse().ok() };
                Ok(Request::quiet(request))
            },
            &on_done,
            &props.on_close,
        )
    };
    let others = props.tree.0.iter().filter(|row| row.id != known.id);
    let others = others.map(|row| (row.id.to_string(), tree_name(&props.tree, row, locale)));
    let all = std::iter::once((String::new(), CategoryText::GoodsNowhere.text(locale))).chain(others);
    html! {
        <FormDialog id="delete-category" title={CategoryText::DeleteTitle { name }.text(locale)}
            explanation={CategoryText::DeleteHint.text(locale)} confirm={CategoryText::Confirm.text(locale)} look="is-bad"
            state={form.state()} on_submit={submit} on_close={props.on_close.clone()}>
            <Choose id="goods-to" label={CategoryText::GoodsTo { count: known.products }.text(locale)} choices={choices(all)}
                chosen={form.draft().clone()} on_choose={form.set(lens!())} error={form.error("goods_to")} />
        </FormDialog>
    }
}
