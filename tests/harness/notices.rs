//! Notices of every payment service, each sent five times in any order and some of them forged, to a running server: nothing
//! is lost, nothing counts twice, and nobody is believed who does not know what proves a notice.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::Utc;
use domain::checkout::PlacedOrder;
use domain::money::Currency;
use domain::payments::{DemoNotification, GatewayName, GatewayOutcome, PaymentMethod};
use rand::SeedableRng as _;
use rand::rngs::StdRng;
use rand::seq::SliceRandom as _;
use services::checkout;
use services::payments::demo;
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use crate::figures::{Figures, milliseconds, per_second};
use crate::options::Options;
use crate::simulators::{PROOF, Said, Simulator, Standing};
use crate::stage::{PaymentServices, SECRET, Stage};
use crate::{say, shelf};

/// How often each notice is sent.
const TIMES: usize = 5;
/// What is told of each order.
const PAID: [Said; 4] = [Said::Waiting, Said::Paid, Said::Failed, Said::Expired];
const UNPAID: [Said; 4] = [Said::Waiting, Said::Failed, Said::Expired, Said::Waiting];
/// One order of so many is not paid.
const UNPAID_EVERY: usize = 5;
/// One notice of a hundred is forged.
const FORGED_EVERY: usize = 100;
const VARIANTS: usize = 100;
/// So many place the orders at once.
const HANDS: usize = 8;
/// The longest that the server may work at what it has answered.
const PATIENCE: Duration = Duration::from_secs(3_600);
/// What nobody may wait for longer for an answer, of ninety-nine in a hundred.
const LIMIT: Duration = Duration::from_secs(1);

/// An order, and what is true of it.
struct Told {
    placed: PlacedOrder,
    method: PaymentMethod,
    is_paid: bool,
}

/// A notice, as often as it is sent.
struct Notice {
    gateway: GatewayName,
    body: String,
    is_forged: bool,
}

/// What a sender has seen.
#[derive(Default)]
struct Seen {
    times: Vec<Duration>,
    forged_accepted: u64,
    sent_again: u64,
}

/// Sends them all and looks at what came of it. Returns how often a promise was broken.
pub(crate) async fn run(stage: &Stage, options: &Options, figures: &mut Figures) -> u64 {
    let services = PaymentServices::start().await;
    services.carry(stage, &[PaymentMethod::Demo]).await;
    let server = stage.server_with(&services.variables()).await;
    let forged = options.notices / FORGED_EVERY;
    let orders = placed(stage, (options.notices - forged).div_ceil(PAID.len())).await;
    decide(&services, &orders);
    let database = services::testing::database(&stage.shop);
    // Nobody asks the services by itself: the notices bring the money, or nothing does.
    sqlx::query("update payments set ask_at = utc_timestamp(6) + interval 50 minute").execute(&database).await.unwrap();
    let notices = Arc::new(notices(&services, &orders, forged));
    let genuine = notices.iter().filter(|notice| !notice.is_forged).count();
    say::line(&format!(
        "notices: {genuine} genuine and {forged} forged about {} orders, each sent {TIMES} times",
        orders.len()
    ));

    let mut order: Vec<usize> = (0..notices.len() * TIMES).map(|at| at % notices.len()).collect();
    order.shuffle(&mut StdRng::seed_from_u64(options.seed));
    let order = Arc::new(order);
    let began = Instant::now();
    let mut senders = JoinSet::new();
    for sender in 0..options.senders {
        let (notices, order) = (Arc::clone(&notices), Arc::clone(&order));
        senders.spawn(send(server.address.clone(), notices, order, (sender, options.senders)));
    }
    let mut seen = Seen::default();
    for one in senders.join_all().await {
        seen.times.extend(one.times);
        seen.forged_accepted += one.forged_accepted;
        seen.sent_again += one.sent_again;
    }
    let took = began.elapsed();
    drained(&database).await;
    let applied_after = began.elapsed() - took;

    seen.times.sort_unstable();
    let at = |percent: usize| seen.times[(seen.times.len() * percent / 100).min(seen.times.len() - 1)];
    let found = judge(&database, &orders, u64::try_from(genuine).unwrap()).await;
    let forged_accepted = seen.forged_accepted + found.forged_accepted;
    let complaints = server.complaints();
    server.stop().await;

    say::line(&format!(
        "notices: {} answers, {} per second, p50 {} ms, p99 {} ms; all applied {:.1} s after the last; \
         doubled {}, forged accepted {forged_accepted}, lost {}",
        seen.times.len(),
        per_second(seen.times.len(), took.as_secs_f64()),
        milliseconds(at(50)),
        milliseconds(at(99)),
        applied_after.as_secs_f64(),
        found.doubled,
        found.lost,
    ));
    complaints.iter().for_each(|line| say::line(line));
    figures.set("notices", genuine + forged);
    figures.set("orders", orders.len());
    figures.set("sent", seen.times.len());
    figures.set("sent_again", seen.sent_again);
    figures.set("doubled", found.doubled);
    figures.set("forged_accepted", forged_accepted);
    figures.set("lost", found.lost);
    figures.set("p50_ms", milliseconds(at(50)));
    figures.set("p99_ms", milliseconds(at(99)));
    figures.set("max_ms", milliseconds(at(100)));
    figures.set("per_second", per_second(seen.times.len(), took.as_secs_f64()));
    figures.set("applied_after_ms", milliseconds(applied_after));
    figures.set("senders", options.senders);
    found.doubled + forged_accepted + found.lost + u64::from(at(99) > LIMIT) + u64::try_from(complaints.len()).unwrap()
}

