//! The catalogue: search, categories, order and pages, all in the address so that a list can be shared.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use domain::catalog::{Category, CategoryId, ListProducts, ProductPage, Sort};
use domain::message::Message;
use domain::page::PageNumber;
use domain::problem::{Kind, Problem};
use domain::text;
use serde::Deserialize;
use services::{Shop, catalog};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::crumbs::{self, Crumb};
use crate::pages::{Lenient, moved, structured};
use crate::texts::{Browse, Frame};
use crate::visit::Visit;

const PER_PAGE: u32 = 24;

/// The address as a browser sent it; anything odd in it counts as not said.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    search: String,
    category: String,
    sort: String,
    page: String,
}

#[derive(Template)]
#[template(path = "products.html")]
struct Products {
    layout: Layout,
    search: String,
    category: Option<Category>,
    sort: Sort,
    list: ProductPage,
}

impl Products {
    fn title(&self) -> String {
        match (&self.category, self.search.as_str()) {
            (_, search) if !search.is_empty() => self.layout.say(Browse::SearchResults { search: search.to_owned() }),
            (Some(category), _) => self.layout.of(&category.name).to_owned(),
            (None, _) => self.layout.say(Frame::AllProducts),
        }
    }

    fn count(&self) -> String {
        count(&self.layout, u32::try_from(self.list.position.total).unwrap_or(u32::MAX))
    }

    fn category_slug(&self) -> &str {
        self.category.as_ref().map_or("", |category| &category.slug)
    }

    fn sorts(&self) -> Vec<(Sort, String)> {
        let label = |sort: &Sort| match sort {
            Sort::Popularity => Browse::SortPopularity,
            Sort::Newest => Browse::SortNewest,
            Sort::PriceAscending => Browse::SortPriceAscending,
            Sort::PriceDescending => Browse::SortPriceDescending,
        };
        Sort::ALL.iter().map(|sort| (*sort, self.layout.say(label(sort)))).collect()
    }

    /// The way here from all goods.
    fn way(&self) -> Vec<Crumb> {
        crumbs::to_category(&self.layout, self.category_slug())
    }

    fn structured_way(&self) -> String {
        structured::crumbs(&self.layout, &self.way())
    }

    /// Where one can go on from here: what stands in the category, or else beside it. The category itself is among them.
    fn shelves(&self) -> Vec<&Category> {
        let Some(category) = &self.category else { return self.layout.tops() };
        let inside = self.layout.inside(category);
        if inside.is_empty() {
            let beside = self.layout.below(category.parent_id);
            // One without goods is not offered elsewhere, but it is here.
            let own = (!beside.iter().any(|other| other.id == category.id)).then_some(category);
            return own.into_iter().chain(beside).collect();
        }
        std::iter::once(category).chain(inside).collect()
    }

    fn is_here(&self, id: &CategoryId) -> bool {
        self.category.as_ref().is_some_and(|category| category.id == *id)
    }

    /// What the chip of a category says: the one that holds the others offers all of them.
    fn shelf_label(&self, category: &Category) -> String {
        let name = self.layout.of(&category.name);
        let is_whole = self.is_here(&category.id) && !self.layout.inside(category).is_empty();
        if is_whole { self.layout.say(Browse::AllOf { category: name.to_owned() }) } else { name.to_owned() }
    }

    /// Where search engines find this list; a search is for nobody but who searched.
    fn canonical(&self) -> String {
        let path = address("", self.category_slug(), Sort::Popularity, self.list.position.page);
        format!("{}{path}", self.layout.public_url)
    }

    /// The same list in another category.
    fn in_category(&self, slug: &str) -> String {
        address(&self.search, slug, self.sort, PageNumber::FIRST)
    }

    /// The same list without the search.
    fn without_search(&self) -> String {
        address("", self.category_slug(), self.sort, PageNumber::FIRST)
    }

    /// Another page of the same list.
    fn on_page(&self, page: &PageNumber) -> String {
        address(&self.search, self.category_slug(), self.sort, *page)
    }

    /// The page numbers to show; a gap stands for those left out.
    fn pages(&self) -> Vec<Option<PageNumber>> {
        numbered(self.list.position.page.get(), self.list.position.last().get())
    }

    fn page_label(&self, page: &PageNumber) -> String {
        self.layout.say(Browse::PageNumbered { page: page.get() })
    }

    fn beyond_title(&self) -> String {
        self.layout.say(Browse::BeyondTitle { page: self.list.position.page.get() })
    }

    fn beyond_hint(&self) -> String {
        self.layout.say(Browse::BeyondHint { last: self.list.position.last().get() })
    }
}

