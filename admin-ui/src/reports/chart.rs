//! The one chart: a bar for each of thirty days, with the amounts as words for those who do not see it.
//!
//! The arrow keys walk over the days; the line above the bars tells the day under the pointer or the cursor.

use domain::money::Money;
use domain::reports::DaySales;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::kit::{Glyph, Icon};
use crate::reports::DashboardText;

mod scale;

use scale::Scale;

const WIDTH: i64 = 720;
const HEIGHT: i64 = 190;
/// Room for the amounts on the left, and for the days below.
const LEFT: i64 = 86;
const TOP: i64 = 10;
const BOTTOM: i64 = 24;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SalesChartProps {
    /// Oldest first, none missing.
    pub(crate) days: Vec<DaySales>,
}

/// Sales by day, as bars or as a table.
#[component]
pub(crate) fn SalesChart(props: &SalesChartProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let is_table = use_state(|| false);
    let pointed = use_state(|| None::<usize>);

    let days = &props.days;
    let total = Money::sum(days.iter().map(|day| day.sales)).unwrap_or_default();
    let turn = {
        let is_table = is_table.clone();
        Callback::from(move |_: MouseEvent| is_table.set(!*is_table))
    };
    let (icon, label) = if *is_table {
        (Glyph::Chart, DashboardText::ShowChart.text(locale))
    } else {
        (Glyph::Table, DashboardText::ShowTable.text(locale))
    };
    let told = pointed.and_then(|at| days.get(at));
    html! {
        <div class="chart" id="sales-chart">
            <div class="chart-head">
                <h2 class="figure-title">{ DashboardText::ChartTitle.text(locale) }</h2>
                <p class="chart-told numbers" aria-live="polite" data-test="chart-told">{ tell(&desk, told, total) }</p>
                <button type="button" class="icon-button" id="chart-table" aria-pressed={is_table.to_string()}
                    aria-label={label.clone()} title={label} onclick={turn}>
                    <Icon of={icon} />
                </button>
            </div>
            if *is_table {
                { table(&desk, days) }
            } else {
                { bars(&desk, days, total, &pointed) }
            }
            if total == Money::ZERO { <p class="chart-empty quiet">{ DashboardText::ChartEmpty.text(locale) }</p> }
        </div>
    }
}

fn tell(desk: &Desk, day: Option<&DaySales>, total: Money) -> Html {
    let (title, amount, orders) = match day {
        Some(day) => (desk.calendar().day(day.day), desk.money(day.sales), Some(count(desk, day.orders))),
        None => (DashboardText::ChartTotal.text(desk.locale), desk.money(total), None),
    };
    html! {
        <>
            <span class="quiet">{ title }</span>
            <strong>{ amount }</strong>
            if let Some(orders) = orders { <span class="quiet">{ orders }</span> }
        </>
    }
}

fn bars(desk: &Desk, days: &[DaySales], total: Money, pointed: &UseStateHandle<Option<usize>>) -> Html {
    let scale = Scale::of(days.iter().map(|day| day.sales.get()).max().unwrap_or(0));
    let floor = HEIGHT - BOTTOM;
    let number_of_days = i64::try_from(days.len()).unwrap_or(1).max(1);
    let left_of = |at: usize| LEFT + (WIDTH - LEFT) * i64::try_from(at).unwrap_or(0) / number_of_days;
    let height_of = |sales: i64| scale.share(sales, floor - TOP);

    let last = days.len().saturating_sub(1);
    let onkeydown = {
        let pointed = pointed.clone();
        Callback::from(move |event: KeyboardEvent| {
            let at = pointed.unwrap_or(last);
            let next = match event.key().as_str() {
                "ArrowLeft" => Some(pointed.map_or(last, |_| at.saturating_sub(1))),
                "ArrowRight" => Some((at + 1).min(last)),
                "Home" => Some(0),
                "End" => Some(last),
                "Escape" => None,
                _ => return,
            };
            event.prevent_default();
            pointed.set(next);
        })
    };
    let leave = {
        let pointed = pointed.setter();
        move || pointed.set(None)
    };
    let (left_it, lost_it) = (leave.clone(), leave);
    html! {
        <svg class="bars" viewBox={format!("0 0 {WIDTH} {HEIGHT}")} role="img" tabindex="0" aria-label={summary(desk, days, total)}
            {onkeydown} onblur={move |_| lost_it()} onmouseleave={move |_| left_it()}>
            for amount in scale.marks().filter(|amount| *amount == 0 || total > Money::ZERO) {
                <line class="rule" x1={LEFT.to_string()} x2={WIDTH.to_string()}
                    y1={(floor - height_of(amount)).to_string()} y2={(floor - height_of(amount)).to_string()} />
                <text class="amount" x={(LEFT - 10).to_string()} y={(floor - height_of(amount) + 4).to_string()}>
                    { desk.money(Money::minor(amount)) }
                </text>
            }
            for (at, day) in days.iter().enumerate() {
                { bar(at, day, (left_of(at), left_of(at + 1)), height_of(day.sales.get()), pointed) }
                if (last - at).is_multiple_of(7) { { name(desk, day, (left_of(at), left_of(at + 1)), at == last) } }
            }
        </svg>
    }
}

