//! The pitfalls of shops and the edge cases of stock that this one was built against: each has a test that names it.
//!
//! A test names one in its doc comment, as `Pitfall M5.` or `Edge case 12.`; where one has several faults in it, the tests
//! that name it show all of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Every row, with a few words on what must not be possible.
const ROWS: [(&str, &str); 45] = [
    ("Pitfall S3", "a quantity below one that is held, ordered or put back"),
    ("Pitfall S4", "the name of one product with the price and stock of another"),
    ("Pitfall S5", "a delivery price that the browser chooses"),
    ("Pitfall S6", "forms that another site can send, and cookies without guards"),
    ("Pitfall S7", "a guest's order in the account of whoever knows its number"),
    ("Pitfall S9", "rights that a cookie keeps after they ended"),
    ("Pitfall S10", "guessing without end"),
    ("Pitfall S11", "accounts whose password or address follows no rule"),
    ("Pitfall S12", "a sign-in that leads to another site"),
    ("Pitfall S14", "uploads without bounds, judged by their names, or unpacked before they are looked at"),
    ("Pitfall M1", "a payment that counts twice, or counts with a wrong amount"),
    ("Pitfall M2", "a paid order whose units somebody else has"),
    ("Pitfall M3", "two tills that hold the same last unit"),
    ("Pitfall M4", "a buyer who is blocked by what the same buyer holds"),
    ("Pitfall M5", "a voucher that is used more often than it may be"),
    ("Pitfall M6", "an order in a status that its life does not lead to, with stock that does not follow"),
    ("Pitfall M7", "a job that calls off an order against its payment, or without a trace"),
    ("Pitfall M8", "an amount that is too small a number for rupiah"),
    ("Pitfall M9", "amounts with fractions, or of several kinds"),
    ("Pitfall M10", "a stock number that was read, kept and written back"),
    ("Pitfall M11", "a placed order that takes along what it did not order"),
    ("Pitfall M12", "old orders that change when their product does, or go with it"),
    ("Pitfall M13", "units that come back to another variant than they left"),
    ("Pitfall M14", "memberships that block goods, come twice, or fail after they were paid"),
    ("Pitfall M15", "a plan that is read out of a note"),
    ("Pitfall M16", "a voucher that stays used by an order which ended"),
    ("Pitfall M17", "payment methods that nobody knows, and references that come twice"),
    ("Pitfall M18", "rows that are locked in any order, and counters without a guard"),
    ("Pitfall M19", "two clocks, or the browser's zone"),
    ("Edge case 1", "one variant on several lines, looked at line by line"),
    ("Edge case 2", "a path around the counters"),
    ("Edge case 3", "counters that drift, unseen or mended in silence"),
    ("Edge case 4", "a decision on what was read before the lock"),
    ("Edge case 5", "a lock that waits for somebody outside"),
    ("Edge case 6", "two orders of locks"),
    ("Edge case 7", "a hold or an attempt that stands in its own buyer's way, or two attempts that can both be paid"),
    ("Edge case 8", "a shop that opens on half a schema"),
    ("Edge case 9", "corrections that lose a sale"),
    ("Edge case 10", "units that a failed payment keeps"),
    ("Edge case 11", "money after the end that nobody answers"),
    ("Edge case 12", "units that stay held because nobody looked, or because the PC slept"),
    ("Edge case 13", "limits of vouchers that are counted more weakly than stock"),
    ("Edge case 14", "numbers made from the highest one and one more"),
    ("Edge case 15", "a gateway that can be paid longer than the units are held"),
    ("Edge case 16", "a clock that jumps"),
];

/// Where the programs begin whose tests run; what they do not name as a module is never compiled.
const BEGINNINGS: [&str; 7] = [
    "tests/main.rs",
    "tests/browser/main.rs",
    "tests/desktop/main.rs",
    "domain/src/lib.rs",
    "services/src/lib.rs",
    "storefront/src/lib.rs",
    "storefront/src/main.rs",
];

#[test]
fn every_pitfall_and_every_edge_case_has_a_test_that_names_it() {
    let rows: BTreeSet<&str> = ROWS.iter().map(|(row, _)| *row).collect();
    assert_eq!(rows.len(), ROWS.len(), "each row stands once");
    let mut tests: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (file, text) in compiled() {
        for (row, test) in named(&text) {
            tests.entry(row).or_default().push(format!("{} in {}", test, file.display()));
        }
    }

    let missing: Vec<_> = ROWS.iter().filter(|(row, _)| !tests.contains_key(*row)).collect();
    assert!(missing.is_empty(), "no test names {missing:?}");
    let unknown: Vec<_> = tests.iter().filter(|(row, _)| !rows.contains(row.as_str())).collect();
    assert!(unknown.is_empty(), "nobody knows {unknown:?}");
}

#[test]
fn only_what_runs_as_a_test_names_a_row() {
    let text = "/// Pitfall M1. Edge case 14.\n#[sqlx::test(migrator = \"crate::template::SCHEMA\")]\nasync fn one() {}\n\n\
                /// Pitfall M2.\nfn two() {}\n\n    /// Money. Pitfall M3.\n    /// More.\n    #[test]\n    fn three(x in 0..9) {}\n\n\
                // Pitfall M4.\n#[test]\nfn four() {}\n\n/// Pitfall M5.\n#[test]\n#[ignore = \"slow\"]\nfn five() {}\n\n\
                /// Pitfall M6.\n#[ignore]\n#[test]\nfn six() {}\n";
    let found: Vec<_> = named(text).into_iter().map(|(row, test)| format!("{row}: {test}")).collect();
    assert_eq!(found, ["Pitfall M1: one", "Edge case 14: one", "Pitfall M3: three"]);
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
    for file in
        ["tests/pitfalls.rs", "tests/vouchers/late.rs", "domain/src/orders/life/tests.rs", "services/src/lead/fence.rs"]
    {
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

/// `Pitfall S3` and `Edge case 12`, wherever they stand in a line.
fn rows_of(words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (kind, letters) in [("Pitfall ", ["S", "M"].as_slice()), ("Edge case ", &[""])] {
        for (at, _) in words.match_indices(kind) {
            let rest = &words[at + kind.len()..];
            for letter in letters {
                let Some(number) = rest.strip_prefix(letter) else { continue };
                let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
                if !digits.is_empty() {
                    found.push(format!("{kind}{letter}{digits}"));
                }
            }
        }
    }
    found
}

/// Every file that a program with tests is made of, with its text.
fn compiled() -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut open: Vec<(PathBuf, PathBuf)> =
        BEGINNINGS.iter().map(|file| root().join(file)).map(|file| (file.parent().unwrap().to_owned(), file)).collect();
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
