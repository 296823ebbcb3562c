//! How planned orders are written: everything that the shop itself would have written at those times.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use domain::orders::OrderStatus;
use domain::pricing::{Basket, BasketLine, Priced, VoucherTerms, price};
use domain::settings::Settings;
use domain::shipping::DeliveryMethod;
use sqlx::{AssertSqlSafe, Executor as _, MySqlConnection, MySqlPool};

use super::draw::Draw;
use super::people::Person;
use super::planning::{Event, Planned};
use super::rows::Rows;
use super::shelf::Variant;
use super::words::OPINIONS;

/// How many orders are written at once.
const AT_ONCE: usize = 2_000;
/// Crockford's alphabet, of which numbers of orders are made.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const STAFF: &str = "Ratna Dewi";

/// Everything that orders refer to.
pub(crate) struct World<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) variants: &'a [Variant],
    pub(crate) people: &'a [Person],
    /// The number of the customer before the first of them.
    pub(crate) before: u64,
    /// Ids, codes and terms.
    pub(crate) vouchers: &'a [(u64, String, VoucherTerms)],
}

/// The tables of one turn.
struct Tables {
    orders: Rows,
    lines: Rows,
    history: Rows,
    movements: Rows,
    holds: Rows,
    payments: Rows,
    parcels: Rows,
    parcel_lines: Rows,
    returns: Rows,
    return_lines: Rows,
    uses: Rows,
}

/// Writes them all; the tables are empty.
pub(crate) async fn write(db: &MySqlPool, world: &World<'_>, planned: &[Planned]) {
    let (mut one, mut other) = (db.acquire().await.unwrap(), db.acquire().await.unwrap());
    let mut invoices: Vec<(DateTime<Utc>, u64)> = Vec::new();
    let (mut order, mut line) = (0, 0);
    for some in planned.chunks(AT_ONCE) {
        let mut tables = Tables::new();
        for planned in some {
            order += 1;
            tables.add(world, planned, order, &mut line);
            let issued = if planned.is_online { planned.when(Event::Paid) } else { planned.when(Event::Shipped) };
            invoices.extend(issued.map(|at| (at, order)));
        }
        tables.orders.write(&mut one).await;
        let first = async {
            tables.lines.write(&mut one).await;
            tables.parcels.write(&mut one).await;
            tables.parcel_lines.write(&mut one).await;
            tables.returns.write(&mut one).await;
            tables.return_lines.write(&mut one).await;
        };
        let second = async {
            tables.history.write(&mut other).await;
            tables.movements.write(&mut other).await;
            tables.holds.write(&mut other).await;
            tables.payments.write(&mut other).await;
            tables.uses.write(&mut other).await;
        };
        tokio::join!(first, second);
    }
    number(&mut one, world.settings, invoices).await;
    add_up(&mut one).await;
}

