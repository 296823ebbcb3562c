//! The stock list: every variant with what is on hand, promised and free; each leads to its own page.

use domain::inventory::{ListStock, StockFilter, StockPage, StockRow};
use domain::locale::Locale;
use domain::page::PageNumber;
use domain::staff::Permission;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::{Pulse, use_pulse};
use crate::pager::{BeyondEnd, Pager};
use crate::pill::Pill;
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::search::Search;
use crate::texts::{OrderText, StockText, TakeText};
use crate::waiting::{Empty, SkeletonRows};

mod correct;
mod count;
mod limits;
mod numbers;
mod receive;
mod takes;
mod tax_class;
mod thumbnail;
mod variant;

use receive::ReceiveDialog;
pub(crate) use takes::{StockTakeScreen, StockTakesScreen};
pub(crate) use thumbnail::Thumbnail;
pub(crate) use variant::VariantScreen;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct StockScreenProps {
    pub(crate) filter: StockFilter,
    pub(crate) search: AttrValue,
    pub(crate) page: PageNumber,
}

/// The list of variants.
#[component]
pub(crate) fn StockScreen(props: &StockScreenProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let receiving = use_state(|| None::<StockRow>);
    let search = (!props.search.is_empty()).then(|| props.search.to_string());
    let asked = use_command(ListStock { search, filter: props.filter, page: props.page }, pulse.stock);
    let page = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());

    let here = {
        let (filter, search) = (props.filter, props.search.to_string());
        Callback::from(move |page: PageNumber| Route::Stock { filter, search: search.clone(), page })
    };
    let on_search = {
        let filter = props.filter;
        Callback::from(move |search: String| Route::Stock { filter, search, page: PageNumber::FIRST }.slip())
    };
    let receive = {
        let receiving = receiving.setter();
        Callback::from(move |row: StockRow| receiving.set(Some(row)))
    };
    let close = {
        let receiving = receiving.setter();
        Callback::from(move |()| receiving.set(None))
    };
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        Some(Ok(page)) if page.rows.is_empty() => nothing(&desk, props, page, &here),
        Some(Ok(page)) => table(&desk, Some(page), &pulse, &receive),
        None => table(&desk, None, &pulse, &receive),
    };
    let tools = html! {
        <>
            <Search id="stock-search" label={StockText::Search.text(locale)} value={props.search.clone()} {on_search} />
            <a class="button" id="to-stock-takes" href={Route::StockTakes.href()}>
                <Icon of={Glyph::Table} />{ TakeText::Title.text(locale) }
            </a>
        </>
    };
    html! {
        <Screen id="stock" title={StockText::Title.text(locale)} {tools}>
            { filters(&desk, props) }
            <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
                aria-busy={asked.is_waiting.to_string()}>
                { rows }
                if let Some(page) = page { <Pager position={page.position} to={here} /> }
            </div>
            if let Some(row) = &*receiving {
                <ReceiveDialog row={row.clone()} on_close={close} on_done={asked.again.reform(|_: StockRow| ())} />
            }
        </Screen>
    }
}

fn filters(desk: &Desk, props: &StockScreenProps) -> Html {
    let tab = |filter: StockFilter| {
        let (icon, text) = match filter {
            StockFilter::All => (None, StockText::All),
            StockFilter::Low => (Some(Glyph::Warning), StockText::Low),
            StockFilter::Out => (Some(Glyph::Out), StockText::Out),
        };
        let to = Route::Stock { filter, search: props.search.to_string(), page: PageNumber::FIRST };
        html! {
            <a class="tab" id={format!("filter-{filter}")} href={to.href()}
                aria-current={(filter == props.filter).then_some("true")}>
                if let Some(icon) = icon { <Icon of={icon} /> }
                { text.text(desk.locale) }
            </a>
        }
    };
    html! {
        <nav class="tabs" aria-label={StockText::Filters.text(desk.locale)}>
            for filter in StockFilter::ALL.iter() { { tab(*filter) } }
        </nav>
    }
}

