//! Mail servers that take long, hosts that no old server can read, and an account that was mended.

use std::time::Duration;

use chrono::TimeDelta;
use domain::mail::{LetterState, MailTrouble};
use domain::settings::{GetSettings, SaveSettings, SavedSettings};
use services::{commands, testing};
use sqlx::MySqlPool;

use super::server::{Fault, MailServer};
use crate::shop::{TestShop, account};

/// Whoever took the whole letter and says nothing may have delivered it: it is tried again seldom and few times.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_letter_whose_end_is_not_answered_is_repeated_seldom_and_not_for_ever(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    shop.write_letters(1).await;
    let long = Fault::Slow(Duration::from_secs(60));
    server.fail(&[long, long]);
    shop.post().await;
    let row = shop.rows().await.remove(0);
    assert_eq!((row.state, row.trouble.unwrap().kind), (LetterState::Waiting, MailTrouble::Unanswered));
    shop.post_after(TimeDelta::minutes(50)).await;
    assert_eq!(server.taken().len(), 1, "not after minutes");

    // It was the second time already.
    let twice = "update mail_outbox set unanswered = 2";
    sqlx::query(twice).execute(&testing::database(&shop)).await.unwrap();
    shop.post_after(TimeDelta::minutes(15)).await;
    let row = shop.rows().await.remove(0);
    assert_eq!((row.state, row.trouble.unwrap().kind), (LetterState::Failed, MailTrouble::Unanswered));
    let taken = server.taken();
    assert_eq!((taken.len(), &taken[0].message_id), (2, &taken[1].message_id));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_an_account_kept_waiting_leaves_as_soon_as_it_is_mended(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    shop.write_letters(2).await;
    let saved = async || -> SavedSettings {
        serde_json::from_value(commands::answer(&shop, &shop.owner, GetSettings {}.into()).await.unwrap()).unwrap()
    };
    let save = async |port: u32| {
        let SavedSettings { version, mut settings } = saved().await;
        settings.mail.port = port;
        commands::answer(&shop, &shop.owner, SaveSettings { version, settings }.into()).await.unwrap();
    };
    save(9).await;
    for _ in 0..8 {
        shop.post_after(TimeDelta::hours(3)).await;
    }
    let row = shop.rows().await.remove(0);
    assert_eq!((row.state, row.trouble.unwrap().kind), (LetterState::Waiting, MailTrouble::Away));
    save(server.port.into()).await;
    shop.post_after(TimeDelta::seconds(6)).await;
    assert_eq!(server.taken().len(), 2);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_host_of_any_script_is_written_as_every_mail_server_reads_it(db: MySqlPool) {
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    account(&shop, "siti@B\u{dc}CHER.example").await;
    shop.post().await;
    let taken = server.taken();
    assert_eq!(taken[0].to, "siti@xn--bcher-kva.example");
    assert_eq!(shop.rows().await[0].to, "siti@b\u{fc}cher.example", "people read their own script");
}
