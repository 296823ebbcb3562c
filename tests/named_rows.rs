//! Lists of rows of which each has a test that names it: how the names are found, and what is wrong with a list.
//!
//! A test names a row in its doc comment, as `Pitfall M5.`, `Edge case 12.` or `Checklist 31.`, and several of them one
//! after the other.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What rows are called, before their number.
const KINDS: [&str; 3] = ["Pitfall ", "Edge case ", "Checklist "];

/// Programs with tests that do not begin in a crate's `src`.
const ELSEWHERE: [&str; 4] =
    ["tests/main.rs", "tests/browser/main.rs", "tests/desktop/main.rs", "mysqld/tests/private.rs"];

/// What is wrong with a list of rows: each is named by a test, or waits for one with a word on what is missing, never
/// both; and nobody names a row that is not there.
pub(crate) fn faults(
    rows: &[(&str, &str)],
    not_yet: &[(&str, &str)],
    tests: &BTreeMap<String, Vec<String>>,
) -> Vec<String> {
    let mut faults = Vec::new();
    let known: BTreeSet<&str> = rows.iter().map(|(row, _)| *row).collect();
    let waiting: BTreeSet<&str> = not_yet.iter().map(|(row, _)| *row).collect();
    if known.len() < rows.len() || waiting.len() < not_yet.len() {
        faults.push("a row stands twice in its list".to_owned());
    }
    for (row, about) in rows {
        match (tests.get(*row), waiting.contains(row)) {
            (None, false) => faults.push(format!("no test names {row}: {about}")),
            (Some(tests), true) => faults.push(format!("{row} is shown by {tests:?}: it waits for nothing any more")),
            _ => {}
        }
    }
    for (row, missing) in not_yet {
        if !known.contains(row) || missing.is_empty() {
            faults.push(format!("nobody knows {row}, or what it waits for"));
        }
    }
    for (row, tests) in tests {
        if !known.contains(row.as_str()) {
            faults.push(format!("nobody knows {row}, which is named by {tests:?}"));
        }
    }
    faults
}

/// The tests that name each row of these kinds.
pub(crate) fn tests_of(kinds: &[&str]) -> BTreeMap<String, Vec<String>> {
    let mut tests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in compiled() {
        for (row, test) in named(&text) {
            if kinds.iter().any(|kind| row.starts_with(kind)) {
                tests.entry(row).or_default().push(format!("{test} in {}", file.display()));
            }
        }
    }
    tests
}

#[test]
fn a_row_is_named_or_waits_and_never_both() {
    let tests: BTreeMap<String, Vec<String>> =
        [("Checklist 1", "one"), ("Checklist 3", "three"), ("Checklist 9", "nine")]
            .map(|(row, test)| (row.to_owned(), vec![test.to_owned()]))
            .into();
    let rows = [("Checklist 1", "a"), ("Checklist 2", "b"), ("Checklist 3", "c"), ("Checklist 4", "d")];
    let not_yet = [("Checklist 3", "no screen"), ("Checklist 4", ""), ("Checklist 8", "no page")];
    assert_eq!(
        faults(&rows, &not_yet, &tests),
        [
            "no test names Checklist 2: b",
            "Checklist 3 is shown by [\"three\"]: it waits for nothing any more",
            "nobody knows Checklist 4, or what it waits for",
            "nobody knows Checklist 8, or what it waits for",
            "nobody knows Checklist 9, which is named by [\"nine\"]",
        ]
    );
    let twice = [("Checklist 1", "a"), ("Checklist 1", "a"), ("Checklist 3", "c"), ("Checklist 9", "i")];
    assert_eq!(faults(&twice, &[], &tests), ["a row stands twice in its list"]);
    assert_eq!(faults(&twice[1..], &[], &tests), [""; 0]);
}

#[test]
fn only_what_runs_as_a_test_names_a_row() {
    let text = "/// Pitfall M1. Edge case 14.\n#[sqlx::test(migrator = \"crate::template::SCHEMA\")]\nasync fn one() {}\n\n\
                /// Pitfall M2.\nfn two() {}\n\n    /// Money. Pitfall M3.\n    /// More.\n    #[test]\n    fn three(x in 0..9) {}\n\n\
                // Pitfall M4.\n#[test]\nfn four() {}\n\n/// Pitfall M5.\n#[test]\n#[ignore = \"slow\"]\nfn five() {}\n\n\
                /// Pitfall M6.\n#[ignore]\n#[test]\nfn six() {}\n\n\
                /// Checklist 31. Checklist row 7. Pitfall B12.\n/// Pitfall P3.\n#[tokio::test]\nasync fn seven() {}\n";
    let found: Vec<_> = named(text).into_iter().map(|(row, test)| format!("{row}: {test}")).collect();
    assert_eq!(
        found,
        [
            "Pitfall M1: one",
            "Edge case 14: one",
            "Pitfall M3: three",
            "Pitfall B12: seven",
            "Checklist 31: seven",
            "Checklist 7: seven",
            "Pitfall P3: seven",
        ]
    );
}

