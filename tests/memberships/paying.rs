//! Money for memberships: it makes one exactly once, or goes back, whoever is first.

use std::time::Duration;

use chrono::TimeDelta;
use domain::events::Happening;
use domain::memberships::{BuyMembership, ListPurchases, PurchaseKind, PurchaseRow, PurchaseStatus};
use domain::message::Message;
use domain::money::Money;
use domain::page::PageNumber;
use domain::payments::{GatewayOutcome, PaymentMethod, RefundStatus};
use domain::settings::Settings;
use services::checkout::Buyer;
use services::payments::Received;
use services::{Error, checkout, customers, jobs, memberships, payments, settings};
use sqlx::MySqlPool;

use super::told;
use crate::gateway::RealGateway;
use crate::shop::{TestShop, account, request};

impl TestShop {
    /// Every purchase as the desk sees it, newest first.
    async fn bought(&self) -> Vec<PurchaseRow> {
        let all = ListPurchases { status: None, needs_review: false, search: None, page: PageNumber::FIRST };
        memberships::purchases(self, &self.owner, all).await.unwrap().rows
    }

    /// All money that came for memberships is in one, or on its way back.
    async fn assert_money_is_accounted_for(&self) {
        let lost = "select count(*) from payments p join membership_purchases b on b.id = p.membership_purchase_id
                    where p.status = 'paid' and b.status <> 'paid'
                      and p.amount <> (select coalesce(sum(r.amount), 0) from refunds r where r.payment_id = p.id)";
        assert_eq!(self.count(lost).await, 0, "money was kept for nothing");
        let twice = "select count(*) from (select p.membership_purchase_id from payments p
                     left join refunds r on r.payment_id = p.id and r.amount = p.amount
                     where p.status = 'paid' and p.membership_purchase_id is not null and r.id is null
                     group by p.membership_purchase_id having count(*) > 1) kept";
        assert_eq!(self.count(twice).await, 0, "two payments of one purchase were kept");
        let terms = "select count(*) from memberships m where m.value_amount >
                     (select coalesce(sum(b.price_amount), 0) from membership_purchases b where b.membership_id = m.id)";
        assert_eq!(self.count(terms).await, 0, "a membership is worth more than was bought");
    }
}

/// Checklist 69. Pitfall M14. Twenty deliveries of one notification and another event about the same money make one
/// membership.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_makes_a_membership_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let purchase = shop.ask_for(&siti, &monthly).await.unwrap();
    assert_eq!(shop.membership(&siti).await, None, "nothing is given before the money is proved");
    shop.go_to_pay(&siti, &purchase).await;
    let paid = told(&purchase, 1, GatewayOutcome::Paid);

    let mut posts = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let (shop, body) = (Clone::clone(&*shop), serde_json::to_vec(&paid).unwrap());
        posts.spawn(async move {
            let signature = payments::demo::sign(crate::shop::SECRET, chrono::Utc::now().timestamp(), &body);
            let headers = [(payments::demo::SIGNATURE_HEADER.to_owned(), signature)];
            payments::receive(&shop, "demo", &headers, &body).await.unwrap()
        });
    }
    let new = posts.join_all().await.into_iter().filter(|received| *received == Received::New).count();
    assert_eq!(new, 1);
    let mut again = paid.clone();
    again.event_id.push_str("-again");
    shop.notify(&again).await.unwrap();

    let membership = shop.membership(&siti).await.unwrap();
    assert!((membership.ends_at - membership.started_at).num_days() <= 31, "one month and no more");
    assert_eq!(shop.count("select count(*) from memberships").await, 1);
    assert_eq!(shop.letters_of("membership_paid").await, 1);
    shop.assert_money_is_accounted_for().await;
}