impl Tables {
    fn new() -> Self {
        Self {
            orders: Rows::new(
                "orders (id, number, status, ended_by, customer_id, account_id, email, name, phone, line_1, city, province,
                         postal_code, locale, currency, payment_method, delivery_method, units, subtotal_amount,
                         member_percent, member_discount_amount, voucher_code, voucher_discount_amount, delivery_amount,
                         tax_amount, tax_included, total_amount, tracking_number, placed_at, pay_by, updated_at)",
            ),
            lines: Rows::new(
                "order_lines (id, order_id, variant_id, name, options, sku, picture_key, unit_amount, quantity, total_amount,
                              member_discount_amount, voucher_discount_amount, tax_amount)",
            ),
            history: Rows::new("order_history (order_id, kind, status, actor_kind, actor_name, created_at)"),
            movements: Rows::new(
                "stock_movements (variant_id, delta, reason, order_id, actor_kind, actor_name, created_at)",
            ),
            holds: Rows::new("holds (order_id, variant_id, quantity, created_at)"),
            payments: Rows::new(
                "payments (order_id, gateway, reference, status, amount, currency, created_at, updated_at)",
            ),
            parcels: Rows::new("parcels (id, order_id, courier, tracking_number, actor_kind, actor_name, created_at)"),
            parcel_lines: Rows::new("parcel_lines (parcel_id, order_line_id, quantity)"),
            returns: Rows::new("returns (id, order_id, key_hash, actor_kind, actor_name, created_at)"),
            return_lines: Rows::new("return_lines (return_id, order_line_id, quantity, restocked)"),
            uses: Rows::new("voucher_uses (order_id, voucher_id, customer_id, used_at, given_back_at)"),
        }
    }

    fn add(&mut self, world: &World<'_>, planned: &Planned, id: u64, line: &mut u64) {
        let (priced, voucher) = priced(world, planned);
        assert!(priced.taxes.is_empty(), "a new shop taxes nothing");
        let number = number_of(id);
        let customer = world.before + 1 + planned.person as u64;
        self.order(world, planned, (id, &number, customer), &priced, voucher.map(|at| world.vouchers[at].1.as_str()));
        let began = (planned.began_at(), planned.placed_at, "shopper", None);
        let steps = planned.steps.iter().map(|(event, at)| {
            let (kind, name) = actor(*event);
            (event.leads_to(), *at, kind, name)
        });
        for (status, at, kind, name) in std::iter::once(began).chain(steps) {
            self.history.add().number(id).text("step").text(status.as_str()).text(kind).maybe(name).at(at);
        }
        self.money(planned, (id, &number), &priced);
        if let Some(at) = planned.when(Event::Shipped) {
            let row = self.parcels.add().number(id).number(id).text("JNE").text(&tracking(id));
            row.text("staff").text(STAFF).at(at);
        }
        if let Some(at) = planned.when(Event::Returned) {
            let hash = format!("unhex(sha2('{number}', 256))");
            self.returns.add().number(id).number(id).number(hash).text("staff").text(STAFF).at(at);
        }
        if let Some(voucher) = voucher {
            let ended = planned.is_called_off().then(|| planned.steps.last().unwrap().1);
            let row = self.uses.add().number(id).number(world.vouchers[voucher].0).number(customer);
            row.at(planned.placed_at).maybe_at(ended);
        }
        for ((variant, quantity), priced) in planned.lines.iter().zip(&priced.lines) {
            *line += 1;
            let variant = &world.variants[*variant];
            let row = self.lines.add().number(*line).number(id).number(variant.id);
            row.text(&variant.name)
                .text(&variant.options)
                .text(&variant.sku)
                .maybe(variant.picture.as_deref())
                .number(variant.price)
                .number(quantity)
                .number(priced.gross.get())
                .number(priced.member_discount.get())
                .number(priced.voucher_discount.get())
                .number(priced.tax.get());
            self.units(planned, id, *line, variant.id, *quantity);
        }
    }

    fn order(
        &mut self,
        world: &World<'_>,
        planned: &Planned,
        (id, number, customer): (u64, &str, u64),
        priced: &Priced,
        voucher: Option<&str>,
    ) {
        let (person, totals) = (&world.people[planned.person], &priced.totals);
        let units: u32 = planned.lines.iter().map(|(_, quantity)| quantity).sum();
        let ended_by = planned.steps.last().and_then(|(event, _)| event.ended_by());
        let pay_by = planned.is_online.then(|| planned.placed_at + TimeDelta::hours(24));
        let row = self.orders.add().number(id).text(number).text(planned.status().as_str()).maybe(ended_by);
        let row =
            if person.has_account { row.number(customer).number(customer) } else { row.number(customer).maybe(None) };
        row.text(&person.email)
            .text(&person.name)
            .text(&person.phone)
            .text(&person.street)
            .text(person.city)
            .text(person.province)
            .text(&person.postal_code.to_string())
            .text("id")
            .text("IDR")
            .text(if planned.is_online { "demo" } else { "cash_on_delivery" })
            .text("courier")
            .number(units)
            .number(totals.subtotal.get())
            .number(totals.member_percent.get())
            .number(totals.member_discount.get())
            .maybe(voucher)
            .number(totals.voucher_discount.get())
            .number(totals.delivery.get())
            .number(totals.tax.get())
            .number(u8::from(totals.tax_included))
            .number(totals.total.get())
            .maybe(planned.when(Event::Shipped).map(|_| tracking(id)).as_deref())
            .at(planned.placed_at)
            .maybe_at(pay_by)
            .at(planned.steps.last().map_or(planned.placed_at, |(_, at)| *at));
    }

    /// What was paid at the gateway, or at the door.
    fn money(&mut self, planned: &Planned, (id, number): (u64, &str), priced: &Priced) {
        let paid = match planned.is_online {
            true => planned.when(Event::Paid).map(|at| ("demo", "0", at)),
            false => planned.when(Event::Delivered).map(|at| ("cash", "cash", at)),
        };
        let Some((gateway, suffix, at)) = paid else { return };
        let row = self.payments.add().number(id).text(gateway).text(&format!("{number}-{suffix}")).text("paid");
        row.number(priced.totals.total.get()).text("IDR").at(at).at(at);
    }

    /// Where the units of a line went.
    fn units(&mut self, planned: &Planned, order: u64, line: u64, variant: u64, quantity: u32) {
        if planned.status() == OrderStatus::PendingPayment {
            self.holds.add().number(order).number(variant).number(quantity).at(planned.placed_at);
        }
        if let Some(at) = planned.sold_at() {
            let (kind, name) = if planned.is_online { actor(Event::Paid) } else { ("shopper", None) };
            let row = self.movements.add().number(variant).number(-i64::from(quantity)).text("sold").number(order);
            row.text(kind).maybe(name).at(at);
        }
        if let Some(at) = planned.back_at() {
            let is_back = planned.when(Event::Returned).is_some();
            let reason = if is_back { "returned" } else { "restocked" };
            let row = self.movements.add().number(variant).number(quantity).text(reason).number(order);
            row.text("staff").text(STAFF).at(at);
            if is_back {
                self.return_lines.add().number(order).number(line).number(quantity).number(1);
            }
        }
        if planned.when(Event::Shipped).is_some() {
            self.parcel_lines.add().number(order).number(line).number(quantity);
        }
    }
}

