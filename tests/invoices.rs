//! Invoices, as buyers print them.

use domain::catalog::CreateProduct;
use domain::settings::{Contact, Settings};
use services::{catalog, settings};
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::{option, product, variant};

/// Checklist 106.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_invoice_names_both_sides_and_what_exactly_was_bought(db: MySqlPool) {
    let shop = Served::open(db).await;
    let contact = Contact {
        email: "toko@example.com".to_owned(),
        phone: "+62 274 123 456".to_owned(),
        address: "Jl. Malioboro 1, Yogyakarta".to_owned(),
        ..Contact::default()
    };
    settings::save(&shop, &shop.owner, Settings { contact, ..shop.settings().await }).await.unwrap();
    let wanted = CreateProduct {
        options: vec![option("Warna", &["Biru", "Merah"]), option("Ukuran", &["S", "M"])],
        variants: vec![variant("SHIRT-BM", &[0, 1], 150_000)],
        ..product("SHIRT", 150_000)
    };
    catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();
    let shirt = shop.stocked("SHIRT-BM", 5).await;
    let paid = shop.paid_order(shirt, 2).await;
    let address = format!("/orders/{}/invoice?token={}", paid.number, paid.access_token);

    let sheet = shop.get(&address).await;
    assert_eq!(sheet.status, 200);
    let year = chrono::Datelike::year(&(shop.now().await.unwrap() + chrono::TimeDelta::hours(7)));
    for part in [
        &format!("{year}"),
        &paid.number,
        // The shop's side.
        "Toko Uji",
        "Jl. Malioboro 1, Yogyakarta",
        "toko@example.com",
        "+62 274 123 456",
        // The buyer's.
        "Siti Rahma",
        "siti@example.com",
        "Jl. Melati 5",
        "Bandung, Jawa Barat 40115",
        // What was bought.
        "Barang SHIRT · Biru / M",
        "SHIRT-BM",
        "Rp\u{a0}150.000",
        "Rp\u{a0}300.000",
        "Rp\u{a0}320.000",
    ] {
        assert!(sheet.text.contains(part), "{part} is not in {}", sheet.text);
    }
    assert!(sheet.text.contains("data-print"), "it is printed by a button");
    assert_eq!(shop.get(&format!("/orders/{}/invoice?token=nobody", paid.number)).await.status, 404);
}
