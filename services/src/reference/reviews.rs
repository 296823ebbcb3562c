//! Reviews: one of each person for each product.

use std::collections::BTreeMap;

use domain::catalog::ProductId;
use domain::customers::CustomerId;
use domain::locale::Locale;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::reviews::CreateReview;
use domain::staff::Permission;

use super::people::People;
use super::rows::Row;
use super::run::{Run, remember};
use crate::database::transact;
use crate::error::Result;
use crate::reviews;

/// Brings what was said, several reviews by one person of one product as one.
pub(super) async fn bring(run: &mut Run<'_>, people: &People) -> Result<()> {
    let which = FormerKind::Review;
    let mut said: BTreeMap<(u64, u64), Vec<(u64, Row)>> = BTreeMap::new();
    for (number, row) in run.numbered(which, "reviews") {
        if run.is_known(which, ("review", number)) {
            continue;
        }
        let (product, user) = (row.number("product_id").unwrap_or_default(), row.number("user_id").unwrap_or_default());
        if people.get(user).is_none_or(|person| person.email.is_none()) {
            run.refused(which, number, Finding::Anonymous);
        } else if row.text("comment").is_none() {
            run.refused(which, number, Finding::Wordless);
        } else {
            said.entry((product, user)).or_default().push((number, row));
        }
    }
    for ((product, user), mut rows) in said {
        // The newest first, whatever their numbers.
        rows.sort_by_key(|(number, row)| std::cmp::Reverse((run.time(row, "created_at"), *number)));
        let Some((number, newest)) = rows.first().cloned() else { continue };
        let was = newest.whole("rating").unwrap_or(5);
        let rating = u8::try_from(was.clamp(1, 5)).unwrap_or(5);
        if newest.whole("rating") != Some(i64::from(rating)) {
            let was = newest.text("rating").unwrap_or_default();
            run.corrected(which, number, Finding::RatingMended { was, kept: rating });
        }
        if rows.len() > 1 {
            run.corrected(which, number, Finding::Joined { count: rows.len() });
        }
        if run.is_check {
            rows.iter().for_each(|_| run.report.count(which, Outcome::Brought));
            continue;
        }
        let (Some(author), Some(of)) = (run.here(("customer", user)), run.here(("product", product))) else {
            let what = domain::message::Words::of(|locale| FormerKind::Product.label(locale));
            run.refused(which, number, Finding::NotThere { what, number: product.to_string() });
            continue;
        };
        let body = joined(run, &rows);
        let at = run.time(&newest, "created_at").unwrap_or(run.now);
        let done = transact!(run.shop.import(run.staff, Permission::ChangeCatalog)?, |work| {
            reviews::write_former(work, ProductId::new(of), CustomerId::new(author), rating, &body, at).await?;
            for (number, _) in &rows {
                remember(work, ("review", *number), of).await?;
            }
            Ok(of)
        });
        let is_in = run.settle(which, ("review", number), done)?.is_some();
        for (number, _) in rows.iter().skip(1).filter(|_| is_in) {
            run.known.insert(("review", *number), of);
            run.report.count(which, Outcome::Brought);
        }
    }
    Ok(())
}

/// What somebody said in all: the newest, and below it what they said before, with its day.
fn joined(run: &mut Run<'_>, rows: &[(u64, Row)]) -> String {
    let mut body = String::new();
    for (at, (number, row)) in rows.iter().enumerate() {
        let text = row.text("comment").unwrap_or_default();
        let text = if at == 0 { text } else { format!("\n\n{}: {text}", day(run, row)) };
        if body.chars().count() + text.chars().count() > CreateReview::MOST {
            run.corrected(FormerKind::Review, number, Finding::Shortened { most: CreateReview::MOST });
        }
        body.push_str(&text);
    }
    let kept = body.chars().filter(|c| !c.is_control() || *c == '\n').take(CreateReview::MOST);
    kept.collect::<String>().trim().to_owned()
}

fn day(run: &Run<'_>, row: &Row) -> String {
    use chrono::{Datelike, TimeDelta};

    let offset = TimeDelta::minutes(i64::from(run.settings.utc_offset_minutes));
    let there = run.time(row, "created_at").unwrap_or(run.now) + offset;
    format!("{} {} {}", there.day(), Locale::Indonesian.month(there.month0()), there.year())
}
