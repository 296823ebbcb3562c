//! Changes are taken back: exactly what has not moved on, once, for thirty days.

use chrono::TimeDelta;
use domain::catalog::{
    BulkChange, ChangeDetail, ChangeId, ChangeOf, ChangeState, DeleteCategory, DeleteProduct, Did, GetChange,
    ListChanges, ProductId, StoredProduct, UndoAnswer, UndoChange, UndoVerdict,
};
use domain::message::Message;
use domain::money::Money;
use domain::staff::{Role, Staff};
use services::{Error, Result, Shop, catalog, jobs};
use sqlx::MySqlPool;
use tokio::task::JoinSet;

use super::bulk::{done, now, plain, those, up};
use super::editing::{changed, shirt, stocked};
use crate::shop::{TestShop, category};

pub(super) async fn undo(shop: &TestShop, change_id: ChangeId) -> Result<UndoAnswer> {
    catalog::undo(shop, &shop.owner, UndoChange { change_id }).await
}

pub(super) async fn detail(shop: &TestShop, change_id: ChangeId) -> ChangeDetail {
    let request = GetChange { change_id, only_kept: false, after: None };
    catalog::change(shop, &shop.owner, request).await.unwrap()
}

/// The newest change.
pub(super) async fn newest(shop: &TestShop) -> ChangeId {
    catalog::changes(shop, &shop.owner, ListChanges { after: None }).await.unwrap().rows[0].id
}

pub(super) fn totals(answer: &UndoAnswer) -> (u32, u32, u32) {
    let ChangeState::Undone { totals, .. } = &answer.change.state else { panic!("{answer:?}") };
    (totals.given_back, totals.partly, totals.kept)
}

fn price(stored: &StoredProduct, at: usize) -> i64 {
    stored.document.variants[at].price.get()
}

/// Whatever was changed of many is what it was, and the list tells who did it and until when.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_change_of_many_is_taken_back_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (one, two) = (stocked(&shop, shirt(149_000), 3).await, plain(&shop, "Topi", 45_250).await);
    let outcome = done(&shop, those(&[&one, &two]), &up(1_000), "k").await;
    let id = outcome.change_id.unwrap();

    let listed = catalog::changes(&shop, &shop.owner, ListChanges { after: None }).await.unwrap();
    assert_eq!((listed.rows.len(), listed.next), (1, None));
    let row = &listed.rows[0];
    assert_eq!((row.id, row.products, &row.by, &row.state), (id, 2, &shop.owner.name, &ChangeState::Open));
    assert_eq!(row.what, ChangeOf::Bulk { change: up(1_000), to: None });
    assert_eq!(row.until - row.at, TimeDelta::days(30));
    let shown = detail(&shop, id).await;
    assert_eq!(shown.products.iter().map(|it| it.product_id).collect::<Vec<_>>(), [one.product_id, two.product_id]);
    let Did::Changed(differences) = &shown.products[0].did else { panic!("{shown:?}") };
    assert_eq!((differences.len(), shown.products[0].skus.len()), (4, 4));
    assert_eq!(
        (differences[0].before.clone(), differences[0].after.clone()),
        (Some(149_000.into()), Some(150_000.into()))
    );

    let answer = undo(&shop, id).await.unwrap();
    assert!(!answer.already);
    assert_eq!((totals(&answer), answer.kept.len()), ((2, 0, 0), 0));
    for before in [&one, &two] {
        let after = now(&shop, before.product_id).await;
        assert_eq!(after.document, before.document);
        assert_eq!(after.version, before.version + 2);
    }
    assert_eq!(detail(&shop, id).await.products[0].undone, Some(UndoVerdict::GivenBack));
    let from: Vec<(i64,)> = sqlx::query_as("select from_amount from products order by id")
        .fetch_all(&services::testing::database(&shop))
        .await
        .unwrap();
    assert_eq!(from, [(149_000,), (45_250,)]);

    // Twice is once: whoever sets the price anew keeps it.
    done(&shop, those(&[&two]), &up(7), "other").await;
    let answer = undo(&shop, id).await.unwrap();
    assert!(answer.already);
    assert_eq!(totals(&answer), (2, 0, 0));
    assert_eq!(price(&now(&shop, two.product_id).await, 0), 45_257);
}

