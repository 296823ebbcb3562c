//! What was bought, as it was when the order was placed, and what it costs.

use domain::locale::Locale;
use domain::money::Money;
use domain::orders::{OrderDetail, OrderLine};
use domain::shipping::DeliveryMethod;
use yew::prelude::*;

use super::OrderText;
use crate::desk::{Desk, Thumbnail, use_desk};
use crate::kit::Card;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LinesProps {
    pub(crate) order: OrderDetail,
}

/// The lines of an order with their sum.
#[component]
pub(crate) fn Lines(props: &LinesProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let order = &props.order;
    let money = |amount: Money| amount.display(order.currency);
    html! {
        <Card id="order-lines" title={OrderText::Lines.text(locale)}>
            <table class="rows is-lines">
                <thead><tr>
                    <th scope="col">{ OrderText::Product.text(locale) }</th>
                    <th scope="col" class="number">{ OrderText::UnitPrice.text(locale) }</th>
                    <th scope="col" class="number">{ OrderText::Quantity.text(locale) }</th>
                    <th scope="col" class="number">{ OrderText::Amount.text(locale) }</th>
                </tr></thead>
                <tbody>
                    for line in order.lines.iter() { { row(&desk, line, &money) } }
                </tbody>
                <tfoot>{ sums(order, locale) }</tfoot>
            </table>
        </Card>
    }
}

/// What makes the total, row by row; what is nothing is left out, but for the delivery.
fn sums(order: &OrderDetail, locale: Locale) -> Html {
    let totals = &order.totals;
    let money = |amount: Money| amount.display(order.currency);
    let delivery = match (order.delivery_method, totals.delivery) {
        (DeliveryMethod::Pickup, _) => order.delivery_method.label(locale).to_owned(),
        (DeliveryMethod::Courier, Money::ZERO) => OrderText::FreeDelivery.text(locale),
        (DeliveryMethod::Courier, price) => money(price),
    };
    let off = |label: OrderText, amount: Money| {
        (amount > Money::ZERO).then(|| sum(&label.text(locale), &format!("-{}", money(amount))))
    };
    let taxes = order.taxes.iter().map(|tax| {
        let name = format!("{} {}", tax.name, tax.rate.display(locale));
        let label = if totals.tax_included { OrderText::TaxWithin { name }.text(locale) } else { name };
        sum(&label, &money(tax.amount))
    });
    let taxes: Html = taxes.collect();
    html! {
        <>
            { sum(&OrderText::Subtotal.text(locale), &money(totals.subtotal)) }
            { off(OrderText::MemberDiscount, totals.member_discount) }
            { off(OrderText::VoucherDiscount, totals.voucher_discount) }
            { sum(&OrderText::Delivery.text(locale), &delivery) }
            if !totals.tax_included { { taxes.clone() } }
            <tr class="is-total">
                <th scope="row" colspan="3">{ OrderText::Total.text(locale) }</th>
                <td class="number" data-test="order-total">{ money(totals.total) }</td>
            </tr>
            if totals.tax_included { { taxes } }
            { off(OrderText::CalledOff, order.called_off) }
        </>
    }
}

fn sum(label: &str, amount: &str) -> Html {
    html! {
        <tr>
            <th scope="row" colspan="3">{ label.to_owned() }</th>
            <td class="number">{ amount.to_owned() }</td>
        </tr>
    }
}

/// How far a line's units are, once they do not all go the same way.
fn way(line: &OrderLine, locale: Locale) -> Option<String> {
    let shipped = (line.shipped > 0 && line.shipped < line.quantity)
        .then(|| OrderText::LineShipped { units: line.shipped, of: line.quantity }.text(locale));
    let called_off = (line.called_off > 0).then(|| OrderText::LineCalledOff { units: line.called_off }.text(locale));
    let returned = (line.returned > 0).then(|| OrderText::LineReturned { units: line.returned }.text(locale));
    let parts: Vec<String> = [shipped, called_off, returned].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn row(desk: &Desk, line: &OrderLine, money: &impl Fn(Money) -> String) -> Html {
    let locale = desk.locale;
    let options = line.options.get(locale);
    let sku = OrderText::Sku { sku: line.sku.clone() }.text(locale);
    let note = if options.is_empty() { sku } else { format!("{options} · {sku}") };
    html! {
        <tr key={line.id.get().to_string()}>
            <td>
                <div class="product">
                    <Thumbnail picture={line.picture.clone()} />
                    <div>
                        <span class="product-name">{ line.name.get(locale) }</span>
                        <span class="quiet">{ note }</span>
                        if let Some(way) = way(line, locale) { <span class="line-way" data-test="way">{ way }</span> }
                    </div>
                </div>
            </td>
            <td class="number">{ money(line.unit_price) }</td>
            <td class="number">{ line.quantity }</td>
            <td class="number">{ money(line.total) }</td>
        </tr>
    }
}
