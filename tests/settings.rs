//! What the owner decides.

use chrono::TimeDelta;
use domain::locale::Translated;
use domain::message::Message;
use domain::money::{Currency, Money};
use domain::payments::PaymentMethod;
use domain::pricing::TaxRules;
use domain::settings::{Contact, SaveSettings, Settings};
use domain::staff::{Role, Staff};
use services::{Error, checkout, settings};
use sqlx::MySqlPool;

use crate::shop::TestShop;

fn spoken(id: &str, en: &str) -> Translated {
    Translated { id: id.to_owned(), en: en.to_owned() }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn saved_settings_are_read_at_once_and_audited(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let wanted = Settings { name: "Toko Baru".to_owned(), hold_minutes: 5, ..shop.settings().await };

    settings::save(&shop, &shop.owner, wanted.clone()).await.unwrap();

    assert_eq!(shop.settings().await, wanted);
    assert_eq!(shop.count("select count(*) from audit where action = 'save_settings'").await, 2);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_the_shop_could_not_work_with_is_refused(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let sound = shop.settings().await;
    let mut cases = vec![
        ("name", Settings { name: " ".to_owned(), ..sound.clone() }),
        ("hold_minutes", Settings { hold_minutes: 0, ..sound.clone() }),
        ("unpaid_hours", Settings { unpaid_hours: 100_000, ..sound.clone() }),
        ("utc_offset_minutes", Settings { utc_offset_minutes: 10_000, ..sound.clone() }),
        ("hold_minutes", Settings { hold_minutes: 121, most_hold_minutes: 180, ..sound.clone() }),
        ("most_hold_minutes", Settings { hold_minutes: 30, most_hold_minutes: 29, ..sound.clone() }),
        ("most_hold_minutes", Settings { most_hold_minutes: 1_441, ..sound.clone() }),
        ("unpaid_hours", Settings { unpaid_hours: 0, ..sound.clone() }),
        ("unpaid_hours", Settings { unpaid_hours: 337, ..sound.clone() }),
        ("payment_methods", Settings { payment_methods: Vec::new(), ..sound.clone() }),
        ("payment_methods", Settings { payment_methods: vec![PaymentMethod::CashOnDelivery; 2], ..sound.clone() }),
        ("tagline.en", Settings { tagline: spoken("", &"x".repeat(161)), ..sound.clone() }),
        ("about.id", Settings { about: spoken("a\u{0}b", ""), ..sound.clone() }),
        (
            "contact.email",
            Settings { contact: Contact { email: "toko".to_owned(), ..Contact::default() }, ..sound.clone() },
        ),
        (
            "contact.phone",
            Settings { contact: Contact { phone: "12".to_owned(), ..Contact::default() }, ..sound.clone() },
        ),
    ];
    let mut negative = sound.clone();
    negative.delivery.elsewhere.per_extra_kilogram = Money::minor(-1);
    cases.push(("delivery.elsewhere.per_extra_kilogram", negative));
    let mut unnamed = sound.clone();
    unnamed.tax = TaxRules::ppn();
    unnamed.tax.classes[0].rates[0].name = String::new();
    cases.push(("tax.classes.0.rates.0.name", unnamed));

    for (field, wanted) in cases {
        let refused = settings::save(&shop, &shop.owner, wanted).await.unwrap_err();
        let Error::Invalid(problems) = refused else { panic!("{field}: {refused:?}") };
        assert_eq!(problems[0].field, field);
    }
    assert_eq!(shop.settings().await, sound);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_the_owner_decides_about_checkout_is_what_buyers_meet(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let wanted = Settings {
        hold_minutes: 120,
        most_hold_minutes: 120,
        unpaid_hours: 336,
        payment_methods: vec![PaymentMethod::Demo],
        contact: Contact { phone: "0812 3456 7890".to_owned(), ..Contact::default() },
        about: spoken("Satu.\n\nDua.", ""),
        ..shop.settings().await
    };

    settings::save(&shop, &shop.owner, wanted).await.unwrap();

    let opened = checkout::open(&shop, &shop.cart(shirt, 1).await).await.unwrap();
    let held = opened.hold.unwrap().seconds_left;
    assert!((119 * 60..=120 * 60).contains(&held), "{held}");
    let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    let order = shop.detail(&placed).await;
    assert_eq!(order.pay_by, Some(order.placed_at + TimeDelta::hours(336)));
    let refused = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap_err();
    assert!(matches!(&refused, Error::Invalid(fields) if fields[0].field == "payment_method"), "{refused:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn only_the_owner_decides(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };

    let refused = settings::save(&shop, &clerk, shop.settings().await).await.unwrap_err();

    assert!(matches!(refused, Error::Forbidden(_)), "{refused:?}");
    let refused = settings::detail(&shop, &clerk).await.unwrap_err();
    assert!(matches!(refused, Error::Forbidden(_)), "{refused:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn whoever_saves_second_is_told_and_loses_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let read = settings::detail(&shop, &shop.owner).await.unwrap();
    let named = |name: &str| SaveSettings {
        version: read.version,
        settings: Settings { name: name.to_owned(), ..read.settings.clone() },
    };

    let first = settings::replace(&shop, &shop.owner, named("Pertama")).await.unwrap();
    let refused = settings::replace(&shop, &shop.owner, named("Kedua")).await.unwrap_err();

    assert!(matches!(refused, Error::Refused(Message::ChangedMeanwhile)), "{refused:?}");
    assert_eq!(settings::detail(&shop, &shop.owner).await.unwrap(), first);
    assert_eq!(first.settings.name, "Pertama");
    let again = SaveSettings { version: first.version, ..named("Kedua") };
    assert_eq!(settings::replace(&shop, &shop.owner, again).await.unwrap().settings.name, "Kedua");
    let kept = "select count(*) from audit where action = 'save_settings' and before_content like '%Pertama%' and after_content like '%Kedua%'";
    assert_eq!(shop.count(kept).await, 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_currency_of_stored_amounts_stays(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let wanted = Settings { currency: Currency::Dollar, ..shop.settings().await };

    let refused = settings::save(&shop, &shop.owner, wanted).await.unwrap_err();

    let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
    assert_eq!(problems[0].field, "currency");
}
