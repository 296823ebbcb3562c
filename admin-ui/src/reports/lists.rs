//! The two short lists at the foot of the dashboard: the newest orders, and what runs low.

use domain::inventory::{StockFilter, StockRow};
use domain::orders::OrderRow;
use yew::prelude::*;

use crate::desk::use_desk;
use crate::icon::Glyph;
use crate::inventory::Thumbnail;
use crate::live::use_pulse;
use crate::pill::OrderPill;
use crate::route::Route;
use crate::texts::DashboardText;
use crate::waiting::Empty;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LatestOrdersProps {
    pub(crate) rows: Vec<OrderRow>,
}

/// The newest orders.
#[component]
pub(crate) fn LatestOrders(props: &LatestOrdersProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    html! {
        <section class="card" id="latest-orders" aria-labelledby="latest-orders-title">
            <div class="card-head">
                <h2 id="latest-orders-title" class="section-title">{ DashboardText::Latest.text(locale) }</h2>
                <a href={Route::orders().href()}>{ DashboardText::AllOrders.text(locale) }</a>
            </div>
            if props.rows.is_empty() {
                <Empty icon={Glyph::Inbox} title={DashboardText::NoOrders.text(locale)}
                    hint={DashboardText::NoOrdersHint.text(locale)} />
            } else {
                <ul class="short-list">
                    for row in props.rows.iter() {
                        <li key={row.id.get().to_string()}
                            class={classes!("short-row", pulse.fresh_orders.contains(&row.id).then_some("is-fresh"))}
                            data-order={row.number.clone()}>
                            <a class="row-link" href={Route::Order(row.id).href()}>{ &row.number }</a>
                            <span class="short-main">
                                <span>{ &row.name }</span>
                                <span class="quiet numbers">{ desk.calendar().brief(row.placed_at) }</span>
                            </span>
                            <OrderPill status={row.status} />
                            <span class="numbers short-amount">{ desk.money(row.total) }</span>
                        </li>
                    }
                </ul>
            }
        </section>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LowStockProps {
    pub(crate) rows: Vec<StockRow>,
}

/// Variants of which more should be ordered.
#[component]
pub(crate) fn LowStock(props: &LowStockProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    html! {
        <section class="card" id="low-stock" aria-labelledby="low-stock-title">
            <div class="card-head">
                <h2 id="low-stock-title" class="section-title">{ DashboardText::LowStock.text(locale) }</h2>
                <a href={Route::stock(StockFilter::Low).href()}>{ DashboardText::AllLow.text(locale) }</a>
            </div>
            if props.rows.is_empty() {
                <Empty icon={Glyph::Done} title={DashboardText::NothingLow.text(locale)}
                    hint={DashboardText::NothingLowHint.text(locale)} />
            } else {
                <ul class="short-list">
                    for row in props.rows.iter() {
                        <li key={row.variant_id.get().to_string()} class="short-row is-stock">
                            <Thumbnail picture={row.picture.clone()} />
                            <span class="short-main">
                                <span>{ row.product.get(locale) }</span>
                                <span class="quiet">{ row.options.get(locale) }</span>
                            </span>
                            { left(row.stock.available(), locale) }
                        </li>
                    }
                </ul>
            }
        </section>
    }
}

fn left(available: u32, locale: domain::locale::Locale) -> Html {
    match available {
        0 => html! { <span class="numbers is-out">{ DashboardText::SoldOut.text(locale) }</span> },
        available => html! { <span class="numbers is-low">{ DashboardText::Left { available }.text(locale) }</span> },
    }
}
