//! The real program with a demo shop, a database of its own and the practice gateway.

use std::path::Path;
use std::process::Command;

use domain::settings::Settings;
use serde_json::Value;
use services::OpenShop;
use services::payments::Keys;
use tempfile::TempDir;

use crate::demo::{self, PASSWORD};
use crate::running::{Running, built};

/// A served demo shop; dropping it ends it in order.
pub(crate) struct Shop {
    url: String,
    _program: Running,
    _folder: TempDir,
}

impl Shop {
    /// One that was loaded before.
    pub(crate) fn open() -> Self {
        let folder = TempDir::new().unwrap();
        demo::copy_to(folder.path());
        Self::open_in(folder)
    }

    /// One that is loaded now.
    pub(crate) fn open_first() -> Self {
        Self::open_in(TempDir::new().unwrap())
    }

    /// One that was loaded before, after a file of products was taken in.
    pub(crate) fn open_with(products: &str) -> Self {
        let folder = TempDir::new().unwrap();
        demo::copy_to(folder.path());
        let file = folder.path().join("products.csv");
        std::fs::write(&file, products).unwrap();
        let mut command = Command::new(built("storefront"));
        command.args(["import", "products"]).arg(&file).arg("--data-dir").arg(folder.path());
        command.env_remove("DATABASE_URL").env("ETALASE_MYSQLD", demo::server().path());
        let taken = command.output().unwrap();
        assert!(taken.status.success(), "{taken:?}");
        Self::open_in(folder)
    }

    /// The one in that folder.
    pub(crate) fn open_in(folder: TempDir) -> Self {
        Self::open_by(folder, Vec::new())
    }

    /// The one in that folder, by variables of its host.
    pub(crate) fn open_by(folder: TempDir, variables: Vec<(String, String)>) -> Self {
        let mut command = Command::new(built("storefront"));
        command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--demo-password", PASSWORD]);
        command.env("ETALASE_MYSQLD", demo::server().path()).envs(variables);
        let program = Running::start(command.arg("--data-dir").arg(folder.path()));
        let url = program.hears("listening on ");
        Self { url, _program: program, _folder: folder }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }

    /// The status of an order, as the API tells whoever has its link.
    pub(crate) async fn status_of(&self, order: &PlacedOrder) -> String {
        let PlacedOrder { number, token } = order;
        let answer = services::http::plain_client()
            .build()
            .unwrap()
            .get(self.url(&format!("/api/v1/orders/{number}?token={token}")))
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 200);
        answer.json::<Value>().await.unwrap()["status"].as_str().unwrap().to_owned()
    }
}

/// Changes the settings of the shop in that folder, which nobody has opened.
pub(crate) async fn change_settings(folder: &Path, keys: &Keys, change: impl FnOnce(Settings) -> Settings) {
    let database = mysqld::Private::start(&folder.join("database"), &demo::server()).await.unwrap();
    let wanted = OpenShop {
        database_url: database.url(),
        data_dir: folder.to_owned(),
        public_url: "http://127.0.0.1".to_owned(),
        max_connections: 4,
    };
    let shop = &services::Shop::open(wanted).await.unwrap();
    shop.set_gateway_keys(keys);
    let owner = services::staff::owner(shop).await.unwrap().unwrap();
    let settings = Settings::clone(&*services::settings::get(shop).await.unwrap());
    services::settings::save(shop, &owner, change(settings)).await.unwrap();
    shop.close().await;
    database.stop().await;
}

/// What a shopper keeps of an order.
pub(crate) struct PlacedOrder {
    pub(crate) number: String,
    pub(crate) token: String,
}

impl PlacedOrder {
    /// Reads the address of one of its pages.
    pub(crate) fn at(address: &str) -> Self {
        let (path, token) = address.split_once("?token=").unwrap_or_else(|| panic!("no page of an order: {address}"));
        let number = path.split("/orders/").nth(1).unwrap().split('/').next().unwrap();
        Self { number: number.to_owned(), token: token.split('&').next().unwrap().to_owned() }
    }

    /// The address of one of its pages.
    pub(crate) fn page(&self, page: &str) -> String {
        format!("/orders/{}{page}?token={}", self.number, self.token)
    }
}