#[test]
fn a_file_that_no_module_names_is_not_read() {
    let text = "mod cart;\npub(crate) mod desk;\n#[path = \"../driver/session.rs\"]\nmod session;\n// mod gone;\n\
                mod tests {\n    mod inner;\n}\n    mod text = 1;\n";
    assert_eq!(
        modules(text),
        [("cart", None), ("desk", None), ("session", Some("../driver/session.rs")), ("inner", None)]
    );

    let read: BTreeSet<PathBuf> = compiled().into_keys().collect();
    for file in [
        "tests/pitfalls.rs",
        "tests/vouchers/late.rs",
        "tests/browser/purchases.rs",
        "tests/desktop/live.rs",
        "domain/src/orders/life/tests.rs",
        "services/src/lead/fence.rs",
        "storefront/src/house.rs",
        "admin-ui/src/kit/amount.rs",
        "src-tauri/src/commands/tests.rs",
        "seed/src/tests.rs",
    ] {
        assert!(read.contains(&root().join(file)), "{file}");
    }
    assert!(!read.contains(&root().join("tests/harness/main.rs")), "a bench is no test");
}

/// The rows that the tests of a file name, each with the test's name; what is ignored tests nothing.
fn named(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rows: Vec<String> = Vec::new();
    let (mut is_test, mut is_ignored) = (false, false);
    for line in text.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            rows.extend(rows_of(words));
        } else if line.starts_with("#[") {
            is_test |= line.starts_with("#[test]") || line.contains("::test(") || line.contains("::test]");
            is_ignored |= line.starts_with("#[ignore");
        } else {
            let name = line.trim_start_matches("async ").strip_prefix("fn ").and_then(|rest| rest.split('(').next());
            if let Some(name) = name.filter(|_| is_test && !is_ignored) {
                found.extend(rows.iter().map(|row| (row.clone(), name.to_owned())));
            }
            rows.clear();
            (is_test, is_ignored) = (false, false);
        }
    }
    found
}

/// `Pitfall S3`, `Edge case 12` and `Checklist 31`, or `Checklist row 31`, wherever they stand in a line.
fn rows_of(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for kind in KINDS {
        for (at, _) in words.match_indices(kind) {
            let rest = &words[at + kind.len()..];
            let rest = rest.strip_prefix("row ").unwrap_or(rest);
            let letter: String = rest.chars().take_while(char::is_ascii_uppercase).collect();
            let digits: String = rest[letter.len()..].chars().take_while(char::is_ascii_digit).collect();
            if !digits.is_empty() {
                found.push(format!("{kind}{letter}{digits}"));
            }
        }
    }
    found
}

/// Every file that a program with tests is made of, with its text; what none names as a module is never compiled.
fn compiled() -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut open: Vec<(PathBuf, PathBuf)> =
        beginnings().into_iter().map(|file| (file.parent().unwrap().to_owned(), file)).collect();
    while let Some((folder, file)) = open.pop() {
        let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for (name, elsewhere) in modules(&text) {
            let next = match elsewhere {
                Some(path) => file.parent().unwrap().join(path),
                None => folder.join(format!("{name}.rs")),
            };
            // A module that stands in its own file within one that is written out in place belongs to no file here.
            if next.exists() {
                open.push((next.with_extension(""), next));
            }
        }
        files.insert(file, text);
    }
    files
}

/// Where the programs begin whose tests run: every crate, and the black boxes.
fn beginnings() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = ELSEWHERE.iter().map(|file| root().join(file)).collect();
    for folder in std::fs::read_dir(root()).unwrap() {
        let source = folder.unwrap().path().join("src");
        found.extend(["lib.rs", "main.rs"].map(|file| source.join(file)).into_iter().filter(|file| file.exists()));
    }
    found
}

/// The modules that a file names, each with its path where that is told.
fn modules(text: &str) -> Vec<(&str, Option<&str>)> {
    let mut found = Vec::new();
    let mut path = None;
    for line in text.lines().map(str::trim) {
        if let Some(told) = line.strip_prefix("#[path = \"") {
            path = told.strip_suffix("\"]");
            continue;
        }
        let bare = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub(super) ")).unwrap_or(line);
        let bare = bare.strip_prefix("pub ").unwrap_or(bare);
        if let Some(name) = bare.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';'))
            && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        {
            found.push((name, path));
        }
        if !line.starts_with("#[") {
            path = None;
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
