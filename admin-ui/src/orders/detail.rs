//! One order: what was bought, who bought it, how it was paid, what happened, and what can be done now.

use domain::orders::{GetOrder, OrderDetail, OrderId};
use domain::payments::{PaymentMethod, PaymentStatus};
use domain::shipping::{Address, DeliveryMethod};
use yew::prelude::*;

use crate::checking::MoneyToCheck;
use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::orders::after::{MoneyBox, Parcels};
use crate::orders::history::History;
use crate::orders::lines::Lines;
use crate::orders::steps::Steps;
use crate::pill::{OrderPill, payment_pill};
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::texts::{OrderText, ShellText};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct OrderScreenProps {
    pub(crate) id: OrderId,
}

/// The screen of one order.
#[component]
pub(crate) fn OrderScreen(props: &OrderScreenProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let asked = use_command(GetOrder { order_id: props.id }, pulse.orders);
    let is_fresh = pulse.fresh_orders.contains(&props.id);

    let back = html! {
        <a class="back" id="back-to-orders" href={Route::orders().href()}>
            <Icon of={Glyph::Back} />
            { OrderText::BackToList.text(locale) }
        </a>
    };
    let (title, aside, content) = match asked.answer.as_deref() {
        None => (ShellText::Loading.text(locale), Html::default(), skeleton()),
        Some(Err(problem)) => {
            let content = html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> };
            (OrderText::Title.text(locale), Html::default(), content)
        }
        Some(Ok(order)) => {
            let placed = OrderText::PlacedAt { at: desk.calendar().full(order.placed_at) }.text(locale);
            let aside = html! { <><OrderPill status={order.status} /><span class="quiet numbers">{ placed }</span></> };
            (order.number.clone(), aside, content(&desk, order, is_fresh, asked.replace))
        }
    };
    html! {
        <>
            { back }
            <Screen id="order" {title} {aside}>{ content }</Screen>
        </>
    }
}

fn content(desk: &Desk, order: &OrderDetail, is_fresh: bool, replace: Callback<OrderDetail>) -> Html {
    html! {
        <div class={classes!("order-columns", is_fresh.then_some("is-fresh-box"))} data-order={order.number.clone()}>
            <div class="order-main">
                <Steps order={order.clone()} on_moved={replace.clone()} />
                <Lines order={order.clone()} />
                <Parcels order={order.clone()} on_moved={replace.clone()} />
            </div>
            <div class="order-side">
                <MoneyToCheck payments={order.to_check.clone()} refunds={order.refunds.clone()} currency={order.currency} />
                { payment(desk, order) }
                <MoneyBox order={order.clone()} on_moved={replace} />
                { ship_to(desk, order) }
                <History order={order.clone()} />
            </div>
        </div>
    }
}

fn payment(desk: &Desk, order: &OrderDetail) -> Html {
    let locale = desk.locale;
    let (icon, state) = match (order.payment_method, order.payment_status) {
        (PaymentMethod::Demo, status) => (Glyph::Card, status),
        (PaymentMethod::CashOnDelivery, status) => (Glyph::Cash, status),
    };
    html! {
        <section class="card" id="order-payment" aria-labelledby="order-payment-title">
            <h2 id="order-payment-title" class="section-title">{ OrderText::PaymentTitle.text(locale) }</h2>
            <p class="fact">
                <Icon of={icon} />
                <span>{ order.payment_method.label(locale) }</span>
                { payment_state(desk, order.payment_method, state) }
            </p>
            if order.payment_status == Some(PaymentStatus::NeedsReview) {
                <p class="quiet" data-test="review-hint">{ OrderText::ReviewHint.text(locale) }</p>
            }
            if let Some(pay_by) = order.pay_by {
                <p class="quiet numbers">{ OrderText::PayBy { at: desk.calendar().full(pay_by) }.text(locale) }</p>
            }
        </section>
    }
}

fn payment_state(desk: &Desk, method: PaymentMethod, status: Option<PaymentStatus>) -> Html {
    match (status, method) {
        (Some(status), _) => {
            html! {
                <span data-test="payment-status" data-status={status.as_str()}>
                    { payment_pill(status, desk.locale) }
                </span>
            }
        }
        (None, PaymentMethod::CashOnDelivery) => {
            html! { <span class="quiet">{ OrderText::PaidOnDelivery.text(desk.locale) }</span> }
        }
        (None, PaymentMethod::Demo) => {
            html! { <span class="quiet">{ OrderText::PaymentNone.text(desk.locale) }</span> }
        }
    }
}

fn ship_to(desk: &Desk, order: &OrderDetail) -> Html {
    let locale = desk.locale;
    let title = match order.delivery_method {
        DeliveryMethod::Courier => OrderText::ShipTo,
        DeliveryMethod::Pickup => OrderText::Buyer,
    };
    html! {
        <section class="card" id="order-address" aria-labelledby="order-address-title">
            <h2 id="order-address-title" class="section-title">{ title.text(locale) }</h2>
            if order.delivery_method == DeliveryMethod::Pickup {
                <p class="fact"><Icon of={Glyph::Shop} /><span data-test="pickup">{ order.delivery_method.label(locale) }</span></p>
            }
            <div class="fact is-top">
                <Icon of={if order.address.place.is_some() { Glyph::Place } else { Glyph::Person }} />
                <address>
                    for line in lines_of(&order.address) { <span>{ line }</span> }
                </address>
            </div>
            <p class="fact"><Icon of={Glyph::Phone} /><span class="numbers">{ order.address.phone.as_str() }</span></p>
            <p class="fact"><Icon of={Glyph::Mail} /><span class="clip">{ &order.email }</span></p>
        </section>
    }
}

fn lines_of(address: &Address) -> Vec<String> {
    let mut lines = vec![address.name.to_string()];
    if let Some(place) = &address.place {
        lines.push(place.line_1.to_string());
        lines.extend(place.line_2.as_ref().map(ToString::to_string));
        lines.push(format!("{} {}", place.city, place.postal_code));
        lines.push(place.province.to_string());
    }
    lines
}

fn skeleton() -> Html {
    let bones = |widths: &[u8]| html! { for width in widths.iter() { <span class={classes!("bone", format!("bone-{width}"))} /> } };
    html! {
        <div class="order-columns" aria-busy="true" data-test="skeleton">
            <div class="order-main">
                <div class="card is-bones">{ bones(&[4, 6]) }</div>
                <div class="card is-bones">{ bones(&[3, 9, 9, 9, 6]) }</div>
            </div>
            <div class="order-side">
                <div class="card is-bones">{ bones(&[4, 8]) }</div>
                <div class="card is-bones">{ bones(&[4, 7, 9, 6]) }</div>
            </div>
        </div>
    }
}
