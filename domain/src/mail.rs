//! Mail: what the shop writes to its buyers and members.

use crate::text_enum::text_enum;

text_enum! {
    /// A letter to a buyer or a member.
    pub enum MailKind {
        /// The money is here and the order goes on.
        PaymentArrived = "payment_arrived",
        /// Nobody paid in time.
        OrderExpired = "order_expired",
        OrderCancelled = "order_cancelled",
        /// A parcel is with the courier.
        OrderShipped = "order_shipped",
        /// What had not left is called off; the rest of the order goes on.
        RestCalledOff = "rest_called_off",
        OrderReturned = "order_returned",
        /// Money goes back, and why.
        RefundRequested = "refund_requested",
        /// Money went back.
        RefundSucceeded = "refund_succeeded",
        /// A membership begins, goes on, or has a better plan.
        MembershipPaid = "membership_paid",
        /// A membership ends in a few days.
        MembershipEndsSoon = "membership_ends_soon",
        MembershipEnded = "membership_ended",
    }
}
