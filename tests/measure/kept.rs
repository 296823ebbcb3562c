//! Where a filled shop is kept: made once for each schema, generator and size, and used by every bench afterwards.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use domain::staff::{SignIn, Staff};
use domain::text::Password;
use mysqld::{Binary, Private, Settings};
use services::{MIGRATOR, OpenShop, Shop, staff, testing};

use crate::filling;
use crate::options::Data;
use crate::say;

/// What the rows are made from: another print when it changes.
const SOURCES: [&str; 9] = [
    include_str!("data/filling.rs"),
    include_str!("data/draw.rs"),
    include_str!("data/goods.rs"),
    include_str!("data/orders.rs"),
    include_str!("data/people.rs"),
    include_str!("data/planning.rs"),
    include_str!("data/rows.rs"),
    include_str!("data/shelf.rs"),
    include_str!("data/words.rs"),
];

/// Enough for a desk and its jobs.
const CONNECTIONS: u32 = 12;
/// Written last: the shop beside it is whole, and of that print.
const PRINT: &str = "print";

/// A shop with the server that it runs on.
pub(crate) struct Running {
    pub(crate) shop: Shop,
    pub(crate) owner: Staff,
    pub(crate) about: String,
    folder: PathBuf,
    server: Private,
}

impl Running {
    /// Ends both in order.
    pub(crate) async fn stop(self) {
        self.shop.close().await;
        self.server.stop().await;
    }

    /// The address of its database.
    pub(crate) fn url(&self) -> String {
        self.server.url()
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// The folder of the shop that is wanted, which is filled unless it is there.
pub(crate) async fn fresh(data: &Data) -> PathBuf {
    let binary = program(&data.database);
    let folder = data.folder.join(format!("shop-{}", data.database));
    let print = print(data, &binary);
    if !data.anew && std::fs::read_to_string(folder.join(PRINT)).is_ok_and(|known| known == print) {
        say::line(&format!("  the shop in {} is used again ({print})", folder.display()));
        return folder;
    }
    say::line(&format!("  a shop is made in {} ({print})", folder.display()));
    let began = Instant::now();
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    std::fs::create_dir_all(&folder).unwrap();
    // What is made anew when it is cut short may wait for the disk at its end.
    let settings = Settings { is_durable: false, buffer_pool_mb: 512, ..Settings::default() };
    let server = Private::start_with(&folder.join("database"), &binary, settings).await.unwrap();
    let shop = open(&server.url(), &folder).await;
    let owner = testing::owner(&shop).await.unwrap();
    filling::fill(&shop, &owner, data.size(), &|text| say::line(text)).await;
    shop.close().await;
    server.stop().await;
    std::fs::write(folder.join(PRINT), print).unwrap();
    say::line(&format!("  made in {:.1} s", began.elapsed().as_secs_f64()));
    folder
}

/// A copy of the shop on a server with a shop's own settings: what a bench writes stays in it.
pub(crate) async fn copy(data: &Data) -> Running {
    let whole = fresh(data).await;
    let folder = data.folder.join(format!("shop-{}-copy", data.database));
    if folder.exists() {
        std::fs::remove_dir_all(&folder).unwrap();
    }
    copy_folder(&whole, &folder);
    let binary = program(&data.database);
    let server = Private::start(&folder.join("database"), &binary).await.unwrap();
    let shop = open(&server.url(), &folder).await;
    let owner = owner(&shop).await;
    let about = format!("{} {}, {}", binary.kind(), binary.version(), print(data, &binary));
    Running { shop, owner, about, folder, server }
}

/// Its owner.
pub(crate) async fn owner(shop: &Shop) -> Staff {
    let wanted = SignIn { email: "ratna@example.com".to_owned(), password: Password::typed(testing::PASSWORD) };
    staff::sign_in(shop, wanted).await.unwrap()
}

/// The shop on that database.
pub(crate) async fn open(url: &str, folder: &Path) -> Shop {
    let wanted = OpenShop {
        database_url: url.to_owned(),
        data_dir: folder.to_owned(),
        public_url: "http://127.0.0.1:9".to_owned(),
        max_connections: CONNECTIONS,
    };
    Shop::open(wanted).await.unwrap()
}

/// What the shop depends on, in a line.
fn print(data: &Data, binary: &Binary) -> String {
    let mut hasher = DefaultHasher::new();
    MIGRATOR.iter().for_each(|change| change.checksum.hash(&mut hasher));
    SOURCES.hash(&mut hasher);
    let size = data.size();
    format!(
        "{} products, {} orders, {} customers, {} reviews, seed {}, {} {}, {:016x}",
        size.products,
        size.orders,
        size.customers,
        size.reviews,
        size.seed,
        binary.kind(),
        binary.version(),
        hasher.finish()
    )
}

fn program(wanted: &str) -> Binary {
    let named = std::env::var_os("ETALASE_TEST_MYSQLD").filter(|path| !path.is_empty()).map(PathBuf::from);
    match wanted {
        "mariadb" => mysqld::find(None).unwrap(),
        "mysql" => mysqld::find(Some(&named.expect("ETALASE_TEST_MYSQLD names no MySQL server"))).unwrap(),
        other => panic!("{other:?} is neither mariadb nor mysql"),
    }
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (kind, target) = (entry.file_type().unwrap(), to.join(entry.file_name()));
        if kind.is_dir() {
            copy_folder(&entry.path(), &target);
        } else if kind.is_file() {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
