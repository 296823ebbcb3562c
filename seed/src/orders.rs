//! Plans the orders of the last ninety days. Pure and deterministic: no clock, no float, its own generator with a fixed seed.
//! The loader turns the moments into instants and lets services place, pay, ship, complete or cancel each order.

mod course;
mod lines;

use std::collections::BTreeMap;

use crate::catalog::products;
use crate::customers::customers;
use crate::random::SplitMix64;

pub use course::{Moment, PaymentMethod, PlannedStatus};
pub use lines::PlannedLine;
pub(crate) use lines::is_of;

const DAYS: u16 = 90;
const SEED: u64 = 0x5e7a_7091;

/// One order as it shall end up. Moments only ever go forward, and none lies in the future.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedOrder {
    /// The handle of the customer.
    pub customer: String,
    /// Each SKU at most once.
    pub lines: Vec<PlannedLine>,
    pub payment: PaymentMethod,
    pub status: PlannedStatus,
    pub placed: Moment,
    /// When the money came: soon after placing with `demo`, on delivery with cash.
    pub paid: Option<Moment>,
    pub shipped: Option<Moment>,
    pub completed: Option<Moment>,
    pub cancelled: Option<Moment>,
    /// For every order that was shipped.
    pub tracking_number: Option<String>,
}

/// The units of one SKU that the planned orders touch.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Units {
    /// Shipped or completed: they have left.
    pub sold: u32,
    /// Waiting for payment or for the parcel: still on the shelf, but promised.
    pub reserved: u32,
}

impl Units {
    /// What has to be received beside [`crate::Variant::stock`], so that exactly that stock is for sale in the end.
    ///
    /// Units of cancelled orders are not counted: a cancelled order only ever asks for one unit of a variant whose wanted
    /// stock is at least one, so it finds it whenever it is placed, and gives it back.
    pub const fn to_receive(self) -> u32 {
        self.sold + self.reserved
    }
}

/// Every planned order, the oldest first.
pub fn planned_orders() -> Vec<PlannedOrder> {
    let products = products();
    let customers = customers();
    let mut random = SplitMix64::new(SEED);
    let mut orders = Vec::new();
    for days_ago in (0..=DAYS).rev() {
        let mut minutes: Vec<u16> = (0..orders_on(days_ago, &mut random)).map(|_| minute_of_day(&mut random)).collect();
        minutes.sort_unstable();
        for minute_of_day in minutes {
            let Some(customer) = random.pick(&customers, |customer| customer.favours) else { continue };
            let course = course::plan(Moment { days_ago, minute_of_day }, &mut random);
            let lines = lines::plan(&products, course.status == PlannedStatus::Cancelled, &mut random);
            orders.push(PlannedOrder {
                customer: customer.handle.clone(),
                lines,
                payment: course.payment,
                status: course.status,
                placed: Moment { days_ago, minute_of_day },
                paid: course.paid,
                shipped: course.shipped,
                completed: course.completed,
                cancelled: course.cancelled,
                tracking_number: course.tracking_number,
            });
        }
    }
    lines::add_reviewed_products(&mut orders, &products, &mut random);
    orders
}

/// How many units of each SKU the planned orders take.
pub fn units_by_sku() -> BTreeMap<String, Units> {
    let mut units: BTreeMap<String, Units> = BTreeMap::new();
    for order in planned_orders() {
        for line in order.lines {
            let entry = units.entry(line.sku).or_default();
            match order.status {
                PlannedStatus::Shipped | PlannedStatus::Completed => entry.sold += line.quantity,
                PlannedStatus::PendingPayment | PlannedStatus::Processing => entry.reserved += line.quantity,
                PlannedStatus::Cancelled => {}
            }
        }
    }
    units
}

/// A week has its busy days, and the shop has grown a little.
fn orders_on(days_ago: u16, random: &mut SplitMix64) -> u32 {
    const WEEK: [u32; 7] = [4, 3, 2, 2, 1, 2, 3];
    let usual = WEEK[usize::from(days_ago % 7)];
    let growth = u32::from(DAYS - days_ago);
    usual + u32::from(random.chance(growth)) + u32::from(random.chance(growth / 3))
}

/// Few orders at night, most at lunch and after supper.
fn minute_of_day(random: &mut SplitMix64) -> u16 {
    const HOURS: [u32; 24] = [1, 1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 8, 6, 6, 6, 6, 7, 10, 12, 11, 7, 3];
    let hours: Vec<u16> = (0..24).collect();
    let hour = random.pick(&hours, |hour| HOURS[usize::from(*hour)]).copied().unwrap_or(12);
    hour * 60 + u16::try_from(random.between(0, 59)).unwrap_or(0)
}

#[cfg(test)]
mod tests;
