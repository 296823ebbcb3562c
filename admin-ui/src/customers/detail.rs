//! One customer: how to reach them, their account, and what they ordered.

use domain::customers::{AccountState, CustomerDetail, CustomerId, GetCustomer};
use domain::orders::OrderRow;
use yew::prelude::*;

use super::account_pill;
use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::{Glyph, Icon};
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::orders::keys;
use crate::pill::OrderPill;
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::texts::{CustomerText, OrderText, ShellText};
use crate::waiting::SkeletonRows;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CustomerScreenProps {
    pub(crate) id: CustomerId,
}

/// The screen of one customer.
#[component]
pub(crate) fn CustomerScreen(props: &CustomerScreenProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let asked = use_command(GetCustomer { customer_id: props.id }, pulse.orders);

    let (title, aside, content) = match asked.answer.as_deref() {
        None => (ShellText::Loading.text(locale), Html::default(), skeleton()),
        Some(Err(problem)) => {
            let content = html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> };
            (CustomerText::Title.text(locale), Html::default(), content)
        }
        Some(Ok(customer)) => {
            let since = CustomerText::KnownSince { at: desk.calendar().full(customer.created_at) }.text(locale);
            let pill = account_pill(&desk, customer.account.is_some());
            let aside = html! { <>{ pill }<span class="quiet numbers">{ since }</span></> };
            (customer.name.clone(), aside, content(&desk, customer))
        }
    };
    html! {
        <>
            <a class="back" id="back-to-customers" href={Route::customers().href()}>
                <Icon of={Glyph::Back} />
                { CustomerText::BackToList.text(locale) }
            </a>
            <Screen id="customer" {title} {aside}>{ content }</Screen>
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
    let locale = desk.locale;
    html! {
        <section class="card" aria-labelledby="customer-orders-title">
            <h2 id="customer-orders-title" class="section-title">{ CustomerText::OrdersTitle.text(locale) }</h2>
            if customer.latest.is_empty() {
                <p class="quiet">{ CustomerText::NoOrders.text(locale) }</p>
            } else {
                <table class="rows" onkeydown={keys::walk}>
                    <caption class="unseen">{ CustomerText::OrdersTitle.text(locale) }</caption>
                    <thead><tr>
                        <th scope="col">{ OrderText::Number.text(locale) }</th>
                        <th scope="col">{ OrderText::Placed.text(locale) }</th>
                        <th scope="col">{ OrderText::Status.text(locale) }</th>
                        <th scope="col" class="number">{ OrderText::Total.text(locale) }</th>
                    </tr></thead>
                    <tbody id="customer-orders">
                        for order in customer.latest.iter() { { order_row(desk, order) } }
                    </tbody>
                </table>
            }
        </section>
    }
}

fn order_row(desk: &Desk, order: &OrderRow) -> Html {
    let to = Route::Order(order.id);
    let open = {
        let to = to.clone();
        move |_: MouseEvent| to.go()
    };
    html! {
        <tr key={order.id.get().to_string()} class="is-link" data-order={order.number.clone()} onclick={open}>
            <td><a class="row-link" href={to.href()}>{ &order.number }</a></td>
            <td class="numbers nowrap">{ desk.calendar().brief(order.placed_at) }</td>
            <td><OrderPill status={order.status} /></td>
            <td class="number">{ desk.money(order.total) }</td>
        </tr>
    }
}

fn figures(desk: &Desk, customer: &CustomerDetail) -> Html {
    let locale = desk.locale;
    html! {
        <section class="card" aria-labelledby="customer-figures-title">
            <h2 id="customer-figures-title" class="section-title">{ CustomerText::Figures.text(locale) }</h2>
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
        </section>
    }
}

fn contact(desk: &Desk, customer: &CustomerDetail) -> Html {
    let locale = desk.locale;
    let known = &customer.address;
    let city = [known.city.as_str(), known.postal_code.as_str()].join(" ");
    let lines = [known.line_1.as_str(), known.line_2.as_str(), city.trim(), known.province.as_str()];
    html! {
        <section class="card" aria-labelledby="customer-contact-title">
            <h2 id="customer-contact-title" class="section-title">{ CustomerText::ContactTitle.text(locale) }</h2>
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
        </section>
    }
}

fn account(desk: &Desk, account: Option<&AccountState>) -> Html {
    let locale = desk.locale;
    let calendar = desk.calendar();
    html! {
        <section class="card" id="customer-account" aria-labelledby="customer-account-title">
            <h2 id="customer-account-title" class="section-title">{ CustomerText::AccountTitle.text(locale) }</h2>
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
        </section>
    }
}

fn skeleton() -> Html {
    html! {
        <div class="card" aria-busy="true">
            <table class="rows" aria-hidden="true"><tbody><SkeletonRows rows={6} columns={vec![6, 6, 6, 6]} /></tbody></table>
        </div>
    }
}
