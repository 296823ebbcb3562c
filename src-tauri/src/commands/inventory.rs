//! The stock list.

use domain::inventory::stock_takes::{
    AbandonStockTake, ApplyStockTake, CountInStockTake, GetStockTake, ListStockTakes, StartStockTake,
};
use domain::inventory::{CorrectStock, CountStock, ListMovements, ListStock, ReceiveStock, SetStockLimits};
use services::inventory::{self, stock_takes};
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

#[tauri::command]
pub(crate) async fn correct_stock(desk: State<'_, Desk>, request: CorrectStock) -> Reply<CorrectStock> {
    let (shop, staff) = desk.staffed().await?;
    inventory::correct(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn count_stock(desk: State<'_, Desk>, request: CountStock) -> Reply<CountStock> {
    let (shop, staff) = desk.staffed().await?;
    inventory::count(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn set_stock_limits(desk: State<'_, Desk>, request: SetStockLimits) -> Reply<SetStockLimits> {
    let (shop, staff) = desk.staffed().await?;
    inventory::set_limits(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn list_movements(desk: State<'_, Desk>, request: ListMovements) -> Reply<ListMovements> {
    let (shop, staff) = desk.staffed().await?;
    inventory::movements(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn list_stock_takes(desk: State<'_, Desk>, request: ListStockTakes) -> Reply<ListStockTakes> {
    let (shop, staff) = desk.staffed().await?;
    stock_takes::list(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn get_stock_take(desk: State<'_, Desk>, request: GetStockTake) -> Reply<GetStockTake> {
    let (shop, staff) = desk.staffed().await?;
    stock_takes::show(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn start_stock_take(desk: State<'_, Desk>, request: StartStockTake) -> Reply<StartStockTake> {
    let (shop, staff) = desk.staffed().await?;
    stock_takes::start(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn count_in_stock_take(desk: State<'_, Desk>, request: CountInStockTake) -> Reply<CountInStockTake> {
    let (shop, staff) = desk.staffed().await?;
    stock_takes::count(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn apply_stock_take(desk: State<'_, Desk>, request: ApplyStockTake) -> Reply<ApplyStockTake> {
    let (shop, staff) = desk.staffed().await?;
    stock_takes::apply(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn abandon_stock_take(desk: State<'_, Desk>, request: AbandonStockTake) -> Reply<AbandonStockTake> {
    let (shop, staff) = desk.staffed().await?;
    stock_takes::abandon(&shop, &staff, request).await.map_err(|error| report(&error))
}
