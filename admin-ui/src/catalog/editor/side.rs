//! Where a product is found and whether: its status and date, its category, its tax class, and the note to staff.

use domain::catalog::{CategoryTree, ProductStatus};
use domain::locale::Locale;
use yew::prelude::*;

use super::draft::Draft;
use super::texts::EditorText;
use super::view::View;
use crate::catalog::words::{status_name, tree_name};
use crate::kit::{Card, Choose, choices};

/// Status and date.
pub(super) fn visibility(view: &View<'_>) -> Html {
    let draft = view.draft();
    let status = draft.document.status;
    let names = ProductStatus::ALL.iter().map(|status| (status.as_str(), status_name(*status).text(view.locale())));
    let choose = view.change(|draft: &mut Draft, word: String| {
        if let Ok(status) = word.parse() {
            draft.document.status = status;
        }
    });
    let hint = match status {
        ProductStatus::Active => EditorText::ActiveHint,
        ProductStatus::Draft => EditorText::DraftHint,
        ProductStatus::Archived => EditorText::ArchivedHint,
    };
    let publish_at = view.input("publish_at", view.say(EditorText::PublishAt), &draft.publish_at, |draft, text| {
        draft.publish_at = text;
    });
    html! {
        <Card id="product-visibility" class="setting" title={view.say(EditorText::Visibility)}>
            <Choose id="product-status" label={view.say(EditorText::Status)} choices={choices(names)}
                chosen={status.as_str()} on_choose={choose} hint={view.say(hint)} />
            if status == ProductStatus::Active {
                { Html::from(publish_at.time().hint(view.say(EditorText::PublishAtHint))) }
            }
        </Card>
    }
}

/// Category and tax class.
pub(super) fn sorting(view: &View<'_>) -> Html {
    let draft = view.draft();
    let empty = CategoryTree::default();
    let tree = view.categories.unwrap_or(&empty);
    let category = draft.document.category.map(|id| id.to_string()).unwrap_or_default();
    let choose = view.change(|draft: &mut Draft, word: String| draft.document.category = word.parse().ok());
    let class = draft.document.tax_class.as_ref().map(|key| key.as_str().to_owned()).unwrap_or_default();
    let classes = view.tax_classes.iter().enumerate().map(|(at, (key, name))| match at {
        0 => (String::new(), view.say(EditorText::TaxDefault { name: name.clone() })),
        _ => (key.as_str().to_owned(), name.clone()),
    });
    let choose_class = view.change(|draft: &mut Draft, word: String| {
        draft.document.tax_class = domain::text::TaxClassKey::parse(&word).ok();
    });
    html! {
        <Card id="product-sorting" class="setting" title={view.say(EditorText::Sorting)}>
            <Choose id="product-category" label={view.say(EditorText::Category)} chosen={category}
                choices={categories(tree, view.locale(), EditorText::NoCategory)} on_choose={choose}
                error={view.error("category")} />
            if !view.tax_classes.is_empty() {
                <Choose id="product-tax-class" label={view.say(EditorText::TaxClass)} choices={choices(classes)}
                    chosen={class} on_choose={choose_class} error={view.error("tax_class")} />
            }
        </Card>
    }
}

fn categories(tree: &CategoryTree, locale: Locale, none: EditorText) -> Vec<(AttrValue, AttrValue)> {
    let nothing = std::iter::once((String::new(), none.text(locale)));
    choices(nothing.chain(tree.0.iter().map(|row| (row.id.to_string(), tree_name(tree, row, locale)))))
}

/// What staff should know.
pub(super) fn note(view: &View<'_>) -> Html {
    let note = view.input("note", view.say(EditorText::Note), &view.draft().document.note, |draft, text| {
        draft.document.note = text;
    });
    html! {
        <Card id="product-note-card" class="setting" title={view.say(EditorText::NoteTitle)}>
            { Html::from(note.long().hint(view.say(EditorText::NoteHint))) }
        </Card>
    }
}
