//! `cargo xtask tidy`: the rules of the house that no compiler and no lint checks, over the text of the tree.
//!
//! A rule is a function from the files to its violations. Each has a test that plants a violation and sees it caught.

mod crates;
mod desk;
mod files;
mod floors;
mod schema;
mod slices;
mod source;
mod work;

use anyhow::{Result, bail};

use crate::{say, tree};
use source::{Source, Violation};

type Rule = fn(&[Source]) -> Vec<Violation>;

const RULES: [Rule; 21] = [
    files::opens_with_its_purpose,
    files::is_short,
    files::has_no_trailing_whitespace,
    files::is_not_a_mod_file,
    files::has_a_telling_name,
    files::expects_instead_of_allowing,
    files::has_no_open_ends,
    files::names_no_registry,
    crates::take_the_lints_of_the_workspace,
    crates::take_every_version_from_the_root,
    crates::stay_in_their_layer,
    crates::leave_sql_to_services,
    schema::is_made_of_few_whole_files,
    schema::calls_no_text_an_id,
    slices::keep_their_queries_private,
    slices::have_their_tests,
    slices::document_what_they_offer,
    floors::are_kept,
    work::is_a_unit,
    work::is_told,
    desk::keep_its_screens_apart,
];

/// Checks the tree and shows every violation; an error when there is one.
pub(crate) fn run() -> Result<()> {
    let sources = source::read(&tree::root())?;
    let violations: Vec<_> = RULES.iter().flat_map(|rule| rule(&sources)).collect();
    for violation in &violations {
        say::line(&format!("  {violation}"));
    }
    match violations.len() {
        0 => {
            say::line(&format!("  {} files are tidy", sources.len()));
            Ok(())
        }
        count => bail!("{count} things are untidy"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let sources = source::read(&tree::root()).unwrap();
        let violations: Vec<_> = RULES.iter().flat_map(|rule| rule(&sources)).map(|it| it.to_string()).collect();

        assert!(sources.len() > 20, "only {} files were found", sources.len());
        assert!(violations.is_empty(), "\n{}\n", violations.join("\n"));
    }
}
