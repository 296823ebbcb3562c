//! The SQL of reviews. Private to the slice.

use chrono::{DateTime, Utc};
use domain::catalog::ProductId;
use domain::customers::CustomerId;
use domain::reviews::Review;
use sqlx::MySqlConnection;

pub(super) async fn newest(conn: &mut MySqlConnection, product: ProductId, limit: u32) -> sqlx::Result<Vec<Review>> {
    sqlx::query_as!(
        Review,
        "select r.id as `id: _`, c.name as `name: _`, r.rating as `rating: _`, r.body as `body: _`,
                r.created_at as `created_at: _`
         from reviews r join customers c on c.id = r.customer_id
         where r.product_id = ?
         order by r.created_at desc, r.id desc limit ?",
        product,
        limit,
    )
    .fetch_all(conn)
    .await
}

pub(super) async fn insert(
    conn: &mut MySqlConnection,
    product: ProductId,
    customer: CustomerId,
    rating: u8,
    body: &str,
    at: DateTime<Utc>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into reviews (product_id, customer_id, rating, body, created_at) values (?, ?, ?, ?, ?)",
        product,
        customer,
        rating,
        body,
        at,
    )
    .execute(conn)
    .await?;
    Ok(())
}
