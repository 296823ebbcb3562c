//! A file at the desk: looked at, mapped, taken in beside other work, stopped, and told by pages.

use std::time::Duration;

use domain::imports::{
    AtHand, Content, FileForm, GoodsAtHand, ListFindings, ListImported, MapColumns, PutAwayImport, RunImport, Stage,
    StopImport, Verdict, VerdictKind,
};
use domain::locale::Locale;
use domain::message::Message;
use domain::page::PageNumber;
use services::bringing::Bringing;
use sqlx::MySqlPool;

use crate::shop::TestShop;

const GOODS: &str =
    "product,name,sku,price,stock\nteko,Teko,TEKO,45000,3\nkopi,Kopi,KOPI,85000,9\nbaru,Baru,BARU,gratis,1\n";

async fn opened(bringing: &Bringing, shop: &TestShop, name: &str, text: impl Into<Vec<u8>>) -> AtHand {
    bringing.open(shop, &shop.owner, name, text.into()).await.unwrap().unwrap();
    bringing.settled().await;
    bringing.at_hand(&shop.owner).unwrap().unwrap()
}

fn goods(at_hand: &AtHand) -> &GoodsAtHand {
    match &at_hand.content {
        Content::Goods(goods) => goods,
        Content::Former(_) => panic!("it is a file of goods: {at_hand:?}"),
    }
}

