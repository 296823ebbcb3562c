//! What goes out comes back: any document at all, laid over itself and over nothing.

use chrono::DateTime;
use domain::catalog::{
    Centre, OptionDocument, PictureDocument, ProductDocument, ProductId, ProductStatus, Sale, StoredProduct,
    ValueDocument, VariantDocument, VariantId,
};
use domain::id::{CategoryId, OptionId, OptionValueId};
use domain::locale::{Locale, Translated};
use domain::money::{Currency, Money};
use domain::text::TaxClassKey;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::write::{self, Exported};
use crate::imports::goods::{Context, Told};
use crate::imports::merge::{Given, merged};
use crate::imports::sheet::Sheet;
use crate::imports::{own, table};

fn context() -> Context {
    Context { currency: Currency::Rupiah, locale: Locale::Indonesian, utc_offset_minutes: 420, tax_classes: Vec::new() }
}

fn read(text: &str) -> Vec<Told> {
    let table = table::read(text).unwrap();
    let sheet = Sheet::of(&table, |column| own::columns::named(column, Locale::Indonesian));
    own::read(&table, &sheet, &context())
}

fn csv_of(rows: &[Vec<String>]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(write::header()).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

fn column(field: &str) -> String {
    own::column(field).to_owned()
}

fn words() -> impl Strategy<Value = String> {
    "('{0,2}[=+@-]?[0-9eE./]{0,3}[a-zA-Zé|>\\\\;\", 金]{0,6})?"
}

fn translated() -> impl Strategy<Value = Translated> {
    (words(), words()).prop_map(|(id, en)| Translated { id, en })
}

fn time() -> impl Strategy<Value = chrono::DateTime<chrono::Utc>> {
    (0_i64..250_000_000_000_000_000).prop_map(|micros| DateTime::from_timestamp_micros(micros).unwrap())
}

fn option_of(at: u64) -> impl Strategy<Value = OptionDocument> {
    let value = (translated(), option::of("#[0-9a-f]{6}"));
    (translated(), vec(value, 1..4)).prop_map(move |(name, values)| OptionDocument {
        id: Some(OptionId::new(at + 1)),
        name: Translated { id: format!("{at} {}", name.id), en: name.en },
        values: (0_u64..)
            .zip(values)
            .map(|(place, (value, swatch))| ValueDocument {
                id: Some(OptionValueId::new(at * 100 + place + 1)),
                value: Translated { id: value.id, en: format!("{place}{}", value.en) },
                swatch,
            })
            .collect(),
    })
}

fn variant() -> impl Strategy<Value = VariantDocument> {
    let prices = (1_000_i64..1_000_000, option::of(1_i64..1_000), option::of(0_i64..500_000));
    let sale = option::of((0_i64..999, option::of(time()), option::of(time())));
    let codes = ("[A-Z0-9./_-]{1,12}", "([0-9]{1,7}|[A-Z0-9]{5,6}|1E5|00123)?");
    let limits = (1_u32..10, 10_u32..1_000, 0_u32..50, 0_u32..1_000_000);
    let picture = option::of(0_usize..4);
    (codes, prices, sale, limits, picture).prop_map(|((sku, barcode), (price, above, cost), sale, limits, picture)| {
        VariantDocument {
            sku,
            barcode,
            compare_at_price: above.map(|above| Money::minor(price + above)),
            cost: cost.map(Money::minor),
            sale: sale.map(|(price, from, until)| Sale { price: Money::minor(price), from, until }),
            min_quantity: limits.0,
            max_quantity: limits.1,
            low_stock_limit: limits.2,
            weight_grams: limits.3,
            picture,
            ..VariantDocument::at(Money::minor(price))
        }
    })
}

fn picture() -> impl Strategy<Value = PictureDocument> {
    let shows = option::of((0_usize..3, 0_usize..3));
    ("[a-z0-9-]{3,8}", translated(), 0_u16..=1000, 0_u16..=1000, shows)
        .prop_map(|(key, alt, x, y, shows)| PictureDocument { key, alt, centre: Centre { x, y }, shows })
}

/// Documents as the shop keeps them.
fn document() -> impl Strategy<Value = ProductDocument> {
    let texts = (translated(), translated(), translated(), translated(), words(), "[a-z0-9]{1,9}(-[a-z0-9]{1,3})?");
    let kind = (0_usize..3, option::of(time()), option::of("[a-z]{1,9}"), option::of(1_u64..9), vec(1_u64..9, 0..3));
    let options = (0_usize..4, option_of(0), option_of(1), option_of(2));
    let parts = (options, vec(variant(), 1..6), vec(picture(), 0..8));
    (texts, kind, parts).prop_filter_map(
        "a document that can be kept",
        |(texts, kind, (options, variants, pictures))| {
            let (count, first, second, third) = options;
            let mut document = ProductDocument::draft(texts.0, Money::ZERO);
            (document.description, document.seo_title, document.seo_text) = (texts.1, texts.2, texts.3);
            (document.note, document.slug) = (texts.4, texts.5);
            document.status = ProductStatus::ALL[kind.0];
            document.publish_at = kind.1;
            document.tax_class = kind.2.map(|class| TaxClassKey::parse(&class).unwrap());
            document.category = kind.3.map(CategoryId::new);
            document.related = kind.4.into_iter().map(ProductId::new).collect();
            document.options = [first, second, third].into_iter().take(count).collect();
            document.pictures = pictures;
            for picture in &mut document.pictures {
                let options = &document.options;
                picture.shows =
                    picture.shows.filter(|(at, value)| options.get(*at).is_some_and(|o| *value < o.values.len()));
            }
            document.variants = variants;
            for (at, variant) in document.variants.iter_mut().enumerate() {
                variant.id = Some(VariantId::new(at as u64 + 1));
                let mut rest = at;
                for option in &document.options {
                    variant.values.push(rest % option.values.len());
                    rest /= option.values.len();
                }
                variant.picture = variant.picture.filter(|at| *at < document.pictures.len());
            }
            document.tidied().ok()
        },
    )
}

fn stored(document: &ProductDocument) -> StoredProduct {
    let at = DateTime::UNIX_EPOCH;
    StoredProduct {
        product_id: ProductId::new(1),
        version: 1,
        document: document.clone(),
        stock: Vec::new(),
        pictures: Vec::new(),
        related: Vec::new(),
        is_sold: false,
        created_at: at,
        updated_at: at,
    }
}

fn without_ids(mut document: ProductDocument) -> ProductDocument {
    for option in &mut document.options {
        option.id = None;
        option.values.iter_mut().for_each(|value| value.id = None);
    }
    document.variants.iter_mut().for_each(|variant| variant.id = None);
    document
}

/// Laid over `over`, with everything found that it names.
fn laid(told: &Told, over: Option<&StoredProduct>, document: &ProductDocument) -> ProductDocument {
    let keys: Vec<_> = told.pictures.iter().flatten().map(|picture| Some(picture.source.clone())).collect();
    let given = Given {
        stored: over,
        slug: None,
        category: Some(document.category),
        pictures: &keys,
        related: Some(document.related.clone()),
    };
    merged(told, &given, &column).unwrap().document
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    /// Row 93 of the checklist: what goes out comes back.
    #[test]
    fn every_document_comes_back_from_its_rows(document in document()) {
        let category = Translated::same("A > B");
        let exported = Exported {
            document: &document,
            category: document.category.map(|_| ("a", vec![&category])),
            related: document.related.iter().map(|_| "x").collect(),
            on_hand: vec![7; document.variants.len()],
        };
        let told = read(&csv_of(&write::rows(&exported, Currency::Rupiah)));
        prop_assert_eq!(told.len(), 1);
        prop_assert_eq!(&told[0].troubles, &vec![]);
        prop_assert!(told[0].variants.iter().all(|one| one.stock.is_some_and(|stock| stock.seen == Some(7))));
        prop_assert_eq!(&laid(&told[0], Some(&stored(&document)), &document), &document);
        let anew = laid(&told[0], None, &document);
        prop_assert_eq!(anew, without_ids(document));
    }
}
