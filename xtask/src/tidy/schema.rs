//! Rules about the schema: a reader finds each table whole in one file, and a column's name tells what it holds.

use super::source::{Source, Violation};

/// Until a release is installed somewhere, a change belongs into the founding file of its slice.
const MOST_FILES: usize = 25;
/// The founding files, one per slice, are numbered up to here; what comes behind them is a change of one statement.
const LAST_FOUNDING: usize = 16;
const TEXT_TYPES: [&str; 7] = ["char", "varchar", "tinytext", "text", "mediumtext", "longtext", "json"];
/// Texts that are keys, with the reason.
const TEXT_KEYS: [(&str, &str); 1] =
    [("subject_id", "the history is about things of many kinds, and some keys are words")];

/// The files are few, numbered from 1 without a gap, and a later change is one statement: MySQL commits each by itself.
pub(crate) fn is_made_of_few_whole_files(sources: &[Source]) -> Vec<Violation> {
    let files: Vec<_> = changes(sources).collect();
    let mut violations = Vec::new();
    for (source, place) in files.iter().zip(1..) {
        if number(source) != Some(place) {
            violations.push(source.breaks(format!("is not numbered {place:04}, in order and without a gap")));
        }
        let statements = code(source).filter(|(_, line)| line.ends_with(';')).count();
        if place > LAST_FOUNDING && statements != 1 {
            violations.push(source.breaks(format!("has {statements} statements; a later change is one")));
        }
    }
    violations.extend(
        files.get(MOST_FILES).map(|source| source.breaks(format!("is one too many; {MOST_FILES} files is the end"))),
    );
    violations
}

/// `order_id` is a key. A text that is called so would be a language or a riddle.
pub(crate) fn calls_no_text_an_id(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in changes(sources) {
        for (number, line) in code(source) {
            let words: Vec<_> = line.split_whitespace().collect();
            for pair in words.windows(2) {
                let [column, type_name] = pair else { continue };
                let is_text = TEXT_TYPES.contains(&type_name.split(['(', ',', ';']).next().unwrap_or_default());
                if is_text && column.ends_with("_id") && !TEXT_KEYS.iter().any(|(key, _)| key == column) {
                    violations.push(source.breaks_at(number, format!("`{column}` is a text; `_id` names a key")));
                }
            }
        }
    }
    violations
}

fn changes(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources.iter().filter(|source| source.path.starts_with("migrations/") && source.is("sql"))
}

fn number(source: &Source) -> Option<usize> {
    source.stem().split_once('_').and_then(|(number, _)| number.parse().ok())
}

/// The lines that are no comments.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    source.numbered().map(|(number, line)| (number, line.trim())).filter(|(_, line)| !line.starts_with("--"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::caught;

    #[test]
    fn a_gap_in_the_numbers_is_caught() {
        let files = [("migrations/0001_a.sql", ""), ("migrations/0003_b.sql", "create table b (id int);\n")];
        assert_eq!(
            caught(is_made_of_few_whole_files, &files),
            ["migrations/0003_b.sql: is not numbered 0002, in order and without a gap"]
        );
    }

    #[test]
    fn a_later_change_of_two_statements_and_the_26th_file_are_caught() {
        let names: Vec<_> = (1..=26).map(|number| format!("migrations/{number:04}_a.sql")).collect();
        let text = |at: usize| match at {
            0 => "create table a (\n);\ncreate table b (\n);\n",
            17 => "alter table a add column b int;\n-- Why;\nalter table a add column c int;\n",
            _ => "alter table a\n    add column b int;\n",
        };
        let files: Vec<_> = names.iter().enumerate().map(|(at, name)| (name.as_str(), text(at))).collect();
        assert_eq!(
            caught(is_made_of_few_whole_files, &files),
            [
                "migrations/0018_a.sql: has 2 statements; a later change is one",
                "migrations/0026_a.sql: is one too many; 25 files is the end",
            ]
        );
    }

    #[test]
    fn a_text_that_is_called_an_id_is_caught() {
        let text = "create table a (\n    -- The name_id text of old.\n    order_id bigint unsigned,\n    name_id varchar(20),\n    \
                    subject_id varchar(9)\n);\nalter table a add column alt_id text;\n";
        assert_eq!(
            caught(calls_no_text_an_id, &[("migrations/0001_a.sql", text), ("images/a.sql", text)]),
            [
                "migrations/0001_a.sql:4: `name_id` is a text; `_id` names a key",
                "migrations/0001_a.sql:7: `alt_id` is a text; `_id` names a key",
            ]
        );
    }
}
