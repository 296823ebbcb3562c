//! The stock list: every variant with what is on hand, promised and free; each leads to its own page.

use domain::events::About;
use domain::inventory::{ListStock, StockFilter, StockRow};
use domain::locale::Locale;
use domain::staff::Permission;
use yew::prelude::*;

use crate::desk::{Desk, Thumbnail, use_desk};
use crate::ipc::use_command;
use crate::kit::{
    Button, Cell, Column, Empty, Glyph, Icon, List, Pill, Place, Row, Screen, Tab, Table, Tabs, use_dialog,
};
use crate::live::{Pulse, use_pulse};
use crate::screens::{Stock, StockTakes, Variant};

mod correct;
mod count;
mod limits;
mod numbers;
mod receive;
mod takes;
mod tax_class;
mod texts;
mod variant;

use receive::ReceiveDialog;
pub(crate) use takes::{StockTakeScreen, StockTakesScreen};
pub(crate) use texts::{StockText, TakeText};
pub(crate) use variant::VariantScreen;

/// The list of variants.
#[component]
pub(crate) fn StockScreen(props: &Stock) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let dialog = use_dialog::<StockRow>();
    let receive = dialog.open();
    let filter = props.filter;
    let place = Place::new(&props.search, move |search, page| Stock { filter, search, page }.href());
    let asked = use_command(ListStock { search: place.search(), filter, page: props.page });
    let list = List::new(&asked, |page| &page.rows, table(&desk, &pulse, &receive), || nothing(filter, locale))
        .paged(&place, |page| page.position)
        .searched(|search| StockText::NoneFound { search }.text(locale), StockText::NoneFoundHint.text(locale));
    let tools = html! {
        <>
            { place.field("stock-search", StockText::Search.text(locale)) }
            <a class="button" id="to-stock-takes" href={StockTakes::default().href()}>
                <Icon of={Glyph::Table} />{ TakeText::Title.text(locale) }
            </a>
        </>
    };
    html! {
        <Screen id="stock" {tools}>
            <Tabs label={StockText::Filters.text(locale)} tabs={tabs(props, locale)} />
            { list.draw(locale) }
            if let Some(row) = dialog.what() {
                <ReceiveDialog row={row.clone()} on_close={dialog.close()} on_done={asked.again.reform(|_| ())} />
            }
        </Screen>
    }
}

fn tabs(here: &Stock, locale: Locale) -> Vec<Tab> {
    let tab = move |filter: &StockFilter| {
        let (icon, text) = match filter {
            StockFilter::All => (None, StockText::All),
            StockFilter::Low => (Some(Glyph::Warning), StockText::Low),
            StockFilter::Out => (Some(Glyph::Out), StockText::Out),
        };
        let to = Stock { filter: *filter, search: here.search.clone(), ..Default::default() };
        Tab::new(format!("filter-{filter}"), to.href(), text.text(locale), *filter == here.filter).icon(icon)
    };
    StockFilter::ALL.iter().map(tab).collect()
}

fn table<'a>(desk: &'a Desk, pulse: &'a Pulse, receive: &'a Callback<StockRow>) -> Table<'a, StockRow> {
    let locale = desk.locale;
    let head = |text: StockText| text.text(locale);
    let category = move |item: &StockRow| Cell::from(item.category.get(locale)).class("clip");
    let price = move |item: &StockRow| {
        let before =
            item.compare_at_price.map(|before| html! { <s class="quiet when-wide">{ desk.money(before) }</s> });
        html! { <>{ desk.money(item.price) }{ before }</> }
    };
    let available = move |item: &StockRow| html! { <strong>{ item.stock.available() }</strong> };
    let state = move |item: &StockRow| {
        let limit = StockText::Limit { limit: item.stock.low_stock_limit };
        Cell::from(stock_pill(item, locale)).titled(limit.text(locale))
    };
    let button = move |item: &StockRow| {
        let label = StockText::ReceiveFor { product: name_of(item, locale) }.text(locale);
        let item = item.clone();
        html! {
            if desk.may(Permission::ChangeStock) {
                <Button is_small={true} test="receive" {label} icon={Glyph::Plus}
                    text={StockText::ReceiveShort.text(locale)} onclick={receive.reform(move |_| item.clone())} />
            }
        }
    };
    let columns = vec![
        Column::new(head(StockText::Product), move |item: &StockRow| product(item, locale)).bone(9),
        Column::new(head(StockText::Sku), move |item: &StockRow| item.sku.clone()).cells("mono nowrap"),
        Column::new(head(StockText::Category), category).when_wide(),
        Column::new(head(StockText::Price), price).number(),
        Column::new(head(StockText::OnHand), move |item: &StockRow| item.stock.on_hand)
            .number()
            .test("on-hand")
            .bone(2),
        Column::new(head(StockText::Reserved), move |item: &StockRow| item.stock.reserved)
            .number()
            .when_wide()
            .cells("quiet")
            .test("reserved")
            .bone(2),
        Column::new(head(StockText::Available), available).number().test("available").bone(2),
        Column::new(head(StockText::State), state),
        Column::buttons(head(StockText::Receive), button),
    ];
    let row = move |item: &StockRow| {
        Row::new(item.variant_id).data("data-sku", &item.sku).fresh(pulse.is_fresh(About::Variant(item.variant_id)))
    };
    Table::new("stock-rows", "is-stock", head(StockText::ListCaption), columns, row).bones(12)
}

fn product(item: &StockRow, locale: Locale) -> Html {
    html! {
        <div class="product">
            <Thumbnail picture={item.picture.clone()} />
            <div>
                <a class="product-name" data-test="variant" href={Variant::of(item.variant_id).href()}>
                    { item.product.get(locale) }
                </a>
                <span class="quiet">{ item.options.get(locale) }</span>
            </div>
        </div>
    }
}

/// Whether there is enough of a variant, as a pill.
fn stock_pill(item: &StockRow, locale: Locale) -> Html {
    let (icon, tone, state) = match item.stock.available() {
        0 => (Glyph::Out, "bad", StockText::Out),
        _ if item.stock.is_low() => (Glyph::Warning, "warn", StockText::Low),
        _ => (Glyph::Done, "good", StockText::StateFine),
    };
    html! { <Pill {icon} {tone} text={state.text(locale)} /> }
}

/// A variant as people call it: the product with its options.
fn name_of(item: &StockRow, locale: Locale) -> String {
    let (product, options) = (item.product.get(locale), item.options.get(locale));
    if options.is_empty() { product.to_owned() } else { format!("{product}, {options}") }
}

/// Why the list is empty.
fn nothing(filter: StockFilter, locale: Locale) -> Html {
    let (icon, title, hint) = match filter {
        StockFilter::All => (Glyph::Stock, StockText::NoneYet, StockText::NoneYetHint),
        StockFilter::Low => (Glyph::Done, StockText::NoneLow, StockText::NoneHereHint),
        StockFilter::Out => (Glyph::Done, StockText::NoneOut, StockText::NoneHereHint),
    };
    html! { <Empty {icon} title={title.text(locale)} hint={hint.text(locale)} /> }
}
