//! What came of an order: its money and invoice, its parcels and what came back, with the dialogs that belong to them.

use domain::money::Money;
use domain::orders::{LineUnits, OpenInvoice, OrderDetail, Parcel, Return};
use domain::payments::{Refund, RefundStatus};
use domain::staff::Permission;
use yew::prelude::*;

use super::OrderText;
use super::give_back::ReturnDialog;
use super::refund::RefundDialog;
use crate::desk::{Desk, actor_name, use_desk};
use crate::kit::{Button, Card, Fact, Glyph, Icon, Pill, Request, use_dialog, use_sender};

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
    let (dialog, sender) = (use_dialog::<()>(), use_sender());
    let order = &props.order;
    let balance = order.balance;
    if balance.paid == Money::ZERO && order.invoice.is_none() {
        return Html::default();
    }
    let money = |amount: Money| amount.display(order.currency);
    let may_refund = desk.may(Permission::RefundOrders) && balance.left() > Money::ZERO;
    let order_id = order.id;
    let open_invoice = Callback::from(move |_: MouseEvent| {
        // A browser that cannot be opened shows itself by not opening.
        sender.send(Request::quiet(OpenInvoice { order_id }), |()| ());
    });
    html! {
        <Card id="order-money" title={OrderText::Money.text(locale)}>
            <dl class="sums">
                <Fact label={OrderText::Paid.text(locale)} value={money(balance.paid)} test="paid" />
                <Fact label={OrderText::GivenBack.text(locale)} value={money(balance.refunded)} test="refunded" />
                <Fact label={OrderText::Left.text(locale)} value={money(balance.left())} test="left" />
            </dl>
            for refund in order.refunds.iter() { { refund_row(&desk, refund, &money) } }
            if let Some(invoice) = &order.invoice {
                <p class="fact">
                    <Button id="open-invoice" look="is-quiet" icon={Glyph::External} onclick={open_invoice}
                        text={OrderText::OpenInvoice { number: invoice.number.clone() }.text(locale)} />
                </p>
            }
            if may_refund {
                <Button id="refund-order" icon={Glyph::Undo} text={OrderText::Refund.text(locale)}
                    onclick={dialog.opens(())} />
            }
            if dialog.what().is_some() {
                <RefundDialog order={order.clone()} on_moved={props.on_moved.clone()} on_close={dialog.close()} />
            }
        </Card>
    }
}

/// The parcels, and what came back.
#[component]
pub(crate) fn Parcels(props: &AfterProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let dialog = use_dialog::<()>();
    let order = &props.order;
    if order.parcels.is_empty() {
        return Html::default();
    }
    let may_return = desk.may(Permission::MoveOrders) && order.lines.iter().any(|line| line.whereabouts().away() > 0);
    html! {
        <Card id="order-parcels" title={OrderText::Parcels.text(locale)}>
            <ol class="timeline">
                for parcel in order.parcels.iter() { { parcel_row(&desk, order, parcel) } }
                for back in order.returns.iter() { { return_row(&desk, order, back) } }
            </ol>
            if may_return {
                <Button id="return-order" icon={Glyph::Undo} text={OrderText::TakeBack.text(locale)}
                    onclick={dialog.opens(())} />
            }
            if dialog.what().is_some() {
                <ReturnDialog order={order.clone()} on_moved={props.on_moved.clone()} on_close={dialog.close()} />
            }
        </Card>
    }
}

fn refund_row(desk: &Desk, refund: &Refund, money: &impl Fn(Money) -> String) -> Html {
    let locale = desk.locale;
    let (icon, tone) = match refund.status {
        RefundStatus::Requested => (Glyph::Clock, "busy"),
        RefundStatus::Succeeded => (Glyph::Done, "good"),
        RefundStatus::Failed => (Glyph::Alert, "bad"),
    };
    html! {
        <div class="after-row" data-test="refund" data-status={refund.status.as_str()}>
            <p class="fact"><span class="numbers">{ money(refund.amount) }</span><Pill {icon} {tone} text={refund.status.label(locale)} /></p>
            <p class="quiet">{ &refund.reason }</p>
            <p class="quiet numbers">{ desk.calendar().full(refund.settled_at.unwrap_or(refund.at)) }</p>
            <p>{ actor_name(&refund.actor, locale) }</p>
        </div>
    }
}

fn parcel_row(desk: &Desk, order: &OrderDetail, parcel: &Parcel) -> Html {
    let locale = desk.locale;
    let courier = parcel.courier.clone().unwrap_or_else(|| OrderText::Parcel.text(locale));
    html! {
        <li class="timeline-step is-plain" data-test="parcel">
            <Icon of={Glyph::Truck} class={classes!("timeline-icon")} />
            <span class="timeline-title">{ courier }</span>
            <span class="quiet numbers">{ desk.calendar().full(parcel.at) }</span>
            { actor_name(&parcel.actor, locale) }
            if let Some(tracking) = &parcel.tracking_number {
                <span class="timeline-note numbers" data-test="tracking">{ tracking }</span>
            }
            for units in parcel.lines.iter() { <span class="timeline-note">{ units_of(desk, order, *units) }</span> }
        </li>
    }
}

fn return_row(desk: &Desk, order: &OrderDetail, back: &Return) -> Html {
    let locale = desk.locale;
    html! {
        <li class="timeline-step is-off" data-test="return">
            <Icon of={Glyph::Undo} class={classes!("timeline-icon")} />
            <span class="timeline-title">{ OrderText::CameBack.text(locale) }</span>
            <span class="quiet numbers">{ desk.calendar().full(back.at) }</span>
            { actor_name(&back.actor, locale) }
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
