//! The editor: a product is opened, changed and saved.

use domain::catalog::{GetProduct, SaveProduct};
use domain::money::Money;
use services::catalog;

use super::{A_MOMENT, some_products, timed};
use crate::figures::Figures;
use crate::kept::Running;

/// How many products.
const PRODUCTS: usize = 400;

/// Opens products, saves another price of each, and another name of each.
pub(crate) async fn measure(running: &Running, figures: &mut Figures) {
    let (shop, owner) = (&running.shop, &running.owner);
    let (mut opened, mut priced, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
    for product_id in some_products(running, PRODUCTS).await {
        let (took, stored) = timed(catalog::edited(shop, owner, GetProduct { product_id })).await;
        opened.push(took);
        let stored = stored.unwrap();
        let mut document = stored.document.clone();
        for variant in &mut document.variants {
            variant.price = variant.price.plus(Money::minor(500)).unwrap();
            variant.compare_at_price = None;
        }
        let (took, saved) = timed(catalog::save(shop, owner, SaveProduct::of(&stored, document))).await;
        priced.push(took);
        let stored = saved.unwrap().saved().unwrap();
        let mut document = stored.document.clone();
        document.name.id += " baru";
        for option in &mut document.options {
            option.values.reverse();
        }
        for variant in &mut document.variants {
            for (option, value) in document.options.iter().zip(&mut variant.values) {
                *value = option.values.len() - 1 - *value;
            }
        }
        let (took, saved) = timed(catalog::save(shop, owner, SaveProduct::of(&stored, document))).await;
        renamed.push(took);
        assert!(saved.unwrap().saved().is_some());
    }
    figures.times("editor opens", opened, A_MOMENT);
    figures.times("editor saves other prices", priced, A_MOMENT);
    figures.times("editor saves another name and order of options", renamed, A_MOMENT);
}
