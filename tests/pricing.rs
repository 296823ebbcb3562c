//! What orders cost once weight, place, pickup and taxes come together, and what is kept of it.

use domain::catalog::{CreateProduct, SetTaxClass};
use domain::locale::Translated;
use domain::message::Message;
use domain::money::{BasisPoints, Currency, Money};
use domain::orders::ShipOrder;
use domain::payments::PaymentMethod::CashOnDelivery;
use domain::pricing::{TaxClass, TaxRate, TaxRules};
use domain::settings::Settings;
use domain::shipping::{DeliveryMethod, DeliveryRates, Destination};
use domain::staff::{Role, Staff};
use domain::text::TaxClassKey;
use reqwest::Method;
use serde_json::{Value, json};
use services::{Error, carts, catalog, checkout, orders, settings};
use sqlx::MySqlPool;

use crate::served::{Answer, Served};
use crate::shop::{TestShop, address, product, request};

/// Parcels by weight over the whole of Indonesia, PPN within the prices and on the delivery, and pickup.
async fn decide(shop: &TestShop, change: impl FnOnce(&mut Settings)) {
    let mut wanted = Settings { delivery: DeliveryRates::indonesia(), tax: TaxRules::ppn(), ..shop.settings().await };
    wanted.tax.delivery_class = Some(wanted.tax.classes[0].key.clone());
    wanted.delivery.pickup.enabled = true;
    wanted.delivery.pickup.address =
        Translated { id: "Jalan Teras Pagi 19".to_owned(), en: "19 Teras Pagi".to_owned() };
    change(&mut wanted);
    settings::save(shop, &shop.owner, wanted).await.unwrap();
}

/// Checklist 38.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_parcel_costs_by_weight_and_province(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    decide(&shop, |settings| settings.tax = TaxRules::default()).await;

    // A shirt weighs 200 g.
    for (province, city, shirts, price) in [
        ("DKI Jakarta", "Jakarta Timur", 5, 10_000),
        ("DKI Jakarta", "Jakarta Timur", 6, 16_000),
        ("West Java", "Garut", 1, 20_000),
        ("Papua", "Jayapura", 1, 65_000),
        ("Prov. Sumut", "Medan", 20, 108_000),
    ] {
        let key = shop.cart(shirt, shirts).await;
        let to = Destination { province, city, method: DeliveryMethod::Courier };
        let priced = checkout::quote(&shop, &key, &to, "").await.unwrap();
        assert_eq!(priced.totals.delivery, Money::minor(price), "{shirts} to {city}");
    }
}

