//! The categories as a tree of up to three levels: added, renamed, moved with the mouse and with keys, deleted.

use domain::catalog::{CategoryId, CategoryRow, CategoryTree, ListCategories, MOST_LEVELS, MoveCategory};
use domain::locale::Locale;
use yew::prelude::*;

use super::texts::CategoryText;
use crate::desk::{Thumbnail, use_desk};
use crate::ipc::{Asked, use_command};
use crate::kit::{
    Back, Button, Dragging, Empty, Glyph, Icon, KitText, ProblemBox, ProblemLine, Request, Screen, draggable,
    use_dialog, use_dragging, use_sender,
};
use crate::screens::{Categories, Products};

mod delete;
mod edit;
mod moves;

use delete::DeleteDialog;
use edit::EditDialog;
use moves::{Move, request_of};

/// What the dialog is open for.
#[derive(Clone, Debug, PartialEq)]
enum Doing {
    /// A new one below that.
    Add(Option<CategoryId>),
    Edit(CategoryId),
    Delete(CategoryId),
}

/// The screen of the categories.
#[component]
pub(crate) fn CategoriesScreen(_: &Categories) -> Html {
    let locale = use_desk().locale;
    let asked = use_command(ListCategories {});
    let dialog = use_dialog::<Doing>();
    let mover = use_sender();
    let dragging = use_dragging();
    let tree = asked.reply().cloned().unwrap_or_default();
    let on_move = {
        let (mover, tree, replace) = (mover.clone(), tree.clone(), asked.replace.clone());
        Callback::from(move |request: MoveCategory| {
            if mover.is_working() {
                return;
            }
            let name = tree.get(request.category_id).map(|row| row.name.get(locale).to_owned()).unwrap_or_default();
            let replace = replace.clone();
            mover
                .send(Request::new(request, CategoryText::Moved { name }.text(locale)), move |tree| replace.emit(tree));
        })
    };
    let content = match asked.answer.as_deref() {
        None => html! {
            <div class="card is-bones" aria-busy="true" aria-label={KitText::Loading.text(locale)}>
                for _ in 0..5 { <span class="bone" /> }
            </div>
        },
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        Some(Ok(tree)) if tree.0.is_empty() => html! {
            <div class="card">
                <Empty icon={Glyph::Tree} title={CategoryText::NoneYet.text(locale)} hint={CategoryText::NoneYetHint.text(locale)}>
                    <Button id="first-category" look="is-primary" icon={Glyph::Plus} text={CategoryText::Add.text(locale)}
                        onclick={dialog.opens(Doing::Add(None))} />
                </Empty>
            </div>
        },
        Some(Ok(tree)) => {
            let list = Drawing { tree, locale, open: dialog.open(), on_move: &on_move, dragging: &dragging };
            html! { <div class="card tree-card">{ list.branch(None) }</div> }
        }
    };
    let tools = html! {
        <Button id="add-category" look="is-primary" icon={Glyph::Plus} text={CategoryText::Add.text(locale)}
            onclick={dialog.opens(Doing::Add(None))} />
    };
    html! {
        <>
            <Back id="back-to-products" href={Products::default().href()} text={CategoryText::BackToList.text(locale)} />
            <Screen id="categories" {tools}>
                <p class="quiet">{ CategoryText::Hint.text(locale) }</p>
                if let Some(problem) = mover.problem() { <ProblemLine problem={problem.clone()} /> }
                { content }
                if let Some(doing) = dialog.what() {
                    { draw_dialog(doing, &tree, &asked, dialog.close()) }
                }
            </Screen>
        </>
    }
}

fn draw_dialog(doing: &Doing, tree: &CategoryTree, asked: &Asked<ListCategories>, on_close: Callback<()>) -> Html {
    let on_done = asked.again.reform(|_: CategoryRow| ());
    match doing {
        Doing::Add(parent) => {
            let parent = parent.and_then(|id| tree.get(id)).cloned();
            html! { <EditDialog known={None::<CategoryRow>} {parent} {on_done} {on_close} /> }
        }
        Doing::Edit(id) => match tree.get(*id) {
            Some(known) => {
                html! { <EditDialog known={Some(known.clone())} parent={None::<CategoryRow>} {on_done} {on_close} /> }
            }
            None => Html::default(),
        },
        Doing::Delete(id) => match tree.get(*id) {
            Some(known) => {
                html! { <DeleteDialog known={known.clone()} tree={tree.clone()} on_done={asked.replace.clone()} {on_close} /> }
            }
            None => Html::default(),
        },
    }
}

