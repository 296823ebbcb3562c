//! The customers: the list, newest first.

use domain::customers::{CustomerPage, CustomerRow, ListCustomers};
use domain::page::PageNumber;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::frame::Screen;
use crate::icon::Glyph;
use crate::ipc::use_command;
use crate::live::use_pulse;
use crate::orders::keys;
use crate::pager::Pager;
use crate::pill::Pill;
use crate::problem_box::ProblemBox;
use crate::route::Route;
use crate::search::Search;
use crate::texts::CustomerText;
use crate::waiting::{Empty, SkeletonRows};

mod detail;

pub(crate) use detail::CustomerScreen;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct CustomersScreenProps {
    pub(crate) search: AttrValue,
    pub(crate) page: PageNumber,
}

/// The list of customers.
#[component]
pub(crate) fn CustomersScreen(props: &CustomersScreenProps) -> Html {
    let desk = use_desk();
    let pulse = use_pulse();
    let locale = desk.locale;
    let search = (!props.search.is_empty()).then(|| props.search.to_string());
    let asked = use_command(ListCustomers { search, page: props.page }, pulse.orders);
    let page = asked.answer.as_deref().and_then(|answer| answer.as_ref().ok());

    let here = {
        let search = props.search.to_string();
        Callback::from(move |page: PageNumber| Route::Customers { search: search.clone(), page })
    };
    let on_search = Callback::from(|search: String| Route::Customers { search, page: PageNumber::FIRST }.slip());
    let rows = match asked.answer.as_deref() {
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(page)) if page.rows.is_empty() => nothing(&desk, props, page, &here),
        Some(Ok(page)) => table(&desk, Some(page)),
        None => table(&desk, None),
    };
    let tools = html! {
        <Search id="customer-search" label={CustomerText::Search.text(locale)} value={props.search.clone()} {on_search} />
    };
    html! {
        <Screen id="customers" title={CustomerText::Title.text(locale)} {tools}>
            <div class={classes!("list", "card", asked.is_waiting.then_some("is-waiting"))}
                aria-busy={asked.is_waiting.to_string()}>
                { rows }
                if let Some(page) = page { <Pager position={page.position} to={here} /> }
            </div>
        </Screen>
    }
}

/// Whether somebody has an account, as a pill.
pub(crate) fn account_pill(desk: &Desk, has_account: bool) -> Html {
    let (icon, tone, text) = if has_account {
        (Glyph::Person, "good", CustomerText::HasAccount)
    } else {
        (Glyph::Orders, "off", CustomerText::Guest)
    };
    html! { <Pill {icon} {tone} text={text.text(desk.locale)} /> }
}

fn table(desk: &Desk, page: Option<&CustomerPage>) -> Html {
    let locale = desk.locale;
    html! {
        <table class="rows is-customers" onkeydown={keys::walk}>
            <caption class="unseen">{ CustomerText::ListCaption.text(locale) }</caption>
            <thead><tr>
                <th scope="col">{ CustomerText::Name.text(locale) }</th>
                <th scope="col" class="when-wide">{ CustomerText::Email.text(locale) }</th>
                <th scope="col" class="of-city when-wide">{ CustomerText::City.text(locale) }</th>
                <th scope="col" class="of-account">{ CustomerText::Account.text(locale) }</th>
                <th scope="col" class="of-units number">{ CustomerText::OrderCount.text(locale) }</th>
                <th scope="col" class="of-total number">{ CustomerText::Spent.text(locale) }</th>
                <th scope="col" class="of-time">{ CustomerText::LastOrder.text(locale) }</th>
            </tr></thead>
            <tbody id="customer-rows">
                if let Some(page) = page {
                    for customer in page.rows.iter() { { row(desk, customer) } }
                } else {
                    <SkeletonRows rows={12} columns={vec![8, 9, 6, 7, 3, 6, 6]} />
                }
            </tbody>
        </table>
    }
}

fn row(desk: &Desk, customer: &CustomerRow) -> Html {
    let to = Route::Customer(customer.id);
    let open = {
        let to = to.clone();
        move |_: MouseEvent| to.go()
    };
    let city = customer.city.clone().unwrap_or_default();
    let last =
        customer.last_order_at.map_or_else(|| CustomerText::Never.text(desk.locale), |at| desk.calendar().brief(at));
    html! {
        <tr key={customer.id.get().to_string()} class="is-link" data-customer={customer.email.clone()} onclick={open}>
            <td class="clip" title={customer.name.clone()}>
                <a class="row-link" href={to.href()}>{ &customer.name }</a>
            </td>
            <td class="clip when-wide" title={customer.email.clone()}>{ &customer.email }</td>
            <td class="clip when-wide" title={city.clone()}>{ &city }</td>
            <td>{ account_pill(desk, customer.has_account) }</td>
            <td class="number">{ customer.orders }</td>
            <td class="number">{ desk.money(customer.spent) }</td>
            <td class="numbers nowrap">{ last }</td>
        </tr>
    }
}

/// Why the list is empty, and the way out.
fn nothing(desk: &Desk, props: &CustomersScreenProps, page: &CustomerPage, here: &Callback<PageNumber, Route>) -> Html {
    let locale = desk.locale;
    let link = |to: &Route, text: &CustomerText| html! { <a class="button" href={to.href()}>{ text.text(locale) }</a> };
    if page.position.is_beyond() {
        return html! {
            <Empty icon={Glyph::Inbox} title={CustomerText::BeyondEnd.text(locale)} hint="">
                { link(&here.emit(page.position.last()), &CustomerText::LastPage) }
            </Empty>
        };
    }
    if props.search.is_empty() {
        return html! {
            <Empty icon={Glyph::Customers} title={CustomerText::NoneYet.text(locale)}
                hint={CustomerText::NoneYetHint.text(locale)} />
        };
    }
    html! {
        <Empty icon={Glyph::Search} title={CustomerText::NoneFound { search: props.search.to_string() }.text(locale)}
            hint={CustomerText::NoneFoundHint.text(locale)}>
            { link(&Route::customers(), &CustomerText::ClearSearch) }
        </Empty>
    }
}