/// Makes it true at the services.
fn decide(services: &PaymentServices, orders: &[Told]) {
    for told in orders {
        let Some(service) = services.of(told.method) else { continue };
        service.alter(&reference(&told.placed), |payment| {
            payment.is_chosen = true;
            payment.standing = if told.is_paid { Standing::Paid } else { Standing::Expired };
        });
    }
}

/// What is told of all orders, and of those that nobody paid what somebody says who knows no secret.
fn notices(services: &PaymentServices, orders: &[Told], forged: usize) -> Vec<Notice> {
    let mut all = Vec::new();
    for told in orders {
        for said in if told.is_paid { PAID } else { UNPAID } {
            all.push(notice(services, told, said, all.len(), false));
        }
    }
    let unpaid: Vec<&Told> = orders.iter().filter(|told| !told.is_paid).collect();
    for number in 0..forged {
        all.push(notice(services, unpaid[number % unpaid.len()], Said::Paid, all.len(), true));
    }
    all
}

fn notice(services: &PaymentServices, told: &Told, said: Said, number: usize, is_forged: bool) -> Notice {
    let reference = reference(&told.placed);
    let Some(service) = services.of(told.method) else {
        let outcome = match said {
            Said::Paid => GatewayOutcome::Paid,
            Said::Failed => GatewayOutcome::Failed,
            Said::Expired => GatewayOutcome::Expired,
            Said::Waiting | Said::GivenBack => GatewayOutcome::Pending,
        };
        let (amount, currency, at) = (told.placed.totals.total, Currency::Rupiah, Utc::now());
        let event_id = format!("evt-{number}");
        let body = DemoNotification { event_id, reference, outcome, amount, currency, at };
        return Notice { gateway: GatewayName::Demo, body: serde_json::to_string(&body).unwrap(), is_forged };
    };
    let mut body = service.says(&reference, said, number).body;
    if is_forged && service.name == GatewayName::Midtrans {
        // Its proof stands in the body.
        body = body.replacen("\"signature_key\":\"", "\"signature_key\":\"f", 1);
        let end = body.find("\"signature_key\":\"").unwrap() + "\"signature_key\":\"".len() + 128;
        body.remove(end);
    }
    Notice { gateway: service.name, body, is_forged }
}

impl Notice {
    /// What proves it now; what is forged is proved by a secret that is another.
    fn headers(&self) -> Vec<(&'static str, String)> {
        if self.gateway == GatewayName::Demo {
            let secret = if self.is_forged { "no secret of the harness" } else { SECRET };
            return vec![(demo::SIGNATURE_HEADER, demo::sign(secret, Utc::now().timestamp(), self.body.as_bytes()))];
        }
        let secret = if self.is_forged { "no proof of the tests" } else { PROOF };
        Simulator::proof_of(self.gateway, secret, &self.body, Utc::now())
    }
}

fn reference(placed: &PlacedOrder) -> String {
    format!("{}-1", placed.number)
}

