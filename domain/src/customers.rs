//! Customers: people who bought, or whom the owner knows.

use serde::{Deserialize, Serialize};

use crate::shipping::AddressForm;

pub use crate::id::CustomerId;

/// Asks to add a customer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreateCustomer {
    pub email: String,
    pub address: AddressForm,
}
