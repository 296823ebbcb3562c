//! From any bytes to the pixels of a picture: looked at first, unpacked only when it is small enough.

use std::io::Cursor;

use domain::media::{MOST_BYTES, MOST_PIXELS};
use domain::message::Message;
use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::metadata::Orientation;
use image::{ColorType, ImageDecoder, ImageError, Limits};
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;

use crate::formats::{Format, Jpeg, is_animated_gif, png_size};

/// What one decoder may ask for at once.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;
/// What a see-through pixel lies on: the light ground of a shop's shelf.
const GROUND: u32 = 255;

/// What the head of a file tells, before anything is unpacked.
#[derive(Debug)]
pub struct Head {
    format: Format,
    /// Whether there is more than the one frame that is read.
    pub is_animated: bool,
    /// About how many bytes reading it takes.
    pub memory: u64,
    pub(crate) size: (u32, u32),
    inks: Option<Jpeg>,
}

/// The pixels of a picture as they lie in its file.
pub(crate) struct Pixels {
    pub(crate) bytes: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) kind: PixelKind,
    /// How they have to be turned to stand upright.
    pub(crate) orientation: Orientation,
    /// What the numbers mean, when it is not what a screen shows.
    pub(crate) profile: Option<Vec<u8>>,
}

/// How many bytes a pixel has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PixelKind {
    Grey,
    Rgb,
    /// Of four inks; 0 is none.
    Inks,
}

/// Looks at a file, and unpacks nothing of it.
///
/// # Errors
/// Why it is not taken in: a sentence that says what to do.
pub fn look(bytes: &[u8]) -> Result<Head, Message> {
    if bytes.len() > MOST_BYTES {
        return Err(Message::PictureTooHeavy { most_megabytes: MOST_BYTES / 1024 / 1024 });
    }
    let format = Format::of(bytes)?;
    let unreadable = |error| trouble(&error, format, bytes);
    let decoder = open(format, bytes);
    let size = decoder.as_ref().map(|decoder| decoder.dimensions());
    // A size that no decoder would take is told as what it is.
    let (width, height) = match (size, format) {
        (Err(_), Format::Png) => png_size(bytes).unwrap_or_default(),
        (size, _) => size.unwrap_or_default(),
    };
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS {
        let (megapixels, most_megapixels) = (pixels.div_ceil(1_000_000), MOST_PIXELS / 1_000_000);
        return Err(Message::PictureTooLarge { megapixels, most_megapixels });
    }
    let decoder = decoder.map_err(unreadable)?;
    if pixels == 0 {
        return Err(Message::BrokenPicture);
    }
    // What is there only in part can look whole: the rest would be grey.
    if !format.is_whole(bytes) {
        return Err(Message::CutOffPicture);
    }
    let is_animated = match format {
        Format::Jpeg => false,
        Format::Png => PngDecoder::new(Cursor::new(bytes)).and_then(|png| png.is_apng()).unwrap_or(false),
        Format::Gif => is_animated_gif(bytes),
        Format::WebP => WebPDecoder::new(Cursor::new(bytes)).is_ok_and(|webp| webp.has_animation()),
    };
    let inks = Some(Jpeg::of(bytes)).filter(|jpeg| format == Format::Jpeg && jpeg.components == 4);
    // Packed pixels, the unpacked ones, and what lies between: a JPEG's may be kept in whole numbers of two bytes, and what
    // is scaled is copied as pixels of four.
    let unpacked = pixels * u64::from(decoder.color_type().bytes_per_pixel()).max(4);
    let between = if format == Format::Jpeg { pixels * 6 } else { (unpacked / 2).max(pixels * 4) };
    Ok(Head { format, is_animated, memory: bytes.len() as u64 + unpacked + between, size: (width, height), inks })
}

/// Unpacks a picture that was looked at. See-through pixels lie on the light ground afterwards.
pub(crate) fn read(bytes: &[u8], head: &Head) -> Result<Pixels, Message> {
    let unreadable = |error| trouble(&error, head.format, bytes);
    let mut decoder = open(head.format, bytes).map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    // Trouble with what only accompanies the picture is no trouble with it.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    if let Some(jpeg) = &head.inks {
        let bytes = inks(bytes, jpeg)?;
        return Ok(Pixels { bytes, width, height, kind: PixelKind::Inks, orientation, profile });
    }
    let color = decoder.color_type();
    let size = usize::try_from(decoder.total_bytes()).map_err(|_| Message::BrokenPicture)?;
    let mut pixels = vec![0; size];
    decoder.read_image_boxed(&mut pixels).map_err(unreadable)?;
    let kind = simplify(&mut pixels, color)?;
    Ok(Pixels { bytes: pixels, width, height, kind, orientation, profile })
}

fn open<'a>(format: Format, bytes: &'a [u8]) -> Result<Box<dyn ImageDecoder + 'a>, ImageError> {
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let bytes = Cursor::new(bytes);
    let mut decoder: Box<dyn ImageDecoder + 'a> = match format {
        Format::Jpeg => Box::new(JpegDecoder::new(bytes)?),
        Format::Png => Box::new(PngDecoder::with_limits(bytes, limits.clone())?),
        Format::Gif => Box::new(GifDecoder::new(bytes)?),
        Format::WebP => Box::new(WebPDecoder::new(bytes)?),
    };
    decoder.set_limits(limits)?;
    Ok(decoder)
}

