//! Rules about how the shop writes: only as a unit of work, and the documents name the slices that there are.

use super::slices::SLICES;
use super::source::{Source, Violation};

/// Where transactions are begun and ended.
const HOME: &str = "services/src/database";
/// What begins or ends one, or makes a connection that nothing watches.
const BEGINNINGS: [&str; 7] =
    ["\"begin", "\"start transaction", "\"commit", "\"rollback\"", ".begin_with(", "pool().begin", "pool().acquire"];

/// Transactions are begun and ended by units of work alone; a savepoint inside one is its own.
pub(crate) fn is_a_unit(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let of_services = |source: &&Source| source.path.starts_with("services/src/") && source.is("rs");
    for source in sources.iter().filter(of_services).filter(|source| !source.path.starts_with(HOME)) {
        let outside = source.numbered().filter(|(_, line)| BEGINNINGS.iter().any(|beginning| line.contains(beginning)));
        violations.extend(
            outside.map(|(line, _)| source.breaks_at(line, "begins or ends a transaction outside `transact!`")),
        );
    }
    violations
}

/// ARCHITECTURE.md names every slice, and no other.
pub(crate) fn is_told(sources: &[Source]) -> Vec<Violation> {
    let Some(source) = sources.iter().find(|source| source.path == "ARCHITECTURE.md") else { return Vec::new() };
    let told = source.text.split_once("A feature is a word, the same in every crate: `").map(|(_, rest)| rest);
    let told: Vec<&str> = told.and_then(|rest| rest.split('`').next()).unwrap_or_default().split_whitespace().collect();
    let missing = SLICES.iter().filter(|slice| !told.contains(slice)).map(|slice| format!("does not name `{slice}`"));
    let unknown =
        told.iter().filter(|word| !SLICES.contains(word)).map(|word| format!("names `{word}`, which is none"));
    missing.chain(unknown).map(|what| source.breaks(what)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::caught;

    #[test]
    fn a_transaction_outside_a_unit_of_work_is_caught() {
        let files = [
            ("services/src/database/connections.rs", "//! Connections.\nconn.execute(\"begin\").await?;\n"),
            ("services/src/orders.rs", "//! Orders.\nconn.execute(\"begin\").await?;\n"),
            ("services/src/carts.rs", "//! Carts.\nwork.execute(\"savepoint part\").await?;\n"),
        ];
        assert_eq!(
            caught(is_a_unit, &files),
            ["services/src/orders.rs:2: begins or ends a transaction outside `transact!`"]
        );
    }

    #[test]
    fn a_slice_that_is_not_told_is_caught() {
        let others: Vec<&str> = SLICES.iter().copied().filter(|slice| *slice != "mail").collect();
        let text = format!("A feature is a word, the same in every crate: `{} wishes`.", others.join(" "));
        assert_eq!(
            caught(is_told, &[("ARCHITECTURE.md", &text)]),
            ["ARCHITECTURE.md: does not name `mail`", "ARCHITECTURE.md: names `wishes`, which is none"]
        );
    }
}
