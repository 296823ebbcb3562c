//! The one place where an import hands a picture's bytes to the picture store.

use domain::message::Message;
use domain::staff::Staff;

use crate::error::{Error, Result};
use crate::{Shop, media};

/// The key of the picture in the store, or why it is none.
pub(super) async fn take(shop: &Shop, staff: &Staff, bytes: Vec<u8>) -> Result<std::result::Result<String, Message>> {
    match media::take(shop, staff, bytes).await {
        Ok(taken) => Ok(Ok(taken.picture.key)),
        Err(Error::Invalid(problems)) => {
            let why = problems.into_iter().next().map(|problem| problem.message);
            Ok(Err(why.unwrap_or(Message::BrokenPicture)))
        }
        Err(error) => Err(error),
    }
}
