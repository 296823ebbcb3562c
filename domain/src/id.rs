//! Typed ids: an order's id cannot be passed where a variant's is wanted.

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident,)*) => {
        $(
            $(#[$about])*
            #[derive(
                Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
            )]
            #[serde(transparent)]
            #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
            pub struct $name(u64);

            impl $name {
                /// The id that the database gave.
                pub const fn new(id: u64) -> Self {
                    Self(id)
                }

                /// The bare number, for the wire and the database.
                pub const fn get(self) -> u64 {
                    self.0
                }
            }

            impl std::fmt::Display for $name {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    self.0.fmt(f)
                }
            }

            impl std::str::FromStr for $name {
                type Err = std::num::ParseIntError;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    text.parse().map(Self)
                }
            }
        )*
    };
}

ids! {
    /// One category of the catalogue.
    CategoryId,
    /// One product.
    ProductId,
    /// One option of a product, such as its colour.
    OptionId,
    /// One value of an option, such as indigo.
    OptionValueId,
    /// One variant: the thing that is in stock, priced and sold.
    VariantId,
    /// One picture in the store.
    PictureId,
    /// One cart.
    CartId,
    /// One hold on units of a variant.
    HoldId,
    /// One counting of the shelf.
    StockTakeId,
    /// One order.
    OrderId,
    /// One line of an order.
    OrderLineId,
    /// One attempt to pay.
    PaymentId,
    /// One parcel.
    ParcelId,
    /// One return of units.
    ReturnId,
    /// One sum of money that goes back to a buyer.
    RefundId,
    /// One notification of a gateway, as received.
    InboxId,
    /// One customer.
    CustomerId,
    /// One member of staff.
    StaffId,
    /// One line of the desk's history.
    AuditId,
    /// One letter of the outbox.
    LetterId,
    /// One live event.
    EventId,
    /// One voucher.
    VoucherId,
    /// One plan of membership.
    MembershipPlanId,
    /// One customer's membership.
    MembershipId,
    /// One purchase of a membership.
    MembershipPurchaseId,
    /// One review.
    ReviewId,
}