/// Orders of all methods, one after the other.
async fn placed(stage: &Stage, count: usize) -> Vec<Told> {
    let methods = [PaymentMethod::Demo, PaymentMethod::VirtualAccountBca, PaymentMethod::Qris, PaymentMethod::Card];
    let variants = shelf::fill(&stage.shop, &stage.owner, &stage.name("told"), VARIANTS, 1_000_000).await;
    let carts: Arc<[String]> = shelf::carts(&stage.shop, &variants, count).await.into();
    let mut hands = JoinSet::new();
    for hand in 0..HANDS {
        let (shop, carts) = (stage.shop.clone(), Arc::clone(&carts));
        hands.spawn(async move {
            let mut made = Vec::new();
            for number in (hand..carts.len()).step_by(HANDS) {
                let method = methods[number % methods.len()];
                let request = shelf::request(&format!("pembeli{number}@example.com"), method);
                let placed = checkout::place(&shop, &carts[number], "once", request).await.unwrap();
                made.push(Told { placed, method, is_paid: !(number / methods.len()).is_multiple_of(UNPAID_EVERY) });
            }
            made
        });
    }
    hands.join_all().await.into_iter().flatten().collect()
}

/// Sends every so-many-th, until it is answered as services want it.
async fn send(
    address: String,
    notices: Arc<Vec<Notice>>,
    order: Arc<Vec<usize>>,
    (sender, of): (usize, usize),
) -> Seen {
    let client = services::http::plain_client().timeout(Duration::from_secs(30)).build().unwrap();
    let mut seen = Seen::default();
    for at in order.iter().skip(sender).step_by(of) {
        let notice = &notices[*at];
        let url = format!("http://{address}/webhooks/{}", notice.gateway);
        loop {
            let mut request = client.post(&url).body(notice.body.clone());
            for (name, value) in notice.headers() {
                request = request.header(name, value);
            }
            let began = Instant::now();
            let answer = request.send().await;
            seen.times.push(began.elapsed());
            match answer.map(|answer| answer.status().as_u16()) {
                Ok(200) if notice.is_forged => seen.forged_accepted += 1,
                Ok(200) => {}
                Ok(401) if notice.is_forged => {}
                _ => {
                    seen.sent_again += 1;
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    continue;
                }
            }
            break;
        }
    }
    seen
}

/// Waits until the server has applied all that it took.
async fn drained(database: &MySqlPool) {
    let waits = "select count(*) from payment_inbox where applied_at is null and stuck_since is null";
    let done = async {
        while sqlx::query_scalar::<_, i64>(waits).fetch_one(database).await.unwrap() > 0 {
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    };
    assert!(tokio::time::timeout(PATIENCE, done).await.is_ok(), "the server does not apply what it took");
}

/// What is wrong afterwards.
#[derive(Default)]
struct Found {
    doubled: u64,
    forged_accepted: u64,
    lost: u64,
}

async fn judge(database: &MySqlPool, orders: &[Told], genuine: u64) -> Found {
    let mut found = Found::default();
    let (stored, applied): (i64, i64) =
        sqlx::query_as("select count(*), cast(coalesce(sum(applied_at is not null), 0) as signed) from payment_inbox")
            .fetch_one(database)
            .await
            .unwrap();
    let (stored, applied) = (u64::try_from(stored).unwrap(), u64::try_from(applied).unwrap());
    found.doubled += stored.saturating_sub(genuine);
    found.lost += genuine.saturating_sub(applied);

    type Row = (String, String, i64, i64, i64, i64, i64);
    let rows: Vec<Row> = sqlx::query_as(
        "select o.number, o.status,
                (select count(*) from payments p where p.order_id = o.id and p.status = 'paid'),
                (select count(*) from stock_movements m where m.order_id = o.id),
                (select count(*) from order_history h where h.order_id = o.id and h.status = 'processing'),
                (select count(*) from refunds r where r.order_id = o.id),
                (select count(*) from mail_outbox l where l.order_id = o.id and l.kind = 'payment_arrived')
         from orders o",
    )
    .fetch_all(database)
    .await
    .unwrap();
    let rows: BTreeMap<String, Row> = rows.into_iter().map(|row| (row.0.clone(), row)).collect();
    for told in orders {
        let (_, status, paid, sold, steps, refunds, letters) = &rows[&told.placed.number];
        let most = i64::from(told.is_paid);
        let is_doubled = [paid, sold, steps, letters].into_iter().any(|count| *count > 1) || *refunds > 0;
        found.doubled += u64::from(is_doubled);
        found.lost += u64::from(told.is_paid && (status != "processing" || *paid != most || *sold != most));
        found.forged_accepted += u64::from(!told.is_paid && (*paid > 0 || status != "pending_payment"));
    }
    found
}
