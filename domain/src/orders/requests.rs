//! What staff ask of the shop about an order.

use serde::{Deserialize, Serialize};

use crate::id::OrderId;

/// Asks for an order in full.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetOrder {
    pub order_id: OrderId,
}

/// Says that the parcel is with the courier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShipOrder {
    pub order_id: OrderId,
    /// Empty when the courier gives none.
    pub tracking_number: String,
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
