//! The bar that saves a product: whether something is not saved yet, what is wrong, and the button.

use yew::prelude::*;

use super::sheet::Sheet;
use super::texts::EditorText;
use super::view::View;
use crate::kit::{Button, Glyph, Icon, KitText, ProblemLine};

/// The bar.
pub(super) fn bar(view: &View<'_>, compare: &Callback<MouseEvent>) -> Html {
    let form = view.form;
    let sheet = view.sheet();
    let (is_changed, is_new) = (sheet.is_changed(), sheet.stored.is_none());
    let fields = form.fields();
    let wrong = match fields.first().and_then(|field| part_of(&field.field)) {
        Some(part) => EditorText::WrongIn { part: view.say(part) },
        None => EditorText::Wrong,
    };
    let revert = form.change(|sheet: &mut Sheet, _: MouseEvent| sheet.revert());
    let can_save = !form.is_working() && (is_changed || is_new);
    html! {
        <div class="save-bar" id="save-bar" data-changed={is_changed.to_string()}>
            if sheet.conflict.is_some() {
                <p class="problem-line" role="alert" data-test="changed-meanwhile">
                    <Icon of={Glyph::Alert} />{ view.say(EditorText::ChangedMeanwhile) }
                </p>
            } else if let Some(problem) = form.problem().filter(|_| fields.is_empty()) {
                <ProblemLine problem={problem.clone()} />
            } else if !fields.is_empty() {
                <p class="problem-line" role="alert" data-test="problem"><Icon of={Glyph::Alert} />{ view.say(wrong) }</p>
            } else if is_changed {
                <p class="quiet" role="status">{ view.say(EditorText::Unsaved) }</p>
            } else {
                <p class="quiet">{ view.say(EditorText::SaveKeys) }</p>
            }
            <div class="buttons is-end">
                if sheet.conflict.is_some() {
                    <Button id="product-compare" text={view.say(EditorText::ShowConflict)} onclick={compare.clone()} />
                }
                if is_changed {
                    <Button id="product-revert" text={view.say(EditorText::Revert)} onclick={revert} />
                }
                <button type="submit" class="button is-primary" id="product-save" aria-disabled={(!can_save).to_string()}>
                    { if form.is_working() { KitText::Working } else { KitText::Save }.text(view.locale()) }
                </button>
            </div>
        </div>
    }
}

/// The part of the screen that a field stands in.
fn part_of(path: &str) -> Option<EditorText> {
    let first = path.split(['[', '.']).next()?;
    Some(match first {
        "name" | "description" => EditorText::Basics,
        "status" | "publish_at" => EditorText::Visibility,
        "category" | "tax_class" => EditorText::Sorting,
        "options" => EditorText::Options,
        "variants" | "received" | "moved_stock" => EditorText::Variants,
        "pictures" => EditorText::Pictures,
        "slug" | "seo_title" | "seo_text" => EditorText::SearchEngines,
        "related" => EditorText::Related,
        "note" => EditorText::NoteTitle,
        _ => return None,
    })
}
