//! The goods: products of our own kinds, with about four variants each, as a file of our own form.

use std::ops::Range;

use csv::Writer;

use super::draw::Draw;
use super::words::{COLOURS, DEPARTMENTS, Department, Kind, SENTENCES, SERIES, SIZES, STYLES, Words};

/// A product.
pub(crate) struct Good {
    department: &'static Department,
    category: &'static Words,
    kind: &'static Kind,
    slug: String,
    name: [String; 2],
    description: [String; 2],
    pub(crate) status: &'static str,
    colours: Vec<usize>,
    sizes: Vec<usize>,
    pub(crate) items: Vec<Item>,
    pictures: Vec<usize>,
}

/// A variant.
pub(crate) struct Item {
    pub(crate) sku: String,
    pub(crate) price: i64,
    compare_at: Option<i64>,
    colour: Option<usize>,
    size: Option<usize>,
    barcode: String,
    weight: u32,
    /// What stays on its shelf in the end.
    pub(crate) left: u32,
}

/// How many colours and sizes: about four variants.
const SHAPES: [(usize, usize); 10] = [(0, 0), (0, 0), (0, 3), (0, 4), (2, 2), (2, 2), (4, 0), (0, 5), (2, 3), (3, 2)];

const COLUMNS: [&str; 31] = [
    "product",
    "name:id",
    "name:en",
    "description:id",
    "description:en",
    "category_path:id",
    "category_path:en",
    "status",
    "option1:id",
    "option1:en",
    "option1_values:id",
    "option1_values:en",
    "option1_swatches",
    "option2:id",
    "option2:en",
    "option2_values:id",
    "option2_values:en",
    "sku",
    "option1_value:id",
    "option1_value:en",
    "option2_value:id",
    "option2_value:en",
    "barcode",
    "price",
    "compare_at_price",
    "cost",
    "weight_grams",
    "stock",
    "picture",
    "picture_alt:id",
    "picture_alt:en",
];

/// The products of those numbers, always the same ones for a seed.
pub(crate) fn drawn(seed: u64, numbers: Range<usize>, pictures: usize) -> Vec<Good> {
    let mut draw = Draw::of(seed, 1);
    numbers.map(|number| good(&mut draw, number, pictures)).collect()
}

fn good(draw: &mut Draw, number: usize, pictures: usize) -> Good {
    let department = draw.one(&DEPARTMENTS);
    let (category, kinds) = draw.one(&department.1);
    let kind = draw.one(kinds);
    let (series, style) = (draw.one(&SERIES), draw.one(&STYLES));
    let name = [format!("{} {series} {}", kind.0.0, style.0), format!("{series} {} {}", style.1, kind.0.1)];
    let description = [false, true].map(|is_english| {
        let first = draw.below(SENTENCES.len());
        let several = (0..4).map(|at| &SENTENCES[(first + at * 3) % SENTENCES.len()]);
        let several: Vec<&str> = several.map(|words| if is_english { words.1 } else { words.0 }).collect();
        several.join("\n\n")
    });
    let (colours, sizes) = *draw.one(&SHAPES);
    let colours = some(draw, COLOURS.len(), colours);
    let sizes: Vec<usize> = (0..sizes).collect();
    let (low, high) = kind.2;
    let price = i64::from(draw.between(low * 2, high * 2)) * 500;
    let on_offer = draw.in_a_thousand(200);
    let weight = draw.between(1, 24) * 50;
    let mut items = Vec::new();
    for colour in chosen(&colours) {
        for size in chosen(&sizes) {
            let dearer = if size.is_some_and(|size| size >= 3) { price / 10 / 500 * 500 } else { 0 };
            let price = price + dearer;
            let place = items.len();
            items.push(Item {
                sku: format!("{}-{number:05}-{}", kind.1, place + 1),
                price,
                compare_at: on_offer.then_some((price * 5 / 4 / 500 + 1) * 500),
                colour,
                size,
                barcode: if draw.in_a_thousand(650) { barcode(number, place) } else { String::new() },
                weight,
                left: left(draw),
            });
        }
    }
    let status = match draw.between(1, 100) {
        1..=90 => "active",
        91..=95 => "draft",
        _ => "archived",
    };
    let slug = format!("{}-{}-{number}", slug_of(kind.0.0), slug_of(style.0));
    let shown = 1 + draw.below(3).min(pictures.saturating_sub(1));
    let pictures = if pictures == 0 { Vec::new() } else { some(draw, pictures, shown) };
    Good { department, category, kind, slug, name, description, status, colours, sizes, items, pictures }
}

/// Most shelves are well filled, some nearly empty, some empty.
fn left(draw: &mut Draw) -> u32 {
    match draw.between(1, 100) {
        1..=5 => 0,
        6..=15 => draw.between(1, 3),
        _ => draw.between(4, 80),
    }
}

