//! One customer: how to reach them, their account, and what they ordered.

use domain::customers::{AccountState, CustomerDetail, GetCustomer};
use domain::orders::OrderRow;
use yew::prelude::*;

use super::{CustomerText, account_pill};
use crate::desk::{Desk, OrderPill, use_desk};
use crate::ipc::use_command;
use crate::kit::{Back, Card, Cell, Column, Detail, Glyph, Icon, Row, Table, TableBones, detail};
use crate::screens;

/// The screen of one customer.
#[component]
pub(crate) fn CustomerScreen(props: &screens::Customer) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let asked = use_command(GetCustomer { customer_id: props.id });
    let bones = html! { <TableBones rows={6} columns={vec![6, 6, 6, 6]} /> };
    html! {
        <>
            <Back id="back-to-customers" href={screens::Customers::default().href()}
                text={CustomerText::BackToList.text(locale)} />
            { detail("customer", &asked, locale, bones, |customer| {
                let since = CustomerText::KnownSince { at: desk.calendar().full(customer.created_at) }.text(locale);
                let pill = account_pill(&desk, customer.account.is_some());
                Detail {
                    title: customer.name.clone(),
                    aside: html! { <>{ pill }<span class="quiet numbers">{ since }</span></> },
                    content: content(&desk, customer),
                }
            }) }
        </>
    }
}

fn content(desk: &Desk, customer: &CustomerDetail) -> Html {
    html! {
        <div class="order-columns" data-customer={customer.email.clone()}>
            <div class="order-main">{ orders(desk, customer) }</div>
            <div class="order-side">
                { figures(desk, customer) }
                { contact(desk, customer) }
                { account(desk, customer.account.as_ref()) }
            </div>
        </div>
    }
}

fn orders(desk: &Desk, customer: &CustomerDetail) -> Html {
    let head = |text: CustomerText| text.text(desk.locale);
    let address = move |order: &OrderRow| screens::Order::of(order.id).href();
    let columns = vec![
        Column::new(head(CustomerText::OrderNumber), move |order: &OrderRow| Cell::link(address(order), &order.number)),
        Column::new(head(CustomerText::OrderPlaced), move |order: &OrderRow| desk.calendar().brief(order.placed_at))
            .instants(),
        Column::new(
            head(CustomerText::OrderStatus),
            move |order: &OrderRow| html! { <OrderPill status={order.status} /> },
        ),
        Column::new(head(CustomerText::OrderTotal), move |order: &OrderRow| desk.money(order.total)).number(),
    ];
    let row = move |order: &OrderRow| Row::new(order.id).data("data-order", &order.number).to(address(order));
    let table = Table::new("customer-orders", "", head(CustomerText::OrdersTitle), columns, row).walked();
    html! {
        <Card id="customer-orders" is_unnamed={true} title={head(CustomerText::OrdersTitle)}>
            if customer.latest.is_empty() {
                <p class="quiet">{ head(CustomerText::NoOrders) }</p>
            } else {
                { table.draw(Some(&customer.latest)) }
            }
        </Card>
    }
}

fn figures(desk: &Desk, customer: &CustomerDetail) -> Html {
    let locale = desk.locale;
    html! {
        <Card id="customer-figures" title={CustomerText::Figures.text(locale)}>
            <p class="fact">
                <Icon of={Glyph::Orders} />
                <span class="quiet">{ CustomerText::OrderCount.text(locale) }</span>
                <span class="numbers" data-test="orders">{ customer.orders }</span>
            </p>
            <p class="fact">
                <Icon of={Glyph::Cash} />
                <span class="quiet">{ CustomerText::Spent.text(locale) }</span>
                <span class="numbers" data-test="spent">{ desk.money(customer.spent) }</span>
            </p>
        </Card>
    }
}

fn contact(desk: &Desk, customer: &CustomerDetail) -> Html {
    let locale = desk.locale;
    let known = &customer.address;
    let city = [known.city.as_str(), known.postal_code.as_str()].join(" ");
    let lines = [known.line_1.as_str(), known.line_2.as_str(), city.trim(), known.province.as_str()];
    html! {
        <Card id="customer-contact" title={CustomerText::ContactTitle.text(locale)}>
            <p class="fact"><Icon of={Glyph::Mail} /><span class="clip">{ &customer.email }</span></p>
            if known.phone.is_empty() {
                <p class="quiet">{ CustomerText::NoAddress.text(locale) }</p>
            } else {
                <p class="fact"><Icon of={Glyph::Phone} /><span class="numbers">{ &known.phone }</span></p>
                if !known.is_placeless() {
                    <div class="fact is-top">
                        <Icon of={Glyph::Place} />
                        <address>
                            for line in lines.iter().filter(|line| !line.is_empty()) { <span>{ *line }</span> }
                        </address>
                    </div>
                }
            }
        </Card>
    }
}

fn account(desk: &Desk, account: Option<&AccountState>) -> Html {
    let locale = desk.locale;
    let calendar = desk.calendar();
    html! {
        <Card id="customer-account" title={CustomerText::AccountTitle.text(locale)}>
            if let Some(account) = account {
                <p class="fact">
                    <Icon of={Glyph::Person} />
                    <span class="numbers">
                        { CustomerText::RegisteredAt { at: calendar.full(account.registered_at) }.text(locale) }
                    </span>
                </p>
                <p class="quiet">
                    { match account.sessions {
                        0 => CustomerText::SignedInNowhere.text(locale),
                        devices => CustomerText::SignedInOn { devices }.text(locale),
                    } }
                </p>
                if let Some(seen) = account.seen_at {
                    <p class="quiet numbers">{ CustomerText::LastSeen { at: calendar.full(seen) }.text(locale) }</p>
                }
            } else {
                <p class="quiet">{ CustomerText::NoAccount.text(locale) }</p>
            }
        </Card>
    }
}
