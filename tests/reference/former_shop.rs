//! A small shop in the form of the one that Etalase replaces, and the same with errors of every kind.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// A password that the former shop hashed, and the hash.
pub(crate) const HASHED: &str = "kebun raya 77";
pub(crate) const HASH: &str = "scrypt:32768:8:1$Zx9cVbN3mAsDfGhJ$0a7fcb5279e1a2067264e3e3e5c6882b77d101bff68faf98e69c1d3bb6c4541a755619fa431f3932a8c34f584d163f75c2d563afc7ed5b669809223b21a8e543";

/// Tables by name.
#[derive(Clone)]
pub(crate) struct Data(pub(crate) Map<String, Value>);

impl Data {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        serde_json::to_vec(&self.0).unwrap()
    }

    pub(crate) fn table(&mut self, name: &str) -> &mut Vec<Value> {
        self.0.get_mut(name).unwrap().as_array_mut().unwrap()
    }

    /// The row of that number.
    pub(crate) fn row(&mut self, table: &str, id: u64) -> &mut Value {
        self.table(table).iter_mut().find(|row| row["id"] == id).unwrap()
    }

    pub(crate) fn rows(&self, table: &str) -> i64 {
        i64::try_from(self.0[table].as_array().unwrap().len()).unwrap()
    }

    /// Orders that are not cancelled, their units, and what they are worth.
    pub(crate) fn counted(&self) -> (i64, i64, i64) {
        let orders = self.0["orders"].as_array().unwrap();
        let stand: Vec<_> = orders.iter().filter(|order| order["status"] != "Dibatalkan").collect();
        let items = self.0["order_items"].as_array().unwrap();
        let units = items.iter().filter(|item| stand.iter().any(|order| order["id"] == item["order_id"]));
        (
            i64::try_from(stand.len()).unwrap(),
            units.map(|item| item["quantity"].as_i64().unwrap()).sum(),
            stand.iter().map(|order| order["total_amount"].as_i64().unwrap()).sum(),
        )
    }

    /// What lies on each shelf.
    pub(crate) fn shelves(&self) -> BTreeMap<String, i64> {
        let variants = self.0["product_variants"].as_array().unwrap().iter();
        let simple = self.0["products"].as_array().unwrap().iter().filter(|row| row["has_variants"] == 0);
        let made = |row: &Value| row["sku"].as_str().unwrap_or("BTK-001-HITAM-S").to_owned();
        variants.chain(simple).map(|row| (made(row), row["stock"].as_i64().unwrap())).collect()
    }
}

fn user(id: u64, name: (&str, &str), email: &str, password: &str, city: (&str, &str, &str)) -> Value {
    json!({
        "id": id, "username": name.0, "email": email, "password": password, "full_name": name.1,
        "is_admin": u8::from(id == 1), "phone": format!("0812000000{id}"), "address_line_1": "Jl. Slamet Riyadi 1",
        "address_line_2": null, "city": city.0, "province": city.1, "postal_code": city.2,
        "created_at": "2025-09-01 08:00:00",
    })
}

fn variant(
    id: u64,
    product: u64,
    choice: (&str, &str),
    stock: i64,
    sku: Option<&str>,
    prices: [Option<i64>; 2],
) -> Value {
    json!({
        "id": id, "product_id": product, "color": choice.0, "size": choice.1, "stock": stock, "weight_grams": 200,
        "price": prices[0], "discount_price": prices[1], "sku": sku,
    })
}

/// Subtotal, discount, delivery and total.
type Amounts = [i64; 4];

fn order(id: u64, user: Option<u64>, at: &str, amounts: Amounts, status: &str, method: &str) -> Value {
    let [subtotal, discount, delivery, total] = amounts;
    let email = match user {
        Some(2) => "sari@example.com",
        Some(_) => "bayu@example.com",
        None => "tamu@example.com",
    };
    json!({
        "id": id, "user_id": user, "order_date": at, "subtotal": subtotal, "discount_amount": discount,
        "shipping_cost": delivery, "total_amount": total, "voucher_code": null, "status": status,
        "payment_method": method, "payment_transaction_id": format!("TX-A{id}"), "shipping_name": "Penerima",
        "shipping_phone": "081234567890", "shipping_address_line_1": "Jl. Melon 2", "shipping_address_line_2": null,
        "shipping_city": "Surakarta", "shipping_province": "Jawa Tengah", "shipping_postal_code": "57111",
        "shipping_email": email, "notes": null, "tracking_number": null,
    })
}

