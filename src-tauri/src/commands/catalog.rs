//! The catalogue: how products are taxed.

use domain::catalog::{GetTaxClass, SetTaxClass};
use services::catalog;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn get_tax_class(desk: State<'_, Desk>, request: GetTaxClass) -> Reply<GetTaxClass> {
    let (shop, staff) = desk.staffed().await?;
    catalog::tax_class(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn set_tax_class(desk: State<'_, Desk>, request: SetTaxClass) -> Reply<SetTaxClass> {
    let (shop, staff) = desk.staffed().await?;
    catalog::set_tax_class(&shop, &staff, request).await.map_err(|error| report(&error))
}
