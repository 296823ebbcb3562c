//! Waiting for a condition, and above all for one transaction to wait for another.

use std::time::Duration;

use services::{Shop, testing};

/// Waits until something holds, for half a minute at most.
pub(crate) async fn until(holds: impl AsyncFn() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.unwrap();
}

/// Waits until so many transactions on the shop's database wait for a lock.
pub(crate) async fn until_blocked(shop: &Shop, wanted: i64) {
    until(async || blocked(shop).await == wanted).await;
}

/// How many transactions on the shop's database wait for a lock.
pub(crate) async fn blocked(shop: &Shop) -> i64 {
    let rows = testing::database(shop);
    // MySQL tells this afresh, and can tell it while a statement with bytes in it waits; MariaDB has no such list.
    let of_mysql = "select count(distinct engine_transaction_id) from performance_schema.data_locks
                    where lock_status = 'WAITING' and object_schema = database()";
    if let Ok(ours) = sqlx::query_scalar(of_mysql).fetch_one(&rows).await {
        return ours;
    }
    // MariaDB's list is one for all tests, and is renewed only when nobody has read it for a tenth of a second: they
    // take turns, or what two of them read by turns would never change.
    let mut alone = rows.acquire().await.unwrap();
    sqlx::query("select get_lock('tests read innodb_trx', 30), sleep(0.11)").execute(&mut *alone).await.unwrap();
    let of_mariadb = "select count(*) from information_schema.innodb_trx t
                      join information_schema.processlist p on p.id = t.trx_mysql_thread_id
                      where t.trx_state = 'LOCK WAIT' and p.db = database()";
    let ours = sqlx::query_scalar(of_mariadb).fetch_one(&mut *alone).await.unwrap();
    sqlx::query("select release_lock('tests read innodb_trx')").execute(&mut *alone).await.unwrap();
    ours
}
