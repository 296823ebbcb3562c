//! What the former shop's goods become, worked out before anything is written.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, TimeDelta, Utc};
use domain::catalog::{OptionDocument, ProductStatus, ValueDocument};
use domain::locale::Translated;
use domain::money::Money;
use domain::reference::{Finding, FormerKind};
use domain::text::{Sku, line_up_to, lines_up_to};

use super::planned::{Goods, Planned, PlannedVariant};
use super::skus::sku_of;
use crate::reference::rows::Row;
use crate::reference::run::Run;

/// What the former shop writes for a choice that is none.
const NO_CHOICE: &str = "STANDAR";
/// The most units of one variant.
const MOST_UNITS: i64 = 1_000_000;
/// The most characters of a description.
const MOST_DESCRIPTION: usize = 20_000;

/// Works out what all products become.
pub(in crate::reference) fn plan(run: &mut Run<'_>) -> Goods {
    let mut goods = Goods::default();
    let categories: HashSet<u64> = run.former.table("categories").iter().filter_map(|row| row.number("id")).collect();
    let mut variants: HashMap<u64, Vec<(u64, Row)>> = HashMap::new();
    let products = run.numbered(FormerKind::Product, "products");
    let numbers: HashSet<u64> = products.iter().map(|(number, _)| *number).collect();
    for (number, row) in run.numbered(FormerKind::Stock, "product_variants") {
        let product = row.number("product_id").unwrap_or_default();
        if numbers.contains(&product) {
            variants.entry(product).or_default().push((number, row));
        } else {
            let what = domain::message::Words::of(|locale| FormerKind::Product.label(locale));
            run.refused(FormerKind::Stock, number, Finding::NotThere { what, number: product.to_string() });
        }
    }
    let is_new = |(number, row): &(u64, Row)| {
        row.whole("popularity").is_some_and(|views| views > 0) && !run.known.contains_key(&("product", *number))
    };
    if products.iter().any(is_new) {
        run.left_out(FormerKind::Product, "popularity", Finding::Views);
    }
    // Nobody noted when a product was made: it was before anything was sold, one after the other.
    let first = ["orders", "users"]
        .iter()
        .zip(["order_date", "created_at"])
        .filter_map(|(table, column)| run.former.table(table).iter().filter_map(|row| run.time(row, column)).min());
    let first = first.min().unwrap_or(run.now) - TimeDelta::days(1);
    for (at, (number, row)) in (0_i32..).zip(products) {
        let own = variants.remove(&number).unwrap_or_default();
        let made_at = first + TimeDelta::seconds(i64::from(at));
        let product = product(run, &mut goods, (number, &row), own, &categories, made_at);
        goods.add(product);
    }
    goods
}

