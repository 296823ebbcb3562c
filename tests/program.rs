//! The built server program, started as an owner starts it.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use reqwest::{Client, Response};
use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::process::{Child, Command};

use crate::demo;
use crate::processes::order;
use crate::running::built;

/// A running server, ended with the test.
pub(crate) struct Program {
    child: Child,
    folder: PathBuf,
    /// `127.0.0.1:port`.
    pub(crate) address: String,
    client: Client,
}

/// Somebody who buys over the API, from a task of its own.
#[derive(Clone)]
pub(crate) struct Buyer {
    base: String,
    client: Client,
}

impl Program {
    /// A demo shop in that empty folder, loaded before.
    pub(crate) async fn loaded_demo(folder: &Path) -> Self {
        demo::copy_to(folder);
        Self::demo(folder, "127.0.0.1:0").await
    }

    /// A demo shop in that folder, loaded on the first start.
    pub(crate) async fn demo(folder: &Path, listen: &str) -> Self {
        Self::start(folder, &["--demo", "--listen", listen]).await
    }

    /// A shop on a database that others use too.
    pub(crate) async fn on(database_url: &str, folder: &Path) -> Self {
        Self::start(folder, &["--database-url", database_url, "--listen", "127.0.0.1:0"]).await
    }

    async fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = command(&["--data-dir", folder.to_str().unwrap()])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let address = loop {
            let line = tokio::time::timeout(Duration::from_secs(300), lines.next_line()).await.unwrap().unwrap();
            if let Some(url) = line.unwrap().strip_prefix("listening on http://") {
                break url.to_owned();
            }
        };
        // Whoever writes to a pipe that nobody reads stands still.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { child, folder: folder.to_owned(), address, client: client() }
    }

    /// A first start that is ended as by a power cut, as soon as the folder or what the program said is so.
    pub(crate) async fn cut_short(folder: &Path, when: impl Fn(&Path, &str) -> bool) {
        let mut child = command(&["--demo", "--data-dir", folder.to_str().unwrap(), "--listen", "127.0.0.1:0"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let waiting = async {
            let mut said = Vec::new();
            while !when(folder, &String::from_utf8_lossy(&said)) {
                // Silence is no reason to wait: the folder may change without a word.
                let _ = tokio::time::timeout(Duration::from_millis(5), stderr.read_buf(&mut said)).await;
                assert!(child.try_wait().unwrap().is_none(), "{}", String::from_utf8_lossy(&said));
            }
        };
        tokio::time::timeout(Duration::from_secs(120), waiting).await.unwrap();
        child.kill().await.unwrap();
    }

    /// What a start says that must fail: one sentence, status 1, no panic.
    pub(crate) async fn refused(arguments: &[&str]) -> String {
        let output = tokio::time::timeout(Duration::from_secs(90), command(arguments).output()).await.unwrap().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(!said.contains("panicked"), "{said}");
        let sentence = said.trim().lines().last().unwrap_or_default().to_owned();
        assert!(sentence.len() > 20, "{said}");
        sentence
    }

    pub(crate) fn pid(&self) -> u32 {
        self.child.id().unwrap()
    }

    /// Ends the process as a power cut does.
    pub(crate) async fn crash(mut self) {
        self.child.kill().await.unwrap();
    }

    /// Ends the process in order, and makes sure that it was.
    pub(crate) async fn stop(mut self) {
        signal("-TERM", self.pid()).await;
        let status = tokio::time::timeout(Duration::from_secs(60), self.child.wait()).await.unwrap().unwrap();
        assert!(status.success(), "{status}");
    }

    pub(crate) async fn kill_database(&self) {
        self.signal_database("-KILL").await;
    }

    pub(crate) async fn signal_database(&self, what: &str) {
        let pid = std::fs::read_to_string(self.folder.join("database/server.pid")).unwrap();
        signal(what, pid.trim().parse().unwrap()).await;
    }

    pub(crate) async fn get(&self, path: &str) -> Response {
        self.client.get(format!("http://{}{path}", self.address)).send().await.unwrap()
    }

    pub(crate) async fn is_healthy(&self) -> bool {
        let asked = self.client.get(format!("http://{}/healthz", self.address)).send().await;
        asked.is_ok_and(|answer| answer.status().is_success())
    }

    /// Waits until something holds, for a minute at most.
    pub(crate) async fn until(&self, holds: impl AsyncFn() -> bool) {
        let waiting = async {
            while !holds().await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), waiting).await.unwrap();
    }

    /// The best stocked variant of the most popular products, and how many there are.
    pub(crate) async fn popular_variant(&self) -> (u64, u64) {
        let list: Value = self.get("/api/v1/products").await.json().await.unwrap();
        let mut best = (0, 0);
        for item in list["items"].as_array().unwrap().iter().take(3) {
            let path = format!("/api/v1/products/{}", item["slug"].as_str().unwrap());
            let product: Value = self.get(&path).await.json().await.unwrap();
            for variant in product["variants"].as_array().unwrap() {
                let (id, available) = (variant["id"].as_u64().unwrap(), variant["available"].as_u64().unwrap());
                if available > best.1 {
                    best = (id, available);
                }
            }
        }
        best
    }

    pub(crate) async fn available(&self, variant: u64) -> u64 {
        let list: Value = self.get("/api/v1/products?per_page=100").await.json().await.unwrap();
        for item in list["items"].as_array().unwrap() {
            let path = format!("/api/v1/products/{}", item["slug"].as_str().unwrap());
            let product: Value = self.get(&path).await.json().await.unwrap();
            let variants = product["variants"].as_array().unwrap();
            if let Some(found) = variants.iter().find(|known| known["id"] == variant) {
                return found["available"].as_u64().unwrap();
            }
        }
        panic!("no variant {variant}");
    }

    pub(crate) fn buyer(&self) -> Buyer {
        Buyer { base: format!("http://{}", self.address), client: self.client.clone() }
    }

    pub(crate) async fn cart(&self, variant: u64) -> String {
        self.buyer().cart(variant).await
    }

    pub(crate) async fn order(&self, variant: u64, method: &str) -> Response {
        let cart = self.cart(variant).await;
        self.buyer().place(&cart, method).await.unwrap()
    }

    /// The status of a placed order, read by its own link.
    pub(crate) async fn status(&self, placed: &Value) -> String {
        let (number, token) = (placed["number"].as_str().unwrap(), placed["access_token"].as_str().unwrap());
        let order: Value = self.get(&format!("/api/v1/orders/{number}?token={token}")).await.json().await.unwrap();
        order["status"].as_str().unwrap().to_owned()
    }
}

