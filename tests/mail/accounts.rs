//! What letters make possible for who has an account, or none: each by the link of a letter that a mail server took.

use chrono::TimeDelta;
use domain::customers::{ChangeEmail, LinkWish, SignInCustomer};
use domain::message::Message;
use domain::payments::PaymentMethod;
use domain::text::Password;
use reqwest::Method;
use services::customers::{accounts, links};
use services::{Error, testing};
use sqlx::MySqlPool;

use super::server::{MailServer, Taken};
use crate::served::{Answer, Served, Visitor};
use crate::shop::{SHOPPER_PASSWORD, account};

const SITI: &str = "siti@example.com";
const NEW: &str = "a wholly new password";

/// A served shop that sends its letters, with Siti's account.
async fn open(db: MySqlPool) -> (Served, MailServer) {
    let (shop, server) = (Served::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    account(&shop, SITI).await;
    shop.post().await;
    (shop, server)
}

/// Sends a page's form.
async fn wish(visitor: &Visitor<'_>, email: &str, what: &str) -> (u16, String, String) {
    visitor.get("/account/forgotten").await;
    let Answer { status, location, text, .. } =
        visitor.post("/account/forgotten", &[("email", email), ("do", what)]).await;
    // The page itself names the address that was typed, and its form's token.
    (status, location, if status == 303 { String::new() } else { text })
}

/// The newest letter.
fn newest(server: &MailServer) -> Taken {
    server.taken().pop().unwrap()
}

/// The path of the newest letter's link, and its token.
fn link(shop: &Served, server: &MailServer) -> (String, String) {
    let link = newest(server).link();
    let path = link.strip_prefix(&shop.url("")).unwrap().to_owned();
    let token = path.split_once("token=").unwrap().1.to_owned();
    (path, token)
}

/// Whether signing in works.
async fn enters(shop: &Served, email: &str, password: &str) -> bool {
    let request = SignInCustomer { email: email.to_owned(), password: Password::typed(password) };
    accounts::sign_in(shop, request, None).await.is_ok()
}

/// Checklist 51. Pitfall S13.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_forgotten_password_is_replaced_by_the_letters_link_once(db: MySqlPool) {
    let (shop, server) = open(db).await;
    let (phone, laptop) = (shop.visitor(), shop.visitor());
    phone.sign_in(SITI).await;
    shop.post_after(TimeDelta::minutes(1)).await;
    let before = server.taken().len();

    assert_eq!(wish(&laptop, "SITI@example.com", "reset").await.1, "/account/forgotten?done=sent");
    assert!(laptop.get("/account/forgotten?done=sent").await.text.contains("Periksa email Anda"));
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!((server.taken().len(), newest(&server).to.as_str()), (before + 1, SITI));
    let (path, token) = link(&shop, &server);
    let hashes = sqlx::query_scalar("select token_hash from account_links where kind = 'reset'");
    let kept: Vec<Vec<u8>> = hashes.fetch_all(&testing::database(&shop)).await.unwrap();
    assert_eq!((kept.len(), kept[0].len()), (1, 32));
    assert_ne!(kept[0], token.as_bytes(), "only a hash of the token is kept");

    // Opening it, as mail programs do before their readers, uses nothing up.
    for _ in 0..3 {
        assert_eq!(laptop.get(&path).await.status, 200);
    }
    let short = laptop.post("/account/reset", &[("token", &token), ("password", "short")]).await;
    assert_eq!(short.status, 422, "{short:?}");
    let done = laptop.post("/account/reset", &[("token", &token), ("password", NEW)]).await;
    assert_eq!((done.status, done.location.as_str()), (303, "/account/sign-in?done=reset"));
    assert_eq!(phone.get("/account").await.status, 303, "every session has ended");
    assert!(enters(&shop, SITI, NEW).await && !enters(&shop, SITI, SHOPPER_PASSWORD).await);

    let again = laptop.post("/account/reset", &[("token", &token), ("password", "yet another password")]).await;
    assert_eq!((again.status, laptop.get(&path).await.status), (410, 410), "it is good once");
    assert!(enters(&shop, SITI, NEW).await);
    shop.post_after(TimeDelta::seconds(6)).await;
    assert!(server.taken().iter().any(|letter| letter.text().contains("Kata sandi Anda sudah diganti")));
    shop.stop().await;
}

