//! Orders that use vouchers: what they cost, who may, and that no race overruns a limit.

use chrono::{DurationRound, TimeDelta};
use domain::checkout::{PlaceOrder, PlacedOrder};
use domain::message::Message;
use domain::money::{BasisPoints, Money};
use domain::orders::{CancelOrder, OrderStatus};
use domain::payments::PaymentMethod;
use domain::pricing::{TaxRules, VoucherKind};
use domain::problem::FieldProblem;
use domain::shipping::{DeliveryMethod, Destination};
use domain::vouchers::{GetVoucher, SaveVoucher, SwitchVoucher, end_through};
use services::{Error, Shop, catalog, checkout, jobs, orders, settings, vouchers};
use sqlx::MySqlPool;

use super::{TENTH, field, save, voucher};
use crate::shop::{TestShop, category, product, request};

/// Where the parcels of these tests go.
pub(super) const BANDUNG: Destination<'static> =
    Destination { province: "Jawa Barat", city: "Bandung", method: DeliveryMethod::Courier };

pub(super) fn wanted(email: &str, code: &str, method: PaymentMethod) -> PlaceOrder {
    PlaceOrder { email: email.to_owned(), voucher_code: code.to_owned(), ..request(method) }
}

/// Places an order of a cart and, when it was refused, tells why.
pub(super) async fn place(shop: &Shop, cart: &str, wanted: PlaceOrder) -> Result<PlacedOrder, FieldProblem> {
    checkout::place(shop, cart, "once", wanted).await.map_err(field)
}

pub(super) async fn cancel(shop: &TestShop, placed: &PlacedOrder) -> Result<(), Error> {
    let order_id = shop.id(placed).await;
    let request = CancelOrder { order_id, reason: "Salah pesan.".to_owned() };
    orders::cancel(shop, &shop.owner, request).await.map(drop)
}

/// `used`, and the orders that use a voucher now: the two are always the same.
pub(super) async fn uses(shop: &TestShop) -> i64 {
    let used = shop.count("select cast(sum(used) as signed) from vouchers").await;
    assert_eq!(shop.count("select count(*) from voucher_uses where given_back_at is null").await, used);
    used
}

/// Checklist 58.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_with_a_voucher_costs_less_and_says_so(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let hat = shop.variant("HAT", 49_999, 9).await;
    save(&shop, voucher("HEMAT10", TENTH)).await;
    let key = shop.cart(shirt, 2).await;
    services::carts::set_line(&shop, &key, hat, 1).await.unwrap();

    let quote = checkout::quote(&shop, &key, &BANDUNG, "hemat10").await.unwrap();
    let mut order = wanted("siti@example.com", "hemat10", PaymentMethod::CashOnDelivery);
    order.expected_total = Some(quote.totals.total);
    let placed = place(&shop, &key, order).await.unwrap();

    // A tenth of 349,999 is 34,999.9, which is 35,000.
    assert_eq!(placed.totals, quote.totals);
    assert_eq!(placed.totals.voucher_discount, Money::minor(35_000));
    assert_eq!(placed.totals.total, Money::minor(349_999 - 35_000 + 20_000));
    let order = shop.detail(&placed).await;
    assert_eq!((order.totals, order.voucher_code.as_deref()), (placed.totals, Some("HEMAT10")));
    let shares: Vec<i64> = order.lines.iter().map(|line| line.voucher_discount.get()).collect();
    assert_eq!(shares.iter().sum::<i64>(), 35_000);
    assert!(order.totals.is_exact());
    assert_eq!(uses(&shop).await, 1);
    let id = vouchers::page(&shop, &shop.owner, super::everything()).await.unwrap().rows[0].voucher.id;
    let detail = vouchers::detail(&shop, &shop.owner, GetVoucher { voucher_id: id }).await.unwrap();
    assert_eq!(detail.uses[0].order_number, placed.number);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn taxes_of_an_order_sum_and_are_read_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 111_000, 9).await;
    let mut wanted = shop.settings().await;
    wanted.tax = TaxRules { prices_include_tax: false, ..TaxRules::ppn() };
    settings::save(&shop, &shop.owner, wanted).await.unwrap();

    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    let order = shop.detail(&placed).await;
    assert_eq!(order.totals.tax, Money::minor(12_210));
    assert_eq!(order.totals.total, Money::minor(111_000 + 12_210 + 20_000));
    assert_eq!((order.taxes[0].name.as_str(), order.taxes[0].amount), ("PPN", order.totals.tax));
    assert_eq!(order.lines[0].charged(false), Some(Money::minor(123_210)));
    assert!(order.totals.is_exact());
}

