//! The bar below a form that is saved as a whole and can go back.

use domain::locale::Locale;
use yew::prelude::*;

use super::button::Button;
use super::form::Form;
use super::icon::{Glyph, Icon};
use super::problem::ProblemLine;
use super::texts::KitText;

/// What the bar of a form tells and offers besides what the form itself knows.
pub(crate) struct SaveBar {
    /// What the ids of its buttons begin with.
    pub(crate) name: &'static str,
    pub(crate) is_changed: bool,
    /// Whether there is something before the last save to go back to.
    pub(crate) can_undo: bool,
    /// What is said while fields are wrong.
    pub(crate) wrong: String,
    pub(crate) reload: Callback<MouseEvent>,
    pub(crate) undo: Callback<MouseEvent>,
    pub(crate) revert: Callback<MouseEvent>,
}

impl SaveBar {
    /// Draws it. Its last button submits the form that it stands in.
    pub(crate) fn below<D: Clone + 'static>(self, form: &Form<D>, locale: Locale) -> Html {
        let Self { name, is_changed, can_undo, wrong, reload, undo, revert } = self;
        let say = |text: KitText| text.text(locale);
        let fields = form.fields();
        html! {
            <div class="save-bar" id="save-bar" data-changed={is_changed.to_string()}>
                if let Some(problem) = form.problem().filter(|_| fields.is_empty()) {
                    <ProblemLine problem={problem.clone()} />
                } else if !fields.is_empty() {
                    <p class="problem-line" role="alert" data-test="problem"><Icon of={Glyph::Alert} />{ wrong }</p>
                } else if is_changed {
                    <p class="quiet" role="status">{ say(KitText::Unsaved) }</p>
                } else {
                    <p class="quiet">{ say(KitText::SaveKeys) }</p>
                }
                <div class="buttons is-end">
                    if form.is_stale() {
                        <Button id={format!("{name}-reload")} icon={Glyph::Retry} text={say(KitText::Reload)}
                            onclick={reload} />
                    }
                    if can_undo && !is_changed {
                        <Button id={format!("{name}-undo")} icon={Glyph::Undo} text={say(KitText::UndoSave)}
                            onclick={undo} />
                    }
                    if is_changed {
                        <Button id={format!("{name}-revert")} text={say(KitText::Revert)} onclick={revert} />
                    }
                    <button type="submit" class="button is-primary" id={format!("{name}-save")}
                        aria-disabled={(form.is_working() || !is_changed).to_string()}>
                        { say(if form.is_working() { KitText::Working } else { KitText::Save }) }
                    </button>
                </div>
            </div>
        }
    }
}
