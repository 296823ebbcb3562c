//! Rules about crates: the workspace's lints and versions, and who may depend on whom.

use super::source::{Source, Violation};

/// What a crate must never see, because a wall stands there. `deny.toml` says the same of what comes from outside;
/// this also holds for our own crates and before anything is resolved.
const WALLS: [(&str, &[&str]); 7] = [
    ("domain", &["axum", "etalase", "seed", "services", "storefront", "tauri", "tokio", "yew"]),
    ("mysqld", &["axum", "domain", "services", "sqlx", "storefront", "tauri"]),
    ("pictures", &["axum", "services", "sqlx", "storefront", "tauri", "tokio"]),
    ("services", &["askama", "axum", "etalase", "http", "hyper", "seed", "storefront", "tauri", "yew"]),
    ("storefront", &["etalase", "sqlx", "tauri", "yew"]),
    ("admin-ui", &["axum", "etalase", "seed", "services", "sqlx", "storefront", "tauri", "tokio"]),
    ("xtask", &["domain", "etalase", "seed", "services", "storefront"]),
];
/// Queries are written in `services`, and nowhere else; tests may look at the rows behind it.
const SQL_CRATES: [&str; 2] = ["services/", "tests/"];
const SQL_MACROS: [&str; 4] = [
    concat!("sqlx::", "query"),
    concat!("query_as", "!("),
    concat!("query_scalar", "!("),
    concat!("use sqlx::{", "query"),
];
const DEPENDENCIES: [&str; 3] = ["dependencies", "dev-dependencies", "build-dependencies"];

/// Every crate has `[lints] workspace = true`.
pub(crate) fn take_the_lints_of_the_workspace(sources: &[Source]) -> Vec<Violation> {
    manifests(sources)
        .filter(|(_, manifest)| {
            let lints = manifest.get("lints").and_then(|lints| lints.get("workspace"));
            lints.and_then(toml::Value::as_bool) != Some(true)
        })
        .map(|(source, _)| source.breaks("has no `[lints] workspace = true`"))
        .collect()
}

/// A version stands in the root manifest only, once for all crates.
pub(crate) fn take_every_version_from_the_root(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (source, manifest) in manifests(sources) {
        for (name, dependency) in dependencies(&manifest) {
            if dependency.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
                violations.push(source.breaks(format!("takes {name} from elsewhere than the root manifest")));
            }
        }
    }
    violations
}

/// No crate depends on what stands behind its wall. `domain` may know sqlx, but only when asked to.
pub(crate) fn stay_in_their_layer(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (source, manifest) in manifests(sources) {
        let folder = source.path.trim_end_matches("/Cargo.toml");
        let behind = WALLS.iter().find(|(name, _)| *name == folder).map_or(&[][..], |(_, behind)| *behind);
        for (name, dependency) in dependencies(&manifest) {
            if behind.contains(&name.as_str()) {
                violations.push(source.breaks(format!("must not depend on {name}")));
            }
            if folder == "domain"
                && name == "sqlx"
                && dependency.get("optional").and_then(toml::Value::as_bool) != Some(true)
            {
                violations.push(source.breaks("may depend on sqlx only as an option"));
            }
        }
    }
    violations
}

/// SQL is written in `services` alone.
pub(crate) fn leave_sql_to_services(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    let elsewhere =
        |source: &&Source| source.is("rs") && !SQL_CRATES.iter().any(|place| source.path.starts_with(place));
    for source in sources.iter().filter(elsewhere) {
        for (number, line) in source.numbered() {
            if SQL_MACROS.iter().any(|word| line.contains(word)) {
                violations.push(source.breaks_at(number, "has a query; only `services` has queries"));
            }
        }
    }
    violations
}

/// The manifests of the crates, without the root's and that of a workspace beside it; one that does not parse is cargo's to
/// complain about.
fn manifests(sources: &[Source]) -> impl Iterator<Item = (&Source, toml::Table)> {
    let of_crates = sources.iter().filter(|source| source.path.ends_with("/Cargo.toml"));
    let read = of_crates.filter_map(|source| Some((source, source.text.parse::<toml::Table>().ok()?)));
    read.filter(|(_, manifest)| !manifest.contains_key("workspace"))
}

fn dependencies(manifest: &toml::Table) -> Vec<(String, toml::Value)> {
    let mut tables: Vec<&toml::Table> = vec![manifest];
    if let Some(targets) = manifest.get("target").and_then(toml::Value::as_table) {
        tables.extend(targets.values().filter_map(toml::Value::as_table));
    }
    let mut found = Vec::new();
    for table in tables {
        for kind in DEPENDENCIES {
            let of_kind = table.get(kind).and_then(toml::Value::as_table).into_iter().flatten();
            found.extend(of_kind.map(|(name, dependency)| (name.clone(), dependency.clone())));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::caught;

    #[test]
    fn a_crate_without_the_lints_is_caught() {
        let files = [
            ("a/Cargo.toml", "[package]\n"),
            ("b/Cargo.toml", "[lints]\nworkspace = true\n"),
            ("Cargo.toml", ""),
            ("c/Cargo.toml", "[workspace]\n"),
        ];
        assert_eq!(
            caught(take_the_lints_of_the_workspace, &files),
            ["a/Cargo.toml: has no `[lints] workspace = true`"]
        );
    }

    #[test]
    fn a_version_of_a_crates_own_is_caught_wherever_it_hides() {
        let files = [
            ("a/Cargo.toml", "[dependencies]\nserde = \"1\"\n"),
            ("b/Cargo.toml", "[target.'cfg(unix)'.dev-dependencies]\nserde = { version = \"1\" }\n"),
            ("c/Cargo.toml", "[dependencies]\nserde.workspace = true\n"),
        ];
        assert_eq!(caught(take_every_version_from_the_root, &files).len(), 2);
    }

    #[test]
    fn a_dependency_through_a_wall_is_caught() {
        let files = [
            ("domain/Cargo.toml", "[dependencies]\ntokio.workspace = true\nsqlx.workspace = true\n"),
            ("services/Cargo.toml", "[dependencies]\naxum.workspace = true\nsqlx.workspace = true\n"),
            ("xtask/Cargo.toml", "[dev-dependencies]\nservices.workspace = true\n"),
        ];
        assert_eq!(
            caught(stay_in_their_layer, &files),
            [
                "domain/Cargo.toml: may depend on sqlx only as an option",
                "domain/Cargo.toml: must not depend on tokio",
                "services/Cargo.toml: must not depend on axum",
                "xtask/Cargo.toml: must not depend on services",
            ]
        );
    }

    #[test]
    fn a_query_outside_services_is_caught() {
        let query = format!("{}!(\"select 1\")\n", SQL_MACROS[0]);
        assert_eq!(caught(leave_sql_to_services, &[("storefront/src/a.rs", &query)]).len(), 1);
        assert!(caught(leave_sql_to_services, &[("services/src/a.rs", &query)]).is_empty());
    }
}
