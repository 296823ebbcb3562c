//! Vouchers that customers own: the welcome, what they claimed, and what the month's top spenders get.

use chrono::{DateTime, TimeDelta, Utc};
use domain::customers::{Customer, CustomerId};
use domain::message::Message;
use domain::vouchers::{Source, Voucher, VoucherCode, top_spenders};
use sqlx::MySqlConnection;
use tracing::instrument;

use super::{VoucherBuyer, queries, usable};
use crate::error::{Error, Result};
use crate::jobs::Fence;
use crate::{Shop, database, settings};

/// How far back the top spenders' orders are counted.
const SPENT_WITHIN: TimeDelta = TimeDelta::days(30);

/// The vouchers that the account owns and can use now or soon, newest first.
pub async fn own(shop: &Shop, customer: &Customer) -> Result<Vec<Voucher>> {
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let mut own = Vec::new();
    for id in queries::owned::live(&mut conn, customer.id, now).await? {
        if let Some(stored) = queries::by_id(&mut conn, id).await? {
            own.push(stored.into_row()?.voucher);
        }
    }
    Ok(own)
}

/// Keeps a voucher in the account, by its code. Only those for everybody can be claimed: others are given.
///
/// What speaks against it is a problem of `voucher_code`, also when the account has it already.
#[instrument(skip_all, fields(customer.id = %customer.id))]
pub async fn claim(shop: &Shop, customer: &Customer, code: &str) -> Result<Voucher> {
    let field = |message| Error::field("voucher_code", message);
    let code = VoucherCode::typed(code).map_err(|_| field(Message::NoSuchVoucher))?;
    let currency = settings::get(shop).await?.currency;

    let mut tx = shop.db.begin().await?;
    let now = shop.clock.now(&mut tx).await?;
    let buyer = VoucherBuyer { customer: Some(customer.id), account: Some(customer.id) };
    let voucher = usable(&mut tx, &code, buyer, currency, now).await?;
    match queries::owned::grant(&mut tx, customer.id, voucher.id, Source::Claimed, now).await {
        Err(error) if database::is_duplicate_of(&error, "customer_vouchers_once") => {
            return Err(field(Message::VoucherIsYours));
        }
        outcome => outcome?,
    }
    tx.commit().await?;
    Ok(voucher)
}

/// Gives a new account what everybody gets who makes one; a second call gives nothing more.
pub(crate) async fn welcome(conn: &mut MySqlConnection, customer: CustomerId, now: DateTime<Utc>) -> Result<()> {
    Ok(queries::owned::welcome(conn, customer, now).await?)
}

/// Gives the month's vouchers to the accounts that spent the most in the last thirty days, by their completed orders:
/// the first five percent, once a month for each voucher. Guests own nothing, so they are not counted.
pub(crate) async fn reward_top_spenders(fence: &Fence) -> Result<u64> {
    let mut conn = fence.look().await?;
    let Some(settings) = settings::read(&mut conn).await? else { return Ok(0) };
    let here = fence.began_at() + TimeDelta::minutes(i64::from(settings.utc_offset_minutes));
    let period = here.format("%Y-%m").to_string();
    let due = queries::owned::rounds_due(&mut conn, &period, fence.began_at()).await?;
    drop(conn);

    let mut given = 0;
    for voucher in due {
        let (mut tx, now) = fence.begin().await?;
        // The row decides: whoever writes it holds the round, and nobody else.
        if !queries::owned::begin_round(&mut tx, voucher, &period, now).await? {
            continue;
        }
        let since = now - SPENT_WITHIN;
        let places = top_spenders(queries::owned::buyers(&mut tx, since).await?);
        given += queries::owned::reward(&mut tx, voucher, &period, since, places, now).await?;
        tx.commit().await?;
    }
    Ok(given)
}
