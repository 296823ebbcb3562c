//! Four steps to the first product, as a light over the editor: each leads to its part and tells whether it is done.

use domain::catalog::ProductStatus;
use yew::prelude::*;

use super::draft::Draft;
use super::texts::EditorText;
use super::view::View;
use crate::kit::{Glyph, Icon, focus};

/// A step: what it is called, where it leads, and whether it is done.
struct Step {
    text: EditorText,
    hint: EditorText,
    /// The card that it is about, and the field in it that gets the cursor.
    part: &'static str,
    field: String,
    is_done: bool,
}

/// The guide of a product that is new.
pub(super) fn bar(view: &View<'_>) -> Html {
    let steps = steps(view.draft(), view.locale());
    let next = steps.iter().position(|step| !step.is_done);
    html! {
        <nav class="guide card" id="product-guide" aria-label={view.say(EditorText::Guide)}>
            <ol>
                for (at, step) in steps.iter().enumerate() {
                    <li class={classes!(step.is_done.then_some("is-done"), (next == Some(at)).then_some("is-next"))}>
                        <button type="button" id={format!("guide-{}", at + 1)} onclick={lead(step)}
                            aria-current={(next == Some(at)).then_some("step")}>
                            <span class="guide-number" aria-hidden="true">
                                if step.is_done { <Icon of={Glyph::Done} /> } else { { at + 1 } }
                            </span>
                            <span class="guide-words">
                                <strong>{ view.say(step.text.clone()) }</strong>
                                <span class="quiet">{ view.say(step.hint.clone()) }</span>
                            </span>
                            if step.is_done { <span class="unseen">{ view.say(EditorText::StepDone) }</span> }
                        </button>
                    </li>
                }
            </ol>
        </nav>
    }
}

fn steps(draft: &Draft, locale: domain::locale::Locale) -> [Step; 4] {
    let document = &draft.document;
    let is_named = !document.name.is_blank();
    let is_priced = draft.is_priced();
    let options_ready = !document.options.is_empty() && document.options.iter().all(|option| !option.values.is_empty());
    [
        Step {
            text: EditorText::StepName,
            hint: EditorText::StepNameHint,
            part: "product-basics",
            field: format!("product-name-{locale}"),
            is_done: is_named,
        },
        Step {
            text: EditorText::StepOptions,
            hint: EditorText::StepOptionsHint,
            part: "product-options",
            field: "add-colour".to_owned(),
            // A product of one kind needs none: whoever went on to prices has decided.
            is_done: options_ready || (document.options.is_empty() && is_priced),
        },
        Step {
            text: EditorText::StepPrices,
            hint: EditorText::StepPricesHint,
            part: "product-variants",
            field: "variants-0-0".to_owned(),
            is_done: is_priced,
        },
        Step {
            text: EditorText::StepLive,
            hint: EditorText::StepLiveHint,
            part: "product-visibility",
            field: "product-status".to_owned(),
            is_done: document.status == ProductStatus::Active,
        },
    ]
}

fn lead(step: &Step) -> Callback<MouseEvent> {
    let (part, field) = (step.part, step.field.clone());
    Callback::from(move |_: MouseEvent| {
        let document = web_sys::window().and_then(|window| window.document());
        if let Some(card) = document.and_then(|document| document.get_element_by_id(part)) {
            card.scroll_into_view();
        }
        focus(&field);
    })
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;
    use domain::money::Currency;

    use super::super::cells::{Column, Manner};
    use super::super::draft::Draft;
    use super::steps;
    use crate::kit::Calendar;

    /// Checklist 92.
    #[test]
    fn a_simple_product_needs_no_options_and_a_step_is_done_when_it_is() {
        let calendar = Calendar { utc_offset_minutes: 0, locale: Locale::English };
        let manner = Manner { currency: Currency::Rupiah, calendar };
        let mut draft = Draft::blank(manner);
        let done = |draft: &Draft| steps(draft, Locale::English).map(|step| step.is_done);
        assert_eq!(done(&draft), [false, false, false, false]);
        draft.document.name.en = "Shirt".to_owned();
        draft.rows[0].put(Column::Price, "149000", manner);
        assert_eq!(done(&draft), [true, true, true, false]);
    }
}
