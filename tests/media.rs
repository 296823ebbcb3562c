//! The picture store.

use std::io::Cursor;

use domain::message::Message;
use image::{DynamicImage, ImageFormat};
use services::{Error, media};
use sqlx::MySqlPool;

use crate::shop::TestShop;

/// A picture's key and its files by width.
type Case<'a> = (&'a str, Vec<(u32, &'a [u8])>);

fn webp(width: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, width / 4 * 5).write_to(&mut bytes, ImageFormat::WebP).unwrap();
    bytes.into_inner()
}

#[sqlx::test(migrator = "services::MIGRATOR")]
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

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn an_unreadable_picture_is_refused_and_leaves_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let sound = webp(400);
    let mut broken = webp(800);
    broken.truncate(20);
    let cases: [Case<'_>; 4] = [
        ("kemeja-1", vec![(400, &sound), (800, &broken), (1200, &sound)]),
        ("kemeja-1", vec![(400, &sound)]),
        ("kemeja-1", vec![(400, b"GIF89a"), (800, b""), (1200, b"<svg/>")]),
        ("../kemeja", vec![(400, &sound), (800, &sound), (1200, &sound)]),
    ];

    for (key, files) in cases {
        let refused = media::adopt(&shop, &shop.owner, key, &files).await.unwrap_err();
        let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
        assert!(matches!(problems[0].message, Message::UnreadablePicture | Message::NotASlug));
    }
    assert_eq!(shop.count("select count(*) from pictures").await, 0);
    assert!(!shop.picture_dir().exists());
}