/// Two who use it at the same time are one.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_link_is_used_by_one_of_many(db: MySqlPool) {
    let (shop, server) = open(db).await;
    links::ask(&shop, LinkWish::SignIn, SITI, "").await.unwrap();
    shop.post_after(TimeDelta::seconds(6)).await;
    let (_, token) = link(&shop, &server);
    let mut tries = tokio::task::JoinSet::new();
    for _ in 0..8 {
        let (at, token) = (Clone::clone(&**shop), token.clone());
        tries.spawn(async move { links::sign_in(&at, &token, accounts::Browser::default()).await.is_ok() });
    }
    let won = tries.join_all().await.into_iter().filter(|won| *won).count();
    assert_eq!(won, 1);
    shop.stop().await;
}

/// The answer, what it does to the database, and how often one may ask are the same for everybody.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn nobody_learns_who_has_an_account(db: MySqlPool) {
    let (shop, server) = open(db).await;
    let before = server.taken().len();
    let visitor = shop.visitor();
    for email in [SITI, "nobody@example.com"] {
        for _ in 0..5 {
            let answer = wish(&visitor, email, "reset").await;
            assert_eq!((answer.0, answer.1.as_str()), (303, "/account/forgotten?done=sent"), "{email}");
        }
        assert_eq!(wish(&visitor, email, "sign_in").await.0, 422, "{email}: too often");
    }
    assert_eq!(shop.count("select count(*) from link_wishes").await, 2, "the same wish is one");
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(shop.count("select count(*) from link_wishes").await, 0);
    assert_eq!(server.taken().len(), before + 1, "one letter, to whom it may concern");
    assert_eq!(shop.listed(None).await.rows[0].to, SITI);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_link_ends_with_its_hour_and_with_a_new_password(db: MySqlPool) {
    let (shop, server) = open(db).await;
    let visitor = shop.visitor();
    wish(&visitor, SITI, "reset").await;
    shop.post_after(TimeDelta::seconds(6)).await;
    let (first, _) = link(&shop, &server);
    shop.clock().advance(TimeDelta::minutes(59));
    assert_eq!(visitor.get(&first).await.status, 200);
    shop.clock().advance(TimeDelta::minutes(2));
    assert_eq!(visitor.get(&first).await.status, 410);

    // Another kind of link opens nothing here, and one that was made before the password changed is void.
    wish(&visitor, SITI, "sign_in").await;
    wish(&visitor, SITI, "reset").await;
    shop.post_after(TimeDelta::seconds(6)).await;
    let tokens: Vec<String> = server.taken().iter().rev().take(2).map(Taken::link).collect();
    let token = |page: &str| {
        let found = tokens.iter().find(|link| link.contains(page)).unwrap();
        found.split_once("token=").unwrap().1.to_owned()
    };
    let (enter, reset) = (token("/account/enter"), token("/account/reset"));
    assert_eq!(visitor.get(&format!("/account/reset?token={enter}")).await.status, 410);
    links::reset_password(&shop, &reset, &Password::typed(NEW)).await.unwrap();
    assert_eq!(visitor.get(&format!("/account/enter?token={enter}")).await.status, 410);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_link_signs_in_and_the_account_knows_the_browser_from_then_on(db: MySqlPool) {
    let (shop, server) = open(db).await;
    sqlx::query("update accounts set verified_at = created_at").execute(&testing::database(&shop)).await.unwrap();
    shop.variant("SHIRT", 150_000, 9).await;
    let visitor = shop.visitor();
    visitor.get("/products/shirt").await;
    assert_eq!(visitor.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await.status, 303);
    wish(&visitor, SITI, "sign_in").await;
    shop.post_after(TimeDelta::seconds(6)).await;
    let (path, token) = link(&shop, &server);
    assert_eq!(visitor.get(&path).await.status, 200);
    assert_eq!(visitor.get("/account").await.status, 303, "looking signs nobody in");
    let entered = visitor.post("/account/enter", &[("token", &token)]).await;
    assert_eq!((entered.status, entered.location.as_str()), (303, "/account"));
    assert_eq!(visitor.get("/account").await.status, 200);
    assert!(visitor.get("/cart").await.text.contains("Barang SHIRT"), "the guest's cart came along");
    assert_eq!(visitor.post("/account/enter", &[("token", &token)]).await.status, 410);

    let kinds = async || shop.count("select count(*) from mail_outbox where kind = 'new_sign_in'").await;
    assert_eq!(kinds().await, 1, "the browser was new");
    visitor.post("/account/sign-out", &[]).await;
    visitor.sign_in(SITI).await;
    assert_eq!(kinds().await, 1, "and is known now");
    shop.visitor().sign_in(SITI).await;
    assert_eq!(kinds().await, 2, "another one is told of");
    shop.stop().await;
}

/// Whoever registered with an address that is not theirs is out as soon as its reader comes by a letter.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_first_link_makes_an_account_its_readers_own(db: MySqlPool) {
    let (shop, server) = open(db).await;
    let (stranger, siti) = (shop.visitor(), shop.visitor());
    stranger.sign_in(SITI).await;
    let theirs = [("new_email", "stranger@example.com"), ("email_password", SHOPPER_PASSWORD)];
    stranger.post("/account/email", &theirs).await;
    shop.post_after(TimeDelta::seconds(6)).await;
    let (_, move_away) = link(&shop, &server);
    wish(&siti, SITI, "sign_in").await;
    shop.post_after(TimeDelta::seconds(6)).await;
    let (_, token) = link(&shop, &server);
    let entered = siti.post("/account/enter", &[("token", &token)]).await;
    assert_eq!((entered.status, entered.location.as_str()), (303, "/account?done=proven"));
    let page = siti.get(&entered.location).await.text;
    assert!(page.contains("kata sandi lama") && !page.contains("belum dikonfirmasi"), "{page}");
    assert_eq!(stranger.get("/account").await.status, 303, "the stranger is signed out");
    assert!(!enters(&shop, SITI, SHOPPER_PASSWORD).await, "and their password opens nothing");
    let moved = stranger.post("/account/confirm", &[("token", &move_away)]).await;
    assert_eq!(moved.status, 410, "nor does their link move the account to another address");

    // From then on a link changes nothing but who is signed in.
    wish(&siti, SITI, "reset").await;
    shop.post_after(TimeDelta::seconds(6)).await;
    let (_, token) = link(&shop, &server);
    assert_eq!(siti.post("/account/reset", &[("token", &token), ("password", NEW)]).await.status, 303);
    wish(&siti, SITI, "sign_in").await;
    shop.post_after(TimeDelta::seconds(6)).await;
    let (_, token) = link(&shop, &server);
    assert_eq!(siti.post("/account/enter", &[("token", &token)]).await.location, "/account");
    assert!(enters(&shop, SITI, NEW).await);
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_letter_of_a_new_account_proves_its_address(db: MySqlPool) {
    let (shop, server) = (Served::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    let ayu = shop.visitor();
    ayu.get("/account/register").await;
    let typed = [("name", "Ayu"), ("email", "ayu@example.com"), ("password", "a long new password")];
    assert_eq!(ayu.post("/account/register", &typed).await.status, 303);
    assert!(ayu.get("/account").await.text.contains("belum dikonfirmasi"), "nothing else is kept from her");
    shop.post().await;
    let (path, token) = link(&shop, &server);
    assert_eq!(ayu.post("/account/verify", &[]).await.location, "/account?done=sent");
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(server.taken().len(), 2, "once more, as she wished");

    // Whoever reads it need not be signed in.
    let reader = shop.visitor();
    assert_eq!(reader.get(&path).await.status, 200);
    let confirmed = reader.post("/account/confirm", &[("token", &token)]).await;
    assert!(confirmed.status == 200 && confirmed.text.contains("Email terkonfirmasi"), "{confirmed:?}");
    assert!(!ayu.get("/account").await.text.contains("belum dikonfirmasi"));
    ayu.post("/account/verify", &[]).await;
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(server.taken().len(), 2, "what is proven is not asked for");
    shop.stop().await;
}

/// Checklist 56.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn another_address_is_confirmed_from_there_and_the_former_one_is_told(db: MySqlPool) {
    let (shop, server) = open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    // A guest has bought under the address: its customer is another one.
    let mut guest = crate::shop::request(PaymentMethod::CashOnDelivery);
    guest.email = "baru@example.com".to_owned();
    let cart = shop.cart(shirt, 1).await;
    services::checkout::place(&shop, &cart, "k", guest).await.unwrap();
    let siti = shop.visitor();
    siti.sign_in(SITI).await;
    let change = async |email: &str, password: &str| {
        siti.post("/account/email", &[("new_email", email), ("email_password", password)]).await
    };
    assert_eq!(change("baru@example.com", "a wrong password").await.status, 422);
    assert_eq!(change(SITI, SHOPPER_PASSWORD).await.status, 422, "it is hers already");
    account(&shop, "ayu@example.com").await;
    let taken = change("ayu@example.com", SHOPPER_PASSWORD).await;
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(taken.location, "/account?done=email", "nobody learns that it has an account");
    assert!(!server.taken().iter().any(|letter| letter.to == "ayu@example.com" && letter.text().contains("Pakai")));

    assert_eq!(change("baru@example.com", SHOPPER_PASSWORD).await.location, "/account?done=email");
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(newest(&server).to, "baru@example.com");
    let (_, token) = link(&shop, &server);
    assert!(enters(&shop, SITI, SHOPPER_PASSWORD).await, "until then all stays as it is");
    let confirmed = shop.visitor();
    confirmed.get("/").await;
    assert_eq!(confirmed.post("/account/confirm", &[("token", &token)]).await.status, 200);
    assert!(enters(&shop, "baru@example.com", SHOPPER_PASSWORD).await);
    assert!(!enters(&shop, SITI, SHOPPER_PASSWORD).await);
    assert!(siti.get("/account").await.text.contains("baru@example.com"), "she stays signed in");
    shop.post_after(TimeDelta::seconds(6)).await;
    let told = server.comes(|letter| letter.to == SITI).await;
    assert!(told.text().contains("baru@example.com"), "{}", told.text());
    assert_eq!(shop.count("select count(*) from customers where email like '%moving%'").await, 0);
    assert_eq!(shop.count("select count(*) from customers").await, 3, "the guest's orders are lost to nobody");
    shop.stop().await;
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_address_that_was_taken_meanwhile_stays_its_accounts(db: MySqlPool) {
    let (shop, server) = open(db).await;
    let siti = accounts::sign_in(
        &shop,
        SignInCustomer { email: SITI.to_owned(), password: Password::typed(SHOPPER_PASSWORD) },
        None,
    );
    let siti = siti.await.unwrap().customer;
    let password = Password::typed(SHOPPER_PASSWORD);
    let wish = ChangeEmail { email: "baru@example.com".to_owned(), password };
    links::ask_for_new_email(&shop, &siti, wish).await.unwrap();
    shop.post_after(TimeDelta::seconds(6)).await;
    let letter = server.taken().into_iter().find(|letter| letter.to == "baru@example.com").unwrap();
    let token = letter.link().split_once("token=").unwrap().1.to_owned();
    account(&shop, "baru@example.com").await;
    let refused = links::confirm(&shop, &token).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::AlreadyTaken)), "{refused:?}");
    assert!(enters(&shop, SITI, SHOPPER_PASSWORD).await);
    shop.stop().await;
}

