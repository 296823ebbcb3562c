//! Real servers, started, killed and started again. `ETALASE_TEST_MYSQLD` names the server to try, so that the same
//! tests run on MariaDB and on MySQL; without it they use the one that [`mysqld::find`] finds.
#![expect(clippy::unwrap_used, reason = "clippy's exemption for tests does not reach their helpers")]

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use mysqld::{Binary, Error, Kind, Private, Rights, Settings};

const HOLDER: &str = "holds_a_server_until_it_is_killed";

#[tokio::test]
async fn a_fresh_folder_gets_a_server_that_keeps_its_rows() {
    let place = tempfile::tempdir().unwrap();
    // A path as owners have them, with a blank and a letter that a URL must encode.
    let dir = place.path().join("Toko Büsana/database");

    let first = Private::start(&dir, &server()).await.unwrap();
    sql(&first, "create table notes (text varchar(20)); insert into notes values ('kept');");
    let url = first.url();
    assert!(url.ends_with("/Toko%20B%C3%BCsana/database/server.sock"), "{url}");
    first.stop().await;

    let started = Instant::now();
    let second = Private::start(&dir, &server()).await.unwrap();
    let took = started.elapsed();

    assert_eq!(sql(&second, "select text from notes"), "kept");
    assert_eq!(second.url(), url, "the address stays the same");
    assert!(took < Duration::from_secs(10), "the second start took {took:?}");
    assert_eq!(dir.metadata().unwrap().permissions().mode() & 0o777, 0o700);
    assert_eq!(dir.join("credentials").metadata().unwrap().permissions().mode() & 0o777, 0o600);
    second.stop().await;
}

#[tokio::test]
async fn the_account_owns_its_database_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let server = Private::start(place.path(), &server()).await.unwrap();

    assert!(try_sql(&server, "create database other").unwrap_err().contains("Access denied"));
    // MariaDB calls it `tx_isolation` before 11.1.
    assert!(sql(&server, "show variables like '%isolation'").ends_with("READ-COMMITTED"));
    assert_eq!(sql(&server, "select @@collation_database, @@time_zone"), "utf8mb4_unicode_520_ci\t+00:00");
    server.stop().await;

    let rights = Settings { rights: Rights::Everything, ..Settings::default() };
    let server = Private::start_with(place.path(), &crate::server(), rights).await.unwrap();
    sql(&server, "create database other");
    server.stop().await;
}

#[tokio::test]
async fn a_second_holder_is_told_the_pid_of_the_first() {
    let place = tempfile::tempdir().unwrap();
    let first = Private::start(place.path(), &server()).await.unwrap();

    let refused = Private::start(place.path(), &server()).await.unwrap_err();

    assert!(refused.to_string().contains(&format!("(pid {})", std::process::id())), "{refused}");
    assert_eq!(sql(&first, "select 1"), "1", "the first goes on");
    first.stop().await;
}

#[tokio::test]
async fn a_killed_server_is_started_again_with_every_committed_row() {
    let place = tempfile::tempdir().unwrap();
    let server = Private::start(place.path(), &server()).await.unwrap();
    sql(&server, "create table notes (id int primary key) engine = innodb");

    for round in 1..=3 {
        sql(&server, &format!("insert into notes values ({round})"));
        let killed = server.pid().unwrap();
        kill(killed);
        until(|| server.pid().is_some_and(|pid| pid != killed) && try_sql(&server, "select 1").is_ok()).await;
        assert_eq!(sql(&server, "select count(*) from notes"), round.to_string());
    }
    server.stop().await;
}

#[tokio::test]
async fn a_server_orphaned_by_kill_9_is_replaced_and_nothing_is_lost() {
    let place = tempfile::tempdir().unwrap();
    let mut holder = Holder::start(place.path());
    let orphan = holder.server;
    let refused = Private::start(place.path(), &server()).await.unwrap_err();
    assert!(matches!(refused, Error::Held { pid: Some(pid), .. } if pid == holder.process.id()), "{refused}");

    holder.process.kill().unwrap();
    holder.process.wait().unwrap();
    assert!(lives(orphan), "the server outlived its parent, or this test tries nothing");
    let server = Private::start(place.path(), &server()).await.unwrap();

    assert!(!lives(orphan), "two servers on one folder");
    assert_eq!(sql(&server, "select text from notes"), "before the kill");
    server.stop().await;
}

#[tokio::test]
async fn a_first_start_killed_halfway_is_begun_again() {
    let place = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(place.path().join("data.new/mysql")).unwrap();
    std::fs::write(place.path().join("data.new/ibdata1"), [0; 4096]).unwrap();

    let server = Private::start(place.path(), &server()).await.unwrap();

    assert_eq!(sql(&server, "select 1"), "1");
    assert!(!place.path().join("data.new").exists());
    server.stop().await;
}

