//! Customers: people who bought, or whom the owner knows. An account is a customer's password; a guest's orders are
//! not the account's, however equal the e-mail.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::message::Message;
use crate::money::{Currency, Money};
use crate::orders::{OrderRow, OrderStatus};
use crate::page::{PageNumber, Position};
use crate::problem::{FieldProblem, Fields};
use crate::shipping::AddressForm;
use crate::text::{EmailAddress, Password, PersonName};
use crate::text_enum::text_enum;

pub use crate::id::CustomerId;

/// How long a session may rest before it ends.
pub const SESSION_REST: TimeDelta = TimeDelta::days(30);

/// How long a session may live at all.
pub const SESSION_LIFE: TimeDelta = TimeDelta::days(180);

text_enum! {
    /// What a link in a letter is good for, once.
    pub enum LinkKind {
        /// A new password.
        Reset = "reset",
        /// A session.
        SignIn = "sign_in",
        /// An address is its account's.
        Confirm = "confirm",
        /// A new password for the desk.
        StaffReset = "staff_reset",
    }
}

impl LinkKind {
    /// How long it is good for, from when its letter leaves; and how long that letter may wait to leave.
    pub const fn life(self) -> TimeDelta {
        match self {
            Self::Reset | Self::StaffReset => TimeDelta::hours(1),
            Self::SignIn => TimeDelta::minutes(30),
            Self::Confirm => TimeDelta::days(3),
        }
    }
}

text_enum! {
    /// What somebody who tells an e-mail address wants to be sent there.
    pub enum LinkWish {
        /// To choose a new password.
        Reset = "reset",
        /// To sign in without one.
        SignIn = "sign_in",
        /// To find an order again.
        Order = "order",
        /// To choose a new password for the desk.
        StaffReset = "staff_reset",
    }
}

/// Asks to add a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateCustomer {
    pub email: String,
    pub address: AddressForm,
}

/// Somebody who has an account, and proved it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Customer {
    pub id: CustomerId,
    pub email: String,
    pub name: String,
    pub locale: Locale,
    /// Where parcels went last; only the name is filled in until the first order.
    pub address: AddressForm,
    /// Whether its owner proved to read what is sent to its address.
    pub is_verified: bool,
}

/// Asks for an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterCustomer {
    pub name: String,
    pub email: String,
    pub password: Password,
    pub locale: Locale,
}

/// [`RegisterCustomer`], read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyCustomer {
    pub name: PersonName,
    pub email: EmailAddress,
    pub password: Password,
}

impl RegisterCustomer {
    /// Reads what was sent, or says all that is wrong with it.
    pub fn read(&self) -> Result<ReadyCustomer, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let name = fields.take("name", PersonName::parse(&self.name));
        let email = fields.take("email", EmailAddress::parse(&self.email));
        let password = fields.take("password", choose(&self.password, &self.email));
        match (name, email, password) {
            (Some(name), Some(email), Some(password)) => Ok(ReadyCustomer { name, email, password }),
            _ => Err(fields.into_problems()),
        }
    }
}

/// Asks to sign in to an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInCustomer {
    pub email: String,
    pub password: Password,
}

/// Asks for another password, by somebody who knows the present one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangePassword {
    pub current: Password,
    pub new: Password,
}

/// Asks for another e-mail address, by somebody who knows the password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeEmail {
    pub email: String,
    pub password: Password,
}

/// An order of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnOrder {
    pub number: String,
    pub placed_at: DateTime<Utc>,
    pub status: OrderStatus,
    pub units: u32,
    pub total: Money,
    pub currency: Currency,
    /// Until when it waits for its payment, if it does.
    pub pay_by: Option<DateTime<Utc>>,
    /// Opens the order's pages.
    pub access_token: String,
}

/// A page of an account's orders, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnOrders {
    pub rows: Vec<OwnOrder>,
    pub position: Position,
}

/// Asks for a page of customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListCustomers {
    /// Part of a name, an e-mail or a telephone number.
    pub search: Option<String>,
    pub page: PageNumber,
}

/// A page of customers, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerPage {
    pub rows: Vec<CustomerRow>,
    pub position: Position,
}

/// A customer in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub name: String,
    pub email: String,
    pub city: Option<String>,
    pub has_account: bool,
    /// Orders that were not called off.
    pub orders: u32,
    /// What those are worth whose goods are or will be on their way.
    pub spent: Money,
    pub last_order_at: Option<DateTime<Utc>>,
}

/// Asks for one customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetCustomer {
    pub customer_id: CustomerId,
}

/// A customer, in full.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomerDetail {
    pub id: CustomerId,
    pub name: String,
    pub email: String,
    /// Blank where nothing is known.
    pub address: AddressForm,
    pub created_at: DateTime<Utc>,
    /// Nothing for a guest.
    pub account: Option<AccountState>,
    /// As in [`CustomerRow`].
    pub orders: u32,
    pub spent: Money,
    /// The newest orders, those among them that the account claimed.
    pub latest: Vec<OrderRow>,
}

/// What staff see of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountState {
    pub registered_at: DateTime<Utc>,
    /// Browsers that are signed in.
    pub sessions: u32,
    pub seen_at: Option<DateTime<Utc>>,
}

/// A password for an account of that e-mail, or what is wrong with it.
pub fn choose(password: &Password, email: &str) -> Result<Password, Message> {
    let chosen = Password::choose(password.reveal())?;
    let key = |text: &str| EmailAddress::parse(text).map(|email| email.key());
    let same = key(chosen.reveal()).is_ok_and(|chosen| key(email) == Ok(chosen));
    if same { Err(Message::PasswordIsTheEmail) } else { Ok(chosen) }
}

/// Whether a session that began and was last seen then is alive now.
pub fn is_alive(created_at: DateTime<Utc>, seen_at: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    now < seen_at + SESSION_REST && now < created_at + SESSION_LIFE
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta, Utc};

    use super::{RegisterCustomer, SESSION_LIFE, SESSION_REST, is_alive};
    use crate::locale::Locale;
    use crate::text::Password;

    #[test]
    fn a_session_ends_by_rest_and_by_age() {
        let born = DateTime::<Utc>::UNIX_EPOCH;
        let moment = TimeDelta::seconds(1);
        assert!(is_alive(born, born, born));
        assert!(is_alive(born, born, born + SESSION_REST - moment));
        assert!(!is_alive(born, born, born + SESSION_REST));
        let old = born + SESSION_LIFE;
        assert!(is_alive(born, old - moment, old - moment));
        assert!(!is_alive(born, old - moment, old), "use does not make it live for ever");
    }

    #[test]
    fn everything_that_is_wrong_is_told_at_once() {
        let wanted = |name: &str, email: &str, password: &str| RegisterCustomer {
            name: name.to_owned(),
            email: email.to_owned(),
            password: Password::typed(password),
            locale: Locale::English,
        };
        let fields = |wanted: RegisterCustomer| {
            wanted.read().unwrap_err().into_iter().map(|problem| problem.field).collect::<Vec<_>>()
        };
        assert_eq!(fields(wanted("", "x", "short")), ["name", "email", "password"]);
        assert_eq!(fields(wanted("Ayu", "ayu.lestari@example.com", "Ayu.Lestari@example.com")), ["password"]);
        assert!(wanted("Ayu", "ayu@example.com", "a long enough one").read().is_ok());
    }
}
