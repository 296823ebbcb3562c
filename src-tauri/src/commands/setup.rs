//! The first run, and the state of the shop as a whole.

use domain::message::Message;
use domain::problem::{Kind, Problem};
use domain::setup::{
    AwaitOpening, GetSetup, GetShopStatus, LoadingStep, OpenStorefront, SetUpShop, ShopStatus, StartWith,
};
use domain::staff::Staff;
use services::{settings, setup};
use storefront::house::{HouseError, demo};
use tauri::State;

use crate::browser;
use crate::commands::Reply;
use crate::desk::Desk;
use crate::pictures;
use crate::report::report;

#[tauri::command]
pub(crate) async fn await_opening(desk: State<'_, Desk>, request: AwaitOpening) -> Reply<AwaitOpening> {
    let AwaitOpening {} = request;
    Ok(desk.opening().await)
}

#[tauri::command]
pub(crate) async fn get_setup(desk: State<'_, Desk>, request: GetSetup) -> Reply<GetSetup> {
    let GetSetup {} = request;
    let state = setup::state(&desk.shop().await?).await.map_err(|error| report(&error))?;
    Ok(domain::setup::SetupState { loading: desk.loading(), ..state })
}

#[tauri::command]
pub(crate) async fn set_up_shop(desk: State<'_, Desk>, request: SetUpShop) -> Reply<SetUpShop> {
    let (shop, start_with) = (desk.shop().await?, request.start_with);
    let owner = setup::create_owner(&shop, request).await.map_err(|error| report(&error))?;
    match start_with {
        StartWith::Empty => {}
        StartWith::Demo => {
            let filled = fill(&desk, &owner).await;
            desk.set_loading(None);
            filled?;
        }
    }
    desk.sign_in(&owner);
    Ok(owner)
}

#[tauri::command]
pub(crate) async fn get_shop_status(desk: State<'_, Desk>, request: GetShopStatus) -> Reply<GetShopStatus> {
    let GetShopStatus {} = request;
    let (shop, _) = desk.staffed().await?;
    let settings = settings::get(&shop).await.map_err(|error| report(&error))?;
    Ok(ShopStatus {
        shop_name: settings.name.clone(),
        currency: settings.currency,
        utc_offset_minutes: settings.utc_offset_minutes,
        storefront_url: shop.public_url(),
        picture_url: pictures::URL.to_owned(),
        is_database_up: shop.is_database_up().await,
        is_demo: shop.has_demo_gateway(),
        version: services::VERSION.to_owned(),
    })
}

#[tauri::command]
pub(crate) async fn open_storefront(desk: State<'_, Desk>, request: OpenStorefront) -> Reply<OpenStorefront> {
    let OpenStorefront {} = request;
    let (shop, _) = desk.staffed().await?;
    browser::open(&shop.public_url()).map_err(|error| {
        tracing::warn!(%error, "the browser cannot be opened");
        Problem::new(Kind::Internal, Message::Internal)
    })
}

/// Loads the demo shop, and starts the gateway with which it practises.
async fn fill(desk: &Desk, owner: &Staff) -> Result<(), Problem> {
    desk.set_loading(Some(LoadingStep { done: 0, of: 1 }));
    let house = desk.house.read().await;
    let house = house.as_ref().ok_or_else(|| Problem::new(Kind::Unavailable, Message::DatabaseUnavailable))?;
    let progress = |done: u32, of: u32| desk.set_loading(Some(LoadingStep { done, of }));
    let filled = match house.become_demo().await {
        Ok(()) => demo::fill(house, owner, progress).await,
        Err(error) => Err(error),
    };
    filled.map_err(|error: HouseError| {
        tracing::error!(%error, "the demo shop was not loaded");
        Problem::new(Kind::Internal, Message::Internal)
    })
}
