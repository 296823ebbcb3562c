//! Who bought, and how often they are written down.

use domain::customers::CreateCustomer;
use domain::payments::PaymentMethod;
use services::{Error, customers};
use sqlx::MySqlPool;

use crate::shop::{TestShop, address};

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn a_buyer_is_one_customer_however_the_mail_is_written(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    let request = CreateCustomer { email: "SITI@Example.com".to_owned(), address: address("Medan") };
    customers::create(&shop, &shop.owner, request).await.unwrap();

    assert_eq!(shop.count("select count(*) from customers").await, 1);
    assert_eq!(shop.count("select count(*) from customers where city = 'Medan'").await, 1);
}

#[sqlx::test(migrator = "services::MIGRATOR")]
async fn a_customer_without_an_address_is_refused(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let request = CreateCustomer { email: "siti@example.com".to_owned(), address: address("") };

    let refused = customers::create(&shop, &shop.owner, request).await.unwrap_err();

    let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
    assert_eq!(problems[0].field, "address.city");
}
