//! The customers: the list, newest first.

use domain::customers::{CustomerRow, ListCustomers};
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Cell, Column, Empty, Glyph, List, Pill, Place, Row, Screen, Table};
use crate::screens::{Customer, Customers};

mod detail;
mod texts;

pub(crate) use detail::CustomerScreen;
pub(crate) use texts::CustomerText;

/// The list of customers.
#[component]
pub(crate) fn CustomersScreen(props: &Customers) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let place = Place::new(&props.search, |search, page| Customers { search, page }.href());
    let asked = use_command(ListCustomers { search: place.search(), page: props.page });
    let list = List::new(
        &asked,
        |page| &page.rows,
        table(&desk),
        || {
            html! {
                <Empty icon={Glyph::Customers} title={CustomerText::NoneYet.text(locale)}
                    hint={CustomerText::NoneYetHint.text(locale)} />
            }
        },
    )
    .paged(&place, |page| page.position)
    .searched(|search| CustomerText::NoneFound { search }.text(locale), CustomerText::NoneFoundHint.text(locale));
    html! {
        <Screen id="customers" tools={place.field("customer-search", CustomerText::Search.text(locale))}>
            { list.draw(locale) }
        </Screen>
    }
}

/// Whether somebody has an account, as a pill.
fn account_pill(desk: &Desk, has_account: bool) -> Html {
    let (icon, tone, text) = if has_account {
        (Glyph::Person, "good", CustomerText::HasAccount)
    } else {
        (Glyph::Orders, "off", CustomerText::Guest)
    };
    html! { <Pill {icon} {tone} text={text.text(desk.locale)} /> }
}

fn table(desk: &Desk) -> Table<'_, CustomerRow> {
    let head = |text: CustomerText| text.text(desk.locale);
    let address = move |customer: &CustomerRow| Customer::of(customer.id).href();
    let last_order = move |customer: &CustomerRow| match customer.last_order_at {
        Some(at) => desk.calendar().brief(at),
        None => CustomerText::Never.text(desk.locale),
    };
    let columns = vec![
        Column::new(head(CustomerText::Name), move |customer: &CustomerRow| {
            Cell::link(address(customer), &customer.name).titled(&customer.name).class("clip")
        })
        .bone(8),
        Column::new(head(CustomerText::Email), move |customer: &CustomerRow| Cell::clipped(&customer.email))
            .when_wide()
            .bone(9),
        Column::new(head(CustomerText::City), move |customer: &CustomerRow| {
            Cell::clipped(customer.city.as_deref().unwrap_or_default())
        })
        .of("of-city")
        .when_wide(),
        Column::new(head(CustomerText::Account), move |customer: &CustomerRow| {
            account_pill(desk, customer.has_account)
        })
        .of("of-account")
        .bone(7),
        Column::new(head(CustomerText::OrderCount), move |customer: &CustomerRow| customer.orders)
            .of("of-units")
            .number()
            .bone(3),
        Column::new(head(CustomerText::Spent), move |customer: &CustomerRow| desk.money(customer.spent))
            .of("of-total")
            .number(),
        Column::new(head(CustomerText::LastOrder), last_order).of("of-time").instants(),
    ];
    let row = move |customer: &CustomerRow| {
        Row::new(customer.id).data("data-customer", &customer.email).to(address(customer))
    };
    Table::new("customer-rows", "is-customers", head(CustomerText::ListCaption), columns, row).walked().bones(12)
}