/// What the shop's own engine makes of it; a voucher that takes nothing off was not used.
fn priced(world: &World<'_>, planned: &Planned) -> (Priced, Option<usize>) {
    let lines: Vec<BasketLine> =
        planned.lines.iter().map(|(variant, quantity)| world.variants[*variant].line(*quantity)).collect();
    let person = &world.people[planned.person];
    let tax = &world.settings.tax;
    let basket = Basket { lines: &lines, member: None, voucher: None, delivery: domain::money::Money::ZERO, tax };
    let goods = price(&basket).unwrap().totals.subtotal;
    let grams = basket.grams().unwrap();
    let rates = &world.settings.delivery;
    let delivery = rates.price(person.province, person.city, grams, goods, DeliveryMethod::Courier).unwrap();
    let basket = Basket { delivery, ..basket };
    if let Some(at) = planned.voucher
        && let Ok(priced) = price(&Basket { voucher: Some(&world.vouchers[at].2), ..basket })
    {
        return (priced, Some(at));
    }
    (price(&basket).unwrap(), None)
}

fn actor(event: Event) -> (&'static str, Option<&'static str>) {
    match event {
        Event::Paid => ("gateway", Some("demo")),
        Event::RanOut => ("job", Some("expire_unpaid_orders")),
        Event::CalledOffByBuyer => ("shopper", None),
        Event::Shipped | Event::Delivered | Event::Returned | Event::CalledOff => ("staff", Some(STAFF)),
    }
}

