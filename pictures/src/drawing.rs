//! From the pixels of a picture to the files of the store: upright, in a screen's colours, in every width that is kept.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::media::{height_at, kept_size, widths};
use domain::message::Message;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::pixels::U8x4;
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use crate::reading::{PixelKind, Pixels};
use crate::{Trouble, reading};

type Result<T> = std::result::Result<T, Trouble>;

/// A picture as it is kept, in pixels and WebP files.
#[derive(Debug)]
pub struct Drawn {
    pub width: u32,
    pub height: u32,
    pub placeholder: String,
    /// The files by their widths, ascending.
    pub files: Vec<(u32, Vec<u8>)>,
}

/// The longest side of a placeholder.
const BLUR: u32 = 20;
/// The most letters of a placeholder; a blur that takes more is none.
pub const MOST_PLACEHOLDER: usize = 480;

/// Draws every file of a picture. The work of a second: for a thread of its own.
pub(crate) fn draw(pixels: Pixels) -> Result<Drawn> {
    let whole = upright(pixels)?;
    let (width, height) = whole.dimensions();
    let mut files = Vec::new();
    for kept in widths(width) {
        let scaled = resize(&whole, kept, height_at((width, height), kept))?;
        files.push((kept, encode(&scaled, quality(kept))?));
    }
    Ok(Drawn { width, height, placeholder: placeholder(&whole)?, files })
}

/// The picture so small that it is only a blur, as an address that needs no file.
pub(crate) fn placeholder(whole: &RgbImage) -> Result<String> {
    let (width, height) = whole.dimensions();
    let longest = width.max(height).max(1);
    let side = |length: u32| (length * BLUR / longest).max(1);
    let tiny = encode(&resize(whole, side(width), side(height))?, 40.0)?;
    let address = format!("data:image/webp;base64,{}", STANDARD.encode(tiny));
    Ok(if address.len() <= MOST_PLACEHOLDER { address } else { String::new() })
}

