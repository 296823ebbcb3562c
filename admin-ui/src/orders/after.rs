//! What came of an order: its money and invoice, its parcels and what came back, with the dialogs that belong to them.

use domain::money::Money;
use domain::orders::{LineUnits, OpenInvoice, OrderDetail, Parcel, Return};
use domain::payments::{Refund, RefundStatus};
use domain::staff::Permission;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::give_back::ReturnDialog;
use super::refund::RefundDialog;
use crate::desk::{Desk, use_desk};
use crate::icon::{Glyph, Icon};
use crate::ipc;
use crate::orders::history::name_of;
use crate::pill::Pill;
use crate::texts::OrderText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct AfterProps {
    pub(crate) order: OrderDetail,
    pub(crate) on_moved: Callback<OrderDetail>,
}

/// The money box: paid, given back, left; the refunds and the invoice.
#[component]
pub(crate) fn MoneyBox(props: &AfterProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let is_asking = use_state(|| false);
    let order = &props.order;
    let balance = order.balance;
    if balance.paid == Money::ZERO && order.invoice.is_none() {
        return Html::default();
    }
    let money = |amount: Money| amount.display(order.currency);
    let may_refund = desk.staff.role.may(Permission::RefundOrders) && balance.left() > Money::ZERO;
    let (ask, close) = (is_asking.setter(), is_asking.setter());
    let order_id = order.id;
    let open_invoice = Callback::from(move |_: MouseEvent| {
        // A browser that cannot be opened shows itself by not opening.
        spawn_local(async move { drop(ipc::call(&OpenInvoice { order_id }).await) });
    });
    html! {
        <section class="card" id="order-money" aria-labelledby="order-money-title">
            <h2 id="order-money-title" class="section-title">{ OrderText::Money.text(locale) }</h2>
            <dl class="sums">
                <div><dt>{ OrderText::Paid.text(locale) }</dt><dd class="numbers" data-test="paid">{ money(balance.paid) }</dd></div>
                <div><dt>{ OrderText::GivenBack.text(locale) }</dt><dd class="numbers" data-test="refunded">{ money(balance.refunded) }</dd></div>
                <div><dt>{ OrderText::Left.text(locale) }</dt><dd class="numbers" data-test="left">{ money(balance.left()) }</dd></div>
            </dl>
            for refund in order.refunds.iter() { { refund_row(&desk, refund, &money) } }
            if let Some(invoice) = &order.invoice {
                <p class="fact">
                    <button type="button" class="button is-quiet" id="open-invoice" onclick={open_invoice}>
                        <Icon of={Glyph::External} />{ OrderText::OpenInvoice { number: invoice.number.clone() }.text(locale) }
                    </button>
                </p>
            }
            if may_refund {
                <button type="button" class="button" id="refund-order" onclick={move |_| ask.set(true)}>
                    <Icon of={Glyph::Undo} />{ OrderText::Refund.text(locale) }
                </button>
            }
            if *is_asking {
                <RefundDialog order={order.clone()} on_moved={props.on_moved.clone()}
                    on_close={Callback::from(move |()| close.set(false))} />
            }
        </section>
    }
}

/// The parcels, and what came back.
#[component]
pub(crate) fn Parcels(props: &AfterProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let is_asking = use_state(|| false);
    let order = &props.order;
    if order.parcels.is_empty() {
        return Html::default();
    }
    let may_return =
        desk.staff.role.may(Permission::MoveOrders) && order.lines.iter().any(|line| line.whereabouts().away() > 0);
    let (ask, close) = (is_asking.setter(), is_asking.setter());
    html! {
        <section class="card" id="order-parcels" aria-labelledby="order-parcels-title">
            <h2 id="order-parcels-title" class="section-title">{ OrderText::Parcels.text(locale) }</h2>
            <ol class="timeline">
                for parcel in order.parcels.iter() { { parcel_row(&desk, order, parcel) } }
                for back in order.returns.iter() { { return_row(&desk, order, back) } }
            </ol>
            if may_return {
                <button type="button" class="button" id="return-order" onclick={move |_| ask.set(true)}>
                    <Icon of={Glyph::Undo} />{ OrderText::TakeBack.text(locale) }
                </button>
            }
            if *is_asking {
                <ReturnDialog order={order.clone()} on_moved={props.on_moved.clone()}
                    on_close={Callback::from(move |()| close.set(false))} />
            }
        </section>
    }
}

