//! A shop to test: an owner, a few products, and short words for what a test does with them.

use std::ops::Deref;

use chrono::Utc;
use domain::catalog::{
    CreateCategory, CreateProduct, NewOption, NewOptionValue, NewVariant, ProductId, ProductStatus, VariantId,
};
use domain::checkout::{PlaceOrder, PlacedOrder};
use domain::customers::{Customer, RegisterCustomer};
use domain::inventory::SetStockLimits;
use domain::locale::{Locale, Translated};
use domain::money::{Currency, Money};
use domain::orders::{OrderDetail, OrderId};
use domain::payments::{DemoNotification, GatewayOutcome, PaymentMethod};
use domain::settings::Settings;
use domain::shipping::{AddressForm, DeliveryRates, Tariff, Zone};
use domain::staff::Staff;
use domain::text::Password;
use services::payments::{Received, demo};
use services::{Result, Shop, carts, catalog, checkout, customers, inventory, orders, settings};
use sqlx::MySqlPool;
use tempfile::TempDir;

use crate::lent::Lent;

/// The secret that the practice gateway shares with the shops of these tests.
pub(crate) const SECRET: &str = "a secret of the tests";

/// The password of every account of these tests.
pub(crate) const SHOPPER_PASSWORD: &str = "a shopper's password";

/// An open shop with an owner, closed and cleaned up when the test ends.
pub(crate) struct TestShop {
    shop: Shop,
    pub(crate) owner: Staff,
    pub(crate) folder: TempDir,
    _lent: Option<Lent>,
}

impl Deref for TestShop {
    type Target = Shop;

    fn deref(&self) -> &Shop {
        &self.shop
    }
}

impl TestShop {
    /// A shop without goods that delivers for 10 000 near and 20 000 far.
    pub(crate) async fn open(own: MySqlPool) -> Self {
        own.close().await;
        let lent = Lent::borrow().await;
        Self::on(lent.pool(), Some(lent)).await
    }

    /// The same on a database of the test, whose schema is whole.
    pub(crate) async fn open_own(own: MySqlPool) -> Self {
        Self::on(own, None).await
    }

    async fn on(db: MySqlPool, lent: Option<Lent>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let shop = services::testing::open(db, folder.path()).await.unwrap();
        let owner = services::testing::owner(&shop).await.unwrap();
        // Nothing listens there: pages of the gateway are asked for in tests of their own.
        let shop = shop.with_demo_gateway("http://127.0.0.1:9", SECRET);
        let this = Self { shop, owner, folder, _lent: lent };
        let wanted = with_prices(this.settings().await);
        settings::save(&this, &this.owner, wanted).await.unwrap();
        this
    }

    pub(crate) async fn settings(&self) -> Settings {
        Settings::clone(&*settings::get(self).await.unwrap())
    }

    /// A product with one variant and that many units on the shelf.
    pub(crate) async fn variant(&self, sku: &str, price: i64, units: u32) -> VariantId {
        let product = product(sku, price);
        catalog::create(self, &self.owner, product, None).await.unwrap();
        self.stocked(sku, units).await
    }

    /// The variant with that SKU, after so many units came in.
    pub(crate) async fn stocked(&self, sku: &str, units: u32) -> VariantId {
        if units > 0 {
            inventory::import(self, &self.owner, sku, units, Utc::now()).await.unwrap();
        }
        self.by_sku(sku).await
    }

    /// Lets one order have no fewer and no more units of a variant.
    pub(crate) async fn limit(&self, variant_id: VariantId, min_quantity: u32, max_quantity: u32) {
        let limits = SetStockLimits { variant_id, low_stock_limit: 2, min_quantity, max_quantity };
        inventory::set_limits(self, &self.owner, limits).await.unwrap();
    }

    /// Gives a variant another price.
    pub(crate) async fn reprice(&self, variant: VariantId, price: i64) {
        sqlx::query("update variants set price_amount = ? where id = ?")
            .bind(price)
            .bind(variant.get())
            .execute(&services::testing::database(self))
            .await
            .unwrap();
    }

    /// Takes a product out of the shop.
    pub(crate) async fn archive(&self, slug: &str) {
        sqlx::query("update products set status = 'archived' where slug = ?")
            .bind(slug)
            .execute(&services::testing::database(self))
            .await
            .unwrap();
    }