/// As large as it is kept, in the colours of a screen, turned as it was held.
fn upright(pixels: Pixels) -> Result<RgbImage> {
    let Pixels { bytes, width, height, kind, orientation, profile } = pixels;
    let is_lying = matches!(
        orientation,
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let swapped = |(width, height)| if is_lying { (height, width) } else { (width, height) };
    let (kept_width, kept_height) = swapped(kept_size(swapped((width, height))));
    // Small first: turning and colouring a few pixels is cheap.
    let small = scale(&bytes, (width, height), (kept_width, kept_height), kind)?;
    drop(bytes);
    let screen = on_screen(small, kind, profile.as_deref());
    let screen = RgbImage::from_raw(kept_width, kept_height, screen)
        .ok_or_else(|| Trouble::Failed("pixels are missing".to_owned()))?;
    let mut screen = DynamicImage::ImageRgb8(screen);
    screen.apply_orientation(orientation);
    Ok(screen.into_rgb8())
}

fn resize(from: &RgbImage, width: u32, height: u32) -> Result<RgbImage> {
    let bytes = scale(from.as_raw(), from.dimensions(), (width, height), PixelKind::Rgb)?;
    RgbImage::from_raw(width, height, bytes).ok_or_else(|| Trouble::Failed("pixels are missing".to_owned()))
}

/// The library scales pixels of four parts faster than those of three, and need only be compiled for them.
fn scale(bytes: &[u8], from: (u32, u32), to: (u32, u32), kind: PixelKind) -> Result<Vec<u8>> {
    Ok(match kind {
        PixelKind::Inks => scale_fours(bytes, from, to)?,
        PixelKind::Rgb => {
            let fours: Vec<u8> =
                bytes.as_chunks::<3>().0.iter().flat_map(|&[red, green, blue]| [red, green, blue, 0]).collect();
            scale_fours(&fours, from, to)?
                .as_chunks::<4>()
                .0
                .iter()
                .flat_map(|&[red, green, blue, _]| [red, green, blue])
                .collect()
        }
        PixelKind::Grey => {
            let fours: Vec<u8> = bytes.iter().flat_map(|&grey| [grey; 4]).collect();
            scale_fours(&fours, from, to)?.as_chunks::<4>().0.iter().map(|&[grey, ..]| grey).collect()
        }
    })
}

fn scale_fours(bytes: &[u8], from: (u32, u32), to: (u32, u32)) -> Result<Vec<u8>> {
    let from = ImageRef::new(from.0, from.1, bytes, PixelType::U8x4).map_err(failed)?;
    let mut scaled = Image::new(to.0, to.1, PixelType::U8x4);
    let how = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(false);
    let (Some(from), Some(mut view)) = (from.typed_image::<U8x4>(), scaled.typed_image_mut::<U8x4>()) else {
        return Err(Trouble::Failed("pixels of another kind".to_owned()));
    };
    Resizer::new().resize_typed(&from, &mut view, &how).map_err(failed)?;
    drop(view);
    Ok(scaled.into_vec())
}

/// The pixels as red, green and blue of sRGB.
fn on_screen(pixels: Vec<u8>, kind: PixelKind, profile: Option<&[u8]>) -> Vec<u8> {
    if let Some(translated) = profile.and_then(|profile| translate(&pixels, kind, profile)) {
        return translated;
    }
    match kind {
        PixelKind::Rgb => pixels,
        PixelKind::Grey => pixels.into_iter().flat_map(|grey| [grey; 3]).collect(),
        PixelKind::Inks => pixels.chunks_exact(4).flat_map(mix).collect(),
    }
}

/// By the profile that the file brought; nothing when it makes no sense or does not fit.
fn translate(pixels: &[u8], kind: PixelKind, profile: &[u8]) -> Option<Vec<u8>> {
    let (space, layout, size) = match kind {
        PixelKind::Rgb => (DataColorSpace::Rgb, Layout::Rgb, 3),
        PixelKind::Grey => (DataColorSpace::Gray, Layout::Gray, 1),
        PixelKind::Inks => (DataColorSpace::Cmyk, Layout::Rgba, 4),
    };
    let profile = ColorProfile::new_from_slice(profile).ok().filter(|profile| profile.color_space == space)?;
    let screen = ColorProfile::new_srgb();
    let translator = profile.create_transform_8bit(layout, &screen, Layout::Rgb, TransformOptions::default()).ok()?;
    let mut translated = vec![0; pixels.len() / size * 3];
    translator.transform(pixels, &mut translated).ok()?;
    Some(translated)
}

/// What inks without a profile look like: each takes away its own colour, and black all three.
fn mix(inks: &[u8]) -> [u8; 3] {
    let black = 255 - u32::from(inks.get(3).copied().unwrap_or_default());
    let left = |at: usize| (255 - u32::from(inks.get(at).copied().unwrap_or_default())) * black / 255;
    [left(0), left(1), left(2)].map(|value| u8::try_from(value).unwrap_or(u8::MAX))
}

fn encode(picture: &RgbImage, quality: f32) -> Result<Vec<u8>> {
    let mut config =
        webp::WebPConfig::new().map_err(|()| Trouble::Failed("libwebp has no default settings".to_owned()))?;
    config.quality = quality;
    config.method = 4;
    let encoder = webp::Encoder::from_rgb(picture.as_raw(), picture.width(), picture.height());
    let encoded = encoder.encode_advanced(&config);
    encoded
        .map(|bytes| bytes.to_vec())
        .map_err(|error| Trouble::Failed(format!("libwebp refused a picture: {error:?}")))
}

/// The WebP quality of a width: dense screens forgive what small files show.
const fn quality(width: u32) -> f32 {
    match width {
        0..=600 => 82.0,
        601..=1_000 => 78.0,
        _ => 74.0,
    }
}

fn failed(cause: impl std::fmt::Display) -> Trouble {
    Trouble::Failed(cause.to_string())
}

/// What a picture is like that somebody else has drawn: a readable WebP file for each width of the widest of them.
///
/// # Errors
/// A file that cannot be read, is of another width than it says, or is missing.
pub fn adopt(mut files: Vec<(u32, Vec<u8>)>) -> Result<Drawn> {
    files.sort_by_key(|(width, _)| *width);
    let (Some((_, narrowest)), Some((width, _))) = (files.first(), files.last()) else {
        return Err(Message::BrokenPicture.into());
    };
    let width = *width;
    if !widths(width).eq(files.iter().map(|(width, _)| *width)) {
        return Err(Message::BrokenPicture.into());
    }
    let mut height = 0;
    for (width, bytes) in &files {
        let (actual, high) = reading::look(bytes)?.size;
        if actual != *width || !bytes.starts_with(b"RIFF") {
            return Err(Message::BrokenPicture.into());
        }
        height = high;
    }
    let small = upright(reading::read(narrowest, &reading::look(narrowest)?)?)?;
    Ok(Drawn { width, height, placeholder: placeholder(&small)?, files })
}
