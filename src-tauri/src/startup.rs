//! Opening the shop behind the window: the window waits calmly, and hears why when it cannot be opened.

use std::sync::atomic::Ordering;

use domain::locale::Locale;
use domain::setup::{DemoAccount, LoadingStep};
use services::{Shop, settings};
use storefront::config::Config;
use storefront::house::{House, HouseError, demo};
use storefront::server;
use tauri::AppHandle;

use crate::desk::Desk;
use crate::{live, report, tray};

/// Opens the house unless the program ends before, and then tells the window, the tray and the console.
pub(crate) async fn open(app: &AppHandle, desk: &Desk, config: &Config) {
    // Whoever closes the house waits here until it is open, or cut off.
    let mut place = desk.house.write().await;
    let opened = tokio::select! {
        opened = open_house(desk, config) => opened,
        // What was begun is cut off, as by a crash: the next start mends it.
        () = desk.closing() => return,
    };
    let house = match opened {
        Ok(house) => house,
        Err(error) => {
            let sentence = error.to_string();
            report::complain(&sentence);
            desk.fail(sentence);
            return;
        }
    };

    let shop = house.shop().clone();
    *place = Some(house);
    drop(place);
    tauri::async_runtime::spawn(live::forward(app.clone(), shop.clone()));
    desk.speak_at_first(language(&shop).await);
    desk.open(shop);
    let has_tray = tray::raise(app, &config.data_dir.join("tray")).await;
    desk.has_tray.store(has_tray, Ordering::Relaxed);
}

/// Opens the shop and its doors. A demo shop that is new is loaded first, while the window shows how far that is.
async fn open_house(desk: &Desk, config: &Config) -> Result<House, HouseError> {
    let mut house = House::open(config).await?;
    let opened = match config.is_demo {
        true => load_demo(desk, &house, config).await,
        false => Ok(()),
    };
    match opened.and_then(|()| house.serve()) {
        Ok(address) => {
            server::announce(address);
            Ok(house)
        }
        Err(error) => {
            house.stop().await;
            Err(error)
        }
    }
}

async fn load_demo(desk: &Desk, house: &House, config: &Config) -> Result<(), HouseError> {
    let progress = |done: u32, of: u32| {
        // The window may ask how far it is from the first step on; before, it need not know of a demo shop at all.
        desk.set_loading(Some(LoadingStep { done, of }));
        desk.open(house.shop().clone());
    };
    let loaded = demo::load(house, config.demo_password.clone(), progress).await;
    desk.set_loading(None);
    if let Some(password) = loaded? {
        tell_password(password.reveal());
        desk.show_demo_account(DemoAccount { email: demo::OWNER_EMAIL.to_owned(), password });
    }
    Ok(())
}

#[expect(clippy::print_stderr, reason = "whoever started the demo reads its password here once")]
fn tell_password(password: &str) {
    eprintln!("the demo shop's owner signs in as {} with the password {password}", demo::OWNER_EMAIL);
    eprintln!("(this password is shown once, here and in the window)");
}

/// The language of tray and notifications before anybody has signed in.
async fn language(shop: &Shop) -> Locale {
    match settings::get(shop).await {
        Ok(settings) => settings.locale,
        // A shop that is not set up yet has no language.
        Err(_) => Locale::Indonesian,
    }
}
