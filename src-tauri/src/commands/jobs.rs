//! What the shop does by itself.

use domain::jobs::{ListJobs, RunJob};
use domain::payments::{RetryNotice, SetAsideNotice};
use services::{jobs, payments};
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn list_jobs(desk: State<'_, Desk>, request: ListJobs) -> Reply<ListJobs> {
    let ListJobs {} = request;
    let (shop, staff) = desk.staffed().await?;
    jobs::board(&shop, &staff).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn run_job(desk: State<'_, Desk>, request: RunJob) -> Reply<RunJob> {
    let (shop, staff) = desk.staffed().await?;
    jobs::run_now(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn retry_notice(desk: State<'_, Desk>, request: RetryNotice) -> Reply<RetryNotice> {
    let (shop, staff) = desk.staffed().await?;
    payments::retry(&shop, &staff, request).await.map_err(|error| report(&error))?;
    jobs::board(&shop, &staff).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn set_aside_notice(desk: State<'_, Desk>, request: SetAsideNotice) -> Reply<SetAsideNotice> {
    let (shop, staff) = desk.staffed().await?;
    payments::set_aside(&shop, &staff, request).await.map_err(|error| report(&error))?;
    jobs::board(&shop, &staff).await.map_err(|error| report(&error))
}