/// Checklist 99. What moved on since stays, and says who moved it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_moved_on_since_stays_and_is_named(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (one, two) = (stocked(&shop, shirt(149_000), 3).await, plain(&shop, "Topi", 45_000).await);
    let (three, four) = (plain(&shop, "Kaus", 20_000).await, plain(&shop, "Sarung", 30_000).await);
    let outcome = done(&shop, those(&[&one, &two, &three, &four]), &up(1_000), "k").await;
    changed(&shop, &now(&shop, one.product_id).await, |it| it.variants[2].price = Money::minor(99_000)).await.unwrap();
    let dewi = Staff { name: "Dewi".to_owned(), ..shop.owner.clone() };
    let seen = super::bulk::preview(&shop, those(&[&two]), &up(5)).await;
    let by_dewi = domain::catalog::ApplyBulk { change: up(5), products: seen.changing, key: "dewi".to_owned() };
    catalog::apply_bulk(&shop, &dewi, by_dewi).await.unwrap();
    let three_now = now(&shop, three.product_id).await;
    let gone = DeleteProduct { product_id: three.product_id, version: three_now.version };
    catalog::delete(&shop, &shop.owner, gone).await.unwrap();

    let answer = undo(&shop, outcome.change_id.unwrap()).await.unwrap();

    assert_eq!(totals(&answer), (1, 1, 2));
    let after = now(&shop, one.product_id).await;
    assert_eq!((0..4).map(|at| price(&after, at)).collect::<Vec<_>>(), [149_000, 149_000, 99_000, 149_000]);
    assert_eq!(price(&now(&shop, two.product_id).await, 0), 46_005);
    assert_eq!(price(&now(&shop, four.product_id).await, 0), 30_000);
    let verdicts: Vec<_> = answer.kept.iter().map(|it| (it.product_id, it.undone.clone().unwrap())).collect();
    let UndoVerdict::Partly(kept) = &verdicts[0].1 else { panic!("{verdicts:?}") };
    let owner = Message::ChangedSinceBy { name: shop.owner.name.clone() };
    assert_eq!((kept[0].path[2].as_str(), kept[0].now.clone(), &kept[0].why), ("price", Some(99_000.into()), &owner));
    assert_eq!(verdicts[1].1, UndoVerdict::Kept(Message::ChangedSinceBy { name: "Dewi".to_owned() }));
    assert_eq!(verdicts[2], (three.product_id, UndoVerdict::Kept(Message::ProductWasDeleted)));
    let only_kept = GetChange { change_id: outcome.change_id.unwrap(), only_kept: true, after: None };
    let shown = catalog::change(&shop, &shop.owner, only_kept).await.unwrap();
    assert_eq!(shown.products, answer.kept);
}

/// A sale that was ended is on again, and one that was begun is over.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn sales_are_taken_back_both_ways(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hat = plain(&shop, "Topi", 50_000).await;
    let sale = domain::catalog::Sale { price: Money::minor(40_000), from: None, until: None };
    let on_sale = plain(&shop, "Peci", 50_000).await;
    let on_sale = changed(&shop, &on_sale, |it| it.variants[0].sale = Some(sale)).await.unwrap();
    let off = done(&shop, those(&[&on_sale]), &BulkChange::SaleOff, "off").await.change_id.unwrap();
    let on = BulkChange::SaleOn {
        price: domain::catalog::bulk::SaleStep::To(Money::minor(45_000)),
        rounding: domain::catalog::bulk::Rounding::None,
        from: None,
        until: None,
    };
    let on = done(&shop, those(&[&hat]), &on, "on").await.change_id.unwrap();
    for id in [off, on] {
        assert_eq!(totals(&undo(&shop, id).await.unwrap()), (1, 0, 0));
    }
    assert_eq!(now(&shop, hat.product_id).await.document, hat.document);
    assert_eq!(now(&shop, on_sale.product_id).await.document, on_sale.document);
}

/// A price that could not stand beside what was set since is kept, with the reason.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn nothing_comes_back_that_could_not_be_saved(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shelf = catalog::create_category(&shop, &shop.owner, category("hats")).await.unwrap();
    let hat = plain(&shop, "Topi", 50_000).await;
    let by = domain::catalog::bulk::Step::Amount(Money::minor(20_000));
    let down = BulkChange::Price {
        direction: domain::catalog::bulk::Direction::Down,
        by,
        rounding: domain::catalog::bulk::Rounding::None,
    };
    let cheaper = done(&shop, those(&[&hat]), &down, "down").await.change_id.unwrap();
    changed(&shop, &now(&shop, hat.product_id).await, |it| {
        it.variants[0].compare_at_price = Some(Money::minor(40_000))
    })
    .await
    .unwrap();
    let answer = undo(&shop, cheaper).await.unwrap();
    assert_eq!(answer.kept[0].undone, Some(UndoVerdict::Kept(Message::FormerIsNotAbove)));
    assert_eq!(price(&now(&shop, hat.product_id).await, 0), 30_000);

    done(&shop, those(&[&hat]), &BulkChange::Category(Some(shelf)), "shelf").await;
    let nowhere = done(&shop, those(&[&hat]), &BulkChange::Category(None), "nowhere").await.change_id.unwrap();
    let row = DeleteCategory { category_id: shelf, version: 1, goods_to: None };
    catalog::delete_category(&shop, &shop.owner, row).await.unwrap();
    let answer = undo(&shop, nowhere).await.unwrap();
    assert_eq!(answer.kept[0].undone, Some(UndoVerdict::Kept(Message::CategoryIsGone)));
}

