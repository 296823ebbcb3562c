//! How long a photograph of twelve megapixels takes and how much memory, and how large its files are:
//! `cargo build --example measure -p pictures -p features -p xtask && target/debug/examples/measure [FILE]`.

use std::time::Instant;

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

#[expect(clippy::print_stdout, reason = "a program for people")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let bytes = match std::env::args().nth(1) {
        Some(path) => std::fs::read(path)?,
        None => photograph()?,
    };
    println!("{} bytes in", bytes.len());
    // Linux counts the most memory anew from here on.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let began = Instant::now();
    let head = pictures::look(&bytes).map_err(|refusal| refusal.text(domain::locale::Locale::English))?;
    let looked = began.elapsed();
    let drawn = pictures::draw(bytes, &head)?;
    println!("looked at after {looked:.0?}, done after {:.0?}; expected {} MB", began.elapsed(), head.memory >> 20);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    println!("{}", status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or_default());
    for (width, file) in &drawn.files {
        println!("{width:>5} wide: {} bytes", file.len());
    }
    println!("a placeholder of {} letters", drawn.placeholder.len());
    Ok(())
}

/// Soft shapes with the grain of a camera.
fn photograph() -> Result<Vec<u8>, image::ImageError> {
    let mut state = 1_u32;
    let mut grain = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        state >> 28
    };
    let wave = |at: u32, length: u32| (at % length).min(length - at % length) * 400 / length;
    let photograph = RgbImage::from_fn(4_000, 3_000, |x, y| {
        let light = 20 + wave(x + y / 3, 900) / 4 + wave(y, 700) / 4;
        let pixel = [light + wave(x, 230) / 6, light + wave(y + x / 2, 410) / 8, light + 20];
        Rgb(pixel.map(|value| u8::try_from(value + grain()).unwrap_or(u8::MAX)))
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 92).encode_image(&photograph)?;
    Ok(bytes)
}