/// A near city that was written into a far province, by mistake or not, is no way to a cheaper delivery.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_city_in_another_province_is_charged_the_dearer_delivery(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    decide(&shop, |settings| settings.tax = TaxRules::default()).await;
    for (province, city, price) in [
        ("Jawa Barat", "Kotamadya Bogor", 10_000),
        ("Banten", "Tangsel", 10_000),
        ("Papua Barat", "Kota Bogor", 65_000),
        ("Jawa Tengah", "Depok", 20_000),
    ] {
        let key = shop.cart(shirt, 1).await;
        let mut wanted = request(CashOnDelivery);
        (wanted.shipping_address.city, wanted.shipping_address.province) = (city.to_owned(), province.to_owned());
        let placed = checkout::place(&shop, &key, "k", wanted).await.unwrap();
        assert_eq!(placed.totals.delivery, Money::minor(price), "{city}, {province}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_keeps_its_taxes_line_by_line(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 111_000, 50).await;

    for included in [true, false] {
        decide(&shop, |settings| settings.tax.prices_include_tax = included).await;
        let placed = shop.order(shirt, 2, CashOnDelivery).await.unwrap();
        let order = shop.detail(&placed).await;

        assert_eq!(order.totals, placed.totals);
        assert!(order.totals.is_exact());
        let (line, delivery) = if included { (22_000, 1_982) } else { (24_420, 2_200) };
        assert_eq!(order.lines[0].tax, Money::minor(line));
        assert_eq!(order.totals.tax, Money::minor(line + delivery));
        assert_eq!(order.totals.total, Money::minor(242_000 + if included { 0 } else { line + delivery }));
        assert_eq!((order.taxes[0].name.as_str(), order.taxes[0].amount), ("PPN", order.totals.tax));
        let charged = order.lines[0].charged(included).unwrap();
        assert_eq!(charged, Money::minor(222_000 + if included { 0 } else { line }));
    }
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_fetched_travels_for_nothing_where_the_shop_offers_it(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    decide(&shop, |_| {}).await;
    let mut wanted = request(CashOnDelivery);
    wanted.delivery_method = "pickup".to_owned();

    let key = shop.cart(shirt, 20).await;
    let placed = checkout::place(&shop, &key, "k", wanted.clone()).await.unwrap();
    let order = shop.detail(&placed).await;
    assert_eq!((order.delivery_method, order.totals.delivery), (DeliveryMethod::Pickup, Money::ZERO));

    decide(&shop, |settings| settings.delivery.pickup.enabled = false).await;
    let key = shop.cart(shirt, 1).await;
    let refused = checkout::place(&shop, &key, "k", wanted.clone()).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::PickupOff)), "{refused:?}");
    wanted.delivery_method = "pigeon".to_owned();
    wanted.shipping_address = address("Bandung");
    let refused = checkout::place(&shop, &key, "k", wanted).await.unwrap_err();
    let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
    assert_eq!(problems[0].field, "delivery_method");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_checkout_shows_what_will_be_charged(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 111_000, 50).await;
    decide(&shop, |_| {}).await;
    let visitor = shop.visitor();
    visitor.get("/products/shirt").await;
    visitor.post("/cart/lines", &[("variant_id", &shirt.to_string()), ("product", "shirt"), ("quantity", "1")]).await;

    let page = visitor.get("/checkout").await;
    assert!(page.text.contains("Jalan Teras Pagi 19"), "{}", page.text);
    let sums = visitor.get("/checkout/delivery?city=Garut&province=Jabar").await.json();
    let rows: Vec<String> = sums["sums"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row["name"].as_str().unwrap(), row["amount"].as_str().unwrap()))
        .collect();
    assert_eq!(
        rows,
        [
            "Subtotal Rp\u{a0}111.000",
            "Ongkos kirim Rp\u{a0}20.000",
            "Total Rp\u{a0}131.000",
            "Sudah termasuk PPN 11% Rp\u{a0}12.982",
        ]
    );
    let fetched = visitor.get("/checkout/delivery?delivery_method=pickup").await.json();
    assert_eq!(fetched["seen_total"], "111000");
}

