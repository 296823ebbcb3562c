//! Members: plans are asked for, paid once, twice and late, upgraded, given up and lived to their end.

use chrono::Utc;
use domain::locale::Translated;
use domain::memberships::{
    BuyMembership, EndMembership, MemberDetail, MembershipPlanId, MembershipStatus, Period, SavePlan,
};
use domain::money::{BasisPoints, Currency, Money};
use domain::payments::{DemoNotification, GatewayOutcome};
use rand::RngExt;
use rand::rngs::StdRng;
use services::{Error, memberships, payments};

use super::accounts::Account;
use super::crossing::ran_out;
use super::paying::tell;
use super::world::{Answer, World};
use crate::stage::Stage;

/// How many of the newest attempts to pay may still be told of.
const LATELY: i64 = 40;

/// Makes the plans: one by the month, one by the year, and another by the month that is not reached from the first.
pub(crate) async fn prepare(stage: &Stage) -> Vec<MembershipPlanId> {
    let mut made = Vec::new();
    for (name, period, price, percent) in [
        ("Sahabat", Period::Monthly, 29_000, 500),
        ("Keluarga", Period::Yearly, 299_000, 1_000),
        ("Tetangga", Period::Monthly, 19_000, 250),
    ] {
        let plan = SavePlan {
            plan_id: None,
            version: 0,
            name: Translated::same(name),
            description: Translated::same("Lebih hemat."),
            period,
            price: Money::minor(price),
            percent_off: BasisPoints::new(percent),
            free_delivery: period == Period::Yearly,
            is_active: true,
        };
        made.push(memberships::save_plan(&stage.shop, &stage.owner, plan).await.unwrap().plan.id);
    }
    made
}

/// Asks for a plan, in one tab or two, and mostly goes on to the gateway.
pub(crate) async fn buy(world: &World, rng: &mut StdRng) {
    let (account, plan_id) = (some_account(world, rng), world.plans[rng.random_range(0..world.plans.len())]);
    let ask = async || {
        let request = BuyMembership { plan_id, expected_due: None };
        world.heard("asking for a plan", memberships::buy(&world.stage.shop, &account.customer, request).await)
    };
    let asked = if rng.random_range(0..4) == 0 {
        // Somebody else with the account may ask for another plan in between, so that two answers may differ; that only
        // one purchase waits is a claim of the proof.
        let (one, _) = tokio::join!(ask(), ask());
        one
    } else {
        ask().await
    };
    if let Answer::Yes(purchase) = asked
        && rng.random_range(0..5) > 0
    {
        begin(world, account, &purchase.number).await;
    }
}

/// Money for one of the newest attempts: once, told twice, or after it ran out, when another attempt is there.
pub(crate) async fn pay(world: &World, rng: &mut StdRng) {
    let Some(paid) = about_some_attempt(world, rng, GatewayOutcome::Paid).await else { return };
    let (one, other) = (world.route(rng), world.route(rng));
    match rng.random_range(0..4) {
        0 => {
            let twin = DemoNotification { event_id: format!("{}-again", paid.event_id), ..paid.clone() };
            tokio::join!(tell(world, one, &paid), tell(world, other, &twin));
        }
        1 => {
            tell(world, one, &ran_out(&paid)).await;
            let number = paid.reference.rsplit_once('-').map_or("", |(number, _)| number);
            for account in &world.accounts {
                begin(world, account, number).await;
            }
            // Money for the first attempt comes all the same.
            tell(world, other, &paid).await;
        }
        _ => tell(world, one, &paid).await,
    }
}

/// A member wants it to end, or not any more; or gives up what waits for its money.
pub(crate) async fn change_mind(world: &World, rng: &mut StdRng) {
    let account = some_account(world, rng);
    let shop = &world.stage.shop;
    if rng.random_range(0..2) == 0 {
        let wish = rng.random_range(0..3) > 0;
        let done = memberships::cancel_at_end(shop, &account.customer, wish).await;
        world.heard("ending a membership", done.map(drop));
        return;
    }
    let own = world.heard("looking at purchases", memberships::own(shop, &account.customer).await);
    let Answer::Yes((_, purchases)) = own else { return };
    if let Some(newest) = purchases.first() {
        let done = memberships::give_up(shop, &account.customer, &newest.number).await;
        world.heard("giving a purchase up", done.map(drop));
    }
}

