//! What was bought, as it was when the order was placed, and what it costs.

use domain::money::Money;
use domain::orders::{OrderDetail, OrderLine};
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::inventory::Thumbnail;
use crate::texts::OrderText;

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
    let delivery = if order.totals.delivery == Money::ZERO {
        OrderText::FreeDelivery.text(locale)
    } else {
        money(order.totals.delivery)
    };
    html! {
        <section class="card" id="order-lines" aria-labelledby="order-lines-title">
            <h2 id="order-lines-title" class="section-title">{ OrderText::Lines.text(locale) }</h2>
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
                <tfoot>
                    <tr>
                        <th scope="row" colspan="3">{ OrderText::Subtotal.text(locale) }</th>
                        <td class="number">{ money(order.totals.subtotal) }</td>
                    </tr>
                    <tr>
                        <th scope="row" colspan="3">{ OrderText::Delivery.text(locale) }</th>
                        <td class="number">{ delivery }</td>
                    </tr>
                    <tr class="is-total">
                        <th scope="row" colspan="3">{ OrderText::Total.text(locale) }</th>
                        <td class="number" data-test="order-total">{ money(order.totals.total) }</td>
                    </tr>
                </tfoot>
            </table>
        </section>
    }
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
                    </div>
                </div>
            </td>
            <td class="number">{ money(line.unit_price) }</td>
            <td class="number">{ line.quantity }</td>
            <td class="number">{ money(line.total) }</td>
        </tr>
    }
}
