//! What a product is called and what is told of it, in both languages.

use domain::locale::Locale;
use yew::prelude::*;

use super::draft::Draft;
use super::markdown::preview_of;
use super::texts::EditorText;
use super::view::{View, id_of, language, other, wording_mut};
use crate::kit::{Button, Card, Field, Glyph, use_locale};

/// Names and description.
pub(super) fn card(view: &View<'_>) -> Html {
    let draft = view.draft();
    let [own, second] =
        view.pair("name", EditorText::Name, &draft.document.name, |draft| Some(&mut draft.document.name));
    let own = if view.sheet().stored.is_none() { own.first() } else { own };
    let second = second.hint(view.say(EditorText::FallsBack));
    let texts = [view.locale(), other(view.locale())].map(|locale| {
        let put = move |draft: &mut Draft, text| *wording_mut(&mut draft.document.description, locale) = text;
        (locale, AttrValue::from(draft.document.description.wording(locale).to_owned()), view.typed(&path(locale), put))
    });
    html! {
        <Card id="product-basics" class="setting" title={view.say(EditorText::Basics)}>
            <div class="field-pair">{ Html::from(own) }{ Html::from(second) }</div>
            <Description texts={texts.to_vec()} error={view.error("description").map(|error| error.text(view.locale()))} />
        </Card>
    }
}

fn path(locale: Locale) -> String {
    format!("description.{locale}")
}

#[derive(Clone, PartialEq, Properties)]
struct DescriptionProps {
    /// Each language with its text, and what takes what is typed.
    texts: Vec<(Locale, AttrValue, Callback<String>)>,
    error: Option<String>,
}

/// The description in one language at a time, as it is typed and as a page would show it.
#[component]
fn Description(props: &DescriptionProps) -> Html {
    let own = use_locale();
    let at = use_state(|| 0_usize);
    let is_shown = use_state(|| false);
    let Some((locale, text, on_change)) = props.texts.get(*at).cloned() else { return Html::default() };
    let choose = |place: usize, locale: Locale| {
        let setter = at.setter();
        let is_here = *at == place;
        html! {
            <button type="button" class="segment" aria-pressed={is_here.to_string()} id={format!("description-{locale}")}
                onclick={Callback::from(move |_: MouseEvent| setter.set(place))}>{ language(locale, own) }</button>
        }
    };
    let turn = {
        let is_shown = is_shown.clone();
        Callback::from(move |_: MouseEvent| is_shown.set(!*is_shown))
    };
    let label = format!("{} ({})", EditorText::Description.text(own), language(locale, own));
    html! {
        <div class="description">
            <div class="description-head">
                <div class="segments" role="group" aria-label={EditorText::DescriptionLanguage.text(own)}>
                    for (place, (locale, ..)) in props.texts.iter().enumerate() { { choose(place, *locale) } }
                </div>
                <Button id="description-preview" is_small={true} icon={if *is_shown { Glyph::Pencil } else { Glyph::Eye }}
                    text={if *is_shown { EditorText::Write } else { EditorText::Preview }.text(own)} onclick={turn} />
            </div>
            if *is_shown {
                <div class="field"><span class="field-label">{ &label }</span>
                    <div class="prose" id="description-shown" tabindex="0">
                        if text.trim().is_empty() {
                            <p class="quiet">{ EditorText::NothingWritten.text(own) }</p>
                        } else {
                            { Html::from_html_unchecked(preview_of(&text).into()) }
                        }
                    </div>
                </div>
            } else {
                <div class="is-tall">
                    <Field id={id_of(&path(locale))} {label} value={text} {on_change} is_long={true}
                        hint={EditorText::MarkdownHint.text(own)} />
                </div>
            }
            if let Some(error) = &props.error { <p class="field-error">{ error }</p> }
        </div>
    }
}
