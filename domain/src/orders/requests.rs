//! What staff ask of the shop about an order.

use serde::{Deserialize, Serialize};

use super::parcels::{LineUnits, ReturnedUnits};
use crate::id::OrderId;

/// Asks for an order in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetOrder {
    pub order_id: OrderId,
}

/// Says that a parcel is with the courier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShipOrder {
    pub order_id: OrderId,
    /// Empty when the courier gives none.
    pub tracking_number: String,
    /// Empty when it does not matter.
    #[serde(default)]
    pub courier: String,
    /// What is in it; everything that is left when nothing is named.
    #[serde(default)]
    pub lines: Option<Vec<LineUnits>>,
}

impl ShipOrder {
    /// Everything that is left, in one parcel of no particular courier.
    pub fn all(order_id: OrderId, tracking_number: impl Into<String>) -> Self {
        Self { order_id, tracking_number: tracking_number.into(), courier: String::new(), lines: None }
    }
}

/// Says that units came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnOrder {
    pub order_id: OrderId,
    pub lines: Vec<ReturnedUnits>,
    /// Why, for the desk; may be empty.
    pub note: String,
    /// Whether what was paid for them goes back.
    pub refund: bool,
    /// The same when the same return is sent again, such as by a double click.
    pub key: String,
}

/// Says that the buyer has the goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompleteOrder {
    pub order_id: OrderId,
}

/// Asks to call an order off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CancelOrder {
    pub order_id: OrderId,
    /// Why, for the history.
    pub reason: String,
}

/// Asks to call off what has not left of an order that was shipped in part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallOffRest {
    pub order_id: OrderId,
    /// Why, for the history.
    pub reason: String,
}

/// Opens a conversation with an order's buyer in WhatsApp, with a text that is ready to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenWhatsApp {
    pub order_id: OrderId,
}

/// Opens an order's invoice in the browser, to be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenInvoice {
    pub order_id: OrderId,
}
