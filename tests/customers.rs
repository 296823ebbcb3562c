//! Who bought, who has an account, and what is an account's own.

use chrono::TimeDelta;
use domain::customers::{
    ChangePassword, CreateCustomer, Customer, CustomerId, GetCustomer, ListCustomers, RegisterCustomer, SESSION_LIFE,
    SESSION_REST, SignInCustomer,
};
use domain::locale::Locale;
use domain::message::Message;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use domain::shipping::AddressForm;
use domain::text::Password;
use services::customers::{self, accounts};
use services::{Error, Shop, carts, checkout, jobs};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use crate::shop::{SHOPPER_PASSWORD as PASSWORD, TestShop, account, address, request};

mod addresses;

fn sign_in(email: &str, password: &str) -> SignInCustomer {
    SignInCustomer { email: email.to_owned(), password: Password::typed(password) }
}

fn registration(email: &str) -> RegisterCustomer {
    RegisterCustomer {
        name: "Siti Rahma".to_owned(),
        email: email.to_owned(),
        password: Password::typed(PASSWORD),
        locale: Locale::Indonesian,
    }
}

async fn numbers(shop: &TestShop, customer: &Customer) -> Vec<String> {
    let orders = accounts::my_orders(shop, customer, PageNumber::FIRST).await.unwrap();
    orders.rows.into_iter().map(|order| order.number).collect()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_buyer_is_one_customer_however_the_mail_is_written(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();

    let request = CreateCustomer { email: "SITI@Example.com".to_owned(), address: address("Medan") };
    customers::create(&shop, &shop.owner, request).await.unwrap();

    assert_eq!(shop.count("select count(*) from customers").await, 1);
    assert_eq!(shop.count("select count(*) from customers where city = 'Medan'").await, 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_customer_without_an_address_is_refused(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let request = CreateCustomer { email: "siti@example.com".to_owned(), address: address("") };

    let refused = customers::create(&shop, &shop.owner, request).await.unwrap_err();

    let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
    assert_eq!(problems[0].field, "address.city");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_account_is_one_however_the_mail_is_written(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let made = accounts::register(&shop, registration("Siti@Example.com"), None).await.unwrap();
    assert_eq!(accounts::who(&shop, &made.token).await.unwrap(), Some(made.customer.clone()));

    let again = accounts::register(&shop, registration(" siti@example.COM "), None).await.unwrap_err();
    let Error::Invalid(problems) = again else { panic!("{again:?}") };
    assert_eq!((problems[0].field.as_str(), &problems[0].message), ("email", &Message::AlreadyTaken));

    let back = accounts::sign_in(&shop, sign_in("SITI@example.com", PASSWORD), None).await.unwrap();
    assert_eq!(back.customer, made.customer);
    assert_ne!(back.token, made.token, "every sign-in begins a session of its own");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_registrations_at_once_make_one_account(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut tries = JoinSet::new();
    for _ in 0..6 {
        let shop = Shop::clone(&shop);
        tries.spawn(async move { accounts::register(&shop, registration("siti@example.com"), None).await });
    }
    let made = tries.join_all().await;
    assert_eq!(made.iter().filter(|outcome| outcome.is_ok()).count(), 1);
    assert!(made.iter().filter_map(|outcome| outcome.as_ref().err()).all(|error| matches!(error, Error::Invalid(_))));
    assert_eq!(shop.count("select count(*) from account_sessions").await, 1);
}

/// Pitfall S11.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_accounts_password_has_a_rule_and_is_kept_as_an_argon2id_hash(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    for (password, field) in [("short", "password"), ("siti.rahma@example.com", "password")] {
        let wanted = RegisterCustomer { password: Password::typed(password), ..registration("siti.rahma@example.com") };
        let refused = accounts::register(&shop, wanted, None).await.unwrap_err();
        let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
        assert_eq!(problems[0].field, field);
    }
    accounts::register(&shop, registration("siti@example.com"), None).await.unwrap();
    let kept = "select count(*) from accounts where password_hash like '$argon2id$v=19$m=19456,t=2,p=1$%'";
    assert_eq!(shop.count(kept).await, 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_unknown_shopper_and_a_wrong_password_look_the_same(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    account(&shop, "siti@example.com").await;
    for request in [sign_in("siti@example.com", "wrong"), sign_in("x@example.com", PASSWORD), sign_in("x", PASSWORD)] {
        let refused = accounts::sign_in(&shop, request, None).await.unwrap_err();
        assert!(matches!(refused, Error::SignedOut(Message::WrongCredentials)), "{refused:?}");
    }
}

/// Checklist 54. Pitfall S10.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn guessing_at_an_account_is_stopped_even_when_the_guess_is_right(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    accounts::register(&shop, registration("ratna@example.com"), None).await.unwrap();
    for _ in 0..5 {
        accounts::sign_in(&shop, sign_in("ratna@example.com", "guess"), None).await.unwrap_err();
    }
    let refused = accounts::sign_in(&shop, sign_in("RATNA@example.com", PASSWORD), None).await.unwrap_err();
    assert!(matches!(refused, Error::TooMany), "{refused:?}");

    let desk = domain::staff::SignIn {
        email: "ratna@example.com".to_owned(),
        password: Password::typed(services::testing::PASSWORD),
    };
    services::staff::sign_in(&shop, desk).await.unwrap();
}

/// Checklist 52. Pitfall S9.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_session_ends_at_sign_out_by_rest_by_age_and_with_its_password(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let email = "siti@example.com";
    let first = accounts::register(&shop, registration(email), None).await.unwrap();
    let other = accounts::sign_in(&shop, sign_in(email, PASSWORD), None).await.unwrap();

    accounts::sign_out(&shop, &first.token).await.unwrap();
    assert_eq!(accounts::who(&shop, &first.token).await.unwrap(), None);
    assert!(accounts::who(&shop, &other.token).await.unwrap().is_some(), "another device stays signed in");

    let wish =
        |current: &str| ChangePassword { current: Password::typed(current), new: Password::typed("quite new words") };
    let refused = accounts::change_password(&shop, &other.customer, wish("not it")).await.unwrap_err();
    assert!(matches!(refused, Error::Invalid(_)), "{refused:?}");
    let renewed = accounts::change_password(&shop, &other.customer, wish(PASSWORD)).await.unwrap();
    assert_eq!(accounts::who(&shop, &other.token).await.unwrap(), None, "sessions end with the password");
    assert!(accounts::sign_in(&shop, sign_in(email, PASSWORD), None).await.is_err());

    shop.clock().advance(SESSION_REST - TimeDelta::hours(1));
    assert!(accounts::who(&shop, &renewed.token).await.unwrap().is_some());
    shop.clock().advance(SESSION_REST - TimeDelta::hours(1));
    assert!(accounts::who(&shop, &renewed.token).await.unwrap().is_some(), "being seen keeps it alive");
    shop.clock().advance(SESSION_REST + TimeDelta::hours(1));
    assert_eq!(accounts::who(&shop, &renewed.token).await.unwrap(), None, "resting ends it");

    let fresh = accounts::sign_in(&shop, sign_in(email, "quite new words"), None).await.unwrap();
    for _ in 0..SESSION_LIFE.num_days() / 20 {
        assert!(accounts::who(&shop, &fresh.token).await.unwrap().is_some());
        shop.clock().advance(TimeDelta::days(20));
    }
    assert_eq!(accounts::who(&shop, &fresh.token).await.unwrap(), None, "nothing keeps it alive for ever");
    for odd in ["", "x", "' or 1=1 --", &"x".repeat(9_000)] {
        assert_eq!(accounts::who(&shop, odd).await.unwrap(), None);
    }
}

/// Pitfall S7.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_equal_mail_shows_nobody_a_guests_order_until_its_link_claims_it(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let thief = accounts::register(&shop, registration("siti@example.com"), None).await.unwrap().customer;

    assert_eq!(numbers(&shop, &thief).await, Vec::<String>::new());
    assert_eq!(thief.address, AddressForm { name: "Siti Rahma".to_owned(), ..AddressForm::default() });
    for guess in ["", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let refused = accounts::claim_order(&shop, &thief, &placed.number, guess).await.unwrap_err();
        assert!(matches!(refused, Error::NotFound(Message::NoSuchOrder)), "{refused:?}");
    }

    let buyer = account(&shop, "buyer@example.com").await;
    for _ in 0..2 {
        accounts::claim_order(&shop, &buyer, &placed.number, &placed.access_token).await.unwrap();
    }
    assert_eq!(numbers(&shop, &buyer).await, std::slice::from_ref(&placed.number));
    let late = accounts::claim_order(&shop, &thief, &placed.number, &placed.access_token).await.unwrap_err();
    assert!(matches!(late, Error::Refused(Message::OrderOfAnother)), "{late:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_guests_order_does_not_rewrite_the_account_of_that_mail(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    let made = accounts::register(&shop, registration("siti@example.com"), None).await.unwrap();

    let key = shop.cart(shirt, 1).await;
    let mut wanted = request(PaymentMethod::CashOnDelivery);
    wanted.shipping_address = AddressForm { name: "Somebody Else".to_owned(), ..address("Medan") };
    checkout::place(&shop, &key, "k", wanted).await.unwrap();

    assert_eq!(accounts::who(&shop, &made.token).await.unwrap(), Some(made.customer.clone()));
    assert_eq!(numbers(&shop, &made.customer).await, Vec::<String>::new());
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_order_placed_signed_in_is_the_accounts_and_teaches_its_address(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    let siti = account(&shop, "siti@example.com").await;
    let key = accounts::cart_key(&shop, &siti).await.unwrap();
    carts::set_line(&shop, &key, shirt, 2).await.unwrap();

    let mut wanted = request(PaymentMethod::Demo);
    wanted.email = "office@example.com".to_owned();
    let buyer = checkout::Buyer { cart: &key, account: Some(siti.id) };
    let placed = checkout::place(&shop, buyer, "k", wanted).await.unwrap();

    let own = accounts::my_orders(&shop, &siti, PageNumber::FIRST).await.unwrap();
    assert_eq!((own.rows[0].number.as_str(), own.rows[0].units, own.position.total), (placed.number.as_str(), 2, 1));
    assert_eq!(own.rows[0].access_token, placed.access_token);
    assert!(own.rows[0].pay_by.is_some());
    assert_eq!(shop.count("select count(*) from customers").await, 1, "the account's customer bought");
    let back = accounts::sign_in(&shop, sign_in("siti@example.com", PASSWORD), None).await.unwrap().customer;
    assert_eq!(back.address.city, "Bandung");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_accounts_cart_is_placed_by_its_own_customer_only(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    let siti = account(&shop, "siti@example.com").await;
    let budi = account(&shop, "budi@example.com").await;
    let key = accounts::cart_key(&shop, &siti).await.unwrap();
    carts::set_line(&shop, &key, shirt, 1).await.unwrap();

    for account in [None, Some(budi.id)] {
        let buyer = checkout::Buyer { cart: &key, account };
        let refused = checkout::place(&shop, buyer, "k", request(PaymentMethod::CashOnDelivery)).await.unwrap_err();
        assert!(matches!(refused, Error::NotFound(Message::NoSuchCart)), "{refused:?}");
    }
    assert_eq!(key, accounts::cart_key(&shop, &siti).await.unwrap(), "one cart on all devices");
    assert_ne!(key, accounts::cart_key(&shop, &budi).await.unwrap());
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_account_pays_its_last_order_first_when_the_owner_wants_it_so(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let wanted = domain::settings::Settings { one_unpaid_order: true, ..shop.settings().await };
    services::settings::save(&shop, &shop.owner, wanted).await.unwrap();
    let shirt = shop.variant("SHIRT", 100, 90).await;
    let siti = account(&shop, "siti@example.com").await;

    // Guests' carts that were never joined, so that nothing but the account's lock puts the two in order.
    let carts = [shop.cart(shirt, 1).await, shop.cart(shirt, 1).await, shop.cart(shirt, 1).await];
    let mut tries = JoinSet::new();
    for cart in carts {
        let (shop, account) = (Shop::clone(&shop), Some(siti.id));
        tries.spawn(async move {
            let buyer = checkout::Buyer { cart: &cart, account };
            checkout::place(&shop, buyer, "k", request(PaymentMethod::Demo)).await
        });
    }
    let outcomes = tries.join_all().await;

    let placed: Vec<_> = outcomes.iter().filter_map(|outcome| outcome.as_ref().ok()).collect();
    assert_eq!(placed.len(), 1);
    for refused in outcomes.iter().filter_map(|outcome| outcome.as_ref().err()) {
        let Error::Refused(Message::UnpaidOrderFirst { number }) = refused else { panic!("{refused:?}") };
        assert_eq!(*number, placed[0].number);
    }
    shop.order(shirt, 1, PaymentMethod::Demo).await.expect("guests are not asked");
    let paid = TestShop::notification(placed[0], domain::payments::GatewayOutcome::Paid);
    shop.notify(&paid).await.unwrap();
    let again = shop.cart(shirt, 1).await;
    let buyer = checkout::Buyer { cart: &again, account: Some(siti.id) };
    checkout::place(&shop, buyer, "k", request(PaymentMethod::Demo)).await.unwrap();
    shop.assert_stock_adds_up().await;
}

/// Checklist 47.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn staff_find_a_customer_with_account_and_orders(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    let guest = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let budi = account(&shop, "budi@example.com").await;
    accounts::claim_order(&shop, &budi, &guest.number, &guest.access_token).await.unwrap();

    let list = |search: Option<&str>| ListCustomers { search: search.map(str::to_owned), page: PageNumber::FIRST };
    let all = customers::page(&shop, &shop.owner, list(None)).await.unwrap();
    let seen: Vec<_> =
        all.rows.iter().map(|row| (row.email.as_str(), row.has_account, row.orders, row.spent.get())).collect();
    let spent = guest.totals.total.get();
    assert_eq!(seen, [("budi@example.com", true, 0, 0), ("siti@example.com", false, 2, spent)]);
    assert_eq!((all.position.total, all.rows[0].last_order_at), (2, None));
    for (search, found) in [("BUDI", 1), ("812-0000", 2), ("100%", 0), ("  ", 2)] {
        assert_eq!(
            customers::page(&shop, &shop.owner, list(Some(search))).await.unwrap().position.total,
            found,
            "{search}"
        );
    }

    let wanted = GetCustomer { customer_id: budi.id };
    let detail = customers::detail(&shop, &shop.owner, wanted).await.unwrap();
    assert_eq!(detail.account.unwrap().sessions, 1);
    assert_eq!(detail.latest.iter().map(|order| order.number.as_str()).collect::<Vec<_>>(), [guest.number.as_str()]);
    assert_eq!(detail.address.city, "Bandung", "the claimed order's address");
    let nobody = GetCustomer { customer_id: CustomerId::new(999) };
    let missing = customers::detail(&shop, &shop.owner, nobody).await.unwrap_err();
    assert!(matches!(missing, Error::NotFound(Message::NoSuchCustomer)));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn ended_sessions_and_empty_carts_of_guests_are_cleaned_up(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 100, 9).await;
    let siti = account(&shop, "siti@example.com").await;
    let own = accounts::cart_key(&shop, &siti).await.unwrap();
    let (empty, full) = (carts::create(&shop).await.unwrap(), shop.cart(shirt, 1).await);

    shop.clock().advance(TimeDelta::days(13));
    jobs::run_due_work(&shop).await.unwrap();
    assert!(carts::show(&shop, &empty).await.is_ok());
    shop.clock().advance(TimeDelta::days(2));
    jobs::run_due_work(&shop).await.unwrap();
    assert!(carts::show(&shop, &empty).await.is_err());
    assert!(carts::show(&shop, &full).await.is_ok() && carts::show(&shop, &own).await.is_ok());
    assert_eq!(shop.count("select count(*) from account_sessions").await, 1);

    shop.clock().advance(SESSION_REST);
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.count("select count(*) from account_sessions").await, 0);
    shop.clock().advance(TimeDelta::days(90));
    jobs::run_due_work(&shop).await.unwrap();
    assert!(carts::show(&shop, &full).await.is_err());
    assert!(carts::show(&shop, &own).await.is_ok(), "an account keeps its cart");
}
