//! How statuses and categories are shown wherever goods are.

use chrono::{DateTime, Utc};
use domain::catalog::{CategoryRow, CategoryTree, ProductStatus};
use domain::locale::Locale;
use yew::prelude::*;

use super::texts::ProductText;
use crate::desk::Desk;
use crate::kit::{Glyph, Pill};

/// What a status is called.
pub(super) const fn status_name(status: ProductStatus) -> ProductText {
    match status {
        ProductStatus::Active => ProductText::Active,
        ProductStatus::Draft => ProductText::Draft,
        ProductStatus::Archived => ProductText::Archived,
    }
}

/// A status as a pill; an active product whose day is still to come says when.
pub(super) fn status_pill(status: ProductStatus, publish_at: Option<DateTime<Utc>>, desk: &Desk) -> Html {
    let waits_for = publish_at.filter(|at| status == ProductStatus::Active && desk.calendar().is_ahead(*at));
    let (icon, tone) = match status {
        ProductStatus::Active if waits_for.is_some() => (Glyph::Clock, "warn"),
        ProductStatus::Active => (Glyph::Done, "good"),
        ProductStatus::Draft => (Glyph::Pencil, "plain"),
        ProductStatus::Archived => (Glyph::Archive, "off"),
    };
    let text = match waits_for {
        Some(at) => ProductText::From { at: desk.calendar().brief(at) },
        None => status_name(status),
    };
    html! { <Pill {icon} {tone} text={text.text(desk.locale)} /> }
}

/// A category's name where the tree is a list: as far in as it stands deep.
pub(super) fn tree_name(tree: &CategoryTree, row: &CategoryRow, locale: Locale) -> String {
    let depth = tree.level(row.id).saturating_sub(1);
    format!("{}{}", "\u{2003}".repeat(depth), row.name.get(locale))
}
