//! The picture store.

use std::io::Cursor;

use domain::catalog::{CreateProduct, NewPicture};
use domain::inventory::{ListStock, StockFilter};
use domain::locale::Translated;
use domain::message::Message;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use image::{DynamicImage, ImageFormat};
use reqwest::Method;
use services::{Error, carts, catalog, checkout, inventory, media};
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::{TestShop, option, product, request, variant};

mod blocks;
mod clearing;
pub(crate) mod scene;
mod taking;

/// A picture's key and its files by width.
type Case<'a> = (&'a str, Vec<(u32, &'a [u8])>);

fn webp(width: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, width / 4 * 5).write_to(&mut bytes, ImageFormat::WebP).unwrap();
    bytes.into_inner()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_picture_is_stored_in_every_width(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let files = [400, 800, 1200].map(|width| (width, webp(width)));
    let files: Vec<_> = files.iter().map(|(width, bytes)| (*width, bytes.as_slice())).collect();

    media::adopt(&shop, &shop.owner, "kemeja-1", &files).await.unwrap();
    media::adopt(&shop, &shop.owner, "kemeja-1", &files).await.unwrap();

    for (width, bytes) in files {
        let path = shop.picture_dir().join(format!("kemeja-1-{width}.webp"));
        assert_eq!(std::fs::read(path).unwrap(), bytes);
    }
    assert_eq!(shop.count("select count(*) from pictures").await, 1);
}

/// Pitfall P6.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_picture_is_sent_in_the_size_of_its_place_and_once(db: MySqlPool) {
    let shop = Served::open(db).await;
    let files = [400, 800, 1200].map(|width| (width, webp(width)));
    let files: Vec<_> = files.iter().map(|(width, bytes)| (*width, bytes.as_slice())).collect();
    media::adopt(&shop, &shop.owner, "kemeja-1", &files).await.unwrap();
    let picture = NewPicture { key: "kemeja-1".to_owned(), alt: Translated::same("Kemeja"), shows: None };
    let wanted = CreateProduct { pictures: vec![picture], ..product("SHIRT", 150_000) };
    catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();

    for page in ["/products", "/products/shirt"] {
        let text = shop.get(page).await.text;
        let shown = text.split("<img ").skip(1).find(|element| element.contains("kemeja-1-")).unwrap();
        for width in [400, 800, 1_200] {
            assert!(shown.contains(&format!("/images/kemeja-1-{width}.webp {width}w")), "{page}: {shown}");
        }
        assert!(
            shown.contains(" sizes=\"") && !shown.contains("sizes=\"100vw\""),
            "the browser knows its place: {shown}"
        );
    }
    let card = shop.get("/products").await.text;
    assert!(card.contains("sizes=\"") && card.contains("kemeja-1-400.webp 400w"), "{card}");

    let first = shop.ask(Method::GET, "/images/kemeja-1-400.webp").send().await.unwrap();
    assert_eq!(first.status(), 200);
    let kept = first.headers()["cache-control"].to_str().unwrap().to_owned();
    assert!(kept.contains("max-age=31536000") && kept.contains("immutable"), "{kept}");
    let tag = first.headers()["etag"].clone();
    assert_eq!(first.bytes().await.unwrap(), files[0].1, "no larger one than was asked for");
    let again = shop.ask(Method::GET, "/images/kemeja-1-400.webp").header("if-none-match", tag).send().await.unwrap();
    assert_eq!((again.status().as_u16(), again.bytes().await.unwrap().len()), (304, 0));
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_unreadable_picture_is_refused_and_leaves_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let sound = webp(400);
    let mut broken = webp(800);
    broken.truncate(20);
    let cases: [Case<'_>; 6] = [
        ("kemeja-1", vec![(400, &sound), (800, &broken), (1200, &sound)]),
        ("kemeja-1", vec![(400, &sound), (800, &sound)]),
        ("kemeja-1", vec![(800, &sound)]),
        ("kemeja-1", vec![]),
        ("kemeja-1", vec![(400, b"GIF89a"), (800, b""), (1200, b"<svg/>")]),
        ("../kemeja", vec![(400, &sound), (800, &sound), (1200, &sound)]),
    ];

    for (key, files) in cases {
        let refused = media::adopt(&shop, &shop.owner, key, &files).await.unwrap_err();
        let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
        let said = &problems[0].message;
        let expected = [
            Message::BrokenPicture,
            Message::CutOffPicture,
            Message::NotAPicture,
            Message::EmptyPicture,
            Message::NotASlug,
        ];
        assert!(expected.contains(said), "{said:?}");
    }
    assert_eq!(shop.count("select count(*) from pictures").await, 0);
    assert!(!shop.picture_dir().exists());
}

/// The same in the cart, in the order and in the list of stock.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_variant_is_shown_by_a_picture_of_its_colour_or_else_by_the_first(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let files = [400, 800, 1200].map(|width| (width, webp(width)));
    let files: Vec<_> = files.iter().map(|(width, bytes)| (*width, bytes.as_slice())).collect();
    for key in ["white-1", "all-1", "blue-1", "blue-2"] {
        media::adopt(&shop, &shop.owner, key, &files).await.unwrap();
    }
    let picture =
        |key: &str, shows| NewPicture { key: key.to_owned(), alt: Translated::same(format!("Gambar {key}")), shows };
    let shirt = CreateProduct {
        options: vec![option("Ukuran", &["S", "M"]), option("Warna", &["Putih", "Biru", "Hitam"])],
        variants: vec![variant("WHITE", &[0, 0], 100), variant("BLUE", &[1, 1], 100), variant("BLACK", &[1, 2], 100)],
        pictures: vec![
            picture("white-1", Some((1, 0))),
            picture("all-1", None),
            picture("blue-1", Some((1, 1))),
            picture("blue-2", Some((1, 1))),
        ],
        ..product("shirt", 100)
    };
    catalog::create(&shop, &shop.owner, shirt, None).await.unwrap();
    catalog::create(&shop, &shop.owner, product("BARE", 100), None).await.unwrap();
    let shown = [("WHITE", Some("white-1")), ("BLUE", Some("blue-1")), ("BLACK", Some("all-1")), ("BARE", None)];

    let cart = carts::create(&shop).await.unwrap();
    for (sku, _) in shown {
        let variant = shop.stocked(sku, 3).await;
        carts::set_line(&shop, &cart, variant, 1).await.unwrap();
    }
    let lines = carts::show(&shop, &cart).await.unwrap().lines;
    let placed = checkout::place(&shop, &cart, "once", request(PaymentMethod::CashOnDelivery)).await.unwrap();
    let ordered = shop.detail(&placed).await.lines;
    let list = ListStock { filter: StockFilter::All, search: None, page: PageNumber::FIRST };
    let stocked = inventory::page(&shop, &shop.owner, list).await.unwrap().rows;

    for (sku, key) in shown {
        let line = lines.iter().find(|line| line.sku == sku).unwrap();
        assert_eq!(line.picture.as_ref().map(|picture| picture.key.as_str()), key, "{sku} in the cart");
        let line = ordered.iter().find(|line| line.sku == sku).unwrap();
        assert_eq!(line.picture.as_ref().map(|picture| picture.key.as_str()), key, "{sku} in the order");
        let row = stocked.iter().find(|row| row.sku == sku).unwrap();
        assert_eq!(row.picture.as_ref().map(|picture| picture.key.as_str()), key, "{sku} in the stock");
    }
}
