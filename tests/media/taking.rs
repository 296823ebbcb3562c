//! Taking pictures in: whatever a file is, it stands upright and in its colours afterwards, or is refused by its own sentence.

use domain::media::{MOST_BYTES, PictureNote, TakenPicture, file_name, widths};
use domain::message::Message;
use domain::staff::Role;
use image::{DynamicImage, GrayImage, ImageBuffer, ImageFormat, Luma, RgbImage, Rgba, RgbaImage};
use services::{Error, media};
use sqlx::MySqlPool;

use super::blocks::{self, Inks};
use super::scene::{
    SECRET_PLACE, SIZE, animated_gif, animated_webp, bomb, colour, held, jpeg, packed, png_with_profile, scene,
    see_through, shows_the_scene,
};
use crate::shop::TestShop;

async fn take(shop: &TestShop, bytes: &[u8]) -> TakenPicture {
    media::take(shop, &shop.owner, bytes.to_vec()).await.unwrap()
}

async fn refusal(shop: &TestShop, bytes: &[u8]) -> Message {
    let refused = media::take(shop, &shop.owner, bytes.to_vec()).await.unwrap_err();
    let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
    assert_eq!(problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>(), ["picture"]);
    problems[0].message.clone()
}

fn stored(shop: &TestShop, taken: &TakenPicture, width: u32) -> Vec<u8> {
    std::fs::read(shop.picture_dir().join(file_name(&taken.picture.key, width))).unwrap()
}

fn widest(shop: &TestShop, taken: &TakenPicture) -> RgbImage {
    unpacked(&stored(shop, taken, taken.picture.width))
}

fn unpacked(bytes: &[u8]) -> RgbImage {
    image::load_from_memory_with_format(bytes, ImageFormat::WebP).unwrap().into_rgb8()
}

fn files(shop: &TestShop) -> usize {
    std::fs::read_dir(shop.picture_dir()).map_or(0, Iterator::count)
}

/// Checklist 94. A photograph stands as it was held, and the place where it was taken stays with whoever took it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_photograph_stands_upright_and_tells_nothing_of_where_it_was(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for orientation in 1..=8 {
        let taken = take(&shop, &held(orientation)).await;
        assert_eq!((taken.picture.width, taken.picture.height), SIZE, "held as {orientation}");
        shows_the_scene(&widest(&shop, &taken), 24).unwrap_or_else(|why| panic!("held as {orientation}: {why}"));
        for width in widths(taken.picture.width) {
            let bytes = stored(&shop, &taken, width);
            for told in [SECRET_PLACE, b"Exif", b"EXIF"] {
                assert!(!bytes.windows(told.len()).any(|part| part == told), "held as {orientation}");
            }
        }
    }
}

/// Checklist 94. Pitfall S14. By content and not by name: it has none here.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_kind_of_picture_is_read_in_its_colours(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (whole, block) = (scene(SIZE), |x, y| colour(x * 800 / SIZE.0, y * 800 / SIZE.1));
    let trailing = [jpeg(&whole), b"<html><script>alert(1)</script>".to_vec()].concat();
    let deep: ImageBuffer<Rgba<u16>, Vec<u16>> = DynamicImage::ImageRgb8(whole.clone()).into_rgba16();
    for (kind, bytes) in [
        ("JPEG", jpeg(&whole)),
        ("JPEG in passes", blocks::progressive(SIZE, &block)),
        ("JPEG of inks", blocks::inks(SIZE, Inks::Plain, &block)),
        ("JPEG of Adobe's inks", blocks::inks(SIZE, Inks::OfAdobe, &block)),
        ("JPEG of Adobe's turned inks", blocks::inks(SIZE, Inks::OfAdobeTurned, &block)),
        ("JPEG with a page behind it", trailing),
        ("PNG", packed(whole.clone(), ImageFormat::Png)),
        ("PNG of sixteen bits", packed(deep, ImageFormat::Png)),
        ("see-through PNG", packed(see_through(), ImageFormat::Png)),
        ("GIF", packed(whole.clone(), ImageFormat::Gif)),
        ("WebP", packed(whole.clone(), ImageFormat::WebP)),
        ("see-through WebP", packed(see_through(), ImageFormat::WebP)),
    ] {
        let taken = take(&shop, &bytes).await;
        assert_eq!((taken.picture.width, taken.picture.height), SIZE, "{kind}");
        let picture = widest(&shop, &taken);
        if kind.starts_with("see-through") {
            assert!(
                picture.get_pixel(SIZE.0 / 2, 550).0.iter().all(|value| *value > 245),
                "{kind} lies on a dark ground"
            );
        } else {
            shows_the_scene(&picture, 24).unwrap_or_else(|why| panic!("{kind}: {why}"));
        }
        let red = picture.get_pixel(SIZE.0 / 5, SIZE.1 / 5).0;
        assert!(red[0] > 170 && red[1] < 70 && red[2] < 70, "{kind}: {red:?}");
        assert!(!stored(&shop, &taken, SIZE.0).windows(7).any(|part| part == b"<script"), "{kind}");
    }
    let greys: [(&str, Vec<u8>); 3] = [
        ("grey JPEG", blocks::grey(SIZE, &block)),
        ("grey PNG", packed(grey(), ImageFormat::Png)),
        ("grey PNG of sixteen bits", packed(DynamicImage::ImageLuma8(grey()).into_luma16(), ImageFormat::Png)),
    ];
    for (kind, bytes) in greys {
        let picture = widest(&shop, &take(&shop, &bytes).await);
        for (x, y) in [(20, 20), (80, 20), (20, 80), (80, 80), (50, 60)] {
            let expected = blocks::brightness(colour(x, y));
            let pixel = picture.get_pixel(SIZE.0 * x / 100, SIZE.1 * y / 100).0;
            assert!(
                pixel.iter().all(|value| value.abs_diff(expected) < 16),
                "{kind} at {x}, {y}: {pixel:?}, {expected}"
            );
        }
    }
}

