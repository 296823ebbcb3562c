//! Goods to sell, and buyers who want them.

use std::sync::Arc;

use domain::catalog::{CreateProduct, NewVariant, ProductStatus, VariantId};
use domain::checkout::PlaceOrder;
use domain::locale::Translated;
use domain::money::Money;
use domain::payments::PaymentMethod;
use domain::staff::Staff;
use serde_json::{Value, json};
use services::{Shop, carts, catalog, inventory};
use tokio::task::JoinSet;

/// How many at once prepare what is measured later.
const HANDS: usize = 8;

/// So many new variants of that name, each with so many units.
pub(crate) async fn fill(shop: &Shop, owner: &Staff, name: &str, variants: usize, units: u32) -> Vec<VariantId> {
    let mut made = Vec::new();
    for number in 0..variants {
        made.push(
            put(
                shop,
                owner,
                &format!("{name}-{number}").to_uppercase(),
                10_000 + 7 * i64::try_from(number).unwrap(),
                units,
            )
            .await,
        );
    }
    made
}

/// A cart for each, with one unit of the next variant.
pub(crate) async fn carts(shop: &Shop, variants: &[VariantId], count: usize) -> Vec<String> {
    let variants: Arc<[VariantId]> = variants.into();
    let mut hands = JoinSet::new();
    for hand in 0..HANDS {
        let (shop, variants) = (shop.clone(), Arc::clone(&variants));
        hands.spawn(async move {
            let mut made = Vec::new();
            for number in (hand..count).step_by(HANDS) {
                let key = carts::create(&shop).await.unwrap();
                carts::set_line(&shop, &key, variants[number % variants.len()], 1).await.unwrap();
                made.push((number, key));
            }
            made
        });
    }
    let mut made: Vec<(usize, String)> = hands.join_all().await.into_iter().flatten().collect();
    made.sort_unstable();
    made.into_iter().map(|(_, key)| key).collect()
}

/// What somebody with that address sends to order.
pub(crate) fn request(email: &str, method: PaymentMethod) -> PlaceOrder {
    // Read as an API reads it, so that a field more has its default here as there.
    serde_json::from_value(request_body(email, method)).unwrap()
}

/// The same as it is sent over HTTP.
pub(crate) fn request_body(email: &str, method: PaymentMethod) -> Value {
    json!({
        "email": email,
        "payment_method": method.as_str(),
        "shipping_address": {
            "name": "Siti Rahma", "phone": "+62 812-0000-0001", "line_1": "Jl. Melati 5",
            "city": "Bandung", "province": "Jawa Barat", "postal_code": "40115",
        },
    })
}

async fn put(shop: &Shop, owner: &Staff, sku: &str, price: i64, units: u32) -> VariantId {
    let product = CreateProduct {
        slug: sku.to_lowercase(),
        category: None,
        name: Translated { id: format!("Barang {sku}"), en: format!("Thing {sku}") },
        description: Translated::same("Bagus."),
        status: ProductStatus::Active,
        tax_class: None,
        options: Vec::new(),
        variants: vec![NewVariant {
            sku: sku.to_owned(),
            values: Vec::new(),
            price: Money::minor(price),
            compare_at_price: None,
            weight_grams: 200,
            low_stock_limit: 2,
        }],
        pictures: Vec::new(),
    };
    catalog::create(shop, owner, product, None).await.unwrap();
    let now = shop.now().await.unwrap();
    inventory::import(shop, owner, sku, units, now).await.unwrap();
    let row: (u64,) = sqlx::query_as("select id from variants where sku = ?")
        .bind(sku)
        .fetch_one(&services::testing::database(shop))
        .await
        .unwrap();
    VariantId::new(row.0)
}
