//! Memberships: bought, renewed, upgraded and ended, and what they are good for.

use chrono::TimeDelta;
use domain::customers::Customer;
use domain::locale::Translated;
use domain::memberships::{
    BuyMembership, DeletePlan, ListMembers, ListPlans, Membership, MembershipStatus, NotForSale, Period, PlanRow,
    Purchase, PurchaseKind, PurchaseStatus, SavePlan,
};
use domain::message::Message;
use domain::money::{BasisPoints, Currency, Money};
use domain::page::PageNumber;
use domain::payments::{DemoNotification, GatewayOutcome};
use services::{Error, Result, jobs, memberships, payments};
use sqlx::MySqlPool;

use crate::shop::{TestShop, account};

mod benefits;
mod ending;
mod pages;
mod paying;

/// A plan of that period and price: five percent for a month, ten percent and free delivery for a year.
pub(crate) fn plan(period: Period, price: i64) -> SavePlan {
    let (id, en, percent) = match period {
        Period::Monthly => ("Sahabat", "Friend", 500),
        Period::Yearly => ("Keluarga", "Family", 1_000),
    };
    SavePlan {
        plan_id: None,
        version: 0,
        name: Translated { id: id.to_owned(), en: en.to_owned() },
        description: Translated { id: "Lebih hemat.".to_owned(), en: "Save more.".to_owned() },
        period,
        price: Money::minor(price),
        percent_off: BasisPoints::new(percent),
        free_delivery: period == Period::Yearly,
        is_active: true,
    }
}

impl TestShop {
    /// The plans of the demo: 29,000 a month and 299,000 a year.
    pub(crate) async fn two_plans(&self) -> (PlanRow, PlanRow) {
        let monthly = memberships::save_plan(self, &self.owner, plan(Period::Monthly, 29_000)).await.unwrap();
        let yearly = memberships::save_plan(self, &self.owner, plan(Period::Yearly, 299_000)).await.unwrap();
        (monthly, yearly)
    }

    pub(crate) async fn ask_for(&self, customer: &Customer, plan: &PlanRow) -> Result<Purchase> {
        let request = BuyMembership { plan_id: plan.plan.id, expected_due: None };
        memberships::buy(self, customer, request).await
    }