fn refund_row(desk: &Desk, refund: &Refund, money: &impl Fn(Money) -> String) -> Html {
    let locale = desk.locale;
    let (icon, tone) = match refund.status {
        RefundStatus::Requested => (Glyph::Clock, "busy"),
        RefundStatus::Succeeded => (Glyph::Done, "good"),
        RefundStatus::Failed => (Glyph::Alert, "bad"),
    };
    let (actor_icon, actor) = name_of(&refund.actor, locale);
    html! {
        <div class="after-row" data-test="refund" data-status={refund.status.as_str()}>
            <p class="fact"><span class="numbers">{ money(refund.amount) }</span><Pill {icon} {tone} text={refund.status.label(locale)} /></p>
            <p class="quiet">{ &refund.reason }</p>
            <p class="quiet numbers">{ desk.calendar().full(refund.settled_at.unwrap_or(refund.at)) }</p>
            <p class="timeline-actor quiet"><Icon of={actor_icon} />{ actor }</p>
        </div>
    }
}

fn parcel_row(desk: &Desk, order: &OrderDetail, parcel: &Parcel) -> Html {
    let locale = desk.locale;
    let (actor_icon, actor) = name_of(&parcel.actor, locale);
    let courier = parcel.courier.clone().unwrap_or_else(|| OrderText::Parcel.text(locale));
    html! {
        <li class="timeline-step is-plain" data-test="parcel">
            <Icon of={Glyph::Truck} class={classes!("timeline-icon")} />
            <span class="timeline-title">{ courier }</span>
            <span class="quiet numbers">{ desk.calendar().full(parcel.at) }</span>
            <span class="timeline-actor quiet"><Icon of={actor_icon} />{ actor }</span>
            if let Some(tracking) = &parcel.tracking_number {
                <span class="timeline-note numbers" data-test="tracking">{ tracking }</span>
            }
            for units in parcel.lines.iter() { <span class="timeline-note">{ units_of(desk, order, *units) }</span> }
        </li>
    }
}

fn return_row(desk: &Desk, order: &OrderDetail, back: &Return) -> Html {
    let locale = desk.locale;
    let (actor_icon, actor) = name_of(&back.actor, locale);
    html! {
        <li class="timeline-step is-off" data-test="return">
            <Icon of={Glyph::Undo} class={classes!("timeline-icon")} />
            <span class="timeline-title">{ OrderText::CameBack.text(locale) }</span>
            <span class="quiet numbers">{ desk.calendar().full(back.at) }</span>
            <span class="timeline-actor quiet"><Icon of={actor_icon} />{ actor }</span>
            for line in back.lines.iter() {
                <span class="timeline-note">
                    { units_of(desk, order, LineUnits { line_id: line.line_id, quantity: line.quantity }) }
                    { " · " }
                    { if line.restock { OrderText::ShelfYes } else { OrderText::ShelfNo }.text(locale) }
                </span>
            }
            if let Some(note) = &back.note { <span class="timeline-note">{ note }</span> }
        </li>
    }
}

fn units_of(desk: &Desk, order: &OrderDetail, units: LineUnits) -> String {
    let line = order.lines.iter().find(|line| line.id == units.line_id);
    let name = line.map_or("", |line| line.name.get(desk.locale));
    let options = line.map_or("", |line| line.options.get(desk.locale));
    let options = if options.is_empty() { String::new() } else { format!(" · {options}") };
    format!("{} × {name}{options}", units.quantity)
}
