//! The SQL that compares vouchers with the orders that use them.

use sqlx::MySqlConnection;

use crate::vouchers::checks::Miscounted;

/// One statement, which sees one state of everything that it compares.
pub(in crate::vouchers) async fn miscounted(conn: &mut MySqlConnection) -> sqlx::Result<Vec<Miscounted>> {
    sqlx::query_as!(
        Miscounted,
        "select t.code as `code: _`, t.used as `used: _`, t.uses as `uses!: _`,
                cast(t.stray_uses + t.stray_gifts as unsigned) as `stray!: _`
         from (select v.code, v.used,
                      (select cast(count(*) as unsigned) from voucher_uses u
                       where u.voucher_id = v.id and u.given_back_at is null) as uses,
                      (select count(*) from voucher_uses u join orders o on o.id = u.order_id
                       where u.voucher_id = v.id
                         and (o.status = 'cancelled') <> (u.given_back_at is not null)) as stray_uses,
                      (select count(*) from customer_vouchers g
                       where g.voucher_id = v.id and g.used_by_order is not null
                         and not exists (select 1 from voucher_uses u
                                         where u.order_id = g.used_by_order and u.voucher_id = g.voucher_id
                                           and u.customer_id = g.customer_id
                                           and u.given_back_at is null)) as stray_gifts
               from vouchers v) t
         where t.used <> t.uses or t.stray_uses > 0 or t.stray_gifts > 0
         order by t.code",
    )
    .fetch_all(conn)
    .await
}