    pub(crate) async fn by_sku(&self, sku: &str) -> VariantId {
        let row: (u64,) = sqlx::query_as("select id from variants where sku = ?")
            .bind(sku)
            .fetch_one(&services::testing::database(self))
            .await
            .unwrap();
        VariantId::new(row.0)
    }

    /// The product that the variant is of.
    pub(crate) async fn product_of(&self, variant: VariantId) -> ProductId {
        let row: (u64,) = sqlx::query_as("select product_id from variants where id = ?")
            .bind(variant.get())
            .fetch_one(&services::testing::database(self))
            .await
            .unwrap();
        ProductId::new(row.0)
    }

    /// On hand and reserved.
    pub(crate) async fn stock(&self, variant: VariantId) -> (i64, i64) {
        sqlx::query_as("select on_hand, reserved from stock where variant_id = ?")
            .bind(variant.get())
            .fetch_one(&services::testing::database(self))
            .await
            .unwrap()
    }

    /// Nothing that the counters say is contradicted by the ledger or the holds.
    pub(crate) async fn assert_stock_adds_up(&self) {
        let wrong: Vec<(u64,)> = sqlx::query_as(
            "select s.variant_id from stock s
             where s.on_hand <> (select coalesce(sum(m.delta), 0) from stock_movements m
                                 where m.variant_id = s.variant_id)
                or s.reserved <> (select coalesce(sum(h.quantity), 0) from holds h
                                  where h.variant_id = s.variant_id)",
        )
        .fetch_all(&services::testing::database(self))
        .await
        .unwrap();
        assert_eq!(wrong, [], "counters and ledger disagree");
    }

    /// Where another process finds the shop's database.
    pub(crate) fn database_url(&self) -> String {
        let name = services::testing::database(self).connect_options().get_database().unwrap().to_owned();
        let server = std::env::var("DATABASE_URL").unwrap();
        let (address, options) = server.split_once('?').unwrap_or((&server, ""));
        let (address, _) = address.rsplit_once('/').unwrap();
        format!("{address}/{name}?{options}")
    }

    pub(crate) async fn count(&self, sql: &'static str) -> i64 {
        let row: (i64,) = sqlx::query_as(sql).fetch_one(&services::testing::database(self)).await.unwrap();
        row.0
    }

    /// A cart that wants so many of a variant.
    pub(crate) async fn cart(&self, variant: VariantId, quantity: u32) -> String {
        let key = carts::create(self).await.unwrap();
        carts::set_line(self, &key, variant, quantity).await.unwrap();
        key
    }

    /// An order of so many of a variant, through a cart of its own.
    pub(crate) async fn order(&self, variant: VariantId, quantity: u32, method: PaymentMethod) -> Result<PlacedOrder> {
        let key = self.cart(variant, quantity).await;
        checkout::place(self, &key, "once", request(method)).await
    }

    /// The same order as staff see it.
    pub(crate) async fn detail(&self, placed: &PlacedOrder) -> OrderDetail {
        orders::show(self, &placed.number, &placed.access_token).await.unwrap()
    }

    pub(crate) async fn id(&self, placed: &PlacedOrder) -> OrderId {
        self.detail(placed).await.id
    }

    /// What the practice gateway would post about the first attempt to pay an order.
    pub(crate) fn notification(placed: &PlacedOrder, outcome: GatewayOutcome) -> DemoNotification {
        DemoNotification {
            event_id: format!("evt-{}-{outcome}", placed.number),
            reference: format!("{}-1", placed.number),
            outcome,
            amount: placed.totals.total,
            currency: Currency::Rupiah,
            at: Utc::now(),
        }
    }

    /// Posts a notification, signed now by the shop's clock.
    pub(crate) async fn notify(&self, notification: &DemoNotification) -> Result<Received> {
        let body = serde_json::to_vec(notification).unwrap();
        let signature = demo::sign(SECRET, self.now().await.unwrap().timestamp(), &body);
        let headers = [(demo::SIGNATURE_HEADER.to_owned(), signature)];
        services::payments::receive(self, "demo", &headers, &body).await
    }

