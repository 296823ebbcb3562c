//! A file as WooCommerce writes it, with the awkward rows that such files have.

use domain::catalog::ProductStatus;
use domain::imports::LeftOut;
use domain::locale::Locale;
use domain::message::Message;
use domain::money::{Currency, Money};

use crate::imports::goods::{Context, Reference, Told};
use crate::imports::sheet::Sheet;
use crate::imports::{table, times, woocommerce};

const COLUMNS: [&str; 24] = [
    "ID",
    "Type",
    "SKU",
    "Name",
    "Published",
    "Visibility in catalog",
    "Short description",
    "Description",
    "Date sale price starts",
    "Date sale price ends",
    "In stock?",
    "Stock",
    "Sold individually?",
    "Weight (kg)",
    "Sale price",
    "Regular price",
    "Categories",
    "Tags",
    "Images",
    "Parent",
    "Upsells",
    "Position",
    "Attribute 1 name",
    "Attribute 1 value(s)",
];

/// A row by the names of its cells.
fn row(cells: &[(&str, &str)]) -> Vec<String> {
    assert!(cells.iter().all(|(name, _)| COLUMNS.contains(name)), "{cells:?}");
    let cell = |column: &&str| cells.iter().find(|(name, _)| name == column).map_or("", |(_, cell)| cell);
    COLUMNS.iter().map(|column| cell(column).to_owned()).collect()
}

fn read(rows: &[Vec<String>]) -> (Vec<Told>, Vec<LeftOut>) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
    let table = table::read(&text).unwrap();
    let sheet = Sheet::of(&table, |_| None);
    let context = Context {
        currency: Currency::Dollar,
        locale: Locale::English,
        utc_offset_minutes: 420,
        tax_classes: Vec::new(),
    };
    assert_eq!(woocommerce::missing_column(&sheet), None);
    let told = woocommerce::read(&table, &sheet, &context);
    (told, sheet.left_out(&table.rows))
}

#[test]
fn variations_find_their_parent_by_sku_or_number_and_stand_in_their_order() {
    let (told, left_out) = read(&[
        row(&[
            ("ID", "10"),
            ("Type", "variation"),
            ("SKU", "mug-red"),
            ("Name", "Mug - Red"),
            ("Published", "1"),
            ("Regular price", "12.50"),
            ("Stock", "3"),
            ("Weight (kg)", ".5"),
            ("Images", "https://a.example/red.png"),
            ("Parent", "mug"),
            ("Position", "2"),
            ("Attribute 1 name", "Colour"),
            ("Attribute 1 value(s)", "Red"),
        ]),
        row(&[
            ("ID", "9"),
            ("Type", "variable"),
            ("SKU", "mug"),
            ("Name", "Mug"),
            ("Published", "1"),
            ("Short description", "For tea."),
            ("Description", "Fired <b>twice</b>.\\nTwice!"),
            ("Categories", "Kitchen > Cups, Sale"),
            ("Images", "https://a.example/1.png, https://a.example/2.png"),
            ("Attribute 1 name", "Colour"),
            ("Attribute 1 value(s)", "Blue, Red, Green\\, dark"),
        ]),
        row(&[
            ("ID", "11"),
            ("Type", "variation"),
            ("SKU", "mug-blue"),
            ("Name", "Mug - Blue"),
            ("Published", "1"),
            ("Regular price", "12.50"),
            ("Sale price", "10"),
            ("Date sale price starts", "2026-11-11"),
            ("Date sale price ends", "2026-11-12"),
            ("Parent", "id:9"),
            ("Position", "1"),
            ("Attribute 1 name", "Colour"),
            ("Attribute 1 value(s)", "Blue"),
        ]),
    ]);
    assert_eq!(told.len(), 1);
    let mug = &told[0];
    assert_eq!((mug.rows, mug.name.any(), mug.description.any()), (3, "Mug", "For tea.\n\nFired **twice**.\\\nTwice!"));
    let path: Vec<_> = mug.category.iter().flat_map(|category| &category.path).map(|name| name.any()).collect();
    assert_eq!(path, ["Kitchen", "Cups"]);
    let values: Vec<_> = mug.options.as_ref().unwrap()[0].values.iter().map(|value| value.value.any()).collect();
    assert_eq!(values, ["Blue", "Red", "Green, dark"]);
    let chosen: Vec<_> = mug.variants.iter().map(|one| (one.sku.as_deref().unwrap(), one.values.clone())).collect();
    assert_eq!(chosen, [("mug-blue", vec![0]), ("mug-red", vec![1])]);
    let sale = mug.variants[0].sale.flatten().unwrap();
    let ends = (sale.from.map(times::written), sale.until.map(times::written));
    assert_eq!(sale.price, Money::minor(1_000));
    assert_eq!(ends, (Some("2026-11-10T17:00:00Z".to_owned()), Some("2026-11-12T17:00:00Z".to_owned())));
    let red = &mug.variants[1];
    assert_eq!(
        (red.weight_grams, red.stock.map(|stock| stock.units), red.picture),
        (Some(500), Some(3), Some(Some(2)))
    );
    assert_eq!(left_out.iter().map(|left| &left.why).collect::<Vec<_>>(), [&Message::OnlyOneCategory]);
}