/// A name, an e-mail and a phone number are enough, in the services, at the page and over the API; what is known of the
/// buyer's address stays known.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_fetches_an_order_is_asked_for_no_address(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 50).await;
    decide(&shop, |settings| settings.tax = TaxRules::default()).await;
    shop.order(shirt, 1, CashOnDelivery).await.unwrap();
    let contact = json!({ "name": "Siti Rahma", "phone": "081200000009" });
    let mut body = json!({
        "email": "siti@example.com", "shipping_address": contact, "payment_method": "cash_on_delivery",
        "delivery_method": "pickup",
    });
    let place = async |key: &str, body: &Value| {
        let path = format!("/api/v1/carts/{}/checkout", shop.cart(shirt, 1).await);
        let request = shop.ask(Method::POST, &path).header("Idempotency-Key", key);
        Answer::of(request.json(body).send().await.unwrap()).await
    };

    let placed = place("one", &body).await;
    assert_eq!(placed.status, 201, "{placed:?}");
    let (number, token) = (placed.json()["number"].clone(), placed.json()["access_token"].clone());
    let (number, token) = (number.as_str().unwrap(), token.as_str().unwrap());
    let shown = shop.get(&format!("/api/v1/orders/{number}?token={token}")).await.json();
    assert_eq!(shown["shipping_address"], contact);
    let page = shop.get(&orders::path(number, token)).await.text;
    assert!(page.contains("Jalan Teras Pagi 19") && page.contains("Siap diambil"), "{page}");
    let order = orders::show(&shop, number, token).await.unwrap();
    orders::ship(&shop, &shop.owner, ShipOrder::all(order.id, "")).await.unwrap();
    let page = shop.get(&format!("/orders/{number}/invoice?token={token}")).await;
    assert!(page.status == 200 && page.text.contains("Ambil di toko"), "{page:?}");
    let city = "select count(*) from customers where city = 'Bandung' and phone = '081200000009'";
    assert_eq!(shop.count(city).await, 1, "the address stays, the phone number is the newest");

    body["email"] = json!("new@example.com");
    assert_eq!(place("two", &body).await.status, 201);
    assert_eq!(shop.count("select count(*) from customers where city is null and phone is not null").await, 1);
    body["delivery_method"] = json!("courier");
    let refused = place("three", &body).await;
    assert_eq!(refused.status, 422, "{refused:?}");
    let errors = refused.json()["errors"].clone();
    let fields: Vec<_> = errors.as_array().unwrap().iter().map(|it| it["field"].as_str().unwrap()).collect();
    let missing = ["line_1", "city", "province", "postal_code"].map(|field| format!("shipping_address.{field}"));
    assert_eq!(fields, missing);

    let visitor = shop.visitor();
    visitor.get("/products/shirt").await;
    visitor.post("/cart/lines", &[("variant_id", &shirt.to_string()), ("product", "shirt"), ("quantity", "1")]).await;
    let checkout = visitor.get("/checkout").await.text;
    let key = checkout.split("name=\"key\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let form = [
        ("do", "place"),
        ("seen_total", "150000"),
        ("key", key),
        ("email", "siti@example.com"),
        ("name", "Siti"),
        ("phone", "081200000009"),
        ("payment_method", "cash_on_delivery"),
        ("delivery_method", "pickup"),
    ];
    let thanks = visitor.post("/checkout", &form).await;
    assert_eq!(thanks.status, 303, "{thanks:?}");
}