/// Checklist 59.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_refused_voucher_places_nothing_and_names_its_reason(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let now = shop.now().await.unwrap();
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let hats = catalog::create_category(&shop, &shop.owner, category("hats")).await.unwrap();
    let plain = |code| voucher(code, TENTH);
    save(&shop, SaveVoucher { starts_at: Some(now + TimeDelta::days(1)), ..plain("SOON") }).await;
    save(&shop, SaveVoucher { ends_at: Some(now), ..plain("OVER") }).await;
    save(&shop, SaveVoucher { is_active: false, ..plain("OFF") }).await;
    save(&shop, SaveVoucher { is_personal: true, ..plain("MINE") }).await;
    let mut much = plain("MUCH");
    much.terms.minimum_purchase = Money::minor(200_000);
    save(&shop, much).await;
    let mut of_hats = plain("HATS");
    of_hats.terms.categories = vec![hats];
    save(&shop, of_hats).await;
    save(&shop, SaveVoucher { first_order_only: true, ..plain("FIRST") }).await;
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    let minimum = "Rp\u{a0}200.000".to_owned();
    for (code, reason) in [
        ("NONE", Message::NoSuchVoucher),
        ("a b", Message::NoSuchVoucher),
        ("SOON", Message::VoucherNotYet),
        ("OVER", Message::VoucherOver),
        ("OFF", Message::VoucherOff),
        ("MINE", Message::VoucherOfOthers),
        ("MUCH", Message::VoucherBelowMinimum { minimum }),
        ("HATS", Message::VoucherForOtherGoods),
        ("FIRST", Message::VoucherForFirstOrder),
    ] {
        let key = shop.cart(shirt, 1).await;
        let order = wanted("siti@example.com", code, PaymentMethod::CashOnDelivery);
        let refused = place(&shop, &key, order).await.unwrap_err();
        assert_eq!(refused, FieldProblem::new("voucher_code", reason), "{code}");
    }
    assert_eq!(shop.count("select count(*) from orders").await, 1);
    assert_eq!(shop.stock(shirt).await, (8, 0));
    assert_eq!(uses(&shop).await, 0);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn free_delivery_and_a_cap_and_the_categories_are_kept(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hats = catalog::create_category(&shop, &shop.owner, category("hats")).await.unwrap();
    let in_hats = domain::catalog::CreateProduct { category: Some("hats".to_owned()), ..product("HAT", 50_000) };
    catalog::create(&shop, &shop.owner, in_hats, None).await.unwrap();
    let hat = shop.stocked("HAT", 9).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let mut half = voucher("HALF", VoucherKind::Percent(BasisPoints::new(5_000)));
    half.terms.categories = vec![hats];
    half.terms.cap = Some(Money::minor(20_000));
    save(&shop, half).await;
    save(&shop, voucher("ONGKIR", VoucherKind::FreeDelivery)).await;
    let quote = async |code: &str| {
        let key = shop.cart(shirt, 1).await;
        services::carts::set_line(&shop, &key, hat, 1).await.unwrap();
        checkout::quote(&shop, &key, &BANDUNG, code).await.unwrap()
    };

    assert_eq!(quote("half").await.totals.voucher_discount, Money::minor(20_000));
    let free = quote("ongkir").await;
    assert_eq!((free.totals.delivery, free.delivery_saved), (Money::ZERO, Money::minor(20_000)));
    assert_eq!(free.totals.total, Money::minor(200_000));
}