/// Pitfall M14. Pitfall M15. A purchase is no order: it is named by columns of its own and blocks nothing.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_purchase_that_waits_keeps_nobody_from_buying_goods(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let wanted = Settings { one_unpaid_order: true, ..shop.settings().await };
    settings::save(&shop, &shop.owner, wanted).await.unwrap();
    let (monthly, yearly) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let shirt = shop.variant("SHIRT", 150_000, 5).await;

    let purchase = shop.ask_for(&siti, &monthly).await.unwrap();
    let once_more = shop.ask_for(&siti, &monthly).await.unwrap();
    assert_eq!(purchase, once_more, "a double click is one purchase");
    let key = customers::accounts::cart_key(&shop, &siti).await.unwrap();
    services::carts::set_line(&shop, &key, shirt, 1).await.unwrap();
    let buyer = Buyer { cart: &key, account: Some(siti.id) };
    checkout::place(&shop, buyer, "once", request(PaymentMethod::CashOnDelivery)).await.unwrap();

    assert_eq!(shop.count("select count(*) from orders").await, 1, "only the goods are an order");
    let columns = "select count(*) from membership_purchases b join membership_plans p on p.id = b.plan_id
                   where b.period = p.period and b.price_amount = p.price_amount and b.membership_id is null";
    assert_eq!(shop.count(columns).await, 1);

    let other = shop.ask_for(&siti, &yearly).await.unwrap();
    assert_ne!(other.number, purchase.number);
    let first = memberships::purchase(&shop, &siti, &purchase.number).await.unwrap();
    assert_eq!(first.status, PurchaseStatus::Cancelled, "one purchase waits at a time");
    let stranger = account(&shop, "ayu@example.com").await;
    let foreign = memberships::purchase(&shop, &stranger, &other.number).await.unwrap_err();
    assert!(matches!(foreign, Error::NotFound(Message::NoSuchPurchase)), "{foreign:?}");
}

/// Checklist 65.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn nobody_pays_a_price_that_was_not_shown(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let seen = BuyMembership { plan_id: monthly.plan.id, expected_due: Some(Money::minor(1)) };
    let refused = memberships::buy(&shop, &siti, seen).await.unwrap_err();
    assert!(matches!(&refused, Error::Refused(Message::MembershipCostChanged { .. })), "{refused:?}");
    assert_eq!(shop.count("select count(*) from membership_purchases").await, 0);
}

/// Pitfall M14. Two purchases are paid at the same moment: one membership, and the other's money goes back.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn two_purchases_paid_in_parallel_never_make_two_memberships(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, yearly) = shop.two_plans().await;
    for round in 0..8 {
        let who = account(&shop, &format!("buyer{round}@example.com")).await;
        let first = shop.ask_for(&who, &monthly).await.unwrap();
        shop.go_to_pay(&who, &first).await;
        // The first runs out of time or is given up for another plan, and both are paid after all.
        if round % 2 == 0 {
            shop.some_hours_later(25).await;
        }
        let second = shop.ask_for(&who, if round % 4 < 2 { &yearly } else { &monthly }).await.unwrap();
        shop.go_to_pay(&who, &second).await;
        let (one, two) = (told(&first, 1, GatewayOutcome::Paid), told(&second, 1, GatewayOutcome::Paid));
        let (one, two) = tokio::join!(shop.notify(&one), shop.notify(&two));
        one.unwrap();
        two.unwrap();
        jobs::run_due_work(&shop).await.unwrap();

        let alive = shop.membership(&who).await.unwrap();
        assert!(alive.ends_at > shop.now().await.unwrap());
        shop.assert_money_is_accounted_for().await;
    }
    let living = "select count(*) from memberships where status = 'active'";
    assert_eq!(shop.count(living).await, 8);
    assert_eq!(shop.count("select count(*) from memberships").await, 8);
}

/// A payment and the end of its purchase's time at once: whoever is first, the money is used or on its way back.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn paying_and_running_out_at_once_lose_nothing(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    for round in 0..6 {
        let who = account(&shop, &format!("buyer{round}@example.com")).await;
        let purchase = shop.ask_for(&who, &monthly).await.unwrap();
        shop.go_to_pay(&who, &purchase).await;
        shop.clock().advance(TimeDelta::hours(25));
        let paid = told(&purchase, 1, GatewayOutcome::Paid);
        let (paid, done) = tokio::join!(shop.notify(&paid), jobs::run_due_work(&shop));
        paid.unwrap();
        done.unwrap();
        jobs::run_due_work(&shop).await.unwrap();

        let settled = memberships::purchase(&shop, &who, &purchase.number).await.unwrap();
        assert_eq!(settled.status, PurchaseStatus::Paid, "late money is good for what it was asked for");
        assert!(shop.membership(&who).await.is_some());
        shop.assert_money_is_accounted_for().await;
    }
}

