//! Addresses of mail: which two are one person, and whose wrong passwords count together.

use domain::checkout::PlaceOrder;
use domain::customers::{ChangePassword, ListCustomers};
use domain::memberships::{ListMembers, Period};
use domain::message::Message;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use domain::text::Password;
use services::customers::{self, accounts};
use services::{Error, Shop, checkout, memberships};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use super::{PASSWORD, registration, sign_in};
use crate::memberships::plan;
use crate::shop::{TestShop, account, address, request};

/// Pitfall S10. Letters with and without accents are other letters: another account, with tries of its own.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_address_with_an_accent_is_another_account_and_shares_no_tries(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let ayu = account(&shop, "ayu@example.com").await;
    for _ in 0..5 {
        let refused = accounts::sign_in(&shop, sign_in("áyu@example.com", "guess"), None).await.unwrap_err();
        assert!(matches!(refused, Error::SignedOut(Message::WrongCredentials)), "{refused:?}");
    }
    let refused = accounts::sign_in(&shop, sign_in("ÁYU@example.com", PASSWORD), None).await.unwrap_err();
    assert!(matches!(refused, Error::TooMany), "{refused:?}");

    let back = accounts::sign_in(&shop, sign_in("AYU@example.com", PASSWORD), None).await.unwrap();
    assert_eq!(back.customer.id, ayu.id, "nobody tried that one");
    for unlike in ["àyu@example.com", "ayu@exämple.com", "a\u{ad}yu@example.com", "ayu\u{200b}@example.com"] {
        let refused = accounts::sign_in(&shop, sign_in(unlike, PASSWORD), None).await.unwrap_err();
        assert!(matches!(refused, Error::SignedOut(Message::WrongCredentials)), "{unlike}: {refused:?}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn people_whose_addresses_differ_by_an_accent_are_two_customers(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    for (email, name) in [("a@example.com", "Ayu"), ("A@EXÄMPLE.com", "Budi"), ("a@exämple.com", "Budi")] {
        let mut wanted = PlaceOrder { email: email.to_owned(), ..request(PaymentMethod::CashOnDelivery) };
        wanted.shipping_address = domain::shipping::AddressForm { name: name.to_owned(), ..address("Bandung") };
        let cart = shop.cart(shirt, 1).await;
        checkout::place(&shop, &cart, "k", wanted).await.unwrap();
    }
    assert_eq!(shop.count("select count(*) from customers").await, 2);
    assert_eq!(shop.count("select count(*) from customers where email = 'a@example.com' and name = 'Ayu'").await, 1);

    let one = account(&shop, "a@example.com").await;
    let two = account(&shop, "a@exämple.com").await;
    assert_ne!(one.id, two.id);
    let taken = accounts::register(&shop, registration("A@EXÄMPLE.COM"), None).await.unwrap_err();
    let Error::Invalid(problems) = taken else { panic!("{taken:?}") };
    assert_eq!((problems[0].field.as_str(), &problems[0].message), ("email", &Message::AlreadyTaken));
    let unseen = accounts::register(&shop, registration("a\u{ad}@example.com"), None).await.unwrap_err();
    let Error::Invalid(problems) = unseen else { panic!("{unseen:?}") };
    assert_eq!((problems[0].field.as_str(), &problems[0].message), ("email", &Message::ControlCharacters));
}

/// The desk finds people however it writes them.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn staff_find_an_address_in_any_case_and_without_its_accents(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let siti = account(&shop, "síti@example.com").await;
    let monthly = memberships::save_plan(&shop, &shop.owner, plan(Period::Monthly, 29_000)).await.unwrap();
    shop.become_member(&siti, &monthly).await;
    for typed in ["SÍTI@", "siti@EXAMPLE"] {
        let list = ListCustomers { search: Some(typed.to_owned()), page: PageNumber::FIRST };
        let page = customers::page(&shop, &shop.owner, list).await.unwrap();
        assert_eq!((page.rows.len(), page.position.total), (1, 1), "{typed}");
        let list = ListMembers { status: None, search: Some(typed.to_owned()), page: PageNumber::FIRST };
        let page = memberships::page(&shop, &shop.owner, list).await.unwrap();
        assert_eq!((page.rows.len(), page.position.total), (1, 1), "{typed}");
    }
}

/// Pitfall S10. A try counts before it is known to be wrong, so that a crowd of them is no better than a queue.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn ten_guesses_at_once_are_five_guesses(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let siti = account(&shop, "siti@example.com").await;
    let ayu = account(&shop, "ayu@example.com").await;
    let (mut at_the_door, mut inside) = (JoinSet::new(), JoinSet::new());
    for number in 0..10 {
        let (one, two, siti) = (Shop::clone(&shop), Shop::clone(&shop), siti.clone());
        let guess = sign_in("ayu@example.com", &format!("guess {number}"));
        at_the_door.spawn(async move { accounts::sign_in(&one, guess, None).await.unwrap_err() });
        let (current, new) = (Password::typed("guess"), Password::typed("a password for later"));
        inside.spawn(async move {
            accounts::change_password(&two, &siti, ChangePassword { current, new }).await.unwrap_err()
        });
    }
    for refused in [at_the_door.join_all().await, inside.join_all().await] {
        assert_eq!(refused.iter().filter(|error| matches!(error, Error::TooMany)).count(), 5, "{refused:?}");
    }
    let late = accounts::sign_in(&shop, sign_in(&ayu.email, PASSWORD), None).await.unwrap_err();
    assert!(matches!(late, Error::TooMany), "{late:?}");
}
