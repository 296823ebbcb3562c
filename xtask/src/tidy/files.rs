//! Rules about single files: how they open, how long they are, what they are called and what they must not contain.
//!
//! Words that no file may contain are put together here from halves, so that this file does not contain them either.

use super::source::{Source, Violation};

const LONGEST: usize = 400;
const HAND_WRITTEN: [&str; 5] = ["rs", "html", "css", "js", "sql"];
const EMPTY_NAMES: [&str; 12] = [
    "util",
    "utils",
    "helper",
    "helpers",
    "manager",
    "common",
    "misc",
    "handler",
    "handlers",
    "processor",
    "data",
    "info",
];
const OPEN_END: &str = concat!("TO", "DO");
const ALLOWING: [&str; 2] = [concat!("#[", "allow("), concat!("#![", "allow(")];
/// Hosts of package registries and mirrors: what is fetched from them is said in manifests, never by address.
const REGISTRIES: [&str; 8] = [
    concat!("crates", ".io"),
    concat!("npmjs", ".org"),
    concat!("npmjs", ".com"),
    concat!("pypi", ".org"),
    concat!("pythonhosted", ".org"),
    concat!("debian", ".org"),
    concat!("ubuntu", ".com"),
    concat!("un", "pkg.com"),
];

/// Every Rust file opens with `//!`: what lives there, and the one thing that a reader must know.
pub(crate) fn opens_with_its_purpose(sources: &[Source]) -> Vec<Violation> {
    let silent = |source: &&Source| source.is("rs") && !source.text.starts_with("//!");
    sources.iter().filter(silent).map(|source| source.breaks("does not open with `//!`")).collect()
}

/// What people wrote and people read ends at 400 lines.
pub(crate) fn is_short(sources: &[Source]) -> Vec<Violation> {
    let ours = sources.iter().filter(|source| HAND_WRITTEN.iter().any(|extension| source.is(extension)));
    ours.filter_map(|source| {
        let lines = source.text.lines().count();
        (lines > LONGEST).then(|| source.breaks(format!("has {lines} lines; {LONGEST} is the end")))
    })
    .collect()
}

/// No line ends in blanks, and every file ends in one newline.
pub(crate) fn has_no_trailing_whitespace(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|source| !source.is("svg")) {
        let trailing = source.numbered().find(|(_, line)| line.ends_with([' ', '\t', '\r']));
        violations.extend(trailing.map(|(number, _)| source.breaks_at(number, "ends in whitespace")));
    }
    violations
}

/// A module is `orders.rs` beside `orders/`.
pub(crate) fn is_not_a_mod_file(sources: &[Source]) -> Vec<Violation> {
    let is_one = |source: &&Source| source.path.ends_with("/mod.rs");
    sources.iter().filter(is_one).map(|source| source.breaks("is named after its folder instead")).collect()
}

/// No module has a name that fits everything.
pub(crate) fn has_a_telling_name(sources: &[Source]) -> Vec<Violation> {
    let modules = sources.iter().filter(|source| source.is("rs"));
    modules
        .filter_map(|source| {
            let parts = source.path.strip_suffix(".rs").unwrap_or(&source.path).split('/');
            let empty = parts.into_iter().find(|part| EMPTY_NAMES.contains(part))?;
            Some(source.breaks(format!("{empty:?} says nothing; name it after what it knows")))
        })
        .collect()
}

/// A lint is silenced by `expect` with a reason, which complains when it is no longer needed.
pub(crate) fn expects_instead_of_allowing(sources: &[Source]) -> Vec<Violation> {
    every_line(sources.iter().filter(|source| source.is("rs")), |line| {
        ALLOWING.iter().any(|word| line.contains(word)).then(|| "use `#[expect(…, reason = …)]`".to_owned())
    })
}

/// What is left to do has the number of an issue: `(#12)`.
pub(crate) fn has_no_open_ends(sources: &[Source]) -> Vec<Violation> {
    every_line(sources.iter(), |line| {
        let (_, after) = line.split_once(OPEN_END)?;
        let number = after.strip_prefix("(#").and_then(|rest| rest.split_once(')')).map(|(number, _)| number);
        let has_issue = number.is_some_and(|number| number.parse::<u32>().is_ok());
        (!has_issue).then(|| format!("{OPEN_END} without the number of an issue"))
    })
}

/// No address of a package registry.
pub(crate) fn names_no_registry(sources: &[Source]) -> Vec<Violation> {
    every_line(sources.iter(), |line| {
        let host = REGISTRIES.iter().find(|host| line.contains(*host))?;
        Some(format!("names the registry {host}"))
    })
}

fn every_line<'a>(sources: impl Iterator<Item = &'a Source>, rule: impl Fn(&str) -> Option<String>) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources {
        violations.extend(source.numbered().filter_map(|(number, line)| Some(source.breaks_at(number, rule(line)?))));
    }
    violations
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::caught;

    #[test]
    fn a_file_without_a_purpose_is_caught() {
        assert_eq!(caught(opens_with_its_purpose, &[("a.rs", "use x;\n")]), ["a.rs: does not open with `//!`"]);
        assert!(caught(opens_with_its_purpose, &[("a.rs", "//! Why.\n"), ("a.css", "a{}")]).is_empty());
    }

    #[test]
    fn the_401st_line_is_caught() {
        assert!(caught(is_short, &[("a.css", &"x\n".repeat(400))]).is_empty());
        assert_eq!(caught(is_short, &[("a.css", &"x\n".repeat(401))]).len(), 1);
        assert!(caught(is_short, &[("a.csv", &"x\n".repeat(401))]).is_empty());
    }

    #[test]
    fn trailing_whitespace_is_caught_with_its_line() {
        assert_eq!(caught(has_no_trailing_whitespace, &[("a.md", "x\ny \n")]), ["a.md:2: ends in whitespace"]);
    }

    #[test]
    fn a_mod_file_is_caught() {
        assert_eq!(caught(is_not_a_mod_file, &[("services/src/orders/mod.rs", "")]).len(), 1);
    }

    #[test]
    fn a_name_that_fits_everything_is_caught_as_file_and_as_folder() {
        let files =
            [("a/src/utils.rs", ""), ("a/src/common/b.rs", ""), ("a/src/orders.rs", ""), ("seed/data/a.csv", "")];
        assert_eq!(caught(has_a_telling_name, &files).len(), 2);
    }

    #[test]
    fn silencing_a_lint_without_expecting_it_is_caught() {
        let planted = format!("//! A.\n{}dead_code)]\n", ALLOWING[0]);
        assert_eq!(caught(expects_instead_of_allowing, &[("a.rs", &planted)]).len(), 1);
    }

    #[test]
    fn an_open_end_needs_an_issue() {
        assert_eq!(caught(has_no_open_ends, &[("a.rs", &format!("// {OPEN_END}: later\n"))]).len(), 1);
        assert!(caught(has_no_open_ends, &[("a.rs", &format!("// {OPEN_END}(#12): later\n"))]).is_empty());
    }

    #[test]
    fn a_registry_is_caught() {
        let planted = format!("curl https://static.{}/x\n", REGISTRIES[0]);
        assert_eq!(caught(names_no_registry, &[(".ci/run", &planted)]).len(), 1);
    }
}
