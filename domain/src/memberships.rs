//! Memberships: plans that customers buy for a month or a year, and what a purchase of one means at each moment.
//!
//! A customer has one living membership at most. Every purchase of it is worked out by [`quote`] when it is asked for
//! and by [`settle`] when its money comes, and its end by [`Period::after`] and
//! [`Period::after_term`] alone.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::{Locale, Translated};
use crate::money::{BasisPoints, Money};
use crate::pricing::MemberBenefit;
use crate::text_enum::text_enum;

mod requests;
mod rules;

#[cfg(test)]
mod tests;

pub use crate::id::{MembershipId, MembershipPlanId, MembershipPurchaseId};
pub use requests::{
    BuyMembership, DeletePlan, EndMembership, GetMember, ListMembers, ListPlans, ListPurchases, MemberDetail,
    MemberPage, MemberRow, PlanList, PlanRow, PurchasePage, PurchaseRow, ReadyPlan, SavePlan,
};
pub use rules::{Applied, Asked, NotForSale, Quote, Settlement, Standing, quote, settle};

text_enum! {
    /// How long a plan is bought for.
    pub enum Period {
        Monthly = "monthly",
        Yearly = "yearly",
    }
}

impl Period {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Monthly, Locale::Indonesian) => "Bulanan",
            (Self::Monthly, Locale::English) => "Monthly",
            (Self::Yearly, Locale::Indonesian) => "Tahunan",
            (Self::Yearly, Locale::English) => "Yearly",
        }
    }
}

text_enum! {
    /// Where a membership stands. One whose end has come gives nothing, whatever stands here.
    pub enum MembershipStatus {
        Active = "active",
        /// It ran out.
        Expired = "expired",
        /// It ended as its member had asked, or the desk ended it.
        Cancelled = "cancelled",
    }
}

impl MembershipStatus {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Active, Locale::Indonesian) => "Aktif",
            (Self::Active, Locale::English) => "Active",
            (Self::Expired, Locale::Indonesian) => "Berakhir",
            (Self::Expired, Locale::English) => "Expired",
            (Self::Cancelled, Locale::Indonesian) => "Dihentikan",
            (Self::Cancelled, Locale::English) => "Cancelled",
        }
    }
}

text_enum! {
    /// What a purchase does for its customer.
    pub enum PurchaseKind {
        /// Begins a membership.
        New = "new",
        /// Adds a period to the one that lives.
        Renew = "renew",
        /// Puts the yearly plan in the place of the monthly one, at once.
        Upgrade = "upgrade",
    }
}

impl PurchaseKind {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::New, Locale::Indonesian) => "Baru",
            (Self::New, Locale::English) => "New",
            (Self::Renew, Locale::Indonesian) => "Perpanjangan",
            (Self::Renew, Locale::English) => "Renewal",
            (Self::Upgrade, Locale::Indonesian) => "Naik paket",
            (Self::Upgrade, Locale::English) => "Upgrade",
        }
    }
}

text_enum! {
    /// Where a purchase stands.
    pub enum PurchaseStatus {
        /// It waits for its money.
        Pending = "pending",
        /// Its money came, and the membership has it.
        Paid = "paid",
        /// Nobody paid in time.
        Expired = "expired",
        /// Its customer called it off, or chose another plan.
        Cancelled = "cancelled",
        /// Its money came and could not be used, so it went back.
        Refunded = "refunded",
    }
}

impl PurchaseStatus {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Pending, Locale::Indonesian) => "Menunggu pembayaran",
            (Self::Pending, Locale::English) => "Waiting for payment",
            (Self::Paid, Locale::Indonesian) => "Lunas",
            (Self::Paid, Locale::English) => "Paid",
            (Self::Expired, Locale::Indonesian) => "Kedaluwarsa",
            (Self::Expired, Locale::English) => "Expired",
            (Self::Cancelled, Locale::Indonesian) => "Dibatalkan",
            (Self::Cancelled, Locale::English) => "Cancelled",
            (Self::Refunded, Locale::Indonesian) => "Uang dikembalikan",
            (Self::Refunded, Locale::English) => "Money given back",
        }
    }
}

/// What somebody buys: a plan as it was at one moment. A purchase and a membership keep theirs, whatever the owner
/// makes of the plan afterwards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTerms {
    pub plan_id: MembershipPlanId,
    pub period: Period,
    pub price: Money,
    pub benefit: MemberBenefit,
}

/// A plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    pub id: MembershipPlanId,
    pub name: Translated,
    pub description: Translated,
    pub period: Period,
    pub price: Money,
    pub percent_off: BasisPoints,
    pub free_delivery: bool,
    /// Whether it can be bought now. Who has it keeps it.
    pub is_active: bool,
}

impl Plan {
    /// What somebody buys who buys it now.
    pub const fn terms(&self) -> PlanTerms {
        let benefit = MemberBenefit { percent_off: self.percent_off, free_delivery: self.free_delivery };
        PlanTerms { plan_id: self.id, period: self.period, price: self.price, benefit }
    }
}

/// A membership as its member sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Membership {
    pub id: MembershipId,
    pub plan_id: MembershipPlanId,
    pub plan: Translated,
    pub period: Period,
    pub benefit: MemberBenefit,
    pub status: MembershipStatus,
    pub started_at: DateTime<Utc>,
    /// The first instant at which it gives nothing more.
    pub ends_at: DateTime<Utc>,
    /// Its member does not want another period.
    pub cancels_at_end: bool,
}

impl Membership {
    /// Whether it gives anything now, whether or not a job has been by.
    pub fn is_alive(&self, now: DateTime<Utc>) -> bool {
        self.status == MembershipStatus::Active && now < self.ends_at
    }
}

/// A purchase as its customer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purchase {
    pub id: MembershipPurchaseId,
    /// What its customer calls it.
    pub number: String,
    pub plan: Translated,
    pub period: Period,
    pub kind: PurchaseKind,
    pub status: PurchaseStatus,
    pub price: Money,
    /// What the days left of the present plan are worth; never more than the price.
    pub credit: Money,
    /// What is to be paid: the price less the credit.
    pub due: Money,
    pub asked_at: DateTime<Utc>,
    pub pay_by: DateTime<Utc>,
}

impl Purchase {
    /// Whether it can be paid now.
    pub fn can_be_paid(&self, now: DateTime<Utc>) -> bool {
        self.status == PurchaseStatus::Pending && now < self.pay_by
    }
}

/// A plan for a customer or a guest: what buying it would do now, or why it cannot be bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanOffer {
    pub plan: Plan,
    /// Whether it is what the customer has.
    pub is_present: bool,
    pub quote: Result<Quote, NotForSale>,
}

/// Everything that the page of memberships shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MembershipOffer {
    /// The cheapest first.
    pub plans: Vec<PlanOffer>,
    /// The living membership of the customer.
    pub present: Option<Membership>,
    /// The purchase that waits for its money.
    pub open: Option<Purchase>,
    /// By the shop's clock.
    pub now: DateTime<Utc>,
}
