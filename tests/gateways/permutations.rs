//! Notices in every order, doubled: whatever was told ends in the same state.
//!
//! What the shop does with a notice depends on nothing but what it knows: so all that it can come to know is found out first, with
//! real orders on a real database, and what each notice makes of it. Every text of up to five notices is a walk through that,
//! and some, chosen at random, are sent as they are.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::Utc;
use domain::checkout::PlacedOrder;
use domain::money::{Currency, Money};
use domain::payments::{
    DemoNotification, DemoRefund, DemoRefundNotification, GatewayName, GatewayOutcome, PaymentMethod, RefundOrder,
    RefundWhat,
};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use serde_json::Value;
use services::payments::{self, Received, demo};
use sqlx::MySqlPool;

use crate::shop::{SECRET, TestShop};
use crate::simulators::{Notice, Refund, Said, Simulator, Standing};

/// The most notices of a text.
const LONGEST: u32 = 5;
/// So many texts are sent as they are.
const SENT: usize = 12;
const SEED: u64 = 1430;

/// What is true at the service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Truth {
    Paid,
    Expired,
    /// Paid, and a part of it that the desk asked for is given back.
    GivenBack,
}

/// A shop whose payments are told of.
struct Scene {
    shop: TestShop,
    /// Nothing where the practice gateway tells.
    service: Option<Simulator>,
    shirt: domain::catalog::VariantId,
    truth: Truth,
    told: std::cell::Cell<usize>,
}

/// What one order has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    /// All that is stored of it, but names and times.
    whole: String,
    /// The same as people see it: without when a gateway closed an attempt.
    seen: String,
}

impl Scene {
    async fn of(name: GatewayName, truth: Truth, db: MySqlPool) -> Self {
        let shop = TestShop::open(db).await;
        let shirt = shop.variant("SHIRT", 150_000, 900).await;
        let service = match name {
            GatewayName::Demo => None,
            GatewayName::Midtrans | GatewayName::Xendit | GatewayName::Stripe => Some(Simulator::of(name, &shop).await),
        };
        Self { shop, service, shirt, truth, told: std::cell::Cell::new(0) }
    }

