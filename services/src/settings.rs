//! The owner's settings: one row, kept in memory until it changes.

use std::sync::Arc;

use domain::audit::{AuditAction, Subject};
use domain::events::About;
use domain::message::Message;
use domain::settings::{SaveSettings, SavedSettings, Settings};
use domain::staff::{Permission, Staff};
use domain::text::TaxClassKey;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::lead::Fence;
use crate::{Shop, events};

mod queries;

/// The shop's settings; `Refused(NotSetUp)` while there are none.
pub async fn get(shop: &Shop) -> Result<Arc<Settings>> {
    let read = || async { stored(&mut *shop.db.acquire().await?).await };
    shop.snapshot.get(&shop.snapshot.settings, read).await
}

/// The settings as they are stored, for somebody who may change them.
pub async fn detail(shop: &Shop, staff: &Staff) -> Result<SavedSettings> {
    staff.require(Permission::ChangeSettings)?;
    let row = queries::versioned(&mut *shop.db.acquire().await?).await?.ok_or(Error::Refused(Message::NotSetUp))?;
    Ok(SavedSettings { version: row.version, settings: serde_json::from_str(&row.content)? })
}

/// Puts settings in the place of those of a version.
///
/// `Refused(ChangedMeanwhile)` when somebody saved since; `Invalid` for what the shop could not work with, for another
/// currency, because every stored amount would mean something else, and without a tax class that products name.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn replace(shop: &Shop, staff: &Staff, request: SaveSettings) -> Result<SavedSettings> {
    change(shop, staff, request.settings, Some(request.version)).await
}

/// Saves settings whatever was stored before, as loading a demo does; else as [`replace`].
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn save(shop: &Shop, staff: &Staff, settings: Settings) -> Result<Settings> {
    change(shop, staff, settings, None).await.map(|saved| saved.settings)
}

async fn change(shop: &Shop, staff: &Staff, settings: Settings, seen: Option<u64>) -> Result<SavedSettings> {
    let writer = shop.staff(staff, Permission::ChangeSettings)?;
    let settings = settings.read().map_err(Error::Invalid)?;

    let version = transact!(writer, |work| {
        let stored = queries::lock(work).await?.ok_or(Error::Refused(Message::NotSetUp))?;
        if seen.is_some_and(|seen| seen != stored.version) {
            return Err(Error::Refused(Message::ChangedMeanwhile));
        }
        let before: Settings = serde_json::from_str(&stored.content)?;
        if settings.currency != before.currency {
            return Err(Error::field("currency", Message::NotAChoice));
        }
        for class in before.tax.missing_in(&settings.tax) {
            let products = queries::taxed_as(work, class.key.as_str()).await?;
            if products > 0 {
                let name = class.name.clone();
                return Err(Error::field("tax.classes", Message::TaxClassIsUsed { name, products }));
            }
        }

        write(work, &settings).await?;
        events::record(work, &About::Settings.into()).await?;
        work.record(AuditAction::SaveSettings, &Subject::settings(), &before, &settings).await?;
        Ok(stored.version + 1)
    })?;
    Ok(SavedSettings { version, settings })
}

/// The stored settings, if the shop is set up.
pub(crate) async fn read(conn: &mut MySqlConnection) -> Result<Option<Settings>> {
    let Some(content) = queries::content(conn).await? else { return Ok(None) };
    Ok(Some(serde_json::from_str(&content)?))
}

impl Fence {
    /// The rules of the shop.
    pub(crate) async fn settings(&self) -> Result<Arc<Settings>> {
        let snapshot = self.snapshot();
        snapshot.get(&snapshot.settings, || async { stored(&mut *self.look().await?).await }).await
    }
}

impl Work {
    /// The rules that the unit of work follows.
    pub(crate) async fn settings(&mut self) -> Result<Arc<Settings>> {
        let snapshot = Arc::clone(&self.shop().snapshot);
        snapshot.get(&snapshot.settings, || stored(self)).await
    }
}

/// The stored settings, and nobody else changes them until the transaction ends.
pub(crate) async fn lock(conn: &mut MySqlConnection) -> Result<Settings> {
    let stored = queries::lock(conn).await?.ok_or(Error::Refused(Message::NotSetUp))?;
    Ok(serde_json::from_str(&stored.content)?)
}

async fn stored(conn: &mut MySqlConnection) -> Result<Settings> {
    read(conn).await?.ok_or(Error::Refused(Message::NotSetUp))
}

/// The tax class that a row names.
pub(crate) fn tax_class_of(column: Option<String>) -> Result<Option<TaxClassKey>> {
    let read = |key: String| TaxClassKey::parse(&key).map_err(|_| Error::internal(format!("`{key}` is no tax class")));
    column.map(read).transpose()
}

/// Stores settings that were checked.
pub(crate) async fn write(work: &mut Work, settings: &Settings) -> Result<()> {
    let now = work.now();
    queries::store(work, &serde_json::to_string(settings)?, now).await?;
    Ok(())
}
