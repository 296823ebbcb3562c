//! What each job does. A job is handed its fence and nothing else, so that it cannot write without it.

use chrono::TimeDelta;
use domain::catalog::undo::UNDO_DAYS;
use domain::jobs::JobName;

use super::{queries, telling};
use crate::database::transact;
use crate::error::Result;
use crate::lead::Fence;
use crate::{carts, catalog, checkout, customers, events, inventory, letters, media, orders, payments, vouchers};

/// Does the job's work, and tells how many things it changed.
pub(super) async fn run(fence: &Fence) -> Result<u64> {
    match fence.job() {
        JobName::ReleaseHolds => checkout::release_expired(fence).await,
        JobName::ExpireUnpaidOrders => {
            let reminded = orders::remind(fence).await?;
            Ok(reminded + payments::expire_orders(fence).await?)
        }
        JobName::TellOwner => telling::tell_owner(fence).await,
        JobName::ExpireMemberships => payments::expire_memberships(fence).await,
        JobName::ApplyNotifications => payments::apply_waiting(fence).await,
        JobName::AskGateways => payments::ask_about_open(fence).await,
        JobName::CloseAttempts => payments::close_given_up(fence).await,
        JobName::SendRefunds => payments::send_requested(fence).await,
        JobName::SendLetters => {
            let written = customers::links::answer_wishes(fence).await?;
            Ok(written + Box::pin(letters::send_waiting(fence)).await?)
        }
        JobName::RefreshPopularity => refresh_popularity(fence).await,
        JobName::CheckStock => check_stock(fence).await,
        JobName::CheckVouchers => check_vouchers(fence).await,
        JobName::RewardTopSpenders => vouchers::reward_top_spenders(fence).await,
        JobName::ClearPictures => media::clear(fence).await,
        JobName::CleanUp => clean_up(fence).await,
    }
}

async fn refresh_popularity(fence: &Fence) -> Result<u64> {
    let from = fence.began_at() - TimeDelta::days(90);
    let stale = catalog::stale_popularity(&mut *fence.look().await?, from).await?;
    for some in stale.chunks(100) {
        transact!(fence, |work| { catalog::set_popularity(work, some).await })?;
    }
    Ok(stale.len() as u64)
}

/// Reports counters that disagree with the ledger, in the log and to the owner; never mends them in silence.
async fn check_stock(fence: &Fence) -> Result<u64> {
    let mut look = fence.look().await?;
    let wrong = inventory::discrepancies(&mut look).await?;
    let is_known = inventory::noted_discrepancies(&mut look).await? == wrong;
    drop(look);
    if !is_known {
        transact!(fence, |work| { inventory::note_discrepancies(work, &wrong).await })?;
    }
    for row in &wrong {
        tracing::error!(
            variant.id = %row.variant_id, stock.on_hand = row.on_hand, stock.ledger = row.ledger,
            stock.reserved = row.reserved, stock.held = row.held, "stock counters and ledger disagree"
        );
    }
    Ok(wrong.len() as u64)
}

/// Reports vouchers that count other than the orders that use them, in the log and by how the run ended; never mends them.
async fn check_vouchers(fence: &Fence) -> Result<u64> {
    let wrong = vouchers::miscounted(&mut *fence.look().await?).await?;
    for row in &wrong {
        tracing::error!(
            voucher.code = row.code,
            voucher.used = row.used,
            voucher.uses = row.uses,
            voucher.stray = row.stray,
            "a voucher and the orders that use it disagree"
        );
    }
    Ok(wrong.len() as u64)
}

/// What is thrown away, and for how many days it was kept.
#[derive(Clone, Copy)]
enum Outdated {
    Carts,
    EmptyCarts,
    Sessions,
    Links,
    Events,
    Runs,
    Notices,
    Changes,
    Proofs,
    Refusals,
}

/// As many short transactions of each kind as it takes, for as long as a run goes on.
async fn clean_up(fence: &Fence) -> Result<u64> {
    const ALL: [Outdated; 10] = [
        Outdated::Carts,
        Outdated::EmptyCarts,
        Outdated::Sessions,
        Outdated::Links,
        Outdated::Events,
        Outdated::Runs,
        Outdated::Notices,
        Outdated::Changes,
        Outdated::Proofs,
        Outdated::Refusals,
    ];
    let mut gone = 0;
    for kind in ALL {
        loop {
            let some = throw_away(fence, kind).await?;
            gone += some;
            if some == 0 || !fence.goes_on() {
                break;
            }
        }
    }
    Ok(gone)
}

/// Some of a kind. Returns how many; nothing when all are gone.
async fn throw_away(fence: &Fence, kind: Outdated) -> Result<u64> {
    transact!(fence, |work| {
        let now = work.now();
        let before = |days: i64| now - TimeDelta::days(days);
        let gone = match kind {
            Outdated::Carts => carts::forget_before(work, before(90)).await?,
            Outdated::EmptyCarts => carts::forget_empty_before(work, before(14)).await?,
            Outdated::Sessions => customers::forget_sessions(work, now).await?,
            Outdated::Links => customers::forget_links(work, now).await?,
            Outdated::Events => events::forget_before(work, before(7)).await?,
            Outdated::Runs => queries::delete_runs_before(work, before(30)).await?,
            Outdated::Changes => catalog::forget_changes_before(work, before(UNDO_DAYS)).await?,
            // Half a year: whoever disputes a payment does so by then.
            Outdated::Proofs => payments::forget_proofs_before(work, before(180)).await?,
            Outdated::Refusals => payments::forget_refusals_before(work, before(90)).await?,
            // Longer than any gateway sends the same again.
            Outdated::Notices => payments::forget_applied_before(work, before(400)).await?,
        };
        Ok(gone)
    })
}
