//! A disk that is full while the shop is served: a small one, mounted for the test by whoever may mount.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use reqwest::StatusCode;
use serde_json::Value;
use tempfile::TempDir;

use crate::program::Program;

/// Enough for a demo shop on either server.
const MEGABYTES: u32 = 420;
/// More orders than fit into the pages that a fresh demo shop has left.
const BUYERS: usize = 400;

#[tokio::test]
async fn a_full_disk_refuses_orders_whole_and_is_recovered_from() {
    let Some(disk) = SmallDisk::mount() else {
        eprintln!("skipped: only root may mount the small disk of this test");
        return;
    };
    let program = Program::loaded_demo(disk.path()).await;
    let before = available(&program).await;
    let mut carts = Vec::new();
    for variant in variants(&program).await.into_iter().cycle().take(BUYERS) {
        carts.push(program.cart(variant).await);
    }

    disk.fill();
    let (mut placed, mut refused) = (Vec::new(), Vec::new());
    for cart in carts {
        let answer = program.buyer().place(&cart, "cash_on_delivery").await.unwrap();
        if answer.status() == StatusCode::CREATED {
            placed.push((cart, number(answer.json().await.unwrap())));
            continue;
        }
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text().await.unwrap());
        assert!(answer.headers().contains_key("retry-after"));
        let problem: Value = answer.json().await.unwrap();
        assert_eq!(problem["code"], "database_unavailable");
        refused.push(cart);
    }
    assert!(!refused.is_empty(), "{} orders fitted onto the full disk", placed.len());
    assert_eq!(program.get("/").await.status(), StatusCode::OK, "who only looks around sees the shop");
    disk.make_room();

    for cart in &refused {
        let answer = program.buyer().place(cart, "cash_on_delivery").await.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED, "nothing stands in the way any more: {answer:?}");
    }
    for (cart, number_before) in &placed {
        let answer = program.buyer().place(cart, "cash_on_delivery").await.unwrap();
        assert_eq!(&number(answer.json().await.unwrap()), number_before, "nothing was lost");
    }
    assert_eq!(available(&program).await, before - BUYERS as u64, "one unit for each order, none for a refusal");
    program.stop().await;
}

/// A file system in memory, with the shop's folder in it.
struct SmallDisk {
    mounted: TempDir,
}

impl SmallDisk {
    fn mount() -> Option<Self> {
        let mounted = tempfile::tempdir().unwrap();
        let size = format!("size={MEGABYTES}m");
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(mounted.path()).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Self { mounted })
    }

    fn path(&self) -> &Path {
        self.mounted.path()
    }

    /// Leaves not a single page.
    fn fill(&self) {
        let mut filler = File::create(self.path().join("filler")).unwrap();
        for size in [1 << 20, 1 << 12] {
            let block = vec![1; size];
            while filler.write_all(&block).is_ok() {}
        }
    }

    fn make_room(&self) {
        std::fs::remove_file(self.path().join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: after a failed test the program may still be on its way out.
        let unmounted = Command::new("umount").arg("--lazy").arg(self.path()).status();
        assert!(unmounted.is_ok_and(|status| status.success()) || std::thread::panicking());
    }
}

/// The variants that enough people can buy.
async fn variants(program: &Program) -> Vec<u64> {
    let list: Value = program.get("/api/v1/products?per_page=100").await.json().await.unwrap();
    let mut variants = Vec::new();
    for item in list["items"].as_array().unwrap() {
        let path = format!("/api/v1/products/{}", item["slug"].as_str().unwrap());
        let product: Value = program.get(&path).await.json().await.unwrap();
        let plenty =
            product["variants"].as_array().unwrap().iter().filter(|it| it["available"].as_u64().unwrap() >= 20);
        variants.extend(plenty.map(|variant| variant["id"].as_u64().unwrap()));
    }
    assert!(variants.len() >= BUYERS / 20, "{variants:?}");
    variants
}

/// How many units of everything there are.
async fn available(program: &Program) -> u64 {
    let list: Value = program.get("/api/v1/products?per_page=100").await.json().await.unwrap();
    list["items"].as_array().unwrap().iter().map(|item| item["available"].as_u64().unwrap()).sum()
}

fn number(order: Value) -> String {
    order["number"].as_str().unwrap().to_owned()
}
