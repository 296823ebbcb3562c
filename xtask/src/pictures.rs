//! Draws the demo shop's pictures: expands the SVG sources of `images/sources`, renders them and writes WebP to `images/store`.
//! A picture is drawn again only when its expanded source changed; `images/rendered.sha256` remembers what was drawn from what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{fs, thread};

use anyhow::{Context as _, Result, anyhow, bail, ensure};
use image::imageops::FilterType;
use image::{RgbImage, RgbaImage};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::{say, tree};

/// Every picture is 4:5 and is kept in these widths, each with its WebP quality: dense screens forgive what small ones show.
const SIZES: [(u32, f32); 3] = [(400, 78.0), (800, 64.0), (1200, 46.0)];
const FULL_WIDTH: u32 = 1200;
/// The size the drawings think in; a picture's crop is given in these units.
const CANVAS: (u32, u32) = (800, 1000);

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

/// The keys whose source was changed, added or removed without rendering. Empty means that `images/store` is up to date.
#[cfg(test)]
fn stale_keys(root: &Path) -> Result<Vec<String>> {
    let pictures = expand_all(root)?;
    let ledger = read_ledger(root)?;
    let store = root.join("images/store");
    let keys: BTreeSet<&String> = pictures.iter().map(|picture| &picture.key).collect();

    let changed = pictures
        .iter()
        .filter(|picture| ledger.get(&picture.key) != Some(&picture.hash()) || !picture.is_stored(&store))
        .map(|picture| picture.key.clone());
    let dropped = ledger.keys().filter(|key| !keys.contains(key)).cloned();
    Ok(changed.chain(dropped).collect())
}

/// Key and hash of the expanded source of every picture in the store, one a line.
const LEDGER: &str = "images/rendered.sha256";

