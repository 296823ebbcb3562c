//! A file as Shopify writes it, with the awkward rows that such files have.

use domain::catalog::ProductStatus;
use domain::imports::LeftOut;
use domain::locale::Locale;
use domain::message::Message;
use domain::money::{Currency, Money};

use crate::imports::goods::{Context, Told, Words};
use crate::imports::sheet::Sheet;
use crate::imports::{shopify, table};

const HEADER: &str = "Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,\
    Option2 Value,Variant SKU,Variant Grams,Variant Inventory Tracker,Variant Inventory Qty,Variant Inventory Policy,\
    Variant Fulfillment Service,Variant Price,Variant Compare At Price,Variant Requires Shipping,Variant Taxable,\
    Variant Barcode,Image Src,Image Position,Image Alt Text,Gift Card,SEO Title,SEO Description,Variant Image,\
    Variant Weight Unit,Cost per item,Status\n";

fn read(rows: &str) -> (Vec<Told>, Vec<LeftOut>) {
    let table = table::read(&format!("{HEADER}{rows}")).unwrap();
    let sheet = Sheet::of(&table, |_| None);
    let context = Context {
        currency: Currency::Rupiah,
        locale: Locale::Indonesian,
        utc_offset_minutes: 420,
        tax_classes: Vec::new(),
    };
    assert_eq!(shopify::missing_column(&sheet), None);
    let told = shopify::read(&table, &sheet, &context);
    (told, sheet.left_out(&table.rows))
}

#[test]
fn a_product_of_several_rows_is_one_with_its_variants_and_pictures() {
    let (told, _) = read(
        "kaos-polos,Kaos Polos,\"<p>Katun <b>tebal</b></p>\r\n<p>Adem</p>\",Serat,Kaos,\"katun, polos\",true,Warna,Hitam,Ukuran,M,KP-H-M,180.0,shopify,5,deny,manual,129000.00,150000.00,true,true,8991234567899,https://a.example/1.jpg?v=1,2,Depan,false,Kaos,Kaos katun,https://a.example/2.jpg,g,60000,active\n\
         kaos-polos,,,,,,,,Hitam,,L,KP-H-L,180.0,shopify,-2,deny,manual,129000.00,,true,true,,https://a.example/2.jpg,1,Belakang,,,,,g,,\n\
         kaos-polos,,,,,,,,Putih,,L,1E5,180.0,shopify,0,deny,manual,129000.00,,true,true,,,,,,,,,g,,\n\
         kaos-polos,,,,,,,,,,,,,,,,,,,,,,https://a.example/3.jpg,3,,,,,,,,\n",
    );
    assert_eq!(told.len(), 1);
    let told = &told[0];
    assert_eq!((told.line, told.rows, told.slug.as_str()), (2, 4, "kaos-polos"));
    assert_eq!(told.troubles, []);
    assert_eq!(told.name, Words::of(Locale::Indonesian, "Kaos Polos"));
    assert_eq!(told.description, Words::of(Locale::Indonesian, "Katun **tebal**\n\nAdem"));
    assert_eq!(told.status, Some(ProductStatus::Active));
    assert_eq!(told.category.as_ref().map(|category| category.path[0].any()), Some("Kaos"));
    let options = told.options.as_ref().unwrap();
    let names: Vec<_> = options.iter().map(|option| option.name.any()).collect();
    assert_eq!((names, options[0].values.len(), options[1].values.len()), (vec!["Warna", "Ukuran"], 2, 2));
    let chosen: Vec<_> = told.variants.iter().map(|variant| (variant.sku.as_deref(), variant.values.clone())).collect();
    let [m, l, white] = [vec![0, 0], vec![0, 1], vec![1, 1]];
    assert_eq!(chosen, [(Some("KP-H-M"), m), (Some("KP-H-L"), l), (Some("1E5"), white)]);
    let first = &told.variants[0];
    assert_eq!((first.price, first.weight_grams), (Some(Money::minor(129_000)), Some(180)));
    assert_eq!(first.compare_at_price, Some(Some(Money::minor(150_000))));
    assert_eq!(first.cost, Some(Some(Money::minor(60_000))));
    let units: Vec<_> = told.variants.iter().map(|variant| variant.stock.map(|stock| stock.units)).collect();
    assert_eq!(units, [Some(5), Some(0), Some(0)]);
    let pictures: Vec<_> =
        told.pictures.iter().flatten().map(|picture| (picture.source.as_str(), picture.alt.any())).collect();
    assert_eq!(
        pictures,
        [
            ("https://a.example/2.jpg", "Belakang"),
            ("https://a.example/1.jpg?v=1", "Depan"),
            ("https://a.example/3.jpg", "")
        ]
    );
    assert_eq!(first.picture, Some(Some(0)));
}

