//! The first run.

use domain::locale::Locale;
use domain::message::Message;
use domain::money::Currency;
use domain::setup::{SetUpShop, StartWith};
use domain::text::Password;
use services::{Error, setup, testing};
use sqlx::MySqlPool;

fn wanted(email: &str) -> SetUpShop {
    SetUpShop {
        owner_name: "Ratna".to_owned(),
        email: email.to_owned(),
        password: Password::typed("a long password"),
        shop_name: "Serat".to_owned(),
        currency: Currency::Rupiah,
        locale: Locale::English,
        start_with: StartWith::Empty,
    }
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_shop_is_set_up_once_even_by_two_at_once(db: MySqlPool) {
    let folder = tempfile::tempdir().unwrap();
    let shop = testing::open(db, folder.path()).await.unwrap();
    assert!(!setup::state(&shop).await.unwrap().has_owner);

    let (one, two) = tokio::join!(
        setup::create_owner(&shop, wanted("one@example.com")),
        setup::create_owner(&shop, wanted("two@example.com")),
    );

    let refused = match (one, two) {
        (Ok(_), Err(refused)) | (Err(refused), Ok(_)) => refused,
        other => panic!("{other:?}"),
    };
    assert!(matches!(refused, Error::Refused(Message::AlreadySetUp)), "{refused:?}");
    let state = setup::state(&shop).await.unwrap();
    assert_eq!((state.has_owner, state.shop_name.as_deref()), (true, Some("Serat")));
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn every_wrong_answer_is_named(db: MySqlPool) {
    let folder = tempfile::tempdir().unwrap();
    let shop = testing::open(db, folder.path()).await.unwrap();
    let request = SetUpShop {
        owner_name: String::new(),
        password: Password::typed("short"),
        currency: Currency::Dollar,
        start_with: StartWith::Demo,
        ..wanted("not an address")
    };

    let refused = setup::create_owner(&shop, request).await.unwrap_err();

    let Error::Invalid(problems) = refused else { panic!("{refused:?}") };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["owner_name", "email", "password", "currency"]);
    assert!(!setup::state(&shop).await.unwrap().has_owner);
}
