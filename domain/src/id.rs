//! Typed ids: an order's id cannot be passed where a variant's is wanted.

/// A text that is not an id as we write it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnId;

impl std::fmt::Display for NotAnId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not an id")
    }
}

impl std::error::Error for NotAnId {}

/// Reads a number as it is written: one thing has one address, so that neither a sign nor a nought may stand before it.
fn number(text: &str) -> Result<u64, NotAnId> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text).ok_or(NotAnId)
}

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
                type Err = NotAnId;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    number(text).map(Self)
                }
            }
        )*
    };
}

ids! {
    /// One category of the catalogue.
    CategoryId,
    /// One change of products that can be taken back.
    ChangeId,
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
    /// One proof of a transfer.
    ProofId,
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

#[cfg(test)]
mod tests {
    use super::{NotAnId, VariantId};

    #[test]
    fn an_id_is_written_in_one_way() {
        assert_eq!("17".parse(), Ok(VariantId::new(17)));
        for odd in ["+17", "017", "", " 17", "17 ", "-17", "1_7", "0x11", "\u{0661}", "18446744073709551616"] {
            assert_eq!(odd.parse::<VariantId>(), Err(NotAnId), "{odd}");
        }
    }
}
