//! The floors of `services`: a room may use what lies below it and nothing above, so that no two ever wait for each other.

use super::source::{Source, Violation};

const HOME: &str = "services/src/";
/// What every room stands on; these may use each other.
const GROUND: [&str; 14] = [
    "actor",
    "clock",
    "database",
    "error",
    "events",
    "gateways",
    "http",
    "lead",
    "mail",
    "outside",
    "passwords",
    "secrets",
    "shop",
    "snapshot",
];
/// The rooms from the lowest to the highest.
const FLOORS: [&str; 27] = [
    "settings",
    "staff",
    "media",
    "audit",
    "inventory",
    "buyers",
    "carts",
    "pricing",
    "catalog",
    "vouchers",
    "money",
    "orders",
    "memberships",
    "payments",
    "checkout",
    "customers",
    "letters",
    "visits",
    "reviews",
    "imports",
    "jobs",
    "reports",
    "reference",
    "bringing",
    "setup",
    "commands",
    "testing",
];

/// Nobody uses a room above the own, and every room has its place.
pub(crate) fn are_kept(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let of_services = |source: &&Source| source.path.starts_with(HOME) && source.is("rs");
    for source in sources.iter().filter(of_services) {
        let room = room_of(&source.path);
        if room == "lib" {
            continue;
        }
        let Some(height) = height_of(room) else {
            violations.push(source.breaks(format!("`{room}` has no place among the floors of services")));
            continue;
        };
        for (line, other) in used(&source.text) {
            let is_above = height_of(other).is_some_and(|other| other > 0 && other >= height);
            if other != room && is_above {
                violations.push(source.breaks_at(line, format!("`{room}` uses `{other}`, which lies above it")));
            }
        }
    }
    violations
}

/// The first part of the path below the crate.
fn room_of(path: &str) -> &str {
    let inner = path.strip_prefix(HOME).unwrap_or(path);
    inner.split(['/', '.']).next().unwrap_or_default()
}

/// How high a room lies; nothing for a name that is none.
fn height_of(room: &str) -> Option<usize> {
    if GROUND.contains(&room) {
        return Some(0);
    }
    FLOORS.iter().position(|floor| *floor == room).map(|position| position + 1)
}

/// The rooms that code names behind `crate::`, alone or in a list that may take several lines, each with its line.
fn used(text: &str) -> Vec<(usize, &str)> {
    let is_code = |at: usize| {
        let line = text[..at].rsplit('\n').next().unwrap_or_default();
        !line.contains("//")
    };
    let number = |at: usize| text[..at].matches('\n').count() + 1;
    let mut rooms = Vec::new();
    for (at, found) in text.match_indices("crate::").filter(|(at, _)| is_code(*at)) {
        let rest = &text[at + found.len()..];
        let Some(list) = rest.strip_prefix('{') else {
            rooms.push((number(at), word(rest)));
            continue;
        };
        let (mut depth, mut start) = (0, 0);
        for (end, letter) in list.char_indices() {
            match letter {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    rooms.push((number(at), word(list[start..end].trim_start())));
                    start = end + 1;
                    if letter == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
    }
    rooms
}

fn word(text: &str) -> &str {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::caught;

    #[test]
    fn a_room_that_looks_up_is_caught() {
        let files = [
            (
                "services/src/settings.rs",
                "//! Settings.\nuse crate::database::Work;\nuse crate::{\n    Shop,\n    orders::{self, Step},\n};\n",
            ),
            (
                "services/src/orders/life.rs",
                "//! Life.\nuse crate::{Shop, money, settings};\ncrate::payments::refund();\n",
            ),
            (
                "services/src/money/bill.rs",
                "//! Bills.\nuse crate::gateways::pause_after;\nuse crate::orders::LockedOrder;\n",
            ),
            ("services/src/payments.rs", "//! Payments.\nuse crate::{memberships, money, orders};\n"),
            ("services/src/events.rs", "//! Events.\n// crate::orders is far away\nuse crate::database::Work;\n"),
            ("services/src/wishes.rs", "//! Wishes.\n"),
        ];
        assert_eq!(
            caught(are_kept, &files),
            [
                "services/src/settings.rs:3: `settings` uses `orders`, which lies above it",
                "services/src/orders/life.rs:3: `orders` uses `payments`, which lies above it",
                "services/src/money/bill.rs:3: `money` uses `orders`, which lies above it",
                "services/src/wishes.rs: `wishes` has no place among the floors of services",
            ]
        );
    }
}
