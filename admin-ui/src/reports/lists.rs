//! The two short lists at the foot of the dashboard: the newest orders, and what runs low.

use domain::events::About;
use domain::inventory::{StockFilter, StockRow};
use domain::orders::OrderRow;
use yew::prelude::*;

use super::DashboardText;
use crate::desk::{OrderPill, Thumbnail, use_desk};
use crate::kit::{Card, Empty, Glyph};
use crate::live::use_pulse;
use crate::screens::{Order, Orders, Stock};

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
    let all = html! { <a href={Orders::default().href()}>{ DashboardText::AllOrders.text(locale) }</a> };
    html! {
        <Card id="latest-orders" title={DashboardText::Latest.text(locale)} has_head={true} aside={all}>
            if props.rows.is_empty() {
                <Empty icon={Glyph::Inbox} title={DashboardText::NoOrders.text(locale)}
                    hint={DashboardText::NoOrdersHint.text(locale)} />
            } else {
                <ul class="short-list">
                    for row in props.rows.iter() {
                        <li key={row.id.get().to_string()}
                            class={classes!("short-row", pulse.is_fresh(About::Order(row.id)).then_some("is-fresh"))}
                            data-order={row.number.clone()}>
                            <a class="row-link" href={Order::of(row.id).href()}>{ &row.number }</a>
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
        </Card>
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
    let low = Stock { filter: StockFilter::Low, ..Default::default() };
    let all = html! { <a href={low.href()}>{ DashboardText::AllLow.text(locale) }</a> };
    html! {
        <Card id="low-stock" title={DashboardText::LowStock.text(locale)} has_head={true} aside={all}>
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
        </Card>
    }
}

fn left(available: u32, locale: domain::locale::Locale) -> Html {
    match available {
        0 => html! { <span class="numbers is-out">{ DashboardText::SoldOut.text(locale) }</span> },
        available => html! { <span class="numbers is-low">{ DashboardText::Left { available }.text(locale) }</span> },
    }
}