/// So many different numbers below `end`, ascending from a random one.
fn some(draw: &mut Draw, end: usize, count: usize) -> Vec<usize> {
    let first = draw.below(end);
    (0..count.min(end)).map(|at| (first + at * 5) % end).fold(Vec::new(), |mut found, at| {
        let free = (at..at + end).map(|at| at % end).find(|at| !found.contains(at));
        found.extend(free);
        found
    })
}

fn chosen(of: &[usize]) -> Vec<Option<usize>> {
    if of.is_empty() { vec![None] } else { of.iter().copied().map(Some).collect() }
}

fn slug_of(text: &str) -> String {
    let letters =
        text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect::<String>();
    letters.trim_matches('-').to_owned()
}

/// An EAN-13 of Indonesia with its check digit.
fn barcode(number: usize, place: usize) -> String {
    let digits = format!("899{number:07}{place:02}");
    let sum: u32 =
        digits.bytes().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// The rows of a product; `received` tells what came in of a SKU.
fn rows(good: &Good, pictures: &[String], received: &dyn Fn(&Item) -> u32) -> Vec<[String; 31]> {
    let mut rows = vec![[const { String::new() }; 31]; good.items.len().max(good.pictures.len())];
    let mut set = |row: usize, column: &str, text: String| {
        rows[row][COLUMNS.iter().position(|known| *known == column).unwrap()] = text;
    };
    let path = |pick: fn(&Words) -> &'static str| {
        [pick(&good.department.0), pick(good.category), pick(&good.kind.0)].join(" > ")
    };
    set(0, "name:id", good.name[0].clone());
    set(0, "name:en", good.name[1].clone());
    set(0, "description:id", good.description[0].clone());
    set(0, "description:en", good.description[1].clone());
    set(0, "category_path:id", path(|words| words.0));
    set(0, "category_path:en", path(|words| words.1));
    set(0, "status", good.status.to_owned());
    let colours: Vec<&Words> = good.colours.iter().map(|at| &COLOURS[*at].0).collect();
    let sizes: Vec<&Words> = good.sizes.iter().map(|at| &SIZES[*at]).collect();
    let list = |words: &[&Words], pick: fn(&Words) -> &'static str| {
        words.iter().map(|words| pick(words)).collect::<Vec<_>>().join("|")
    };
    let kinds = [(("Warna", "Colour"), &colours), (("Ukuran", "Size"), &sizes)];
    for (number, (name, values)) in (1..).zip(kinds.into_iter().filter(|(_, values)| !values.is_empty())) {
        set(0, &format!("option{number}:id"), name.0.to_owned());
        set(0, &format!("option{number}:en"), name.1.to_owned());
        set(0, &format!("option{number}_values:id"), list(values, |words| words.0));
        set(0, &format!("option{number}_values:en"), list(values, |words| words.1));
    }
    if !good.colours.is_empty() {
        let swatches: Vec<&str> = good.colours.iter().map(|at| COLOURS[*at].1).collect();
        set(0, "option1_swatches", swatches.join("|"));
    }
    for (row, item) in good.items.iter().enumerate() {
        let values = [item.colour.map(|at| &COLOURS[at].0), item.size.map(|at| &SIZES[at])];
        for (number, words) in (1..).zip(values.into_iter().flatten()) {
            set(row, &format!("option{number}_value:id"), words.0.to_owned());
            set(row, &format!("option{number}_value:en"), words.1.to_owned());
        }
        set(row, "sku", item.sku.clone());
        set(row, "barcode", item.barcode.clone());
        set(row, "price", item.price.to_string());
        set(row, "compare_at_price", item.compare_at.map(|price| price.to_string()).unwrap_or_default());
        set(row, "cost", (item.price * 3 / 5).to_string());
        set(row, "weight_grams", item.weight.to_string());
        set(row, "stock", received(item).to_string());
    }
    for (row, picture) in good.pictures.iter().enumerate() {
        set(row, "picture", pictures[*picture].clone());
        set(row, "picture_alt:id", format!("{}, gambar {}", good.name[0], row + 1));
        set(row, "picture_alt:en", format!("{}, picture {}", good.name[1], row + 1));
    }
    for row in &mut rows {
        row[0].clone_from(&good.slug);
    }
    rows
}

/// All goods as a file.
pub(crate) fn file(goods: &[Good], pictures: &[String], received: &dyn Fn(&Item) -> u32) -> Vec<u8> {
    let mut writer = Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).unwrap();
    for good in goods {
        for row in rows(good, pictures, received) {
            writer.write_record(&row).unwrap();
        }
    }
    writer.into_inner().unwrap()
}
