//! What the order on the checkout's page would cost: the price engine's answer, with the voucher that is counted in.

use domain::carts::Cart;
use domain::message::Message;
use domain::money::Money;
use domain::pricing::Priced;
use domain::problem::FieldProblem;
use domain::shipping::{DeliveryMethod, Destination};
use domain::text::{self, VoucherCode};
use domain::vouchers::Voucher;
use services::{Shop, checkout, vouchers};

use super::form::Typed;
use crate::failure::Failure;
use crate::layout::Layout;
use crate::members::MemberGoods;

/// What an order would cost, as far as it can be known.
pub(super) struct Sums {
    /// With a city, when delivery is free wherever it goes, or when nothing is delivered.
    pub(super) priced: Option<Priced>,
    /// What a member pays for the goods.
    pub(super) member: Option<MemberGoods>,
    pub(super) voucher: Option<Applied>,
    /// The account's own ones, while none is counted.
    pub(super) own: Vec<Voucher>,
    /// Why the voucher is not counted.
    pub(super) refused: Option<FieldProblem>,
}

/// A voucher that is counted in.
pub(super) struct Applied {
    pub(super) code: String,
    pub(super) discount: Money,
}

/// Works out what the typed order would cost. The units stay held; a voucher that is refused is not counted.
pub(super) async fn sums(shop: &Shop, layout: &Layout, cart: &Cart, typed: &Typed) -> Result<Sums, Failure> {
    let rates = &layout.settings.delivery;
    let to = typed.destination();
    // Pickup may have been switched off since the page was shown; placing says so.
    let is_known = match to.method {
        DeliveryMethod::Courier => !text::is_empty(to.city) || rates.is_free(cart.subtotal),
        DeliveryMethod::Pickup => rates.pickup.enabled,
    };
    let code = typed.voucher_code.as_str();
    let is_typed = !text::is_empty(code);
    let member = MemberGoods::of(layout, cart)?;
    if !is_known && !is_typed {
        return Ok(Sums { priced: None, member, voucher: None, own: own(shop, layout).await?, refused: None });
    }
    let to = if is_known { to } else { Destination { method: DeliveryMethod::Courier, ..to } };
    let (priced, refused) = quote(shop, layout, cart, &to, code).await?;
    // Whether there is a delivery to make cheaper is known with the place.
    let refused = refused.filter(|problem| is_known || problem.message != Message::VoucherDeliveryIsFree);
    let applied = VoucherCode::typed(code).ok().filter(|_| refused.is_none());
    let voucher = applied.map(|code| Applied { code: code.into(), discount: priced.totals.voucher_discount });
    let own = if voucher.is_none() { own(shop, layout).await? } else { Vec::new() };
    Ok(Sums { priced: is_known.then_some(priced), member, voucher, own, refused })
}

/// The vouchers of the account that is signed in.
async fn own(shop: &Shop, layout: &Layout) -> Result<Vec<Voucher>, Failure> {
    match &layout.visit.customer {
        Some(customer) => Ok(vouchers::own(shop, customer).await?),
        None => Ok(Vec::new()),
    }
}

/// The price of the cart with the voucher, or without it and why it is not counted.
pub(super) async fn quote(
    shop: &Shop,
    layout: &Layout,
    cart: &Cart,
    to: &Destination<'_>,
    code: &str,
) -> Result<(Priced, Option<FieldProblem>), Failure> {
    let payer = layout.visit.payer();
    match checkout::quote_read(shop, cart, payer, to, code).await {
        Ok(priced) => Ok((priced, None)),
        Err(error) => match error.fields().iter().find(|problem| problem.field == "voucher_code") {
            Some(refused) => Ok((checkout::quote_read(shop, cart, payer, to, "").await?, Some(refused.clone()))),
            None => Err(error.into()),
        },
    }
}
