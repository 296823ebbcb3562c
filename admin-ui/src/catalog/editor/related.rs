//! Goods that are shown beside a product, chosen by hand: found by search, in an order of their own.

use domain::catalog::{ListGoods, ProductDocument, ProductId};
use domain::locale::Translated;
use yew::prelude::*;

use super::texts::EditorText;
use crate::desk::{Thumbnail, use_desk};
use crate::ipc::use_command;
use crate::kit::{Card, Glyph, Search};

/// How many finds are shown.
const FINDS: usize = 6;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct RelatedProps {
    /// The product itself, which is not found.
    pub(super) own: Option<ProductId>,
    pub(super) related: Vec<ProductId>,
    /// Names that are known already.
    pub(super) names: Vec<(ProductId, Translated)>,
    pub(super) on_change: Callback<Vec<ProductId>>,
    pub(super) error: Option<String>,
}

/// The related goods.
#[component]
pub(super) fn RelatedCard(props: &RelatedProps) -> Html {
    let locale = use_desk().locale;
    let search = use_state(String::new);
    let found_names = use_state(Vec::<(ProductId, Translated)>::new);
    let wanted = Some((*search).clone()).filter(|search| !search.is_empty());
    let on_search = {
        let search = search.setter();
        Callback::from(move |text| search.set(text))
    };
    let name = |id: ProductId| {
        let known = props.names.iter().chain(found_names.iter()).find(|(other, _)| *other == id);
        known.map_or_else(|| format!("#{id}"), |(_, name)| name.get(locale).to_owned())
    };
    let moved = |at: usize, to: usize| {
        let (related, on_change) = (props.related.clone(), props.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            let mut related = related.clone();
            related.swap(at, to);
            on_change.emit(related);
        })
    };
    let removed = |id: ProductId| {
        let (related, on_change) = (props.related.clone(), props.on_change.clone());
        Callback::from(move |_: MouseEvent| {
            on_change.emit(related.iter().copied().filter(|other| *other != id).collect())
        })
    };
    let on_pick = {
        let (related, on_change) = (props.related.clone(), props.on_change.clone());
        let (found_names, search) = (found_names.clone(), search.setter());
        Callback::from(move |(id, name): (ProductId, Translated)| {
            found_names.set(found_names.iter().cloned().chain([(id, name)]).collect());
            search.set(String::new());
            on_change.emit(related.iter().copied().chain([id]).collect());
        })
    };
    let skipped: Vec<ProductId> = props.related.iter().copied().chain(props.own).collect();
    html! {
        <Card id="product-related" class="setting" title={EditorText::Related.text(locale)}>
            <p class="quiet">{ EditorText::RelatedHint.text(locale) }</p>
            if !props.related.is_empty() {
                <ol class="related">
                    for (at, id) in props.related.iter().enumerate() {
                        <li key={id.to_string()}>
                            <span>{ name(*id) }</span>
                            if at > 0 {
                                { super::options::tool(EditorText::RelatedUp { name: name(*id) }.text(locale), Glyph::Ascending, moved(at, at - 1)) }
                            }
                            { super::options::tool(EditorText::RemoveRelated { name: name(*id) }.text(locale), Glyph::Close, removed(*id)) }
                        </li>
                    }
                </ol>
            }
            if let Some(error) = &props.error { <p class="field-error">{ error }</p> }
            if props.related.len() < ProductDocument::MOST_RELATED {
                <Search id="related-search" label={EditorText::RelatedSearch.text(locale)} value={(*search).clone()}
                    {on_search} is_alone={false} />
                if let Some(search) = wanted { <Finds {search} {skipped} {on_pick} /> }
            }
        </Card>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct FindsProps {
    search: String,
    skipped: Vec<ProductId>,
    on_pick: Callback<(ProductId, Translated)>,
}

/// What a search finds.
#[component]
fn Finds(props: &FindsProps) -> Html {
    let locale = use_desk().locale;
    let asked = use_command(ListGoods { search: Some(props.search.clone()), ..ListGoods::default() });
    let Some(page) = asked.reply() else { return Html::default() };
    let finds: Vec<_> = page.rows.iter().filter(|row| !props.skipped.contains(&row.id)).take(FINDS).collect();
    if finds.is_empty() {
        return html! { <p class="quiet" role="status">{ EditorText::NothingFound.text(locale) }</p> };
    }
    html! {
        <ul class="finds">
            for row in finds {
                <li key={row.id.to_string()}>
                    <button type="button" class="find" data-test="find" onclick={props.on_pick.reform({
                        let pick = (row.id, row.name.clone());
                        move |_: MouseEvent| pick.clone()
                    })}>
                        <span class="product"><Thumbnail picture={row.picture.clone()} /><span>{ row.name.get(locale) }</span></span>
                        <span class="quiet mono">{ &row.sku }</span>
                    </button>
                </li>
            }
        </ul>
    }
}
