//! The scene that every picture of these tests shows, in every form that a picture can have, and whether it is still seen.
//!
//! Red top left, green top right, blue bottom left, yellow bottom right, and a dark arrow that points up.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{Delay, DynamicImage, Frame, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage, imageops};

/// The shape of a phone's photograph, small.
pub(crate) const SIZE: (u32, u32) = (480, 600);
const GROUND: [u8; 3] = [236, 232, 226];
const DARK: [u8; 3] = [30, 30, 40];

/// The colour at a point of the scene, which is given in hundredths.
pub(crate) fn colour(x: u32, y: u32) -> [u8; 3] {
    let is_head = (20..40).contains(&y) && x.abs_diff(50) * 2 <= y - 20;
    match (x, y) {
        _ if is_head || ((40..80).contains(&y) && x.abs_diff(50) <= 3) => DARK,
        (8..33, 8..33) => [200, 30, 30],
        (67..92, 8..33) => [20, 150, 60],
        (8..33, 67..92) => [30, 60, 190],
        (67..92, 67..92) => [235, 200, 40],
        _ => GROUND,
    }
}

pub(crate) fn scene((width, height): (u32, u32)) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| Rgb(colour(x * 100 / width, y * 100 / height)))
}

/// Whether the scene is there, upright and in its colours, up to what packing changes.
pub(crate) fn shows_the_scene(picture: &RgbImage, tolerance: u8) -> Result<(), String> {
    let points = [(20, 20), (80, 20), (20, 80), (80, 80), (50, 34), (50, 70), (50, 92), (4, 50)];
    for (x, y) in points {
        let pixel = picture.get_pixel(picture.width() * x / 100, picture.height() * y / 100).0;
        let expected = colour(x, y);
        if pixel.iter().zip(expected).any(|(is, should)| is.abs_diff(should) > tolerance) {
            return Err(format!("at {x}, {y}: {pixel:?} instead of {expected:?}"));
        }
    }
    Ok(())
}

pub(crate) fn packed(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub(crate) fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92).encode_image(picture).unwrap();
    bytes
}

/// The scene as a camera keeps it that was held in another way, with the note that says so and the place where it was.
pub(crate) fn held(orientation: u8) -> Vec<u8> {
    let upright = scene(SIZE);
    // Each is what has to be undone.
    let as_held = match orientation {
        1 => upright,
        2 => imageops::flip_horizontal(&upright),
        3 => imageops::rotate180(&upright),
        4 => imageops::flip_vertical(&upright),
        5 => imageops::flip_horizontal(&imageops::rotate90(&upright)),
        6 => imageops::rotate270(&upright),
        7 => imageops::flip_horizontal(&imageops::rotate270(&upright)),
        _ => imageops::rotate90(&upright),
    };
    with_exif(jpeg(&as_held), orientation)
}

/// The words that stand beside a picture and that no shopper may read.
pub(crate) const SECRET_PLACE: &[u8] = b"Jalan Rahasia 7";

/// Puts a note of the camera behind the first mark of a JPEG.
fn with_exif(jpeg: Vec<u8>, orientation: u8) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
    // Two entries: the orientation, one short number; and a description, whose text follows the list.
    exif.extend([0, 2, 0x01, 0x0e, 0, 2, 0, 0, 0]);
    exif.push(u8::try_from(SECRET_PLACE.len()).unwrap());
    exif.extend([0, 0, 0, 38, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0]);
    exif.extend(SECRET_PLACE);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xff, 0xe1], &length, &exif, &jpeg[2..]].concat()
}

/// Where nothing is drawn, it is see-through, and black for whoever does not ask.
pub(crate) fn see_through() -> RgbaImage {
    let whole = scene(SIZE);
    RgbaImage::from_fn(whole.width(), whole.height(), |x, y| match whole.get_pixel(x, y).0 {
        GROUND => Rgba([0, 0, 0, 0]),
        [r, g, b] => Rgba([r, g, b, 255]),
    })
}

pub(crate) fn png_with_profile(picture: &RgbImage, profile: Vec<u8>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile).unwrap();
    encoder.write_image(picture.as_raw(), picture.width(), picture.height(), image::ExtendedColorType::Rgb8).unwrap();
    bytes
}

/// The scene, then nothing of it.
pub(crate) fn animated_gif() -> Vec<u8> {
    let mut bytes = Vec::new();
    let second = RgbaImage::from_pixel(SIZE.0, SIZE.1, Rgba([0, 0, 0, 255]));
    let first = DynamicImage::ImageRgb8(scene(SIZE)).into_rgba8();
    let frames = [first, second].map(|frame| Frame::from_parts(frame, 0, 0, Delay::from_numer_denom_ms(200, 1)));
    GifEncoder::new(&mut bytes).encode_frames(frames).unwrap();
    bytes
}

/// The same as a WebP file, put together from two still ones.
pub(crate) fn animated_webp() -> Vec<u8> {
    let (width, height) = (SIZE.0 - 1, SIZE.1 - 1);
    let three = |number: u32| number.to_le_bytes()[..3].to_vec();
    let chunk = |name: &[u8], content: &[u8]| -> Vec<u8> {
        let padding = &[0][..content.len() % 2];
        [name, &u32::try_from(content.len()).unwrap().to_le_bytes(), content, padding].concat()
    };
    let frame = |picture: RgbImage| {
        // Behind the file's own head stands the still picture's one chunk.
        let still = packed(picture, ImageFormat::WebP)[12..].to_vec();
        let head = [three(0), three(0), three(width), three(height), three(200), vec![0]].concat();
        chunk(b"ANMF", &[head, still].concat())
    };
    let nothing = RgbImage::new(SIZE.0, SIZE.1);
    let content = [
        b"WEBP".to_vec(),
        chunk(b"VP8X", &[vec![0b10, 0, 0, 0], three(width), three(height)].concat()),
        chunk(b"ANIM", &[0, 0, 0, 0, 0, 0]),
        frame(scene(SIZE)),
        frame(nothing),
    ]
    .concat();
    [b"RIFF".as_slice(), &u32::try_from(content.len()).unwrap().to_le_bytes(), &content].concat()
}

/// A PNG that says it is that large, one bit a pixel, and packs what it says into a few bytes.
pub(crate) fn bomb(width: u32, height: u32) -> Vec<u8> {
    let chunk = |name: &[u8; 4], content: &[u8]| -> Vec<u8> {
        let named = [name, content].concat();
        [&u32::try_from(content.len()).unwrap().to_be_bytes(), named.as_slice(), &crc(&named).to_be_bytes()].concat()
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[1, 0, 0, 0, 0]].concat();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &head),
        chunk(b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]),
        chunk(b"IEND", &[]),
    ]
    .concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc: u32, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 })
    })
}