/// A renewal is paid at the instant of the end, while the job notes that end.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_renewal_that_races_with_the_end_leaves_one_membership(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    for round in 0..6 {
        let who = account(&shop, &format!("buyer{round}@example.com")).await;
        shop.become_member(&who, &monthly).await;
        let ends_at = shop.membership(&who).await.unwrap().ends_at;
        let left = ends_at - shop.now().await.unwrap();
        shop.clock().advance(left - TimeDelta::minutes(1));
        let renewal = shop.ask_for(&who, &monthly).await.unwrap();
        assert_eq!(renewal.kind, PurchaseKind::Renew);
        shop.go_to_pay(&who, &renewal).await;
        shop.clock().advance(TimeDelta::minutes(1) + TimeDelta::seconds(1));
        let paid = told(&renewal, 1, GatewayOutcome::Paid);
        let (paid, done) = tokio::join!(shop.notify(&paid), jobs::run_due_work(&shop));
        paid.unwrap();
        done.unwrap();

        let alive = shop.membership(&who).await.unwrap();
        assert!((27..=31).contains(&(alive.ends_at - shop.now().await.unwrap()).num_days()));
        shop.assert_money_is_accounted_for().await;
    }
    let living = "select count(*) from memberships where status = 'active'";
    assert_eq!(shop.count(living).await, 1, "those of the rounds before are over by now");
}

/// Checklist 66. Pitfall M14. What was asked for is priced anew when the membership changed before it is paid, and when
/// the money comes; what is too much goes back and is told.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_upgrade_is_priced_anew_when_the_membership_changed(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let gateway = RealGateway::of(&shop);
    let (monthly, yearly) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    shop.become_member(&siti, &monthly).await;
    // A renewal that ran out of time, whose money is yet to come.
    let renewal = shop.ask_for(&siti, &monthly).await.unwrap();
    let page = payments::begin_membership(&shop, &siti, &renewal.number).await.unwrap();
    gateway.decide(&page, "pay").await;
    shop.set_demo_gateway("http://127.0.0.1:9", crate::shop::SECRET);
    shop.some_hours_later(25).await;
    gateway.back_to(&shop);

    let upgrade = shop.ask_for(&siti, &yearly).await.unwrap();
    payments::begin_membership(&shop, &siti, &upgrade.number).await.unwrap();
    shop.notify(&told(&renewal, 1, GatewayOutcome::Paid)).await.unwrap();
    assert_eq!(memberships::purchase(&shop, &siti, &renewal.number).await.unwrap().status, PurchaseStatus::Paid);
    payments::begin_membership(&shop, &siti, &upgrade.number).await.unwrap();
    let anew = memberships::purchase(&shop, &siti, &upgrade.number).await.unwrap();
    assert!(anew.due < upgrade.due, "more days are left, so less is due");

    // The first price is paid all the same: its attempt was given up a moment too late.
    let mut live = shop.subscribe();
    shop.notify(&told(&upgrade, 1, GatewayOutcome::Paid)).await.unwrap();
    let settled = shop.bought().await.remove(0);
    assert_eq!(settled.purchase.status, PurchaseStatus::Paid);
    let excess = upgrade.due.minus(anew.due).unwrap();
    assert_eq!(settled.refunds.iter().map(|refund| refund.amount).collect::<Vec<_>>(), [excess]);
    let expected =
        Happening::MembershipMoneyGoesBack { purchase_id: upgrade.id, number: upgrade.number.clone(), amount: excess };
    let heard = async { while live.recv().await.unwrap().what != expected {} };
    tokio::time::timeout(Duration::from_secs(5), heard).await.unwrap();
    assert_eq!(shop.membership(&siti).await.unwrap().plan.en, "Family");
    shop.assert_money_is_accounted_for().await;
}

/// Pitfall M14. A purchase whose time had run out is paid when another plan runs already: it becomes an upgrade, and tells
/// what it cost and not what was asked for.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn late_money_that_upgrades_tells_what_was_kept(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, yearly) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let late = shop.ask_for(&siti, &yearly).await.unwrap();
    shop.go_to_pay(&siti, &late).await;
    shop.some_hours_later(25).await;
    shop.become_member(&siti, &monthly).await;

    shop.notify(&told(&late, 1, GatewayOutcome::Paid)).await.unwrap();

    let settled = shop.bought().await.into_iter().find(|row| row.purchase.number == late.number).unwrap();
    let purchase = &settled.purchase;
    assert_eq!((purchase.status, purchase.kind), (PurchaseStatus::Paid, PurchaseKind::Upgrade));
    assert!(purchase.credit > Money::ZERO, "the days of the month are worth something");
    assert_eq!(purchase.due, late.due.minus(purchase.credit).unwrap());
    assert_eq!(settled.balance.left(), purchase.due, "what was kept is what it cost");
    shop.assert_money_is_accounted_for().await;
}

