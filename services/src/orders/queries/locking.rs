//! The SQL that holds an order until a transaction ends.

use chrono::{DateTime, Utc};
use domain::events::{About, Happening};
use domain::locale::Locale;
use domain::money::{Currency, Money};
use domain::orders::{OrderEvent, OrderId, OrderStatus};
use domain::payments::PaymentMethod;
use sqlx::MySqlConnection;

/// The part of an order that a rule needs, held under a lock.
pub(crate) struct LockedOrder {
    pub(crate) id: OrderId,
    pub(crate) number: String,
    pub(crate) status: OrderStatus,
    /// What called it off, if anything did.
    pub(crate) ended_by: Option<OrderEvent>,
    pub(crate) total: Money,
    /// What of the total was called off after a part had left.
    pub(crate) called_off: Money,
    pub(crate) currency: Currency,
    pub(crate) locale: Locale,
    pub(crate) payment_method: PaymentMethod,
    pub(crate) name: String,
    pub(crate) pay_by: Option<DateTime<Utc>>,
    /// Until then a proof that waits keeps it from ending unpaid.
    pub(crate) held_until: Option<DateTime<Utc>>,
}

impl LockedOrder {
    /// What the desk hears when something about it changed.
    pub(crate) fn moved(&self) -> Happening {
        About::Order(self.id).into()
    }
}

/// Loads an order and holds it until the transaction ends. The row is written: a lock that only reads holds on one node of
/// a cluster and not on the others.
pub(in crate::orders) async fn lock(conn: &mut MySqlConnection, id: OrderId) -> sqlx::Result<Option<LockedOrder>> {
    sqlx::query!("update orders set locks = locks + 1 where id = ?", id).execute(&mut *conn).await?;
    sqlx::query_as!(
        LockedOrder,
        "select id as `id: _`, number as `number: _`, status as `status: _`, ended_by as `ended_by: _`,
                total_amount as `total: _`, called_off_amount as `called_off: _`, currency as `currency: _`,
                locale as `locale: _`, payment_method as `payment_method: _`, name as `name: _`, pay_by as `pay_by: _`,
                held_until as `held_until: _`
         from orders where id = ?",
        id,
    )
    .fetch_optional(conn)
    .await
}
