//! Letters that are about nothing that their reader did, and how one says that they are not wanted.

use domain::customers::CustomerId;
use domain::events::About;
use domain::message::Message;

use super::queries;
use crate::database::transact;
use crate::error::{Error, Result};
use crate::secrets::SigningKey;
use crate::{Shop, events};

/// Where a reader says so, without signing in: mail programs do it for them.
pub(crate) fn stop_path(keys: &SigningKey, reader: CustomerId) -> String {
    format!("/letters/stop?reader={reader}&token={}", keys.token(&subject(reader)))
}

/// Whether somebody has the link of a letter to that reader.
///
/// `NotFound` when not.
pub fn check(shop: &Shop, reader: u64, token: &str) -> Result<CustomerId> {
    let reader = CustomerId::new(reader);
    if shop.order_links.proves(&subject(reader), token) {
        Ok(reader)
    } else {
        Err(Error::NotFound(Message::NoSuchPage))
    }
}

/// Notes whether the reader of such a letter wants more.
pub async fn want(shop: &Shop, reader: CustomerId, wants: bool) -> Result<()> {
    transact!(shop.shopper(), |work| {
        queries::accounts::set_wants_news(work, reader, wants).await?;
        events::record(work, &About::Customer(reader).into()).await
    })
}

fn subject(reader: CustomerId) -> String {
    format!("news:{reader}")
}