fn item(id: u64, order: u64, what: (u64, Option<u64>), quantity: i64, price: i64) -> Value {
    json!({
        "id": id, "order_id": order, "product_id": what.0, "variant_id": what.1, "quantity": quantity, "price": price,
        "color_at_order": null, "size_at_order": null,
    })
}

fn voucher(id: u64, code: &str, kind: &str, value: i64, max: Option<u32>) -> Value {
    json!({
        "id": id, "code": code, "type": kind, "value": value, "min_purchase_amount": 50000, "is_active": 1,
        "max_uses": max, "use_count": 1,
    })
}

fn review(id: u64, product: u64, user: u64, rating: i64, said: (&str, &str)) -> Value {
    json!({
        "id": id, "product_id": product, "user_id": user, "rating": rating, "comment": said.0, "created_at": said.1,
    })
}

fn subscription(id: u64, user: u64, plan: u64, span: (&str, &str), status: &str) -> Value {
    json!({
        "id": id, "user_id": user, "membership_id": plan, "start_date": span.0, "end_date": span.1, "status": status,
    })
}

/// A shop whose data are as they should be.
pub(crate) fn small() -> Data {
    let mut first =
        order(1, Some(2), "2025-10-01 10:00:00", [370_000, 15_000, 10_000, 365_000], "Selesai", "Virtual Account");
    first["voucher_code"] = json!("WELCOME");
    first["notes"] = json!("titip satpam");
    first["tracking_number"] = json!("JNE001");
    let mut third = order(3, Some(3), "2025-11-02 09:00:00", [95_000, 9_500, 20_000, 105_500], "Diproses", "E-Wallet");
    third["voucher_code"] = json!("HEMAT");
    let tables = json!({
        "content": [
            { "key": "app_name", "value": "Warung Batik" },
            { "key": "short_description", "value": "Batik tulis" },
            { "key": "about_p1", "value": "Batik dari Solo." },
            { "key": "about_p2", "value": "Sejak 1990." },
            { "key": "contact_email", "value": "halo@batik.example" },
            { "key": "contact_phone", "value": "+62 271-123-4567" },
            { "key": "contact_location", "value": "Solo" },
            { "key": "social_links", "value": "[\"https://batik.example\"]" },
        ],
        "users": [
            user(1, ("bos", "Bu Ratmi"), "bos@batik.example", "bos123", ("Surakarta", "Jawa Tengah", "57111")),
            user(2, ("sari", "Sari Wulan"), "sari@example.com", "sari123", ("Surakarta", "Jawa Tengah", "57111")),
            user(3, ("bayu", "Bayu Aji"), "bayu@example.com", HASH, ("Sleman", "DI Yogyakarta", "55281")),
        ],
        "categories": [{ "id": 1, "name": "Atasan" }, { "id": 2, "name": "Aksesori" }],
        "products": [
            {
                "id": 1, "name": "Kemeja Batik", "price": 200_000, "discount_price": 180_000, "description": "Katun.",
                "category_id": 1, "colors": "Biru Tua, Hitam", "popularity": 9, "image_url": "kemeja.png",
                "additional_image_urls": ["kemeja-2.png"], "stock": 10, "has_variants": 1, "weight_grams": 0,
                "sku": "BTK-001",
            },
            {
                "id": 2, "name": "Sabuk", "price": "95000.00", "discount_price": null, "description": "Kulit sapi.",
                "category_id": 2, "colors": "Cokelat, Hitam", "popularity": 5, "image_url": "sabuk.png",
                "additional_image_urls": "[]", "stock": 40, "has_variants": 0, "weight_grams": 250, "sku": "SBK-001",
            },
            {
                "id": 3, "name": "Selendang", "price": 120_000.0, "discount_price": 0, "description": "Sutra.",
                "category_id": null, "colors": null, "popularity": 1, "image_url": null,
                "additional_image_urls": null, "stock": 7, "has_variants": 1, "weight_grams": 100, "sku": null,
            },
        ],
        "product_variants": [
            variant(1, 1, ("BIRU TUA", "S"), 5, Some("BTK-BLU-S"), [None, None]),
            variant(2, 1, ("BIRU TUA", "XL"), 3, Some("BTK-BLU-XL"), [Some(220_000), Some(190_000)]),
            variant(3, 1, ("HITAM", "S"), 2, None, [None, None]),
            variant(4, 3, ("STANDAR", "STANDAR"), 7, Some("SLD-1"), [None, None]),
        ],
        "orders": [
            first,
            order(2, Some(2), "2025-11-01 12:00:00", [190_000, 0, 10_000, 200_000], "Menunggu Pembayaran", "Virtual Account"),
            third,
            order(4, None, "2025-10-20 12:00:00", [120_000, 0, 20_000, 140_000], "Dikirim", "COD"),
            order(5, Some(2), "2025-10-21 12:00:00", [180_000, 0, 10_000, 190_000], "Dibatalkan", "Virtual Account"),
        ],
        "order_items": [
            item(1, 1, (1, Some(1)), 1, 180_000),
            item(2, 1, (2, None), 2, 95_000),
            item(3, 2, (1, Some(2)), 1, 190_000),
            item(4, 3, (2, None), 1, 95_000),
            item(5, 4, (3, Some(4)), 1, 120_000),
            item(6, 5, (1, Some(1)), 1, 180_000),
        ],
        "order_status_history": [
            { "id": 1, "order_id": 1, "status": "Pesanan Dibuat", "timestamp": "2025-10-01 10:00:00", "notes": null },
            { "id": 2, "order_id": 1, "status": "Diproses", "timestamp": "2025-10-01 11:00:00", "notes": "Pembayaran masuk" },
            { "id": 3, "order_id": 1, "status": "Dikirim", "timestamp": "2025-10-02 08:00:00", "notes": null },
        ],
        "reviews": [
            review(1, 2, 2, 4, ("Lumayan.", "2025-10-05 10:00:00")),
            review(2, 2, 2, 5, ("Beli lagi.", "2025-10-20 10:00:00")),
            review(3, 1, 2, 5, ("Adem.", "2025-10-06 10:00:00")),
        ],
        "vouchers": [
            voucher(1, "WELCOME", "FIXED_AMOUNT", 15_000, None),
            voucher(2, "HEMAT", "PERCENTAGE", 10, Some(50)),
        ],
        "user_vouchers": [
            { "user_id": 2, "voucher_id": 1, "status": "used", "order_id": 1 },
            { "user_id": 3, "voucher_id": 1, "status": "available", "order_id": null },
        ],
        "user_carts": [{ "user_id": 3, "product_id": 1, "variant_id": 1, "quantity": 2 }],
        "memberships": [
            { "id": 1, "name": "Bulanan", "price": 29_000, "period": "monthly", "discount_percent": 5.0, "free_shipping": 0, "description": "Hemat.", "is_active": 1 },
            { "id": 2, "name": "Tahunan", "price": 299_000, "period": "yearly", "discount_percent": 7.5, "free_shipping": 1, "description": "Lebih hemat.", "is_active": 1 },
        ],
        "user_subscriptions": [
            subscription(1, 2, 2, ("2025-10-01 10:00:00", "2030-10-01 10:00:00"), "active"),
            subscription(2, 3, 1, ("2025-09-01 10:00:00", "2025-10-01 10:00:00"), "expired"),
        ],
        "subscription_transactions": [
            { "id": 1, "user_id": 2, "membership_id": 2, "transaction_type": "new", "amount": 299_000, "transaction_date": "2025-10-01 10:00:00", "notes": null },
            { "id": 2, "user_id": 3, "membership_id": 1, "transaction_type": "new", "amount": 29_000, "transaction_date": "2025-09-01 10:00:00", "notes": null },
        ],
    });
    let Value::Object(tables) = tables else { unreachable!() };
    Data(tables)
}

