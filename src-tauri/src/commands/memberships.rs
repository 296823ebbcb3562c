//! What the desk asks about memberships.

use domain::memberships::{DeletePlan, EndMembership, GetMember, ListMembers, ListPlans, ListPurchases, SavePlan};
use services::memberships;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn list_plans(desk: State<'_, Desk>, request: ListPlans) -> Reply<ListPlans> {
    let (shop, staff) = desk.staffed().await?;
    memberships::plans(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn save_plan(desk: State<'_, Desk>, request: SavePlan) -> Reply<SavePlan> {
    let (shop, staff) = desk.staffed().await?;
    memberships::save_plan(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn delete_plan(desk: State<'_, Desk>, request: DeletePlan) -> Reply<DeletePlan> {
    let (shop, staff) = desk.staffed().await?;
    memberships::delete_plan(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn list_members(desk: State<'_, Desk>, request: ListMembers) -> Reply<ListMembers> {
    let (shop, staff) = desk.staffed().await?;
    memberships::page(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn get_member(desk: State<'_, Desk>, request: GetMember) -> Reply<GetMember> {
    let (shop, staff) = desk.staffed().await?;
    memberships::member(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn list_purchases(desk: State<'_, Desk>, request: ListPurchases) -> Reply<ListPurchases> {
    let (shop, staff) = desk.staffed().await?;
    memberships::purchases(&shop, &staff, request).await.map_err(|error| report(&error))
}

#[tauri::command]
pub(crate) async fn end_membership(desk: State<'_, Desk>, request: EndMembership) -> Reply<EndMembership> {
    let (shop, staff) = desk.staffed().await?;
    memberships::end(&shop, &staff, request).await.map_err(|error| report(&error))
}
