//! Accounts of the shop that this one replaces.

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::locale::Locale;
use domain::message::Message;
use domain::shipping::Address;
use domain::text::{EmailAddress, PersonName, Phone};

use super::queries::accounts as queries;
use crate::buyers;
use crate::database::Work;
use crate::error::{Error, Result};

/// An account as it stood.
pub(crate) struct FormerAccount<'a> {
    pub(crate) email: &'a EmailAddress,
    pub(crate) name: &'a PersonName,
    pub(crate) phone: Option<&'a Phone>,
    pub(crate) address: Option<&'a Address>,
    /// Of a password that was kept in clear, or as the former shop hashed it.
    pub(crate) password_hash: &'a str,
    pub(crate) locale: Locale,
    pub(crate) made_at: DateTime<Utc>,
}

/// Makes the account; nobody hears of it.
///
/// `Refused(AlreadyTaken)` when the e-mail has one: it stays as it is, with its own password.
pub(crate) async fn write_former(work: &mut Work, former: &FormerAccount<'_>) -> Result<CustomerId> {
    let email = former.email.key();
    if queries::with_email(work, &email).await?.is_some() {
        return Err(Error::Refused(Message::AlreadyTaken));
    }
    let customer = queries::begin_anew(work, &email, former.name.as_str(), former.made_at).await?;
    queries::insert(work, customer, former.password_hash, former.locale, former.made_at).await?;
    match (former.address, former.phone) {
        (Some(address), _) => buyers::learn_address(work, customer, address).await?,
        (None, Some(phone)) => {
            let contact = Address { name: former.name.clone(), phone: phone.clone(), place: None };
            buyers::learn_address(work, customer, &contact).await?;
        }
        (None, None) => {}
    }
    Ok(customer)
}