fn grey() -> GrayImage {
    GrayImage::from_fn(SIZE.0, SIZE.1, |x, y| Luma([blocks::brightness(colour(x * 100 / SIZE.0, y * 100 / SIZE.1))]))
}

/// What a wide screen calls red is a stronger red than sRGB's: the numbers change, so that the colour does not.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn colours_of_another_screen_are_translated(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let flat = RgbImage::from_pixel(64, 80, image::Rgb([180, 90, 80]));
    let wide = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let colour_of = async |bytes: &[u8]| *widest(&shop, &take(&shop, bytes).await).get_pixel(32, 40);

    let plain = colour_of(&packed(flat.clone(), ImageFormat::Png)).await.0;
    let translated = colour_of(&png_with_profile(&flat, wide)).await.0;
    let nonsense = colour_of(&png_with_profile(&flat, b"no profile at all".to_vec())).await.0;

    assert!(plain[0].abs_diff(180) < 4 && plain[1].abs_diff(90) < 4, "{plain:?}");
    assert!(translated[0] > 186 && translated[1] < 89, "{translated:?}");
    assert_eq!(nonsense, plain, "a profile that makes no sense is passed over");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn of_an_animation_the_first_frame_is_kept_and_that_is_told(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for (kind, bytes) in [("GIF", animated_gif()), ("WebP", animated_webp())] {
        for turn in ["at first", "and when it is known"] {
            let taken = take(&shop, &bytes).await;
            assert!(taken.notes.contains(&PictureNote::FirstFrameOnly), "{kind} {turn}: {:?}", taken.notes);
            shows_the_scene(&widest(&shop, &taken), 24).unwrap_or_else(|why| panic!("{kind}: {why}"));
        }
    }
    let still = take(&shop, &packed(scene(SIZE), ImageFormat::Gif)).await;
    assert_eq!(still.notes, [PictureNote::LooksBlurred { width: SIZE.0 }]);
}

