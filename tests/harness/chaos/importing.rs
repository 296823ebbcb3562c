//! Somebody takes a file of goods in, while others edit, change and undo the same products.

use std::ops::ControlFlow;

use domain::imports::{FileForm, Verdict};
use domain::message::Message;
use rand::RngExt;
use rand::rngs::StdRng;
use services::imports::{self, Import, Mapping};

use super::goods;
use super::world::World;

/// A file with other prices, and often other numbers on the shelf, of some products, and now and then with a new one. It ends as
/// it says: what is refused was changed by others again and again, or somebody took the import back while it ran.
pub(crate) async fn import(world: &World, rng: &mut StdRng, tag: &str) {
    let (shop, owner) = (&world.stage.shop, &world.stage.owner);
    let has_stock = rng.random_range(0..2) == 0;
    let mut text = String::from("product,name:id,sku,price");
    text.push_str(if has_stock { ",stock\n" } else { "\n" });
    for _ in 0..rng.random_range(1..=6) {
        let Some(stored) = goods::read(world, goods::some_product(world, rng)).await else { return };
        // Each stands in a file once.
        if text.contains(&format!("\n{},", stored.document.slug)) {
            continue;
        }
        for variant in &stored.document.variants {
            text.push_str(&format!("{},,{},{}", stored.document.slug, variant.sku, rng.random_range(50_000..200_000)));
            text.push_str(&if has_stock { format!(",{}\n", rng.random_range(0..20)) } else { "\n".to_owned() });
        }
    }
    let makes = rng.random_range(0..4) == 0;
    if makes {
        text.push_str(&format!(",File {tag},FILE-{tag},5000{}\n", if has_stock { ",3" } else { "" }));
    }
    let read = world.insist("reading a file", || async {
        let read = imports::read(shop, FileForm::Products, text.clone().into_bytes(), Mapping::new()).await;
        world.heard("reading a file", read)
    });
    let Some(file) = read.await else { return };
    let report = world.insist("taking a file in", || async {
        let watch = |_, _| ControlFlow::Continue(());
        let import = Import { file: &file, pictures: None, name: "goods.csv", watch: &watch };
        world.heard("taking a file in", imports::apply(shop, owner, import).await)
    });
    let Some(report) = report.await else { return };
    for product in &report.products {
        match &product.verdict {
            Verdict::New | Verdict::Changed { .. } | Verdict::Unchanged => {}
            Verdict::NotReached => world.violation(format!("a file was not read to its end\n{text}")),
            Verdict::Refused(troubles) => {
                let is_meant =
                    |message: &Message| matches!(message, Message::ChangedMeanwhile | Message::UndoneMeanwhile);
                if !troubles.iter().all(|trouble| is_meant(&trouble.message)) {
                    world.violation(format!("a file was refused at {}: {troubles:?}\n{text}", product.name));
                }
            }
        }
    }
}
