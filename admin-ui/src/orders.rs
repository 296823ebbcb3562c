//! The order desk: the list, with a tab for each status.

use domain::events::About;
use domain::orders::{ListOrders, OrderPage, OrderRow, OrderStatus};
use domain::payments::PaymentMethod;
use domain::shipping::DeliveryMethod;
use yew::prelude::*;

use crate::desk::{Desk, OrderPill, order_look, use_desk};
use crate::ipc::use_command;
use crate::kit::{Cell, Column, Empty, Glyph, Icon, List, Place, Row, Screen, Tab, Table, Tabs};
use crate::live::{Pulse, use_pulse};
use crate::screens::{self, Orders};

mod after;
mod check_now;
mod detail;
mod give_back;
mod history;
mod lines;
mod refund;
mod ship;
mod steps;
mod texts;
mod transfer;
mod units;

pub(crate) use detail::OrderScreen;
pub(crate) use texts::OrderText;

/// The list of orders, newest first.
#[component]
pub(crate) fn OrdersScreen(props: &Orders) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let place = {
        let here = props.clone();
        Place::new(&props.search, move |search, page| Orders { search, page, ..here.clone() }.href())
    };
    let Orders { status, review: needs_review, page, .. } = *props;
    let asked = use_command(ListOrders { status, needs_review, search: place.search(), page });
    let list = List::new(&asked, |page| &page.rows, table(&desk, &pulse), || nothing(&desk, props))
        .paged(&place, |page| page.position)
        .searched(|search| OrderText::NoneFound { search }.text(locale), OrderText::NoneFoundHint.text(locale));
    html! {
        <Screen id="orders" tools={place.field("order-search", OrderText::Search.text(locale))}>
            <Tabs label={OrderText::Tabs.text(locale)} tabs={tabs(&desk, props, asked.reply())} />
            { list.draw(locale) }
            <p class="keys quiet">{ OrderText::Keys.text(locale) }</p>
        </Screen>
    }
}

fn tabs(desk: &Desk, here: &Orders, page: Option<&OrderPage>) -> Vec<Tab> {
    let locale = desk.locale;
    let count_of = |status: Option<OrderStatus>| {
        let counts = page?.counts.iter().filter(|(counted, _)| status.is_none_or(|status| *counted == status));
        Some(counts.map(|(_, count)| count).sum::<u64>())
    };
    let tab = |status: Option<OrderStatus>, word: &str, text: String| {
        let to = first_page(Orders { status, ..here.clone() });
        let icon = status.map(|status| order_look(status).0);
        Tab::new(format!("tab-{word}"), to, text, status == here.status).icon(icon).count(count_of(status))
    };
    let mut tabs = vec![tab(None, "all", OrderText::All.text(locale))];
    tabs.extend(
        OrderStatus::ALL.iter().map(|status| tab(Some(*status), status.as_str(), status.label(locale).to_owned())),
    );
    // Narrows the list to payments to check, or widens it again; not there while nothing is to check.
    let to_check = page.map_or(0, |page| page.needs_review);
    if to_check > 0 || here.review {
        let to = first_page(Orders { review: !here.review, ..here.clone() });
        let chip = Tab::new("filter-review", to, OrderText::NeedsReview.text(locale), here.review);
        tabs.push(chip.icon(Glyph::Alert).count(Some(to_check)).chip().undone());
    }
    tabs
}

/// The first page of a list that is narrowed like this.
fn first_page(narrowed: Orders) -> String {
    Orders { page: Orders::default().page, ..narrowed }.href()
}

fn table<'a>(desk: &'a Desk, pulse: &'a Pulse) -> Table<'a, OrderRow> {
    let head = |text: OrderText| text.text(desk.locale);
    let columns = vec![
        Column::new(head(OrderText::Number), move |order: &OrderRow| Cell::link(address(order), &order.number))
            .of("of-number")
            .bone(7),
        Column::new(head(OrderText::Placed), move |order: &OrderRow| desk.calendar().brief(order.placed_at))
            .of("of-time")
            .instants(),
        Column::new(head(OrderText::Buyer), move |order: &OrderRow| Cell::clipped(&order.name)).bone(8),
        Column::new(head(OrderText::City), move |order: &OrderRow| Cell::clipped(city(desk, order)))
            .of("of-city")
            .when_wide(),
        Column::new(head(OrderText::Units), move |order: &OrderRow| order.units)
            .of("of-units")
            .number()
            .when_wide()
            .bone(2),
        Column::new(head(OrderText::Pay), move |order: &OrderRow| payment(desk, order.payment_method))
            .of("of-payment")
            .when_wide()
            .bone(7),
        Column::new(head(OrderText::Status), move |order: &OrderRow| html! { <OrderPill status={order.status} /> })
            .of("of-status"),
        Column::new(head(OrderText::Total), move |order: &OrderRow| desk.money(order.total)).of("of-total").number(),
    ];
    let row = move |order: &OrderRow| {
        let is_fresh = pulse.is_fresh(About::Order(order.id));
        Row::new(order.id).data("data-order", &order.number).to(address(order)).fresh(is_fresh)
    };
    Table::new("order-rows", "is-orders", head(OrderText::ListCaption), columns, row).walked().bones(12)
}

fn address(order: &OrderRow) -> String {
    screens::Order::of(order.id).href()
}

/// Goods that are fetched go to no city.
fn city<'a>(desk: &Desk, order: &'a OrderRow) -> &'a str {
    if order.city.is_empty() { DeliveryMethod::Pickup.label(desk.locale) } else { &order.city }
}

fn payment(desk: &Desk, method: PaymentMethod) -> Cell {
    let (icon, text) = match method.collects_at_door() {
        false => (Glyph::Card, OrderText::PayOnline),
        true => (Glyph::Cash, OrderText::PayOnDelivery),
    };
    let shown = html! { <><Icon of={icon} /><span class="unseen">{ text.text(desk.locale) }</span></> };
    Cell::from(shown).titled(method.label(desk.locale))
}

/// Why the list is empty, and the way out.
fn nothing(desk: &Desk, here: &Orders) -> Html {
    let locale = desk.locale;
    let (icon, title, hint, way_out) = match (here.review, here.status) {
        (true, status) => {
            let all = Orders { status, ..Default::default() };
            (Glyph::Done, OrderText::NoneToReview, OrderText::NoneToReviewHint, Some(all))
        }
        (false, Some(status)) => {
            let all = Orders::default();
            (order_look(status).0, OrderText::NoneInStatus, OrderText::NoneInStatusHint, Some(all))
        }
        (false, None) => (Glyph::Inbox, OrderText::NoneYet, OrderText::NoneYetHint, None),
    };
    html! {
        <Empty {icon} title={title.text(locale)} hint={hint.text(locale)}>
            if let Some(all) = way_out {
                <a class="button" href={all.href()}>{ OrderText::ShowAll.text(locale) }</a>
            }
        </Empty>
    }
}