fn product(
    run: &mut Run<'_>,
    goods: &mut Goods,
    (number, row): (u64, &Row),
    variants: Vec<(u64, Row)>,
    categories: &HashSet<u64>,
    made_at: DateTime<Utc>,
) -> Planned {
    let item = ("product", number);
    // What an earlier import told is not told again.
    let told = run.report.remarks.len();
    let which = FormerKind::Product;
    let name = match row.text("name") {
        Some(name) => line_up_to(&name, 200).unwrap_or_else(|_| {
            run.corrected(which, number, Finding::Shortened { most: 200 });
            name.chars().filter(|c| !c.is_control()).take(200).collect()
        }),
        None => {
            let name = format!("Produk {number}");
            run.corrected(which, number, Finding::NoName { name: name.clone() });
            name
        }
    };
    let category = row.number("category_id").filter(|category| {
        let is_there = categories.contains(category);
        if !is_there {
            run.corrected(which, number, Finding::CategoryGone { number: category.to_string() });
        }
        is_there
    });
    let price = run.money(which, number, row, "price").filter(|price| *price > Money::ZERO && price.is_ordinary());
    let has_price = price.is_some()
        || variants.iter().all(|(_, row)| row.amount("price").is_some_and(|own| own.money > Money::ZERO))
            && !variants.is_empty();
    let mut status = ProductStatus::Active;
    if !has_price {
        run.corrected(which, number, Finding::NoPrice);
        status = ProductStatus::Draft;
    }
    let is_marked = row.flag("has_variants");
    if is_marked && variants.is_empty() {
        run.corrected(which, number, Finding::NoVariants);
        status = ProductStatus::Draft;
    }
    if !is_marked && !variants.is_empty() {
        run.corrected(which, number, Finding::VariantsUnmarked);
    }

    let base = Base { number, row, price: price.unwrap_or(Money::ZERO) };
    let (options, variants) = if variants.is_empty() {
        (Vec::new(), vec![variant(run, goods, &base, None, ("", ""), Vec::new())])
    } else {
        choices(run, goods, &base, &variants)
    };
    let colors = row.text("colors");
    let shown: HashSet<String> =
        options.iter().flat_map(|option| &option.values).map(|value| value.value.id.to_lowercase()).collect();
    let is_all_shown = |colors: &str| colors.split(',').all(|color| shown.contains(&color.trim().to_lowercase()));
    let mut description = row.text("description").unwrap_or_default();
    if let Some(colors) = colors.filter(|colors| !is_all_shown(colors)) {
        description = format!("{description}\n\nWarna: {colors}").trim().to_owned();
    }
    if lines_up_to(&description, MOST_DESCRIPTION).is_err() {
        run.corrected(which, number, Finding::Shortened { most: MOST_DESCRIPTION });
        description = description.chars().filter(|c| !c.is_control() || *c == '\n').take(MOST_DESCRIPTION).collect();
    }
    // The product's own SKU has no other place when its variants have theirs.
    let sku = row.text("sku").filter(|sku| variants.iter().all(|variant| !variant.sku.eq_ignore_ascii_case(sku)));
    let main = row.text("image_url").into_iter();
    let mut pictures: Vec<String> = Vec::new();
    for file in main.chain(row.list("additional_image_urls")) {
        if !pictures.contains(&file) {
            pictures.push(file);
        }
    }
    if run.known.contains_key(&item) {
        run.report.remarks.truncate(told);
    }
    Planned {
        item,
        category,
        name,
        description,
        status,
        options,
        variants,
        note: sku.map(|sku| format!("SKU lama: {sku}")).unwrap_or_default(),
        made_at,
        pictures,
    }
}

/// What the variants of a product fall back to.
struct Base<'a> {
    number: u64,
    row: &'a Row,
    price: Money,
}

/// Options and variants of a product that has some.
fn choices(
    run: &mut Run<'_>,
    goods: &mut Goods,
    base: &Base<'_>,
    rows: &[(u64, Row)],
) -> (Vec<OptionDocument>, Vec<PlannedVariant>) {
    let listed: Vec<String> =
        base.row.text("colors").unwrap_or_default().split(',').map(|it| it.trim().to_owned()).collect();
    let chosen: Vec<[String; 2]> = rows
        .iter()
        .map(|(_, row)| {
            let choice = |column| row.text(column).unwrap_or_else(|| NO_CHOICE.to_owned());
            [as_written(&choice("color"), &listed), choice("size").chars().take(60).collect()]
        })
        .collect();
    let names = [("Warna", "Color"), ("Ukuran", "Size")];
    let kept: Vec<usize> =
        (0..2).filter(|at| chosen.iter().any(|choice| !choice[*at].eq_ignore_ascii_case(NO_CHOICE))).collect();
    let mut options: Vec<OptionDocument> = kept
        .iter()
        .map(|at| OptionDocument {
            id: None,
            name: Translated { id: names[*at].0.to_owned(), en: names[*at].1.to_owned() },
            values: Vec::new(),
        })
        .collect();
    let mut variants: Vec<PlannedVariant> = Vec::new();
    for ((number, row), choice) in rows.iter().zip(&chosen) {
        let mut values = Vec::new();
        for (option, at) in options.iter_mut().zip(&kept) {
            let same = |value: &ValueDocument| value.value.id.eq_ignore_ascii_case(&choice[*at]);
            let place = option.values.iter().position(same).unwrap_or(option.values.len());
            if place == option.values.len() {
                option.values.push(ValueDocument {
                    id: None,
                    value: Translated::same(choice[*at].clone()),
                    swatch: None,
                });
            }
            values.push(place);
        }
        let made = variant(run, goods, base, Some((*number, row)), (&choice[0], &choice[1]), values);
        match variants.iter_mut().find(|known| known.values == made.values) {
            Some(known) => {
                let choice = choice.join(" / ");
                run.corrected(FormerKind::Product, base.number, Finding::SameChoice { choice });
                known.stock = known.stock.saturating_add(made.stock);
                known.numbers.extend(made.numbers);
            }
            None => variants.push(made),
        }
    }
    let sum: i64 = variants.iter().map(|variant| i64::from(variant.stock)).sum();
    if let Some(said) = base.row.whole("stock").filter(|said| *said != sum) {
        let finding = Finding::StockOtherwise { said: said.to_string(), sum: sum.to_string() };
        run.corrected(FormerKind::Product, base.number, finding);
    }
    (options, variants)
}

