//! Renders expanded sources to WebP, and the app icon to PNG.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use anyhow::{Context as _, Result, anyhow};
use image::imageops::FilterType;
use image::{RgbImage, RgbaImage};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::{LEDGER, Picture, WIDTHS, expand_all, read, read_ledger};
use crate::{say, tree};

const FULL_WIDTH: u32 = 1200;

/// `cargo xtask pictures`.
pub(crate) fn run() -> Result<()> {
    say::line(
        "  drawing what changed; all of it takes some minutes (quicker with `cargo run --release -p xtask -- pictures`)",
    );
    let done = render(&tree::root())?;
    say::line(&format!("  {} drawn, {} kept, {} files removed", done.drawn, done.kept, done.removed));
    Ok(())
}

/// What a run of [`render`] did.
struct Rendered {
    drawn: usize,
    kept: usize,
    removed: usize,
}

/// Draws every picture whose source changed, removes pictures that are no longer listed, and renders the app icon.
///
/// `root` is the root of the repository. Fails on the first source that does not expand or parse, naming it.
fn render(root: &Path) -> Result<Rendered> {
    let pictures = expand_all(root)?;
    let before = read_ledger(root)?;
    let store = root.join("images/store");
    fs::create_dir_all(&store)?;

    let stale: Vec<&Picture> = pictures
        .iter()
        .filter(|picture| before.get(&picture.key) != Some(&picture.hash()) || !picture.is_stored(&store))
        .collect();
    draw_in_parallel(&stale, &store)?;
    let removed = remove_unlisted(&store, &pictures)?;
    fs::write(root.join(LEDGER), ledger_of(&pictures))?;
    render_icon(root)?;

    Ok(Rendered { drawn: stale.len(), kept: pictures.len() - stale.len(), removed })
}

impl Picture {
    fn rasterise(&self) -> Result<RgbImage> {
        let tree = Tree::from_str(&self.svg, &Options::default()).with_context(|| format!("picture {}", self.key))?;
        let (width, height) = (FULL_WIDTH, FULL_WIDTH / 4 * 5);
        let pixels = rasterise(&tree, width, height)?;
        // Every picture has an opaque background, so the premultiplied colour is the colour.
        let rgb = pixels.data().chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
        RgbImage::from_raw(width, height, rgb).ok_or_else(|| anyhow!("picture {} has a wrong size", self.key))
    }

    fn draw(&self, store: &Path) -> Result<()> {
        let full = self.rasterise()?;
        for width in WIDTHS {
            let height = width / 4 * 5;
            let scaled = image::imageops::resize(&full, width, height, FilterType::Lanczos3);
            let mut config = webp::WebPConfig::new().map_err(|()| anyhow!("this libwebp has no default settings"))?;
            config.quality = quality_of(width);
            config.method = 6;
            let encoded = webp::Encoder::from_rgb(scaled.as_raw(), width, height)
                .encode_advanced(&config)
                .map_err(|error| anyhow!("picture {} cannot be encoded: {error:?}", self.key))?;
            fs::write(store.join(format!("{}-{width}.webp", self.key)), &*encoded)?;
        }
        Ok(())
    }
}

/// The WebP quality of a width: dense screens forgive what small ones show.
const fn quality_of(width: u32) -> f32 {
    match width {
        400 => 78.0,
        800 => 64.0,
        _ => 46.0,
    }
}

fn draw_in_parallel(pictures: &[&Picture], store: &Path) -> Result<()> {
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    let workers = thread::available_parallelism().map_or(1, std::num::NonZero::get);
    thread::scope(|scope| {
        for _ in 0..workers.min(pictures.len()) {
            scope.spawn(|| {
                while let Some(picture) = pictures.get(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Err(error) = picture.draw(store) {
                        next.store(pictures.len(), Ordering::Relaxed);
                        if let Ok(mut slot) = failure.lock() {
                            *slot = Some(error);
                        }
                    }
                }
            });
        }
    });
    failure.into_inner().map_err(|_| anyhow!("a drawing thread panicked"))?.map_or(Ok(()), Err)
}

fn remove_unlisted(store: &Path, pictures: &[Picture]) -> Result<usize> {
    let listed: BTreeSet<String> = pictures
        .iter()
        .flat_map(|picture| WIDTHS.iter().map(move |width| format!("{}-{width}.webp", picture.key)))
        .collect();
    let mut removed = 0;
    for entry in fs::read_dir(store)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.ends_with(".webp") && !listed.contains(&name) {
            fs::remove_file(entry.path())?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn ledger_of(pictures: &[Picture]) -> String {
    let mut lines: Vec<String> =
        pictures.iter().map(|picture| format!("{}  {}\n", picture.hash(), picture.key)).collect();
    lines.sort_by(|a, b| a.split_once("  ").map(|(_, key)| key).cmp(&b.split_once("  ").map(|(_, key)| key)));
    lines.concat()
}

/// The app's mark: a PNG for each place that wants one, and the drawing itself as the shop's favicon.
fn render_icon(root: &Path) -> Result<()> {
    let source = root.join("images/icon.svg");
    let svg = read(&source)?;
    let tree = Tree::from_str(&svg, &Options::default()).context("images/icon.svg")?;
    let icons = root.join("src-tauri/icons");
    fs::create_dir_all(&icons)?;
    for (name, size) in [("icon.png", 512), ("128x128.png", 128), ("32x32.png", 32)] {
        let pixels = rasterise(&tree, size, size)?;
        let rgba = pixels.pixels().iter().map(|pixel| pixel.demultiply());
        let rgba = rgba.flat_map(|colour| [colour.red(), colour.green(), colour.blue(), colour.alpha()]).collect();
        let icon = RgbaImage::from_raw(size, size, rgba).context("the icon has a wrong size")?;
        icon.save(icons.join(name))?;
    }
    let assets = root.join("storefront/assets");
    fs::create_dir_all(&assets)?;
    fs::write(assets.join("favicon.svg"), svg)?;
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "picture sizes are far below what an f32 holds exactly")]
fn rasterise(tree: &Tree, width: u32, height: u32) -> Result<Pixmap> {
    let mut pixels = Pixmap::new(width, height).context("a picture needs a size")?;
    let scale = Transform::from_scale(width as f32 / tree.size().width(), height as f32 / tree.size().height());
    resvg::render(tree, scale, &mut pixels.as_mut());
    Ok(pixels)
}
