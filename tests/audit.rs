//! The history of the desk: whoever changes something is in it, with what was before and after.

use chrono::{Datelike, NaiveDate, TimeDelta, Utc};
use domain::audit::{AuditAction, AuditPage, FieldChange, ListAudit, SubjectKind};
use domain::catalog::SetTaxClass;
use domain::command::{EFFECTS, Effect};
use domain::id::InboxId;
use domain::inventory::stock_takes::{AbandonStockTake, ApplyStockTake, CountInStockTake, StartStockTake};
use domain::inventory::{CorrectStock, CountStock, ReceiveStock, SetStockLimits};
use domain::jobs::{JobName, RunJob};
use domain::locale::Locale;
use domain::memberships::{DeletePlan, EndMembership, ListPlans, Period};
use domain::money::Money;
use domain::orders::{
    Actor, CallOffRest, CancelOrder, CompleteOrder, LineUnits, ReturnOrder, ReturnedUnits, ShipOrder,
};
use domain::page::PageNumber;
use domain::payments::{
    GatewayOutcome, PaymentDecision, PaymentMethod, RefundDecision, RefundOrder, RefundWhat, RetryNotice,
    SetAsideNotice, SettlePayment, SettleRefund,
};
use domain::pricing::{TaxRules, VoucherKind};
use domain::settings::{SaveSettings, Settings};
use domain::text::TaxClassKey;
use domain::vouchers::{ListVouchers, SwitchVoucher};
use services::inventory::stock_takes;
use services::{audit, catalog, inventory, jobs, memberships, orders, payments, settings, staff, vouchers};
use sqlx::MySqlPool;

use crate::memberships::plan;
use crate::shop::{TestShop, account, category};
use crate::vouchers::voucher;

const ALL: ListAudit =
    ListAudit { staff_id: None, subject: None, search: None, from: None, to: None, page: PageNumber::FIRST };

async fn page(shop: &TestShop, request: ListAudit) -> AuditPage {
    audit::page(shop, &shop.owner, request).await.unwrap()
}

fn told(changes: &[FieldChange]) -> Vec<String> {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "-".to_owned());
    changes.iter().map(|c| format!("{}: {} > {}", c.path.join("."), side(&c.before), side(&c.after))).collect()
}

