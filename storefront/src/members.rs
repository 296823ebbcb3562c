//! A member's prices as shoppers read them, in the cart and at the checkout.

use domain::carts::{Cart, CartLine};
use domain::money::Money;
use domain::pricing::{MemberBenefit, Priced};
use services::checkout;

use crate::failure::Failure;
use crate::layout::Layout;
use crate::texts::Buy;

/// What a member pays for the goods of a cart.
pub(crate) struct MemberGoods {
    priced: Priced,
    benefit: MemberBenefit,
}

impl MemberGoods {
    /// Works out the goods for who is signed in; nothing for who is no member.
    pub(crate) fn of(layout: &Layout, cart: &Cart) -> Result<Option<Self>, Failure> {
        let Some(benefit) = layout.visit.benefit.filter(|_| !cart.is_empty()) else { return Ok(None) };
        Ok(Some(Self { priced: checkout::goods_of(cart, &layout.settings, benefit)?, benefit }))
    }

    /// What a line costs that costs others more.
    pub(crate) fn line(&self, cart: &Cart, line: &CartLine) -> Option<Money> {
        let at = cart.lines.iter().position(|other| other.variant_id == line.variant_id)?;
        let priced = self.priced.lines.get(at)?;
        priced.gross.minus(priced.member_discount).filter(|net| *net < line.total)
    }

    /// What the membership takes off all of it.
    pub(crate) fn off(&self) -> Money {
        self.priced.totals.member_discount
    }

    /// The words and the amount of what it takes off, if that is anything.
    pub(crate) fn row(&self, layout: &Layout) -> Option<(String, String)> {
        let off = Money::ZERO.minus(self.off()).filter(|off| off.is_negative())?;
        let percent = self.benefit.percent_off.display(layout.locale);
        Some((layout.say(Buy::MemberDiscountOf { percent }), layout.money(&off)))
    }

    /// Whether the delivery costs nothing.
    pub(crate) fn has_delivery(&self) -> bool {
        self.benefit.free_delivery
    }
}
