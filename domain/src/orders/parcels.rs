//! Parcels and returns: where the units of an order are.
//!
//! Of every line `returned <= shipped <= quantity - called_off`, always. What was given back the money for does not leave:
//! whoever refunds units calls those off that are [`Whereabouts::unpaid`].

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Actor, OrderEvent};
use crate::id::OrderLineId;
use crate::message::Message;

pub use crate::id::{ParcelId, ReturnId};

/// Some units of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineUnits {
    pub line_id: OrderLineId,
    pub quantity: u32,
}

/// A parcel that was handed to a courier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    pub id: ParcelId,
    pub courier: Option<String>,
    pub tracking_number: Option<String>,
    pub lines: Vec<LineUnits>,
    pub actor: Actor,
    pub at: DateTime<Utc>,
}

/// Units that came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Return {
    pub id: ReturnId,
    pub note: Option<String>,
    pub lines: Vec<ReturnedUnits>,
    pub actor: Actor,
    pub at: DateTime<Utc>,
}

/// Units of a line that came back, and whether they can be sold again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReturnedUnits {
    pub line_id: OrderLineId,
    pub quantity: u32,
    pub restock: bool,
}

/// Where the units of a line are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whereabouts {
    pub line_id: OrderLineId,
    pub quantity: u32,
    /// Units that will not leave any more.
    pub called_off: u32,
    pub shipped: u32,
    pub returned: u32,
}

impl Whereabouts {
    /// Units that are still here.
    pub const fn to_ship(&self) -> u32 {
        self.quantity.saturating_sub(self.called_off).saturating_sub(self.shipped)
    }

    /// Units that are still here and that nobody pays for, when the price of so many of the line went back. One whose price
    /// went back is taken to be one that is here, unless the buyer has fewer than were paid for.
    pub const fn unpaid(&self, refunded: u32) -> u32 {
        let owed = self.quantity.saturating_sub(refunded).saturating_sub(self.away());
        self.to_ship().saturating_sub(owed)
    }

    /// Units that the buyer has, or the courier.
    pub const fn away(&self) -> u32 {
        self.shipped.saturating_sub(self.returned)
    }
}

/// Why units cannot be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitsRefused {
    #[error("no units are named")]
    Nothing,
    #[error("a line is not of this order, or is named twice")]
    StrangeLine,
    #[error("a line has only {left} of these units")]
    TooMany { left: u32 },
}

impl UnitsRefused {
    /// What a person reads of it.
    pub const fn message(self) -> Message {
        match self {
            Self::Nothing => Message::NoUnits,
            Self::StrangeLine => Message::NotAChoice,
            Self::TooMany { left } => Message::OnlySoManyUnits { left },
        }
    }
}

/// What goes into a parcel, and what that is for the order: its last units or a part of them. Everything that is left
/// goes when nothing is named.
///
/// # Errors
/// When there is nothing to go, or more is asked for than is left.
pub fn pack(lines: &[Whereabouts], asked: Option<&[LineUnits]>) -> Result<(Vec<LineUnits>, OrderEvent), UnitsRefused> {
    let packed = match asked {
        Some(asked) => taken(lines, asked, Whereabouts::to_ship)?,
        None => rest(lines),
    };
    if packed.is_empty() {
        return Err(UnitsRefused::Nothing);
    }
    let left: u64 = lines.iter().map(|line| u64::from(line.to_ship())).sum();
    let event = if sum(&packed) == left { OrderEvent::HandedToCourier } else { OrderEvent::PartHandedToCourier };
    Ok((packed, event))
}

/// Everything that has not left yet.
pub fn rest(lines: &[Whereabouts]) -> Vec<LineUnits> {
    let left = lines.iter().map(|line| LineUnits { line_id: line.line_id, quantity: line.to_ship() });
    left.filter(|units| units.quantity > 0).collect()
}

/// Whether the buyer has nothing of it any more, and nothing is left to go.
pub fn is_all_back(lines: &[Whereabouts]) -> bool {
    lines.iter().all(|line| line.to_ship() == 0 && line.away() == 0)
}

/// Whether these units may come back, and whether nothing is left with the buyer afterwards.
///
/// # Errors
/// When none is named, or more than the buyer has.
pub fn take_back(lines: &[Whereabouts], asked: &[LineUnits]) -> Result<bool, UnitsRefused> {
    let taken = taken(lines, asked, Whereabouts::away)?;
    if taken.is_empty() {
        return Err(UnitsRefused::Nothing);
    }
    let outstanding: u64 = lines.iter().map(|line| u64::from(line.to_ship()) + u64::from(line.away())).sum();
    Ok(sum(&taken) == outstanding)
}

