//! How letters leave: each that a server takes arrives once, whatever the server does, and without one they lie in files.

use std::collections::BTreeSet;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use chrono::TimeDelta;
use domain::jobs::JobName;
use domain::mail::{LetterRow, LetterState, MailAccount, MailSecurity, MailTrouble, SendLetterAgain};
use domain::settings::Settings;
use services::{commands, jobs, settings, testing};
use sqlx::MySqlPool;

use super::server::{Fault, MailServer};
use crate::shop::TestShop;

impl TestShop {
    /// Lets the shop send its letters there.
    pub(crate) async fn sends_by(&self, server: &MailServer) {
        self.set_letter_writer(storefront::letters::WRITER);
        // A shop as new as that has no summary of the day before.
        let young = "update staff set created_at = created_at + interval 1 year";
        sqlx::query(young).execute(&testing::database(self)).await.unwrap();
        let mail = MailAccount {
            host: "127.0.0.1".to_owned(),
            port: server.port.into(),
            security: MailSecurity::Nothing,
            sender_address: "toko@example.com".to_owned(),
            per_minute: 600,
            ..MailAccount::default()
        };
        settings::save(self, &self.owner, Settings { mail, ..self.settings().await }).await.unwrap();
    }

    /// So many letters about paid orders.
    pub(super) async fn write_letters(&self, count: u32) {
        let shirt = self.variant("SHIRT", 150_000, count + 10).await;
        for _ in 0..count {
            self.paid_order(shirt, 1).await;
        }
        self.keep_only("payment_arrived").await;
    }

    /// Runs what is due by now.
    pub(crate) async fn post(&self) {
        jobs::run_due_work(self).await.unwrap();
    }

    /// Runs what is due after a while.
    pub(crate) async fn post_after(&self, pause: TimeDelta) {
        self.clock().advance(pause);
        self.post().await;
    }