/// What the tree is drawn with.
struct Drawing<'a> {
    tree: &'a CategoryTree,
    locale: Locale,
    open: Callback<Doing>,
    on_move: &'a Callback<MoveCategory>,
    dragging: &'a Dragging,
}

impl Drawing<'_> {
    /// Those below one, and all below them.
    fn branch(&self, parent: Option<CategoryId>) -> Html {
        let rows: Vec<&CategoryRow> = self.tree.0.iter().filter(|row| row.parent_id == parent).collect();
        if rows.is_empty() {
            return Html::default();
        }
        let label = parent.is_none().then(|| CategoryText::Tree.text(self.locale));
        html! {
            <ul class="tree" aria-label={label}>
                for row in rows { <li key={row.id.to_string()}>{ self.row(row) }{ self.branch(Some(row.id)) }</li> }
            </ul>
        }
    }

    fn row(&self, row: &CategoryRow) -> Html {
        let (id, name) = (row.id, row.name.get(self.locale).to_owned());
        let at = self.tree.0.iter().position(|other| other.id == id).unwrap_or_default();
        let say = |text: CategoryText| text.text(self.locale);
        let way = |step: Move| request_of(self.tree, id, step);
        let onkeydown = {
            let requests = [Move::Up, Move::Down, Move::In, Move::Out].map(way);
            let on_move = self.on_move.clone();
            Callback::from(move |event: KeyboardEvent| {
                let place =
                    ["ArrowUp", "ArrowDown", "ArrowRight", "ArrowLeft"].iter().position(|key| event.key() == *key);
                if let Some(place) = place.filter(|_| event.alt_key()) {
                    event.prevent_default();
                    if let Some(request) = requests.get(place).copied().flatten() {
                        on_move.emit(request);
                    }
                }
            })
        };
        let dropped = {
            let (tree, on_move) = (self.tree.clone(), self.on_move.clone());
            Callback::from(move |from: usize| {
                let request = tree.0.get(from).and_then(|moved| moves::before(&tree, moved.id, id));
                if let Some(request) = request {
                    on_move.emit(request);
                }
            })
        };
        let drag = draggable(self.dragging, at, dropped);
        let button = |step: Move, label: CategoryText, icon: Glyph| {
            let request = way(step);
            let (label, on_move) = (say(label), self.on_move.clone());
            html! {
                <button type="button" class={classes!("icon-button", request.is_none().then_some("is-off"))}
                    aria-label={label.clone()} title={label} disabled={request.is_none()}
                    onclick={Callback::from(move |_: MouseEvent| if let Some(request) = request { on_move.emit(request) })}>
                    <Icon of={icon} />
                </button>
            }
        };
        let open = |doing: Doing| self.open.reform(move |_: MouseEvent| doing.clone());
        let may_add = self.tree.level(id) < MOST_LEVELS;
        html! {
            <div class={classes!("tree-row", drag.is_over.then_some("is-over"))} data-category={row.slug.clone()} draggable="true"
                ondragstart={drag.start} ondragover={drag.over} ondrop={drag.drop} ondragend={drag.end}>
                <Icon of={Glyph::Handle} class="tree-handle" />
                <Thumbnail picture={row.picture.clone()} />
                <button type="button" class="link-button tree-name" data-test="edit-category" {onkeydown}
                    onclick={open(Doing::Edit(id))}>{ &name }</button>
                <span class="quiet numbers">{ say(CategoryText::Products { count: row.products }) }</span>
                <span class="quiet mono clip">{ format!("/{}", row.slug) }</span>
                <div class="tree-tools">
                    { button(Move::Up, CategoryText::Up { name: name.clone() }, Glyph::Ascending) }
                    { button(Move::Down, CategoryText::Down { name: name.clone() }, Glyph::Descending) }
                    { button(Move::Out, CategoryText::OutOf { name: name.clone() }, Glyph::Previous) }
                    { button(Move::In, CategoryText::In { name: name.clone() }, Glyph::Next) }
                    <button type="button" class={classes!("icon-button", (!may_add).then_some("is-off"))} disabled={!may_add}
                        data-test="add-below" aria-label={say(CategoryText::AddBelow { name: name.clone() })}
                        title={say(CategoryText::AddBelow { name: name.clone() })} onclick={open(Doing::Add(Some(id)))}>
                        <Icon of={Glyph::Plus} />
                    </button>
                    <button type="button" class="icon-button" data-test="delete-category"
                        aria-label={say(CategoryText::Delete { name: name.clone() })}
                        title={say(CategoryText::Delete { name })} onclick={open(Doing::Delete(id))}>
                        <Icon of={Glyph::Remove} />
                    </button>
                </div>
            </div>
        }
    }
}
