//! The order desk: the list, with a tab for each status.

use domain::orders::{ListOrders, OrderPage, OrderRow, OrderStatus};
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use domain::shipping::DeliveryMethod;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::{Pulse, use_pulse};
use crate::pager::{BeyondEnd, Pager};
use crate::pill::{OrderPill, order_look};
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::search::Search;
use crate::texts::OrderText;
use crate::waiting::{Empty, SkeletonRows};

mod after;
mod detail;
mod give_back;
mod history;
pub(crate) mod keys;
mod lines;
mod refund;
mod ship;
mod steps;
mod units;

pub(crate) use detail::OrderScreen;
pub(crate) use history::name_of as actor_of;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OrdersScreenProps {
    pub(crate) status: Option<OrderStatus>,
    /// Only those with a payment that a person must look at.
    pub(crate) needs_review: bool,
    pub(crate) search: AttrValue,
    pub(crate) page: PageNumber,
}

/// The list of orders, newest first.
#[component]
pub(crate) fn OrdersScreen(props: &OrdersScreenProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let search = (!props.search.is_empty()).then(|| props.search.to_string());
    let request = ListOrders { status: props.status, needs_review: props.needs_review, search, page: props.page };
    let asked = use_command(request, pulse.orders);
    let page = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());

    let here = {
        let (status, needs_review, search) = (props.status, props.needs_review, props.search.to_string());
        Callback::from(move |page: PageNumber| Route::Orders { status, needs_review, search: search.clone(), page })
    };
    let on_search = {
        let (status, needs_review) = (props.status, props.needs_review);
        Callback::from(move |search: String| in_list(status, needs_review, &search).slip())
    };
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(page)) if page.rows.is_empty() => nothing(&desk, props, page, &here),
        Some(Ok(page)) => table(&desk, Some(page), &pulse),
        None => table(&desk, None, &pulse),
    };
    let tools = html! {
        <Search id="order-search" label={OrderText::Search.text(locale)} value={props.search.clone()} {on_search} />
    };
    html! {
        <Screen id="orders" title={OrderText::Title.text(locale)} {tools}>
            { tabs(&desk, props, page) }
            <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
                aria-busy={asked.is_waiting.to_string()}>
                { rows }
                if let Some(page) = page { <Pager position={page.position} to={here} /> }
            </div>
            <p class="keys quiet">{ OrderText::Keys.text(locale) }</p>
        </Screen>
    }
}

fn tabs(desk: &Desk, props: &OrdersScreenProps, page: Option<&OrderPage>) -> Html {
    let locale = desk.locale;
    let count_of = |status: Option<OrderStatus>| {
        let counts = &page?.counts;
        Some(match status {
            None => counts.iter().map(|(_, count)| count).sum::<u64>(),
            Some(status) => counts.iter().find(|(counted, _)| *counted == status).map_or(0, |(_, count)| *count),
        })
    };
    let tab = |status: Option<OrderStatus>| {
        let to = in_list(status, props.needs_review, &props.search);
        let (word, label) = match status {
            None => ("all", OrderText::All.text(locale)),
            Some(status) => (status.as_str(), status.label(locale).to_owned()),
        };
        html! {
            <a class="tab" id={format!("tab-{word}")} href={to.href()}
                aria-current={(status == props.status).then_some("true")}>
                if let Some(status) = status { <Icon of={order_look(status).0} /> }
                { label }
                <span class="tab-count numbers" data-test="count">
                    { count_of(status).map_or_else(|| "–".to_owned(), |count| count.to_string()) }
                </span>
            </a>
        }
    };
    html! {
        <nav class="tabs" aria-label={OrderText::Tabs.text(locale)}>
            { tab(None) }
            for status in OrderStatus::ALL.iter() { { tab(Some(*status)) } }
            { review_chip(desk, props, page) }
        </nav>
    }
}

/// Narrows the list to the orders with a payment to check, or widens it again; not there while nothing is to check.
fn review_chip(desk: &Desk, props: &OrdersScreenProps, page: Option<&OrderPage>) -> Html {
    let count = page.map_or(0, |page| page.needs_review);
    if count == 0 && !props.needs_review {
        return Html::default();
    }
    let to = in_list(props.status, !props.needs_review, &props.search);
    html! {
        <a class="tab is-chip" id="filter-review" href={to.href()} aria-current={props.needs_review.then_some("true")}>
            <Icon of={Glyph::Alert} />
            { OrderText::NeedsReview.text(desk.locale) }
            <span class="tab-count numbers" data-test="count">{ count }</span>
            if props.needs_review { <Icon of={Glyph::Close} /> }
        </a>
    }
}

/// The first page of a list that is narrowed like this.
fn in_list(status: Option<OrderStatus>, needs_review: bool, search: &str) -> Route {
    Route::Orders { status, needs_review, search: search.to_owned(), page: PageNumber::FIRST }
}

