//! What customers and the desk ask about memberships, and what the desk gets.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Membership, MembershipPlanId, MembershipStatus, Period, Plan, Purchase, PurchaseStatus};
use crate::id::{CustomerId, MembershipId};
use crate::locale::Translated;
use crate::message::Message;
use crate::money::{BasisPoints, Money};
use crate::page::{PageNumber, Position};
use crate::payments::{Balance, PaymentToCheck, Refund};
use crate::problem::{FieldProblem, Fields};
use crate::text::line_up_to;

/// Asks to buy a plan: what that means for the customer is worked out from what they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BuyMembership {
    pub plan_id: MembershipPlanId,
    /// The amount that the customer saw. Another one is refused, so that nobody pays a price that was not shown.
    pub expected_due: Option<Money>,
}

/// Asks for all plans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListPlans {}

/// All plans, the cheapest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanList {
    pub rows: Vec<PlanRow>,
}

/// A plan as the desk sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRow {
    pub plan: Plan,
    pub version: u64,
    /// Who has it now.
    pub members: u32,
    /// Whether anybody ever asked for it: then it can be switched off and not deleted.
    pub is_used: bool,
}

/// Asks to add a plan, or to change the one of that id and version. Members keep what they bought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavePlan {
    pub plan_id: Option<MembershipPlanId>,
    /// The version that was read; when somebody saved since, nothing is saved.
    pub version: u64,
    pub name: Translated,
    pub description: Translated,
    pub period: Period,
    pub price: Money,
    pub percent_off: BasisPoints,
    pub free_delivery: bool,
    pub is_active: bool,
}

/// [`SavePlan`], read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyPlan {
    pub name: Translated,
    pub description: Translated,
}

impl SavePlan {
    /// The most characters of a name and of a description.
    pub const MOST: (usize, usize) = (80, 400);

    /// Reads what was sent, or says all that is wrong with it.
    pub fn read(&self) -> Result<ReadyPlan, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let name = Translated {
            id: fields.take("name.id", line_up_to(&self.name.id, Self::MOST.0)).unwrap_or_default(),
            en: fields.take("name.en", line_up_to(&self.name.en, Self::MOST.0)).unwrap_or_default(),
        };
        let description = Translated {
            id: fields.take("description.id", line_up_to(&self.description.id, Self::MOST.1)).unwrap_or_default(),
            en: fields.take("description.en", line_up_to(&self.description.en, Self::MOST.1)).unwrap_or_default(),
        };
        if name.is_blank() {
            fields.take("name.id", Err::<(), _>(Message::Required));
        }
        if !self.price.is_ordinary() || self.price == Money::ZERO {
            fields.take("price", Err::<(), _>(Message::NotAnAmount));
        }
        if self.percent_off > BasisPoints::WHOLE {
            fields.take("percent_off", Err::<(), _>(Message::NotAPercentage));
        }
        if self.percent_off == BasisPoints::default() && !self.free_delivery {
            fields.take("percent_off", Err::<(), _>(Message::PlanGivesNothing));
        }
        let problems = fields.into_problems();
        if problems.is_empty() { Ok(ReadyPlan { name, description }) } else { Err(problems) }
    }
}

/// Asks to delete a plan of a version that nobody ever asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeletePlan {
    pub plan_id: MembershipPlanId,
    pub version: u64,
}

/// Asks for a page of memberships: the living ones by their end, then those that ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListMembers {
    pub status: Option<MembershipStatus>,
    /// Part of a name or an e-mail.
    pub search: Option<String>,
    pub page: PageNumber,
}

/// A membership in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberRow {
    pub membership: Membership,
    pub customer_id: CustomerId,
    pub name: String,
    pub email: String,
}

/// A page of memberships.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberPage {
    pub rows: Vec<MemberRow>,
    pub position: Position,
    /// By the shop's clock.
    pub now: DateTime<Utc>,
}

/// Asks for a membership with its purchases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetMember {
    pub membership_id: MembershipId,
}

/// Asks to end a membership now, and to give money of it back. One that is over only gives money back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndMembership {
    pub membership_id: MembershipId,
    /// Why, for the member and the history.
    pub reason: String,
    /// How much goes back; nothing when no money does.
    pub refund: Option<Money>,
    /// The same when the same is asked again, such as by a double click.
    pub key: String,
}

/// A membership with every purchase of its customer, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberDetail {
    pub row: MemberRow,
    pub purchases: Vec<PurchaseRow>,
    /// What was paid for this membership and has not gone back.
    pub refundable: Money,
    /// By the shop's clock.
    pub now: DateTime<Utc>,
}

/// Asks for a page of purchases, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListPurchases {
    pub status: Option<PurchaseStatus>,
    /// Only those with money that a person must look at.
    pub needs_review: bool,
    /// Part of a number, a name or an e-mail.
    pub search: Option<String>,
    pub page: PageNumber,
}

/// A purchase in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchaseRow {
    pub purchase: Purchase,
    pub customer_id: CustomerId,
    pub name: String,
    pub email: String,
    pub balance: Balance,
    /// Whether a payment or a refund of it needs a person.
    pub needs_review: bool,
    /// Oldest first.
    pub refunds: Vec<Refund>,
    /// Payments that wait for a person's decision, oldest first.
    pub to_check: Vec<PaymentToCheck>,
}

/// A page of purchases, and how many need a person in all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurchasePage {
    pub rows: Vec<PurchaseRow>,
    pub position: Position,
    pub needs_review: u64,
}
