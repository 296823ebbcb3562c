//! The dashboard: is the shop all right, what must be done now, how is it going. In this order.

use domain::inventory::StockFilter;
use domain::orders::OrderStatus;
use domain::reports::{Dashboard, GetDashboard, MoneyToCheck};
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Glyph, Icon, ProblemBox, Screen};
use crate::screens::{self, MembershipsPart, PaymentsPart};

mod chart;
mod figures;
mod lists;
mod skeleton;
mod texts;

use chart::SalesChart;
use figures::Figure;
use lists::{LatestOrders, LowStock};
pub(crate) use texts::DashboardText;

/// The first screen of the owner's day.
#[component]
pub(crate) fn DashboardScreen(_props: &screens::Dashboard) -> Html {
    let desk = use_desk();
    let asked = use_command(GetDashboard {});
    let content = match asked.answer.as_deref() {
        None => skeleton::dashboard(),
        Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={asked.again} /> },
        Some(Ok(dashboard)) => content(&desk, dashboard),
    };
    let today = html! { <span class="quiet">{ desk.calendar().today() }</span> };
    html! {
        <Screen id="dashboard" aside={today}>{ content }</Screen>
    }
}

fn content(desk: &Desk, dashboard: &Dashboard) -> Html {
    let locale = desk.locale;
    html! {
        <>
            { condition(desk, dashboard) }
            <section aria-labelledby="to-do-title">
                <h2 id="to-do-title" class="section-title">{ DashboardText::ToDo.text(locale) }</h2>
                <div class="tasks">
                    for task in tasks(dashboard) { { link(desk, &task) } }
                </div>
            </section>
            <section class="going card" aria-label={DashboardText::ChartTitle.text(locale)}>
                <div class="figures">
                    <Figure id="today" comparison={dashboard.today} />
                    <Figure id="week" comparison={dashboard.week} />
                </div>
                <SalesChart days={dashboard.days.clone()} />
            </section>
            <div class="halves">
                <LatestOrders rows={dashboard.latest_orders.clone()} />
                <LowStock rows={dashboard.low_stock.clone()} />
            </div>
        </>
    }
}

/// Is the shop all right? One line.
fn condition(desk: &Desk, dashboard: &Dashboard) -> Html {
    let locale = desk.locale;
    let Some(status) = &desk.status else { return Html::default() };
    let is_right = status.is_database_up && dashboard.needs_review.count() == 0;
    let (icon, tone, title) = if is_right {
        (Glyph::Done, "is-good", DashboardText::AllRight)
    } else {
        (Glyph::Warning, "is-bad", DashboardText::NotAllRight)
    };
    let review = match dashboard.needs_review.count() {
        0 => None,
        1 => Some(DashboardText::OneReview),
        count => Some(DashboardText::NeedReview { count }),
    };
    let database = if status.is_database_up { DashboardText::DatabaseUp } else { DashboardText::DatabaseDown };
    html! {
        <section class={classes!("condition", tone)} id="condition">
            <Icon of={icon} />
            <strong>{ title.text(locale) }</strong>
            <span>{ DashboardText::ServingAt { url: status.storefront_url.clone() }.text(locale) }</span>
            <span>{ database.text(locale) }</span>
            if let Some(review) = review { <span>{ review.text(locale) }</span> }
        </section>
    }
}

/// What must be done now?
struct Task {
    id: &'static str,
    icon: Glyph,
    tone: &'static str,
    count: u64,
    title: DashboardText,
    hint: DashboardText,
    to: String,
}

fn tasks(dashboard: &Dashboard) -> [Task; 4] {
    [
        Task {
            id: "task-to-ship",
            icon: Glyph::Packing,
            tone: "is-busy",
            count: dashboard.to_ship,
            title: DashboardText::ToShip,
            hint: DashboardText::ToShipHint,
            to: orders_in(OrderStatus::Processing),
        },
        Task {
            id: "task-awaiting",
            icon: Glyph::Clock,
            tone: "is-plain",
            count: dashboard.awaiting_payment,
            title: DashboardText::AwaitingPayment,
            hint: DashboardText::AwaitingHint,
            to: orders_in(OrderStatus::PendingPayment),
        },
        Task {
            id: "task-review",
            icon: Glyph::Alert,
            tone: "is-bad",
            count: dashboard.needs_review.count(),
            title: DashboardText::Review,
            hint: DashboardText::ReviewHint,
            to: to_check(dashboard.needs_review),
        },
        Task {
            id: "task-low-stock",
            icon: Glyph::Stock,
            tone: "is-warn",
            count: dashboard.low_stock_count,
            title: DashboardText::LowStock,
            hint: DashboardText::LowStockHint,
            to: screens::Stock { filter: StockFilter::Low, ..Default::default() }.href(),
        },
    ]
}

fn orders_in(status: OrderStatus) -> String {
    screens::Orders { status: Some(status), ..Default::default() }.href()
}

/// Where the first of the money is seen that a person must look at.
fn to_check(money: MoneyToCheck) -> String {
    if money.proofs > 0 {
        screens::Payments::of(PaymentsPart::Proofs).href()
    } else if money.orders == 0 && money.memberships > 0 {
        screens::Memberships::of(MembershipsPart::Review).href()
    } else if money.orders == 0 && money.notices > 0 {
        screens::Jobs::default().href()
    } else {
        screens::Orders { review: true, ..Default::default() }.href()
    }
}

/// A number that leads to its list; nothing to do is quiet.
fn link(desk: &Desk, task: &Task) -> Html {
    let tone = if task.count == 0 { "is-idle" } else { task.tone };
    html! {
        <a id={task.id} class={classes!("task", tone)} href={task.to.clone()} data-count={task.count.to_string()}>
            <Icon of={task.icon} />
            <span class="task-count numbers">{ task.count }</span>
            <span class="task-title">{ task.title.text(desk.locale) }</span>
            <span class="task-hint quiet">{ task.hint.text(desk.locale) }</span>
        </a>
    }
}