fn table(desk: &Desk, page: Option<&OrderPage>, pulse: &Pulse) -> Html {
    let locale = desk.locale;
    html! {
        <table class="rows is-orders" onkeydown={keys::walk}>
            <caption class="unseen">{ OrderText::ListCaption.text(locale) }</caption>
            <thead><tr>
                <th scope="col" class="of-number">{ OrderText::Number.text(locale) }</th>
                <th scope="col" class="of-time">{ OrderText::Placed.text(locale) }</th>
                <th scope="col">{ OrderText::Buyer.text(locale) }</th>
                <th scope="col" class="of-city when-wide">{ OrderText::City.text(locale) }</th>
                <th scope="col" class="of-units number when-wide">{ OrderText::Units.text(locale) }</th>
                <th scope="col" class="of-payment when-wide">{ OrderText::Pay.text(locale) }</th>
                <th scope="col" class="of-status">{ OrderText::Status.text(locale) }</th>
                <th scope="col" class="of-total number">{ OrderText::Total.text(locale) }</th>
            </tr></thead>
            <tbody id="order-rows">
                if let Some(page) = page {
                    for order in page.rows.iter() { { row(desk, order, pulse.fresh_orders.contains(&order.id)) } }
                } else {
                    <SkeletonRows rows={12} columns={vec![7, 6, 8, 6, 2, 7, 6, 6]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, order: &OrderRow, is_fresh: bool) -> Html {
    let to = Route::Order(order.id);
    let (icon, payment) = match order.payment_method {
        PaymentMethod::Demo => (Glyph::Card, OrderText::PayOnline),
        PaymentMethod::CashOnDelivery => (Glyph::Cash, OrderText::PayOnDelivery),
    };
    let open = {
        let to = to.clone();
        move |_: MouseEvent| to.go()
    };
    // Goods that are fetched go to no city.
    let place = match order.city.is_empty() {
        true => DeliveryMethod::Pickup.label(desk.locale).to_owned(),
        false => order.city.clone(),
    };
    html! {
        <tr key={order.id.get().to_string()} class={classes!("is-link", is_fresh.then_some("is-fresh"))}
            data-order={order.number.clone()} onclick={open}>
            <td><a class="row-link" href={to.href()}>{ &order.number }</a></td>
            <td class="numbers nowrap">{ desk.calendar().brief(order.placed_at) }</td>
            <td class="clip" title={order.name.clone()}>{ &order.name }</td>
            <td class="clip when-wide" title={place.clone()}>{ place }</td>
            <td class="number when-wide">{ order.units }</td>
            <td class="when-wide" title={order.payment_method.label(desk.locale)}>
                <Icon of={icon} /><span class="unseen">{ payment.text(desk.locale) }</span>
            </td>
            <td><OrderPill status={order.status} /></td>
            <td class="number">{ desk.money(order.total) }</td>
        </tr>
    }
}

/// Why the list is empty, and the way out.
fn nothing(desk: &Desk, props: &OrdersScreenProps, page: &OrderPage, here: &Callback<PageNumber, Route>) -> Html {
    let locale = desk.locale;
    let link = |to: &Route, text: &OrderText| html! { <a class="button" href={to.href()}>{ text.text(locale) }</a> };
    if page.position.is_beyond() {
        return html! { <BeyondEnd position={page.position} to={here.clone()} /> };
    }
    if !props.search.is_empty() {
        return html! {
            <Empty icon={Glyph::Search} title={OrderText::NoneFound { search: props.search.to_string() }.text(locale)}
                hint={OrderText::NoneFoundHint.text(locale)}>
                { link(&in_list(props.status, props.needs_review, ""), &OrderText::ClearSearch) }
            </Empty>
        };
    }
    if props.needs_review {
        return html! {
            <Empty icon={Glyph::Done} title={OrderText::NoneToReview.text(locale)}
                hint={OrderText::NoneToReviewHint.text(locale)}>
                { link(&in_list(props.status, false, ""), &OrderText::ShowAll) }
            </Empty>
        };
    }
    match props.status {
        Some(status) => html! {
            <Empty icon={order_look(status).0} title={OrderText::NoneInStatus.text(locale)}
                hint={OrderText::NoneInStatusHint.text(locale)}>
                { link(&Route::orders(), &OrderText::ShowAll) }
            </Empty>
        },
        None => html! {
            <Empty icon={Glyph::Inbox} title={OrderText::NoneYet.text(locale)}
                hint={OrderText::NoneYetHint.text(locale)} />
        },
    }
}

#[cfg(test)]
mod tests {
    use domain::orders::OrderStatus;

    use crate::pill::order_look;

    #[test]
    fn no_two_statuses_look_the_same() {
        let looks: Vec<_> = OrderStatus::ALL.iter().map(|status| order_look(*status).0).collect();
        for (at, look) in looks.iter().enumerate() {
            assert!(!looks.iter().skip(at + 1).any(|other| other == look), "{look:?}");
        }
    }
}
