//! The first run, the state of the shop as a whole, and what is opened beside the window.

use domain::message::Message;
use domain::orders::{OpenInvoice, OpenWhatsApp};
use domain::problem::{Kind, Problem};
use domain::setup::{
    AwaitOpening, CloseWindow, GetSetup, GetShopStatus, LoadingStep, NoteUnsaved, OpenStorefront, SetUpShop,
    ShopStatus, StartWith,
};
use domain::staff::Staff;
use services::{Shop, orders, settings, setup};
use storefront::house::{HouseError, demo};

use crate::browser;
use crate::commands::Reply;
use crate::desk::Desk;
use crate::pictures;
use crate::report::report;

pub(super) async fn await_opening(desk: &Desk, _: AwaitOpening) -> Reply<AwaitOpening> {
    Ok(desk.opening().await)
}

pub(super) async fn get_setup(desk: &Desk, _: GetSetup) -> Reply<GetSetup> {
    let state = setup::state(&desk.shop().await?).await.map_err(|error| report(&error))?;
    Ok(domain::setup::SetupState { loading: desk.loading(), ..state })
}

pub(super) async fn set_up_shop(desk: &Desk, request: SetUpShop) -> Reply<SetUpShop> {
    let (shop, start_with) = (desk.shop().await?, request.start_with);
    let owner = setup::create_owner(&shop, request).await.map_err(|error| report(&error))?;
    match start_with {
        StartWith::Empty => {}
        StartWith::Demo => {
            let filled = fill(desk, &owner).await;
            desk.set_loading(None);
            filled?;
        }
    }
    let since = services::staff::since_now(&shop).await.map_err(|error| report(&error))?;
    desk.sign_in(&owner, since);
    Ok(owner)
}

pub(super) async fn get_shop_status(_: &Desk, shop: &Shop, _: &Staff, _: GetShopStatus) -> Reply<GetShopStatus> {
    let settings = settings::get(shop).await.map_err(|error| report(&error))?;
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

pub(super) async fn open_storefront(_: &Desk, shop: &Shop, _: &Staff, _: OpenStorefront) -> Reply<OpenStorefront> {
    open(&shop.public_url())
}

pub(super) async fn note_unsaved(desk: &Desk, request: NoteUnsaved) -> Reply<NoteUnsaved> {
    desk.note_unsaved(request.unsaved);
    Ok(())
}

pub(super) async fn close_window(desk: &Desk, _: CloseWindow) -> Reply<CloseWindow> {
    desk.wish_to_close();
    Ok(())
}

pub(super) async fn open_invoice(_: &Desk, shop: &Shop, staff: &Staff, request: OpenInvoice) -> Reply<OpenInvoice> {
    open(&orders::invoice_url(shop, staff, request.order_id).await.map_err(|error| report(&error))?)
}

pub(super) async fn open_whatsapp(_: &Desk, shop: &Shop, staff: &Staff, request: OpenWhatsApp) -> Reply<OpenWhatsApp> {
    open(&orders::whatsapp_url(shop, staff, request.order_id).await.map_err(|error| report(&error))?)
}

fn open(url: &str) -> Result<(), Problem> {
    browser::open(url).map_err(|error| {
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