/// A clock that was ahead when the membership began is set right before the upgrade is paid: the money does its
/// work all the same, and the new term begins no earlier than the one that it replaces.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_upgrade_is_paid_after_the_clock_was_set_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, yearly) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    shop.clock().advance(TimeDelta::days(3));
    shop.become_member(&siti, &monthly).await;
    let began = shop.membership(&siti).await.unwrap().started_at;
    let upgrade = shop.ask_for(&siti, &yearly).await.unwrap();
    shop.go_to_pay(&siti, &upgrade).await;
    shop.clock().advance(TimeDelta::days(-3));

    shop.notify(&told(&upgrade, 1, GatewayOutcome::Paid)).await.unwrap();

    let upgraded = shop.membership(&siti).await.unwrap();
    assert_eq!(upgraded.plan_id, yearly.plan.id);
    assert_eq!((upgraded.ends_at - began).num_days(), 365, "a whole year");
    shop.assert_money_is_accounted_for().await;
}

/// Money for what was called off goes back through the gateway, and the desk sees it.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn money_for_a_purchase_that_was_called_off_goes_back(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let gateway = RealGateway::of(&shop);
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let purchase = shop.ask_for(&siti, &monthly).await.unwrap();
    let page = payments::begin_membership(&shop, &siti, &purchase.number).await.unwrap();
    let off = memberships::give_up(&shop, &siti, &purchase.number).await.unwrap();
    assert_eq!(off.status, PurchaseStatus::Cancelled);
    gateway.decide(&page, "pay").await;
    shop.notify(&told(&purchase, 1, GatewayOutcome::Paid)).await.unwrap();
    assert_eq!(shop.membership(&siti).await, None);

    shop.clock().advance(TimeDelta::minutes(1));
    jobs::run_due_work(&shop).await.unwrap();

    assert_eq!(gateway.refunded_of(&format!("{}-1", purchase.number)), [purchase.due]);
    let row = shop.bought().await.remove(0);
    assert_eq!((row.purchase.status, row.balance.left()), (PurchaseStatus::Refunded, Money::ZERO));
    assert_eq!(row.refunds[0].status, RefundStatus::Succeeded);
    assert_eq!(shop.letters_of("refund_requested").await + shop.letters_of("refund_succeeded").await, 2);
    let again = payments::begin_membership(&shop, &siti, &purchase.number).await.unwrap_err();
    assert!(matches!(again, Error::Refused(Message::NothingToPay)), "{again:?}");
}

#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn another_amount_gives_nothing_and_is_shown_to_the_owner(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let purchase = shop.ask_for(&siti, &monthly).await.unwrap();
    shop.go_to_pay(&siti, &purchase).await;
    let mut wrong = told(&purchase, 1, GatewayOutcome::Paid);
    wrong.amount = Money::minor(1);

    shop.notify(&wrong).await.unwrap();

    assert_eq!(shop.membership(&siti).await, None);
    let to_review = ListPurchases { status: None, needs_review: true, search: None, page: PageNumber::FIRST };
    let page = memberships::purchases(&shop, &shop.owner, to_review).await.unwrap();
    assert_eq!((page.rows.len(), page.needs_review, page.rows[0].needs_review), (1, 1, true));
}

/// Days that are worth more than the new plan: there is nothing to pay, and no money is made up.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn an_upgrade_that_costs_nothing_is_done_at_once(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let cheap = super::plan(domain::memberships::Period::Yearly, 20_000);
    let cheap = memberships::save_plan(&shop, &shop.owner, cheap).await.unwrap();
    let siti = account(&shop, "siti@example.com").await;
    shop.become_member(&siti, &monthly).await;

    let upgrade = shop.ask_for(&siti, &cheap).await.unwrap();

    assert_eq!((upgrade.status, upgrade.due), (PurchaseStatus::Paid, Money::ZERO));
    assert_eq!(shop.membership(&siti).await.unwrap().plan_id, cheap.plan.id);
    assert_eq!(shop.count("select count(*) from payments where amount = 0").await, 0);
}
