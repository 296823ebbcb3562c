//! The SQL of the stock check: counters against ledger and holds.

use chrono::{DateTime, Utc};
use domain::inventory::Discrepancy;
use sqlx::MySqlConnection;

/// One statement, and so one moment: a sale in between cannot look like a mistake.
pub(in crate::inventory) async fn discrepancies(conn: &mut MySqlConnection) -> sqlx::Result<Vec<Discrepancy>> {
    sqlx::query_as!(
        Discrepancy,
        "select s.variant_id as `variant_id: _`, v.sku as `sku: _`, s.on_hand as `on_hand: _`,
                s.reserved as `reserved: _`, cast(coalesce(m.total, 0) as signed) as `ledger!: _`,
                cast(coalesce(h.total, 0) as signed) as `held!: _`
         from stock s
         join variants v on v.id = s.variant_id
         left join (select variant_id, sum(delta) as total from stock_movements group by variant_id) m
             on m.variant_id = s.variant_id
         left join (select variant_id, sum(quantity) as total from holds group by variant_id) h
             on h.variant_id = s.variant_id
         where s.on_hand <> coalesce(m.total, 0) or s.reserved <> coalesce(h.total, 0)
         order by s.variant_id"
    )
    .fetch_all(conn)
    .await
}

pub(in crate::inventory) async fn noted_discrepancies(conn: &mut MySqlConnection) -> sqlx::Result<Vec<Discrepancy>> {
    sqlx::query_as!(
        Discrepancy,
        "select d.variant_id as `variant_id: _`, v.sku as `sku: _`, d.on_hand as `on_hand: _`,
                d.ledger as `ledger: _`, d.reserved as `reserved: _`, d.held as `held: _`
         from stock_discrepancies d join variants v on v.id = d.variant_id order by d.variant_id"
    )
    .fetch_all(conn)
    .await
}

pub(in crate::inventory) async fn clear_discrepancies(conn: &mut MySqlConnection) -> sqlx::Result<()> {
    sqlx::query!("delete from stock_discrepancies").execute(conn).await?;
    Ok(())
}

pub(in crate::inventory) async fn note_discrepancy(
    conn: &mut MySqlConnection,
    row: &Discrepancy,
    now: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into stock_discrepancies (variant_id, on_hand, ledger, reserved, held, found_at)
         values (?, ?, ?, ?, ?, ?)",
        row.variant_id,
        row.on_hand,
        row.ledger,
        row.reserved,
        row.held,
        now,
    )
    .execute(conn)
    .await?;
    Ok(())
}