    /// What may be told of such a payment.
    fn letters(&self) -> &'static [Said] {
        use Said::{Expired, Failed, GivenBack, Paid, Waiting};
        let name = self.service.as_ref().map_or(GatewayName::Demo, |service| service.name);
        match (name, self.truth) {
            (GatewayName::Demo, Truth::Paid) => &[Waiting, Paid, Failed, Expired],
            // Nobody signs that money came which did not.
            (GatewayName::Demo | GatewayName::Stripe, Truth::Expired) => &[Waiting, Failed, Expired],
            // Whoever knows one body can send it with other words.
            _ => &[Waiting, Paid, Failed, Expired, GivenBack],
        }
    }

    /// An order of which nothing was told yet.
    async fn order(&self) -> PlacedOrder {
        let method = self.service.as_ref().map_or(PaymentMethod::Demo, Simulator::method);
        let placed = self.shop.order(self.shirt, 1, method).await.unwrap();
        let reference = super::Scene::reference(&placed);
        if let Some(service) = &self.service {
            service.alter(&reference, |payment| {
                payment.is_chosen = true;
                payment.standing = if self.truth == Truth::Expired { Standing::Expired } else { Standing::Paid };
            });
        }
        if self.truth == Truth::GivenBack {
            self.tell(&placed, Said::Paid).await;
            let order_id = self.shop.id(&placed).await;
            let what = RefundWhat::Amount(Money::minor(30_000));
            let request = RefundOrder { order_id, what, reason: "sobek".to_owned(), key: "k".to_owned() };
            payments::refund(&self.shop, &self.shop.owner, request).await.unwrap();
            let key = self.refund_key(&placed).await;
            if let Some(service) = &self.service {
                let unit = if service.name == GatewayName::Stripe { 100 } else { 1 };
                service.alter(&reference, |payment| {
                    payment.refunds.push(Refund { id: "1".to_owned(), key, amount: 30_000 * unit });
                });
            }
        }
        placed
    }

    async fn refund_key(&self, placed: &PlacedOrder) -> String {
        let sql = "select r.idempotency_key from refunds r join orders o on o.id = r.order_id where o.number = ?";
        let rows = services::testing::database(&self.shop);
        sqlx::query_scalar(sql).bind(&placed.number).fetch_one(&rows).await.unwrap()
    }

    /// A notice that says so, as an event of its own.
    async fn notice(&self, placed: &PlacedOrder, said: Said) -> Notice {
        let number = self.told.get();
        self.told.set(number + 1);
        if let Some(service) = &self.service {
            return service.says(&super::Scene::reference(placed), said, number);
        }
        let (event_id, reference, at) = (format!("evt-{number}"), super::Scene::reference(placed), Utc::now());
        let outcome = match said {
            Said::Waiting => GatewayOutcome::Pending,
            Said::Paid => GatewayOutcome::Paid,
            Said::Failed => GatewayOutcome::Failed,
            Said::Expired => GatewayOutcome::Expired,
            Said::GivenBack => {
                let (amount, currency) = (Money::minor(30_000), Currency::Rupiah);
                let key = self.refund_key(placed).await;
                let refund = DemoRefund { refund_id: "rfd-1".to_owned(), key, amount, currency };
                return signed(serde_json::to_value(DemoRefundNotification { event_id, reference, refund, at }));
            }
        };
        let (amount, currency) = (placed.totals.total, Currency::Rupiah);
        signed(serde_json::to_value(DemoNotification { event_id, reference, outcome, amount, currency, at }))
    }

    async fn receive(&self, notice: &Notice) -> Received {
        let name = self.service.as_ref().map_or(GatewayName::Demo, |service| service.name);
        let headers: Vec<_> = notice.headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        payments::receive(&self.shop, name.as_str(), &headers, notice.body.as_bytes()).await.unwrap()
    }

    /// What was received and asked about beside the answer is done.
    async fn settled(&self) {
        let waits = "select count(*) from payment_inbox where applied_at is null";
        let done = async {
            while self.shop.count(waits).await > 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), done).await.unwrap();
    }

    async fn tell(&self, placed: &PlacedOrder, said: Said) {
        let notice = self.notice(placed, said).await;
        assert_eq!(self.receive(&notice).await, Received::New, "{said:?}");
        self.settled().await;
    }

    async fn state(&self, placed: &PlacedOrder) -> State {
        let sql = "select
            concat_ws(' / ', o.status, ifnull(o.ended_by, '-'),
              (select group_concat(concat_ws(' ', p.status, p.live_order_id is null, ifnull(p.reported_amount, '-'))
                                   order by p.id) from payments p where p.order_id = o.id),
              (select count(*) from holds h where h.order_id = o.id),
              (select group_concat(concat_ws(' ', m.reason, m.delta) order by m.id) from stock_movements m
               where m.order_id = o.id),
              (select group_concat(concat_ws(' ', r.status, r.amount) order by r.id) from refunds r
               where r.order_id = o.id),
              (select group_concat(concat_ws(' ', h.kind, h.status, h.actor_kind) order by h.id) from order_history h
               where h.order_id = o.id),
              (select group_concat(l.kind order by l.id) from mail_outbox l where l.order_id = o.id)),
            concat_ws(' ', (select group_concat(p.closed_at is null order by p.id) from payments p
                            where p.order_id = o.id))
            from orders o where o.number = ?";
        let rows = services::testing::database(&self.shop);
        let (seen, closed): (String, String) = sqlx::query_as(sql).bind(&placed.number).fetch_one(&rows).await.unwrap();
        State { whole: format!("{seen} / {closed}"), seen }
    }
}

/// By the practice gateway.
fn signed(body: serde_json::Result<Value>) -> Notice {
    let body = body.unwrap().to_string();
    let signature = demo::sign(SECRET, Utc::now().timestamp(), body.as_bytes());
    Notice { headers: vec![(demo::SIGNATURE_HEADER, signature)], body }
}

/// All that an order can come to, and what each notice makes of it.
struct Reactions {
    states: Vec<State>,
    /// By state and letter.
    moves: BTreeMap<(usize, usize), usize>,
}

