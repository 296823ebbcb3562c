//! The customers, as staff see them.

use domain::customers::{GetCustomer, ListCustomers};
use services::customers;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn list_customers(desk: State<'_, Desk>, request: ListCustomers) -> Reply<ListCustomers> {
    let (shop, staff) = desk.staffed().await?;
    customers::page(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn get_customer(desk: State<'_, Desk>, request: GetCustomer) -> Reply<GetCustomer> {
    let (shop, staff) = desk.staffed().await?;
    customers::detail(&shop, &staff, request).await.map_err(|error| report(&error))
}
