//! Numbers for the owner.

use domain::reports::GetDashboard;
use services::reports;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn get_dashboard(desk: State<'_, Desk>, request: GetDashboard) -> Reply<GetDashboard> {
    let GetDashboard {} = request;
    let (shop, staff) = desk.staffed().await?;
    reports::dashboard(&shop, &staff).await.map_err(|error| report(&error))
}
