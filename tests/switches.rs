//! The switches of language and theme lead back to the same page, with all that its address holds.

use domain::catalog::CreateProduct;
use domain::payments::PaymentMethod;
use reqwest::Method;
use services::catalog;
use sqlx::MySqlPool;

use crate::served::Served;
use crate::shop::{option, product, variant};

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_switch_keeps_the_chosen_variant_and_the_signed_link(db: MySqlPool) {
    let shop = Served::open(db).await;
    let wanted = CreateProduct {
        options: vec![option("Ukuran", &["S", "M"])],
        variants: vec![variant("SHIRT-S", &[0], 150_000), variant("SHIRT-M", &[1], 150_000)],
        ..product("SHIRT", 0)
    };
    catalog::create(&shop, &shop.owner, wanted, None).await.unwrap();
    let medium = shop.stocked("SHIRT-M", 1).await;
    let placed = shop.order(medium, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.stocked("SHIRT-M", 3).await;
    let siti = shop.visitor();
    let returns_to = |page: &str, address: &str| {
        let field = format!("name=\"return_to\" value=\"{}\"", address.replace('=', "&#61;"));
        page.contains(&field) || page.contains(&format!("name=\"return_to\" value=\"{address}\""))
    };

    let chosen = format!("/products/shirt?variant={medium}");
    assert!(returns_to(&siti.get(&chosen).await.text, &chosen));
    let shown = catalog::product(&shop, "shirt").await.unwrap();
    let option = format!("option.{}", shown.options[0].id);
    let value = shown.options[0].values[1].id.to_string();
    let too_many = siti.post("/cart/lines", &[("product", "shirt"), (&option, &value), ("quantity", "9")]).await;
    assert_eq!(too_many.status, 409, "{too_many:?}");
    assert!(returns_to(&too_many.text, &chosen), "the answer to a form leads back to the choice: {}", too_many.text);

    // A page of failure leads back to the page that the form was on, by the order's link.
    let order = format!("/orders/{}?token={}", placed.number, placed.access_token);
    let stranger = shop.visitor();
    let refused = stranger.send_from(&shop.url(&order), "/language", &[("language", "en")]).await;
    assert_eq!(refused.status, 403, "{refused:?}");
    assert!(returns_to(&refused.text, &order), "{}", refused.text);
    let switched = siti.post("/language", &[("language", "en"), ("return_to", &order)]).await;
    assert_eq!(switched.location, order);
    let page = shop.ask(Method::GET, &order).send().await.unwrap();
    assert_eq!(page.status(), 200);
    shop.stop().await;
}