/// Checklist 59. Checklist 62. Pitfall M5. Edge case 13.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn fifty_orders_at_once_use_a_voucher_of_ten_ten_times(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 60).await;
    save(&shop, SaveVoucher { total_limit: Some(10), ..voucher("TEN", TENTH) }).await;
    let mut buyers = tokio::task::JoinSet::new();
    for number in 0..50 {
        let (shop, key) = (Clone::clone(&*shop), shop.cart(shirt, 1).await);
        let order = wanted(&format!("buyer{number}@example.com"), "TEN", PaymentMethod::CashOnDelivery);
        buyers.spawn(async move { place(&shop, &key, order).await });
    }

    let mut placed = 0;
    while let Some(outcome) = buyers.join_next().await {
        match outcome.unwrap() {
            Ok(_) => placed += 1,
            Err(refused) => assert_eq!(refused, FieldProblem::new("voucher_code", Message::VoucherUsedUp)),
        }
    }

    assert_eq!(placed, 10);
    assert_eq!(uses(&shop).await, 10);
    assert_eq!(shop.stock(shirt).await, (50, 0));
    shop.assert_stock_adds_up().await;
}

/// Checklist 62. Pitfall M5.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn one_customer_at_many_tabs_uses_a_voucher_of_one_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 60).await;
    save(&shop, SaveVoucher { customer_limit: Some(1), ..voucher("ONCE", TENTH) }).await;
    save(&shop, SaveVoucher { first_order_only: true, ..voucher("FIRST", TENTH) }).await;
    for (code, email) in [("ONCE", "siti@example.com"), ("FIRST", "ayu@example.com")] {
        let mut tabs = tokio::task::JoinSet::new();
        for _ in 0..12 {
            let (shop, key) = (Clone::clone(&*shop), shop.cart(shirt, 1).await);
            let order = wanted(email, code, PaymentMethod::Demo);
            tabs.spawn(async move { place(&shop, &key, order).await.is_ok() });
        }
        let placed = tabs.join_all().await.into_iter().filter(|placed| *placed).count();
        assert_eq!(placed, 1, "{code}");
    }
    assert_eq!(uses(&shop).await, 2);
}

/// Checklist 63. Pitfall M16. Edge case 13.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_called_off_order_gives_its_voucher_back_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let once = SaveVoucher { total_limit: Some(1), customer_limit: Some(1), ..voucher("ONCE", TENTH) };
    save(&shop, once).await;
    for method in [PaymentMethod::Demo, PaymentMethod::CashOnDelivery] {
        let key = shop.cart(shirt, 1).await;
        let placed = place(&shop, &key, wanted("siti@example.com", "ONCE", method)).await.unwrap();
        assert_eq!(uses(&shop).await, 1);

        let (one, other) = tokio::join!(cancel(&shop, &placed), cancel(&shop, &placed));
        assert_eq!(u8::from(one.is_ok()) + u8::from(other.is_ok()), 1, "{one:?} {other:?}");
        assert_eq!(uses(&shop).await, 0);
        assert_eq!(shop.detail(&placed).await.voucher_code.as_deref(), Some("ONCE"), "the order still tells its price");
    }
}

/// Checklist 63. Checklist 74. Checklist 83. Pitfall M16.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_that_nobody_paid_gives_its_voucher_back_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    save(&shop, SaveVoucher { total_limit: Some(1), ..voucher("ONCE", TENTH) }).await;
    let key = shop.cart(shirt, 1).await;
    let placed = place(&shop, &key, wanted("siti@example.com", "ONCE", PaymentMethod::Demo)).await.unwrap();

    shop.clock().advance(TimeDelta::hours(25));
    let (expired, _) = tokio::join!(jobs::run_due_work(&shop), cancel(&shop, &placed));
    expired.unwrap();
    jobs::run_due_work(&shop).await.unwrap();

    assert_eq!(shop.detail(&placed).await.status, OrderStatus::Cancelled);
    assert_eq!(uses(&shop).await, 0);
    let key = shop.cart(shirt, 1).await;
    place(&shop, &key, wanted("ayu@example.com", "ONCE", PaymentMethod::Demo)).await.unwrap();
}