/// Checklist 94. Pitfall S14. Each is told what it is and what to do, and leaves neither a row nor a file.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_no_picture_is_refused_by_a_sentence_of_its_own(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let whole = jpeg(&scene(SIZE));
    let half = |bytes: Vec<u8>| bytes[..bytes.len() / 2].to_vec();
    let mut damaged = packed(scene(SIZE), ImageFormat::Png);
    let middle = damaged.len() / 2;
    damaged[middle..middle + 40].fill(0x55);
    let large = |megapixels| Message::PictureTooLarge { megapixels, most_megapixels: 50 };
    let mut heavy = whole.clone();
    heavy.resize(MOST_BYTES + 1, 0);
    for (what, bytes, expected) in [
        ("nothing", Vec::new(), Message::EmptyPicture),
        ("a half JPEG", half(whole.clone()), Message::CutOffPicture),
        ("the head of a JPEG", whole[..20].to_vec(), Message::CutOffPicture),
        ("a half PNG", half(packed(scene(SIZE), ImageFormat::Png)), Message::CutOffPicture),
        ("a half GIF", half(packed(scene(SIZE), ImageFormat::Gif)), Message::CutOffPicture),
        ("a half WebP", half(packed(scene(SIZE), ImageFormat::WebP)), Message::CutOffPicture),
        ("a damaged PNG", damaged, Message::BrokenPicture),
        ("400 megapixels", bomb(20_000, 20_000), large(400)),
        ("a wide bomb", bomb(60_000, 2_000), large(120)),
        ("the widest", bomb(i32::MAX.unsigned_abs(), 1), large(2_148)),
        ("a heavy file", heavy, Message::PictureTooHeavy { most_megabytes: 20 }),
        ("an iPhone's", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic".to_vec(), Message::HeicPicture),
        ("AVIF", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf".to_vec(), Message::AvifPicture),
        ("SVG", b"<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>".to_vec(), Message::SvgPicture),
        ("a page", b"<html><script>alert(1)</script></html>".to_vec(), Message::WebPageNotPicture),
        ("words", b"kemeja".to_vec(), Message::NotAPicture),
    ] {
        let said = refusal(&shop, &bytes).await;
        assert_eq!(said, expected, "{what}");
    }
    assert_eq!(shop.count("select count(*) from pictures").await, 0);
    assert_eq!(files(&shop), 0);
}

/// No bytes at all bring down whoever reads them.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_picture_with_a_wrong_byte_anywhere_is_read_or_refused(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let small = scene((40, 50));
    for whole in [
        jpeg(&small),
        packed(small.clone(), ImageFormat::Png),
        packed(small.clone(), ImageFormat::Gif),
        packed(small.clone(), ImageFormat::WebP),
        held(6)[..400].to_vec(),
    ] {
        for at in (0..whole.len()).step_by(whole.len() / 23) {
            let mut bytes = whole.clone();
            bytes[at] ^= 0xa5;
            match media::take(&shop, &shop.owner, bytes).await {
                Ok(_) | Err(Error::Invalid(_)) => {}
                Err(other) => panic!("at {at}: {other:?}"),
            }
        }
    }
}

/// Checklist 94. Nothing is made larger than it is, and every file that a page may name is there.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_picture_is_kept_in_the_widths_that_it_has(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for (size, kept, expected) in [
        ((2_400, 1_800), (1_600, 1_200), vec![400, 800, 1_200, 1_600]),
        ((900, 700), (900, 700), vec![400, 800, 900]),
        ((120, 150), (120, 150), vec![120]),
        ((1, 1), (1, 1), vec![1]),
        ((20, 9_000), (18, 8_000), vec![18]),
    ] {
        let picture = RgbaImage::from_pixel(size.0, size.1, Rgba([120, 90, 60, 255]));
        let taken = take(&shop, &packed(picture, ImageFormat::Png)).await;
        assert_eq!((taken.picture.width, taken.picture.height), kept, "{size:?}");
        assert_eq!(widths(kept.0).collect::<Vec<_>>(), expected);
        for width in expected {
            let file = unpacked(&stored(&shop, &taken, width));
            assert_eq!(file.dimensions(), (width, taken.picture.size(width).1), "{size:?}");
        }
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_placeholder_is_a_blur_of_few_letters(db: MySqlPool) {
    use base64::Engine as _;

    let shop = TestShop::open(db).await;
    let taken = take(&shop, &jpeg(&scene((1_200, 1_500)))).await;
    let letters = taken.picture.placeholder.strip_prefix("data:image/webp;base64,").unwrap();
    assert!(letters.len() < 450, "{} letters", letters.len());
    let blur = unpacked(&base64::engine::general_purpose::STANDARD.decode(letters).unwrap());
    assert_eq!(blur.dimensions(), (16, 20));
    let red = blur.get_pixel(3, 4).0;
    assert!(red[0] > red[1] + 60 && red[0] > red[2] + 60, "{red:?}");
}

/// The same content is one picture, also when it comes many times at once.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_same_bytes_at_once_are_one_picture(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let bytes = jpeg(&scene(SIZE));
    let all: Vec<_> = (0..8)
        .map(|_| {
            let (shop, owner, bytes) = ((*shop).clone(), shop.owner.clone(), bytes.clone());
            tokio::spawn(async move { media::take(&shop, &owner, bytes).await.unwrap() })
        })
        .collect();
    let mut taken = Vec::new();
    for one in all {
        taken.push(one.await.unwrap());
    }

    assert!(taken.iter().all(|one| *one == taken[0]), "{taken:?}");
    assert_eq!(shop.count("select count(*) from pictures").await, 1);
    assert_eq!(files(&shop), 2, "and nothing half written stays");
    let other = take(&shop, &jpeg(&scene((480, 599)))).await;
    assert_ne!(other.picture.key, taken[0].picture.key);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn whoever_may_not_change_the_catalogue_brings_no_picture(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let member = domain::staff::Staff { role: Role::Staff, ..shop.owner.clone() };
    let refused = media::take(&shop, &member, jpeg(&scene(SIZE))).await.unwrap_err();
    assert!(matches!(refused, Error::Forbidden(_)), "{refused:?}");
    assert_eq!(files(&shop), 0);
}