fn bar(
    at: usize,
    day: &DaySales,
    (left, right): (i64, i64),
    height: i64,
    pointed: &UseStateHandle<Option<usize>>,
) -> Html {
    let (floor, gap) = (HEIGHT - BOTTOM, 3);
    // A day with any sale at all is seen, however good the best day was.
    let height = if day.sales > Money::ZERO { height.max(2) } else { 0 };
    let is_pointed = **pointed == Some(at);
    let point = {
        let pointed = pointed.setter();
        move || pointed.set(Some(at))
    };
    html! {
        <g key={at} class={classes!("day", is_pointed.then_some("is-pointed"))} onmouseenter={move |_| point()}>
            <rect class="reach" x={left.to_string()} y={TOP.to_string()} width={(right - left).to_string()}
                height={(floor - TOP).to_string()} />
            <rect class="bar" x={(left + gap).to_string()} y={(floor - height).to_string()}
                width={(right - left - 2 * gap).to_string()} height={height.to_string()} rx="2" />
        </g>
    }
}

/// The day under a bar; the last one ends with its bar, or it would be cut off.
fn name(desk: &Desk, day: &DaySales, (left, right): (i64, i64), is_last: bool) -> Html {
    let x = if is_last { right } else { (left + right) / 2 };
    html! {
        <text key={format!("name-{}", day.day)} class={classes!("name", is_last.then_some("is-last"))}
            x={x.to_string()} y={(HEIGHT - 6).to_string()}>
            { desk.calendar().tick(day.day) }
        </text>
    }
}

fn table(desk: &Desk, days: &[DaySales]) -> Html {
    let locale = desk.locale;
    html! {
        <div class="chart-table" tabindex="0" role="region" aria-label={DashboardText::ChartTitle.text(locale)}>
            <table>
                <thead><tr>
                    <th scope="col">{ DashboardText::Day.text(locale) }</th>
                    <th scope="col" class="number">{ DashboardText::Orders.text(locale) }</th>
                    <th scope="col" class="number">{ DashboardText::Sales.text(locale) }</th>
                </tr></thead>
                <tbody>
                    for day in days.iter().rev() {
                        <tr key={day.day.to_string()}>
                            <td>{ desk.calendar().day(day.day) }</td>
                            <td class="number">{ day.orders }</td>
                            <td class="number">{ desk.money(day.sales) }</td>
                        </tr>
                    }
                </tbody>
            </table>
        </div>
    }
}

fn summary(desk: &Desk, days: &[DaySales], total: Money) -> String {
    let Some(best) = days.iter().max_by_key(|day| day.sales) else {
        return DashboardText::ChartEmpty.text(desk.locale);
    };
    let (total, amount, day) = (desk.money(total), desk.money(best.sales), desk.calendar().day(best.day));
    DashboardText::ChartSummary { total, best: amount, day }.text(desk.locale)
}

fn count(desk: &Desk, orders: u64) -> String {
    match orders {
        1 => DashboardText::OneOrder.text(desk.locale),
        count => DashboardText::OrderCount { count }.text(desk.locale),
    }
}
