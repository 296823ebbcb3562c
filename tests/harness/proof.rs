//! What must hold, asked of the database itself: at every moment, and of everything that anybody was told.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::Duration;

use chrono::TimeDelta;
use domain::catalog::VariantId;
use domain::orders::{OrderEvent, OrderStatus};
use services::jobs;
use sqlx::{FromRow, MySqlPool};

use crate::chaos::World;

mod claims;

/// Claims that are cheap enough to be checked while everybody works.
pub(crate) async fn quick(world: &World) {
    for claim in claims::ALWAYS {
        check(world, &claim).await;
    }
}

/// Everything that must hold while holds and unpaid orders live; then lets the time of all of them run out, and checks
/// that nothing stays held, unpaid or unheard.
pub(crate) async fn settle(world: &World) {
    quick(world).await;
    lasting(world).await;

    let past_everything = TimeDelta::days(10);
    world.stage.shop.clock().advance(past_everything);
    for _ in 0..100 {
        let pool = services::testing::database(&world.stage.shop);
        sqlx::query("update job_schedule set next_run_at = '2000-01-01'").execute(&pool).await.unwrap();
        match jobs::run_due_work(&world.stage.shop).await {
            // A server may take the lease in its turn.
            Ok(()) | Err(services::Error::LeaseLost) => {}
            Err(error) => world.violation(format!("the jobs cannot run when nothing is broken: {error}")),
        }
        let sql = "select (select count(*) from stock where reserved > 0)
                        + (select count(*) from orders where status = 'pending_payment')
                        + (select count(*) from payment_inbox where applied_at is null)";
        let left: (i64,) = sqlx::query_as(sql).fetch_one(&pool).await.unwrap();
        if left.0 == 0 {
            return;
        }
    }
}

/// Everything that must hold when nobody does anything any more.
pub(crate) async fn all(world: &World) {
    quick(world).await;
    lasting(world).await;
    for claim in &claims::AT_REST {
        check(world, claim).await;
    }
    orders_went_where_the_machine_lets_them(world).await;
    orders_are_what_clients_were_told(world).await;
    what_staff_saw_is_in_the_history(world).await;
    what_gateways_told_was_heard(world).await;
    what_came_in_is_in_the_ledger(world).await;
}

/// What holds at every moment, and takes long to check.
async fn lasting(world: &World) {
    let sql = "select table_name from information_schema.tables where table_schema = database()
               and table_name = 'refunds'";
    let gives_back = !rows::<(String,)>(world, sql).await.is_empty();
    let of_money: &[claims::Claim] = if gives_back { &claims::OF_REFUNDS } else { &claims::OF_MONEY };
    for claim in claims::OF_ORDERS.iter().chain(&claims::OF_VOUCHERS).chain(of_money) {
        check(world, claim).await;
    }
}

async fn check(world: &World, claim: &claims::Claim) {
    for (row,) in rows::<(String,)>(world, claim.broken_by).await {
        world.violation(format!("{}: {row}", claim.says));
    }
}

/// Every order began where orders begin, took only steps that the state machine knows, and is where the last one led.
async fn orders_went_where_the_machine_lets_them(world: &World) {
    let edges: HashSet<(OrderStatus, OrderStatus)> = OrderStatus::ALL
        .iter()
        .flat_map(|from| OrderEvent::ALL.iter().filter_map(|event| Some((*from, from.after(*event).ok()?.to))))
        .collect();
    let sql = "select o.number, o.status, coalesce(group_concat(h.status order by h.id), '')
               from orders o left join order_history h on h.order_id = o.id group by o.id, o.number, o.status";
    for (number, status, path) in rows::<(String, String, String)>(world, sql).await {
        let steps: Option<Vec<OrderStatus>> = path.split(',').map(|status| status.parse().ok()).collect();
        let goes = steps.is_some_and(|steps| {
            let first = [OrderStatus::PendingPayment, OrderStatus::Processing];
            steps.first().is_some_and(|begin| first.contains(begin))
                && steps.windows(2).all(|pair| edges.contains(&(pair[0], pair[1])))
                && steps.last().is_some_and(|last| last.as_str() == status)
        });
        if !goes {
            world.violation(format!("{number} is {status} after {path}"));
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
    let sql = "select o.number, h.status from order_history h join orders o on o.id = h.order_id";
    let history: HashSet<(String, String)> = rows::<(String, String)>(world, sql).await.into_iter().collect();
    let reached = world.memory.lock().unwrap().reached.clone();
    for (number, status) in reached {
        if !history.contains(&(number.clone(), status.as_str().to_owned())) {
            world.violation(format!("staff saw {number} become {status}, and its history does not know it"));
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

async fn what_came_in_is_in_the_ledger(world: &World) {
    let sql = "select variant_id, cast(sum(delta) as signed) from stock_movements
               where reason = 'received' and actor_kind = 'staff' group by variant_id";
    let ledger: HashMap<u64, i64> = rows::<(u64, i64)>(world, sql).await.into_iter().collect();
    let received = world.memory.lock().unwrap().received.clone();
    for (variant, (surely, at_most)) in received {
        let booked = ledger.get(&variant.get()).copied().unwrap_or_default();
        if !(surely..=at_most).contains(&booked) {
            world.violation(format!(
                "variant {variant} received {surely} to {at_most} units, and the ledger has {booked}"
            ));
        }
    }
}

/// Reads rows however long the database takes to come back.
async fn rows<T>(world: &World, sql: &'static str) -> Vec<T>
where
    T: for<'r> FromRow<'r, sqlx::mysql::MySqlRow> + Send + Unpin,
{
    let pool: MySqlPool = services::testing::database(&world.stage.shop);
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
