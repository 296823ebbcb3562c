//! What the owner decides.

use domain::settings::{GetSettings, SaveSettings};
use services::settings;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn get_settings(desk: State<'_, Desk>, request: GetSettings) -> Reply<GetSettings> {
    let GetSettings {} = request;
    let (shop, staff) = desk.staffed().await?;
    settings::detail(&shop, &staff).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn save_settings(desk: State<'_, Desk>, request: SaveSettings) -> Reply<SaveSettings> {
    let (shop, staff) = desk.staffed().await?;
    settings::replace(&shop, &staff, request).await.map_err(|error| report(&error))
}
