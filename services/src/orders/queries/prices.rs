//! The SQL of what was paid for the units of an order.

use domain::money::Money;
use domain::orders::{OrderId, OrderLineId};
use sqlx::MySqlConnection;

/// A line of an order, what the buyer paid for it, and of how many of its units the price went back or was never due.
pub(in crate::orders) struct LineRow {
    pub(in crate::orders) id: OrderLineId,
    pub(in crate::orders) total: Money,
    pub(in crate::orders) quantity: u32,
    pub(in crate::orders) refunded: u32,
}

pub(in crate::orders) async fn lines(conn: &mut MySqlConnection, order: OrderId) -> sqlx::Result<Vec<LineRow>> {
    sqlx::query_as!(
        LineRow,
        "select l.id as `id: _`, l.quantity as `quantity: _`,
                l.total_amount - l.member_discount_amount - l.voucher_discount_amount
                    + if(o.tax_included, 0, l.tax_amount) as `total!: Money`,
                cast(least(l.quantity, l.not_due + (select coalesce(sum(rl.quantity), 0)
                                                       from refund_lines rl join refunds r on r.id = rl.refund_id
                                                       where rl.order_line_id = l.id and r.status <> 'failed'))
                     as unsigned) as `refunded!: u32`
         from order_lines l join orders o on o.id = l.order_id where l.order_id = ?",
        order,
    )
    .fetch_all(conn)
    .await
}
