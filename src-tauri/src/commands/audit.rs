//! The history of the desk.

use domain::audit::ListAudit;
use services::audit;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn list_audit(desk: State<'_, Desk>, request: ListAudit) -> Reply<ListAudit> {
    let (shop, staff) = desk.staffed().await?;
    audit::page(&shop, &staff, request).await.map_err(|error| report(&error))
}
