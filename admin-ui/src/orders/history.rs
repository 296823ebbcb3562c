//! What happened to an order, who did it, and when.

use domain::orders::{HistoryEntry, HistoryKind, OrderDetail};
use yew::prelude::*;

use super::OrderText;
use crate::desk::{Desk, actor_name, order_look, use_desk};
use crate::kit::{Card, Glyph, Icon};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct HistoryProps {
    pub(crate) order: OrderDetail,
}

/// The order's life so far, newest first.
#[component]
pub(crate) fn History(props: &HistoryProps) -> Html {
    let desk = use_desk();
    let history = &props.order.history;
    html! {
        <Card id="order-history" title={OrderText::History.text(desk.locale)}>
            <ol class="timeline">
                for (at, entry) in history.iter().enumerate().rev() { { step(&desk, entry, at == 0) } }
            </ol>
        </Card>
    }
}

fn step(desk: &Desk, entry: &HistoryEntry, is_first: bool) -> Html {
    let locale = desk.locale;
    let (icon, tone) = match entry.kind {
        HistoryKind::Step => order_look(entry.status),
        HistoryKind::CameBack => (Glyph::Undo, "plain"),
        HistoryKind::MoneyBack => (Glyph::Card, "plain"),
    };
    let title = if is_first {
        format!("{} · {}", OrderText::StatusPlaced.text(locale), entry.label(locale))
    } else {
        entry.label(locale).to_owned()
    };
    html! {
        <li class={classes!("timeline-step", format!("is-{tone}"))} data-status={entry.status.as_str()}
            data-kind={entry.kind.as_str()}>
            <Icon of={icon} class={classes!("timeline-icon")} />
            <span class="timeline-title">{ title }</span>
            <span class="quiet numbers">{ desk.calendar().full(entry.at) }</span>
            { actor_name(&entry.actor, locale) }
            if let Some(note) = &entry.note { <span class="timeline-note">{ note }</span> }
        </li>
    }
}