pub(crate) async fn list(
    State(shop): State<Shop>,
    visit: Visit,
    uri: Uri,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let layout = Layout::load(&shop, visit).await?;
    let search = text::search(&asked.search).unwrap_or_default();
    let category = match asked.category.as_str() {
        "" => None,
        slug => match layout.category(slug) {
            Some(category) => Some(category.clone()),
            None => return renamed(&shop, slug, &uri).await,
        },
    };
    let sort = asked.sort.parse().unwrap_or(Sort::Popularity);

    let request = ListProducts {
        search: Some(search.clone()).filter(|search| !search.is_empty()),
        category: category.as_ref().map(|category| category.slug.clone()),
        sort,
        page: PageNumber::new(asked.page.trim().parse().unwrap_or(1)),
        per_page: PER_PAGE,
    };
    let list = catalog::page_for(&shop, request, layout.visit.cart_id()).await?;

    let status = if list.position.is_beyond() { StatusCode::NOT_FOUND } else { StatusCode::OK };
    layout.clone().page(status, &Products { layout, search, category, sort, list })
}

/// The same list at the address that its category has now.
async fn renamed(shop: &Shop, slug: &str, uri: &Uri) -> Result<Response, Failure> {
    let now = catalog::moved_category(shop, slug).await?;
    let now = now.ok_or_else(|| Problem::new(Kind::NotFound, Message::NoSuchCategory))?;
    Ok(moved(uri.path(), Some(&in_other_category(uri.query().unwrap_or_default(), &now))))
}

/// A query as it was written, with another category.
pub(crate) fn in_other_category(query: &str, slug: &str) -> String {
    let kept = query.split('&').filter(|pair| {
        let name = pair.split('=').next().unwrap_or_default();
        // A name with a letter in disguise is the category as well, or nothing that a list knows.
        name != "category" && !name.contains(['%', '+'])
    });
    let own = format!("category={}", percent_encoded(slug));
    kept.filter(|pair| !pair.is_empty()).map(str::to_owned).chain([own]).collect::<Vec<_>>().join("&")
}

/// How many products, in words.
pub(crate) fn count(layout: &Layout, count: u32) -> String {
    match count {
        1 => layout.say(Browse::OneProduct),
        count => layout.say(Browse::ProductCount { count }),
    }
}

fn address(search: &str, category: &str, sort: Sort, page: PageNumber) -> String {
    let mut query: Vec<(&str, String)> = Vec::new();
    if !search.is_empty() {
        query.push(("search", search.to_owned()));
    }
    if !category.is_empty() {
        query.push(("category", category.to_owned()));
    }
    if sort != Sort::Popularity {
        query.push(("sort", sort.as_str().to_owned()));
    }
    if page != PageNumber::FIRST {
        query.push(("page", page.get().to_string()));
    }
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={}", percent_encoded(value))).collect();
    if query.is_empty() { "/products".to_owned() } else { format!("/products?{}", query.join("&")) }
}

/// A text as a part of a query.
pub(crate) fn percent_encoded(text: &str) -> String {
    let encode = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(encode).collect()
}

/// The first, the last, and those around the current one.
fn numbered(current: u32, last: u32) -> Vec<Option<PageNumber>> {
    let mut shown: Vec<Option<PageNumber>> = Vec::new();
    let mut before = 0;
    for number in [1].into_iter().chain(current.saturating_sub(1)..=current.saturating_add(1)).chain([last]) {
        if number <= before || number > last {
            continue;
        }
        if number > before + 1 {
            shown.push(None);
        }
        shown.push(Some(PageNumber::new(number)));
        before = number;
    }
    shown
}

#[cfg(test)]
mod tests {
    use domain::catalog::Sort;
    use domain::page::PageNumber;

    use super::{address, in_other_category, numbered};

    /// Checklist 9.
    #[test]
    fn an_address_names_only_what_differs_from_the_plain_list() {
        assert_eq!(address("", "", Sort::Popularity, PageNumber::FIRST), "/products");
        assert_eq!(
            address("baju & \"rok\"", "atasan", Sort::Newest, PageNumber::new(3)),
            "/products?search=baju%20%26%20%22rok%22&category=atasan&sort=newest&page=3"
        );
    }

    #[test]
    fn a_query_keeps_all_but_its_category() {
        assert_eq!(in_other_category("category=lama", "baru"), "category=baru");
        assert_eq!(in_other_category("search=a%20b&category=lama&utm=x", "baru"), "search=a%20b&utm=x&category=baru");
        assert_eq!(in_other_category("categ%6Fry=lama&page=2", "baru"), "page=2&category=baru");
    }

    #[test]
    fn long_lists_show_their_ends_and_the_pages_around() {
        let shown = |current, last| -> String {
            let parts = numbered(current, last).into_iter();
            let parts: Vec<String> =
                parts.map(|page| page.map_or("…".to_owned(), |page| page.get().to_string())).collect();
            parts.join(" ")
        };
        assert_eq!(shown(1, 1), "1");
        assert_eq!(shown(1, 3), "1 2 3");
        assert_eq!(shown(5, 9), "1 … 4 5 6 … 9");
        assert_eq!(shown(9, 9), "1 … 8 9");
        assert_eq!(shown(900, 3), "1 … 3");
    }
}
