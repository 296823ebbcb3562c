//! A shop that is hosted without a window: what a new one says, and how it is set up from the command line.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use crate::demo;
use crate::program::signal;
use crate::running::built;

/// A shop that is served; ended as by a power cut when the test fails.
struct Serving {
    child: Child,
    url: String,
    /// What it says beside where it listens.
    said: PathBuf,
}

impl Serving {
    fn start(folder: &Path) -> Self {
        let said = folder.with_extension("said");
        let mut command = storefront("serve", folder);
        command.args(["--listen", "127.0.0.1:0"]).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).stderr(File::create(&said).unwrap()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let url = lines.find_map(|line| line.unwrap().strip_prefix("listening on ").map(str::to_owned)).unwrap();
        Self { child, url, said }
    }

    fn said(&self) -> String {
        std::fs::read_to_string(&self.said).unwrap()
    }

    /// Ends it in order.
    async fn stop(mut self) {
        signal("-TERM", self.child.id()).await;
        assert!(self.child.wait().unwrap().success(), "{}", self.said());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // One that has ended has nothing to be told.
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_file(&self.said);
    }
}

fn storefront(task: &str, folder: &Path) -> Command {
    let mut command = Command::new(built("storefront"));
    command.arg(task).arg("--data-dir").arg(folder).env_remove("DATABASE_URL").env_remove("ETALASE_OWNER_PASSWORD");
    command.env("ETALASE_MYSQLD", demo::server().path());
    command
}

fn set_up(folder: &Path, email: &str, password: Option<&str>) -> Output {
    let mut command = storefront("set-up", folder);
    command.args(["--shop-name", "Kopi Tugu", "--owner-name", "Dewi", "--owner-email", email, "--language", "en"]);
    if let Some(password) = password {
        command.env("ETALASE_OWNER_PASSWORD", password);
    }
    command.stdin(std::process::Stdio::null()).output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test]
async fn a_new_shop_says_once_how_it_is_set_up() {
    let folder = tempfile::tempdir().unwrap();
    let serving = Serving::start(folder.path());
    let url = &serving.url;
    let client = services::http::plain_client().build().unwrap();

    let page = client.get(url).header("accept-language", "id").send().await.unwrap();
    assert_eq!(page.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.headers().contains_key("retry-after"));
    assert!(page.text().await.unwrap().contains("Toko ini segera dibuka"));
    let api = client.get(format!("{url}/api/v1/products")).send().await.unwrap();
    assert_eq!(api.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(api.json::<Value>().await.unwrap()["code"], "not_set_up");
    let missing = client.get(format!("{url}/no-such-page")).send().await.unwrap();
    assert!(missing.text().await.unwrap().contains("Toko ini segera dibuka"));

    // Long enough for every job that would run each few seconds.
    tokio::time::sleep(Duration::from_secs(8)).await;
    let said = serving.said();
    assert_eq!(said.matches("storefront set-up --data-dir").count(), 1, "{said}");
    // A machine that is slow says so, and nothing else is wrong.
    let is_wrong = |line: &str| line.contains("ERROR") || (line.contains("WARN") && !line.contains("slow statement"));
    assert!(!said.lines().any(is_wrong), "{said}");
    serving.stop().await;
}

#[tokio::test]
async fn a_shop_is_set_up_from_the_command_line_once() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = set_up(folder.path(), "dewi", Some("short"));
    assert!(!wrong.status.success());
    assert!(
        said(&wrong).contains("--owner-email") && said(&wrong).contains("the owner's password"),
        "{}",
        said(&wrong)
    );
    let silent = set_up(folder.path(), "dewi@example.com", None);
    assert!(!silent.status.success() && said(&silent).contains("ETALASE_OWNER_PASSWORD"), "{}", said(&silent));

    let done = set_up(folder.path(), "dewi@example.com", Some("warung kopi di tugu"));
    assert!(done.status.success() && said(&done).contains("Kopi Tugu is set up"), "{}", said(&done));
    let again = set_up(folder.path(), "other@example.com", Some("warung kopi di tugu"));
    assert!(!again.status.success() && said(&again).contains("already set up"), "{}", said(&again));

    let serving = Serving::start(folder.path());
    let page = services::http::plain_client().build().unwrap().get(&serving.url).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    assert!(page.contains("Kopi Tugu") && page.contains("lang=\"en\""), "{page}");
    assert!(!serving.said().contains("set-up"), "{}", serving.said());
    serving.stop().await;
}

/// The addresses, as the system writes them, at which a process and those that it started listen.
fn heard_at(parent: u32) -> Vec<String> {
    let mut family = vec![parent];
    let all: Vec<u32> = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok())
        .collect();
    let parent_of = |pid: u32| -> Option<u32> {
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
        stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()
    };
    let mut at = 0;
    while at < family.len() {
        let of = family[at];
        family.extend(all.iter().copied().filter(|pid| parent_of(*pid) == Some(of)));
        at += 1;
    }
    let mut sockets = Vec::new();
    for pid in &family {
        let open = std::fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten();
        let names = open.filter_map(|entry| Some(std::fs::read_link(entry.ok()?.path()).ok()?.display().to_string()));
        sockets.extend(names.filter_map(|name| Some(name.strip_prefix("socket:[")?.trim_end_matches(']').to_owned())));
    }
    let mut heard = Vec::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        let text = std::fs::read_to_string(table).unwrap_or_default();
        for line in text.lines().skip(1) {
            let cells: Vec<&str> = line.split_whitespace().collect();
            if cells[3] == "0A" && sockets.iter().any(|socket| socket == cells[9]) {
                heard.push(cells[1].split(':').next().unwrap().to_owned());
            }
        }
    }
    heard
}

/// Pitfall S18. Neither the shop nor its database hears anybody on the network unless an address of the network is named.
#[tokio::test]
async fn a_shop_is_for_this_machine_alone_unless_another_address_is_named() {
    let folder = tempfile::tempdir().unwrap();
    assert!(set_up(folder.path(), "dewi@example.com", Some("a long owner password")).status.success());
    let help = storefront("serve", folder.path()).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("127.0.0.1:8080") && !help.contains("0.0.0.0:"), "{help}");

    let shop = Serving::start(folder.path());
    let heard = heard_at(shop.child.id());
    assert!(!heard.is_empty() && heard.iter().all(|address| address == "0100007F"), "{heard:?}");
    shop.stop().await;
}
