//! Purchases of memberships whose money comes when something else is true than when they were asked for.

use domain::memberships::BuyMembership;
use domain::payments::{DemoNotification, GatewayOutcome};
use rand::RngExt;
use rand::rngs::StdRng;
use services::memberships;

use super::accounts::Account;
use super::members::{about_attempt, begin, let_pass, some_account};
use super::paying::tell;
use super::world::{Answer, World};

/// Longer than any membership of a run is paid ahead.
const LONG: u32 = 1_200;

/// Two plans are asked for, one after the other ran out of time, and both are paid in any order: the second payment meets a
/// membership that was not there when its price was worked out.
pub(crate) async fn pay_two(world: &World, rng: &mut StdRng) {
    let account = some_account(world, rng);
    let_pass(world, account, LONG).await;
    let is_yearly_first = rng.random_range(0..2) == 0;
    let (one, other) = if is_yearly_first { (1, 0) } else { (0, 1) };
    let Some(first) = ask(world, account, one).await else { return };
    run_out(world, &first.reference).await;
    let Some(second) = ask(world, account, other).await else { return };
    match rng.random_range(0..3) {
        0 => {
            tell(world, world.route(rng), &first).await;
            tell(world, world.route(rng), &second).await;
        }
        1 => {
            tell(world, world.route(rng), &second).await;
            tell(world, world.route(rng), &first).await;
        }
        _ => {
            let (one, other) = (world.route(rng), world.route(rng));
            tokio::join!(tell(world, one, &first), tell(world, other, &second));
        }
    }
}

/// A member asks for the yearly plan and pays when the days that it was priced with are fewer, or gone.
pub(crate) async fn upgrade_late(world: &World, rng: &mut StdRng) {
    let account = some_account(world, rng);
    let_pass(world, account, LONG).await;
    let Some(monthly) = ask(world, account, 0).await else { return };
    tell(world, world.route(rng), &monthly).await;
    let Some(upgrade) = ask(world, account, 1).await else { return };
    let_pass(world, account, [10, 40][rng.random_range(0..2)]).await;
    tell(world, world.route(rng), &upgrade).await;
}

/// A member renews; the first attempt to pay runs out, another is begun, and both bring money after all.
pub(crate) async fn pay_two_attempts(world: &World, rng: &mut StdRng) {
    let account = some_account(world, rng);
    let_pass(world, account, LONG).await;
    let Some(membership) = ask(world, account, 0).await else { return };
    tell(world, world.route(rng), &membership).await;
    let Some(first) = ask(world, account, 0).await else { return };
    tell(world, world.route(rng), &ran_out(&first)).await;
    let Some((number, _)) = first.reference.rsplit_once('-') else { return };
    begin(world, account, number).await;
    let Some(second) = about_attempt(world, 0, Some(number), GatewayOutcome::Paid).await else { return };
    let (one, other) = (world.route(rng), world.route(rng));
    if rng.random_range(0..2) == 0 {
        tokio::join!(tell(world, one, &first), tell(world, other, &second));
    } else {
        tell(world, one, &second).await;
        tell(world, other, &first).await;
    }
}

/// That an attempt ran out. The shop takes the gateway's word for it, and asks no gateway that is away.
pub(super) fn ran_out(attempt: &DemoNotification) -> DemoNotification {
    let (outcome, event_id) = (GatewayOutcome::Expired, format!("evt-{}-expired", attempt.reference));
    DemoNotification { outcome, event_id, ..attempt.clone() }
}

/// Asks for a plan and goes to the gateway, which would bring this.
async fn ask(world: &World, account: &Account, plan: usize) -> Option<DemoNotification> {
    let request = BuyMembership { plan_id: world.plans[plan], expected_due: None };
    let asked = memberships::buy(&world.stage.shop, &account.customer, request).await;
    let Answer::Yes(purchase) = world.heard("asking for a plan", asked) else { return None };
    begin(world, account, &purchase.number).await;
    about_attempt(world, 0, Some(&purchase.number), GatewayOutcome::Paid).await
}

/// The time to pay is over for the purchase of that attempt.
async fn run_out(world: &World, reference: &str) {
    let pool = services::testing::database(&world.stage.shop);
    // A database that is away lets no time pass.
    let _ = sqlx::query(
        "update membership_purchases b join payments p on p.membership_purchase_id = b.id
         set b.pay_by = b.asked_at where p.reference = ?",
    )
    .bind(reference)
    .execute(&pool)
    .await;
}
