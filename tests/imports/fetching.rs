//! Pictures that a file names by address: fetched when they may be, within bounds, and told when they are not.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::get;
use domain::imports::FileForm;
use domain::message::Message;
use services::imports::Reach;
use sqlx::MySqlPool;
use tokio::net::TcpListener;

use super::{bring_from, counts, read};
use crate::shop::TestShop;

fn picture() -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    image::RgbImage::from_pixel(90, 90, image::Rgb([10, 120, 60]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .unwrap();
    bytes.into_inner()
}

/// Where pictures are served, and how often anybody asked.
async fn server() -> (SocketAddr, Arc<AtomicU32>) {
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    let app = Router::new()
        .route("/hijau.png", get(|| async { picture() }))
        .route("/pindah", get(|| async { Redirect::temporary("/hijau.png") }))
        .route("/putar", get(|| async { Redirect::temporary("/putar") }))
        .route("/besar", get(|| async { vec![0_u8; 20 * 1024 * 1024 + 1] }))
        .route("/halaman", get(|| async { "<!doctype html><title>Galeri</title>" }))
        .route("/rusak", get(|| async { StatusCode::INTERNAL_SERVER_ERROR }))
        .layer(axum::middleware::from_fn(move |request, next: axum::middleware::Next| {
            count.fetch_add(1, Ordering::Relaxed);
            next.run(request)
        }));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (address, asked)
}

fn file(pictures: &[String]) -> String {
    let rows: String =
        pictures.iter().enumerate().map(|(at, url)| format!("Barang {at},B-{at},1000,{url}\n")).collect();
    format!("name,sku,price,picture\n{rows}")
}

/// Checklist 93.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn pictures_with_addresses_are_fetched_and_what_is_none_is_told_at_its_line(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (server, _) = server().await;
    let nobody = {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        listener.local_addr().unwrap()
    };
    let at = |path: &str| format!("http://{server}/{path}");
    let text = file(&[
        at("hijau.png"),
        at("pindah"),
        at("putar"),
        at("besar"),
        at("halaman"),
        at("rusak"),
        at("tidak-ada"),
        format!("http://{nobody}/a.png"),
    ]);
    let goods = read(&shop, FileForm::Products, &text).await;
    let looked = bring_from(&shop, &goods, Reach::Everywhere, true).await.unwrap();
    assert_eq!((counts(&looked), looked.missing_pictures.len()), ([8, 0, 0, 0], 0), "nothing is fetched for a look");

    let report = bring_from(&shop, &goods, Reach::Everywhere, false).await.unwrap();
    assert_eq!(counts(&report), [8, 0, 0, 0], "a product without its picture is in all the same");
    let host = || "127.0.0.1".to_owned();
    let told: Vec<_> = report.missing_pictures.iter().map(|it| (it.line, it.why.clone())).collect();
    let refuses = |status| Message::PictureServerRefuses { host: host(), status };
    assert_eq!(
        told,
        [
            (4, refuses(307)),
            (5, Message::FileTooLarge { most_megabytes: 20 }),
            (6, Message::WebPageNotPicture),
            (7, refuses(500)),
            (8, refuses(404)),
            (9, Message::PictureServerSilent { host: host() }),
        ]
    );
    let shown = "select count(*) from product_pictures p join products g on g.id = p.product_id
                 where json_value(g.name, '$.id') in ('Barang 0', 'Barang 1')";
    assert_eq!((shop.count(shown).await, shop.count("select count(*) from pictures").await), (2, 1));
}

/// Pitfall S14. A file must not make the shop's computer look at itself or at its neighbours.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn nothing_private_is_asked_for_pictures(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (server, asked) = server().await;
    let port = server.port();
    let addresses = ["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "127.1"];
    let text = file(&addresses.map(|host| format!("http://{host}:{port}/hijau.png")));
    let goods = read(&shop, FileForm::Products, &text).await;
    let report = bring_from(&shop, &goods, Reach::Internet, false).await.unwrap();
    let why: Vec<_> = report.missing_pictures.iter().map(|it| it.why.clone()).collect();
    assert_eq!(why, vec![Message::PictureIsPrivate; addresses.len()]);
    assert_eq!(asked.load(Ordering::Relaxed), 0);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_server_that_never_answers_is_asked_three_times_and_no_more(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let nobody = listener.local_addr().unwrap();
    let asked = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((caller, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::Relaxed);
            drop(caller);
        }
    });
    let text = file(&std::array::from_fn::<_, 6, _>(|at| format!("http://{nobody}/{at}.png")));
    let goods = read(&shop, FileForm::Products, &text).await;
    let report = bring_from(&shop, &goods, Reach::Everywhere, false).await.unwrap();
    assert_eq!(report.missing_pictures.len(), 6);
    // The client may try a broken connection once more by itself.
    assert!((3..=6).contains(&asked.load(Ordering::Relaxed)), "{asked:?}");
}