    /// An online order whose money came.
    pub(crate) async fn paid_order(&self, variant: VariantId, quantity: u32) -> PlacedOrder {
        let placed = self.order(variant, quantity, PaymentMethod::Demo).await.unwrap();
        self.notify(&Self::notification(&placed, GatewayOutcome::Paid)).await.unwrap();
        placed
    }
}

/// An account of that e-mail, whose password is [`SHOPPER_PASSWORD`].
pub(crate) async fn account(shop: &Shop, email: &str) -> Customer {
    let wanted = RegisterCustomer {
        name: "Siti Rahma".to_owned(),
        email: email.to_owned(),
        password: Password::typed(SHOPPER_PASSWORD),
        locale: Locale::Indonesian,
    };
    customers::accounts::register(shop, wanted, None).await.unwrap().customer
}

/// A plain request to place an order, sent to Bandung.
pub(crate) fn request(method: PaymentMethod) -> PlaceOrder {
    PlaceOrder {
        email: "siti@example.com".to_owned(),
        shipping_address: address("Bandung"),
        payment_method: method.as_str().to_owned(),
        delivery_method: String::new(),
        voucher_code: String::new(),
        expected_total: None,
        locale: Locale::Indonesian,
    }
}

/// An address that passes every rule.
pub(crate) fn address(city: &str) -> AddressForm {
    AddressForm {
        name: "Siti Rahma".to_owned(),
        phone: "+62 812-0000-0001".to_owned(),
        line_1: "Jl. Melati 5".to_owned(),
        line_2: String::new(),
        city: city.to_owned(),
        province: "Jawa Barat".to_owned(),
        postal_code: "40115".to_owned(),
    }
}

/// The checkout's form as a browser sends it to Bandung, with the button that was pressed.
pub(crate) fn checkout_form<'a>(key: &'a str, seen_total: &'a str, button: &'a str) -> [(&'a str, &'a str); 11] {
    [
        ("key", key),
        ("email", "siti@example.com"),
        ("name", "Siti Rahma"),
        ("phone", "081200000001"),
        ("line_1", "Jl. Melati 5"),
        ("city", "Bandung"),
        ("province", "Jawa Barat"),
        ("postal_code", "40115"),
        ("payment_method", "cash_on_delivery"),
        ("seen_total", seen_total),
        ("do", button),
    ]
}

/// A product without options.
pub(crate) fn product(sku: &str, price: i64) -> CreateProduct {
    CreateProduct {
        slug: sku.to_lowercase(),
        category: None,
        name: Translated { id: format!("Barang {sku}"), en: format!("Thing {sku}") },
        description: Translated::same("Bagus."),
        status: ProductStatus::Active,
        tax_class: None,
        options: Vec::new(),
        variants: vec![variant(sku, &[], price)],
        pictures: Vec::new(),
    }
}

/// A variant that chose those values.
pub(crate) fn variant(sku: &str, values: &[usize], price: i64) -> NewVariant {
    NewVariant {
        sku: sku.to_owned(),
        values: values.to_vec(),
        price: Money::minor(price),
        compare_at_price: None,
        weight_grams: 200,
        low_stock_limit: 2,
    }
}

/// An option with values of the same name in both languages.
pub(crate) fn option(name: &str, values: &[&str]) -> NewOption {
    let value = |text: &&str| NewOptionValue { value: Translated::same(*text), swatch: None };
    NewOption { name: Translated::same(name), values: values.iter().map(value).collect() }
}

/// A category of that name.
pub(crate) fn category(slug: &str) -> CreateCategory {
    CreateCategory { slug: slug.to_owned(), name: Translated { id: slug.to_uppercase(), en: slug.to_owned() } }
}

fn with_prices(settings: Settings) -> Settings {
    Settings {
        delivery: DeliveryRates {
            zones: vec![Zone {
                name: "Jabodetabek".to_owned(),
                provinces: Vec::new(),
                cities: vec!["Jakarta".to_owned(), "Depok".to_owned()],
                tariff: Tariff::flat(Money::minor(10_000)),
            }],
            ..DeliveryRates::flat(Money::minor(20_000))
        },
        payment_methods: vec![PaymentMethod::Demo, PaymentMethod::CashOnDelivery],
        ..settings
    }
}
