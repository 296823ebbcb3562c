//! The sales of a span, and how they compare with the span before.

use domain::reports::Comparison;
use yew::prelude::*;

use crate::desk::use_desk;
use crate::kit::{Glyph, Icon};
use crate::reports::DashboardText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct FigureProps {
    /// `today` or `week`.
    pub(crate) id: &'static str,
    pub(crate) comparison: Comparison,
}

/// One span: the amount, the orders, the change.
#[component]
pub(crate) fn Figure(props: &FigureProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let comparison = props.comparison;
    let (title, before) = match props.id {
        "today" => (DashboardText::Today, DashboardText::TodayBefore { before: desk.money(comparison.sales_before) }),
        _ => (DashboardText::Week, DashboardText::WeekBefore { before: desk.money(comparison.sales_before) }),
    };
    let orders = match comparison.orders {
        1 => DashboardText::OneOrder,
        count => DashboardText::OrderCount { count },
    };
    let before = match comparison.change_percent() {
        Some(_) => before,
        None => DashboardText::NothingBefore,
    };
    html! {
        <div class="figure" data-test={props.id}>
            <h3 class="figure-title">{ title.text(locale) }</h3>
            <p class="figure-amount numbers" data-test="sales">{ desk.money(comparison.sales) }</p>
            <p class="figure-line numbers">
                <span data-test="orders">{ orders.text(locale) }</span>
                { change(comparison.change_percent(), locale) }
            </p>
            <p class="figure-before quiet numbers">{ before.text(locale) }</p>
        </div>
    }
}

fn change(percent: Option<i64>, locale: domain::locale::Locale) -> Html {
    let Some(percent) = percent else { return Html::default() };
    let (icon, tone, text) = match percent {
        0 => (Glyph::Level, "is-level", DashboardText::ChangeNone),
        1.. => (Glyph::Up, "is-up", DashboardText::ChangeUp { percent }),
        _ => (Glyph::Down, "is-down", DashboardText::ChangeDown { percent: percent.saturating_abs() }),
    };
    html! { <span class={classes!("change", tone)}><Icon of={icon} />{ text.text(locale) }</span> }
}
