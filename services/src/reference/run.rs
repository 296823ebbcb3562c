//! One import under way: what is known, what is told, and the one way in which a thing is brought.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::locale::Translated;
use domain::message::{Message, Words};
use domain::money::Money;
use domain::reference::{Finding, FormerKind, Outcome, Report, Verdict};
use domain::settings::Settings;
use domain::staff::Staff;

use super::queries;
use super::rows::{Amount, Former, Row};
use crate::database::Work;
use crate::error::{Error, Result};
use crate::{Shop, database};

/// What a brought thing is remembered as, with its number in the former shop.
pub(super) type Item = (&'static str, u64);

/// An import under way.
pub(super) struct Run<'a> {
    pub(super) shop: &'a Shop,
    pub(super) staff: &'a Staff,
    pub(super) former: &'a Former,
    pub(super) pictures: Option<&'a Path>,
    /// Whether nothing is to be written.
    pub(super) is_check: bool,
    pub(super) settings: Arc<Settings>,
    pub(super) now: DateTime<Utc>,
    pub(super) report: Report,
    pub(super) known: HashMap<Item, u64>,
}

impl Run<'_> {
    /// The number here of something that was brought.
    pub(super) fn here(&self, item: Item) -> Option<u64> {
        self.known.get(&item).copied()
    }

    /// Whether a thing needs no more work, because an earlier import brought it; then it is counted.
    pub(super) fn is_known(&mut self, kind: FormerKind, item: Item) -> bool {
        let is_known = self.known.contains_key(&item);
        if is_known {
            self.report.count(kind, Outcome::Known);
        }
        is_known
    }

    /// Counts what a unit of work brought, or notes why it did not. An outage ends the import: it can be run again.
    pub(super) fn settle(&mut self, kind: FormerKind, item: Item, done: Result<u64>) -> Result<Option<u64>> {
        match done {
            Ok(here) => {
                self.known.insert(item, here);
                self.report.count(kind, Outcome::Brought);
                Ok(Some(here))
            }
            Err(error) => {
                let why = why(error)?;
                self.report.note(kind, item.1, Verdict::Refused, Finding::Says { why });
                Ok(None)
            }
        }
    }

    /// Notes a correction.
    pub(super) fn corrected(&mut self, kind: FormerKind, which: impl ToString, finding: Finding) {
        self.report.note(kind, which, Verdict::Corrected, finding);
    }

    /// Notes something that has no place here.
    pub(super) fn left_out(&mut self, kind: FormerKind, which: impl ToString, finding: Finding) {
        self.report.note(kind, which, Verdict::LeftOut, finding);
    }

    /// Notes something that does not come.
    pub(super) fn refused(&mut self, kind: FormerKind, which: impl ToString, finding: Finding) {
        self.report.note(kind, which, Verdict::Refused, finding);
    }

    /// An amount of a row, with a remark when it had a fraction.
    pub(super) fn money(&mut self, kind: FormerKind, which: u64, row: &Row, column: &str) -> Option<Money> {
        let Amount { money, is_rounded } = row.amount(column)?;
        if is_rounded {
            let was = row.text(column).unwrap_or_default();
            let kept = self.shown(money);
            self.corrected(kind, which, Finding::Rounded { was, kept });
        }
        Some(money)
    }

    /// A row's instant, by the shop's clock.
    pub(super) fn time(&self, row: &Row, column: &str) -> Option<DateTime<Utc>> {
        row.time(column, self.settings.utc_offset_minutes)
    }

    /// An amount as people read it.
    pub(super) fn shown(&self, money: Money) -> String {
        money.display(self.settings.currency)
    }

    /// Rows of a table with their numbers; one without a number is refused.
    pub(super) fn numbered(&mut self, kind: FormerKind, table: &str) -> Vec<(u64, Row)> {
        let former = self.former;
        let mut rows = Vec::new();
        for (at, row) in former.table(table).iter().enumerate() {
            match row.number("id") {
                Some(number) => rows.push((number, row.clone())),
                None => self.refused(kind, format!("({})", at + 1), Finding::NoNumber),
            }
        }
        rows
    }
}

/// Remembers a thing in the unit of work that brings it.
///
/// `Refused(AlreadyTaken)` when another import was faster.
pub(super) async fn remember(work: &mut Work, (kind, number): Item, here: u64) -> Result<()> {
    let now = work.now();
    match queries::insert(work, kind, number, here, now).await {
        Err(error) if database::is_duplicate_of(&error, "PRIMARY") => Err(Error::Refused(Message::AlreadyTaken)),
        outcome => Ok(outcome?),
    }
}

/// What an error says to people; one that nobody can mend stays an error.
pub(super) fn why(error: Error) -> Result<Words> {
    match &error {
        Error::Invalid(fields) if !fields.is_empty() => {
            let said = |locale| {
                let each = fields.iter().map(|problem| format!("{}: {}", problem.field, problem.message.text(locale)));
                each.collect::<Vec<_>>().join(" ")
            };
            Ok(Words::from(Translated::of(said)))
        }
        Error::Invalid(_) | Error::NotFound(_) | Error::Unusable(_) | Error::Refused(_) | Error::OutOfStock(_) => {
            Ok(Words::from(Translated::of(|locale| error.message().text(locale))))
        }
        Error::Forbidden(_)
        | Error::SignedOut(_)
        | Error::TooMany
        | Error::Busy(_)
        | Error::LeaseLost
        | Error::Unavailable { .. }
        | Error::Internal(_) => Err(error),
    }
}
