//! The list of products: every search with every filter in every order, on the first pages and on far ones.

use std::time::Duration;

use domain::catalog::{
    CategoryId, GoodsPage, GoodsSort, InCategory, ListCategories, ListGoods, ProductStatus, StockState,
};
use services::{catalog, testing};

use super::{A_MOMENT, timed};
use crate::figures::Figures;
use crate::kept::Running;
use crate::say;

/// How often each is asked for.
const TIMES: usize = 2;
/// How many of the slowest are named.
const SLOWEST: usize = 6;

/// The requests that took the longest, by what they ask for.
#[derive(Default)]
struct Slowest(Vec<(Duration, String)>);

impl Slowest {
    fn note(&mut self, took: Duration, request: &ListGoods) {
        self.0.push((took, format!("{request:?}")));
        self.0.sort_by_key(|(took, _)| std::cmp::Reverse(*took));
        self.0.truncate(SLOWEST);
    }
}

/// Measures them all.
pub(crate) async fn measure(running: &Running, figures: &mut Figures) {
    let searches = searches(running).await;
    let filters = filters(running).await;
    let (mut slowest, mut far) = (Slowest::default(), Vec::new());
    for (kind, search) in &searches {
        let mut times = Vec::new();
        for filter in &filters {
            for (sort, descending) in orders() {
                let request = ListGoods { search: search.clone(), sort, descending, ..filter.clone() };
                for _ in 0..TIMES {
                    let (took, page) = page(running, &request).await;
                    slowest.note(took, &request);
                    times.push(took);
                    if let Some(after) = page.next {
                        let next = ListGoods { after: Some(after), ..request.clone() };
                        let (took, _) = self::page(running, &next).await;
                        slowest.note(took, &next);
                        times.push(took);
                    }
                }
            }
        }
        figures.times(&format!("list, {kind}"), times, A_MOMENT);
    }
    for (sort, descending) in orders() {
        let mut request = ListGoods { sort, descending, ..ListGoods::default() };
        let mut pages = 0;
        loop {
            let (took, page) = page(running, &request).await;
            pages += 1;
            if pages > 20 {
                slowest.note(took, &request);
                far.push(took);
            }
            let Some(after) = page.next else { break };
            request.after = Some(after);
        }
    }
    if !far.is_empty() {
        figures.times("list, pages behind the twentieth", far, A_MOMENT);
    }
    for (took, request) in slowest.0 {
        say::line(&format!("    {:.1} ms: {request}", took.as_secs_f64() * 1_000.0));
    }
}

async fn page(running: &Running, request: &ListGoods) -> (Duration, GoodsPage) {
    let (took, page) = timed(catalog::goods(&running.shop, &running.owner, request.clone())).await;
    (took, page.unwrap())
}

fn orders() -> impl Iterator<Item = (GoodsSort, bool)> {
    GoodsSort::ALL.iter().flat_map(|sort| [(*sort, false), (*sort, true)])
}

/// Everything that somebody looks for.
async fn searches(running: &Running) -> Vec<(&'static str, Option<String>)> {
    let db = testing::database(&running.shop);
    let some = "select cast(sku as char), cast(barcode as char) from variants where barcode is not null
                order by id desc limit 1";
    let (sku, barcode): (String, String) = sqlx::query_as(some).fetch_one(&db).await.unwrap();
    let typed = |text: &str| Some(text.to_owned());
    vec![
        ("all of them", None),
        ("part of a name", typed("keme")),
        ("two words of a name", typed("rinjani klasik")),
        ("one letter", typed("a")),
        ("umlauts", typed("Straße")),
        ("umlauts without their dots", typed("uber")),
        ("the beginning of a SKU", typed(&sku[..sku.len().min(6)])),
        ("a SKU", typed(&sku)),
        ("a barcode", typed(&barcode)),
        ("what is nowhere", typed("tidak ada di toko ini")),
    ]
}

/// Every filter by itself, and some together.
async fn filters(running: &Running) -> Vec<ListGoods> {
    let tree = catalog::categories_of_desk(&running.shop, &running.owner, ListCategories {}).await.unwrap();
    let top = tree.0.iter().find(|row| row.parent_id.is_none()).map(|row| row.id);
    let inner = |id: &CategoryId| tree.0.iter().any(|row| row.parent_id == Some(*id));
    let leaf = tree.0.iter().rev().map(|row| row.id).find(|id| !inner(id));
    let mut filters = vec![
        ListGoods::default(),
        ListGoods { category: InCategory::Nowhere, ..ListGoods::default() },
        ListGoods { status: Some(ProductStatus::Active), stock: Some(StockState::Enough), ..ListGoods::default() },
    ];
    for category in [top, leaf].into_iter().flatten() {
        filters.push(ListGoods { category: InCategory::Of(category), ..ListGoods::default() });
        filters.push(ListGoods {
            category: InCategory::Of(category),
            status: Some(ProductStatus::Active),
            stock: Some(StockState::Low),
            ..ListGoods::default()
        });
    }
    let statuses = [ProductStatus::Active, ProductStatus::Draft, ProductStatus::Archived];
    filters.extend(statuses.map(|status| ListGoods { status: Some(status), ..ListGoods::default() }));
    let states = [StockState::Enough, StockState::Low, StockState::Out];
    filters.extend(states.map(|state| ListGoods { stock: Some(state), ..ListGoods::default() }));
    filters
}
