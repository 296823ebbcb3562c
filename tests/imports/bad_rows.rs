//! Many rows of which some are bad, in every way: exactly those are told, and all others are in.

use domain::imports::FileForm;
use domain::message::Message;
use sqlx::MySqlPool;

use super::{apply, counts, troubles};
use crate::shop::TestShop;

/// How many products; every twentieth is bad, each in another way.
const PRODUCTS: usize = 480;

/// A bad cell: its column, what stands there, and what is said of it.
type Bad = (&'static str, &'static str, Message);

fn kinds() -> Vec<Bad> {
    let words = "kata ".repeat(60);
    vec![
        ("name:id", "", Message::Required),
        ("name:id", Box::leak(words.into_boxed_str()), Message::TooLong { most: 200 }),
        ("name:id", "Kopi\u{202e}", Message::ControlCharacters),
        ("product", "Kopi Enak!", Message::NotASlug),
        ("sku", "kopi enak", Message::NotASku),
        ("sku", "1,2E+05", Message::NumberWasShortened),
        ("barcode", "8991234567898", Message::WrongCheckDigit { right: '1' }),
        ("price", "", Message::Required),
        ("price", "gratis", Message::NotAnAmount),
        ("price", "-5", Message::NotAnAmount),
        ("price", "12500.50", Message::TooManyDecimals { most: 0 }),
        ("compare_at_price", "1", Message::NotAboveThePrice),
        ("sale_price", "99000000", Message::NotBelowThePrice),
        ("sale_until", "besok", Message::NotATimeInAFile),
        ("weight_grams", "berat", Message::NotAWeightInAFile),
        ("weight_grams", "1.500", Message::AmbiguousNumber),
        ("weight_grams", "2000000", Message::NotWithin { least: 0, most: 1_000_000 }),
        ("max_quantity", "0", Message::NotLimits { most: 1_000 }),
        ("stock", "lima", Message::NotAQuantity { most: 1_000_000 }),
        ("stock", "-1", Message::NotAQuantity { most: 1_000_000 }),
        ("status", "dijual besok", Message::NotAStatus),
        ("publish_at", "11.11", Message::NotATimeInAFile),
        ("tax_class", "mewah", Message::NoSuchTaxClass),
        ("category_path:id", "A > B > C > D", Message::CategoryTooDeep { most: 3 }),
    ]
}

const COLUMNS: [&str; 15] = [
    "product",
    "name:id",
    "sku",
    "barcode",
    "price",
    "compare_at_price",
    "sale_price",
    "sale_until",
    "weight_grams",
    "max_quantity",
    "stock",
    "status",
    "publish_at",
    "tax_class",
    "category_path:id",
];

fn good(number: usize, column: &str) -> String {
    match column {
        "product" => format!("barang-{number}"),
        "name:id" => format!("Barang {number}"),
        "sku" => format!("B-{number:05}"),
        "price" => (10_000 + number * 100).to_string(),
        "sale_price" => "9000".to_owned(),
        "weight_grams" => "250".to_owned(),
        "max_quantity" => "10".to_owned(),
        "stock" => (number % 7).to_string(),
        "status" => "active".to_owned(),
        "category_path:id" => format!("Rak {}", number % 5),
        _ => String::new(),
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn of_many_rows_exactly_the_bad_ones_are_told_and_all_others_are_in(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let kinds = kinds();
    let every = PRODUCTS / kinds.len();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).unwrap();
    let mut expected = Vec::new();
    for number in 0..PRODUCTS {
        let bad = kinds.get(number / every).filter(|_| number % every == every / 2);
        let cell = |column: &&str| match bad {
            Some((wrong, cell, _)) if wrong == column => (*cell).to_owned(),
            _ => good(number, column),
        };
        writer.write_record(COLUMNS.iter().map(cell)).unwrap();
        let line = u32::try_from(number + 2).unwrap();
        expected.extend(bad.map(|(column, _, message)| (line, (*column).to_owned(), message.clone())));
    }
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();

    let report = apply(&shop, FileForm::Products, &text).await;
    assert_eq!(troubles(&report), expected);
    let bad = u32::try_from(kinds.len()).unwrap();
    let good = u32::try_from(PRODUCTS).unwrap() - bad;
    assert_eq!(counts(&report), [good, 0, 0, bad]);
    assert_eq!(shop.count("select count(*) from products").await, i64::from(good));
    assert_eq!(shop.count("select count(*) from categories").await, 5);
    shop.assert_stock_adds_up().await;
}