    /// Goes to the gateway's page; where there is no gateway, the attempt is made all the same.
    pub(crate) async fn go_to_pay(&self, customer: &Customer, purchase: &Purchase) {
        match payments::begin_membership(self, customer, &purchase.number).await {
            Ok(_) | Err(Error::Unavailable { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }

    /// Asks for a plan and pays for it.
    pub(crate) async fn become_member(&self, customer: &Customer, plan: &PlanRow) -> Purchase {
        let purchase = self.ask_for(customer, plan).await.unwrap();
        self.go_to_pay(customer, &purchase).await;
        self.notify(&told(&purchase, 1, GatewayOutcome::Paid)).await.unwrap();
        memberships::purchase(self, customer, &purchase.number).await.unwrap()
    }

    pub(crate) async fn membership(&self, customer: &Customer) -> Option<Membership> {
        memberships::own(self, customer).await.unwrap().0
    }

    pub(crate) async fn some_hours_later(&self, hours: i64) {
        self.clock().advance(TimeDelta::hours(hours));
        jobs::run_due_work(self).await.unwrap();
    }

    /// Letters of a kind.
    async fn letters_of(&self, kind: &str) -> usize {
        let rows: Vec<(u64,)> = sqlx::query_as("select id from mail_outbox where kind = ?")
            .bind(kind)
            .fetch_all(&services::testing::database(self))
            .await
            .unwrap();
        rows.len()
    }
}

/// What the gateway posts of the attempt with that number.
pub(crate) fn told(purchase: &Purchase, attempt: u32, outcome: GatewayOutcome) -> DemoNotification {
    DemoNotification {
        event_id: format!("evt-{}-{attempt}-{outcome}", purchase.number),
        reference: format!("{}-{attempt}", purchase.number),
        outcome,
        amount: purchase.due,
        currency: Currency::Rupiah,
        at: chrono::Utc::now(),
    }
}

/// Checklist 65. Checklist 66. Checklist 71.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_membership_is_renewed_upgraded_and_left_to_end(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, yearly) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;

    let first = shop.become_member(&siti, &monthly).await;
    assert_eq!((first.kind, first.status, first.due), (PurchaseKind::New, PurchaseStatus::Paid, Money::minor(29_000)));
    let begun = shop.membership(&siti).await.unwrap();
    let now = shop.now().await.unwrap();
    let days = (begun.ends_at - now).num_days();
    assert!((27..=31).contains(&days), "{days}");

    let second = shop.become_member(&siti, &monthly).await;
    let renewed = shop.membership(&siti).await.unwrap();
    assert_eq!((second.kind, renewed.id), (PurchaseKind::Renew, begun.id));
    assert!((renewed.ends_at - begun.ends_at).num_days() >= 28, "a whole month is added to the end");

    let offer = memberships::offer(&shop, Some(&siti)).await.unwrap();
    let quoted = offer.plans[1].quote.unwrap();
    assert_eq!(quoted.kind, PurchaseKind::Upgrade);
    assert!(quoted.credit > Money::minor(50_000) && quoted.credit <= Money::minor(58_000), "{quoted:?}");
    let third = shop.become_member(&siti, &yearly).await;
    assert_eq!((third.kind, third.due), (PurchaseKind::Upgrade, quoted.due));
    let upgraded = shop.membership(&siti).await.unwrap();
    assert_eq!((upgraded.id, upgraded.plan.en.as_str(), upgraded.period), (begun.id, "Family", Period::Yearly));
    assert!((364..=366).contains(&(upgraded.ends_at - now).num_days()));

    let down = shop.ask_for(&siti, &monthly).await.unwrap_err();
    assert!(matches!(&down, Error::Refused(Message::OtherPlanRuns { .. })), "{down:?}");
    let offer = memberships::offer(&shop, Some(&siti)).await.unwrap();
    assert_eq!(offer.plans[0].quote, Err(NotForSale::OtherPlanRuns { until: upgraded.ends_at }));

    assert!(memberships::cancel_at_end(&shop, &siti, true).await.unwrap().cancels_at_end);
    assert!(!memberships::cancel_at_end(&shop, &siti, false).await.unwrap().cancels_at_end);
    assert!(memberships::cancel_at_end(&shop, &siti, true).await.unwrap().is_alive(now), "until its end");
    shop.some_hours_later(367 * 24).await;
    assert_eq!(shop.membership(&siti).await, None);
    let everybody = ListMembers { status: None, search: Some("siti".to_owned()), page: PageNumber::FIRST };
    let ended = memberships::page(&shop, &shop.owner, everybody).await.unwrap().rows.remove(0);
    assert_eq!(ended.membership.status, MembershipStatus::Cancelled);
    let nobody = memberships::cancel_at_end(&shop, &siti, true).await.unwrap_err();
    assert!(matches!(nobody, Error::Refused(Message::NotAMember)), "{nobody:?}");
}

/// Checklist 70. Checklist 84. The benefit ends with the instant, and the job only notes it: once, with one letter,
/// after a reminder.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_membership_ends_at_its_end_whether_or_not_a_job_has_run(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    shop.become_member(&siti, &monthly).await;
    let ends_at = shop.membership(&siti).await.unwrap().ends_at;
    let left = ends_at - shop.now().await.unwrap();

    shop.clock().advance(left - TimeDelta::days(4));
    jobs::run_due_work(&shop).await.unwrap();
    assert_eq!(shop.letters_of("membership_ends_soon").await, 0);
    shop.some_hours_later(30).await;
    shop.some_hours_later(1).await;
    assert_eq!(shop.letters_of("membership_ends_soon").await, 1, "reminded once");

    let left = ends_at - shop.now().await.unwrap();
    shop.clock().advance(left - TimeDelta::minutes(1));
    assert!(memberships::benefit_of(&shop, &siti).await.unwrap().is_some(), "a minute is left");
    shop.clock().advance(TimeDelta::minutes(1) + TimeDelta::seconds(1));
    assert_eq!(memberships::benefit_of(&shop, &siti).await.unwrap(), None);
    assert_eq!(shop.membership(&siti).await, None);
    let active = "select count(*) from memberships where status = 'active'";
    assert_eq!(shop.count(active).await, 1, "no job has been by");

    shop.some_hours_later(1).await;
    shop.some_hours_later(1).await;
    assert_eq!(shop.count(active).await, 0);
    assert_eq!(shop.letters_of("membership_ended").await, 1);
    // The end that was noted leaves the place to another membership.
    shop.become_member(&siti, &monthly).await;
    assert_eq!(shop.count("select count(*) from memberships").await, 2);
    assert_eq!(shop.count(active).await, 1);
}

/// Whoever comes back between the end and the job begins anew, and the old one is closed.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn a_membership_that_is_over_and_not_noted_stands_in_nobodys_way(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, yearly) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    shop.become_member(&siti, &monthly).await;
    shop.clock().advance(TimeDelta::days(40));

