//! The list of products: searched while one types, narrowed by category, status and stock, sorted by its heads.

use std::rc::Rc;

use domain::catalog::{CategoryTree, GoodsRow, GoodsSort, InCategory, ListCategories, ListGoods};
use domain::catalog::{ProductId, ProductStatus, StockState};
use domain::locale::Locale;
use domain::settings::{GetSettings, SavedSettings};
use domain::text::TaxClassKey;
use yew::prelude::*;

use super::texts::{BulkText, CategoryText, ChangeText, ProductText};
use super::words::{status_name, status_pill, tree_name};
use crate::desk::{Desk, Thumbnail, use_desk};
use crate::ipc::{use_command, use_command_at};
use crate::kit::{
    Button, Cell, Choose, Column, Empty, Glyph, Icon, List, Pill, Place, Row, Screen, Sorted, Tab, Table, Tabs,
    choices, slip, use_dialog, use_walk,
};
use crate::screens::{Categories, Changes, GoodsPlace, Imports, NewProduct, Product, Products};

mod bar;
mod bulk;
mod exporting;
mod marking;

use bar::MarkBar;
pub(super) use bulk::changes;
use bulk::{BulkDialog, BulkKind};
use exporting::ExportDialog;
use marking::{Mark, Marks};

/// The list of products.
#[component]
pub(crate) fn ProductsScreen(props: &Products) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let walk = use_walk(props.after.as_ref());
    let place = Place::new(&props.search, {
        let here = props.clone();
        move |search, _| Products { search, after: None, ..here.clone() }.href()
    });
    let asked = use_command(request(props, place.search()));
    let categories = use_command(ListCategories {});
    let settings = use_command_at(GetSettings {}, 0);
    let (exporting, changing) = (use_dialog::<()>(), use_dialog::<BulkKind>());
    let marks = use_reducer(Marks::default);
    {
        // Marks are of what was looked for: another search begins anew.
        let marks = marks.dispatcher();
        let of = (props.search.clone(), props.category, props.status, props.stock);
        use_effect_with(of, move |_| marks.dispatch(Mark::Clear));
    }
    let at = |after| Products { after, ..props.clone() }.href();
    let pager = asked.reply().map(|page| walk.pager(page.next.clone().map(GoodsPlace), at)).unwrap_or_default();
    let page: Rc<Vec<ProductId>> =
        Rc::new(asked.reply().map(|page| page.rows.iter().map(|row| row.id).collect()).unwrap_or_default());
    let selection = marks.selection(request(props, place.search()));
    let list =
        List::new(&asked, |page| &page.rows, table(&desk, props, &marks, &page), || nothing(props, locale)).foot(pager);
    let tools = html! {
        <>
            { place.field("product-search", ProductText::Search.text(locale)) }
            <a class="button" id="to-import" href={Imports::default().href()}>{ ProductText::Import.text(locale) }</a>
            <a class="button" id="to-changes" href={Changes::default().href()}>{ ChangeText::Title.text(locale) }</a>
            <Button id="export" text={ProductText::Export.text(locale)} onclick={exporting.opens(())} />
            <a class="button" id="to-categories" href={Categories::default().href()}>
                <Icon of={Glyph::Tree} />{ CategoryText::Title.text(locale) }
            </a>
            <a class="button is-primary" id="add-product" href={NewProduct::default().href()}>
                <Icon of={Glyph::Plus} />{ ProductText::Add.text(locale) }
            </a>
        </>
    };
    html! {
        <Screen id="products" {tools}>
            <div class="goods-filters">
                <Tabs label={ProductText::Statuses.text(locale)} tabs={tabs(props, locale)} />
                { filters(props, categories.reply(), locale) }
            </div>
            <MarkBar marks={marks.clone()} selection={selection.clone()}
                has_taxes={!tax_classes(settings.reply()).is_empty()} on_choose={changing.open()} />
            <div onkeydown={marking::keys(&marks)}>{ list.draw(locale) }</div>
            if let Some(kind) = changing.what() {
                <BulkDialog kind={*kind} selection={selection.clone()} tree={categories.reply().cloned().unwrap_or_default()}
                    tax_classes={tax_classes(settings.reply())} on_done={clear(&marks)} on_close={changing.close()} />
            }
            if exporting.what().is_some() {
                <ExportDialog marked={(!marks.is_empty()).then(|| selection.clone())}
                    found={is_narrowed(props).then(|| Marks::all_of(request(props, place.search())))} on_close={exporting.close()} />
            }
        </Screen>
    }
}