/// A number that does not tell how many orders there are, another one for each of 2^40.
fn number_of(id: u64) -> String {
    let mixed = id.wrapping_mul(0x9e37_79b9_7f4a_7c15) & ((1 << 40) - 1);
    let digits = (0..8).map(|at| char::from(ALPHABET[usize::try_from(mixed >> (5 * at) & 31).unwrap()]));
    format!("ET-{}", digits.collect::<String>())
}

fn tracking(id: u64) -> String {
    format!("JNE{:010}", 7_300_000_000 + id * 37)
}

/// Numbers the invoices in the order in which they were issued, each year from one.
async fn number(conn: &mut MySqlConnection, settings: &Settings, mut invoices: Vec<(DateTime<Utc>, u64)>) {
    invoices.sort_unstable();
    let mut taken: BTreeMap<i32, u64> = BTreeMap::new();
    for some in invoices.chunks(10_000) {
        let mut rows = Rows::new("invoices (order_id, year, sequence, issued_at)");
        for (at, order) in some {
            let year = (*at + TimeDelta::minutes(i64::from(settings.utc_offset_minutes))).year();
            let sequence = taken.entry(year).or_default();
            *sequence += 1;
            rows.add().number(order).number(year).number(*sequence).at(*at);
        }
        rows.write(conn).await;
    }
    let mut rows = Rows::new("invoice_counters (year, taken)");
    for (year, taken) in taken {
        rows.add().number(year).number(taken);
    }
    rows.write(conn).await;
}

/// Shelves and vouchers are what the ledger and the orders say.
async fn add_up(conn: &mut MySqlConnection) {
    let statements = [
        "update stock s join (select variant_id, sum(delta) as total from stock_movements group by variant_id) m
             on m.variant_id = s.variant_id set s.on_hand = m.total",
        "update stock s join (select variant_id, sum(quantity) as total from holds group by variant_id) h
             on h.variant_id = s.variant_id set s.reserved = h.total",
        "update vouchers v join (select voucher_id, count(*) as total from voucher_uses where given_back_at is null
                                 group by voucher_id) u on u.voucher_id = v.id set v.used = u.total",
    ];
    for sql in statements {
        conn.execute(AssertSqlSafe(sql)).await.unwrap();
    }
}

/// So many of those who received something say what they think of it; fewer when fewer received something.
pub(crate) async fn review(
    db: &MySqlPool,
    world: &World<'_>,
    planned: &[Planned],
    wanted: usize,
    seed: u64,
    now: DateTime<Utc>,
) {
    let mut seen = HashSet::new();
    let mut received = Vec::new();
    for planned in planned {
        let Some(at) = planned.when(Event::Delivered).filter(|_| planned.status() == OrderStatus::Completed) else {
            continue;
        };
        for (variant, _) in &planned.lines {
            let product = world.variants[*variant].product;
            if seen.insert((product, planned.person)) {
                received.push((product, planned.person, at));
            }
        }
    }
    let mut draw = Draw::of(seed, 4);
    // Of every product somebody has something to say.
    let (count, mut owed) = (received.len(), 0);
    let mut conn = db.acquire().await.unwrap();
    let mut rows = Rows::new("reviews (product_id, customer_id, rating, body, created_at)");
    for (place, (product, person, at)) in received.into_iter().enumerate() {
        owed += wanted.min(count);
        if owed >= count {
            owed -= count;
            let (rating, body) = draw.one(&OPINIONS);
            let written = (at + TimeDelta::minutes(i64::from(draw.between(60, 30_000)))).min(now);
            let row = rows.add().number(product).number(world.before + 1 + person as u64).number(rating);
            row.text(body).at(written);
        }
        if place % 10_000 == 9_999 {
            rows.write(&mut conn).await;
        }
    }
    rows.write(&mut conn).await;
}
