//! Vouchers that customers own: the welcome, what they claimed, and what the month's top spenders get.

use chrono::{DateTime, TimeDelta, Utc};
use domain::customers::{Customer, CustomerId};
use domain::events::About;
use domain::mail::{MailKind, Told};
use domain::message::Message;
use domain::orders::OrderId;
use domain::vouchers::{Source, Voucher, VoucherCode, VoucherId, top_spenders};
use tracing::instrument;

use super::{VoucherBuyer, queries, usable};
use crate::buyers;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::lead::Fence;
use crate::mail::Leaving;
use crate::{Shop, database, events, settings};

/// How far back the top spenders' orders are counted.
const SPENT_WITHIN: TimeDelta = TimeDelta::days(30);

/// The vouchers that the account owns and can use now or soon, newest first.
pub async fn own(shop: &Shop, customer: &Customer) -> Result<Vec<Voucher>> {
    let ahead = shop.clock.ahead_seconds();
    let rows = queries::owned::live(&mut *shop.db.acquire().await?, customer.id, ahead).await?;
    rows.into_iter().map(|stored| Ok(stored.into_row()?.voucher)).collect()
}

/// Keeps a voucher in the account, by its code: once, and for one order. Only those for everybody can be claimed: others
/// are given.
///
/// What speaks against it is a problem of `voucher_code`, also when the account has it already.
#[instrument(skip_all, fields(customer.id = %customer.id))]
pub async fn claim(shop: &Shop, customer: &Customer, code: &str) -> Result<Voucher> {
    let code = VoucherCode::typed(code).map_err(|_| Error::field("voucher_code", Message::NoSuchVoucher))?;
    let currency = settings::get(shop).await?.currency;
    transact!(shop.shopper(), |work| {
        let customer = customer.id;

        let is_yours = || Error::field("voucher_code", Message::VoucherIsYours);
        let now = work.now();
        buyers::lock(work, customer).await?;
        let buyer = VoucherBuyer { customer: Some(customer), account: Some(customer) };
        let voucher = usable(work, &code, buyer, currency, now).await?;
        // Whoever may use a personal one was given it, and one gift is not two.
        if voucher.is_personal {
            return Err(is_yours());
        }

        match queries::owned::grant(work, customer, voucher.id, Source::Claimed, now).await {
            Err(error) if database::is_duplicate_of(&error, "customer_vouchers_once") => return Err(is_yours()),
            outcome => outcome?,
        }
        Ok(voucher)
    })
}

/// Lets a customer keep what they kept in the shop before this one; `used_by` is the order that used it up.
///
/// `Refused(AlreadyTaken)` when they have it, or when the order used another.
pub(crate) async fn keep_former(
    work: &mut Work,
    (customer, voucher): (CustomerId, VoucherId),
    source: Source,
    used_by: Option<OrderId>,
    at: DateTime<Utc>,
) -> Result<u64> {
    match queries::owned::keep_former(work, customer, voucher, source, used_by, at).await {
        Err(error)
            if database::is_duplicate_of(&error, "customer_vouchers_once")
                || database::is_duplicate_of(&error, "customer_vouchers_order") =>
        {
            Err(Error::Refused(Message::AlreadyTaken))
        }
        outcome => Ok(outcome?),
    }
}

/// Gives a new account what everybody gets who makes one; a second call gives nothing more.
pub(crate) async fn welcome(work: &mut Work, customer: CustomerId) -> Result<()> {
    let now = work.now();
    Ok(queries::owned::welcome(work, customer, now).await?)
}

/// Gives the month's vouchers to the accounts that spent the most in the last thirty days, by their completed orders:
/// the first five percent and no more, once a month for each voucher. Guests own nothing, so they are not counted.
pub(crate) async fn reward_top_spenders(fence: &Fence) -> Result<u64> {
    let mut conn = fence.look().await?;
    let Some(settings) = settings::read(&mut conn).await? else { return Ok(0) };
    let here = fence.began_at() + TimeDelta::minutes(i64::from(settings.utc_offset_minutes));
    let period = here.format("%Y-%m").to_string();
    let due = queries::owned::rounds_due(&mut conn, &period, fence.began_at()).await?;
    drop(conn);

    let mut given = 0;
    for voucher in due {
        given += hold_round(fence, voucher, &period).await?;
    }
    Ok(given)
}

/// Gives one voucher to the month's top spenders, unless its round of the month was held before.
async fn hold_round(fence: &Fence, voucher: VoucherId, period: &str) -> Result<u64> {
    transact!(fence, |work| {
        let now = work.now();
        let since = now - SPENT_WITHIN;
        let places = top_spenders(queries::owned::buyers(work, since).await?);
        let mut first = queries::owned::first(work, since, places).await?;
        // In the one lock order customers come before vouchers, as when they place an order.
        first.sort_unstable();
        for customer in &first {
            buyers::lock(work, *customer).await?;
        }
        // The row decides: whoever writes it holds the round, and nobody else.
        if !queries::owned::begin_round(work, voucher, period, now).await? {
            return Ok(0);
        }

        let told = Told::Voucher { code: queries::owned::code(work, voucher).await? };
        let mut given = 0;
        for customer in first {
            let is_given = queries::owned::reward(work, voucher, period, customer, now).await?;
            given += is_given;
            if is_given > 0 {
                Leaving::of(MailKind::VoucherGiven, customer).telling(&told).write(work).await?;
            }
        }
        if given > 0 {
            events::record(work, &About::Letters.into()).await?;
        }
        Ok(given)
    })
}