impl Buyer {
    async fn cart(&self, variant: u64) -> String {
        let made = self.client.post(format!("{}/api/v1/carts", self.base)).send().await.unwrap();
        let cart: Value = made.json().await.unwrap();
        let cart = cart["id"].as_str().unwrap().to_owned();
        let line = format!("{}/api/v1/carts/{cart}/lines/{variant}", self.base);
        let set = self.client.put(line).json(&serde_json::json!({ "quantity": 1 })).send().await.unwrap();
        assert!(set.status().is_success(), "{set:?}");
        cart
    }

    pub(crate) async fn place(&self, cart: &str, method: &str) -> reqwest::Result<Response> {
        let url = format!("{}/api/v1/carts/{cart}/checkout", self.base);
        self.client.post(url).header("Idempotency-Key", "once").json(&order(method)).send().await
    }
}

fn client() -> Client {
    services::http::plain_client().timeout(Duration::from_secs(30)).build().unwrap()
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(built("storefront"));
    command.arg("serve").args(arguments).env_remove("DATABASE_URL").stdin(Stdio::null()).kill_on_drop(true);
    command.env("ETALASE_MYSQLD", demo::server().path());
    command
}

pub(crate) async fn signal(what: &str, pid: u32) {
    let done = Command::new("kill").args([what, &pid.to_string()]).status().await.unwrap();
    assert!(done.success());
}
