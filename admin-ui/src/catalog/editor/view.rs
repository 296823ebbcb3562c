//! What the parts of the editor draw with: fields that are tied to the draft, each at its path.

use domain::catalog::CategoryTree;
use domain::locale::{Locale, Translated};
use domain::message::Message;
use domain::text::TaxClassKey;
use yew::prelude::*;

use super::draft::Draft;
use super::sheet::Sheet;
use super::texts::EditorText;
use crate::desk::Desk;
use crate::kit::{Form, Input};

/// The editor's form with what stands around it.
pub(super) struct View<'a> {
    pub(super) form: &'a Form<Sheet>,
    pub(super) desk: &'a Desk,
    /// Nothing until the shop has answered.
    pub(super) categories: Option<&'a CategoryTree>,
    /// Keys and names; the first is the default. None where nothing is taxed.
    pub(super) tax_classes: &'a [(TaxClassKey, String)],
}

impl View<'_> {
    pub(super) fn locale(&self) -> Locale {
        self.desk.locale
    }

    /// Words in the reader's language.
    pub(super) fn say(&self, text: EditorText) -> String {
        text.text(self.locale())
    }

    pub(super) fn sheet(&self) -> &Sheet {
        self.form.draft()
    }

    pub(super) fn draft(&self) -> &Draft {
        &self.sheet().draft
    }

    /// What is wrong at that path.
    pub(super) fn error(&self, path: &str) -> Option<Message> {
        self.form.error(path)
    }

    /// What is wrong at that path, as a line of its own.
    pub(super) fn error_line(&self, path: &str) -> Html {
        html! {
            if let Some(error) = self.error(path) { <p class="field-error">{ error.text(self.locale()) }</p> }
        }
    }

    /// Does something to the draft whenever it is called, as a step of its own.
    pub(super) fn change<E: 'static>(&self, change: impl Fn(&mut Draft, E) + 'static) -> Callback<E> {
        self.form.change(move |sheet, event| sheet.step(None, |draft| change(draft, event)))
    }

    /// Puts what is typed there; typing on is one step.
    pub(super) fn typed(&self, path: &str, put: impl Fn(&mut Draft, String) + 'static) -> Callback<String> {
        let path = path.to_owned();
        self.form.change(move |sheet, text| sheet.step(Some(&path), |draft| put(draft, text)))
    }

    /// A field over a part of the draft.
    pub(super) fn input(
        &self,
        path: &str,
        label: String,
        value: &str,
        put: impl Fn(&mut Draft, String) + 'static,
    ) -> Input {
        Input::new(id_of(path), label, value, self.typed(path, put)).error(self.error(path))
    }

    /// A pair of fields, one for each language; the reader's own stands first. What is wrong stands under the first.
    pub(super) fn pair(
        &self,
        path: &str,
        label: EditorText,
        text: &Translated,
        put: impl Fn(&mut Draft) -> Option<&mut Translated> + Copy + 'static,
    ) -> [Input; 2] {
        let own = self.locale();
        let order = [own, other(own)];
        let mut error = self.error(path);
        order.map(|locale| {
            let path = format!("{path}.{locale}");
            let label = format!("{} ({})", label.text(own), language(locale, own));
            let put = move |draft: &mut Draft, typed: String| {
                if let Some(text) = put(draft) {
                    *wording_mut(text, locale) = typed;
                }
            };
            Input::new(id_of(&path), label, text.wording(locale), self.typed(&path, put)).error(error.take())
        })
    }
}

/// The id of the field at a path: `product-variants-0-price`.
pub(super) fn id_of(path: &str) -> String {
    let words: Vec<&str> = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    format!("product-{}", words.join("-"))
}

pub(super) const fn other(locale: Locale) -> Locale {
    match locale {
        Locale::Indonesian => Locale::English,
        Locale::English => Locale::Indonesian,
    }
}

pub(super) fn wording_mut(text: &mut Translated, locale: Locale) -> &mut String {
    match locale {
        Locale::Indonesian => &mut text.id,
        Locale::English => &mut text.en,
    }
}

/// What a language is called in another.
pub(in crate::catalog) fn language(locale: Locale, own: Locale) -> String {
    match locale {
        Locale::Indonesian => EditorText::Indonesian,
        Locale::English => EditorText::English,
    }
    .text(own)
}

/// A text of the reader's language alone; the other falls back to it.
pub(super) fn in_language(text: &str, locale: Locale) -> Translated {
    let mut translated = Translated::default();
    text.clone_into(wording_mut(&mut translated, locale));
    translated
}
