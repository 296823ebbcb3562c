//! One order: what was bought, who bought it, how it was paid, what happened, and what can be done now.

use domain::events::About;
use domain::orders::{GetOrder, OpenWhatsApp, OrderDetail, OrderId};
use domain::payments::{PaymentMethod, PaymentStatus};
use domain::shipping::{Address, DeliveryMethod};
use domain::text::whatsapp_link;
use yew::prelude::*;

use super::OrderText;
use super::after::{MoneyBox, Parcels};
use super::check_now::CheckNow;
use super::history::History;
use super::lines::Lines;
use super::steps::Steps;
use super::transfer::Transfer;
use crate::desk::{Desk, MoneyToCheck, OrderPill, payment_pill, use_desk};
use crate::ipc::use_command;
use crate::kit::{Back, Bones, Button, Card, Detail, Glyph, Icon, Request, detail, use_locale, use_sender};
use crate::live::use_pulse;
use crate::screens;

/// The screen of one order.
#[component]
pub(crate) fn OrderScreen(props: &screens::Order) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let asked = use_command(GetOrder { order_id: props.id });
    let is_fresh = pulse.is_fresh(About::Order(props.id));
    html! {
        <>
            <Back id="back-to-orders" href={screens::Orders::default().href()} text={OrderText::BackToList.text(locale)} />
            { detail("order", &asked, locale, skeleton(), |order| {
                let placed = OrderText::PlacedAt { at: desk.calendar().full(order.placed_at) }.text(locale);
                Detail {
                    title: order.number.clone(),
                    aside: html! { <><OrderPill status={order.status} /><span class="quiet numbers">{ placed }</span></> },
                    content: content(&desk, order, is_fresh, asked.replace.clone()),
                }
            }) }
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
                { payment(desk, order, replace.clone()) }
                <MoneyBox order={order.clone()} on_moved={replace} />
                { ship_to(desk, order) }
                <History order={order.clone()} />
            </div>
        </div>
    }
}

fn payment(desk: &Desk, order: &OrderDetail, replace: Callback<OrderDetail>) -> Html {
    let locale = desk.locale;
    let icon = if order.payment_method.collects_at_door() { Glyph::Cash } else { Glyph::Card };
    html! {
        <Card id="order-payment" title={OrderText::PaymentTitle.text(locale)}>
            <p class="fact">
                <Icon of={icon} />
                <span>{ order.payment_method.label(locale) }</span>
                { payment_state(desk, order.payment_method, order.payment_status) }
            </p>
            if order.payment_status == Some(PaymentStatus::NeedsReview) {
                <p class="quiet" data-test="review-hint">{ OrderText::ReviewHint.text(locale) }</p>
            }
            if let Some(pay_by) = order.pay_by {
                <p class="quiet numbers">{ OrderText::PayBy { at: desk.calendar().full(pay_by) }.text(locale) }</p>
            }
            <Transfer order={order.clone()} on_moved={replace.clone()} />
            <CheckNow order={order.clone()} on_moved={replace} />
        </Card>
    }
}

fn payment_state(desk: &Desk, method: PaymentMethod, status: Option<PaymentStatus>) -> Html {
    match status {
        Some(status) => {
            html! {
                <span data-test="payment-status" data-status={status.as_str()}>
                    { payment_pill(status, desk.locale) }
                </span>
            }
        }
        None if method.collects_at_door() => {
            html! { <span class="quiet">{ OrderText::PaidOnDelivery.text(desk.locale) }</span> }
        }
        None => {
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
        <Card id="order-address" title={title.text(locale)}>
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
            <WhatsApp order={order.id} phone={order.address.phone.to_string()} />
            <p class="fact"><Icon of={Glyph::Mail} /><span class="clip">{ &order.email }</span></p>
        </Card>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct WhatsAppProps {
    order: OrderId,
    phone: String,
}

/// Opens a conversation with the buyer; nothing for a number that WhatsApp cannot know.
#[component]
fn WhatsApp(props: &WhatsAppProps) -> Html {
    let (locale, sender) = (use_locale(), use_sender());
    if whatsapp_link(&props.phone, "").is_none() {
        return Html::default();
    }
    let order_id = props.order;
    let onclick = Callback::from(move |_: MouseEvent| {
        // A browser that cannot be opened shows itself by not opening.
        sender.send(Request::quiet(OpenWhatsApp { order_id }), |()| ());
    });
    html! {
        <p class="fact">
            <Button id="open-whatsapp" look="is-quiet" icon={Glyph::External} {onclick}
                text={OrderText::WriteByWhatsApp.text(locale)} />
        </p>
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
    html! {
        <div class="order-columns" aria-busy="true" data-test="skeleton">
            <div class="order-main"><Bones widths={vec![4, 6]} /><Bones widths={vec![3, 9, 9, 9, 6]} /></div>
            <div class="order-side"><Bones widths={vec![4, 8]} /><Bones widths={vec![4, 7, 9, 6]} /></div>
        </div>
    }
}