/// Why a picture of a known format cannot be read.
fn trouble(error: &ImageError, format: Format, bytes: &[u8]) -> Message {
    tracing::debug!(%error, ?format, "a picture cannot be read");
    let ends_early = match error {
        ImageError::IoError(error) => error.kind() == std::io::ErrorKind::UnexpectedEof,
        ImageError::Decoding(error) => {
            let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<gif::DecodingError>());
            matches!(cause, Some(gif::DecodingError::UnexpectedEof))
        }
        ImageError::Encoding(_) | ImageError::Parameter(_) | ImageError::Limits(_) | ImageError::Unsupported(_) => {
            false
        }
    };
    if ends_early || !format.is_whole(bytes) { Message::CutOffPicture } else { Message::BrokenPicture }
}

/// Brings pixels of every kind to eight bits without transparency, in their own place: a large picture is there only once.
fn simplify(pixels: &mut Vec<u8>, color: ColorType) -> Result<PixelKind, Message> {
    match color {
        ColorType::L8 => return Ok(PixelKind::Grey),
        ColorType::Rgb8 => return Ok(PixelKind::Rgb),
        ColorType::La8 => shrink::<2, 1>(pixels, |[l, a]| [over(l, a)]),
        ColorType::Rgba8 => shrink::<4, 3>(pixels, |[r, g, b, a]| [over(r, a), over(g, a), over(b, a)]),
        ColorType::L16 => shrink::<2, 1>(pixels, |[l, m]| [high(l, m)]),
        ColorType::La16 => shrink::<4, 1>(pixels, |[l, m, a, b]| [over(high(l, m), high(a, b))]),
        ColorType::Rgb16 => shrink::<6, 3>(pixels, |[r, s, g, h, b, c]| [high(r, s), high(g, h), high(b, c)]),
        ColorType::Rgba16 => shrink::<8, 3>(pixels, |[r, s, g, h, b, c, a, z]| {
            let a = high(a, z);
            [over(high(r, s), a), over(high(g, h), a), over(high(b, c), a)]
        }),
        // None of the four formats has pixels of floats.
        ColorType::Rgb32F | ColorType::Rgba32F | _ => return Err(Message::BrokenPicture),
    }
    Ok(if matches!(color, ColorType::La8 | ColorType::L16 | ColorType::La16) {
        PixelKind::Grey
    } else {
        PixelKind::Rgb
    })
}

fn shrink<const FROM: usize, const TO: usize>(pixels: &mut Vec<u8>, as_few: impl Fn([u8; FROM]) -> [u8; TO]) {
    let count = pixels.len() / FROM;
    for at in 0..count {
        let mut many = [0; FROM];
        many.copy_from_slice(&pixels[at * FROM..(at + 1) * FROM]);
        pixels[at * TO..(at + 1) * TO].copy_from_slice(&as_few(many));
    }
    pixels.truncate(count * TO);
    pixels.shrink_to_fit();
}

fn over(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u32::from(value), u32::from(alpha));
    to_byte((value * alpha + GROUND * (255 - alpha) + 127) / 255)
}

/// The upper half of a number of two bytes, in this machine's order.
fn high(first: u8, second: u8) -> u8 {
    if cfg!(target_endian = "little") { second } else { first }
}

fn to_byte(value: u32) -> u8 {
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// The inks of a printer's JPEG, which `image` would mix without asking which way around they are written.
fn inks(bytes: &[u8], jpeg: &Jpeg) -> Result<Vec<u8>, Message> {
    let broken = |error| {
        tracing::debug!(%error, "a picture of inks cannot be read");
        Message::BrokenPicture
    };
    let options = DecoderOptions::default().set_strict_mode(false);
    let mut head = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    head.decode_headers().map_err(broken)?;
    let written = head.input_colorspace().ok_or(Message::BrokenPicture)?;
    let options = options.jpeg_set_out_colorspace(written);
    let mut pixels = zune_jpeg::JpegDecoder::new_with_options(ZCursor::new(bytes), options).decode().map_err(broken)?;
    for pixel in pixels.chunks_exact_mut(4) {
        if written == ColorSpace::YCCK {
            let [y, cb, cr] = [pixel[0], pixel[1], pixel[2]].map(i32::from);
            let (cb, cr) = (cb - 128, cr - 128);
            // The usual weights, in parts of 65536.
            let mixed =
                [y + (91_881 * cr) / 65_536, y - (22_554 * cb + 46_802 * cr) / 65_536, y + (116_130 * cb) / 65_536];
            pixel[..3].copy_from_slice(&mixed.map(|ink| to_byte(ink.clamp(0, 255).unsigned_abs())));
            pixel[3] = 255 - pixel[3];
        } else if jpeg.is_of_adobe {
            pixel.iter_mut().for_each(|ink| *ink = 255 - *ink);
        }
    }
    Ok(pixels)
}
