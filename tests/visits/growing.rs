//! What is shown more of costs no more statements.

use std::ops::ControlFlow;

use domain::catalog::{CreateProduct, GetProduct, ListGoods};
use domain::checkout::PlacedOrder;
use domain::imports::FileForm;
use domain::orders::ListOrders;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use services::imports::{self, Fetcher, Import, Mapping, Pictures, Reach};
use services::{carts, catalog, checkout, orders, reports};
use sqlx::MySqlPool;

use super::Statements;
use crate::served::{Served, Visitor};
use crate::shop::{TestShop, option, product, request, variant};

const SIZES: [&str; 9] = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/// A product of so many variants, and an order with a line of each.
async fn sold(shop: &TestShop, sku: &str, variants: usize) -> PlacedOrder {
    let skus: Vec<String> = (0..variants).map(|at| format!("{sku}-{at}")).collect();
    let wanted = CreateProduct {
        options: vec![option("Ukuran", &SIZES[..variants])],
        variants: skus.iter().enumerate().map(|(at, sku)| variant(sku, &[at], 150_000)).collect(),
        ..product(sku, 150_000)
    };
    catalog::create(shop, &shop.owner, wanted, None).await.unwrap();
    let cart = carts::create(shop).await.unwrap();
    for sku in &skus {
        let variant = shop.stocked(sku, 20).await;
        carts::set_line(shop, &cart, variant, 1).await.unwrap();
    }
    checkout::place(shop, &cart, sku, request(PaymentMethod::CashOnDelivery)).await.unwrap()
}

/// A visitor whose cart has a line of each variant, and who was at the till.
async fn filled<'a>(shop: &'a Served, sku: &str, variants: usize) -> Visitor<'a> {
    let visitor = shop.visitor();
    visitor.get("/").await;
    assert_eq!(visitor.post("/cart/lines", &[("product", "plain"), ("quantity", "1")]).await.status, 303);
    let cart = visitor.cookie("cart").unwrap();
    for at in 0..variants {
        let variant = shop.by_sku(&format!("{sku}-{at}")).await;
        carts::set_line(shop, &cart, variant, 1).await.unwrap();
    }
    assert_eq!(visitor.get("/checkout").await.status, 200);
    visitor
}

/// How many statements a page costs that was looked at before.
async fn cost(statements: &Statements, visitor: &Visitor<'_>, path: &str) -> usize {
    let mut least = usize::MAX;
    for _ in 0..3 {
        statements.take();
        assert_eq!(visitor.get(path).await.status, 200, "{path}");
        least = least.min(statements.take().len());
    }
    least
}

/// The same for what the desk asks.
async fn desk(statements: &Statements, shop: &TestShop, placed: &PlacedOrder, sku: &str) -> Vec<usize> {
    let (order, product) = (shop.id(placed).await, shop.by_sku(&format!("{sku}-0")).await);
    let product_id = shop.product_of(product).await;
    let mut costs = Vec::new();
    let mut note = || costs.push(statements.take().len());
    statements.take();
    catalog::goods(shop, &shop.owner, ListGoods::default()).await.unwrap();
    note();
    catalog::edited(shop, &shop.owner, GetProduct { product_id }).await.unwrap();
    note();
    let list = ListOrders { status: None, needs_review: false, search: None, page: PageNumber::FIRST };
    orders::page(shop, &shop.owner, list).await.unwrap();
    note();
    orders::detail(shop, &shop.owner, order).await.unwrap();
    note();
    reports::dashboard(shop, &shop.owner).await.unwrap();
    note();
    costs
}

/// Pitfall P2.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn more_lines_variants_and_products_cost_no_more_statements(db: MySqlPool) {
    let shop = Served::open(db).await;
    shop.variant("PLAIN", 90_000, 30).await;
    let mut costs = Vec::new();
    for (sku, variants) in [("FEW", 1), ("MANY", SIZES.len())] {
        for at in 1..variants {
            shop.variant(&format!("OTHER{at}"), 50_000, 3).await;
        }
        let placed = sold(&shop, sku, variants).await;
        let visitor = filled(&shop, sku, variants).await;
        let of = |page: &str| format!("/orders/{}{page}?token={}", placed.number, placed.access_token);
        let statements = Statements::default();
        let counting = tracing::subscriber::set_default(statements.clone());
        let mut pages = Vec::new();
        for path in [
            "/",
            "/products",
            &format!("/products/{}", sku.to_lowercase()),
            "/cart",
            "/checkout",
            &of(""),
            &of("/thanks"),
        ] {
            let kind = path.replace(&sku.to_lowercase(), "one").replace(&placed.number, "one");
            let kind = kind.split('?').next().unwrap().to_owned();
            pages.push((kind, cost(&statements, &visitor, path).await));
        }
        let desk = desk(&statements, &shop, &placed, sku).await;
        drop(counting);
        costs.push((pages, desk));
    }
    assert_eq!(costs[0], costs[1]);
    shop.stop().await;
}

/// The statements of a file of so many products of three variants each: new, and once more.
async fn file(statements: &Statements, shop: &TestShop, name: &str, products: usize) -> [usize; 2] {
    let mut text = "product,name:id,option1:id,sku,option1_value:id,price,stock\n".to_owned();
    for product in 0..products {
        for (at, size) in ["S", "M", "L"].iter().enumerate() {
            text += &format!("{name}{product},Barang {name} {product},Ukuran,{name}-{product}-{at},{size},5000,4\n");
        }
    }
    let mut costs = [0; 2];
    for cost in &mut costs {
        let file = imports::read(shop, FileForm::Products, text.clone().into_bytes(), Mapping::new()).await.unwrap();
        let watch = |_: u32, _: u32| ControlFlow::Continue(());
        let pictures = Pictures { files: None, fetcher: &Fetcher::new(Reach::Internet) };
        let import = Import { file: &file, pictures, name: "goods.csv", watch: &watch };
        statements.take();
        let report = imports::apply(shop, &shop.owner, import).await.unwrap();
        *cost = statements.take().len();
        assert_eq!(report.counts().new + report.counts().unchanged, u32::try_from(products).unwrap(), "{report:?}");
    }
    costs
}

/// Pitfall P2.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn more_products_of_a_file_cost_no_more_statements(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let statements = Statements::default();
    let counting = tracing::subscriber::set_default(statements.clone());
    let few = file(&statements, &shop, "few", 2).await;
    let many = file(&statements, &shop, "many", 40).await;
    drop(counting);
    assert_eq!(few, many);
}
