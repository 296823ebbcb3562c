//! What buyers say of a product: only who received it, and once.

use chrono::{DateTime, Utc};
use domain::catalog::ProductId;
use domain::customers::CustomerId;
use domain::message::Message;
use domain::reviews::{CreateReview, Review};
use domain::staff::{Permission, Staff};

use crate::buyers;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, catalog, database, orders};

mod queries;

/// The newest reviews of a product.
pub async fn of(shop: &Shop, product: ProductId, limit: u32) -> Result<Vec<Review>> {
    Ok(queries::newest(&mut *shop.db.acquire().await?, product, limit).await?)
}

/// Adds a review of the shop before this one, which asked who had bought the product.
///
/// `Refused(AlreadyTaken)` when the customer has reviewed it here.
pub(crate) async fn write_former(
    work: &mut Work,
    product: ProductId,
    customer: CustomerId,
    rating: u8,
    body: &str,
    at: DateTime<Utc>,
) -> Result<()> {
    match queries::insert(work, product, customer, rating, body, at).await {
        Err(error) if database::is_duplicate_of(&error, "reviews_once") => Err(Error::Refused(Message::AlreadyTaken)),
        outcome => Ok(outcome?),
    }
}

/// Adds a review that came in elsewhere; the rules are the same as for one that is written here.
pub async fn import(shop: &Shop, staff: &Staff, request: CreateReview, at: DateTime<Utc>) -> Result<()> {
    let writer = shop.import(staff, Permission::ChangeCatalog)?;
    let body = request.read().map_err(|(field, message)| Error::field(field, message))?;

    transact!(writer, |work| {
        let product =
            catalog::find(work, &request.product_slug).await?.ok_or(Error::NotFound(Message::NoSuchProduct))?;
        let customer = buyers::find(work, &request.email).await?.ok_or(Error::field("email", Message::NotAChoice))?;
        if !orders::has_received(work, customer, product).await? {
            return Err(Error::Refused(Message::NotPermitted));
        }

        match queries::insert(work, product, customer, request.rating, &body, at).await {
            Err(error) if database::is_duplicate_of(&error, "reviews_once") => {
                return Err(Error::Refused(Message::AlreadyTaken));
            }
            other => other?,
        }
        Ok(())
    })
}
