//! The order desk.

use domain::message::Message;
use domain::orders::{
    CallOffRest, CancelOrder, CompleteOrder, GetOrder, ListOrders, OpenInvoice, ReturnOrder, ShipOrder,
};
use domain::payments::{RefundOrder, SettlePayment, SettleRefund};
use domain::problem::{Kind, Problem};
use services::{orders, payments};
use tauri::State;

use crate::browser;
use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn list_orders(desk: State<'_, Desk>, request: ListOrders) -> Reply<ListOrders> {
    let (shop, staff) = desk.staffed().await?;
    orders::page(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn get_order(desk: State<'_, Desk>, request: GetOrder) -> Reply<GetOrder> {
    let (shop, staff) = desk.staffed().await?;
    orders::detail(&shop, &staff, request.order_id).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn ship_order(desk: State<'_, Desk>, request: ShipOrder) -> Reply<ShipOrder> {
    let (shop, staff) = desk.staffed().await?;
    orders::ship(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn complete_order(desk: State<'_, Desk>, request: CompleteOrder) -> Reply<CompleteOrder> {
    let (shop, staff) = desk.staffed().await?;
    orders::complete(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn cancel_order(desk: State<'_, Desk>, request: CancelOrder) -> Reply<CancelOrder> {
    let (shop, staff) = desk.staffed().await?;
    orders::cancel(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn call_off_rest(desk: State<'_, Desk>, request: CallOffRest) -> Reply<CallOffRest> {
    let (shop, staff) = desk.staffed().await?;
    orders::call_off_rest(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn refund_order(desk: State<'_, Desk>, request: RefundOrder) -> Reply<RefundOrder> {
    let (shop, staff) = desk.staffed().await?;
    payments::refund(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn settle_payment(desk: State<'_, Desk>, request: SettlePayment) -> Reply<SettlePayment> {
    let (shop, staff) = desk.staffed().await?;
    payments::settle_payment(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn settle_refund(desk: State<'_, Desk>, request: SettleRefund) -> Reply<SettleRefund> {
    let (shop, staff) = desk.staffed().await?;
    payments::settle_refund(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn return_order(desk: State<'_, Desk>, request: ReturnOrder) -> Reply<ReturnOrder> {
    let (shop, staff) = desk.staffed().await?;
    orders::take_back(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn open_invoice(desk: State<'_, Desk>, request: OpenInvoice) -> Reply<OpenInvoice> {
    let (shop, staff) = desk.staffed().await?;
    let url = orders::invoice_url(&shop, &staff, request.order_id).await.map_err(|error| report(&error))?;
    browser::open(&url).map_err(|error| {
        tracing::warn!(%error, "the browser cannot be opened");
        Problem::new(Kind::Internal, Message::Internal)
    })
}
