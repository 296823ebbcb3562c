//! The owner's settings: one row, kept in memory for a moment.

use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::audit::{AuditAction, Subject};
use domain::events::Happening;
use domain::message::Message;
use domain::settings::Settings;
use domain::staff::{Permission, Staff};
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::error::{Error, Result};
use crate::{Shop, audit, events};

mod queries;

/// How long another process's change may stay unseen.
const FRESH_FOR: Duration = Duration::from_secs(5);

/// Settings with the moment of their reading.
#[derive(Clone, Debug)]
pub(crate) struct Cached {
    pub(crate) settings: Arc<Settings>,
    pub(crate) read_at: Instant,
}

/// The shop's settings; `Refused(NotSetUp)` while there are none.
pub async fn get(shop: &Shop) -> Result<Arc<Settings>> {
    if let Some((settings, read_at)) = shop.cached_settings()
        && read_at.elapsed() < FRESH_FOR
    {
        return Ok(settings);
    }
    let mut conn = shop.db.acquire().await?;
    let settings = read(&mut conn).await?.ok_or(Error::Refused(Message::NotSetUp))?;
    Ok(remember(shop, settings))
}

/// Saves settings that pass their rules.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn save(shop: &Shop, staff: &Staff, settings: Settings) -> Result<Settings> {
    staff.require(Permission::ChangeSettings)?;
    settings.check().map_err(Error::Invalid)?;

    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let before = queries::lock(&mut tx).await?.map(|content| serde_json::from_str::<Settings>(&content)).transpose()?;

    write(&mut tx, &settings, now).await?;
    events::record(&mut tx, &Happening::SettingsChanged, now).await?;
    audit::record(&mut tx, staff, AuditAction::SaveSettings, &Subject::settings(), &before, &settings, now).await?;
    tx.commit().await?;

    shop.feed.wake();
    remember(shop, settings.clone());
    Ok(settings)
}

/// The stored settings, if the shop is set up.
pub(crate) async fn read(conn: &mut MySqlConnection) -> Result<Option<Settings>> {
    let Some(content) = queries::content(conn).await? else { return Ok(None) };
    Ok(Some(serde_json::from_str(&content)?))
}

/// Stores settings that were checked.
pub(crate) async fn write(
    conn: &mut MySqlConnection,
    settings: &Settings,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<()> {
    queries::store(conn, &serde_json::to_string(settings)?, now).await?;
    Ok(())
}

pub(crate) fn remember(shop: &Shop, settings: Settings) -> Arc<Settings> {
    let settings = Arc::new(settings);
    if let Ok(mut cache) = shop.settings.write() {
        *cache = Some(Cached { settings: Arc::clone(&settings), read_at: Instant::now() });
    }
    settings
}