    /// The newest letters as the desk shows them.
    pub(super) async fn rows(&self) -> Vec<LetterRow> {
        self.listed(None).await.rows
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_letter_arrives_once(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    shop.write_letters(5).await;
    shop.post().await;
    shop.post_after(TimeDelta::hours(3)).await;

    let taken = server.taken();
    let ids: BTreeSet<_> = taken.iter().map(|letter| letter.message_id.clone()).collect();
    assert_eq!((taken.len(), ids.len(), server.lines()), (5, 5, 1), "one line carries them all");
    assert!(taken.iter().all(|letter| letter.to == "siti@example.com"));
    assert!(taken.iter().all(|letter| letter.message_id.ends_with("@example.com>")), "{ids:?}");
    let rows = shop.rows().await;
    assert!(rows.iter().all(|row| row.state == LetterState::Sent && row.sent_at.is_some() && row.tries == 1));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_refused_for_now_is_tried_again_with_growing_pauses(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    shop.write_letters(1).await;
    server.fail(&[
        Fault::Recipient("450 4.2.1 come again"),
        Fault::Letter("451 4.3.0 not now"),
        Fault::CutBefore,
        Fault::Recipient("421 4.3.2 closing"),
    ]);
    let mut pauses = Vec::new();
    for tries in 1..=4 {
        shop.post().await;
        let row = shop.rows().await.remove(0);
        assert_eq!((row.state, row.tries), (LetterState::Waiting, tries));
        let trouble = row.trouble.unwrap();
        match tries {
            1 => assert_eq!((trouble.kind, trouble.said.as_str()), (MailTrouble::NotNow, "450 4.2.1 come again")),
            3 => assert_eq!(trouble.kind, MailTrouble::Away),
            _ => assert_eq!(trouble.kind, MailTrouble::NotNow),
        }
        let pause = row.next_try_at.unwrap() - shop.now().await.unwrap();
        pauses.push(pause);
        shop.post_after(pause - TimeDelta::seconds(5)).await;
        assert_eq!(server.tries(), tries as usize, "nothing is tried before its time");
        shop.clock().advance(TimeDelta::seconds(6));
    }
    assert!(pauses.is_sorted() && pauses[3] > pauses[0] * 4, "{pauses:?}");
    shop.post().await;
    shop.post_after(TimeDelta::hours(5)).await;
    assert_eq!((server.taken().len(), server.tries()), (1, 5));
    let row = shop.rows().await.remove(0);
    assert_eq!((row.state, row.trouble), (LetterState::Sent, None));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_refused_for_ever_is_told_and_not_repeated(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    shop.write_letters(2).await;
    server.fail(&[Fault::Recipient("550 5.1.1 no such mailbox")]);
    shop.post().await;
    shop.post_after(TimeDelta::days(1)).await;
    let rows = shop.rows().await;
    assert_eq!((rows[1].state, rows[0].state), (LetterState::Failed, LetterState::Sent), "the other one leaves");
    let trouble = rows[1].trouble.clone().unwrap();
    assert_eq!((trouble.kind, trouble.said.as_str()), (MailTrouble::Refused, "550 5.1.1 no such mailbox"));
    assert_eq!((server.tries(), server.taken().len()), (2, 1));

    // A person mended the mailbox, and the letter is another one to mail servers.
    let again = SendLetterAgain { letter_id: rows[1].id };
    commands::answer(&shop, &shop.owner, again.into()).await.unwrap();
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(server.taken().len(), 2);
    commands::answer(&shop, &shop.owner, again.into()).await.unwrap();
    commands::answer(&shop, &shop.owner, again.into()).await.unwrap_err();
    shop.post_after(TimeDelta::seconds(6)).await;
    let taken = server.taken();
    assert_eq!(taken.len(), 3);
    assert_ne!(taken[1].message_id, taken[2].message_id);
}

/// The server has taken it, and nobody here knows.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_may_have_arrived_is_sent_again_under_the_same_id(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    shop.write_letters(1).await;
    server.fail(&[Fault::CutAfter]);
    shop.post().await;
    assert_eq!(shop.rows().await[0].state, LetterState::Waiting);
    shop.post_after(TimeDelta::minutes(1)).await;
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].message_id, taken[1].message_id);
    assert!(!taken[0].message_id.is_empty());
    assert_eq!(shop.rows().await[0].state, LetterState::Sent);
}

/// The process that sends is deposed, as one that crashed is, after the server took the letter and before that is noted.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_process_that_dies_before_it_notes_repeats_under_the_same_id(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    shop.write_letters(1).await;
    shop.post_after(TimeDelta::zero()).await;
    let sent = server.taken().len();
    shop.write_more().await;
    server.fail(&[Fault::Slow(Duration::from_secs(2))]);
    let leader = testing::lead(&shop, "the first").await.unwrap();
    let first = tokio::spawn(async move { leader.run(JobName::SendLetters).await });
    let deadline = tokio::time::Instant::now() + Duration::from_secs(10);
    while server.taken().len() == sent {
        assert!(tokio::time::Instant::now() < deadline, "the letter does not come");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Whoever takes the lease runs what is due, and the letter still is.
    shop.post_after(TimeDelta::minutes(1)).await;
    assert!(first.await.unwrap().is_err(), "the deposed one notes nothing");
    let taken = server.taken();
    assert_eq!(taken.len(), sent + 2);
    assert_eq!(taken[sent].message_id, taken[sent + 1].message_id);
    assert_eq!(shop.rows().await[0].state, LetterState::Sent);
    shop.post_after(TimeDelta::hours(1)).await;
    assert_eq!(server.taken().len(), sent + 2);
}

impl TestShop {
    /// One more letter, about an order that is there.
    async fn write_more(&self) {
        let more = "insert into mail_outbox (kind, order_id, created_at, asked_at, next_try_at)
                    select 'payment_arrived', id, placed_at, placed_at, placed_at from orders limit 1";
        sqlx::query(more).execute(&testing::database(self)).await.unwrap();
    }
}

/// Nothing is anybody's letter's fault when the server is away: the first finds out, and all wait as long.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_server_that_is_away_is_not_asked_for_every_letter(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    server.let_in_only("toko", "right");
    let mut wanted = shop.settings().await;
    wanted.mail.user = "toko".to_owned();
    settings::save(&shop, &shop.owner, wanted).await.unwrap();
    shop.write_letters(6).await;
    shop.post().await;
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!((server.lines(), server.tries()), (1, 0));
    for row in shop.rows().await {
        let trouble = row.trouble.unwrap();
        assert_eq!((row.state, trouble.kind), (LetterState::Waiting, MailTrouble::NotLetIn));
        assert!(trouble.said.starts_with("535 "), "{}", trouble.said);
    }
    shop.post_after(TimeDelta::days(5)).await;
    let given_up = shop.rows().await.iter().filter(|row| row.state == LetterState::Failed).count();
    assert_eq!(given_up, 1, "what is old is given up");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_more_leave_in_a_minute_than_the_owner_says(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    let mut wanted = shop.settings().await;
    wanted.mail.per_minute = 2;
    settings::save(&shop, &shop.owner, wanted).await.unwrap();
    shop.write_letters(5).await;
    let mut left = Vec::new();
    for _ in 0..4 {
        shop.post().await;
        shop.post_after(TimeDelta::seconds(20)).await;
        left.push(server.taken().len());
        shop.clock().advance(TimeDelta::seconds(45));
    }
    assert_eq!(left, [2, 4, 5, 5]);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn without_an_account_each_letter_is_one_file(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    shop.write_letters(3).await;
    shop.post().await;
    assert!(!shop.folder.path().join("mail").exists(), "nobody has found words yet");
    shop.set_letter_writer(storefront::letters::WRITER);
    shop.post_after(TimeDelta::minutes(1)).await;
    shop.post_after(TimeDelta::minutes(1)).await;

    let files: Vec<_> =
        std::fs::read_dir(shop.folder.path().join("mail")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(files.len(), 3);
    for file in &files {
        let content = std::fs::read_to_string(file).unwrap();
        assert!(content.contains("Message-ID: <") && content.contains("multipart/alternative"), "{content}");
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert!(shop.rows().await.iter().all(|row| row.state == LetterState::Kept && row.trouble.is_none()));

    // An account that comes later sends what comes later.
    let server = MailServer::start().await;
    shop.sends_by(&server).await;
    shop.post_after(TimeDelta::minutes(1)).await;
    assert_eq!(server.taken(), []);
    shop.write_more().await;
    shop.post_after(TimeDelta::minutes(1)).await;
    assert_eq!(server.taken().len(), 1);
}