fn table(desk: &Desk, page: Option<&StockPage>, pulse: &Pulse, receive: &Callback<StockRow>) -> Html {
    let locale = desk.locale;
    html! {
        <table class="rows is-stock">
            <caption class="unseen">{ StockText::ListCaption.text(locale) }</caption>
            <thead><tr>
                <th scope="col">{ StockText::Product.text(locale) }</th>
                <th scope="col">{ StockText::Sku.text(locale) }</th>
                <th scope="col" class="when-wide">{ StockText::Category.text(locale) }</th>
                <th scope="col" class="number">{ StockText::Price.text(locale) }</th>
                <th scope="col" class="number">{ StockText::OnHand.text(locale) }</th>
                <th scope="col" class="number when-wide">{ StockText::Reserved.text(locale) }</th>
                <th scope="col" class="number">{ StockText::Available.text(locale) }</th>
                <th scope="col">{ StockText::State.text(locale) }</th>
                <th scope="col"><span class="unseen">{ StockText::Receive.text(locale) }</span></th>
            </tr></thead>
            <tbody id="stock-rows">
                if let Some(page) = page {
                    for item in page.rows.iter() {
                        { row(desk, item, pulse.fresh_variants.contains(&item.variant_id), receive) }
                    }
                } else {
                    <SkeletonRows rows={12} columns={vec![9, 6, 6, 6, 2, 2, 2, 6, 6]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, item: &StockRow, is_fresh: bool, receive: &Callback<StockRow>) -> Html {
    let locale = desk.locale;
    let stock = item.stock;
    let open = {
        let item = item.clone();
        receive.reform(move |_: MouseEvent| item.clone())
    };
    let limit = StockText::Limit { limit: stock.low_stock_limit }.text(locale);
    let label = StockText::ReceiveFor { product: name_of(item, locale) }.text(locale);
    html! {
        <tr key={item.variant_id.get().to_string()} class={classes!(is_fresh.then_some("is-fresh"))}
            data-sku={item.sku.clone()}>
            <td>
                <div class="product">
                    <Thumbnail picture={item.picture.clone()} />
                    <div>
                        <a class="product-name" data-test="variant" href={Route::variant(item.variant_id).href()}>
                            { item.product.get(locale) }
                        </a>
                        <span class="quiet">{ item.options.get(locale) }</span>
                    </div>
                </div>
            </td>
            <td class="mono nowrap">{ &item.sku }</td>
            <td class="clip when-wide">{ item.category.get(locale) }</td>
            <td class="number">
                { desk.money(item.price) }
                if let Some(before) = item.compare_at_price { <s class="quiet when-wide">{ desk.money(before) }</s> }
            </td>
            <td class="number" data-test="on-hand">{ stock.on_hand }</td>
            <td class="number quiet when-wide" data-test="reserved">{ stock.reserved }</td>
            <td class="number" data-test="available"><strong>{ stock.available() }</strong></td>
            <td title={limit}>{ stock_pill(item, locale) }</td>
            <td class="number">
                if desk.staff.role.may(Permission::ChangeStock) {
                    <button type="button" class="button is-small" data-test="receive" aria-label={label.clone()}
                        title={label} onclick={open}>
                        <Icon of={Glyph::Plus} />{ StockText::ReceiveShort.text(locale) }
                    </button>
                }
            </td>
        </tr>
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

/// Why the list is empty, and the way out.
fn nothing(desk: &Desk, props: &StockScreenProps, page: &StockPage, here: &Callback<PageNumber, Route>) -> Html {
    let locale = desk.locale;
    let link = |to: &Route, text: String| html! { <a class="button" href={to.href()}>{ text }</a> };
    if page.position.is_beyond() {
        return html! { <BeyondEnd position={page.position} to={here.clone()} /> };
    }
    if !props.search.is_empty() {
        return html! {
            <Empty icon={Glyph::Search} title={StockText::NoneFound { search: props.search.to_string() }.text(locale)}
                hint={StockText::NoneFoundHint.text(locale)}>
                { link(&Route::stock(props.filter), OrderText::ClearSearch.text(locale)) }
            </Empty>
        };
    }
    let (icon, title, hint) = match props.filter {
        StockFilter::All => (Glyph::Stock, StockText::NoneYet, StockText::NoneYetHint),
        StockFilter::Low => (Glyph::Done, StockText::NoneLow, StockText::NoneHereHint),
        StockFilter::Out => (Glyph::Done, StockText::NoneOut, StockText::NoneHereHint),
    };
    html! { <Empty {icon} title={title.text(locale)} hint={hint.text(locale)} /> }
}