/// The same shop with every error that such data have.
pub(crate) fn broken() -> Data {
    let mut data = small();
    data.row("product_variants", 1)["stock"] = json!(-5);
    data.row("products", 2)["discount_price"] = json!(200_000);
    data.table("product_variants").push(variant(5, 1, ("biru tua", "s"), 1, Some("BTK BLÜ"), [None, None]));
    data.table("product_variants").push(variant(90, 999, ("MERAH", "M"), 1, None, [None, None]));
    data.table("products").push(json!({
        "id": 5, "name": "Hampa", "price": null, "discount_price": null, "description": null, "category_id": 77,
        "colors": null, "popularity": 0, "image_url": null, "additional_image_urls": null, "stock": 3,
        "has_variants": 1, "weight_grams": null, "sku": "btk-001",
    }));
    data.table("users").push(user(
        7,
        ("tanpa", "Tanpa Surel"),
        "bukan email",
        "rahasia",
        ("Solo", "Jawa Tengah", "57111"),
    ));
    let mut unfinished = user(8, ("separuh", "Separuh Alamat"), "separuh@example.com", "", ("", "", ""));
    unfinished["phone"] = json!("12");
    data.table("users").push(unfinished);

    let placed = "2025-10-10 10:00:00";
    let waits = "Menunggu Pembayaran";
    let sabuk = (2, None);
    let more = [
        (
            order(20, Some(2), placed, [95_000, 0, 10_000, 999_000], "Selesai", "COD"),
            vec![item(20, 20, sabuk, 1, 95_000)],
        ),
        (order(21, Some(2), placed, [95_000, 0, 0, 95_000], "Entah", "COD"), vec![item(21, 21, sabuk, 1, 95_000)]),
        (order(22, Some(2), placed, [95_000, 0, 0, -5], "Selesai", "COD"), vec![item(22, 22, sabuk, 1, 95_000)]),
        (order(23, None, placed, [95_000, 0, 0, 95_000], "Selesai", "COD"), vec![item(23, 23, sabuk, 1, 95_000)]),
        (
            order(24, Some(2), placed, [95_000_000, 0, 0, 95_000_000], waits, "E-Wallet"),
            vec![item(24, 24, sabuk, 1_000, 95_000)],
        ),
        (
            order(25, Some(2), placed, [95_000, 0, 0, 95_000], "Selesai", "COD"),
            vec![item(25, 25, sabuk, 1, 95_000), item(26, 25, (3, Some(4)), -2, 120_000)],
        ),
        (order(26, Some(2), placed, [29_000, 0, 0, 29_000], waits, "Virtual Account"), Vec::new()),
        (
            order(27, Some(2), placed, [95_000, 0, 0, 95_000], "Dibatalkan", "E-Wallet"),
            vec![item(27, 27, sabuk, 1, 95_000)],
        ),
        (
            order(28, Some(2), placed, [95_000, 5_000, 0, 90_000], "Selesai", "COD"),
            vec![item(28, 28, sabuk, 1, 95_000)],
        ),
        (
            order(29, Some(2), placed, [95_000, 0, 10_000, 105_000], "Selesai", "COD"),
            vec![item(29, 29, sabuk, 1, 95_000)],
        ),
        (
            order(31, Some(7), placed, [50_000, 0, 0, 50_000], "Selesai", "COD"),
            vec![item(31, 31, (500, Some(900)), 1, 50_000)],
        ),
    ];
    for (order, items) in more {
        data.table("orders").push(order);
        data.table("order_items").extend(items);
    }
    let nobody = data.row("orders", 23);
    for (column, value) in [
        ("shipping_email", Value::Null),
        ("shipping_phone", json!("12")),
        ("shipping_province", Value::Null),
        ("shipping_city", json!("Antah")),
    ] {
        nobody[column] = value;
    }
    data.row("orders", 26)["payment_transaction_id"] = json!("TX-MEM-0A1B2C3D");
    data.row("orders", 29)["subtotal"] = json!("95000.40");
    data.table("order_status_history").push(json!({
        "id": 9, "order_id": 27, "status": "Diproses", "timestamp": "2025-10-10 11:00:00", "notes": null,
    }));
    data.table("vouchers").push(voucher(5, "DISKON 10%!", "PERCENTAGE", 10, None));
    data.table("vouchers").push(voucher(6, "BESAR", "PERCENTAGE", 750, None));
    data.table("user_vouchers").push(json!({ "user_id": 2, "voucher_id": 9, "status": "available", "order_id": null }));
    data.table("user_subscriptions").push(subscription(
        5,
        2,
        1,
        ("2025-10-02 10:00:00", "2029-10-02 10:00:00"),
        "active",
    ));
    data.table("reviews").push(review(20, 1, 3, 9, ("Bagus.", placed)));
    data.table("reviews").push(review(21, 2, 3, 4, ("  ", placed)));
    data
}
