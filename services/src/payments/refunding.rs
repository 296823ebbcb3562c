//! Refunds that the desk asks for.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::message::Message;
use domain::orders::{HistoryKind, HistoryNote, OrderDetail};
use domain::payments::{RefundOrder, RefundWhat};
use domain::staff::{Permission, Staff};
use domain::text::{IdempotencyKey, Reason};
use serde_json::json;
use tracing::instrument;

use crate::database::transact;
use crate::error::{Error, Result};
use crate::money::refunds::{self, Ask};
use crate::{Shop, events, money, orders};

/// Gives money of an order back. The same key gives no second refund. Units that have not left and whose price goes back so
/// are not sent any more.
///
/// `Refused(NothingToRefund)` and `Refused(TooMuchToRefund)` when there is not so much.
#[instrument(skip_all, fields(order.id = %wanted.order_id, staff.id = %staff.id))]
pub async fn refund(shop: &Shop, staff: &Staff, wanted: RefundOrder) -> Result<OrderDetail> {
    let writer = shop.staff(staff, Permission::RefundOrders)?;
    let reason = Reason::parse(&wanted.reason).map_err(|message| Error::field("reason", message))?;
    let key = IdempotencyKey::parse(&wanted.key).map_err(|_| Error::Unusable(Message::KeyMissing))?;
    transact!(writer, |work| {
        let order = orders::lock(work, wanted.order_id).await?;
        let key = refunds::request_key(&key);

        if refunds::is_known(work, order.id, &key).await? {
            orders::touch(work, order.id).await?;
        } else {
            let (amount, units) = match &wanted.what {
                RefundWhat::Everything => (None, [].as_slice()),
                RefundWhat::Amount(amount) => (Some(*amount), [].as_slice()),
                RefundWhat::Units(units) => (Some(orders::price_of(work, order.id, units).await?), units.as_slice()),
            };
            let actor = work.actor();
            let ask = Ask { key: &key, amount, units, reason: reason.as_str(), actor: &actor };
            let before = money::balance(work, order.id).await?;
            refunds::request(work, &order, ask).await.map_err(at_the_amount)?;
            let after = money::balance(work, order.id).await?;
            let amount = after.refunded.minus(before.refunded).unwrap_or_default().display(order.currency);
            let told = HistoryNote::MoneyBack { amount, why: reason.as_str().to_owned() };
            orders::note(work, &order, HistoryKind::MoneyBack, &told, &actor).await?;
            let subject = Subject::new(SubjectKind::Order, order.id, &order.number);
            let called_off = orders::keep_back(work, &order, reason.as_str()).await?;
            let after = json!({ "refunded": after.refunded, "reason": reason.as_str(), "called_off": called_off });
            let before = json!({ "refunded": before.refunded });
            events::record(work, &About::Order(order.id).into()).await?;
            work.record(AuditAction::RefundOrder, &subject, &before, &after).await?;
        }
        let detail = orders::load(work, order.id).await?;

        Ok(detail)
    })
}

/// A refused amount belongs to the field that it was typed into.
fn at_the_amount(error: Error) -> Error {
    if let Error::Refused(message) = &error
        && matches!(message, Message::TooMuchToRefund { .. } | Message::NotAnAmount)
    {
        return Error::field("amount", message.clone());
    }
    error
}