/// Two goods of two classes: each line and each rate is taxed by its own class, for good.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn goods_are_taxed_by_the_class_that_they_are_in_when_they_are_ordered(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 111_000, 50).await;
    decide(&shop, |settings| {
        let (key, rate) = (TaxClassKey::parse("luxury").unwrap(), BasisPoints::new(2_000));
        let rates = vec![TaxRate { name: "PPnBM".to_owned(), rate }];
        settings.tax.classes.push(TaxClass { key, name: "Mewah".to_owned(), rates });
        settings.tax.delivery_class = None;
    })
    .await;
    let luxury = TaxClassKey::parse("luxury").unwrap();
    let bag = CreateProduct { tax_class: Some(luxury.clone()), ..product("BAG", 120_000) };
    catalog::create(&shop, &shop.owner, bag, None).await.unwrap();
    let bag = shop.stocked("BAG", 50).await;
    let key = shop.cart(shirt, 1).await;
    carts::set_line(&shop, &key, bag, 2).await.unwrap();

    let placed = checkout::place(&shop, &key, "k", request(CashOnDelivery)).await.unwrap();
    let order = shop.detail(&placed).await;
    let taxes: Vec<_> = order.lines.iter().map(|line| (line.sku.as_str(), line.tax.get())).collect();
    assert_eq!(taxes, [("SHIRT", 11_000), ("BAG", 40_000)]);
    let rates: Vec<_> = order.taxes.iter().map(|tax| (tax.name.as_str(), tax.base.get(), tax.amount.get())).collect();
    assert_eq!(rates, [("PPN", 100_000, 11_000), ("PPnBM", 200_000, 40_000)]);
    assert_eq!((order.totals.tax, order.totals.is_exact()), (Money::minor(51_000), true));

    // The product goes into the default class, and what was ordered keeps its taxes.
    let product_id = shop.product_of(bag).await;
    let request_of = |tax_class: Option<&TaxClassKey>, seen: Option<&TaxClassKey>| SetTaxClass {
        product_id,
        tax_class: tax_class.cloned(),
        seen: seen.cloned(),
    };
    let changed = catalog::set_tax_class(&shop, &shop.owner, request_of(None, Some(&luxury))).await.unwrap();
    assert_eq!((changed.tax_class, changed.classes.len()), (None, 2));
    assert_eq!(shop.detail(&placed).await.taxes, order.taxes);
    let next = shop.order(bag, 1, CashOnDelivery).await.unwrap();
    assert_eq!(shop.detail(&next).await.lines[0].tax, Money::minor(11_892));

    // The invoice and the API tell it line by line and rate by rate.
    orders::ship(&shop, &shop.owner, ShipOrder::all(order.id, "")).await.unwrap();
    let invoice = format!("/orders/{}/invoice?token={}", placed.number, placed.access_token);
    let sheet = shop.visitor().get(&invoice).await.text;
    let amount = |amount: i64| Money::minor(amount).display(Currency::Rupiah);
    for told in [amount(11_000), amount(40_000), "PPN 11%".to_owned(), "PPnBM 20%".to_owned()] {
        assert!(sheet.contains(&told), "{told} is not in {sheet}");
    }
    assert_eq!(sheet.matches("data-test=\"line-tax\"").count(), 2);
    let path = format!("/api/v1/orders/{}?token={}", placed.number, placed.access_token);
    let told = Answer::of(shop.ask(Method::GET, &path).send().await.unwrap()).await.json();
    assert_eq!(told["lines"][1]["tax"]["amount"], 40_000);

    let unknown = TaxClassKey::parse("unknown").unwrap();
    let refused = catalog::set_tax_class(&shop, &shop.owner, request_of(Some(&unknown), None)).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "tax_class"), "{refused:?}");
    let late = catalog::set_tax_class(&shop, &shop.owner, request_of(Some(&luxury), Some(&luxury))).await.unwrap_err();
    assert!(matches!(late, Error::Refused(Message::ChangedMeanwhile)), "{late:?}");
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let forbidden = catalog::set_tax_class(&shop, &clerk, request_of(Some(&luxury), None)).await.unwrap_err();
    assert!(matches!(forbidden, Error::Forbidden(_)), "{forbidden:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_tax_class_stays_while_products_are_in_it(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 111_000, 1).await;
    decide(&shop, |settings| {
        let key = TaxClassKey::parse("books").unwrap();
        settings.tax.classes.push(TaxClass { key, name: "Buku".to_owned(), rates: Vec::new() });
    })
    .await;
    let books = TaxClassKey::parse("books").unwrap();
    let product_id = shop.product_of(shirt).await;
    let into = |tax_class: Option<TaxClassKey>, seen: Option<TaxClassKey>| SetTaxClass { product_id, tax_class, seen };
    catalog::set_tax_class(&shop, &shop.owner, into(Some(books.clone()), None)).await.unwrap();

    let mut wanted = shop.settings().await;
    wanted.tax.classes.pop();
    let refused = settings::save(&shop, &shop.owner, wanted.clone()).await.unwrap_err();
    let Error::Invalid(problems) = &refused else { panic!("{refused:?}") };
    let used = Message::TaxClassIsUsed { name: "Buku".to_owned(), products: 1 };
    assert_eq!((problems[0].field.as_str(), &problems[0].message), ("tax.classes", &used));

    catalog::set_tax_class(&shop, &shop.owner, into(None, Some(books.clone()))).await.unwrap();
    settings::save(&shop, &shop.owner, wanted).await.unwrap();
    let gone = catalog::set_tax_class(&shop, &shop.owner, into(Some(books.clone()), None)).await.unwrap_err();
    assert!(matches!(&gone, Error::Invalid(fields) if fields[0].field == "tax_class"), "{gone:?}");
    let lost = CreateProduct { tax_class: Some(books), ..product("BOOK", 50_000) };
    let refused = catalog::create(&shop, &shop.owner, lost, None).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "tax_class"), "{refused:?}");
}