/// Of many who take one change back at once, one does it, and the others hear that it is done.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn many_undo_at_once_and_it_is_done_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hats = [plain(&shop, "Topi", 10_000).await, plain(&shop, "Peci", 20_000).await];
    let id = done(&shop, those(&[&hats[0], &hats[1]]), &up(1), "k").await.change_id.unwrap();
    let mut tries = JoinSet::new();
    for _ in 0..4 {
        let (inner, owner) = (Shop::clone(&shop), shop.owner.clone());
        tries.spawn(async move { catalog::undo(&inner, &owner, UndoChange { change_id: id }).await.unwrap() });
    }
    let answers = tries.join_all().await;
    assert_eq!(answers.iter().filter(|answer| !answer.already).count(), 1);
    assert!(answers.iter().all(|answer| totals(answer) == (2, 0, 0)));
    for hat in &hats {
        assert_eq!(now(&shop, hat.product_id).await.version, hat.version + 2);
    }
    assert_eq!(shop.count("select count(*) from audit where action = 'undo_change'").await, 1);
}

/// For thirty days by the database's clock; then it is forgotten.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_change_can_be_taken_back_for_thirty_days(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hat = plain(&shop, "Topi", 10_000).await;
    let first = done(&shop, those(&[&hat]), &up(1), "one").await.change_id.unwrap();
    shop.clock().advance(TimeDelta::days(2));
    let second = done(&shop, those(&[&hat]), &up(1), "two").await.change_id.unwrap();
    shop.clock().advance(TimeDelta::days(28));
    assert_eq!(detail(&shop, first).await.change.state, ChangeState::Over);
    let late = undo(&shop, first).await;
    assert!(matches!(late, Err(Error::Refused(Message::UndoTooLate { days: 30 }))), "{late:?}");

    jobs::run_due_work(&shop).await.unwrap();

    let gone = undo(&shop, first).await;
    assert!(matches!(gone, Err(Error::NotFound(Message::NoSuchChange))), "{gone:?}");
    assert_eq!(shop.count("select count(*) from change_products").await, 1);
    assert_eq!(totals(&undo(&shop, second).await.unwrap()), (1, 0, 0));
    assert_eq!(price(&now(&shop, hat.product_id).await, 0), 10_001);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn who_may_not_change_goods_takes_nothing_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let hat = plain(&shop, "Topi", 10_000).await;
    let id = done(&shop, those(&[&hat]), &up(1), "k").await.change_id.unwrap();
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let refused = catalog::undo(&shop, &clerk, UndoChange { change_id: id }).await;
    assert!(matches!(refused, Err(Error::Forbidden(_))), "{refused:?}");
    assert!(matches!(catalog::changes(&shop, &clerk, ListChanges { after: None }).await, Err(Error::Forbidden(_))));
    assert_eq!(detail(&shop, id).await.change.state, ChangeState::Open);
    let never = UndoChange { change_id: ChangeId::new(99) };
    assert!(matches!(catalog::undo(&shop, &shop.owner, never).await, Err(Error::NotFound(Message::NoSuchChange))));
}

/// Many changes, on pages by key.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn changes_and_their_goods_come_in_pages(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let mut hats = Vec::new();
    for number in 0..53 {
        hats.push(plain(&shop, &format!("Topi {number}"), 10_000).await);
    }
    let all: Vec<&StoredProduct> = hats.iter().collect();
    let mut ids = Vec::new();
    for number in 0..52 {
        let some = if number == 0 { &all[..] } else { &all[..1] };
        ids.push(done(&shop, those(some), &up(1), &format!("k{number}")).await.change_id.unwrap());
    }
    ids.reverse();
    let page = catalog::changes(&shop, &shop.owner, ListChanges { after: None }).await.unwrap();
    let rest = catalog::changes(&shop, &shop.owner, ListChanges { after: page.next }).await.unwrap();
    assert_eq!([page.rows, rest.rows].concat().iter().map(|row| row.id).collect::<Vec<_>>(), ids);
    assert_eq!(rest.next, None);
    let page = detail(&shop, ids[51]).await;
    let more = GetChange { change_id: ids[51], only_kept: false, after: page.next };
    let rest = catalog::change(&shop, &shop.owner, more).await.unwrap();
    let found: Vec<ProductId> = [page.products, rest.products].concat().iter().map(|it| it.product_id).collect();
    assert_eq!(found, hats.iter().map(|hat| hat.product_id).collect::<Vec<_>>());
}
