//! What a buyer chooses: the options, their values in order, and the colours of their swatches.

use domain::catalog::{OptionDocument, ProductDocument, ValueDocument};
use domain::locale::Translated;
use yew::prelude::*;

use super::colours::colour_of;
use super::draft::Draft;
use super::removing::Removing;
use super::texts::EditorText;
use super::values::AddValues;
use super::view::{View, id_of, in_language};
use crate::kit::{Button, Card, Glyph, Icon};

/// The options.
pub(super) fn card(view: &View<'_>, remove: &Callback<Removing>) -> Html {
    let options = &view.draft().document.options;
    html! {
        <Card id="product-options" class="setting" title={view.say(EditorText::Options)}>
            if options.is_empty() { <p class="quiet">{ view.say(EditorText::NoOptions) }</p> }
            for at in 0..options.len() { { option(view, at, remove) } }
            { view.error_line("options") }
            if options.len() < ProductDocument::MOST_OPTIONS {
                <div class="buttons">
                    { add(view, "add-colour", EditorText::AddColour, &[EditorText::Colour]) }
                    { add(view, "add-size", EditorText::AddSize, &[EditorText::Size]) }
                    { add(view, "add-option", EditorText::AddOption, &[]) }
                </div>
            }
        </Card>
    }
}

/// A button for a usual option, whose name is known in both languages, or for any other.
fn add(view: &View<'_>, id: &'static str, label: EditorText, name: &'static [EditorText]) -> Html {
    let options = &view.draft().document.options;
    let manner = view.sheet().manner;
    let name = name.first().map(|name| Translated::of(|locale| name.text(locale))).unwrap_or_default();
    if !name.is_blank() && options.iter().any(|option| option.name == name) {
        return Html::default();
    }
    let at = options.len();
    let added = view.change(move |draft: &mut Draft, _: MouseEvent| {
        draft.add_option(OptionDocument { name: name.clone(), ..OptionDocument::default() }, manner);
    });
    let onclick = Callback::from(move |event| {
        added.emit(event);
        // The field is there once the screen is drawn again.
        gloo_timers::callback::Timeout::new(30, move || crate::kit::focus(&format!("add-values-{at}"))).forget();
    });
    html! { <Button {id} icon={Glyph::Plus} is_small={true} text={view.say(label)} {onclick} /> }
}

fn option(view: &View<'_>, at: usize, remove: &Callback<Removing>) -> Html {
    let Some(option) = view.draft().document.options.get(at) else { return Html::default() };
    let path = format!("options[{at}]");
    let manner = view.sheet().manner;
    let [own, second] = view.pair(&format!("{path}.name"), EditorText::OptionName, &option.name, move |draft| {
        draft.document.options.get_mut(at).map(|option| &mut option.name)
    });
    let has_swatches = option.values.iter().any(|value| value.swatch.is_some());
    let swatches = view.change(move |draft: &mut Draft, _: Event| {
        if let Some(option) = draft.document.options.get_mut(at) {
            let on = !option.values.iter().any(|value| value.swatch.is_some());
            option.values.iter_mut().for_each(|value| value.swatch = on.then(|| colour_of(&value.value)));
        }
    });
    let removed = remove.reform(move |_: MouseEvent| Removing::Option(at));
    let add_values = {
        let (form, locale) = (view.form.clone(), view.locale());
        Callback::from(move |words: Vec<String>| {
            let refused = {
                let mut probe = (*form.draft().draft).clone();
                probe.add_values(at, values_of(&words, locale, has_swatches), manner).err()
            };
            match refused {
                Some(message) => form.refuse(crate::kit::wrong("options", message)),
                None => form.edit(move |sheet| {
                    sheet.step(None, |draft| {
                        // It went well a moment ago.
                        let _ = draft.add_values(at, values_of(&words, locale, has_swatches), manner);
                    });
                }),
            }
        })
    };
    let label = option.name.get(view.locale()).to_owned();
    let swatch_label = view.say(EditorText::ShowSwatches);
    let move_up =
        view.change(move |draft: &mut Draft, _: MouseEvent| draft.move_option(at, at.saturating_sub(1), manner));
    html! {
        <fieldset class="option" key={at}>
            <legend class="unseen">{ view.say(EditorText::OptionNumber { number: at + 1 }) }</legend>
            <div class="option-head">
                <div class="field-pair">{ Html::from(own) }{ Html::from(second) }</div>
                <div class="buttons">
                    if at > 0 {
                        { tool(view.say(EditorText::OptionUp { name: label.clone() }), Glyph::Ascending, move_up) }
                    }
                    { tool(view.say(EditorText::RemoveOption { name: label.clone() }), Glyph::Remove, removed) }
                </div>
            </div>
            <label class="check" for={id_of(&format!("{path}.swatches"))}>
                <input type="checkbox" id={id_of(&format!("{path}.swatches"))} checked={has_swatches} onchange={swatches}
                    disabled={option.values.is_empty()} />{ swatch_label }
            </label>
            if !option.values.is_empty() {
                <ul class="values" aria-label={view.say(EditorText::ValuesOf { name: label.clone() })}>
                    for place in 0..option.values.len() { { value(view, at, place, has_swatches, remove) } }
                </ul>
            }
            { view.error_line(&format!("{path}.values")) }
            <AddValues {at} {label} on_add={add_values} />
        </fieldset>
    }
}

