//! A cluster may refuse a transaction when it commits, after every statement of it was answered. Whatever the shop does is
//! then done again from its beginning, once, and nobody outside notices.

use domain::catalog::bulk::{Direction, Rounding, Step};
use domain::catalog::{ApplyBulk, BulkChange, DeleteProduct, ListChanges, PreviewBulk, Selection, UndoChange};
use domain::customers::RegisterCustomer;
use domain::inventory::stock_takes::{CountInStockTake, StartStockTake};
use domain::inventory::{CorrectStock, ReceiveStock};
use domain::locale::Locale;
use domain::message::Message;
use domain::money::Money;
use domain::orders::OrderStatus;
use domain::payments::{GatewayOutcome, PaymentMethod, RefundOrder, RefundWhat};
use domain::shipping::AddressForm;
use domain::text::Password;
use services::customers::accounts;
use services::inventory::stock_takes;
use services::payments::Received;
use services::{Error, carts, catalog, checkout, inventory, orders, payments, settings, staff};
use sqlx::MySqlPool;

use crate::shop::{SHOPPER_PASSWORD, TestShop, request};

mod proxy;

use proxy::Proxy;

/// A shop whose commits can be refused.
async fn open(db: &MySqlPool) -> (TestShop, Proxy) {
    let (proxy, pool) = Proxy::before(db).await;
    (TestShop::open_own(pool).await, proxy)
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn an_order_whose_commit_was_refused_is_placed_once(db: MySqlPool) {
    let (shop, proxy) = open(&db).await;
    let variant = shop.variant("BATIK", 10_000, 5).await;

    for method in [PaymentMethod::Demo, PaymentMethod::CashOnDelivery] {
        let cart = shop.cart(variant, 2).await;
        proxy.refuse(2);
        let placed = checkout::place(&shop, &cart, "once", request(method)).await.unwrap();
        assert_eq!(proxy.left(), 0, "both commits were refused");
        assert_eq!(shop.detail(&placed).await.lines[0].quantity, 2);
    }
    assert_eq!(shop.count("select count(*) from orders").await, 2);
    assert_eq!(shop.count("select count(*) from events where kind = 'order_placed'").await, 2);
    assert_eq!(shop.stock(variant).await, (3, 2));
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn an_order_that_is_refused_to_the_end_leaves_nothing(db: MySqlPool) {
    let (shop, proxy) = open(&db).await;
    let variant = shop.variant("BATIK", 10_000, 5).await;
    let cart = shop.cart(variant, 2).await;

    proxy.refuse(1_000);
    let refused = checkout::place(&shop, &cart, "once", request(PaymentMethod::CashOnDelivery)).await;
    assert!(matches!(refused, Err(Error::Busy(_))), "{refused:?}");
    proxy.refuse(0);
    assert_eq!(shop.count("select count(*) from orders").await, 0);
    assert_eq!(shop.stock(variant).await, (5, 0));

    checkout::place(&shop, &cart, "once", request(PaymentMethod::CashOnDelivery)).await.unwrap();
    assert_eq!(shop.stock(variant).await, (3, 0));
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn money_whose_commit_was_refused_counts_once(db: MySqlPool) {
    let (shop, proxy) = open(&db).await;
    let variant = shop.variant("BATIK", 10_000, 5).await;
    let placed = shop.order(variant, 2, PaymentMethod::Demo).await.unwrap();

    // One is that of storing what the gateway told, the other that of applying it.
    proxy.refuse(2);
    let told = shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();
    assert_eq!((told, proxy.left()), (Received::New, 0));
    let order = shop.detail(&placed).await;
    assert_eq!(order.status, OrderStatus::Processing);
    assert_eq!(shop.stock(variant).await, (3, 0));

    proxy.refuse(1);
    let wanted = RefundOrder {
        order_id: order.id,
        what: RefundWhat::Everything,
        reason: "wrong size".to_owned(),
        key: "k".to_owned(),
    };
    payments::refund(&shop, &shop.owner, wanted).await.unwrap();
    assert_eq!(shop.count("select count(*) from refunds").await, 1);

    proxy.refuse(1);
    let told = shop.notify(&TestShop::notification(&placed, GatewayOutcome::Paid)).await.unwrap();
    assert_eq!(told, Received::Repeat);
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn what_staff_do_is_done_once_when_its_commit_was_refused(db: MySqlPool) {
    let (shop, proxy) = open(&db).await;
    let variant = shop.variant("BATIK", 10_000, 5).await;
    let owner = &shop.owner;
    let rows = || shop.count("select count(*) from audit");
    let before = rows().await;

    proxy.refuse(1);
    let received = ReceiveStock { variant_id: variant, quantity: 3, note: String::new() };
    assert_eq!(inventory::receive(&shop, owner, received).await.unwrap().stock.on_hand, 8);
    proxy.refuse(1);
    let corrected = CorrectStock { variant_id: variant, delta: -1, note: "torn".to_owned() };
    assert_eq!(inventory::correct(&shop, owner, corrected).await.unwrap().stock.on_hand, 7);

    proxy.refuse(1);
    let take = stock_takes::start(&shop, owner, StartStockTake { name: "Shelf".to_owned() }).await.unwrap();
    proxy.refuse(1);
    let stock_take_id = take.row.id;
    let counted = CountInStockTake { stock_take_id, sku: "BATIK".to_owned(), counted: 6 };
    assert_eq!(stock_takes::count(&shop, owner, counted).await.unwrap().lines.len(), 1);

    proxy.refuse(1);
    let mut wanted = shop.settings().await;
    wanted.name = "Toko Baru".to_owned();
    settings::save(&shop, owner, wanted).await.unwrap();
    assert_eq!(shop.settings().await.name, "Toko Baru");
    proxy.refuse(1);
    staff::choose_locale(&shop, owner, Locale::English).await.unwrap();
    assert_eq!(proxy.left(), 0);

    assert_eq!(rows().await - before, 6, "one row of the history for each");
    shop.assert_stock_adds_up().await;
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn what_shoppers_do_is_done_once_when_its_commit_was_refused(db: MySqlPool) {
    let (shop, proxy) = open(&db).await;
    let variant = shop.variant("BATIK", 10_000, 5).await;

    proxy.refuse(1);
    let cart = carts::create(&shop).await.unwrap();
    proxy.refuse(1);
    assert_eq!(carts::add(&shop, &cart, variant, 2).await.unwrap().units, 2);
    proxy.refuse(1);
    assert!(checkout::open(&shop, &cart).await.unwrap().hold.is_some());
    assert_eq!(shop.stock(variant).await, (5, 2));

    proxy.refuse(1);
    let wanted = RegisterCustomer {
        name: "Sari".to_owned(),
        email: "sari@example.com".to_owned(),
        password: Password::typed(SHOPPER_PASSWORD),
        locale: Locale::English,
    };
    let signed_in = accounts::register(&shop, wanted, None).await.unwrap();
    proxy.refuse(1);
    let address = AddressForm { name: "Sari Dewi".to_owned(), ..AddressForm::default() };
    let saved = accounts::save_profile(&shop, &signed_in.customer, &address, Locale::English).await.unwrap();
    assert_eq!(saved.name, "Sari Dewi");
    proxy.refuse(1);
    accounts::sign_out(&shop, &signed_in.token).await.unwrap();
    assert_eq!(proxy.left(), 0);
    assert!(accounts::who(&shop, &signed_in.token).await.unwrap().is_none());
    assert_eq!(shop.count("select count(*) from accounts").await, 1);

    let placed = checkout::place(&shop, &cart, "once", request(PaymentMethod::CashOnDelivery)).await.unwrap();
    proxy.refuse(1);
    let called_off = orders::cancel_by_buyer(&shop, &placed.number, &placed.access_token, "").await.unwrap();
    assert_eq!(called_off.status, OrderStatus::Cancelled);
    assert_eq!(shop.stock(variant).await, (5, 0));
    let again = orders::show(&shop, &placed.number, "wrong").await;
    assert!(matches!(again, Err(Error::NotFound(Message::NoSuchOrder))), "{again:?}");
    shop.assert_stock_adds_up().await;
}

/// A change of many, and taking it back, are done once when their commits were refused.
#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_change_of_many_whose_commit_was_refused_is_done_once(db: MySqlPool) {
    let (shop, proxy) = open(&db).await;
    let variant = shop.variant("BATIK", 10_000, 5).await;
    let owner = &shop.owner;
    let by = Step::Amount(Money::minor(500));
    let change = BulkChange::Price { direction: Direction::Up, by, rounding: Rounding::None };
    let selection = Selection::Ids(vec![shop.product_of(variant).await]);
    let seen = PreviewBulk { selection, change: change.clone() };
    let products = catalog::preview_bulk(&shop, owner, seen).await.unwrap().changing;
    let price = "select cast(price_amount as signed) from variants";

    proxy.refuse(1);
    let request = ApplyBulk { change, products, key: "k".to_owned() };
    let change_id = catalog::apply_bulk(&shop, owner, request).await.unwrap().change_id.unwrap();
    assert_eq!((proxy.left(), shop.count(price).await), (0, 10_500));
    proxy.refuse(1);
    assert!(!catalog::undo(&shop, owner, UndoChange { change_id }).await.unwrap().already);
    assert_eq!((proxy.left(), shop.count(price).await), (0, 10_000));
    assert_eq!(shop.count("select count(*) from changes").await, 1);
    assert_eq!(shop.count("select count(*) from audit where subject_kind = 'change'").await, 2);

    // What comes or goes whole, each in a unit of work of its own.
    let gone = shop.variant("GONE", 1, 3).await;
    let product_id = shop.product_of(gone).await;
    proxy.refuse(1);
    catalog::delete(&shop, owner, DeleteProduct { product_id, version: 1 }).await.unwrap();
    let change_id = catalog::changes(&shop, owner, ListChanges { after: None }).await.unwrap().rows[0].id;
    proxy.refuse(3);
    assert!(!catalog::undo(&shop, owner, UndoChange { change_id }).await.unwrap().already);
    assert_eq!(proxy.left(), 0);
    assert_eq!(shop.stock(shop.by_sku("GONE").await).await, (3, 0));
    shop.assert_stock_adds_up().await;
}
