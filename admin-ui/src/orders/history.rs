//! What happened to an order, who did it, and when.

use domain::locale::Locale;
use domain::orders::{Actor, HistoryEntry, HistoryKind, OrderDetail};
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::icon::{Glyph, Icon};
use crate::pill::order_look;
use crate::texts::OrderText;

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
        <section class="card" id="order-history" aria-labelledby="order-history-title">
            <h2 id="order-history-title" class="section-title">{ OrderText::History.text(desk.locale) }</h2>
            <ol class="timeline">
                for (at, entry) in history.iter().enumerate().rev() { { step(&desk, entry, at == 0) } }
            </ol>
        </section>
    }
}

fn step(desk: &Desk, entry: &HistoryEntry, is_first: bool) -> Html {
    let locale = desk.locale;
    let (icon, tone) = match entry.kind {
        HistoryKind::Step => order_look(entry.status),
        HistoryKind::CameBack => (Glyph::Undo, "plain"),
        HistoryKind::MoneyBack => (Glyph::Card, "plain"),
    };
    let (actor_icon, actor) = name_of(&entry.actor, locale);
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
            <span class="timeline-actor quiet"><Icon of={actor_icon} />{ actor }</span>
            if let Some(note) = &entry.note { <span class="timeline-note">{ note }</span> }
        </li>
    }
}

/// Who did it, for people.
pub(crate) fn name_of(actor: &Actor, locale: Locale) -> (Glyph, String) {
    match actor {
        Actor::Shopper => (Glyph::Orders, OrderText::ActorShopper.text(locale)),
        Actor::Staff(name) => (Glyph::Person, name.clone()),
        Actor::Gateway(_) => (Glyph::Card, OrderText::ActorGateway.text(locale)),
        Actor::Job(_) => (Glyph::Robot, OrderText::ActorJob.text(locale)),
        Actor::Import => (Glyph::Import, OrderText::ActorImport.text(locale)),
    }
}