fn request(here: &Products, search: Option<String>) -> ListGoods {
    ListGoods {
        search,
        category: here.category,
        status: here.status,
        stock: here.stock,
        sort: here.sort,
        descending: falls(here.sort) != here.turned,
        after: here.after.clone().map(|place| place.0),
    }
}

/// Whether people expect the largest first when they sort by it.
const fn falls(sort: GoodsSort) -> bool {
    match sort {
        GoodsSort::Newest | GoodsSort::Updated => true,
        GoodsSort::Name | GoodsSort::Category | GoodsSort::Price | GoodsSort::Stock | GoodsSort::Status => false,
    }
}

/// Where the head of a column leads: to its order, and on the second click to the opposite one.
fn sorted(here: &Products, sort: GoodsSort) -> Sorted {
    let is_here = here.sort == sort;
    let turned = is_here && !here.turned;
    let href = Products { sort, turned, after: None, ..here.clone() }.href();
    Sorted { href, is_descending: is_here.then_some(falls(sort) != here.turned) }
}

fn tabs(here: &Products, locale: Locale) -> Vec<Tab> {
    let tab = |status: Option<ProductStatus>| {
        let to = Products { status, after: None, ..here.clone() };
        let (id, text) = match status {
            None => ("status-all".to_owned(), ProductText::All),
            Some(status) => (format!("status-{status}"), status_name(status)),
        };
        Tab::new(id, to.href(), text.text(locale), status == here.status)
    };
    std::iter::once(None).chain(ProductStatus::ALL.iter().copied().map(Some)).map(tab).collect()
}

fn filters(here: &Products, tree: Option<&CategoryTree>, locale: Locale) -> Html {
    let own = [("", ProductText::AnyCategory), ("none", ProductText::NoCategory)];
    let own = own.map(|(word, text)| (word.to_owned(), text.text(locale)));
    let rows = tree.iter().flat_map(|tree| tree.0.iter().map(|row| (row.id.to_string(), tree_name(tree, row, locale))));
    let chosen = match here.category {
        InCategory::Any => String::new(),
        InCategory::Nowhere => "none".to_owned(),
        InCategory::Of(id) => id.to_string(),
    };
    let in_category = {
        let here = here.clone();
        Callback::from(move |word: String| {
            let category = match word.as_str() {
                "none" => InCategory::Nowhere,
                word => word.parse().map_or(InCategory::Any, InCategory::Of),
            };
            slip(&Products { category, after: None, ..here.clone() }.href());
        })
    };
    let states = StockState::ALL.iter().map(|state| (state.as_str(), stock_name(*state).text(locale)));
    let states = std::iter::once(("", ProductText::AnyStock.text(locale))).chain(states);
    let in_stock = {
        let here = here.clone();
        Callback::from(move |word: String| {
            slip(&Products { stock: word.parse().ok(), after: None, ..here.clone() }.href());
        })
    };
    html! {
        <div class="goods-choices">
            <Choose id="filter-category" label={ProductText::Category.text(locale)} choices={choices(own.into_iter().chain(rows))}
                {chosen} on_choose={in_category} />
            <Choose id="filter-stock" label={ProductText::Stock.text(locale)} choices={choices(states)}
                chosen={here.stock.map(StockState::as_str).unwrap_or_default()} on_choose={in_stock} />
        </div>
    }
}

const fn stock_name(state: StockState) -> ProductText {
    match state {
        StockState::Enough => ProductText::Enough,
        StockState::Low => ProductText::Low,
        StockState::Out => ProductText::Out,
    }
}

/// Keys and names; the first is the default.
fn tax_classes(saved: Option<&SavedSettings>) -> Vec<(TaxClassKey, String)> {
    let classes = saved.map(|saved| saved.settings.tax.classes.as_slice()).unwrap_or_default();
    classes.iter().map(|class| (class.key.clone(), class.name.clone())).collect()
}

fn clear(marks: &UseReducerHandle<Marks>) -> Callback<()> {
    let marks = marks.dispatcher();
    Callback::from(move |()| marks.dispatch(Mark::Clear))
}

