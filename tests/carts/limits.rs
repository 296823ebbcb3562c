//! The fewest and the most units of one order, and what is no longer sold: told where it is chosen, with a way out.

use domain::message::Message;
use services::{Error, carts, checkout};
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::checkout_form;

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_product_page_starts_at_the_fewest_units_of_an_order(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 10).await;
    shop.limit(shirt, 3, 5).await;
    let siti = shop.visitor();

    let page = siti.get("/products/shirt").await.text;
    assert!(page.contains("min=\"3\" max=\"5\" value=\"3\""), "{page}");
    assert!(page.contains(">Minimal 3 per pesanan<"), "{page}");
    let refused = siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "2")]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.text.contains("Minimal 3 per pesanan."), "{}", refused.text);
    assert!(
        siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "6")])
            .await
            .text
            .contains("Isi jumlah 3 sampai 5")
    );
    // Nothing typed is the least; one more to it is fine.
    assert_eq!(siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "")]).await.status, 303);
    assert_eq!(siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await.status, 303);
    assert_eq!(carts::show(&shop, &siti.cookie("cart").unwrap()).await.unwrap().units, 4);

    shop.limit(shirt, 11, 20).await;
    let english = shop.ask(reqwest::Method::GET, "/products/shirt").header("accept-language", "en");
    let page = english.send().await.unwrap().text().await.unwrap();
    assert!(page.contains("Only 10 left, and the minimum is 11"), "{page}");
    assert!(page.contains(" disabled>Sold out<"), "nothing that can be ordered is left: {page}");
    let few = shop.visitor();
    few.get("/products/shirt").await;
    assert_eq!(few.post("/cart/lines", &[("product", "shirt"), ("quantity", "11")]).await.status, 422);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_line_outside_the_limits_says_so_in_the_cart_and_offers_the_nearest(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 10).await;
    shop.limit(shirt, 3, 8).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "4")]).await;
    let line = format!("/cart/lines/{shirt}");

    let few = siti.post(&line, &[("quantity", "1")]).await;
    assert_eq!(few.status, 422);
    assert!(few.text.contains("Minimal 3 per pesanan."), "{}", few.text);
    assert!(few.text.contains("name=\"quantity\" value=\"3\">Ubah jadi 3<"), "{}", few.text);

    // The limits change while the line waits.
    for (limits, quantity, said) in [((6, 8), 6, "Minimal 6 per pesanan."), ((1, 5), 5, "Maksimal 5")] {
        shop.limit(shirt, limits.0, limits.1).await;
        let cart = siti.get("/cart").await.text;
        assert!(cart.contains(said) && cart.contains("di luar batas per pesanan"), "{cart}");
        assert!(cart.contains(&format!("value=\"{quantity}\">Ubah jadi {quantity}<")), "{cart}");
        assert!(!cart.contains("href=\"/checkout\""), "the till would only send back: {cart}");
        assert_eq!(siti.get("/checkout").await.location, "/cart");
        assert_eq!(siti.post(&line, &[("quantity", &quantity.to_string())]).await.status, 303);
        assert!(siti.get("/cart").await.text.contains("href=\"/checkout\""));
    }

    // Fewer are left than one order must have: only removing helps.
    shop.limit(shirt, 1, 20).await;
    let other = shop.cart(shirt, 9).await;
    checkout::open(&shop, &other).await.unwrap();
    shop.limit(shirt, 2, 8).await;
    let cart = siti.get("/cart").await.text;
    assert!(cart.contains("Tinggal 1, sedangkan minimal 2 per pesanan."), "{cart}");
    assert!(!cart.contains("Ubah jadi"), "{cart}");
    assert_eq!(siti.post(&line, &[("do", "remove")]).await.status, 303);
    assert!(carts::show(&shop, &siti.cookie("cart").unwrap()).await.unwrap().is_empty());
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn limits_that_change_at_the_till_lose_nothing_that_was_typed(db: MySqlPool) {
    let shop = Served::open(db).await;
    let (shirt, hat) = (shop.variant("SHIRT", 150_000, 10).await, shop.variant("HAT", 50_000, 10).await);
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    for (product, quantity) in [("shirt", "2"), ("hat", "1")] {
        siti.post("/cart/lines", &[("product", product), ("quantity", quantity)]).await;
    }
    assert_eq!(siti.get("/checkout").await.status, 200);
    shop.limit(shirt, 4, 20).await;
    shop.limit(hat, 11, 20).await;
    let with = |button: &'static str| checkout_form("one-key", "370000", button);

    let stopped = siti.post("/checkout", &with("place")).await;
    assert_eq!(stopped.status, 409, "{stopped:?}");
    assert!(stopped.text.contains("Barang SHIRT: Minimal 4 per pesanan."), "{}", stopped.text);
    assert!(stopped.text.contains("Barang HAT: Tinggal 10, sedangkan minimal 11"), "{}", stopped.text);
    assert!(stopped.text.contains("Jl. Melati 5") && stopped.text.contains("value=\"adjust\""), "{}", stopped.text);

    let mended = siti.post("/checkout", &with("adjust")).await;
    assert_eq!(mended.status, 200, "{mended:?}");
    assert!(mended.text.contains("Jl. Melati 5") && mended.text.contains("620.000"), "{}", mended.text);
    let cart = carts::show(&shop, &siti.cookie("cart").unwrap()).await.unwrap();
    assert_eq!(cart.lines.iter().map(|line| (line.variant_id, line.quantity)).collect::<Vec<_>>(), [(shirt, 4)]);
    assert_eq!((shop.stock(shirt).await, shop.stock(hat).await), ((10, 4), (10, 0)));
    shop.assert_stock_adds_up().await;
    shop.stop().await;
}

/// Checklist 24.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_line_of_what_is_no_longer_sold_may_shrink_and_go(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 10).await;
    let siti = shop.visitor();
    siti.get("/products/shirt").await;
    siti.post("/cart/lines", &[("product", "shirt"), ("quantity", "3")]).await;
    siti.get("/checkout").await;
    shop.archive("shirt").await;

    let line = format!("/cart/lines/{shirt}");
    assert!(siti.get("/cart").await.text.contains("Sudah habis."));
    let grown = siti.post(&line, &[("quantity", "4")]).await;
    assert_eq!(grown.status, 409, "{grown:?}");
    assert_eq!(siti.post(&line, &[("quantity", "2")]).await.status, 303);
    assert_eq!(shop.stock(shirt).await, (10, 2));
    assert_eq!(siti.post(&line, &[("do", "remove")]).await.status, 303);
    assert_eq!(shop.stock(shirt).await, (10, 0));
    assert!(carts::show(&shop, &siti.cookie("cart").unwrap()).await.unwrap().is_empty());

    let new = shop.cart(shop.variant("HAT", 50_000, 1).await, 1).await;
    let refused = carts::set_line(&shop, &new, shirt, 1).await.unwrap_err();
    assert!(matches!(refused, Error::NotFound(Message::NoSuchVariant)), "{refused:?}");
    carts::set_line(&shop, &new, shirt, 0).await.unwrap();
    shop.stop().await;
}