/// The desk ends a membership, mostly with money back; two people do so at once, or one clicks twice.
pub(crate) async fn end(world: &World, rng: &mut StdRng, tag: &str) {
    let account = some_account(world, rng);
    let own = world.heard("looking at a membership", memberships::own(&world.stage.shop, &account.customer).await);
    let Answer::Yes((Some(present), _)) = own else { return };
    let refund = (rng.random_range(0..3) > 0).then(|| Money::minor(rng.random_range(1..=30_000)));
    let other_key = if rng.random_range(0..2) == 0 { "-other" } else { "" };
    let end = async |which: &str| {
        world
            .insist("ending a membership at the desk", || async {
                let (reason, key) = ("they asked for it".to_owned(), format!("end-{tag}{which}"));
                let request = EndMembership { membership_id: present.id, reason, refund, key };
                let ended = memberships::end(&world.stage.shop, &world.stage.owner, request).await;
                world.heard("ending a membership at the desk", ended)
            })
            .await
    };
    let (one, other) = tokio::join!(end(""), end(other_key));
    if refund.is_none() && !other_key.is_empty() && one.is_some() && other.is_some() {
        world.violation(format!("membership {} was ended twice", present.id));
    }
    // One whose time ran out meanwhile is left to the job; then there is only money to give back.
    let goes_on = |ended: &MemberDetail| ended.row.membership.status == MembershipStatus::Active;
    if refund.is_none() && [one, other].iter().flatten().any(goes_on) {
        world.violation(format!("membership {} was ended and goes on", present.id));
    }
}

/// Forty days pass for a member: the membership is older by so much, and may be over.
pub(crate) async fn grow_old(world: &World, rng: &mut StdRng) {
    let_pass(world, some_account(world, rng), 40).await;
}

/// So many days pass for a member, unless the database is away. Nobody who has the customer's lock may find the membership
/// older than it was.
pub(super) async fn let_pass(world: &World, account: &Account, days: u32) {
    let customer = account.customer.id.get();
    let pool = services::testing::database(&world.stage.shop);
    let pass = async {
        let mut tx = pool.begin().await?;
        sqlx::query("select id from customers where id = ? for update").bind(customer).execute(&mut *tx).await?;
        sqlx::query(
            "update memberships set started_at = started_at - interval ? day, term_from = term_from - interval ? day,
                    ends_at = ends_at - interval ? day
             where live_customer_id = ?",
        )
        .bind(days)
        .bind(days)
        .bind(days)
        .bind(customer)
        .execute(&mut *tx)
        .await?;
        tx.commit().await
    };
    let _: sqlx::Result<()> = pass.await;
}

/// Goes to the gateway's page. The gateway of the shop in process is away: the attempt exists all the same.
pub(super) async fn begin(world: &World, account: &Account, number: &str) {
    let begun = payments::begin_membership(&world.stage.shop, &account.customer, number).await;
    if let Err(error @ Error::Internal(_)) = begun {
        world.heard::<()>("paying for a membership", Err(error));
    }
}

async fn about_some_attempt(world: &World, rng: &mut StdRng, outcome: GatewayOutcome) -> Option<DemoNotification> {
    about_attempt(world, rng.random_range(0..LATELY), None, outcome).await
}

/// What the gateway would say about one of the newest attempts: of any purchase, or of the one of that number.
pub(super) async fn about_attempt(
    world: &World,
    back: i64,
    number: Option<&str>,
    outcome: GatewayOutcome,
) -> Option<DemoNotification> {
    let pool = services::testing::database(&world.stage.shop);
    let attempt = world.insist("looking for an attempt", || async {
        let found: sqlx::Result<Option<(String, i64)>> = sqlx::query_as(
            "select p.reference, p.amount from payments p join membership_purchases b on b.id = p.membership_purchase_id
             where b.number = coalesce(?, b.number) and p.gateway = 'demo' order by p.id desc limit 1 offset ?",
        )
        .bind(number)
        .bind(back)
        .fetch_optional(&pool)
        .await;
        match found {
            Ok(found) => Answer::Yes(found),
            Err(why) => Answer::Silence(why.to_string()),
        }
    });
    let (reference, amount) = attempt.await.flatten()?;
    Some(DemoNotification {
        event_id: format!("evt-{reference}-{outcome}"),
        reference,
        outcome,
        amount: Money::minor(amount),
        currency: Currency::Rupiah,
        at: Utc::now(),
    })
}

pub(super) fn some_account<'a>(world: &'a World, rng: &mut StdRng) -> &'a Account {
    &world.accounts[rng.random_range(0..world.accounts.len())]
}