/// Checklist 80.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_guest_is_sent_the_way_back_to_an_order_and_the_page_tells_nothing(db: MySqlPool) {
    let (shop, server) = open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.post_after(TimeDelta::seconds(6)).await;
    let before = server.taken().len();
    let guest = shop.visitor();
    guest.get("/orders").await;
    for (number, email) in [(placed.number.as_str(), "other@example.com"), ("ET-00000000", SITI)] {
        let answer = guest.post("/orders", &[("number", number), ("email", email)]).await;
        assert_eq!((answer.status, answer.location.as_str()), (303, "/orders?done=sent"));
    }
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(server.taken().len(), before);

    let typed = format!("  {} ", placed.number.to_lowercase());
    let answer = guest.post("/orders", &[("number", &typed), ("email", "Siti@Example.com")]).await;
    assert_eq!((answer.status, answer.location.as_str()), (303, "/orders?done=sent"));
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(newest(&server).to, SITI);
    let link = newest(&server).link();
    assert_eq!(guest.get(link.strip_prefix(&shop.url("")).unwrap()).await.status, 200);
    assert_eq!(guest.post("/orders", &[("number", ""), ("email", "x")]).await.status, 422);
    shop.stop().await;
}

/// Whoever works at the desk sees what was written, and can use no link of it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_desk_shows_a_letter_without_its_link(db: MySqlPool) {
    let (shop, server) = open(db).await;
    links::ask(&shop, LinkWish::Reset, SITI, "").await.unwrap();
    shop.post_after(TimeDelta::seconds(6)).await;
    let (_, token) = link(&shop, &server);
    let shown = testing::letter_words(&shop, shop.listed(None).await.rows[0].id).await.unwrap();
    assert!(!shown.text.contains(&token) && shown.text.contains("/account/reset"), "{}", shown.text);
    assert_eq!(shop.count("select count(*) from account_links where kind = 'reset'").await, 1, "and makes no other");
    shop.stop().await;
}

