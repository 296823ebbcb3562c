//! The shop behind a closed window: it serves on from the tray, tells of new work, and is closed from there.

use std::net::TcpStream;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::bus::Bus;
use crate::shopper::Shopper;
use crate::window::{DEMO, Window};

const INDONESIAN: [&str; 3] = ["Buka meja kerja", "Lihat toko di browser", "Tutup toko dan keluar"];
const ENGLISH: [&str; 3] = ["Open the desk", "View the shop in the browser", "Close the shop and quit"];

#[tokio::test]
async fn a_closed_window_leaves_the_shop_open_until_the_tray_closes_it() {
    let bus = Bus::start().await;
    let window = Window::open_beside(&bus, &DEMO).await;
    window.sign_in().await;
    let url = window.shop_url();
    let shopper = Shopper::of(&url);

    let icon = bus.icon().await;
    assert_eq!(icon.title().await, "Etalase");
    let picture = icon.picture().await;
    assert!(Path::new(&picture).is_file(), "{picture}");
    icon.reads(&INDONESIAN).await;
    window.wear("en", "light").await;
    icon.reads(&ENGLISH).await;
    window.wear("id", "light").await;
    icon.reads(&INDONESIAN).await;

    window.is_shown(true);
    window.close();
    window.is_shown(false);
    bus.note("Toko tetap buka").await;
    assert!(is_healthy(&url).await);

    // Names are typed by strangers, and a notification may hold markup.
    let order = shopper.order_as("Siti & <b>Rahma</b>").await;
    shopper.pay(&order).await;
    let paid = Instant::now();
    let told = bus.note(&order.number).await;
    let took = told.at.saturating_duration_since(paid);
    eprintln!("the notification came {} ms after the gateway's word was taken", took.as_millis());
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert_eq!(told.title, "Pesanan sudah dibayar");
    assert!(told.body.contains("Siti &amp; &lt;b&gt;Rahma&lt;/b&gt;"), "{}", told.body);
    assert!(told.body.contains("Rp"), "{}", told.body);

    // It begins to listen for clicks when it has heard that the notification is shown: a person is never so fast.
    for _ in 0..5 {
        bus.click(&told).await;
        if window.comes_within(Duration::from_secs(2)) {
            break;
        }
    }
    window.is_shown(true);
    window.close();
    window.is_shown(false);
    icon.choose(INDONESIAN[0]).await;
    window.is_shown(true);

    let at_the_door = shopper.order_on_delivery().await;
    assert_eq!(bus.note(&at_the_door).await.title, "Pesanan baru, bayar di tempat");
    window.click("#sign-out").await;
    window.until("document.querySelector('#sign-in-submit')").await;
    let while_away = shopper.order_on_delivery().await;
    assert_eq!(bus.note(&while_away).await.body, while_away, "names are for those who have signed in");

    for once in [&*order.number, &at_the_door, &while_away, "Toko tetap buka"] {
        assert_eq!(bus.notes_of(once).len(), 1, "{once}");
    }
    let address = url.trim_start_matches("http://").to_owned();
    assert!(TcpStream::connect(&address).is_ok());
    icon.choose(INDONESIAN[2]).await;
    window.ends_after(|_| {});
    assert!(TcpStream::connect(&address).is_err(), "the port is closed");
}

/// A shop that nobody can see and nobody can close would be worse than one that must be started again.
#[tokio::test]
async fn without_a_tray_the_closed_window_closes_the_shop() {
    let window = Window::open(&[]).await;
    window.sees("#set-up-screen h1", "").await;
    window.ends_after(Window::close);
}

async fn is_healthy(url: &str) -> bool {
    let http = services::http::plain_client().no_proxy().build().unwrap();
    http.get(format!("{url}/healthz")).send().await.unwrap().status().is_success()
}
