//! A product's address, and what search engines show of it.

use domain::catalog::suggest::slug_of;
use yew::prelude::*;

use super::texts::EditorText;
use super::view::View;
use crate::kit::Card;

/// About as much as a result shows of a title and of a text.
const TITLE_SHOWN: usize = 60;
const TEXT_SHOWN: usize = 160;

/// Address, title and text, with a result as a search engine would show it.
pub(super) fn card(view: &View<'_>) -> Html {
    let document = &view.draft().document;
    let suggested = slug_of(&document.name);
    let slug = if document.slug.trim().is_empty() { suggested } else { document.slug.trim().to_owned() };
    let shop = view.desk.status.as_ref().map(|status| status.storefront_url.clone()).unwrap_or_default();
    let (title, text) = shown(view);
    let stored_slug = view.sheet().stored.as_deref().map(|stored| stored.document.slug.as_str());
    let moves = stored_slug.is_some_and(|stored| stored != slug);
    let slug_hint = match moves {
        true => EditorText::SlugMoves { slug: stored_slug.unwrap_or_default().to_owned() },
        false => EditorText::SlugHint,
    };
    let address =
        view.input("slug", view.say(EditorText::Slug), &document.slug, |draft, text| draft.document.slug = text);
    let [own_title, second_title] =
        view.pair("seo_title", EditorText::SeoTitle, &document.seo_title, |draft| Some(&mut draft.document.seo_title));
    let [own_text, second_text] =
        view.pair("seo_text", EditorText::SeoText, &document.seo_text, |draft| Some(&mut draft.document.seo_text));
    html! {
        <Card id="product-seo" class="setting" title={view.say(EditorText::SearchEngines)}>
            <div class="search-result" id="search-result" aria-label={view.say(EditorText::SearchPreview)} role="group">
                <span class="search-result-address">{ format!("{}/products/{slug}", shop.trim_end_matches('/')) }</span>
                <span class="search-result-title">{ title }</span>
                <span class="search-result-text">{ text }</span>
            </div>
            { Html::from(address.hint(view.say(slug_hint))) }
            <div class="field-pair">
                { Html::from(own_title.hint(view.say(EditorText::SeoTitleHint))) }{ Html::from(second_title) }
            </div>
            <div class="field-pair">
                { Html::from(own_text.long().hint(view.say(EditorText::SeoTextHint))) }{ Html::from(second_text.long()) }
            </div>
        </Card>
    }
}

/// What a result shows in the reader's language: what was written for it, or else the name and the description.
fn shown(view: &View<'_>) -> (String, String) {
    let (document, locale) = (&view.draft().document, view.locale());
    let or = |text: &str, other: &str| if text.trim().is_empty() { other.to_owned() } else { text.to_owned() };
    let shop = view.desk.status.as_ref().map(|status| status.shop_name.clone()).unwrap_or_default();
    let named = or(document.name.get(locale), &view.say(EditorText::Unnamed));
    let title = or(document.seo_title.get(locale), &format!("{named} · {shop}"));
    let told = or(document.description.get(locale), &view.say(EditorText::NothingWritten));
    let text = or(document.seo_text.get(locale), &plain(&told));
    (cut(&title, TITLE_SHOWN), cut(&text, TEXT_SHOWN))
}

/// Markdown without its marks, near enough for a glance.
fn plain(markdown: &str) -> String {
    let bare: String =
        markdown.chars().map(|c| if matches!(c, '#' | '*' | '_' | '`' | '>') { ' ' } else { c }).collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text up to that many characters, with a mark where it was cut.
fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most).collect();
    let at_a_word = kept.rsplit_once(' ').map(|(kept, _)| kept.to_owned()).unwrap_or(kept);
    format!("{at_a_word}…")
}

#[cfg(test)]
mod tests {
    use super::{cut, plain};

    #[test]
    fn a_result_is_cut_at_a_word() {
        assert_eq!(cut("Kemeja linen lengan panjang", 15), "Kemeja linen…");
        assert_eq!(cut("Kemeja", 15), "Kemeja");
        assert_eq!(plain("# Bahan\n\n*Katun* `asli`"), "Bahan Katun asli");
    }
}