impl Reactions {
    /// Finds every state that notices lead to, each by the shortest text that does, sent for an order of its own.
    async fn found(scene: &Scene) -> Self {
        let letters = scene.letters();
        let mut this = Self { states: vec![scene.state(&scene.order().await).await], moves: BTreeMap::new() };
        let mut paths: Vec<Vec<usize>> = vec![Vec::new()];
        let mut at = 0;
        while at < this.states.len() {
            for (letter, said) in letters.iter().enumerate() {
                let placed = scene.order().await;
                let mut stands = 0;
                for step in &paths[at] {
                    scene.tell(&placed, letters[*step]).await;
                    stands = this.moves[&(stands, *step)];
                }
                assert_eq!(scene.state(&placed).await, this.states[at], "the same text does the same to every order");
                scene.tell(&placed, *said).await;
                let led_to = scene.state(&placed).await;
                let known = this.states.iter().position(|state| *state == led_to).unwrap_or_else(|| {
                    this.states.push(led_to);
                    paths.push([paths[at].as_slice(), &[letter]].concat());
                    this.states.len() - 1
                });
                this.moves.insert((at, letter), known);
            }
            at += 1;
            assert!(at < 40, "notices about one payment lead to a few states: {:#?}", this.states);
        }
        this
    }

    fn end(&self, word: &[usize]) -> &State {
        &self.states[word.iter().fold(0, |stands, letter| self.moves[&(stands, *letter)])]
    }
}

/// Every text of up to five notices ends where every other ends that tells the same; some are sent as they are, each notice
/// twice.
async fn any_order(name: GatewayName, truth: Truth, db: MySqlPool) {
    let scene = Scene::of(name, truth, db).await;
    let reactions = Reactions::found(&scene).await;
    let letters = scene.letters();
    let mut ends: BTreeMap<BTreeSet<usize>, &str> = BTreeMap::new();
    for length in 1..=LONGEST {
        for number in 0..letters.len().pow(length) {
            let word: Vec<usize> = (0..length).map(|place| number / letters.len().pow(place) % letters.len()).collect();
            let seen = reactions.end(&word).seen.as_str();
            let known = ends.entry(word.iter().copied().collect()).or_insert(seen);
            assert_eq!(*known, seen, "{:?}", word.iter().map(|at| letters[*at]).collect::<Vec<_>>());
        }
    }
    let tells_of_money = |told: &BTreeSet<usize>| told.iter().any(|at| letters[*at] == Said::Paid);
    for (_, seen) in ends.iter().filter(|(told, _)| tells_of_money(told)) {
        let expected = if truth == Truth::Expired { "pending_payment / - / expired" } else { "processing / - / paid" };
        assert!(seen.starts_with(expected), "{seen}");
    }

    let mut random = StdRng::seed_from_u64(SEED);
    for _ in 0..SENT {
        let word: Vec<usize> = (0..LONGEST).map(|_| random.random_range(0..letters.len())).collect();
        let placed = scene.order().await;
        let mut sent: Vec<Notice> = Vec::new();
        for letter in &word {
            let notice = scene.notice(&placed, letters[*letter]).await;
            assert_eq!(scene.receive(&notice).await, Received::New);
            // The same again at once, and one that came long ago.
            let earlier = sent.get(random.random_range(0..=sent.len())).unwrap_or(&notice);
            for again in [&notice, earlier] {
                assert_eq!(scene.receive(again).await, Received::Repeat);
            }
            sent.push(notice);
        }
        scene.settled().await;
        assert_eq!(scene.state(&placed).await.seen, reactions.end(&word).seen, "seed {SEED}: {word:?}");
    }
    assert_eq!(scene.shop.count("select count(*) from payment_inbox where stuck_since is not null").await, 0);
    scene.shop.assert_stock_adds_up().await;
}

macro_rules! for_each {
    ($($test:ident: $name:ident, $truth:ident;)*) => {$(
        #[sqlx::test(migrator = "crate::template::SCHEMA")]
        async fn $test(db: MySqlPool) {
            Box::pin(any_order(GatewayName::$name, Truth::$truth, db)).await;
        }
    )*};
}

for_each! {
    demo_money_in_any_order: Demo, Paid;
    demo_ends_in_any_order: Demo, Expired;
    demo_refunds_in_any_order: Demo, GivenBack;
    midtrans_money_in_any_order: Midtrans, Paid;
    midtrans_ends_in_any_order: Midtrans, Expired;
    midtrans_refunds_in_any_order: Midtrans, GivenBack;
    xendit_money_in_any_order: Xendit, Paid;
    xendit_ends_in_any_order: Xendit, Expired;
    xendit_refunds_in_any_order: Xendit, GivenBack;
    stripe_money_in_any_order: Stripe, Paid;
    stripe_ends_in_any_order: Stripe, Expired;
    stripe_refunds_in_any_order: Stripe, GivenBack;
}
