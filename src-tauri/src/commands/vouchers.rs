//! What the desk asks about vouchers.

use domain::vouchers::{GetVoucher, ListVouchers, SaveVoucher, SwitchVoucher};
use services::vouchers;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn list_vouchers(desk: State<'_, Desk>, request: ListVouchers) -> Reply<ListVouchers> {
    let (shop, staff) = desk.staffed().await?;
    vouchers::page(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn get_voucher(desk: State<'_, Desk>, request: GetVoucher) -> Reply<GetVoucher> {
    let (shop, staff) = desk.staffed().await?;
    vouchers::detail(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn save_voucher(desk: State<'_, Desk>, request: SaveVoucher) -> Reply<SaveVoucher> {
    let (shop, staff) = desk.staffed().await?;
    vouchers::save(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn switch_voucher(desk: State<'_, Desk>, request: SwitchVoucher) -> Reply<SwitchVoucher> {
    let (shop, staff) = desk.staffed().await?;
    vouchers::switch(&shop, &staff, request).await.map_err(|error| report(&error))
}
