//! Notes on products, which staff read and shoppers never do.

use domain::audit::{AuditAction, ListAudit};
use domain::catalog::{GetStaffNote, ListProducts, ProductId, SetStaffNote};
use domain::message::Message;
use domain::page::PageNumber;
use domain::payments::PaymentMethod;
use domain::problem::{FieldProblem, Problem};
use domain::staff::{Permission, Role, Staff};
use services::{Error, Result, audit, catalog};
use sqlx::MySqlPool;
use storefront::ROUTES;

use crate::served::Served;
use crate::shop::TestShop;

const FRAGILE: &str = "mudah pecah, bungkus dua lapis";

impl TestShop {
    /// Writes a note as the owner who saw the other one.
    async fn note(&self, product_id: ProductId, seen: &str, note: &str) -> Result<String> {
        let request = SetStaffNote { product_id, note: note.to_owned(), seen: seen.to_owned() };
        Ok(catalog::notes::set(self, &self.owner, request).await?.note)
    }

    /// The note as a clerk reads it.
    async fn noted(&self, product_id: ProductId) -> String {
        let clerk = Staff { role: Role::Staff, ..self.owner.clone() };
        catalog::notes::show(self, &clerk, GetStaffNote { product_id }).await.unwrap().note
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_owner_leaves_a_note_that_staff_read_and_the_history_tells(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let product = shop.product_of(shirt).await;
    assert_eq!(shop.noted(product).await, "");

    let awkward = "<b>Awas</b> 🌸 O'Brien \"50%\" \\n {note} 王小明; drop table products; --";
    assert_eq!(shop.note(product, "", &format!("  {awkward} ")).await.unwrap(), awkward);
    shop.note(product, "", awkward).await.unwrap();
    assert_eq!(shop.noted(product).await, awkward, "a second click changes nothing");
    let longest = "é".repeat(500);
    shop.note(product, awkward, &longest).await.unwrap();
    assert_eq!(shop.note(product, &longest, " ").await.unwrap(), "");
    assert_eq!(shop.noted(product).await, "");

    let all = ListAudit { staff_id: None, subject: None, search: None, from: None, to: None, page: PageNumber::FIRST };
    let rows = audit::page(&shop, &shop.owner, all).await.unwrap().rows;
    let notes: Vec<_> = rows.iter().filter(|row| row.action == AuditAction::SetStaffNote).collect();
    assert_eq!(notes.len(), 3, "written, written anew and removed");
    let first = &notes[2];
    assert_eq!((first.subject.id.as_str(), first.subject.name.as_str()), (&*product.to_string(), "shirt"));
    let change = &first.changes[0];
    assert_eq!((change.path.join("."), change.before.as_deref()), ("note".to_owned(), None));
    assert_eq!(change.after.as_deref(), Some(awkward));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_note_that_somebody_wrote_meanwhile_is_not_written_over(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let product = shop.product_of(shirt).await;
    shop.note(product, "", FRAGILE).await.unwrap();

    let late = shop.note(product, "", "kirim dengan kardus").await.unwrap_err();

    assert!(matches!(late, Error::Refused(Message::ChangedMeanwhile)), "{late:?}");
    assert_eq!(shop.noted(product).await, FRAGILE);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_note_is_refused_to_a_clerk_and_a_bad_one_at_its_field(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let product = shop.product_of(shirt).await;
    let clerk = Staff { role: Role::Staff, ..shop.owner.clone() };
    let request = SetStaffNote { product_id: product, note: FRAGILE.to_owned(), seen: String::new() };
    let refused = catalog::notes::set(&shop, &clerk, request).await.unwrap_err();
    assert!(matches!(&refused, Error::Forbidden(no) if no.permission == Permission::ChangeCatalog), "{refused:?}");

    for (bad, why) in [
        ("x".repeat(501), Message::TooLong { most: 500 }),
        ("dua\nbaris".to_owned(), Message::ControlCharacters),
        ("a\u{0}b".to_owned(), Message::ControlCharacters),
    ] {
        let refused = shop.note(product, "", &bad).await.unwrap_err();
        assert_eq!(Problem::from(&refused).fields, [FieldProblem::new("note", why)]);
    }
    let nowhere = shop.note(ProductId::new(99), "", FRAGILE).await.unwrap_err();
    assert!(matches!(nowhere, Error::NotFound(Message::NoSuchProduct)), "{nowhere:?}");
    assert_eq!(shop.noted(product).await, "");
    assert_eq!(shop.count("select count(*) from audit where action = 'set_staff_note'").await, 0);
}

/// Every address of the shop that can be read is read by somebody who bought the product and has it in the cart.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn no_page_and_no_answer_of_the_api_tells_a_note_to_shoppers(db: MySqlPool) {
    let shop = Served::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;
    let product = shop.product_of(shirt).await;
    shop.note(product, "", FRAGILE).await.unwrap();
    let placed = shop.order(shirt, 1, PaymentMethod::CashOnDelivery).await.unwrap();
    let visitor = shop.visitor();
    visitor.get("/products/shirt").await;
    assert_eq!(visitor.post("/cart/lines", &[("product", "shirt"), ("quantity", "1")]).await.status, 303);
    let cart = shop.cart(shirt, 1).await;

    let mut that_show_it = 0;
    for route in ROUTES.iter().filter(|route| route.method == "get") {
        let path = route.path.replace("{slug}", "shirt").replace("{id}", &cart).replace("{number}", &placed.number);
        let answer = visitor.get(&format!("{path}?token={}", placed.access_token)).await;
        assert!(!answer.text.contains("mudah pecah"), "{path} tells it");
        that_show_it += usize::from(answer.text.contains("Barang SHIRT"));
    }
    assert!(that_show_it >= 10, "only {that_show_it} addresses show the product at all");
    for search in ["mudah pecah", "bungkus"] {
        let request = ListProducts { search: Some(search.to_owned()), ..ListProducts::default() };
        assert_eq!(catalog::page(&shop, request).await.unwrap().position.total, 0, "a search finds it by its note");
    }
    shop.stop().await;
}
