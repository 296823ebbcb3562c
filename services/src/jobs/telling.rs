//! What the owner is written by itself: stock that runs low, jobs that do not get through, and yesterday in numbers.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Timelike, Utc};
use domain::events::About;
use domain::locale::Locale;
use domain::mail::{DaySums, LowUnits, MailKind, Told};
use domain::orders::OrderStatus;
use domain::settings::Settings;

use super::queries;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::lead::Fence;
use crate::{events, inventory, letters, mail, orders};

/// The most variants that one letter names.
const MOST_LOW: u32 = 50;
/// How many runs of a job must have failed within an hour.
const MOST_FAILED: u64 = 2;
/// When the summary of the day before is written, by the shop's clock.
const MORNING: u32 = 7;

/// Writes what there is to write. Returns how many letters.
pub(super) async fn tell_owner(fence: &Fence) -> Result<u64> {
    Ok(low_stock(fence).await? + failed_jobs(fence).await? + summary(fence).await?)
}

/// One letter about all variants that came to their limit since the last one.
async fn low_stock(fence: &Fence) -> Result<u64> {
    let mut look = fence.look().await?;
    let low = inventory::newly_low(&mut look, MOST_LOW).await?;
    let risen = inventory::risen(&mut look).await?;
    drop(look);
    if low.is_empty() && risen.is_empty() {
        return Ok(0);
    }
    transact!(fence, |work| {
        for variant in &risen {
            inventory::forget_told(work, *variant).await?;
        }
        let mut news = Vec::new();
        for row in &low {
            if inventory::note_told(work, row.variant_id).await? {
                news.push(LowUnits { sku: row.sku.clone(), name: row.name.clone(), left: row.left });
            }
        }
        let Some(first) = low.first().filter(|_| !news.is_empty()) else { return Ok(0) };
        let once = format!("low:{}:{}", first.variant_id, work.now().timestamp());
        let told = Told::LowStock { variants: news };
        // What is low is noted as told all the same: who turns the letters on again wants no old news.
        let settings = work.settings().await?;
        let is_written = mail::tell_owner(work, &settings, MailKind::LowStock, None, Some(&told), &once).await?;
        events::record(work, &About::Letters.into()).await?;
        Ok(u64::from(is_written))
    })
}

/// A job that failed again and again, once a day.
async fn failed_jobs(fence: &Fence) -> Result<u64> {
    let Some(settings) = settings_if_wanted(fence, MailKind::JobFailed).await? else { return Ok(0) };
    let now = fence.began_at();
    let failed = queries::failing(&mut *fence.look().await?, now - TimeDelta::hours(1), MOST_FAILED).await?;
    let mut written = 0;
    for (name, error) in failed {
        // A job of a newer program's is that program's to tell.
        let Ok(job) = name.parse() else { continue };
        let once = format!("job:{name}:{}", now.date_naive());
        let told = Told::JobFailed { job, error };
        written += transact!(fence, |work| {
            let is_written = mail::tell_owner(work, &settings, MailKind::JobFailed, None, Some(&told), &once).await?;
            if is_written {
                events::record(work, &About::Letters.into()).await?;
            }
            Ok(u64::from(is_written))
        })?;
    }
    Ok(written)
}

/// Yesterday, once this morning; nothing of the day on which the shop began.
async fn summary(fence: &Fence) -> Result<u64> {
    let Some(settings) = settings_if_wanted(fence, MailKind::DailySummary).await? else { return Ok(0) };
    let offset = TimeDelta::minutes(i64::from(settings.utc_offset_minutes));
    let here = fence.began_at() + offset;
    let today = here.date_naive();
    if here.hour() < MORNING {
        return Ok(0);
    }
    let (from, until) = (start_of(today, offset) - TimeDelta::days(1), start_of(today, offset));
    let once = format!("day:{today}");
    let mut look = fence.look().await?;
    if letters::is_told(&mut look, &once).await? || !queries::is_older_than(&mut look, until).await? {
        return Ok(0);
    }
    let sold = orders::sales(&mut look, from, until).await?;
    let counts = orders::counts(&mut look).await?;
    let count = |status| u32::try_from(counts.get(&status).copied().unwrap_or_default()).unwrap_or(u32::MAX);
    let (low, _) = inventory::low(&mut look, Locale::Indonesian, 1).await?;
    let (_, failed) = letters::counts(&mut look).await?;
    drop(look);
    let narrow = |count: u64| u32::try_from(count).unwrap_or(u32::MAX);
    let told = Told::DailySummary(DaySums {
        day: today - TimeDelta::days(1),
        orders: narrow(sold.orders),
        sold: sold.sales,
        to_pack: count(OrderStatus::Processing),
        unpaid: count(OrderStatus::PendingPayment),
        low: narrow(low),
        failed_letters: narrow(failed),
    });
    transact!(fence, |work| {
        let is_written = mail::tell_owner(work, &settings, MailKind::DailySummary, None, Some(&told), &once).await?;
        events::record(work, &About::Letters.into()).await?;
        Ok(u64::from(is_written))
    })
}

/// The rules of the shop; nothing before it is set up, and when its owner wants no such letters.
async fn settings_if_wanted(fence: &Fence, kind: MailKind) -> Result<Option<Arc<Settings>>> {
    match fence.settings().await {
        Err(Error::Refused(_)) => Ok(None),
        read => Ok(Some(read?).filter(|settings| settings.wants_letter(kind))),
    }
}

/// Midnight of a day of the shop's clock.
fn start_of(day: NaiveDate, offset: TimeDelta) -> DateTime<Utc> {
    day.and_time(chrono::NaiveTime::MIN).and_utc() - offset
}