/// `images/sources/pictures.toml`: which drawing gives which pictures.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    /// Background colours per category.
    walls: BTreeMap<String, BTreeMap<String, String>>,
    drawing: Vec<Drawing>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Drawing {
    source: String,
    wall: String,
    #[serde(default)]
    set: BTreeMap<String, String>,
    pictures: Vec<View>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct View {
    key: String,
    /// Left, top and width of the part to show; the height follows from 4:5.
    #[serde(default)]
    crop: Option<[u32; 3]>,
    #[serde(default)]
    set: BTreeMap<String, String>,
}

/// One picture, ready to be rendered.
struct Picture {
    key: String,
    svg: String,
}

impl Picture {
    fn hash(&self) -> String {
        let mut text = String::new();
        for byte in Sha256::digest(self.svg.as_bytes()) {
            // Writing to a String cannot fail.
            let _ = write!(text, "{byte:02x}");
        }
        text
    }

    fn is_stored(&self, store: &Path) -> bool {
        SIZES.iter().all(|(width, _)| store.join(format!("{}-{width}.webp", self.key)).is_file())
    }

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
        for (width, quality) in SIZES {
            let height = width / 4 * 5;
            let scaled = image::imageops::resize(&full, width, height, FilterType::Lanczos3);
            let mut config = webp::WebPConfig::new().map_err(|()| anyhow!("this libwebp has no default settings"))?;
            config.quality = quality;
            config.method = 6;
            let encoded = webp::Encoder::from_rgb(scaled.as_raw(), width, height)
                .encode_advanced(&config)
                .map_err(|error| anyhow!("picture {} cannot be encoded: {error:?}", self.key))?;
            fs::write(store.join(format!("{}-{width}.webp", self.key)), &*encoded)?;
        }
        Ok(())
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

fn expand_all(root: &Path) -> Result<Vec<Picture>> {
    let sources = root.join("images/sources");
    let plan = read(&sources.join("pictures.toml"))?;
    let plan: Plan = toml::from_str(&plan).context("images/sources/pictures.toml")?;

    let mut keys = BTreeSet::new();
    let mut pictures = Vec::new();
    for drawing in &plan.drawing {
        let wall = plan.walls.get(&drawing.wall).with_context(|| format!("no wall named {}", drawing.wall))?;
        for view in &drawing.pictures {
            ensure!(is_key(&view.key), "the key {:?} may only have a-z, 0-9 and hyphens", view.key);
            ensure!(keys.insert(view.key.clone()), "two pictures are named {}", view.key);
            let [left, top, width] = view.crop.unwrap_or([0, 0, CANVAS.0]);
            let mut words = wall.clone();
            words.extend(drawing.set.clone());
            words.extend(view.set.clone());
            words.insert("crop".to_owned(), format!("{left} {top} {width} {}", width * 5 / 4));
            words.insert("area".to_owned(), area_of(left, top, width));
            let zoom = f64::from(CANVAS.0) / f64::from(width);
            let svg = expand(&sources, &format!("{}.svg", drawing.source), &words, zoom, 0)
                .with_context(|| format!("picture {} from {}.svg", view.key, drawing.source))?;
            pictures.push(Picture { key: view.key.clone(), svg });
        }
    }
    Ok(pictures)
}

/// The region that filters work on: the crop and a margin for the shadows of what lies just outside.
fn area_of(left: u32, top: u32, width: u32) -> String {
    const MARGIN: u32 = 60;
    let (x, y) = (i64::from(left) - i64::from(MARGIN), i64::from(top) - i64::from(MARGIN));
    format!(r#"x="{x}" y="{y}" width="{}" height="{}""#, width + 2 * MARGIN, width * 5 / 4 + 2 * MARGIN)
}

/// Replaces every `{{…}}` of a source:
/// `{{> name word=value}}` inlines `name.svg`, `{{word}}` is a value of the plan, `{{word|dark}}` a shade of a colour, and `{{zoom*30}}` a
/// number that grows with the crop, for lighting filters, which count in pixels.
fn expand(sources: &Path, name: &str, words: &BTreeMap<String, String>, zoom: f64, depth: u8) -> Result<String> {
    ensure!(depth < 8, "{name} includes itself");
    let text = read(&sources.join(name))?;
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, after)) = rest.split_once("{{") {
        let (tag, after) = after.split_once("}}").with_context(|| format!("an open {{{{ in {name}"))?;
        out.push_str(before);
        if let Some(include) = tag.strip_prefix("> ") {
            let (partial, inner) = include_of(include, words).with_context(|| format!("{{{{{tag}}}}} in {name}"))?;
            out.push_str(&expand(sources, &partial, &inner, zoom, depth + 1)?);
        } else if let Some(number) = tag.strip_prefix("zoom*") {
            let number: f64 = number.parse().with_context(|| format!("{{{{{tag}}}}} in {name}"))?;
            let _ = write!(out, "{:.4}", number * zoom);
        } else {
            out.push_str(&value_of(tag, words).with_context(|| format!("{{{{{tag}}}}} in {name}"))?);
        }
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

/// Reads `name word=value …`: the file to inline and the words it sees. A value that starts with `@` is looked up here first.
fn include_of(include: &str, words: &BTreeMap<String, String>) -> Result<(String, BTreeMap<String, String>)> {
    let mut parts = include.split_whitespace();
    let name = parts.next().context("an include without a name")?;
    let mut inner = words.clone();
    for part in parts {
        let (word, value) = part.split_once('=').with_context(|| format!("{part:?} is not word=value"))?;
        let value = match value.strip_prefix('@') {
            Some(tag) => value_of(tag, words)?,
            None => value.to_owned(),
        };
        inner.insert(word.to_owned(), value);
    }
    Ok((format!("{name}.svg"), inner))
}

fn value_of(tag: &str, words: &BTreeMap<String, String>) -> Result<String> {
    let (word, tone) = tag.split_once('|').unwrap_or((tag, ""));
    toned(words.get(word).with_context(|| format!("nothing is set for {word}"))?, tone)
}

/// A shade of `#rrggbb`: mixed towards a warm black or white. Without a tone the value is used as it is.
fn toned(value: &str, tone: &str) -> Result<String> {
    let (target, percent) = match tone {
        "" => return Ok(value.to_owned()),
        "dark" => ([24, 18, 16], 22),
        "deep" => ([20, 15, 14], 48),
        "light" => ([255, 252, 246], 24),
        "pale" => ([255, 252, 246], 52),
        other => bail!("unknown tone {other:?}"),
    };
    let digits = value.strip_prefix('#').filter(|digits| digits.len() == 6).context("not a #rrggbb colour")?;
    let mut out = "#".to_owned();
    for (place, goal) in target.into_iter().enumerate() {
        let part = u32::from_str_radix(&digits[place * 2..place * 2 + 2], 16)?;
        let _ = write!(out, "{:02x}", (part * (100 - percent) + goal * percent) / 100);
    }
    Ok(out)
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn remove_unlisted(store: &Path, pictures: &[Picture]) -> Result<usize> {
    let listed: BTreeSet<String> = pictures
        .iter()
        .flat_map(|picture| SIZES.iter().map(move |(width, _)| format!("{}-{width}.webp", picture.key)))
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

fn read_ledger(root: &Path) -> Result<BTreeMap<String, String>> {
    let path = root.join(LEDGER);
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let text = read(&path)?;
    Ok(text.lines().filter_map(|line| line.split_once("  ")).map(|(hash, key)| (key.into(), hash.into())).collect())
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

fn read(path: &PathBuf) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_was_rendered_from_its_present_source() {
        let stale = stale_keys(&tree::root()).unwrap();
        assert!(stale.is_empty(), "run `cargo xtask pictures`; out of date: {stale:?}");
    }

    #[test]
    fn a_shade_moves_towards_its_target() {
        assert_eq!(toned("#808080", "").unwrap(), "#808080");
        assert_eq!(toned("#000000", "pale").unwrap(), "#84837f");
        assert!(toned("white", "dark").is_err());
        assert!(toned("#ffffff", "blue").is_err());
    }
}