#[test]
fn what_has_no_place_is_listed_and_what_goes_without_saying_is_not() {
    let (_, left_out) = read(
        "a,Teko,,Rumah,,\"teh, dapur\",true,Title,Default Title,,,T-1,0.0,,1,continue,manual,15000.00,15000.00,true,false,,,,,false,,,,kg,,active\n\
         b,Cangkir,<iframe src=\"https://v.example/1\"></iframe>,Rumah,,,true,Title,Default Title,,,T-2,0.0,,-1,deny,manual,15000.00,,true,true,,,,,false,,,,kg,,active\n",
    );
    let listed: Vec<_> = left_out.iter().map(|left| (left.column.as_str(), left.cells, left.line, &left.why)).collect();
    assert_eq!(
        listed,
        [
            ("Body (HTML)", 1, 3, &Message::MarkupLeftOut { what: "iframe: https://v.example/1".to_owned() }),
            ("Vendor", 2, 2, &Message::NoPlaceForIt),
            ("Tags", 1, 2, &Message::NoPlaceForIt),
            ("Variant Inventory Qty", 1, 3, &Message::LessThanNone),
            ("Variant Inventory Policy", 1, 2, &Message::NoPlaceForIt),
            ("Variant Compare At Price", 1, 2, &Message::NotAboveThePrice),
            ("Variant Taxable", 1, 2, &Message::NoPlaceForIt),
        ]
    );
    assert_eq!(left_out[2].example, "teh, dapur");
}

#[test]
fn a_product_without_options_has_none() {
    let (told, _) =
        read("a,Teko,,,,,true,Title,Default Title,,,,0.0,,,deny,manual,15000.00,,true,true,,,,,false,,,,kg,,\n");
    assert_eq!((told[0].options.as_deref(), told[0].variants.len()), (Some(&[][..]), 1));
    assert_eq!((told[0].variants[0].sku.as_deref(), told[0].variants[0].stock), (None, None));
}

#[test]
fn what_is_not_published_or_is_no_parcel_is_a_draft() {
    let row = |handle: &str, published: &str, gift: &str, status: &str| {
        format!("{handle},Teko,,,,,{published},Title,Default Title,,,,,,,,,15000,,,,,,,,{gift},,,,,,{status}\n")
    };
    let rows = [
        row("a", "true", "", ""),
        row("b", "false", "", "active"),
        row("c", "true", "true", "active"),
        row("d", "true", "", "draft"),
        row("e", "true", "", "archived"),
    ];
    let (told, left_out) = read(&rows.concat());
    let statuses: Vec<_> = told.iter().map(|told| told.status).collect();
    let [active, draft, archived] = [ProductStatus::Active, ProductStatus::Draft, ProductStatus::Archived].map(Some);
    assert_eq!(statuses, [active, draft, draft, draft, archived]);
    assert_eq!(left_out.iter().map(|left| &left.why).collect::<Vec<_>>(), [&Message::DraftAsNoParcel]);
}

#[test]
fn every_bad_cell_is_told_by_its_row_and_column() {
    let (told, _) = read(
        "Teko Bagus,Teko,,,,,true,Title,Default Title,,,T-1,berat,,lima,deny,manual,15.5,x,true,true,,,,,false,,,,kg,1E+05,dijual\n\
         b,Cangkir,,,,,true,Warna,Merah,,,T-2,,,1,,,15000,,,,,,,,,,,,,,,lebih\n\
         b,,,,,,,,,,,T-3,,,1,,,15000,,,,,,,,,,,,,,\n",
    );
    let troubles: Vec<_> = told
        .iter()
        .flat_map(|told| &told.troubles)
        .map(|trouble| (trouble.line, trouble.column.as_str(), trouble.message.clone()))
        .collect();
    assert_eq!(
        troubles,
        [
            (2, "Handle", Message::NotASlug),
            (2, "Status", Message::NotAStatus),
            (2, "Variant Price", Message::TooManyDecimals { most: 0 }),
            (2, "Variant Compare At Price", Message::NotAnAmount),
            (2, "Cost per item", Message::NumberWasShortened),
            (2, "Variant Grams", Message::NotAWeightInAFile),
            (2, "Variant Inventory Qty", Message::NotAQuantity { most: 1_000_000 }),
            (4, "Option1 Value", Message::Required),
            (3, "", Message::BeyondTheColumns),
        ]
    );
}