/// Pitfall M5. Pitfall M16.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn placing_and_calling_off_in_a_crowd_loses_no_use(db: MySqlPool) {
    let shop = std::sync::Arc::new(TestShop::open(db).await);
    let shirt = shop.variant("SHIRT", 150_000, 60).await;
    save(&shop, SaveVoucher { total_limit: Some(4), ..voucher("FOUR", TENTH) }).await;
    let mut buyers = tokio::task::JoinSet::new();
    for number in 0..8 {
        let shop = std::sync::Arc::clone(&shop);
        buyers.spawn(async move {
            for round in 0..4 {
                let key = shop.cart(shirt, 1).await;
                let order = wanted(&format!("buyer{number}@example.com"), "FOUR", PaymentMethod::Demo);
                if let Ok(placed) = place(&shop, &key, order).await
                    && (number + round) % 2 == 0
                {
                    cancel(&shop, &placed).await.unwrap();
                }
            }
        });
    }
    buyers.join_all().await;

    let live = shop.count("select count(*) from orders where status <> 'cancelled'").await;
    assert_eq!(uses(&shop).await, live);
    assert!(live <= 4, "{live}");
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_limit_cannot_fall_below_what_was_used(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let saved = save(&shop, voucher("HEMAT", TENTH)).await;
    for email in ["a@example.com", "b@example.com"] {
        let key = shop.cart(shirt, 1).await;
        place(&shop, &key, wanted(email, "HEMAT", PaymentMethod::Demo)).await.unwrap();
    }
    let change = |limit| SaveVoucher {
        voucher_id: Some(saved.voucher.id),
        version: saved.version,
        total_limit: Some(limit),
        ..voucher("HEMAT", TENTH)
    };

    let refused = vouchers::save(&shop, &shop.owner, change(1)).await.unwrap_err();
    assert_eq!(field(refused), FieldProblem::new("total_limit", Message::VoucherUsedMore { used: 2 }));
    let saved = save(&shop, change(2)).await;
    assert_eq!(saved.used, 2);

    let off = SwitchVoucher { voucher_id: saved.voucher.id, version: saved.version, is_active: false };
    vouchers::switch(&shop, &shop.owner, off).await.unwrap();
    let key = shop.cart(shirt, 1).await;
    let refused = place(&shop, &key, wanted("c@example.com", "HEMAT", PaymentMethod::Demo)).await.unwrap_err();
    assert_eq!(refused.message, Message::VoucherOff);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_voucher_is_part_of_what_a_key_stands_for(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    save(&shop, voucher("HEMAT", TENTH)).await;
    let key = shop.cart(shirt, 1).await;
    let order = |code| wanted("siti@example.com", code, PaymentMethod::CashOnDelivery);

    let first = place(&shop, &key, order("HEMAT")).await.unwrap();
    assert_eq!(place(&shop, &key, order(" hemat ")).await.unwrap(), first);
    let other = checkout::place(&shop, &key, "once", order("")).await.unwrap_err();
    assert!(matches!(other, Error::Unusable(Message::KeyReused)), "{other:?}");
    assert_eq!(uses(&shop).await, 1);
}

/// "Valid until 17:13" is good at 17:13:33, where it is shown, where it is checked and where it is counted.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_voucher_is_good_through_its_last_minute(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let now = shop.now().await.unwrap();
    let minute = now.duration_trunc(TimeDelta::minutes(1)).unwrap() + TimeDelta::hours(1);
    save(&shop, SaveVoucher { ends_at: end_through(minute), ..voucher("TODAY", TENTH) }).await;
    let ayu = crate::shop::account(&shop, "ayu@example.com").await;
    vouchers::claim(&shop, &ayu, "TODAY").await.unwrap();

    shop.clock().advance(minute + TimeDelta::seconds(33) - now);
    assert_eq!(vouchers::own(&shop, &ayu).await.unwrap().len(), 1);
    let key = shop.cart(shirt, 1).await;
    let order = || wanted("siti@example.com", "TODAY", PaymentMethod::CashOnDelivery);
    place(&shop, &key, order()).await.unwrap();

    // The clock moves by whole seconds.
    shop.clock().advance(TimeDelta::seconds(29));
    let key = shop.cart(shirt, 1).await;
    let over = place(&shop, &key, order()).await.unwrap_err();
    assert_eq!(over.message, Message::VoucherOver);
    assert_eq!(vouchers::own(&shop, &ayu).await.unwrap(), []);
}
