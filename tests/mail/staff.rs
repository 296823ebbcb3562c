//! A forgotten password of the desk: a code comes by mail, once.

use chrono::TimeDelta;
use domain::customers::LinkWish;
use domain::message::Message;
use domain::staff::{ChooseStaffPassword, SignIn};
use domain::text::Password;
use services::customers::links;
use services::staff::{self, codes};
use services::{Error, Shop, testing};
use sqlx::MySqlPool;

use super::server::MailServer;
use crate::shop::TestShop;

const NEW: &str = "a wholly new password";

async fn enters(shop: &Shop, email: &str, password: &str) -> bool {
    let request = SignIn { email: email.to_owned(), password: Password::typed(password) };
    staff::sign_in(shop, request).await.is_ok()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn staff_choose_a_new_password_by_a_code_and_other_desks_are_signed_out(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    let email = shop.owner.email.clone();
    let since = staff::since_now(&shop).await.unwrap();
    assert!(staff::find_since(&shop, shop.owner.id, since).await.is_ok());
    links::ask(&shop, LinkWish::StaffReset, &email, "").await.unwrap();
    links::ask(&shop, LinkWish::StaffReset, "nobody@example.com", "").await.unwrap();
    shop.post().await;
    let letters = server.taken();
    assert_eq!((letters.len(), &letters[0].to), (1, &email));
    let text = letters[0].text();
    let code = text.split_whitespace().find(|word| word.len() == 14 && word.split('-').count() == 3).unwrap();
    let shown = testing::letter_words(&shop, shop.listed(None).await.rows[0].id).await.unwrap();
    assert!(!shown.text.contains(code), "the desk shows no code");

    let choose = async |code: &str, email: &str, password: &str| {
        let (code, email, password) = (code.to_owned(), email.to_owned(), Password::typed(password));
        codes::choose_password(&shop, ChooseStaffPassword { email, code, password }).await
    };
    for (wrong, of) in [("AAAA-AAAA-AAAA", email.as_str()), (code, "nobody@example.com")] {
        let refused = choose(wrong, of, NEW).await.unwrap_err();
        assert!(matches!(refused, Error::Refused(Message::CodeIsOver)), "{refused:?}");
    }
    assert!(matches!(choose(code, &email, "short").await.unwrap_err(), Error::Invalid(_)));
    shop.clock().advance(TimeDelta::seconds(1));
    choose(&code.to_lowercase().replace('-', " "), &email, NEW).await.unwrap();
    assert!(enters(&shop, &email, NEW).await && !enters(&shop, &email, testing::PASSWORD).await);
    assert!(choose(code, &email, "yet another password").await.is_err(), "a code is good once");
    let out = staff::find_since(&shop, shop.owner.id, since).await.unwrap_err();
    assert!(matches!(out, Error::SignedOut(_)), "{out:?}");

    shop.post_after(TimeDelta::seconds(6)).await;
    let told = shop.letters().await;
    assert_eq!(told, ["staff_reset", "staff_password_changed"], "a letter tells that it happened");
    assert_eq!((server.taken().len(), &server.taken()[1].to), (2, &email));
    assert_eq!(shop.count("select count(*) from audit where action = 'reset_password'").await, 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_code_ends_with_its_hour_and_guesses_are_few(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    let email = shop.owner.email.clone();
    links::ask(&shop, LinkWish::StaffReset, &email, "").await.unwrap();
    shop.post().await;
    let text = server.taken()[0].text();
    let code = text.split_whitespace().find(|word| word.len() == 14 && word.split('-').count() == 3).unwrap();
    shop.clock().advance(TimeDelta::minutes(61));
    let mut answers = Vec::new();
    for _ in 0..6 {
        let password = Password::typed(NEW);
        let request = ChooseStaffPassword { email: email.clone(), code: code.to_owned(), password };
        answers.push(codes::choose_password(&shop, request).await.unwrap_err());
    }
    assert!(answers[..5].iter().all(|error| matches!(error, Error::Refused(_))), "{answers:?}");
    assert!(matches!(answers[5], Error::TooMany), "{answers:?}");
}
