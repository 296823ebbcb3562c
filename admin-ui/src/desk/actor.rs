//! Who did something, as people call them.

use domain::locale::Locale;
use domain::orders::Actor;
use yew::prelude::*;

use super::texts::ActorText;
use crate::kit::{Glyph, Icon};

/// Who did it.
pub(crate) fn name_of(actor: &Actor, locale: Locale) -> String {
    match actor {
        Actor::Staff(name) => name.clone(),
        Actor::Shopper => ActorText::Shopper.text(locale),
        Actor::Gateway(_) => ActorText::Gateway.text(locale),
        Actor::Job(_) => ActorText::Job.text(locale),
        Actor::Import => ActorText::Import.text(locale),
    }
}

/// Who did it, quietly, with an icon.
pub(crate) fn actor_name(actor: &Actor, locale: Locale) -> Html {
    let icon = match actor {
        Actor::Shopper => Glyph::Orders,
        Actor::Staff(_) => Glyph::Person,
        Actor::Gateway(_) => Glyph::Card,
        Actor::Job(_) => Glyph::Robot,
        Actor::Import => Glyph::Import,
    };
    html! { <span class="timeline-actor quiet"><Icon of={icon} />{ name_of(actor, locale) }</span> }
}