    let bought = shop.become_member(&siti, &yearly).await;

    assert_eq!((bought.kind, bought.due), (PurchaseKind::New, Money::minor(299_000)));
    assert_eq!(shop.count("select count(*) from memberships where status = 'expired'").await, 1);
    assert_eq!(shop.count("select count(*) from memberships where live_customer_id is not null").await, 1);
}

/// The database itself refuses a second living membership and a second open purchase.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn one_living_membership_and_one_open_purchase_stand_in_the_schema(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, _) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    shop.become_member(&siti, &monthly).await;
    shop.ask_for(&siti, &monthly).await.unwrap();
    for copy in [
        "insert into memberships (customer_id, live_customer_id, plan_id, period, percent_off, free_delivery, status,
                                  started_at, term_from, ends_at, value_amount)
         select customer_id, live_customer_id, plan_id, period, percent_off, free_delivery, status, started_at,
                term_from, ends_at, value_amount from memberships",
        "insert into membership_purchases (number, customer_id, open_customer_id, plan_id, period, percent_off,
                                           free_delivery, kind, price_amount, credit_amount, due_amount, currency,
                                           locale, payment_method, status, asked_at, pay_by)
         select 'MB-COPY', customer_id, open_customer_id, plan_id, period, percent_off, free_delivery, kind,
                price_amount, credit_amount, due_amount, currency, locale, payment_method, status, asked_at, pay_by
         from membership_purchases where status = 'pending'",
    ] {
        let refused = sqlx::query(copy).execute(&services::testing::database(&shop)).await.unwrap_err();
        assert!(refused.as_database_error().unwrap().is_unique_violation(), "{refused}");
    }
}

/// Checklist 64. Checklist 102.
#[sqlx::test(migrator = "crate::template::SCHEMA")]
async fn plans_are_kept_at_the_desk_and_deleted_only_unused(db: MySqlPool) {
    let shop = TestShop::open(db).await;
    let (monthly, yearly) = shop.two_plans().await;
    let siti = account(&shop, "siti@example.com").await;
    let purchase = shop.ask_for(&siti, &monthly).await.unwrap();

    // What is asked for stays what it was, whatever the owner makes of the plan.
    let dearer = SavePlan {
        plan_id: Some(monthly.plan.id),
        version: monthly.version,
        is_active: false,
        percent_off: BasisPoints::new(100),
        ..plan(Period::Monthly, 99_000)
    };
    let changed = memberships::save_plan(&shop, &shop.owner, dearer.clone()).await.unwrap();
    let stale = memberships::save_plan(&shop, &shop.owner, dearer).await.unwrap_err();
    assert!(matches!(stale, Error::Refused(Message::ChangedMeanwhile)), "{stale:?}");
    shop.go_to_pay(&siti, &purchase).await;
    shop.notify(&told(&purchase, 1, GatewayOutcome::Paid)).await.unwrap();
    assert_eq!(shop.membership(&siti).await.unwrap().benefit.percent_off, BasisPoints::new(500));
    let off = shop.ask_for(&siti, &monthly).await.unwrap_err();
    assert!(matches!(off, Error::Refused(Message::PlanOff)), "{off:?}");

    let delete = |row: &PlanRow| DeletePlan { plan_id: row.plan.id, version: row.version };
    let used = memberships::delete_plan(&shop, &shop.owner, delete(&changed)).await.unwrap_err();
    assert!(matches!(used, Error::Refused(Message::PlanIsUsed)), "{used:?}");
    memberships::delete_plan(&shop, &shop.owner, delete(&yearly)).await.unwrap();
    let left = memberships::plans(&shop, &shop.owner, ListPlans {}).await.unwrap().rows;
    assert_eq!(left.iter().map(|row| (row.plan.id, row.members)).collect::<Vec<_>>(), [(monthly.plan.id, 1)]);

    let nothing = SavePlan { percent_off: BasisPoints::default(), ..plan(Period::Monthly, 0) };
    let Err(Error::Invalid(fields)) = memberships::save_plan(&shop, &shop.owner, nothing).await else { panic!() };
    assert_eq!(fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>(), ["price", "percent_off"]);
}
