//! Rules about slices, the features of the shop: private queries, tests of their own, a doc line on what they offer.

use super::source::{Source, Violation};

/// The words of the house. A new slice is added here, in ARCHITECTURE.md and nowhere else.
pub(super) const SLICES: [&str; 25] = [
    "audit",
    "carts",
    "catalog",
    "checkout",
    "customers",
    "events",
    "imports",
    "inventory",
    "jobs",
    "mail",
    "media",
    "memberships",
    "money",
    "orders",
    "payments",
    "pricing",
    "reference",
    "reports",
    "reviews",
    "settings",
    "setup",
    "shipping",
    "staff",
    "visits",
    "vouchers",
];
/// Slices that are tested through others, with the reason.
const TESTED_ELSEWHERE: [(&str, &str); 1] =
    [("money", "nobody sees a ledger: it shows in tests/payments.rs, refunds.rs, checking.rs and memberships/")];
const OFFERED: [&str; 8] =
    ["pub fn ", "pub async fn ", "pub const fn ", "pub struct ", "pub enum ", "pub trait ", "pub type ", "pub union "];

/// `mod queries;` is private to its slice: nobody uses another slice's SQL. The rows that it returns may be shown to
/// others, which takes nothing but their types out of it.
pub(crate) fn keep_their_queries_private(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with("services/src/") && source.is("rs")) {
        let opened = source.numbered().filter(|(_, line)| {
            let line = line.trim();
            let shown = line.split_once("use queries::").map(|(_, shown)| shown);
            line.starts_with("pub") && (line.ends_with("mod queries;") || shown.is_some_and(|shown| !only_types(shown)))
        });
        violations.extend(opened.map(|(line, _)| source.breaks_at(line, "opens its queries to other slices")));
    }
    violations
}

/// Every slice of `services` has a file of tests by its name.
pub(crate) fn have_their_tests(sources: &[Source]) -> Vec<Violation> {
    let has_tests = |slice: &str| {
        sources.iter().any(|source| source.path.starts_with("tests/") && source.is("rs") && source.stem() == slice)
    };
    sources
        .iter()
        .filter(|source| source.path == format!("services/src/{}.rs", source.stem()))
        .filter(|source| SLICES.contains(&source.stem()))
        .filter(|source| !TESTED_ELSEWHERE.iter().any(|(slice, _)| *slice == source.stem()))
        .filter(|source| !has_tests(source.stem()))
        .map(|source| source.breaks(format!("has no tests; they belong in tests/{}.rs", source.stem())))
        .collect()
}

/// What `domain` and `services` offer to others says what it promises.
pub(crate) fn document_what_they_offer(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let of_both = |source: &&Source| source.path.starts_with("domain/src/") || source.path.starts_with("services/src/");
    for source in sources.iter().filter(of_both).filter(|source| source.is("rs")) {
        let lines: Vec<&str> = source.text.lines().map(str::trim).collect();
        let tests = lines.iter().position(|line| *line == "#[cfg(test)]").unwrap_or(lines.len());
        for (index, line) in lines[..tests].iter().enumerate() {
            if OFFERED.iter().any(|offer| line.starts_with(offer)) && !is_documented(&lines[..index]) {
                let name = line.trim_end_matches(['{', ' ']);
                violations.push(source.breaks_at(index + 1, format!("`{name}` has no doc line")));
            }
        }
    }
    violations
}

/// Whether a `use` names nothing but types: `sales::{DayRow, SalesRow};`.
fn only_types(shown: &str) -> bool {
    let names = shown.rsplit("::").next().unwrap_or_default().trim_matches(['{', '}', ';']);
    names.split(',').map(str::trim).all(|name| name.starts_with(|letter: char| letter.is_ascii_uppercase()))
}

/// Looks upwards past attributes, which may take several lines, for `///`, or for the place where a macro puts it.
fn is_documented(above: &[&str]) -> bool {
    let item_before = |line: &&&str| line.is_empty() || line.ends_with(['{', '}', ';']);
    above
        .iter()
        .rev()
        .take_while(|line| !item_before(line))
        .any(|line| line.starts_with("///") || line.contains("$(#["))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::caught;

    #[test]
    fn opened_queries_are_caught() {
        let files = [
            ("services/src/orders.rs", "//! Orders.\npub(crate) mod queries;\n"),
            ("services/src/carts.rs", "//! Carts.\nmod queries;\npub(crate) use queries::sales::{DayRow, SalesRow};\n"),
            ("services/src/media.rs", "//! Media.\nmod queries;\npub(crate) use queries::{Row, lock};\n"),
        ];
        assert_eq!(
            caught(keep_their_queries_private, &files),
            [
                "services/src/orders.rs:2: opens its queries to other slices",
                "services/src/media.rs:3: opens its queries to other slices",
            ]
        );
    }

    #[test]
    fn a_slice_without_tests_is_caught() {
        let files = [
            ("services/src/orders.rs", ""),
            ("services/src/carts.rs", ""),
            ("services/src/clock.rs", ""),
            ("services/src/carts/reviews.rs", ""),
            ("tests/carts.rs", ""),
        ];
        assert_eq!(
            caught(have_their_tests, &files),
            ["services/src/orders.rs: has no tests; they belong in tests/orders.rs"]
        );
    }

    #[test]
    fn an_undocumented_function_or_type_is_caught() {
        let text = "//! Orders.\n\n/// An order.\n#[derive(\n    Debug,\n)]\npub struct Order;\n\npub struct Bare;\n\nimpl Order {\n    \
                    pub async fn ship() {}\n\n    pub(crate) fn inner() {}\n}\n\n#[cfg(test)]\nmod tests {\n    pub fn free() {}\n}\n";
        assert_eq!(
            caught(document_what_they_offer, &[("services/src/orders.rs", text), ("storefront/src/a.rs", text)]),
            [
                "services/src/orders.rs:9: `pub struct Bare;` has no doc line",
                "services/src/orders.rs:12: `pub async fn ship() {}` has no doc line",
            ]
        );
    }
}
