//! Letters of server processes that are killed while they send, to a mail server that is slow, refuses some for now and some for ever,
//! and cuts lines: each letter that was taken arrives, and again only where nobody could know that it had.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use chrono::Utc;
use domain::mail::{MailAccount, MailSecurity};
use domain::money::Currency;
use domain::payments::{DemoNotification, GatewayOutcome, PaymentMethod};
use domain::settings::Settings;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use services::payments::demo;
use services::{checkout, payments, settings};
use sqlx::MySqlPool;

use crate::figures::{Figures, per_second};
use crate::mail_server::{Fault, MailServer};
use crate::options::Options;
use crate::stage::{SECRET, Server, Stage};
use crate::{say, shelf};

/// How often it is looked how far they are.
const LOOK: Duration = Duration::from_millis(200);
/// A minute and some hours pass as often.
const WAIT: Duration = Duration::from_secs(1);
/// The longest that nothing may move: a lease that must run out, and a start.
const PATIENCE: Duration = Duration::from_secs(120);
/// So many letters a process has handed over without having noted it: it hands over one after the other, and only one leads.
const IN_FLIGHT: u64 = 1;

/// What came of them.
#[derive(Default)]
struct Found {
    delivered: u64,
    repeated: u64,
    /// Noted as sent and never arrived, or still waiting.
    lost: u64,
    /// Arrived again under another name.
    renamed: u64,
    refused: u64,
    /// Three ends were not answered: the shop tries no more, and says so at the desk.
    given_up: u64,
}

/// Sends them all and looks at what came of it. Returns how often a promise was broken.
pub(crate) async fn run(stage: &Stage, options: &Options, figures: &mut Figures) -> u64 {
    let post = MailServer::start().await;
    let mut rng = StdRng::seed_from_u64(options.seed);
    let faults: Vec<Fault> = (0..options.letters * 2).map(|_| fault(&mut rng)).collect();
    post.fail(&faults);
    send_by(stage, &post).await;
    let database = services::testing::database(&stage.shop);
    write(stage, &database, options.letters).await;
    let mut servers = Vec::new();
    for _ in 0..options.processes.max(1) {
        servers.push(stage.server().await);
    }

    let began = Instant::now();
    let kills = until_all_left(&database, &servers, options, &mut rng).await;
    let took = began.elapsed();
    let mut complaints = Vec::new();
    for server in &servers {
        server.stop().await;
        complaints.extend(server.complaints());
    }

    let found = judge(&database, &post).await;
    // What was drawn for letters of which a killed process never spoke to its end counts as well: these are bounds.
    let met = &faults[..post.tries().min(faults.len())];
    let count = |is_it: fn(&Fault) -> bool| u64::try_from(met.iter().filter(|fault| is_it(fault)).count()).unwrap();
    let cut_after = count(|fault| *fault == Fault::CutAfter);
    let cut = cut_after + count(|fault| *fault == Fault::CutBefore);
    let refusals = count(|fault| matches!(fault, Fault::Recipient(said) if said.starts_with('5')));
    let explained = cut_after + kills * IN_FLIGHT;
    say::line(&format!(
        "letters: {} in {} s ({} per second), {kills} kills; delivered {}, repeated {} of at most {explained}, lost {}, \
         refused for ever {}, given up after three ends without an answer {}",
        options.letters,
        took.as_secs(),
        per_second(options.letters, took.as_secs_f64()),
        found.delivered,
        found.repeated,
        found.lost,
        found.refused,
        found.given_up,
    ));
    complaints.iter().for_each(|line| say::line(line));
    figures.set("letters", options.letters);
    figures.set("delivered", found.delivered);
    figures.set("repeated", found.repeated);
    figures.set("repeats_explained", explained);
    figures.set("renamed", found.renamed);
    figures.set("lost", found.lost);
    figures.set("refused_for_ever", found.refused);
    figures.set("given_up", found.given_up);
    figures.set("kills", kills);
    figures.set("seconds", took.as_secs());
    figures.set("per_second", per_second(options.letters, took.as_secs_f64()));
    let unexplained = found.repeated.saturating_sub(explained)
        + found.refused.saturating_sub(refusals)
        + (found.given_up * 3).saturating_sub(cut);
    found.lost + found.renamed + unexplained + u64::try_from(complaints.len()).unwrap()
}

/// What goes wrong with the next letter; mostly nothing.
fn fault(rng: &mut StdRng) -> Fault {
    match rng.random_range(0..100) {
        0..3 => Fault::Recipient("450 4.2.1 come again"),
        3..6 => Fault::Letter("451 4.3.0 not now"),
        6..8 => Fault::Recipient("550 5.1.1 no such mailbox"),
        8 => Fault::CutBefore,
        9 => Fault::CutAfter,
        10..12 => Fault::Slow(Duration::from_millis(80)),
        _ => Fault::Nothing,
    }
}

/// The shop sends its letters there, as fast as it may.
async fn send_by(stage: &Stage, post: &MailServer) {
    let mail = MailAccount {
        host: "127.0.0.1".to_owned(),
        port: post.port.into(),
        security: MailSecurity::Nothing,
        sender_address: "toko@example.com".to_owned(),
        per_minute: *MailAccount::PER_MINUTE.end(),
        ..MailAccount::default()
    };
    let wanted = Settings { mail, ..Settings::clone(&*settings::get(&stage.shop).await.unwrap()) };
    settings::save(&stage.shop, &stage.owner, wanted).await.unwrap();
}