/// Each command of the table that writes is used here once, and each leaves a row by who used it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn every_command_that_writes_leaves_a_row(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let paid = shop.id(&shop.paid_order(shirt, 1).await).await;
    let unpaid = shop.id(&shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap()).await;

    let mut take = None;
    let begin = |name: &str| StartStockTake { name: name.to_owned() };

    for (name, effect) in EFFECTS {
        if *effect == Effect::Reads {
            continue;
        }
        let mut before = page(&shop, ALL).await.position.total;
        let owner = &shop.owner;
        let expected = match *name {
            // The shop of this test was set up by it, and its row is the oldest.
            "set_up_shop" => {
                let made =
                    "select count(*) from audit where action = 'create_owner' and id = (select min(id) from audit)";
                assert_eq!(shop.count(made).await, 1);
                continue;
            }
            "choose_locale" => {
                staff::choose_locale(&shop, owner, Locale::English).await.unwrap();
                AuditAction::ChooseLocale
            }
            "ship_order" => {
                let request = ShipOrder::all(paid, "JNE-1");
                orders::ship(&shop, owner, request).await.unwrap();
                AuditAction::MoveOrder
            }
            "complete_order" => {
                orders::complete(&shop, owner, CompleteOrder { order_id: paid }).await.unwrap();
                AuditAction::MoveOrder
            }
            "cancel_order" => {
                let request = CancelOrder { order_id: unpaid, reason: "habis".to_owned() };
                orders::cancel(&shop, owner, request).await.unwrap();
                AuditAction::MoveOrder
            }
            "call_off_rest" => {
                let order = shop.detail(&shop.paid_order(shirt, 2).await).await;
                let lines = Some(vec![LineUnits { line_id: order.lines[0].id, quantity: 1 }]);
                orders::ship(&shop, owner, ShipOrder { lines, ..ShipOrder::all(order.id, "") }).await.unwrap();
                before = page(&shop, ALL).await.position.total;
                let request = CallOffRest { order_id: order.id, reason: "habis".to_owned() };
                orders::call_off_rest(&shop, owner, request).await.unwrap();
                AuditAction::MoveOrder
            }
            "return_order" => {
                let line_id = orders::detail(&shop, owner, paid).await.unwrap().lines[0].id;
                let lines = vec![ReturnedUnits { line_id, quantity: 1, restock: true }];
                let (note, key) = ("kekecilan".to_owned(), "sekali".to_owned());
                let request = ReturnOrder { order_id: paid, lines, note, refund: false, key };
                orders::take_back(&shop, owner, request).await.unwrap();
                AuditAction::ReturnOrder
            }
            "refund_order" => {
                let what = RefundWhat::Amount(Money::minor(1_000));
                let (reason, key) = ("sobek".to_owned(), "sekali".to_owned());
                payments::refund(&shop, owner, RefundOrder { order_id: paid, what, reason, key }).await.unwrap();
                AuditAction::RefundOrder
            }
            "save_settings" => {
                let read = settings::detail(&shop, owner).await.unwrap();
                let settings = Settings { name: "Toko Baru".to_owned(), ..read.settings };
                let request = SaveSettings { version: read.version, settings };
                settings::replace(&shop, owner, request).await.unwrap();
                AuditAction::SaveSettings
            }
            "set_tax_class" => {
                let mut wanted = shop.settings().await;
                wanted.tax = TaxRules::ppn();
                settings::save(&shop, owner, wanted).await.unwrap();
                before += 1;
                let tax_class = Some(TaxClassKey::parse("standard").unwrap());
                let product_id = shop.product_of(shirt).await;
                let request = SetTaxClass { product_id, tax_class, seen: None };
                catalog::set_tax_class(&shop, owner, request).await.unwrap();
                AuditAction::SetTaxClass
            }
            "receive_stock" => {
                let request = ReceiveStock { variant_id: shirt, quantity: 3, note: "SJ-7".to_owned() };
                inventory::receive(&shop, owner, request).await.unwrap();
                AuditAction::ReceiveStock
            }
            "correct_stock" => {
                let request = CorrectStock { variant_id: shirt, delta: -1, note: "sobek".to_owned() };
                inventory::correct(&shop, owner, request).await.unwrap();
                AuditAction::CorrectStock
            }
            "count_stock" => {
                let seen_on_hand = u32::try_from(shop.stock(shirt).await.0).unwrap();
                let request =
                    CountStock { variant_id: shirt, counted: seen_on_hand + 1, seen_on_hand, note: String::new() };
                inventory::count(&shop, owner, request).await.unwrap();
                AuditAction::CountStock
            }
            "set_stock_limits" => {
                let request =
                    SetStockLimits { variant_id: shirt, low_stock_limit: 4, min_quantity: 1, max_quantity: 9 };
                inventory::set_limits(&shop, owner, request).await.unwrap();
                AuditAction::SetStockLimits
            }
            "start_stock_take" => {
                take = Some(stock_takes::start(&shop, owner, begin("Rak A")).await.unwrap().row.id);
                AuditAction::StartStockTake
            }
            "count_in_stock_take" => {
                let request = CountInStockTake { stock_take_id: take.unwrap(), sku: "SHIRT".to_owned(), counted: 30 };
                stock_takes::count(&shop, owner, request).await.unwrap();
                AuditAction::CountStock
            }
            "apply_stock_take" => {
                let request = ApplyStockTake { stock_take_id: take.unwrap(), version: 1 };
                stock_takes::apply(&shop, owner, request).await.unwrap();
                AuditAction::CloseStockTake
            }
            "abandon_stock_take" => {
                let other = stock_takes::start(&shop, owner, begin("Rak B")).await.unwrap().row.id;
                before += 1;
                stock_takes::abandon(&shop, owner, AbandonStockTake { stock_take_id: other }).await.unwrap();
                AuditAction::CloseStockTake
            }
            "settle_payment" => {
                let placed = shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap();
                let mut wrong = TestShop::notification(&placed, GatewayOutcome::Paid);
                wrong.amount = Money::minor(1);
                shop.notify(&wrong).await.unwrap();
                let payment_id = shop.detail(&placed).await.to_check[0].id;
                let request =
                    SettlePayment { payment_id, decision: PaymentDecision::Dismiss, reason: "salah".to_owned() };
                payments::settle_payment(&shop, owner, request).await.unwrap();
                AuditAction::SettlePayment
            }
            "settle_refund" => {
                let refused = "update refunds set status = 'failed', by_hand = false, settled_at = created_at";
                sqlx::query(refused).execute(&services::testing::database(&shop)).await.unwrap();
                let refund_id = orders::detail(&shop, owner, paid).await.unwrap().refunds[0].id;
                let request = SettleRefund { refund_id, decision: RefundDecision::ByHand, reason: "bank".to_owned() };
                payments::settle_refund(&shop, owner, request).await.unwrap();
                AuditAction::SettleRefund
            }
            "retry_notice" | "set_aside_notice" => {
                // Each a notice of its own, of a service that is not used any more.
                let gone = "insert into payment_inbox (gateway, event_key, body, received_at, stuck_since)
                            values ('closed', ?, '{}', utc_timestamp(6), utc_timestamp(6))";
                let pool = services::testing::database(&shop);
                let made = sqlx::query(gone).bind(*name).execute(&pool).await.unwrap();
                let notice_id = InboxId::new(made.last_insert_id());
                if *name == "retry_notice" {
                    payments::retry(&shop, owner, RetryNotice { notice_id }).await.unwrap_err();
                    AuditAction::RetryNotice
                } else {
                    let reason = "sudah diurus".to_owned();
                    payments::set_aside(&shop, owner, SetAsideNotice { notice_id, reason }).await.unwrap();
                    AuditAction::SetAsideNotice
                }
            }
            "run_job" => {
                jobs::run_now(&shop, owner, RunJob { job: JobName::CleanUp }).await.unwrap();
                AuditAction::RunJob
            }
            "save_voucher" => {
                vouchers::save(&shop, owner, voucher("HEMAT", VoucherKind::FreeDelivery)).await.unwrap();
                AuditAction::SaveVoucher
            }
            "switch_voucher" => {
                let list = ListVouchers { search: None, page: PageNumber::FIRST };
                let row = vouchers::page(&shop, owner, list).await.unwrap().rows.remove(0);
                let request = SwitchVoucher {
                    voucher_id: row.voucher.id,
                    version: row.version,
                    is_active: !row.voucher.is_active,
                };
                vouchers::switch(&shop, owner, request).await.unwrap();
                AuditAction::SwitchVoucher
            }
            "save_plan" => {
                memberships::save_plan(&shop, owner, plan(Period::Monthly, 29_000)).await.unwrap();
                AuditAction::SavePlan
            }
            "delete_plan" => {
                let row = memberships::plans(&shop, owner, ListPlans {}).await.unwrap().rows.remove(0);
                let request = DeletePlan { plan_id: row.plan.id, version: row.version };
                memberships::delete_plan(&shop, owner, request).await.unwrap();
                AuditAction::DeletePlan
            }
            "end_membership" => {
                let siti = account(&shop, "siti@example.com").await;
                let row = memberships::save_plan(&shop, owner, plan(Period::Yearly, 299_000)).await.unwrap();
                shop.become_member(&siti, &row).await;
                before += 1;
                let membership_id = shop.membership(&siti).await.unwrap().id;
                let (reason, refund, key) = ("minta berhenti".to_owned(), Some(Money::minor(1_000)), "k".to_owned());
                memberships::end(&shop, owner, EndMembership { membership_id, reason, refund, key }).await.unwrap();
                AuditAction::EndMembership
            }
            other => panic!("{other} writes, and this test does not use it"),
        };
        let after = page(&shop, ALL).await;
        assert_eq!(after.position.total, before + 1, "{name} leaves no row, or several");
        assert_eq!(after.rows[0].action, expected, "{name}");
        assert_eq!(after.rows[0].actor, Actor::Staff(owner.name.clone()), "{name}");
        assert!(!after.rows[0].changes.is_empty(), "{name} does not tell what changed");
    }
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_row_tells_what_was_before_and_after(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let request = ReceiveStock { variant_id: shirt, quantity: 3, note: " SJ-7 ".to_owned() };
    inventory::receive(&shop, &shop.owner, request).await.unwrap();
    let mut wanted = shop.settings().await;
    wanted.name = "Toko Baru".to_owned();
    wanted.unpaid_hours = 48;
    settings::save(&shop, &shop.owner, wanted).await.unwrap();

    let rows = page(&shop, ALL).await.rows;
    assert_eq!(told(&rows[0].changes), ["name: Toko Uji > Toko Baru", "unpaid_hours: 24 > 48"]);
    assert_eq!(rows[0].subject.kind, SubjectKind::Settings);
    assert_eq!(told(&rows[1].changes), ["note: - > SJ-7", "on_hand: 9 > 12"]);
    assert_eq!((rows[1].subject.id.as_str(), rows[1].subject.name.as_str()), (&*shirt.to_string(), "SHIRT"));
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn what_is_refused_leaves_no_row(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    let unpaid = shop.id(&shop.order(shirt, 1, PaymentMethod::Demo).await.unwrap()).await;
    let before = page(&shop, ALL).await.position.total;

    orders::complete(&shop, &shop.owner, CompleteOrder { order_id: unpaid }).await.unwrap_err();
    catalog::create_category(&shop, &shop.owner, category("x")).await.unwrap();
    catalog::create_category(&shop, &shop.owner, category("x")).await.unwrap_err();

    assert_eq!(page(&shop, ALL).await.position.total, before + 1);
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_history_is_found_by_person_thing_name_and_day(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let shirt = shop.variant("SHIRT", 150_000, 9).await;
    for _ in 0..30 {
        let request = ReceiveStock { variant_id: shirt, quantity: 1, note: String::new() };
        inventory::receive(&shop, &shop.owner, request).await.unwrap();
    }

    let stock = ListAudit { subject: Some(SubjectKind::Variant), ..ALL };
    let first = page(&shop, stock.clone()).await;
    assert_eq!((first.position.total, first.rows.len()), (30, 25));
    let second = page(&shop, ListAudit { page: PageNumber::new(2), ..stock }).await;
    assert_eq!(second.rows.len(), 5);
    assert!(second.rows[0].id < first.rows[24].id, "newest first");

    let by_owner = page(&shop, ListAudit { staff_id: Some(shop.owner.id), ..ALL }).await;
    assert_eq!(by_owner.position.total, page(&shop, ALL).await.position.total);
    assert_eq!(by_owner.people, [(shop.owner.id, shop.owner.name.clone())]);
    let nobody = ListAudit { staff_id: Some(domain::staff::StaffId::new(99)), ..ALL };
    assert_eq!(page(&shop, nobody).await.position.total, 0);
    let named = page(&shop, ListAudit { search: Some("shir".to_owned()), ..ALL }).await;
    assert_eq!(named.position.total, 31, "the product that was made and its thirty deliveries");
    assert_eq!(page(&shop, ListAudit { search: Some("100%".to_owned()), ..ALL }).await.position.total, 0);

    // The shop's clock is seven hours ahead of the database's.
    let today = (Utc::now() + TimeDelta::hours(7)).date_naive();
    let until_today = ListAudit { from: today.with_day(1), to: Some(today), ..ALL };
    assert_eq!(page(&shop, until_today).await.position.total, by_owner.position.total);
    let tomorrow = ListAudit { from: today.succ_opt(), ..ALL };
    assert_eq!(page(&shop, tomorrow).await.position.total, 0);
    let yesterday = ListAudit { to: today.pred_opt(), ..ALL };
    assert_eq!(page(&shop, yesterday).await.position.total, 0);
    // Days that no database and no clock can tell are days all the same.
    let (never, always) = (Some(NaiveDate::MIN), Some(NaiveDate::MAX));
    for (from, to, found) in [
        (never, always, by_owner.position.total),
        (always, None, 0),
        (None, never, 0),
        (always, never, 0),
        (NaiveDate::from_ymd_opt(-1, 1, 1), NaiveDate::from_ymd_opt(12_000, 1, 1), by_owner.position.total),
    ] {
        assert_eq!(page(&shop, ListAudit { from, to, ..ALL }).await.position.total, found, "{from:?} {to:?}");
    }
}

/// Rows are added and never changed: nothing in the services updates or deletes them.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn the_clean_up_leaves_the_history_alone(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let before = page(&shop, ALL).await.position.total;
    shop.clock().advance(TimeDelta::days(800));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(page(&shop, ALL).await.position.total, before);
}
