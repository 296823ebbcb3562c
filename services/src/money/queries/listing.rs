//! The SQL of the desk's list of attempts.

use chrono::{DateTime, Utc};
use domain::money::{Currency, Money};
use domain::orders::OrderId;
use domain::payments::{AttemptRow, PaidFor, PaymentId, PaymentStatus};
use sqlx::MySqlConnection;

/// An attempt as it is stored.
pub(in crate::money) struct ListedRow {
    id: PaymentId,
    gateway: String,
    reference: String,
    gateway_reference: Option<String>,
    status: PaymentStatus,
    amount: Money,
    currency: Currency,
    came: Option<Money>,
    came_currency: Option<Currency>,
    order_id: Option<OrderId>,
    order_number: Option<String>,
    purchase_number: Option<String>,
    begun_at: DateTime<Utc>,
    asks: u32,
    ask_at: Option<DateTime<Utc>>,
    has_page: bool,
}

impl ListedRow {
    /// As staff see it.
    pub(in crate::money) fn read(self) -> AttemptRow {
        let is_open = self.status == PaymentStatus::Pending && self.has_page;
        AttemptRow {
            id: self.id,
            gateway: self.gateway,
            reference: self.reference,
            gateway_reference: self.gateway_reference,
            status: self.status,
            amount: self.amount,
            currency: self.currency,
            came: self.came.zip(self.came_currency),
            paid_for: match (self.order_id, self.order_number) {
                (Some(id), Some(number)) => PaidFor::Order { id, number },
                _ => PaidFor::Membership { number: self.purchase_number.unwrap_or_default() },
            },
            begun_at: self.begun_at,
            asks: self.asks,
            ask_at: self.ask_at.filter(|_| is_open),
            can_ask: is_open,
        }
    }
}

macro_rules! listed {
    ($conn:expr, $which:literal, $($argument:expr),*) => {
        sqlx::query_as!(
            ListedRow,
            "select p.id as `id: _`, p.gateway as `gateway: _`, p.reference as `reference: _`,
                    p.gateway_reference as `gateway_reference: _`, p.status as `status: _`, p.amount as `amount: _`,
                    p.currency as `currency: _`, p.reported_amount as `came: _`, p.reported_currency as `came_currency: _`,
                    p.order_id as `order_id: _`, o.number as `order_number?: _`, m.number as `purchase_number?: _`,
                    p.created_at as `begun_at: _`, p.asks as `asks: _`, p.ask_at as `ask_at: _`,
                    p.redirect_url is not null as `has_page!: bool`
             from payments p left join orders o on o.id = p.order_id
                  left join membership_purchases m on m.id = p.membership_purchase_id
             where " + $which + " order by p.id desc limit ?",
            $($argument,)*
        )
        .fetch_all($conn)
        .await
    };
}

/// The attempts before that one, newest first.
pub(in crate::money) async fn newest(
    conn: &mut MySqlConnection,
    before: PaymentId,
    limit: u32,
) -> sqlx::Result<Vec<ListedRow>> {
    listed!(conn, "p.id < ?", before, limit)
}

/// The same of one status.
pub(in crate::money) async fn newest_of(
    conn: &mut MySqlConnection,
    status: PaymentStatus,
    before: PaymentId,
    limit: u32,
) -> sqlx::Result<Vec<ListedRow>> {
    listed!(conn, "p.status = ? and p.id < ?", status, before, limit)
}