fn table<'a>(
    desk: &'a Desk,
    here: &'a Products,
    marks: &'a UseReducerHandle<Marks>,
    page: &'a Rc<Vec<ProductId>>,
) -> Table<'a, GoodsRow> {
    let locale = desk.locale;
    let head = |text: ProductText| text.text(locale);
    let category = move |row: &GoodsRow| match &row.category {
        Some((_, name)) => Cell::clipped(name.get(locale)),
        None => Cell::from("–").class("quiet"),
    };
    let price = move |row: &GoodsRow| {
        let from = desk.money(row.from_price);
        if row.from_price == row.to_price { from } else { ProductText::FromPrice { price: from }.text(locale) }
    };
    let stock = move |row: &GoodsRow| {
        let (icon, tone) = match row.stock {
            StockState::Enough => (Glyph::Done, "good"),
            StockState::Low => (Glyph::Warning, "warn"),
            StockState::Out => (Glyph::Out, "bad"),
        };
        html! { <Pill {icon} {tone} text={format!("{} · {}", row.available, stock_name(row.stock).text(locale))} /> }
    };
    let updated = move |row: &GoodsRow| {
        Cell::from(desk.calendar().brief(row.updated_at)).titled(desk.calendar().full(row.updated_at))
    };
    let status = move |row: &GoodsRow| status_pill(row.status, row.publish_at, desk);
    let mark = move |row: &GoodsRow| {
        let name = BulkText::MarkOne { name: row.name.get(locale).to_owned() };
        marking::cell(row.id, name.text(locale), marks, page)
    };
    let columns = vec![
        Column::marks(marking::head(BulkText::MarkPage.text(locale), marks, page), mark),
        Column::new(head(ProductText::Product), move |row: &GoodsRow| product(row, locale))
            .sorted(sorted(here, GoodsSort::Name))
            .bone(9),
        Column::new(head(ProductText::Category), category).sorted(sorted(here, GoodsSort::Category)).test("category"),
        Column::new(head(ProductText::Price), price).sorted(sorted(here, GoodsSort::Price)).number().test("price"),
        Column::new(head(ProductText::Stock), stock).sorted(sorted(here, GoodsSort::Stock)).test("stock"),
        Column::new(head(ProductText::Status), status).sorted(sorted(here, GoodsSort::Status)).test("status"),
        Column::new(head(ProductText::Updated), updated)
            .sorted(sorted(here, GoodsSort::Updated))
            .instants()
            .when_wide(),
    ];
    let row =
        move |row: &GoodsRow| Row::new(row.id).data("data-product", row.id.to_string()).to(Product::of(row.id).href());
    Table::new("product-rows", "is-goods", head(ProductText::ListCaption), columns, row).bones(12).walked()
}

fn product(row: &GoodsRow, locale: Locale) -> Html {
    let more = match row.variants {
        0 | 1 => row.sku.clone(),
        count => ProductText::Variants { count }.text(locale),
    };
    html! {
        <div class="product">
            <Thumbnail picture={row.picture.clone()} />
            <div>
                <a class="row-link product-name" data-test="product" href={Product::of(row.id).href()}>{ row.name.get(locale) }</a>
                <span class="quiet">{ more }</span>
            </div>
        </div>
    }
}

/// Whether it shows only some of the products.
fn is_narrowed(here: &Products) -> bool {
    !here.search.is_empty() || here.category != InCategory::Any || here.status.is_some() || here.stock.is_some()
}

/// Why the list is empty, and the way out.
fn nothing(here: &Products, locale: Locale) -> Html {
    if !is_narrowed(here) && here.after.is_none() {
        return html! {
            <Empty icon={Glyph::Goods} title={ProductText::NoneYet.text(locale)} hint={ProductText::NoneYetHint.text(locale)}>
                <a class="button is-primary" id="first-product" href={NewProduct::default().href()}>
                    <Icon of={Glyph::Plus} />{ ProductText::AddFirst.text(locale) }
                </a>
                <a class="button" id="import-first" href={Imports::default().href()}>{ ProductText::ImportFirst.text(locale) }</a>
            </Empty>
        };
    }
    let title = if here.search.is_empty() {
        ProductText::NoneHere
    } else {
        ProductText::NoneFound { search: here.search.clone() }
    };
    html! {
        <Empty icon={Glyph::Search} title={title.text(locale)} hint={ProductText::NoneFoundHint.text(locale)}>
            <a class="button" href={Products::default().href()}>{ ProductText::ShowAll.text(locale) }</a>
        </Empty>
    }
}
