//! Many letters and a bad mail server: slow, refusing for now and for ever, cutting lines. Each letter that was taken arrives
//! once, or again under its own Message-ID when nobody could know.
//!
//! Two hundred by default; `ETALASE_TEST_LETTERS=10000` sends more.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::TimeDelta;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::testing;
use sqlx::MySqlPool;

use super::server::{Fault, MailServer};
use crate::shop::TestShop;

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_letter_that_is_taken_arrives_once_whatever_goes_wrong(db: MySqlPool) {
    let wanted = std::env::var("ETALASE_TEST_LETTERS").ok().and_then(|count| count.parse().ok()).unwrap_or(200_usize);
    let (shop, server) = (TestShop::open(db).await, MailServer::start().await);
    shop.sends_by(&server).await;
    shop.write_letters(1).await;
    let more = "insert into mail_outbox (kind, order_id, created_at, asked_at, next_try_at)
                select kind, order_id, created_at, asked_at, next_try_at from mail_outbox limit ?";
    let mut written = 1;
    while written < wanted {
        let some = written.min(wanted - written);
        let limit = u64::try_from(some).unwrap();
        sqlx::query(more).bind(limit).execute(&testing::database(&shop)).await.unwrap();
        written += some;
    }

    let mut rng = StdRng::seed_from_u64(1130);
    let faults: Vec<Fault> = (0..wanted).map(|_| fault(&mut rng)).collect();
    let cuts = faults.iter().filter(|fault| **fault == Fault::CutAfter).count();
    let refusals =
        faults.iter().filter(|fault| matches!(fault, Fault::Recipient(said) if said.starts_with('5'))).count();
    server.fail(&faults);
    for round in 0.. {
        shop.post_after(TimeDelta::seconds(61)).await;
        if shop.count("select count(*) from mail_outbox where state = 'waiting'").await == 0 {
            break;
        }
        if round % 40 == 39 {
            shop.clock().advance(TimeDelta::hours(2));
        }
        assert!(round < wanted / 20 + 400, "letters still wait");
    }

    let mut arrived: BTreeMap<u64, usize> = BTreeMap::new();
    for letter in server.taken() {
        let id = letter.message_id.trim_start_matches('<').split('.').next().unwrap().parse().unwrap();
        *arrived.entry(id).or_default() += 1;
    }
    let rows: Vec<(u64, String)> = sqlx::query_as("select id, state from mail_outbox where kind = 'payment_arrived'")
        .fetch_all(&testing::database(&shop))
        .await
        .unwrap();
    let failed = rows.iter().filter(|(_, state)| state == "failed").count();
    let repeated: usize =
        rows.iter().map(|(id, _)| arrived.get(id).copied().unwrap_or_default().saturating_sub(1)).sum();
    assert_eq!(rows.len(), wanted);
    for (id, state) in &rows {
        assert!(state == "sent" || state == "failed", "{id}: {state}");
        assert!(state != "sent" || arrived.contains_key(id), "{id} is noted as sent, and never arrived");
    }
    assert!(failed <= refusals, "{failed} failed, and {refusals} were refused");
    assert!(repeated <= cuts, "{repeated} came again, and {cuts} cut lines explain no more");
}

/// What goes wrong with the next letter; mostly nothing.
fn fault(rng: &mut StdRng) -> Fault {
    match rng.random_range(0..100) {
        0..3 => Fault::Recipient("450 4.2.1 come again"),
        3..6 => Fault::Letter("451 4.3.0 not now"),
        6..8 => Fault::Recipient("550 5.1.1 no such mailbox"),
        8..10 => Fault::CutBefore,
        10..12 => Fault::CutAfter,
        12..14 => Fault::Slow(Duration::from_millis(80)),
        _ => Fault::Nothing,
    }
}
