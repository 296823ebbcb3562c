//! Whatever people paste into a product: it is stored as it can be read, or refused at its field, and never breaks anything.

use domain::catalog::{ListGoods, ProductDocument, SaveProduct};
use domain::locale::Translated;
use services::{Error, catalog};
use sqlx::MySqlPool;

use super::editing::{changed, option, saved, shirt};
use crate::shop::TestShop;

const UNSEEN: [&str; 8] = ["", " ", "\t", "\u{a0}", "\u{200b}", "\u{3164}", "\u{ad}", "\u{2800}"];
const ODD: [&str; 20] = [
    "\u{202e}gnp.exe",
    "\u{2066}Siti\u{2069}",
    "a\u{0}b",
    "a\u{2028}b",
    "ﬃ",
    "é e\u{301}",
    "王小明",
    "สมชาย",
    "سيتي رحمة",
    "👩\u{200d}👩\u{200d}👧\u{200d}👦",
    "\u{d7ff}\u{fffd}\u{fdd0}",
    "İstanbul ısı",
    "Straße",
    "O'Brien \"<b>\" & co",
    "'; drop table products; --",
    "{{7*7}} ${x} %s \\",
    "=HYPERLINK(\"x\")",
    "1E5",
    "null",
    "</script><script>alert(1)</script>",
];

/// Puts a text everywhere in a document.
fn everywhere(text: &str) -> ProductDocument {
    let mut document = shirt(1);
    let both = || Translated::same(text);
    (document.name, document.description, document.seo_title, document.seo_text) = (both(), both(), both(), both());
    document.note = text.to_owned();
    document.options[0].name = both();
    document.options[0].values[0].value = both();
    document
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_product_of_whatever_text_is_stored_whole_or_refused_at_its_fields(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut stored = 0;
    for text in UNSEEN.into_iter().chain(ODD) {
        let before = shop.count("select count(*) from products").await;
        match catalog::save(&shop, &shop.owner, SaveProduct::new(everywhere(text))).await {
            Ok(saved) => {
                stored += 1;
                let saved = saved.saved().unwrap();
                let again = saved.document.clone().tidied().unwrap();
                assert_eq!(again, saved.document, "{text:?}: what is stored could not be saved again");
                let list = ListGoods { search: Some(text.to_owned()), ..ListGoods::default() };
                let found = catalog::goods(&shop, &shop.owner, list).await.unwrap();
                assert!(found.rows.iter().any(|row| row.id == saved.product_id), "{text:?} is not found");
            }
            Err(Error::Invalid(problems)) => {
                assert!(problems.iter().any(|problem| problem.field == "name"), "{text:?}: {problems:?}");
                assert_eq!(shop.count("select count(*) from products").await, before, "{text:?}");
            }
            Err(other) => panic!("{text:?}: {other:?}"),
        }
    }
    assert!(stored >= 15, "only {stored} were stored");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_longest_that_is_allowed_fits(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let wide = |most: usize| Translated::same("𝕂".repeat(most));
    let mut document = shirt(1);
    document.name = wide(ProductDocument::MOST_NAME);
    document.description = wide(ProductDocument::MOST_DESCRIPTION);
    document.seo_title = wide(ProductDocument::MOST_SEO_TITLE);
    document.seo_text = wide(ProductDocument::MOST_SEO_TEXT);
    document.note = "𝕂".repeat(500);
    document.slug = "k".repeat(120);
    let many: Vec<String> = (0..100).map(|number| format!("{number:_>60}")).collect();
    document.options = Vec::new();
    document.variants.truncate(1);
    document.variants[0].values.clear();
    document.add_option(option("Nomor", &many.iter().map(String::as_str).collect::<Vec<_>>()));
    document.generate().unwrap();
    document.variants.iter_mut().for_each(|variant| variant.sku.clear());
    let stored = saved(&shop, SaveProduct::new(document)).await;
    assert_eq!(stored.document.variants.len(), 100);
    // 250 variants in one save, and every one of them moved in the next.
    let most = changed(&shop, &stored, |document| {
        let few: Vec<_> = document.options[0].values.drain(..83).collect();
        document.options[0].values = few;
        document.variants.retain(|variant| variant.values[0] < 83);
        document.add_option(option("Ukuran", &["S", "M", "L"]));
        document.generate().unwrap();
    });
    let most = most.await.unwrap();
    assert_eq!(most.document.variants.len(), 249);
    changed(&shop, &most, |document| document.move_option(0, 1)).await.unwrap();
}