#[test]
fn a_variation_that_leaves_a_choice_open_is_one_for_each_value() {
    let parent = row(&[
        ("Type", "variable"),
        ("SKU", "tee"),
        ("Name", "Tee"),
        ("Published", "1"),
        ("Attribute 1 name", "Size"),
        ("Attribute 1 value(s)", "S, M"),
    ]);
    let any = row(&[
        ("Type", "variation"),
        ("SKU", "tee-any"),
        ("Published", "1"),
        ("Stock", "8"),
        ("Regular price", "25"),
        ("Parent", "tee"),
        ("Attribute 1 name", "Size"),
    ]);
    let off = row(&[
        ("Type", "variation"),
        ("SKU", "tee-off"),
        ("Published", "0"),
        ("Regular price", "25"),
        ("Parent", "tee"),
        ("Attribute 1 name", "Size"),
        ("Attribute 1 value(s)", "M"),
    ]);
    let (told, left_out) = read(&[parent, any, off]);
    let variants: Vec<_> =
        told[0].variants.iter().map(|one| (one.sku.as_deref().unwrap(), one.values.clone(), one.stock)).collect();
    assert_eq!(variants, [("tee-any-S", vec![0], None), ("tee-any-M", vec![1], None)]);
    let why: Vec<_> = left_out.iter().map(|left| (left.column.as_str(), left.cells, &left.why)).collect();
    assert_eq!(why, [("Published", 1, &Message::VariationIsOff), ("Stock", 2, &Message::SharedStock)]);
}

#[test]
fn what_cannot_be_sold_here_is_refused_and_what_is_no_parcel_is_a_draft() {
    let one = |kind: &str, sku: &str, visibility: &str| {
        row(&[
            ("Type", kind),
            ("SKU", sku),
            ("Name", sku),
            ("Published", "1"),
            ("Visibility in catalog", visibility),
            ("Regular price", "5"),
            ("In stock?", "1"),
        ])
    };
    let (told, left_out) = read(&[
        one("grouped", "a", ""),
        one("external", "b", ""),
        one("bundle", "c", ""),
        one("variable", "d", ""),
        one("variation", "e", ""),
        one("simple, downloadable, virtual", "f", "visible"),
        one("simple", "g", "hidden"),
    ]);
    let troubles: Vec<_> =
        told.iter().flat_map(|told| &told.troubles).map(|it| (it.line, it.column.as_str(), &it.message)).collect();
    assert_eq!(
        troubles,
        [
            (2, "Type", &Message::GroupsAreNoProducts),
            (3, "Type", &Message::SoldElsewhere),
            (4, "Type", &Message::NotAProductType),
            (5, "Type", &Message::NoVariations),
            (6, "Parent", &Message::NoSuchParent),
        ]
    );
    assert_eq!([told[5].status, told[6].status], [Some(ProductStatus::Draft); 2]);
    let why: Vec<_> = left_out.iter().map(|left| &left.why).collect();
    assert_eq!(why, [&Message::DraftAsNoParcel, &Message::DraftAsHidden, &Message::UnknownStock]);
}

#[test]
fn related_goods_are_those_that_other_shops_push() {
    let simple = |id: &str, sku: &str, upsells: &str| {
        row(&[
            ("ID", id),
            ("Type", "simple"),
            ("SKU", sku),
            ("Name", sku),
            ("Published", "1"),
            ("Regular price", "5"),
            ("Sold individually?", "1"),
            ("Upsells", upsells),
            ("Tags", "x"),
        ])
    };
    let (told, left_out) = read(&[simple("1", "A", "B, id:3"), simple("2", "B", ""), simple("3", "'=C", "")]);
    let sku = |sku: &str| Reference::Sku(sku.to_owned());
    assert_eq!(told[0].related, Some(vec![sku("B"), sku("'=C")]));
    assert_eq!((told[2].variants[0].sku.as_deref(), told[2].variants[0].max_quantity), (Some("=C"), Some(1)));
    assert_eq!(left_out.iter().map(|left| (left.column.as_str(), left.cells)).collect::<Vec<_>>(), [("Tags", 3)]);
}
