//! What a database that is not this program's says, before anything is touched.

use std::time::Duration;

use services::{OpenError, OpenShop, Shop};
use sqlx::mysql::MySqlConnectOptions;
use sqlx::{ConnectOptions, MySqlPool};
use tokio::task::JoinSet;

async fn open(db: &MySqlPool) -> Result<Shop, OpenError> {
    let wanted = OpenShop {
        database_url: db.connect_options().to_url_lossy().to_string(),
        data_dir: std::env::temp_dir(),
        public_url: "http://127.0.0.1:1".to_owned(),
        max_connections: 2,
    };
    Shop::open(wanted).await
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_database_that_is_up_to_date_opens(db: MySqlPool) {
    let shop = open(&db).await.unwrap();
    assert!(shop.is_database_up().await);
    shop.close().await;
    assert!(!shop.is_database_up().await);
}

/// Servers of one shop are often started together.
#[sqlx::test(migrations = false)]
async fn many_open_an_empty_database_at_once(db: MySqlPool) {
    let opened = tokio::join!(open(&db), open(&db), open(&db), open(&db), open(&db));

    for shop in [opened.0, opened.1, opened.2, opened.3, opened.4] {
        shop.unwrap().close().await;
    }
}

/// Whoever brings a database of their own made it with whatever their server takes.
#[sqlx::test(migrations = false)]
async fn the_schema_brings_its_own_collation(db: MySqlPool) {
    // MySQL prepares no such statement.
    sqlx::raw_sql("alter database character set latin1 collate latin1_swedish_ci").execute(&db).await.unwrap();

    open(&db).await.unwrap().close().await;

    let others: Vec<String> = sqlx::query_scalar(
        "select cast(concat(table_name, '.', column_name, ' ', collation_name) as char) from information_schema.columns
         where table_schema = database() and table_name <> '_sqlx_migrations'
           and collation_name not in ('utf8mb4_unicode_520_ci', 'utf8mb4_bin', 'ascii_bin')
         union all
         select cast(concat(schema_name, ' ', default_collation_name) as char) from information_schema.schemata
         where schema_name = database() and default_collation_name <> 'utf8mb4_unicode_520_ci'",
    )
    .fetch_all(&db)
    .await
    .unwrap();
    assert_eq!(others, [""; 0]);
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_newer_database_is_left_alone(db: MySqlPool) {
    let later = "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
                 values (9999, 'from the future', true, '', 0)";
    sqlx::query(later).execute(&db).await.unwrap();

    let refused = open(&db).await.unwrap_err();

    assert!(matches!(refused, OpenError::Newer { found: 9999, .. }), "{refused:?}");
    assert!(refused.to_string().contains("newer version"), "{refused}");
}

/// Edge case 8.
#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_half_applied_change_stops_the_start(db: MySqlPool) {
    sqlx::query("update _sqlx_migrations set success = false where version = 12").execute(&db).await.unwrap();

    let refused = open(&db).await.unwrap_err();

    assert!(matches!(refused, OpenError::HalfMigrated(12)), "{refused:?}");
    assert!(refused.to_string().contains("last backup"), "{refused}");
}

/// Edge case 8. Whatever lost the table: the shop does not open, rather than fail when somebody buys.
#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_missing_table_stops_the_start(db: MySqlPool) {
    for table in ["voucher_uses", "holds"] {
        sqlx::query(sqlx::AssertSqlSafe(format!("drop table {table}"))).execute(&db).await.unwrap();
        let refused = open(&db).await.unwrap_err();
        assert!(matches!(&refused, OpenError::Incomplete(missing) if missing == table), "{refused:?}");
        assert!(refused.to_string().contains("last backup"), "{refused}");
        let alike = format!("create table {table} (id int)");
        sqlx::query(sqlx::AssertSqlSafe(alike)).execute(&db).await.unwrap();
    }
}

#[tokio::test]
async fn an_address_that_is_none_is_told() {
    let wanted = OpenShop {
        database_url: "postgres://nobody@nowhere/none".to_owned(),
        data_dir: std::env::temp_dir(),
        public_url: String::new(),
        max_connections: 1,
    };
    let refused = Shop::open(wanted).await.unwrap_err();
    assert!(matches!(refused, OpenError::Url(_)), "{refused:?}");
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_database_is_emptied_only_while_nobody_has_shopped_there(db: MySqlPool) {
    let url = db.connect_options().to_url_lossy().to_string();
    let shop = open(&db).await.unwrap();
    services::testing::owner(&shop).await.unwrap();
    services::carts::create(&shop).await.unwrap();
    assert!(!services::empty_unused(&url).await.unwrap());
    assert!(services::setup::state(&shop).await.unwrap().has_owner, "nothing was touched");

    sqlx::query("delete from carts").execute(&db).await.unwrap();
    assert!(!services::is_empty(&url).await.unwrap());
    assert!(services::empty_unused(&url).await.unwrap());
    assert!(services::is_empty(&url).await.unwrap());

    let shop = open(&db).await.unwrap();
    assert!(!services::setup::state(&shop).await.unwrap().has_owner, "as on the first day");
}

/// An account of the database's server that may have so many connections at once.
async fn account_of(db: &MySqlPool, connections: u32) -> MySqlConnectOptions {
    let options = (*db.connect_options()).clone();
    let (name, database) = (format!("few_{:016x}", rand::random::<u64>()), options.get_database().unwrap().to_owned());
    // Without a password, because MySQL wants a new one in full, and not over a socket.
    for host in ["%", "localhost"] {
        for statement in [
            format!("create user '{name}'@'{host}' with max_user_connections {connections}"),
            format!("grant all on `{database}`.* to '{name}'@'{host}'"),
        ] {
            sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).execute(db).await.unwrap();
        }
    }
    // An address without a password has none; options that are set to an empty one send it.
    options.username(&name).password("").to_url_lossy().as_str().parse().unwrap()
}

async fn open_as(account: &MySqlConnectOptions) -> Result<Shop, OpenError> {
    let wanted = OpenShop {
        database_url: account.to_url_lossy().to_string(),
        data_dir: std::env::temp_dir(),
        public_url: "http://127.0.0.1:1".to_owned(),
        max_connections: 24,
    };
    Shop::open(wanted).await
}

/// Pitfall P1. Two connections are kept free, so an account of six has four: twenty who come at once wait for one each,
/// also while somebody else has all of them for a moment.
#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_database_of_few_connections_lets_requests_wait(db: MySqlPool) {
    let account = account_of(&db, 6).await;
    let shop = open_as(&account).await.unwrap();
    // What opened the shop has ended by now, or does soon.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let mut others = vec![account.connect().await.unwrap()];
    while let Ok(other) = account.connect().await {
        others.push(other);
    }
    let free = tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(1)).await;
        drop(others);
    });

    let mut asking = JoinSet::new();
    for _ in 0..20 {
        let shop = shop.clone();
        asking.spawn(async move { shop.now().await.map(drop) });
    }
    while let Some(asked) = asking.join_next().await {
        asked.unwrap().unwrap();
    }
    free.await.unwrap();
    shop.close().await;
}

#[sqlx::test(migrator = "crate::template::WHOLE")]
async fn a_database_of_too_few_connections_is_told_at_the_start(db: MySqlPool) {
    let account = account_of(&db, 4).await;
    let refused = open_as(&account).await.unwrap_err().to_string();
    assert!(refused.contains("max_user_connections") && refused.contains("only 2"), "{refused}");
}
