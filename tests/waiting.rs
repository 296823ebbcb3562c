//! Waiting for a condition, and above all for one transaction to wait for another.

use std::time::Duration;

use services::{Shop, testing};

/// Waits until something holds, for half a minute at most. MariaDB's list of transactions is renewed only for who asks
/// less often than ten times a second.
pub(crate) async fn until(holds: impl AsyncFn() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(150)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), waiting).await.unwrap();
}

/// Waits until so many transactions on the shop's database wait for a lock.
pub(crate) async fn until_blocked(shop: &Shop, wanted: i64) {
    // What the list told a moment ago, before this wait, is told again for a tenth of a second.
    tokio::time::sleep(Duration::from_millis(150)).await;
    until(async || blocked(shop).await == wanted).await;
}

/// How many transactions on the shop's database wait for a lock.
pub(crate) async fn blocked(shop: &Shop) -> i64 {
    let rows = testing::database(shop);
    let sql = "select count(*) from information_schema.innodb_trx t
               join information_schema.processlist p on p.id = t.trx_mysql_thread_id
               where t.trx_state = 'LOCK WAIT' and p.db = database()";
    if let Ok(ours) = sqlx::query_scalar(sql).fetch_one(&rows).await {
        return ours;
    }
    // MySQL cannot list a statement that has bytes in it; then it tells of the locks that are waited for.
    let all = "select count(distinct engine_transaction_id) from performance_schema.data_locks
               where lock_status = 'WAITING' and object_schema = database()";
    sqlx::query_scalar(all).fetch_one(&rows).await.unwrap()
}
