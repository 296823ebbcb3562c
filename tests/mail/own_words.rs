//! What the owner says in letters: it arrives in its reader's language, and nothing that it names is looked into.

use chrono::TimeDelta;
use domain::audit::{AuditPage, ListAudit, SubjectKind};
use domain::command::{Command, ShopCommand};
use domain::locale::Locale;
use domain::mail::{
    DrawLetter, GetLetterWords, LetterWords, LetterWordsDetail, LetterWordsRow, ListLetterWords, MailKind, OwnWords,
    SaveLetterWords,
};
use domain::message::Message;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use domain::settings::Settings;
use domain::staff::{Permission, Role, Staff};
use services::{Error, commands, letters, settings, testing};
use sqlx::MySqlPool;

use super::server::MailServer;
use crate::shop::TestShop;

const KIND: MailKind = MailKind::PaymentArrived;

impl TestShop {
    /// What the owner's desk is answered.
    async fn told<C: Command + Into<ShopCommand>>(&self, request: C) -> C::Reply {
        serde_json::from_value(commands::answer(self, &self.owner, request.into()).await.unwrap()).unwrap()
    }

    /// Saves words of a kind over those that are stored.
    async fn says(&self, kind: MailKind, words: LetterWords) -> LetterWordsDetail {
        let version = self.told(GetLetterWords { kind }).await.version;
        self.told(SaveLetterWords { kind, version, words }).await
    }

    /// Lets everything that was bought be read in that language.
    async fn speaks(&self, locale: Locale) {
        let speak = sqlx::query("update orders set locale = ?").bind(locale.as_str());
        speak.execute(&testing::database(self)).await.unwrap();
    }
}

fn own(subject: &str, body: &str) -> OwnWords {
    OwnWords { subject: Some(subject.to_owned()), body: Some(body.to_owned()) }
}

