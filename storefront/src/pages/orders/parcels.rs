//! Parcels and refunds, as the buyer of an order sees them.

use domain::orders::OrderDetail;
use domain::shipping::DeliveryMethod;

use crate::layout::Layout;
use crate::texts::After;

/// A parcel.
pub(crate) struct ParcelView {
    pub(crate) title: String,
    pub(crate) sent: String,
    pub(crate) tracking_number: Option<String>,
    /// What is in it: `2 × Linen shirt`; empty when everything is.
    pub(crate) items: Vec<String>,
}

/// Money that goes back.
pub(crate) struct RefundView {
    pub(crate) amount: String,
    pub(crate) state: &'static str,
    pub(crate) at: String,
    pub(crate) reason: String,
}

/// The parcels of an order, oldest first.
pub(crate) fn parcels(layout: &Layout, order: &OrderDetail) -> Vec<ParcelView> {
    let is_one_of_many = order.parcels.len() > 1 || order.lines.iter().any(|line| line.shipped < line.quantity);
    let view = |(index, parcel): (usize, &domain::orders::Parcel)| {
        let number = index + 1;
        let name = match &parcel.courier {
            Some(courier) => courier.clone(),
            None => layout.say(After::Parcel),
        };
        let items = parcel.lines.iter().filter_map(|units| {
            let line = order.lines.iter().find(|line| line.id == units.line_id)?;
            Some(format!("{} × {}", units.quantity, layout.of(&line.name)))
        });
        ParcelView {
            title: if order.parcels.len() > 1 { format!("{number}. {name}") } else { name },
            sent: layout.say(match order.delivery_method {
                DeliveryMethod::Courier => After::SentAt { moment: layout.moment(&parcel.at) },
                DeliveryMethod::Pickup => After::ReadyAt { moment: layout.moment(&parcel.at) },
            }),
            tracking_number: parcel.tracking_number.clone(),
            items: if is_one_of_many { items.collect() } else { Vec::new() },
        }
    };
    order.parcels.iter().enumerate().map(view).collect()
}

/// The refunds of an order, oldest first.
pub(crate) fn refunds(layout: &Layout, order: &OrderDetail) -> Vec<RefundView> {
    let view = |refund: &domain::payments::Refund| RefundView {
        amount: refund.amount.display(order.currency),
        state: refund.status.buyer_label(layout.locale),
        at: layout.moment(&refund.settled_at.unwrap_or(refund.at)),
        reason: refund.reason.clone(),
    };
    order.refunds.iter().map(view).collect()
}
