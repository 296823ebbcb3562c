//! Where the tests are that somebody names, so that nothing else is built for them.

use std::path::Path;

use anyhow::{Result, bail};

use crate::tree;

/// A package with tests.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Package {
    pub(crate) name: &'static str,
    folder: &'static str,
    /// Where its tests are, as cargo is told.
    pub(crate) targets: &'static [&'static str],
}

const PACKAGES: [Package; 10] = [
    SHOP,
    Package { name: "admin-ui", folder: "admin-ui", targets: &["--bin", "admin-ui"] },
    Package { name: "domain", folder: "domain", targets: &["--lib"] },
    Package { name: "etalase", folder: "src-tauri", targets: &["--bin", "etalase"] },
    Package { name: "mysqld", folder: "mysqld", targets: &["--lib", "--test", "private"] },
    Package { name: "pictures", folder: "pictures", targets: &["--lib"] },
    Package { name: "seed", folder: "seed", targets: &["--lib"] },
    Package { name: "services", folder: "services", targets: &["--lib"] },
    Package { name: "storefront", folder: "storefront", targets: &["--lib"] },
    Package { name: "xtask", folder: "xtask", targets: &["--bin", "xtask", "--test", "run"] },
];
/// The black-box tests, which cargo builds with everything selected.
pub(crate) const SHOP: Package = Package { name: "tests", folder: "tests", targets: &["--test", "shop"] };
/// Folders of tests that have steps of their own.
const ELSEWHERE: [&str; 3] = ["tests/browser/", "tests/desktop/", "tests/harness/"];

/// The packages that have a test with one of the names in its own, as the test runner spells it: `orders::a_sentence`.
pub(crate) fn packages(names: &[String]) -> Result<Vec<Package>> {
    let mut found = Vec::new();
    for package in PACKAGES {
        if package.has(names)? {
            found.push(package);
        }
    }
    if found.is_empty() {
        bail!("no test has {} in its name", names.join(" or "));
    }
    Ok(found)
}

impl Package {
    fn has(&self, names: &[String]) -> Result<bool> {
        let root = tree::root();
        for file in tree::files_under(&root.join(self.folder))? {
            let place = file.strip_prefix(&root)?.to_string_lossy().into_owned();
            if !place.ends_with(".rs") || ELSEWHERE.iter().any(|folder| place.starts_with(folder)) {
                continue;
            }
            let module = module(Path::new(&place));
            let text = std::fs::read_to_string(&file)?;
            let is_meant = |test: &str| {
                let spelled = [format!("{module}::{test}"), format!("{module}::tests::{test}")];
                names.iter().any(|name| spelled.iter().any(|test| test.contains(name.as_str())))
            };
            if tests(&text).any(is_meant) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// `services/src/orders/life.rs` is `orders::life`.
fn module(place: &Path) -> String {
    let parts = place.with_extension("");
    let named = |part: &str| !["src", "lib", "main"].contains(&part);
    let parts: Vec<_> = parts.iter().skip(1).map(|part| part.to_string_lossy()).filter(|part| named(part)).collect();
    parts.join("::")
}

/// The names of the functions below an attribute that makes a test.
fn tests(text: &str) -> impl Iterator<Item = &str> {
    let mut is_test = false;
    text.lines().map(str::trim).filter_map(move |line| {
        if line.starts_with("#[") {
            is_test |= line.contains("test");
            return None;
        }
        let was_test = std::mem::take(&mut is_test);
        let (_, named) = line.split_once("fn ").filter(|_| was_test)?;
        named.split(['(', '<']).next()
    })
}

#[cfg(test)]
mod tests {
    use super::{module, packages, tests};

    #[test]
    fn a_test_is_found_by_a_part_of_its_name() {
        let wanted =
            |name: &str| packages(&[name.to_owned()]).map(|found| found.iter().map(|it| it.name).collect::<Vec<_>>());
        assert_eq!(wanted("named::tests::a_test_is_found_by_a_part").unwrap(), ["xtask"]);
        assert_eq!(wanted("processes::what_stands_in_the_way").unwrap(), ["tests"]);
        assert!(wanted(concat!("no_such", "_test")).unwrap_err().to_string().contains("no test has"));
    }

    #[test]
    fn only_tests_count() {
        let text = "fn a() {}\n#[test]\nfn b() {}\n    #[sqlx::test(migrator = \"x\")]\n    #[ignore]\n    async fn c(db: Pool) {}\nfn d() {}\n";
        assert_eq!(tests(text).collect::<Vec<_>>(), ["b", "c"]);
    }

    #[test]
    fn a_module_is_spelled_as_the_runner_does() {
        assert_eq!(module("services/src/orders/life.rs".as_ref()), "orders::life");
        assert_eq!(module("tests/vouchers/late.rs".as_ref()), "vouchers::late");
    }
}
