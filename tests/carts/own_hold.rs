//! What a buyer's own checkout holds is there for that buyer, and for nobody else; and it never holds more than the cart
//! wants.

use domain::catalog::ListProducts;
use services::{Error, Shop, carts, catalog, checkout, visits};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use crate::served::Served;
use crate::shop::TestShop;

/// Pitfall M4. Edge case 7.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_line_that_shrinks_or_goes_gives_its_held_units_back_at_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (shirt, hat) = (shop.variant("SHIRT", 150_000, 3).await, shop.variant("HAT", 49_000, 1).await);
    let key = shop.cart(shirt, 3).await;
    carts::set_line(&shop, &key, hat, 1).await.unwrap();
    checkout::open(&shop, &key).await.unwrap();
    let holding = "select count(*) from carts where held_until is not null";

    let shrunk = carts::set_line(&shop, &key, shirt, 1).await.unwrap();
    assert_eq!((shrunk.lines[0].available, shop.stock(shirt).await), (3, (3, 1)));
    let other = shop.cart(shirt, 2).await;
    carts::set_line(&shop, &key, hat, 0).await.unwrap();
    assert_eq!((shop.stock(hat).await, shop.count(holding).await), ((1, 0), 1), "the shirt is held as before");
    carts::set_line(&shop, &key, shirt, 0).await.unwrap();
    assert_eq!((shop.stock(shirt).await, shop.count(holding).await), ((3, 0), 0), "an empty cart holds nothing");
    shop.assert_stock_adds_up().await;

    checkout::open(&shop, &other).await.unwrap();
    let refused = carts::add(&shop, &key, shirt, 2).await.unwrap_err();
    assert!(matches!(refused, Error::OutOfStock(_)), "{refused:?}");
    carts::add(&shop, &key, shirt, 1).await.unwrap();
    checkout::open(&shop, &key).await.unwrap();
    assert_eq!(shop.stock(shirt).await, (3, 3));
    shop.assert_stock_adds_up().await;
}

/// Pitfall M4. Edge case 4. Two tabs change the cart, others open its till and leave it: what is held is wanted.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_cart_that_changes_while_its_tills_open_holds_no_more_than_it_wants(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (shirt, hat) = (shop.variant("SHIRT", 150_000, 6).await, shop.variant("HAT", 49_000, 6).await);
    let keys = [shop.cart(shirt, 3).await, shop.cart(hat, 3).await];
    for round in 0..5 {
        let mut tabs = JoinSet::new();
        for key in &keys {
            for quantity in 0..4 {
                for variant in [shirt, hat] {
                    let (shop, key) = (Shop::clone(&shop), key.clone());
                    tabs.spawn(async move { carts::set_line(&shop, &key, variant, quantity).await.map(drop) });
                }
                let (at, cart) = (Shop::clone(&shop), key.clone());
                tabs.spawn(async move { checkout::open(&at, &cart).await.map(drop) });
            }
            let (shop, key) = (Shop::clone(&shop), key.clone());
            tabs.spawn(async move { checkout::leave(&shop, &key).await });
        }
        for outcome in tabs.join_all().await {
            let is_told = matches!(outcome, Ok(()) | Err(Error::OutOfStock(_) | Error::Refused(_)));
            assert!(is_told, "round {round}: {outcome:?}");
        }
        let beyond = "select count(*) from holds h
                      left join cart_lines l on l.cart_id = h.cart_id and l.variant_id = h.variant_id
                      where h.quantity > coalesce(l.quantity, 0)";
        let idle = "select count(*) from carts c where (c.held_until is not null)
                        <> exists(select 1 from holds h where h.cart_id = c.id)";
        assert_eq!((shop.count(beyond).await, shop.count(idle).await), (0, 0), "round {round}");
        shop.assert_stock_adds_up().await;
    }
}

/// Checklist 33. Pitfall M4. The number that is there for a buyer is the same in the list, on the product's page and in
/// the cart.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_catalogue_counts_the_askers_own_hold_as_available(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 3).await;
    let key = shop.cart(shirt, 2).await;
    checkout::open(&shop, &key).await.unwrap();

    for (key, available) in [(None, 1), (Some(key.as_str()), 3), (Some("no such cart"), 1)] {
        let cart = visits::of(&shop, None, key).await.unwrap().cart.map(|cart| cart.id);
        let product = catalog::product_for(&shop, "shirt", cart).await.unwrap();
        assert_eq!(product.variants[0].available, available, "{key:?}");
        let list = catalog::page_for(&shop, ListProducts::default(), cart).await.unwrap();
        assert_eq!(list.items[0].available, available, "{key:?}");
    }
    assert_eq!(carts::show(&shop, &key).await.unwrap().lines[0].available, 3);
}

/// Checklist 33. Pitfall M4. Edge case 7. On the pages, too: whoever holds the last ones is not told that they are sold
/// out.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_page_tells_a_buyer_that_what_they_hold_is_sold_out(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 2).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    let two = [("product", "shirt"), ("quantity", "2")];
    assert_eq!(siti.post("/cart/lines", &two).await.status, 303);
    assert_eq!(siti.get("/checkout").await.status, 200);
    assert_eq!(shop.stock(shirt).await, (2, 2));

    for page in ["/products/shirt", "/products", "/"] {
        assert!(siti.get(page).await.text.contains("Barang SHIRT"), "{page}");
        assert!(!siti.get(page).await.text.contains(">Habis<"), "{page}");
        assert!(shop.get(page).await.text.contains(">Habis<"), "a stranger, {page}");
    }
    let all = siti.post("/cart/lines", &two).await;
    assert_eq!(all.status, 409);
    assert!(all.text.contains("Stok tinggal 2, dan 2 sudah ada di keranjang Anda."), "{}", all.text);
    assert_eq!(siti.post(&format!("/cart/lines/{shirt}"), &[("do", "remove")]).await.status, 303);
    assert_eq!(shop.stock(shirt).await, (2, 0), "what was removed is anybody's");
    assert!(!shop.get("/products/shirt").await.text.contains(">Habis<"));
    assert_eq!(siti.post("/cart/lines", &two).await.status, 303);
    assert_eq!(siti.get("/checkout").await.status, 200);
    shop.assert_stock_adds_up().await;
    shop.stop().await;
}
