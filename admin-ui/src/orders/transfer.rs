//! An order that is paid by transfer: what was asked for, the proofs that came, and counting money that was seen on the account.

use domain::money::{Currency, Money};
use domain::orders::{OrderDetail, OrderId};
use domain::payments::{CountTransfer, OrderTransfer, Proof, ProofStatus};
use domain::staff::Permission;
use yew::prelude::*;

use super::OrderText;
use crate::desk::{Desk, use_desk};
use crate::kit::{Button, FormDialog, Glyph, Pill, Request, lens, use_dialog, use_form, use_locale, wrong};
use crate::screens;

#[derive(Clone, PartialEq, Properties)]
pub(super) struct TransferProps {
    pub(super) order: OrderDetail,
    pub(super) on_moved: Callback<OrderDetail>,
}

/// The lines within the card of the payment; nothing for an order that is paid otherwise.
#[component]
pub(super) fn Transfer(props: &TransferProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let dialog = use_dialog::<()>();
    let order = &props.order;
    let Some(transfer) = order.transfer.as_ref().filter(|_| desk.may(Permission::RefundOrders)) else {
        return Html::default();
    };
    let asked = OrderText::TransferAsked { amount: transfer.asked.display(order.currency) };
    // Money that comes late is counted as well.
    let may_count = order.balance.paid == Money::ZERO && order.to_check.is_empty();
    html! {
        <>
            <p class="numbers" data-test="transfer-asked">{ asked.text(locale) }</p>
            for proof in transfer.proofs.iter() { { line(&desk, proof) } }
            { held(&desk, transfer) }
            if may_count {
                <Button is_small={true} id="count-transfer" icon={Glyph::Done} text={OrderText::CountTransfer.text(locale)}
                    onclick={dialog.opens(())} />
            }
            if dialog.what().is_some() {
                <CountDialog order_id={order.id} asked={transfer.asked} currency={order.currency}
                    on_moved={props.on_moved.clone()} on_close={dialog.close()} />
            }
        </>
    }
}

fn line(desk: &Desk, proof: &Proof) -> Html {
    let locale = desk.locale;
    let (icon, tone) = match proof.status {
        ProofStatus::Waiting => (Glyph::Clock, "warn"),
        ProofStatus::Approved => (Glyph::Done, "good"),
        ProofStatus::Refused => (Glyph::Cancelled, "bad"),
    };
    let sent = OrderText::ProofSent { at: desk.calendar().brief(proof.sent_at) };
    html! {
        <p class="fact" data-test="order-proof">
            <a href={screens::Proof::of(proof.id).href()}>{ sent.text(locale) }</a>
            <Pill {icon} {tone} text={proof.status.label(locale)} />
        </p>
    }
}

fn held(desk: &Desk, transfer: &OrderTransfer) -> Html {
    let until = transfer.held_until.filter(|_| transfer.has_waiting());
    html! {
        if let Some(until) = until {
            <p class="quiet">{ OrderText::HeldUntil { at: desk.calendar().full(until) }.text(desk.locale) }</p>
        }
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CountProps {
    order_id: OrderId,
    asked: Money,
    currency: Currency,
    on_moved: Callback<OrderDetail>,
    on_close: Callback<()>,
}

/// Asks how much came.
#[component]
fn CountDialog(props: &CountProps) -> Html {
    let locale = use_locale();
    let (order_id, currency) = (props.order_id, props.currency);
    let form = use_form(|| props.asked.digits(currency));
    let read = move |typed: &String| {
        let came = Money::read(typed, currency).map_err(|message| wrong("came", message))?;
        let said = OrderText::TransferCounted { amount: came.display(currency) }.text(locale);
        Ok(Request::new(CountTransfer { order_id, came }, said))
    };
    html! {
        <FormDialog title={OrderText::CountTransferTitle.text(locale)} explanation={OrderText::CountTransferText.text(locale)}
            confirm={OrderText::CountTransfer.text(locale)} state={form.state()}
            on_submit={form.submit(read, &props.on_moved, &props.on_close)} on_close={props.on_close.clone()}>
            { form.input("step-amount", "came", OrderText::TransferCame.text(locale), lens!()).money(currency).first() }
        </FormDialog>
    }
}
