//! The demo shop's pictures: expands the SVG sources of `images/sources`, from which `draw` makes `images/store`.
//! Drawing needs heavy crates and so the feature `pictures`; a picture is drawn again only when its expanded source changed; `images/rendered.sha256` remembers what was drawn from what.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

#[cfg(feature = "pictures")]
mod draw;

#[cfg(feature = "pictures")]
pub(crate) use draw::run;

/// Every picture is 4:5 and is kept in these widths.
const WIDTHS: [u32; 3] = [400, 800, 1200];
/// The size the drawings think in; a picture's crop is given in these units.
const CANVAS: (u32, u32) = (800, 1000);

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
        WIDTHS.iter().all(|width| store.join(format!("{}-{width}.webp", self.key)).is_file())
    }
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

fn read_ledger(root: &Path) -> Result<BTreeMap<String, String>> {
    let path = root.join(LEDGER);
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let text = read(&path)?;
    Ok(text.lines().filter_map(|line| line.split_once("  ")).map(|(hash, key)| (key.into(), hash.into())).collect())
}

fn read(path: &PathBuf) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

#[cfg(test)]
mod tests {
    use super::{stale_keys, toned};
    use crate::tree;

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