#[tokio::test]
async fn dropping_without_stopping_still_ends_the_server() {
    let place = tempfile::tempdir().unwrap();
    let server = Private::start(place.path(), &server()).await.unwrap();
    let pid = server.pid().unwrap();

    drop(server);

    until(|| !lives(pid)).await;
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_says_so() {
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("a-file");
    std::fs::write(&file, "in the way").unwrap();

    let refused = Private::start(&file.join("database"), &server()).await.unwrap_err();

    assert!(matches!(refused, Error::Unwritable { .. }), "{refused}");
    assert!(refused.to_string().contains("--data-dir"), "{refused}");
}

#[tokio::test]
async fn a_folder_of_the_other_kind_or_of_a_newer_server_is_left_alone() {
    let place = tempfile::tempdir().unwrap();
    std::fs::create_dir(place.path().join("data")).unwrap();
    let (own, other) = match server().kind() {
        Kind::MariaDb => ("mariadb", "mysql"),
        Kind::MySql => ("mysql", "mariadb"),
    };

    std::fs::write(place.path().join("server-kind"), format!("{other} 11.8\n")).unwrap();
    let refused = Private::start(place.path(), &server()).await.unwrap_err();
    assert!(matches!(refused, Error::OtherKind { .. }), "{refused}");

    std::fs::write(place.path().join("server-kind"), format!("{own} 99.1\n")).unwrap();
    let refused = Private::start(place.path(), &server()).await.unwrap_err();
    assert!(refused.to_string().contains("99.1"), "{refused}");
}

#[tokio::test]
async fn a_broken_database_gives_the_last_words_of_the_server() {
    let place = tempfile::tempdir().unwrap();
    let server = Private::start(place.path(), &self::server()).await.unwrap();
    server.stop().await;
    std::fs::write(place.path().join("data/ibdata1"), "not a tablespace").unwrap();

    let refused = Private::start(place.path(), &self::server()).await.unwrap_err();

    assert!(matches!(refused, Error::DidNotStart { .. }), "{refused}");
    assert!(refused.to_string().contains("server.log"), "{refused}");
}

#[test]
fn a_program_that_is_no_server_is_refused() {
    let refused = mysqld::find(Some(Path::new("/bin/echo"))).unwrap_err();
    assert!(matches!(refused, Error::NotAServer { .. }), "{refused}");

    let refused = mysqld::find(Some(Path::new("/nowhere/mysqld"))).unwrap_err();
    assert!(refused.to_string().contains("/nowhere/mysqld"), "{refused}");
}

/// Not a test: the process that the orphan test kills. It reads the folder from its input.
#[tokio::test]
#[ignore = "run by the orphan test in a process of its own"]
async fn holds_a_server_until_it_is_killed() {
    let mut dir = String::new();
    std::io::stdin().read_line(&mut dir).unwrap();
    if dir.trim().is_empty() {
        return;
    }
    let server = Private::start(Path::new(dir.trim()), &server()).await.unwrap();
    sql(&server, "create table notes (text varchar(20)); insert into notes values ('before the kill');");
    println!("\nserver {}", server.pid().unwrap());
    std::future::pending::<()>().await;
}

struct Holder {
    process: Child,
    server: u32,
}

impl Holder {
    fn start(dir: &Path) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture", HOLDER])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        writeln!(process.stdin.take().unwrap(), "{}", dir.display()).unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let server = lines.map(Result::unwrap).find_map(|line| line.strip_prefix("server ")?.parse().ok()).unwrap();
        Self { process, server }
    }
}

#[expect(clippy::disallowed_methods, reason = "the test run says here which server to try")]
fn server() -> Binary {
    let named = std::env::var_os("ETALASE_TEST_MYSQLD").filter(|path| !path.is_empty()).map(PathBuf::from);
    mysqld::find(named.as_deref()).unwrap()
}

fn sql(server: &Private, statements: &str) -> String {
    try_sql(server, statements).unwrap()
}

/// Runs statements as the account of the server's own address.
fn try_sql(server: &Private, statements: &str) -> Result<String, String> {
    let output = Command::new("mariadb")
        .args(["--no-defaults", "--batch", "--skip-column-names", "--user=etalase", "--database=etalase"])
        .arg(format!("--password={}", server.password()))
        .arg(format!("--socket={}", server.socket().display()))
        .arg(format!("--execute={statements}"))
        .output()
        .unwrap();
    if output.status.success() {
        Ok(String::from_utf8(output.stdout).unwrap().trim().to_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}

fn kill(pid: u32) {
    assert!(Command::new("kill").args(["-9", &pid.to_string()]).status().unwrap().success());
}

/// Whether a process runs; a zombie does not.
fn lives(pid: u32) -> bool {
    let output = Command::new("ps").args(["-o", "stat=", "-p", &pid.to_string()]).output().unwrap();
    let state = String::from_utf8(output.stdout).unwrap();
    !state.trim().is_empty() && !state.trim().starts_with('Z')
}

async fn until(mut reached: impl FnMut() -> bool) {
    let started = Instant::now();
    while !reached() {
        assert!(started.elapsed() < Duration::from_secs(60), "it did not come to that within a minute");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}