/// RFC 8058: a mail program says for its reader that no more news are wanted; what is about orders still comes.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn news_end_by_one_click(db: MySqlPool) {
    let (shop, server) = open(db).await;
    let news = "insert into mail_outbox (kind, customer_id, told, created_at, asked_at, next_try_at)
                select 'voucher_given', customer_id, '{\"what\":\"voucher\",\"code\":\"HEMAT\"}',
                       created_at, created_at, created_at from accounts";
    sqlx::query(news).execute(&testing::database(&shop)).await.unwrap();
    shop.post_after(TimeDelta::seconds(6)).await;
    let letter = newest(&server);
    assert!(letter.content.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"));
    let head = letter.content.split_once("\n\n").unwrap().0.replace("\n ", "");
    let address = head.split_once("List-Unsubscribe: <").unwrap().1.split_once('>').unwrap().0.to_owned();
    let path = address.strip_prefix(&shop.url("")).unwrap();
    assert_eq!(shop.get(path).await.status, 200, "looking changes nothing");
    assert_eq!(shop.count("select count(*) from accounts where wants_news").await, 1);
    assert_eq!(shop.get(&path.replace("token=", "token=x")).await.status, 404);
    let click = shop.ask(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
    assert_eq!(click.body("List-Unsubscribe=One-Click").send().await.unwrap().status().as_u16(), 200);

    let before = server.taken().len();
    sqlx::query(news).execute(&testing::database(&shop)).await.unwrap();
    links::ask(&shop, LinkWish::Reset, SITI, "").await.unwrap();
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(server.taken().len(), before + 1);
    assert!(newest(&server).link().contains("/account/reset"));
    shop.stop().await;
}