/// The subject as its reader sees it.
fn subject_of(content: &str) -> String {
    let line = content.lines().find_map(|line| line.strip_prefix("Subject: "));
    line.unwrap_or_else(|| panic!("no subject in {content}")).to_owned()
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_the_owner_says_arrives_in_its_readers_language_and_the_other_stays(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    let before = shop.told(GetLetterWords { kind: KIND }).await;
    assert_eq!((before.version, &before.words), (0, &LetterWords::default()));
    let english = own("Money is here, {number}", "Dear {name},\n\n{shop} thanks you for {total}.");
    let saved = shop.says(KIND, LetterWords { en: english.clone(), ..LetterWords::default() }).await;
    assert_eq!((saved.version, &saved.words.en, &saved.usual), (1, &english, &before.usual));

    shop.write_letters(2).await;
    let db = testing::database(&shop);
    let orders: Vec<(u64, String)> =
        sqlx::query_as("select id, number from orders order by id").fetch_all(&db).await.unwrap();
    for ((order, _), locale) in orders.iter().zip([Locale::English, Locale::Indonesian]) {
        let speak = sqlx::query("update orders set locale = ? where id = ?").bind(locale.as_str()).bind(order);
        speak.execute(&db).await.unwrap();
    }
    shop.post().await;
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    let (mine, usual) = (taken[0].text(), taken[1].text());
    assert_eq!(subject_of(&taken[0].content), format!("Money is here, {}", orders[0].1));
    let name = shop.settings().await.name;
    assert!(mine.contains(&format!("Dear Siti Rahma,\n\n{name} thanks you for ")), "{mine}");
    assert!(!mine.contains("getting order"), "the program's words are gone: {mine}");
    assert!(mine.contains("/orders/"), "the button stays: {mine}");
    assert!(usual.contains("sedang kami siapkan") && !usual.contains("thanks you"), "{usual}");

    // The program speaks again, in letters that are already written, too.
    let back = shop.says(KIND, LetterWords::default()).await;
    assert_eq!((back.version, back.words.is_usual()), (2, true));
    let letter = shop.listed(None).await.rows.last().unwrap().id;
    let words = testing::letter_words(&shop, letter).await.unwrap();
    assert!(words.text.contains("getting order"), "{}", words.text);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn values_with_braces_and_tags_are_only_text(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let words = own("{nama}", "<script>alert(1)</script> {nama} & {toko}");
    shop.says(KIND, LetterWords { id: words.clone(), en: words }).await;
    shop.write_letters(1).await;
    let rename = "update orders set name = '{total} <img src=x> {'";
    sqlx::query(rename).execute(&testing::database(&shop)).await.unwrap();
    for locale in Locale::ALL {
        shop.speaks(*locale).await;
        let letter = shop.listed(None).await.rows[0].id;
        let written = testing::letter_words(&shop, letter).await.unwrap();
        assert_eq!(written.subject, "{total} <img src=x> {", "{locale}");
        assert!(written.text.contains("<script>alert(1)</script> {total} <img src=x> { & "), "{}", written.text);
        assert!(!written.html.contains("<script") && !written.html.contains("<img"), "{}", written.html);
    }
}

/// An order that is paid at the door has no time to pay.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_letter_without_what_the_owner_names_says_what_the_program_says(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let words = own("Bayar {nomor} sebelum {batas}", "Sampai {until}.");
    shop.says(MailKind::OrderPlaced, LetterWords { id: words.clone(), en: words }).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
    shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    shop.speaks(Locale::Indonesian).await;
    shop.keep_only("order_placed").await;
    let rows = shop.listed(None).await.rows;
    let at_the_door = testing::letter_words(&shop, rows[0].id).await.unwrap();
    let online = testing::letter_words(&shop, rows[1].id).await.unwrap();
    assert!(at_the_door.subject.ends_with("sudah kami terima"), "{}", at_the_door.subject);
    assert!(at_the_door.text.contains("sedang disiapkan"), "{}", at_the_door.text);
    assert!(online.subject.starts_with("Bayar ") && online.text.contains("Sampai "), "{}", online.text);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_a_letter_could_not_say_is_refused_at_its_field(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let words = LetterWords { id: own("{nomer}", " "), en: own("a\nb", "{number") };
    let request = SaveLetterWords { kind: KIND, version: 0, words };
    let Error::Invalid(fields) = commands::answer(&shop, &shop.owner, request.into()).await.unwrap_err() else {
        panic!("it is invalid")
    };
    let fields: Vec<_> = fields.into_iter().map(|problem| (problem.field, problem.message)).collect();
    let wanted = [
        ("id.subject", Message::UnknownPlaceholder { name: "nomer".to_owned() }),
        ("id.body", Message::Required),
        ("en.subject", Message::NotOneLine),
        ("en.body", Message::UnclosedBrace),
    ];
    assert_eq!(fields, wanted.map(|(field, message)| (field.to_owned(), message)));
    assert_eq!(shop.count("select count(*) from letter_words").await, 0);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_saves_over_somebody_elses_words_is_told_and_history_tells_who_did(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let words = |subject: &str| LetterWords { en: own(subject, "Words."), ..LetterWords::default() };
    let seen = shop.says(KIND, words("First")).await.version;
    shop.says(KIND, words("Second")).await;
    let late = SaveLetterWords { kind: KIND, version: seen, words: words("Third") };
    let refused = commands::answer(&shop, &shop.owner, late.into()).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(Message::ChangedMeanwhile)), "{refused:?}");
    assert_eq!(shop.told(GetLetterWords { kind: KIND }).await.words, words("Second"));
    let rows: Vec<LetterWordsRow> = shop.told(ListLetterWords {}).await;
    assert_eq!(rows.len(), MailKind::ALL.len());
    assert!(rows.iter().all(|row| row.is_own == (row.kind == KIND) && !row.is_off), "{rows:?}");

    let history: AuditPage = shop
        .told(ListAudit {
            staff_id: None,
            subject: Some(SubjectKind::LetterWords),
            search: None,
            from: None,
            to: None,
            page: PageNumber::FIRST,
        })
        .await;
    assert_eq!(history.rows.len(), 2);
    let change = &history.rows[0].changes[0];
    assert_eq!((history.rows[0].subject.id.as_str(), change.path.join(".").as_str()), (KIND.as_str(), "en.subject"));
    assert_eq!((change.before.as_deref(), change.after.as_deref()), (Some("First"), Some("Second")));
}

/// Another process holds nothing of the words in its memory.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_process_says_what_was_saved_last(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    shop.write_letters(1).await;
    shop.speaks(Locale::English).await;
    let letter = shop.listed(None).await.rows[0].id;
    let folder = tempfile::tempdir().unwrap();
    let other = testing::open(MySqlPool::connect(&shop.database_url()).await.unwrap(), folder.path()).await.unwrap();
    other.set_letter_writer(storefront::letters::WRITER);
    for subject in ["One", "Two"] {
        shop.says(KIND, LetterWords { en: own(subject, "Words."), ..LetterWords::default() }).await;
        assert_eq!(testing::letter_words(&other, letter).await.unwrap().subject, subject);
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_clerk_neither_sees_nor_changes_the_words(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let save = SaveLetterWords { kind: KIND, version: 0, words: LetterWords::default() };
    let asked: [ShopCommand; 3] = [ListLetterWords {}.into(), GetLetterWords { kind: KIND }.into(), save.into()];
    for command in asked {
        let refused = testing::unchecked(&shop, &clerk, command).await.unwrap_err();
        assert!(matches!(&refused, Error::Forbidden(no) if no.permission == Permission::ChangeSettings), "{refused:?}");
    }
    let draw = DrawLetter { kind: KIND, locale: Locale::English, words: OwnWords::default() };
    assert!(matches!(letters::own::draw(&shop, &clerk, draw.clone()).await.unwrap_err(), Error::Forbidden(_)));
    let drawn = letters::own::draw(&shop, &shop.owner, draw.clone()).await.unwrap();
    assert!(drawn.html.contains("Siti Rahma") && drawn.subject.contains("payment"), "{}", drawn.subject);
    let wrong = DrawLetter { words: own("{x}", "y"), ..draw };
    assert!(matches!(letters::own::draw(&shop, &shop.owner, wrong).await.unwrap_err(), Error::Invalid(_)));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn news_that_the_owner_turned_off_are_not_written(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.set_letter_writer(storefront::letters::WRITER);
    let shirt = shop.variant("SHIRT", 150_000, 20).await;
    shop.paid_order(shirt, 1).await;
    let all = shop.settings().await;
    let off = vec![MailKind::NewOrder, MailKind::DailySummary];
    settings::save(&shop, &shop.owner, Settings { letters_off: off, ..all.clone() }).await.unwrap();
    shop.paid_order(shirt, 1).await;
    // Through every hour of two days, whenever this is run.
    for _ in 0..8 {
        shop.post_after(TimeDelta::hours(6)).await;
    }
    let count = async |kind: MailKind| shop.letters().await.iter().filter(|written| **written == kind.as_str()).count();
    assert_eq!((count(MailKind::NewOrder).await, count(MailKind::PaymentArrived).await), (1, 2));
    assert_eq!(count(MailKind::DailySummary).await, 0);
    let rows: Vec<LetterWordsRow> = shop.told(ListLetterWords {}).await;
    let are_off: Vec<MailKind> = rows.iter().filter(|row| row.is_off).map(|row| row.kind).collect();
    assert_eq!(are_off, [MailKind::NewOrder, MailKind::DailySummary]);

    settings::save(&shop, &shop.owner, Settings { letters_off: Vec::new(), ..all.clone() }).await.unwrap();
    shop.paid_order(shirt, 1).await;
    for _ in 0..4 {
        shop.post_after(TimeDelta::hours(6)).await;
    }
    assert_eq!(count(MailKind::NewOrder).await, 2);
    assert!(count(MailKind::DailySummary).await > 0, "they are written again");

    let buyers = Settings { letters_off: vec![MailKind::OrderPlaced], ..all };
    let refused = settings::save(&shop, &shop.owner, buyers).await.unwrap_err();
    assert!(
        matches!(refused, Error::Invalid(fields) if fields[0].field == "letters_off"),
        "a buyer's letter is no news"
    );
}
