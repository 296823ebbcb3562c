//! What happens to one planned order after it is placed: paid or not, shipped, completed, cancelled, and when.

use crate::random::SplitMix64;

/// A minute of the shop's local calendar, counted back from today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    pub days_ago: u16,
    /// 0 to 1439.
    pub minute_of_day: u16,
}

impl Moment {
    /// How many minutes before now it was, when `now` is the present minute of the shop's day (0 to 1439).
    ///
    /// The moments of today are squeezed, in their order, into the part of today that has passed, so none is in the future.
    pub fn minutes_before(self, now: u16) -> u32 {
        let now = u32::from(now.min(LAST_MINUTE));
        let minute = u32::from(self.minute_of_day);
        if self.days_ago == 0 {
            now - minute * now / MINUTES
        } else {
            now + u32::from(self.days_ago) * MINUTES - minute
        }
    }

    /// Orders moments by time: the later one is greater.
    #[cfg(test)]
    pub(crate) const fn rank(self) -> i64 {
        self.minute_of_day as i64 - self.days_ago as i64 * MINUTES as i64
    }
}

/// How an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentMethod {
    Demo,
    CashOnDelivery,
}

impl PaymentMethod {
    /// The word that the shop stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Demo => "demo",
            Self::CashOnDelivery => "cash_on_delivery",
        }
    }
}

/// Where an order has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlannedStatus {
    PendingPayment,
    Processing,
    Shipped,
    Completed,
    Cancelled,
}

impl PlannedStatus {
    /// The word that the shop stores.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PendingPayment => "pending_payment",
            Self::Processing => "processing",
            Self::Shipped => "shipped",
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }
}

pub(crate) struct Course {
    pub(crate) payment: PaymentMethod,
    pub(crate) status: PlannedStatus,
    pub(crate) paid: Option<Moment>,
    pub(crate) shipped: Option<Moment>,
    pub(crate) completed: Option<Moment>,
    pub(crate) cancelled: Option<Moment>,
    pub(crate) tracking_number: Option<String>,
}

/// Decides the course of an order placed at `placed`.
pub(crate) fn plan(placed: Moment, random: &mut SplitMix64) -> Course {
    let status = status_after(placed.days_ago, random);
    let cash = status != PlannedStatus::PendingPayment && random.chance(28);
    let mut course = Course {
        payment: if cash { PaymentMethod::CashOnDelivery } else { PaymentMethod::Demo },
        status,
        paid: None,
        shipped: None,
        completed: None,
        cancelled: None,
        tracking_number: None,
    };
    match status {
        PlannedStatus::PendingPayment => {}
        PlannedStatus::Cancelled => course.cancelled = Some(cancelled_after(placed, cash, random)),
        PlannedStatus::Processing => course.paid = paid_after(placed, cash, random),
        PlannedStatus::Shipped | PlannedStatus::Completed => {
            course.paid = paid_after(placed, cash, random);
            // The courier comes in the afternoon of the next day.
            let shipped = Moment { days_ago: placed.days_ago - 1, minute_of_day: minute(random, 13 * 60, 17 * 60) };
            course.shipped = Some(shipped);
            course.tracking_number =
                Some(format!("NS{:05}{:05}", random.between(0, 99_999), random.between(0, 99_999)));
            if status == PlannedStatus::Completed {
                let travel = u16::try_from(random.between(2, 4)).unwrap_or(2);
                let days_ago = shipped.days_ago.saturating_sub(travel);
                let received = Moment { days_ago, minute_of_day: minute(random, 9 * 60, 20 * 60) };
                course.completed = Some(received);
                if cash {
                    course.paid = Some(received);
                }
            }
        }
    }
    course
}

const MINUTES: u32 = 24 * 60;
const LAST_MINUTE: u16 = 24 * 60 - 1;

fn status_after(days_ago: u16, random: &mut SplitMix64) -> PlannedStatus {
    use PlannedStatus::{Cancelled, Completed, PendingPayment, Processing, Shipped};
    let mix: &[(PlannedStatus, u32)] = match days_ago {
        0 => &[(PendingPayment, 45), (Processing, 55)],
        1 => &[(Processing, 62), (Shipped, 30), (Cancelled, 8)],
        2..=3 => &[(Processing, 14), (Shipped, 78), (Cancelled, 8)],
        4..=6 => &[(Shipped, 34), (Completed, 58), (Cancelled, 8)],
        _ => &[(Completed, 91), (Cancelled, 9)],
    };
    random.pick(mix, |(_, weight)| *weight).map_or(Completed, |(status, _)| *status)
}

fn paid_after(placed: Moment, cash: bool, random: &mut SplitMix64) -> Option<Moment> {
    let paid = later_that_day(placed, random.between(1, 25));
    (!cash).then_some(paid)
}

/// An unpaid order ends by itself after a day; an order with cash is called off within hours.
fn cancelled_after(placed: Moment, cash: bool, random: &mut SplitMix64) -> Moment {
    if cash || placed.days_ago == 0 {
        later_that_day(placed, random.between(30, 300))
    } else {
        Moment { days_ago: placed.days_ago - 1, minute_of_day: placed.minute_of_day }
    }
}

fn later_that_day(moment: Moment, minutes: u32) -> Moment {
    let minute = u32::from(moment.minute_of_day) + minutes;
    Moment { minute_of_day: u16::try_from(minute).unwrap_or(LAST_MINUTE).min(LAST_MINUTE), ..moment }
}

fn minute(random: &mut SplitMix64, low: u32, high: u32) -> u16 {
    u16::try_from(random.between(low, high)).unwrap_or(LAST_MINUTE)
}