/// New, changed, unchanged and refused.
fn counts(at_hand: &AtHand) -> [u32; 4] {
    let counts = goods(at_hand).counts.unwrap();
    [VerdictKind::New, VerdictKind::Changed, VerdictKind::Unchanged, VerdictKind::Refused].map(|kind| counts.of(kind))
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_file_is_looked_at_before_anything_is_written(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let bringing = Bringing::default();
    let looked = opened(&bringing, &shop, "goods.csv", GOODS).await;
    assert_eq!((looked.file.as_str(), &looked.stage), ("goods.csv", &Stage::Looked));
    assert_eq!((goods(&looked).form, counts(&looked)), (FileForm::Products, [2, 0, 0, 1]));
    assert_eq!(shop.count("select count(*) from products").await, 0, "nothing is written yet");

    let request = ListImported { run: looked.run, show: Some(VerdictKind::Refused), page: PageNumber::FIRST };
    let refused = bringing.products(&shop.owner, request).unwrap();
    assert_eq!((refused.rows.len(), refused.position.total, refused.rows[0].line), (1, 1, 4));
    let troubles = bringing.troubles(&shop.owner, looked.run, Locale::English).unwrap();
    assert!(String::from_utf8(troubles).unwrap().contains("4,Baru,price,,Enter a valid amount."));

    bringing.run(&shop, &shop.owner, RunImport { run: looked.run }).await.unwrap();
    bringing.settled().await;
    let done = bringing.at_hand(&shop.owner).unwrap().unwrap();
    assert_eq!((&done.stage, counts(&done)), (&Stage::Done { is_stopped: false }, [2, 0, 0, 1]));
    assert_eq!(shop.count("select count(*) from products").await, 2);
    shop.assert_stock_adds_up().await;

    // The same file once more changes nothing.
    let again = opened(&bringing, &shop, "goods.csv", GOODS).await;
    assert_eq!(counts(&again), [0, 0, 2, 1]);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_form_of_a_file_is_found_out_by_its_columns(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let bringing = Bringing::default();
    for (text, form) in [
        ("Handle,Title,Variant SKU,Variant Price\nteko,Teko,TEKO,45000\n", FileForm::Shopify),
        ("Type,SKU,Name,Published,Regular price\nsimple,TEKO,Teko,1,45000\n", FileForm::WooCommerce),
        ("Nama;Harga;Kode barang\nTeko;45000;TEKO\n", FileForm::Products),
    ] {
        let looked = opened(&bringing, &shop, "goods.csv", text).await;
        assert_eq!((goods(&looked).form, counts(&looked)), (form, [1, 0, 0, 0]), "{text}");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_wrong_with_a_cell_is_told_once_and_by_the_file_s_own_words(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let bringing = Bringing::default();
    let text = "Nama;Harga;Kode barang\nTeko;gratis;TEKO\nTeko Lain;;LAIN\nTeko Jauh;45000;A B\n";
    let looked = opened(&bringing, &shop, "goods.csv", text).await;
    let request = ListImported { run: looked.run, show: Some(VerdictKind::Refused), page: PageNumber::FIRST };
    let refused = bringing.products(&shop.owner, request).unwrap().rows;
    let troubles =
        refused.iter().flat_map(|row| if let Verdict::Refused(troubles) = &row.verdict { &troubles[..] } else { &[] });
    let told: Vec<_> = troubles.map(|it| (it.line, it.column.as_str())).collect();
    assert_eq!(told, [(2, "Harga"), (3, "Harga"), (4, "Kode barang")]);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn columns_of_any_name_are_told_by_the_owner(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let bringing = Bringing::default();
    let text = "Barang,Jual,Rak\nTeko,45000,A1\n";
    let looked = opened(&bringing, &shop, "goods.csv", text).await;
    assert_eq!(goods(&looked).lacks, Some(Message::NotAProductFile));
    let columns: Vec<_> = goods(&looked).columns.iter().map(|it| (it.name.as_str(), it.example.as_str())).collect();
    assert_eq!(columns, [("Barang", "Teko"), ("Jual", "45000"), ("Rak", "A1")]);
    let refused = bringing.run(&shop, &shop.owner, RunImport { run: looked.run }).await.unwrap_err();
    assert_eq!(refused.message(), &Message::ImportPutAway);

    let told = [("Barang", Some("name:id")), ("Jual", Some("price")), ("Rak", None)];
    let columns = told.map(|(name, ours)| (name.to_owned(), ours.map(str::to_owned))).into();
    bringing.map(&shop, &shop.owner, MapColumns { run: looked.run, columns }).await.unwrap();
    bringing.settled().await;
    let mapped = bringing.at_hand(&shop.owner).unwrap().unwrap();
    assert_eq!((goods(&mapped).lacks.as_ref(), counts(&mapped)), (None, [1, 0, 0, 0]));
    assert_eq!(goods(&mapped).left_out[0].column, "Rak", "what has no place is told");
    assert_ne!(mapped.run, looked.run);
    let stale = bringing.run(&shop, &shop.owner, RunImport { run: looked.run }).await.unwrap_err();
    assert_eq!(stale.message(), &Message::ImportPutAway, "what was looked at before is not what is there now");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn one_file_is_taken_in_at_a_time_and_ends_between_two_products_when_it_is_stopped(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let bringing = Bringing::default();
    let mut text = "product,name,sku,price,stock\n".to_owned();
    for number in 0..400 {
        text.push_str(&format!("barang-{number},Barang {number},B-{number},10000,2\n"));
    }
    let looked = opened(&bringing, &shop, "goods.csv", text.clone()).await;
    bringing.run(&shop, &shop.owner, RunImport { run: looked.run }).await.unwrap();
    let second = bringing.open(&shop, &shop.owner, "other.csv", GOODS.into()).await.unwrap_err();
    assert_eq!(second.message(), &Message::ImportRuns);
    let away = bringing.put_away(&shop.owner, PutAwayImport { run: looked.run }).unwrap_err();
    assert_eq!(away.message(), &Message::ImportRuns);

    let has_begun = async {
        while !matches!(bringing.at_hand(&shop.owner).unwrap().unwrap().stage, Stage::Running { done: 3.., .. }) {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), has_begun).await.unwrap();
    bringing.stop(&shop.owner, StopImport { run: looked.run }).unwrap();
    bringing.settled().await;
    let stopped = bringing.at_hand(&shop.owner).unwrap().unwrap();
    assert_eq!(stopped.stage, Stage::Done { is_stopped: true });
    let told = goods(&stopped).counts.unwrap();
    assert_eq!(told.new + told.not_reached, 400);
    assert!(told.new > 0 && told.not_reached > 0, "it was stopped long before its end");
    assert_eq!(shop.count("select count(*) from products").await, i64::from(told.new));
    shop.assert_stock_adds_up().await;

    // The same file goes on where it ended.
    let looked = opened(&bringing, &shop, "goods.csv", text).await;
    assert_eq!(counts(&looked), [told.not_reached, 0, told.new, 0]);
    bringing.run(&shop, &shop.owner, RunImport { run: looked.run }).await.unwrap();
    bringing.settled().await;
    assert_eq!(shop.count("select count(*) from products").await, 400);
    shop.assert_stock_adds_up().await;
}

/// Checklist 124.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_former_shop_is_brought_at_the_desk_with_all_that_is_to_be_known_of_it(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let bringing = Bringing::default();
    let looked = opened(&bringing, &shop, "data.json", crate::reference::former_shop::small().bytes()).await;
    let Content::Former(former) = &looked.content else { panic!("{looked:?}") };
    assert!(former.remarks > 0 && former.tallies.iter().any(|(_, tally)| tally.brought > 0), "{former:?}");
    assert_eq!(shop.count("select count(*) from products").await, 0, "nothing is written yet");

    bringing.run(&shop, &shop.owner, RunImport { run: looked.run }).await.unwrap();
    bringing.settled().await;
    let done = bringing.at_hand(&shop.owner).unwrap().unwrap();
    assert_eq!(done.stage, Stage::Done { is_stopped: false });
    assert!(shop.count("select count(*) from products").await > 0);
    let page = bringing.findings(&shop.owner, ListFindings { run: done.run, page: PageNumber::FIRST }).unwrap();
    let Content::Former(former) = &done.content else { panic!("{done:?}") };
    assert_eq!(page.position.total, u64::from(former.remarks));
    assert!(!bringing.troubles(&shop.owner, done.run, Locale::Indonesian).unwrap().is_empty());
}