fn taken(
    lines: &[Whereabouts],
    asked: &[LineUnits],
    of: impl Fn(&Whereabouts) -> u32,
) -> Result<Vec<LineUnits>, UnitsRefused> {
    let mut taken: Vec<LineUnits> = Vec::new();
    for units in asked.iter().filter(|units| units.quantity > 0) {
        let line = lines.iter().find(|line| line.line_id == units.line_id).ok_or(UnitsRefused::StrangeLine)?;
        if taken.iter().any(|known| known.line_id == units.line_id) {
            return Err(UnitsRefused::StrangeLine);
        }
        let left = of(line);
        if units.quantity > left {
            return Err(UnitsRefused::TooMany { left });
        }
        taken.push(*units);
    }
    Ok(taken)
}

fn sum(units: &[LineUnits]) -> u64 {
    units.iter().map(|units| u64::from(units.quantity)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LineUnits, UnitsRefused, Whereabouts, is_all_back, pack, rest, take_back};
    use crate::id::OrderLineId;
    use crate::orders::{OrderEvent, OrderStatus};

    fn lines(quantities: &[u32]) -> Vec<Whereabouts> {
        let ids = (1..).map(OrderLineId::new);
        let line = |(line_id, quantity): (_, &u32)| Whereabouts {
            line_id,
            quantity: *quantity,
            called_off: 0,
            shipped: 0,
            returned: 0,
        };
        ids.zip(quantities).map(line).collect()
    }

    fn units(line: u64, quantity: u32) -> LineUnits {
        LineUnits { line_id: OrderLineId::new(line), quantity }
    }

    #[test]
    fn all_that_is_left_goes_when_nothing_is_named() {
        let mut lines = lines(&[2, 1]);
        assert_eq!(pack(&lines, None).unwrap(), (vec![units(1, 2), units(2, 1)], OrderEvent::HandedToCourier));
        lines[0].shipped = 2;
        assert_eq!(pack(&lines, None).unwrap(), (vec![units(2, 1)], OrderEvent::HandedToCourier));
        lines[1].shipped = 1;
        assert_eq!(pack(&lines, None), Err(UnitsRefused::Nothing));
    }

    #[test]
    fn a_part_is_a_part_and_never_more_than_is_there() {
        let lines = lines(&[2, 1]);
        let (_, event) = pack(&lines, Some(&[units(1, 1)])).unwrap();
        assert_eq!(event, OrderEvent::PartHandedToCourier);
        assert_eq!(pack(&lines, Some(&[units(1, 3)])), Err(UnitsRefused::TooMany { left: 2 }));
        assert_eq!(pack(&lines, Some(&[units(1, 1), units(1, 1)])), Err(UnitsRefused::StrangeLine));
        assert_eq!(pack(&lines, Some(&[units(9, 1)])), Err(UnitsRefused::StrangeLine));
        assert_eq!(pack(&lines, Some(&[units(1, 0)])), Err(UnitsRefused::Nothing));
    }

    #[test]
    fn what_is_called_off_neither_goes_nor_comes_back() {
        let mut lines = lines(&[3, 1]);
        lines[0].shipped = 2;
        assert_eq!(rest(&lines), [units(1, 1), units(2, 1)]);
        (lines[0].called_off, lines[1].called_off) = (1, 1);
        assert_eq!(rest(&lines), []);
        assert_eq!(pack(&lines, Some(&[units(2, 1)])), Err(UnitsRefused::TooMany { left: 0 }));
        assert_eq!(take_back(&lines, &[units(2, 1)]), Err(UnitsRefused::TooMany { left: 0 }));
        assert!(!is_all_back(&lines));
        assert_eq!(take_back(&lines, &[units(1, 2)]), Ok(true), "the last that the buyer has");
        lines[0].returned = 2;
        assert!(is_all_back(&lines));
    }

    #[test]
    fn what_was_refunded_before_it_left_is_not_sent() {
        let line = |quantity, called_off, shipped, returned| Whereabouts {
            line_id: OrderLineId::new(1),
            quantity,
            called_off,
            shipped,
            returned,
        };
        assert_eq!(line(2, 0, 0, 0).unpaid(0), 0);
        assert_eq!(line(2, 0, 0, 0).unpaid(1), 1);
        assert_eq!(line(2, 1, 0, 0).unpaid(1), 0, "called off already, such as by a refund that is tried once more");
        assert_eq!(line(3, 0, 1, 0).unpaid(1), 1, "one is with the buyer and paid for");
        assert_eq!(line(3, 0, 1, 1).unpaid(1), 0, "it was that of the one that came back");
        assert_eq!(line(3, 0, 2, 0).unpaid(2), 1, "and one that the buyer keeps");
        assert_eq!(line(2, 0, 2, 0).unpaid(2), 0, "nothing is here");
    }

    proptest! {
        /// In whatever order units are refunded, sent and taken back: nothing leaves that is not paid for, and as long as an
        /// order is not ended there is a step that brings it there.
        #[test]
        fn nothing_leaves_whose_price_went_back(
            quantities in proptest::collection::vec(1_u32..5, 1..4),
            moves in proptest::collection::vec((0_u8..4, 0_usize..4, 1_u32..4), 0..40),
        ) {
            let mut lines = lines(&quantities);
            let mut refunded = vec![0_u32; quantities.len()];
            let mut status = OrderStatus::Processing;
            for (does, line, quantity) in moves {
                let line = line % quantities.len();
                let asked = [units(line as u64 + 1, quantity)];
                let may_leave = |lines: &[Whereabouts], refunded: &[u32]| {
                    lines.iter().zip(refunded).all(|(line, refunded)| line.unpaid(*refunded) == 0)
                };
                match does {
                    0 if refunded[line] + quantity <= quantities[line] => {
                        refunded[line] += quantity;
                        if matches!(status, OrderStatus::Processing | OrderStatus::PartiallyShipped) {
                            lines[line].called_off += lines[line].unpaid(refunded[line]);
                            prop_assert!(may_leave(&lines, &refunded));
                            if status == OrderStatus::PartiallyShipped && rest(&lines).is_empty() {
                                status = status.after(OrderEvent::RestCalledOff).unwrap().to;
                                if is_all_back(&lines) {
                                    status = status.after(OrderEvent::EverythingReturned).unwrap().to;
                                }
                            }
                        }
                    }
                    1 => {
                        let Ok((packed, event)) = pack(&lines, Some(&asked)) else { continue };
                        let paid = quantities[line] - refunded[line];
                        prop_assert!(lines[line].away() + packed[0].quantity <= paid.max(lines[line].away()));
                        status = status.after(event).unwrap().to;
                        lines[line].shipped += packed[0].quantity;
                    }
                    2 => {
                        let Ok(is_everything) = take_back(&lines, &asked) else { continue };
                        lines[line].returned += quantity;
                        if is_everything {
                            status = status.after(OrderEvent::EverythingReturned).unwrap().to;
                        }
                    }
                    _ => {}
                }
                prop_assert!(lines.iter().all(|line| line.shipped + line.called_off <= line.quantity));
                let ends = match status {
                    OrderStatus::Processing => status.after(OrderEvent::CalledOff).is_ok(),
                    OrderStatus::PartiallyShipped => pack(&lines, None).is_ok(),
                    OrderStatus::Shipped => status.after(OrderEvent::Delivered).is_ok(),
                    OrderStatus::Returned => is_all_back(&lines),
                    OrderStatus::PendingPayment | OrderStatus::Completed | OrderStatus::Cancelled => false,
                };
                prop_assert!(ends, "{status}");
            }
        }

        /// Whatever is packed, called off and taken back, no line has more units away than it was ordered with, and the
        /// order is shipped or returned exactly when nothing is left to.
        #[test]
        fn no_unit_goes_or_comes_twice(
            quantities in proptest::collection::vec(1_u32..5, 1..4),
            moves in proptest::collection::vec((0_u8..9, 0_usize..4, 1_u32..4), 0..40),
        ) {
            let mut lines = lines(&quantities);
            let mut status = OrderStatus::Processing;
            for (does, line, quantity) in moves {
                let asked = [units(line as u64 + 1, quantity)];
                if does == 0 {
                    let Ok(step) = status.after(OrderEvent::RestCalledOff) else { continue };
                    status = step.to;
                    for units in rest(&lines) {
                        lines.iter_mut().find(|line| line.line_id == units.line_id).unwrap().called_off += units.quantity;
                    }
                    if is_all_back(&lines) {
                        status = status.after(OrderEvent::EverythingReturned).unwrap().to;
                    }
                } else if does < 5 {
                    let Ok((packed, event)) = pack(&lines, Some(&asked)) else { continue };
                    status = status.after(event).unwrap().to;
                    for units in packed {
                        lines.iter_mut().find(|line| line.line_id == units.line_id).unwrap().shipped += units.quantity;
                    }
                } else if let Ok(is_everything) = take_back(&lines, &asked) {
                    if is_everything {
                        status = status.after(OrderEvent::EverythingReturned).unwrap().to;
                    }
                    lines.iter_mut().find(|of| of.line_id == asked[0].line_id).unwrap().returned += quantity;
                }
                let holds = |line: &Whereabouts| {
                    line.returned <= line.shipped && line.shipped + line.called_off <= line.quantity
                };
                prop_assert!(lines.iter().all(holds));
                let is_all_shipped = lines.iter().all(|line| line.to_ship() == 0);
                let is_all_back = is_all_back(&lines);
                match status {
                    OrderStatus::Returned => prop_assert!(is_all_back),
                    OrderStatus::Shipped => prop_assert!(is_all_shipped && !is_all_back),
                    OrderStatus::Processing | OrderStatus::PartiallyShipped => prop_assert!(!is_all_shipped),
                    OrderStatus::PendingPayment | OrderStatus::Completed | OrderStatus::Cancelled => prop_assert!(false),
                }
            }
        }
    }
}
