//! What the machine could do at best: writes that reach the disk, and a bare transaction on one hot row.
//!
//! Both are measured in the same run as the orders, on the same disk and the same server with the same settings.

use std::fs::File;
use std::io::{Seek, Write};
use std::time::{Duration, Instant};

use sqlx::MySqlPool;
use sqlx::mysql::MySqlPoolOptions;
use tokio::task::JoinSet;

use crate::figures::{Figures, per_second};
use crate::say;
use crate::stage::Stage;

const SPAN: Duration = Duration::from_secs(2);

pub(crate) async fn measure(stage: &Stage, figures: &mut Figures) {
    let disk = syncs_per_second(stage);
    say::line(&format!("limit: {disk} writes of 4 KiB with fdatasync per second, one after the other"));
    figures.set("fdatasync_per_second", disk);

    let mut best = (0, 0);
    let mut tried = Vec::new();
    for connections in [1, 4, 8, 16, 32, 64] {
        let rate = transactions_per_second(&stage.database.url(), connections).await;
        tried.push(format!("{connections}: {rate}"));
        best = best.max((rate, connections));
    }
    let (rate, connections) = best;
    say::line(&format!(
        "limit: {rate} bare transactions per second on one hot row with {connections} connections ({})",
        tried.join(", ")
    ));
    figures.set("bare_hot_row_per_second", rate);
    figures.set("bare_hot_row_connections", connections);
}

/// Writes 4 KiB at the start of a file, again and again, as a log does that is reused.
fn syncs_per_second(stage: &Stage) -> u64 {
    let path = stage.folder().join("fdatasync");
    let mut file = File::create(&path).unwrap();
    let page = [7; 4096];
    file.write_all(&page).and_then(|()| file.sync_all()).unwrap();
    let started = Instant::now();
    let mut done = 0;
    while started.elapsed() < SPAN {
        file.rewind().unwrap();
        file.write_all(&page).and_then(|()| file.sync_data()).unwrap();
        done += 1;
    }
    let rate = per_second(done, started.elapsed().as_secs_f64());
    std::fs::remove_file(path).unwrap();
    rate.as_u64().unwrap()
}

/// Five statements: begin; two rows inserted; one conditional update of the one hot row; commit.
async fn transactions_per_second(url: &str, connections: u32) -> u64 {
    let pool = MySqlPoolOptions::new()
        .max_connections(connections)
        .after_connect(|conn, _| {
            let isolation = "set session transaction isolation level read committed";
            Box::pin(async move { sqlx::raw_sql(isolation).execute(conn).await.map(drop) })
        })
        .connect(url)
        .await
        .unwrap();
    for statement in [
        "drop table if exists bench_hot_row, bench_rows",
        "create table bench_hot_row (id int primary key, free bigint not null) engine = innodb",
        "create table bench_rows (id bigint auto_increment primary key, name varchar(64) not null, n bigint not null) engine = innodb",
        "insert into bench_hot_row values (1, 100000000)",
    ] {
        sqlx::raw_sql(statement).execute(&pool).await.unwrap();
    }

    let started = Instant::now();
    let mut workers = JoinSet::new();
    for _ in 0..connections {
        workers.spawn(repeat(pool.clone(), started));
    }
    let done = workers.join_all().await.into_iter().sum();
    let rate = per_second(done, started.elapsed().as_secs_f64());
    sqlx::raw_sql("drop table bench_hot_row, bench_rows").execute(&pool).await.unwrap();
    pool.close().await;
    rate.as_u64().unwrap()
}

async fn repeat(pool: MySqlPool, started: Instant) -> usize {
    let mut done = 0;
    while started.elapsed() < SPAN {
        let mut tx = pool.begin().await.unwrap();
        for n in 0..2_i64 {
            let insert = sqlx::query("insert into bench_rows (name, n) values (?, ?)");
            insert.bind("a line of about the length of a real one").bind(n).execute(&mut *tx).await.unwrap();
        }
        let take = sqlx::query("update bench_hot_row set free = free - ? where id = 1 and free >= ?");
        assert_eq!(take.bind(1).bind(1).execute(&mut *tx).await.unwrap().rows_affected(), 1);
        tx.commit().await.unwrap();
        done += 1;
    }
    done
}