/// So many letters about a paid order, and no other.
async fn write(stage: &Stage, database: &MySqlPool, count: usize) {
    // A shop as new as that has no summary of the day before.
    let young = "update staff set created_at = created_at + interval 1 year";
    sqlx::query(young).execute(database).await.unwrap();
    let variants = shelf::fill(&stage.shop, &stage.owner, &stage.name("letters"), 1, 10).await;
    let cart = shelf::carts(&stage.shop, &variants, 1).await.remove(0);
    let request = shelf::request("siti@example.com", PaymentMethod::Demo);
    let placed = checkout::place(&stage.shop, cart.as_str(), "once", request).await.unwrap();
    let told = DemoNotification {
        event_id: "evt-letters".to_owned(),
        reference: format!("{}-1", placed.number),
        outcome: GatewayOutcome::Paid,
        amount: placed.totals.total,
        currency: Currency::Rupiah,
        at: Utc::now(),
    };
    let body = serde_json::to_vec(&told).unwrap();
    let now = stage.shop.now().await.unwrap().timestamp();
    let proof = [(demo::SIGNATURE_HEADER.to_owned(), demo::sign(SECRET, now, &body))];
    payments::receive(&stage.shop, "demo", &proof, &body).await.unwrap();
    sqlx::query("delete from mail_outbox where kind <> 'payment_arrived'").execute(database).await.unwrap();

    let more = "insert into mail_outbox (kind, order_id, created_at, asked_at, next_try_at)
                select kind, order_id, created_at, asked_at, next_try_at from mail_outbox limit ?";
    let mut written = 1;
    while written < count {
        let some = written.min(count - written);
        sqlx::query(more).bind(u64::try_from(some).unwrap()).execute(database).await.unwrap();
        written += some;
    }
}

/// Kills by turns one server and all of them, each time after some more letters have left, until none waits. Returns how often.
async fn until_all_left(database: &MySqlPool, servers: &[Server], options: &Options, rng: &mut StdRng) -> u64 {
    let slice = (options.letters / (usize::try_from(options.kills).unwrap() + 1)).max(1);
    let mut kill_at: Vec<usize> = (0..options.kills)
        .map(|number| usize::try_from(number).unwrap() * slice + rng.random_range(0..slice))
        .collect();
    kill_at.reverse();
    let (mut kills, mut least, mut moved_at, mut waited_at) = (0, options.letters, Instant::now(), Instant::now());
    loop {
        let left = waiting(database).await;
        if left == 0 {
            return kills;
        }
        if left < least {
            (least, moved_at) = (left, Instant::now());
        }
        assert!(moved_at.elapsed() < PATIENCE, "{left} letters wait, and nobody sends them");
        if kill_at.last().is_some_and(|at| options.letters - left > *at) {
            kill_at.pop();
            // Anywhere between two letters, and within one.
            tokio::time::sleep(Duration::from_millis(rng.random_range(0..300))).await;
            let all: Vec<&Server> = servers.iter().collect();
            let dying = if kills % 2 == 0 { all } else { vec![all[rng.random_range(0..all.len())]] };
            for server in &dying {
                server.kill().await;
            }
            for server in &dying {
                server.start_again().await;
            }
            kills += 1;
        }
        if waited_at.elapsed() > WAIT {
            wait_hours(database).await;
            waited_at = Instant::now();
        }
        tokio::time::sleep(LOOK).await;
    }
}

async fn waiting(database: &MySqlPool) -> usize {
    let sql = "select count(*) from mail_outbox where kind = 'payment_arrived' and state = 'waiting'";
    let left: i64 = sqlx::query_scalar(sql).fetch_one(database).await.unwrap();
    usize::try_from(left).unwrap()
}

/// What waiting for some hours does: every pause is over, no letter left in the last minute, and the job is due. How long a letter is
/// tried in all is left as it is.
async fn wait_hours(database: &MySqlPool) {
    for hours in [
        "update mail_outbox set next_try_at = next_try_at - interval 2 hour
         where state = 'waiting' and next_try_at > utc_timestamp(6)",
        "update mail_outbox set tried_at = tried_at - interval 2 hour
         where tried_at > utc_timestamp(6) - interval 1 minute",
        "update job_schedule set next_run_at = utc_timestamp(6) where job = 'send_letters'",
    ] {
        // One that meets the job passes a second later.
        let _ = sqlx::query(hours).execute(database).await;
    }
}

async fn judge(database: &MySqlPool, post: &MailServer) -> Found {
    let mut arrived: HashMap<u64, (u64, HashSet<String>)> = HashMap::new();
    for letter in post.taken() {
        let id = letter.message_id.trim_start_matches('<').split('.').next().unwrap().parse().unwrap();
        let (times, names) = arrived.entry(id).or_default();
        *times += 1;
        names.insert(letter.message_id);
    }
    let rows: Vec<(u64, String, String)> =
        sqlx::query_as("select id, state, coalesce(trouble, '') from mail_outbox where kind = 'payment_arrived'")
            .fetch_all(database)
            .await
            .unwrap();
    let mut found = Found::default();
    for (id, state, trouble) in rows {
        let (times, names) = arrived.remove(&id).unwrap_or_default();
        found.delivered += u64::from(times > 0);
        found.repeated += times.saturating_sub(1);
        found.renamed += u64::from(names.len() > 1);
        match (state.as_str(), trouble.as_str()) {
            ("sent", _) => found.lost += u64::from(times == 0),
            ("failed", "refused") => found.refused += 1,
            ("failed", "unanswered") => found.given_up += 1,
            _ => found.lost += 1,
        }
    }
    found
}