fn values_of(words: &[String], locale: domain::locale::Locale, has_swatches: bool) -> Vec<ValueDocument> {
    let value = |word: &String| {
        let value = in_language(word, locale);
        ValueDocument { id: None, swatch: has_swatches.then(|| colour_of(&value)), value }
    };
    words.iter().map(value).collect()
}

fn value(view: &View<'_>, at: usize, place: usize, has_swatches: bool, remove: &Callback<Removing>) -> Html {
    let option = view.draft().document.options.get(at);
    let Some(value) = option.and_then(|option| option.values.get(place)) else { return Html::default() };
    let count = option.map_or(0, |option| option.values.len());
    let path = format!("options[{at}].values[{place}]");
    let manner = view.sheet().manner;
    let [own, second] = view.pair(&format!("{path}.value"), EditorText::Value, &value.value, move |draft| {
        let option = draft.document.options.get_mut(at)?;
        option.values.get_mut(place).map(|value| &mut value.value)
    });
    let name = value.value.get(view.locale()).to_owned();
    let go = |to: usize| view.change(move |draft: &mut Draft, _: MouseEvent| draft.move_value(at, place, to, manner));
    let removed = remove.reform(move |_: MouseEvent| Removing::Value(at, place));
    let paint = view.typed(&format!("{path}.swatch"), move |draft: &mut Draft, colour| {
        let option = draft.document.options.get_mut(at);
        if let Some(value) = option.and_then(|option| option.values.get_mut(place)) {
            value.swatch = Some(colour);
        }
    });
    let oninput = paint.reform(|event: InputEvent| {
        use wasm_bindgen::JsCast;
        let input = event.target().and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        input.map(|input| input.value()).unwrap_or_default()
    });
    html! {
        <li class="value" key={place}>
            if has_swatches {
                <input type="color" class="swatch" aria-label={view.say(EditorText::SwatchOf { name: name.clone() })}
                    value={value.swatch.clone().unwrap_or_else(|| colour_of(&value.value))} {oninput} />
            }
            { Html::from(own.in_table()) }
            { Html::from(second.in_table()) }
            <div class="value-tools">
                if place > 0 {
                    { tool(view.say(EditorText::ValueUp { name: name.clone() }), Glyph::Ascending, go(place - 1)) }
                }
                if place + 1 < count {
                    { tool(view.say(EditorText::ValueDown { name: name.clone() }), Glyph::Descending, go(place + 1)) }
                }
                { tool(view.say(EditorText::RemoveValue { name }), Glyph::Close, removed) }
            </div>
        </li>
    }
}

/// A small button that is only an icon.
pub(super) fn tool(label: String, icon: Glyph, onclick: Callback<MouseEvent>) -> Html {
    html! {
        <button type="button" class="icon-button" aria-label={label.clone()} title={label} {onclick}><Icon of={icon} /></button>
    }
}
