//! What must hold, asked of the database itself: at every moment, and of everything that anybody was told.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use chrono::TimeDelta;
use domain::catalog::VariantId;
use domain::inventory::MovementReason;
use domain::orders::{HistoryKind, OrderEvent, OrderStatus};
use services::jobs;
use sqlx::{FromRow, MySqlPool};

use crate::chaos::{World, telling};

mod books;
mod claims;
mod goods;
mod members;
mod prices;

pub(crate) use books::did as what_services_did;

/// So often an hour passes until nothing may be open any more.
const MOST_ROUNDS: u32 = 100;

/// Claims that are cheap enough to be checked while everybody works.
pub(crate) async fn quick(world: &World) {
    for claim in claims::ALWAYS.iter().chain([&claims::HOLDS_FIT]) {
        check(world, claim).await;
    }
}

/// The claim about the holds of carts, for whoever has just changed one: the next visit to the till would mend it.
pub(crate) async fn holds_fit(world: &World) {
    check(world, &claims::HOLDS_FIT).await;
}

/// Everything that must hold while holds and unpaid orders live, when all money was seen that came; then lets the time of all
/// of them run out, and checks that nothing stays held, unpaid, unheard or on its way back.
pub(crate) async fn settle(world: &World) {
    quick(world).await;
    lasting(world).await;

    // Before the time of anything is over: what no notice told of is found by asking, and what is over is closed.
    let mut wrong = Vec::new();
    for _ in 0..MOST_ROUNDS {
        wait_an_hour(world).await;
        servers_do_what_is_due(world).await;
        telling::rest(world).await;
        wrong = books::differences(world).await;
        wrong.extend(books::left_open(world).await);
        if wrong.is_empty() {
            break;
        }
    }
    for wrong in wrong {
        world.violation(format!("the shop does not see what payment services have: {wrong}"));
    }

    let past_everything = TimeDelta::days(10);
    for service in world.services.all() {
        service.advance(past_everything);
    }
    world.stage.shop.clock().advance(past_everything);
    for _ in 0..MOST_ROUNDS {
        wait_an_hour(world).await;
        sqlx::query("update job_schedule set next_run_at = '2000-01-01'").execute(&pool(world)).await.unwrap();
        match jobs::run_due_work(&world.stage.shop).await {
            // A server may take the lease in its turn.
            Ok(()) | Err(services::Error::LeaseLost) => {}
            Err(error) => world.violation(format!("the jobs cannot run when nothing is broken: {error}")),
        }
        telling::rest(world).await;
        let sql = "select (select count(*) from stock where reserved > 0)
                        + (select count(*) from orders where status = 'pending_payment')
                        + (select count(*) from membership_purchases where status = 'pending')
                        + (select count(*) from payment_inbox where applied_at is null)
                        + (select count(*) from refunds r join payments p on p.id = r.payment_id
                           where r.status = 'requested' and p.gateway in ('midtrans', 'xendit', 'stripe'))";
        let left: (i64,) = sqlx::query_as(sql).fetch_one(&pool(world)).await.unwrap();
        if left.0 == 0 {
            return;
        }
    }
}

/// What waiting for an hour does to what is put off.
async fn wait_an_hour(world: &World) {
    for hour in [
        "update payments set ask_at = ask_at - interval 1 hour where status = 'pending' and ask_at is not null",
        "update payments set close_at = close_at - interval 1 hour where closed_at is null and close_at is not null",
        "update refunds set send_at = send_at - interval 1 hour where status = 'requested'",
    ] {
        // One that meets a job of a server passes in the next round.
        let _ = sqlx::query(hour).execute(&pool(world)).await;
    }
}

