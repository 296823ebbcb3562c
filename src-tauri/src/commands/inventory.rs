//! The stock list.

use domain::inventory::{ListStock, ReceiveStock};
use services::inventory;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn list_stock(desk: State<'_, Desk>, request: ListStock) -> Reply<ListStock> {
    let (shop, staff) = desk.staffed().await?;
    inventory::page(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn receive_stock(desk: State<'_, Desk>, request: ReceiveStock) -> Reply<ReceiveStock> {
    let (shop, staff) = desk.staffed().await?;
    inventory::receive(&shop, &staff, request).await.map_err(|error| report(&error))
}
