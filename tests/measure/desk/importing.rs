//! Files of goods: new ones, the same again, and with other prices.

use std::ops::ControlFlow;
use std::time::Instant;

use domain::imports::{Counts, FileForm};
use services::imports::{self, Fetcher, Import, Mapping, Pictures, Reach};

use crate::figures::Figures;
use crate::filling::goods::{self, Good};
use crate::kept::Running;

/// How many products are in the file, and their numbers: no product of the shop has one of them.
const PRODUCTS: usize = 2_500;
const FIRST: usize = 1_000_000;
/// How many variants a second come in.
const LEAST: u64 = 2_000;

/// Takes them in.
pub(crate) async fn measure(running: &Running, figures: &mut Figures) {
    let mut goods = goods::drawn(2, FIRST..FIRST + PRODUCTS, 0);
    let variants: usize = goods.iter().map(|good| good.items.len()).sum();
    let count = u32::try_from(PRODUCTS).unwrap();
    let mut note = |name: &str, seconds: f64| {
        let rate = (variants as f64 / seconds) as u64;
        figures.count(name, (rate, LEAST), "variants/s", rate < LEAST);
    };

    let (seconds, counts) = take_in(running, &goods).await;
    assert_eq!(counts.new, count);
    note("import of new products", seconds);
    let (seconds, counts) = take_in(running, &goods).await;
    assert_eq!(counts.unchanged, count);
    note("import of what is there already", seconds);
    for item in goods.iter_mut().flat_map(|good| &mut good.items) {
        item.price += 500;
    }
    let (seconds, counts) = take_in(running, &goods).await;
    assert_eq!(counts.changed, count);
    note("import of other prices", seconds);
}

/// Reads the file and takes it in.
async fn take_in(running: &Running, goods: &[Good]) -> (f64, Counts) {
    let bytes = goods::file(goods, &[], &|item| item.left);
    let began = Instant::now();
    let file = imports::read(&running.shop, FileForm::Products, bytes, Mapping::new()).await.unwrap();
    let pictures = Pictures { files: None, fetcher: &Fetcher::new(Reach::Internet) };
    let import = Import { file: &file, pictures, name: "goods.csv", watch: &|_, _| ControlFlow::Continue(()) };
    let report = imports::apply(&running.shop, &running.owner, import).await.unwrap();
    (began.elapsed().as_secs_f64(), report.counts())
}