/// Lets the servers ask payment services and tell them what is to be done. They are left alone: the clock of the shop in process
/// may be days ahead, and two that do not agree about the time take the lease from each other before much is done.
async fn servers_do_what_is_due(world: &World) {
    let due = "update job_schedule set next_run_at = '2000-01-01'
               where job in ('apply_notifications', 'ask_gateways', 'close_attempts', 'send_refunds')";
    sqlx::query(due).execute(&pool(world)).await.unwrap();
    let waiting = "select count(*) from job_schedule where next_run_at = '2000-01-01'";
    for _ in 0..200 {
        let left: (i64,) = sqlx::query_as(waiting).fetch_one(&pool(world)).await.unwrap();
        if left.0 == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

fn pool(world: &World) -> MySqlPool {
    services::testing::database(&world.stage.shop)
}

/// Everything that must hold when nobody does anything any more.
pub(crate) async fn all(world: &World) {
    quick(world).await;
    lasting(world).await;
    for claim in claims::AT_REST.iter().chain([&members::MEMBERS_AT_REST]) {
        check_at_rest(world, claim).await;
    }
    orders_went_where_the_machine_lets_them(world).await;
    orders_are_what_clients_were_told(world).await;
    what_staff_saw_is_in_the_history(world).await;
    parcels_and_returns_are_what_staff_saw(world).await;
    what_gateways_told_was_heard(world).await;
    what_staff_booked_is_in_the_ledger(world).await;
    refunds_are_what_staff_were_told(world).await;
    accounts_have_the_orders_that_they_were_told_of(world).await;
    services_say_the_same(world).await;
}

/// A job of a server may be about to note the last of it.
async fn services_say_the_same(world: &World) {
    let mut wrong = books::differences(world).await;
    for _ in 0..20 {
        if wrong.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        wrong = books::differences(world).await;
    }
    for wrong in wrong {
        world.violation(format!("shop and payment service do not say the same: {wrong}"));
    }
}

/// What holds at every moment, and takes long to check.
async fn lasting(world: &World) {
    for claim in claims::OF_ORDERS
        .iter()
        .chain(&prices::OF_PRICES)
        .chain(&claims::OF_UNITS)
        .chain(&claims::OF_VOUCHERS)
        .chain(&members::OF_MEMBERS)
        .chain(&claims::OF_REFUNDS)
        .chain(&goods::OF_GOODS)
    {
        check(world, claim).await;
    }
}

/// Checks what comes true by itself: a gateway's last notification may be on its way.
async fn check_at_rest(world: &World, claim: &claims::Claim) {
    for _ in 0..20 {
        if rows::<(String,)>(world, claim.broken_by).await.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    check(world, claim).await;
}

async fn check(world: &World, claim: &claims::Claim) {
    for (row,) in rows::<(String,)>(world, claim.broken_by).await {
        world.violation(format!("{}: {row}", claim.says));
    }
}

/// Every order began where orders begin, took only steps that the state machine knows, and is where the last one led;
/// what was noted between two steps stands where the order stood.
async fn orders_went_where_the_machine_lets_them(world: &World) {
    let edges: HashSet<(OrderStatus, OrderStatus)> = OrderStatus::ALL
        .iter()
        .flat_map(|from| OrderEvent::ALL.iter().filter_map(|event| Some((*from, from.after(*event).ok()?.to))))
        .collect();
    // Row by row: a text of all that happened to an order may be longer than the database concatenates.
    let sql = "select o.number, o.status, coalesce(h.kind, ''), coalesce(h.status, '')
               from orders o left join order_history h on h.order_id = o.id order by o.id, h.id";
    let all = rows::<(String, String, String, String)>(world, sql).await;
    for steps in all.chunk_by(|one, next| one.0 == next.0) {
        let (number, status) = (&steps[0].0, &steps[0].1);
        let read = |(_, _, kind, at): &(String, String, String, String)| -> Option<(HistoryKind, OrderStatus)> {
            Some((kind.parse().ok()?, at.parse().ok()?))
        };
        let entries: Option<Vec<_>> = steps.iter().map(read).collect();
        let goes = entries.as_ref().is_some_and(|entries| {
            let first = [OrderStatus::PendingPayment, OrderStatus::Processing];
            entries.first().is_some_and(|(kind, begin)| *kind == HistoryKind::Step && first.contains(begin))
                && entries.windows(2).all(|pair| match pair[1].0 {
                    HistoryKind::Step => edges.contains(&(pair[0].1, pair[1].1)),
                    HistoryKind::CameBack | HistoryKind::MoneyBack => pair[0].1 == pair[1].1,
                })
                && entries.last().is_some_and(|(_, last)| last.as_str() == status)
        });
        if !goes {
            world.violation(format!("{number} is {status} after {entries:?}"));
        }
    }
}

/// Every order that was confirmed is there, as it was confirmed, and there is no other.
async fn orders_are_what_clients_were_told(world: &World) {
    let sql = "select o.number, coalesce(o.line_2, ''), o.total_amount, l.variant_id, cast(l.quantity as unsigned)
               from orders o join order_lines l on l.order_id = o.id where o.line_2 like 'buy-%'";
    let mut found: HashMap<String, (String, i64, BTreeMap<VariantId, u64>)> = HashMap::new();
    for (number, tag, total, variant, quantity) in rows::<(String, String, i64, u64, u64)>(world, sql).await {
        let order = found.entry(number).or_insert_with(|| (tag, total, BTreeMap::new()));
        order.2.insert(VariantId::new(variant), quantity);
    }

    let placed = world.memory.lock().unwrap().placed.clone();
    for (number, known) in &placed {
        let lines = known.purchase.lines.iter().map(|(variant, quantity)| (*variant, u64::from(*quantity))).collect();
        let confirmed = (known.purchase.tag.clone(), known.told.total, lines);
        match found.get(number) {
            None => world.violation(format!("the order {number} of {} was confirmed and is lost", confirmed.0)),
            Some(order) if *order == confirmed => {}
            Some(order) => {
                world.violation(format!("the order {number} was confirmed as {confirmed:?} and is {order:?}"))
            }
        }
    }
    for (number, order) in &found {
        if !placed.contains_key(number) {
            world.violation(format!("nobody was ever told of the order {number}: {order:?}"));
        }
    }
}

async fn what_staff_saw_is_in_the_history(world: &World) {
    let sql = "select o.number, h.status from order_history h join orders o on o.id = h.order_id
               where h.kind = 'step'";
    let history: HashSet<(String, String)> = rows::<(String, String)>(world, sql).await.into_iter().collect();
    let reached = world.memory.lock().unwrap().reached.clone();
    for (number, status) in reached {
        if !history.contains(&(number.clone(), status.as_str().to_owned())) {
            world.violation(format!("staff saw {number} become {status}, and its history does not know it"));
        }
    }
}

async fn parcels_and_returns_are_what_staff_saw(world: &World) {
    let sql = "select o.number, (select count(*) from parcels p where p.order_id = o.id),
                      (select count(*) from returns r where r.order_id = o.id)
               from orders o";
    let there: HashMap<String, (i64, i64)> =
        rows::<(String, i64, i64)>(world, sql).await.into_iter().map(|row| (row.0, (row.1, row.2))).collect();
    for (number, (parcels, returns)) in world.memory.lock().unwrap().seen.clone() {
        let (kept, back) = there.get(&number).copied().unwrap_or_default();
        if kept < i64::try_from(parcels).unwrap() || back < i64::try_from(returns).unwrap() {
            world.violation(format!(
                "staff saw {parcels} parcels and {returns} returns of {number}, and it has {kept} and {back}"
            ));
        }
    }
}

async fn what_gateways_told_was_heard(world: &World) {
    let sql = "select event_key from payment_inbox where applied_at is not null";
    let heard: HashSet<String> = rows::<(String,)>(world, sql).await.into_iter().map(|(key,)| key).collect();
    let notified = world.memory.lock().unwrap().notified.clone();
    for event in notified.iter().filter(|event| !heard.contains(*event)) {
        world.violation(format!("the notification {event} was acknowledged and is lost"));
    }
}

/// Whatever staff received, corrected and counted stands in the ledger, and nothing else of these reasons does.
async fn what_staff_booked_is_in_the_ledger(world: &World) {
    let sql = "select reason, variant_id, cast(sum(delta) as signed) from stock_movements
               where reason in ('received', 'corrected', 'counted') and actor_kind = 'staff' group by reason, variant_id";
    let rows = rows::<(String, u64, i64)>(world, sql).await;
    let booked = world.memory.lock().unwrap().booked.clone();
    let read: HashMap<_, _> = rows
        .into_iter()
        .filter_map(|(reason, variant, sum)| Some(((reason.parse().ok()?, VariantId::new(variant)), sum)))
        .filter(|((_, variant), _)| world.variants.contains(variant))
        .collect();
    let keys: HashSet<&(MovementReason, VariantId)> = booked.keys().chain(read.keys()).collect();
    for key @ (reason, variant) in keys {
        let (least, most) = booked.get(key).copied().unwrap_or_default();
        let sum = read.get(key).copied().unwrap_or_default();
        if !(least..=most).contains(&sum) {
            world.violation(format!("variant {variant}: {reason} {least} to {most} units, and the ledger has {sum}"));
        }
    }
}

/// A refund that staff were told of is there, and one that was asked for once is there once.
async fn refunds_are_what_staff_were_told(world: &World) {
    let sql = "select o.number, r.reason, cast(count(*) as signed), cast(count(distinct r.payment_id) as signed)
               from refunds r join orders o on o.id = r.order_id where r.reason like 'refund-%' group by o.number, r.reason";
    let rows = rows::<(String, String, i64, i64)>(world, sql).await;
    for (number, reason, count, payments) in &rows {
        if count > payments {
            world.violation(format!("{reason} of {number} was asked for once and went back {count} times"));
        }
    }
    let known: HashSet<(String, String)> = rows.into_iter().map(|row| (row.0, row.1)).collect();
    for told in world.memory.lock().unwrap().refunded.clone() {
        if !known.contains(&told) {
            world.violation(format!("staff were told of {} of {}, and it is lost", told.1, told.0));
        }
    }
}

/// Orders of accounts' own carts: each that was confirmed is there with its total, and there is no other.
async fn accounts_have_the_orders_that_they_were_told_of(world: &World) {
    let sql = "select line_2, number, total_amount from orders where line_2 like 'own-%' and account_id is not null";
    let found: HashMap<String, (String, i64)> =
        rows::<(String, String, i64)>(world, sql).await.into_iter().map(|row| (row.0, (row.1, row.2))).collect();
    let told = world.memory.lock().unwrap().own.clone();
    for (tag, told) in &told {
        if found.get(tag) != Some(&(told.number.clone(), told.total)) {
            world.violation(format!("{tag} was confirmed as {told:?} and is {:?}", found.get(tag)));
        }
    }
    for (tag, order) in found.iter().filter(|(tag, _)| !told.contains_key(*tag)) {
        world.violation(format!("nobody was ever told of the order {order:?} of {tag}"));
    }
}

/// Reads rows however long the database takes to come back.
async fn rows<T>(world: &World, sql: &'static str) -> Vec<T>
where
    T: for<'r> FromRow<'r, sqlx::mysql::MySqlRow> + Send + Unpin,
{
    let pool = pool(world);
    let mut tries = 0;
    loop {
        match sqlx::query_as(sql).fetch_all(&pool).await {
            Ok(rows) => return rows,
            Err(error) if tries < 600 => {
                assert!(
                    error.as_database_error().is_none_or(|error| error.code().as_deref() != Some("42S22")),
                    "{error}"
                );
                tries += 1;
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(error) => panic!("{error}: {sql}"),
        }
    }
}