fn variant(
    run: &mut Run<'_>,
    goods: &mut Goods,
    base: &Base<'_>,
    own: Option<(u64, &Row)>,
    (color, size): (&str, &str),
    values: Vec<usize>,
) -> PlannedVariant {
    let which = FormerKind::Product;
    let row = own.map_or(base.row, |(_, row)| row);
    let number = own.map(|(number, _)| number);
    let told = row.text("sku");
    let made = || sku_of([base.row.text("sku").unwrap_or_else(|| format!("P{}", base.number)).as_str(), color, size]);
    let wanted = match &told {
        Some(told) => Sku::typed(told).map(String::from).unwrap_or_else(|_| sku_of([told.as_str()])),
        None => made(),
    };
    let wanted = if wanted.is_empty() { made() } else { wanted };
    let sku = goods.free_sku(&wanted, number.unwrap_or(base.number));
    match told {
        None if own.is_some() || base.row.text("sku").is_none() => {
            run.corrected(which, base.number, Finding::SkuMade { sku: sku.clone() });
        }
        Some(was) if !was.eq_ignore_ascii_case(&sku) => {
            run.corrected(which, base.number, Finding::SkuChanged { was, sku: sku.clone() });
        }
        _ => {}
    }
    let mut full = own
        .and_then(|_| run.money(which, base.number, row, "price"))
        .filter(|own| *own > Money::ZERO && own.is_ordinary());
    let full = full.take().unwrap_or(base.price);
    let positive = |found: Option<Money>| found.filter(|discount| *discount > Money::ZERO);
    let own_discount = own.and_then(|_| positive(run.money(which, base.number, row, "discount_price")));
    let discount = own_discount.or_else(|| positive(base.row.amount("discount_price").map(|it| it.money)));
    let lower = discount.filter(|discount| *discount < full);
    if let (Some(discount), None) = (discount, lower) {
        let (discount, price) = (run.shown(discount), run.shown(full));
        run.corrected(which, base.number, Finding::DiscountNotLower { sku: sku.clone(), discount, price });
    }
    let said = row.whole("stock").unwrap_or_default();
    if said < 0 {
        run.corrected(which, base.number, Finding::StockBelowZero { sku: sku.clone(), was: said.to_string() });
    }
    let weight = row.whole("weight_grams").filter(|grams| *grams > 0).or_else(|| base.row.whole("weight_grams"));
    PlannedVariant {
        item: number.map_or(("product_stock", base.number), |number| ("stock", number)),
        numbers: number.into_iter().collect(),
        color: color.to_owned(),
        size: size.to_owned(),
        sku,
        values,
        stock: u32::try_from(said.clamp(0, MOST_UNITS)).unwrap_or_default(),
        price: lower.unwrap_or(full),
        compare_at: lower.map(|_| full),
        weight_grams: u32::try_from(weight.unwrap_or_default().clamp(0, 1_000_000)).unwrap_or_default(),
    }
}

/// A colour as the product's own words have it: the variants have theirs in capitals.
fn as_written(color: &str, listed: &[String]) -> String {
    if let Some(known) = listed.iter().find(|known| known.to_lowercase() == color.to_lowercase()) {
        return known.clone();
    }
    if color != color.to_uppercase() || color == NO_CHOICE {
        return color.chars().take(60).collect();
    }
    let mut is_first = true;
    let small = color.chars().map(|c| {
        let shown = if is_first { c.to_string() } else { c.to_lowercase().to_string() };
        is_first = !c.is_alphanumeric();
        shown
    });
    small.take(60).collect()
}

#[cfg(test)]
mod tests {
    use super::as_written;

    #[test]
    fn colours_are_written_as_people_write_them() {
        let listed = ["Biru Tua".to_owned(), "Merah-Hitam".to_owned()];
        for (stored, shown) in [
            ("BIRU TUA", "Biru Tua"),
            ("MERAH-HITAM", "Merah-Hitam"),
            ("HIJAU-KUNING", "Hijau-Kuning"),
            ("ABU ABU", "Abu Abu"),
            ("iPhone", "iPhone"),
            ("STANDAR", "STANDAR"),
        ] {
            assert_eq!(as_written(stored, &listed), shown);
        }
    }
}
