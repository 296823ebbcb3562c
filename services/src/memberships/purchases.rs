//! Purchases while they wait for their money: asked for, priced anew, called off.

use chrono::{DateTime, Utc};
use domain::customers::Customer;
use domain::memberships::{Asked, MembershipPurchaseId, Purchase, PurchaseStatus, quote};
use domain::message::Message;
use domain::money::Money;
use domain::payments::Payable;
use sqlx::MySqlConnection;
use tracing::instrument;

use super::queries::purchases as queries;
use super::{LockedPurchase, close_purchase, find, not_for_sale, present, take_payment};
use crate::buyers;
use crate::database::{self, Work, transact};
use crate::error::{Error, Result};
use crate::money::{self, Bill};
use crate::{Shop, orders, settings};

/// A purchase of a customer, by its number.
pub async fn purchase(shop: &Shop, customer: &Customer, number: &str) -> Result<Purchase> {
    let mut conn = shop.db.acquire().await?;
    let id = find(&mut conn, customer.id, number).await?;
    let row = queries::by_id(&mut conn, id).await?.ok_or(Error::NotFound(Message::NoSuchPurchase))?;
    Ok(row.into())
}

/// Calls a purchase off that waits for its money; one that does not wait is left alone.
#[instrument(skip_all, fields(customer.id = %customer.id, purchase.number = number))]
pub async fn give_up(shop: &Shop, customer: &Customer, number: &str) -> Result<Purchase> {
    transact!(shop.shopper(), |work| {
        let now = work.now();
        let id = find(work, customer.id, number).await?;
        let purchase = lock_purchase(work, id).await?;
        if purchase.status == PurchaseStatus::Pending {
            close_purchase(work, &purchase, PurchaseStatus::Cancelled).await?;
        } else {
            queries::touch(work, id, now).await?;
        }
        Ok(())
    })?;
    purchase(shop, customer, number).await
}

/// The purchase with its customer, and nobody else changes what that customer has until the transaction ends.
pub(crate) async fn lock_purchase(conn: &mut MySqlConnection, id: MembershipPurchaseId) -> Result<LockedPurchase> {
    let nothing = || Error::NotFound(Message::NoSuchPurchase);
    let customer = queries::customer_of(conn, id).await?.ok_or_else(nothing)?;
    buyers::lock(conn, customer).await?;
    queries::lock(conn, id).await?.ok_or_else(nothing)
}

/// Works a purchase out anew whose customer's membership has changed since, before it is paid.
///
/// `Refused` when there is nothing any more that it could do; then it is called off.
pub(crate) async fn bring_up_to_date(shop: &Shop, customer: &Customer, number: &str) -> Result<MembershipPurchaseId> {
    let settings = settings::get(shop).await?;
    transact!(shop.shopper(), |work| {
        let now = work.now();
        let id = find(work, customer.id, number).await?;
        let purchase = lock_purchase(work, id).await?;
        let present = present(work, customer.id, now).await?;
        let basis = present.as_ref().map(|present| (present.id, present.version));
        if !purchase.waits(now) || purchase.basis == basis {
            return Ok(Ok(id));
        }

        match quote(&purchase.terms, present.as_ref(), now) {
            Ok(quote) => {
                let new = queries::New { quote, basis: present.as_ref(), ..purchase.again() };
                reprice(work, &purchase, &new).await?;
                if quote.due == Money::ZERO {
                    take_free(work, id).await?;
                }
                Ok(Ok(id))
            }
            // That it is called off lasts.
            Err(why) => {
                close_purchase(work, &purchase, PurchaseStatus::Cancelled).await?;
                Ok(Err(not_for_sale(why, &settings)))
            }
        }
    })?
}

/// Writes down what a customer asks for, whose lock the caller has. The purchase that waits already becomes it when it
/// is for the same plan, and is called off when it is for another.
pub(super) async fn ask(work: &mut Work, new: &queries::New<'_>) -> Result<MembershipPurchaseId> {
    let now = new.asked_at;
    if let Some(open) = queries::lock_open(work, new.customer).await? {
        let open = lock_purchase(work, open).await?;
        if open.waits(now) && open.terms == new.terms {
            if open.is_as(new) {
                // As `orders::touch`: what is told of it is on the disk before this is.
                queries::touch(work, open.id, now).await?;
            } else {
                reprice(work, &open, new).await?;
            }
            return Ok(open.id);
        }
        let status = if open.waits(now) { PurchaseStatus::Cancelled } else { PurchaseStatus::Expired };
        close_purchase(work, &open, status).await?;
    }
    for _ in 0..8 {
        match queries::insert(work, &orders::draw_number("MB"), new).await {
            Err(error) if database::is_duplicate_of(&error, "membership_purchases_number") => {}
            outcome => return Ok(outcome?),
        }
    }
    Err(Error::internal("no free number of a purchase was drawn"))
}

impl LockedPurchase {
    /// Whether it can be paid now.
    pub(crate) fn waits(&self, now: DateTime<Utc>) -> bool {
        self.status == PurchaseStatus::Pending && now < self.pay_by
    }

    /// As the rules see it.
    pub(super) fn asked(&self) -> Asked {
        Asked { terms: self.terms, kind: self.kind, status: self.status, due: self.due, basis: self.basis }
    }

    /// Whether it does and costs the same as what is asked for now.
    fn is_as(&self, new: &queries::New<'_>) -> bool {
        (self.kind, self.due, self.basis) == (new.quote.kind, new.quote.due, new.basis())
    }
}

impl<'a> From<&'a LockedPurchase> for Bill<'a> {
    fn from(purchase: &'a LockedPurchase) -> Self {
        Self {
            what: Payable::Membership(purchase.id),
            number: &purchase.number,
            total: purchase.due,
            currency: purchase.currency,
            locale: purchase.locale,
            payment_method: purchase.payment_method,
            pay_by: Some(purchase.pay_by),
        }
    }
}

/// The days left pay for all of it: there is no money to wait for.
pub(super) async fn take_free(work: &mut Work, id: MembershipPurchaseId) -> Result<()> {
    let purchase = lock_purchase(work, id).await?;
    take_payment(work, &purchase, Money::ZERO).await?;
    Ok(())
}

/// Nobody may pay the old price any more.
async fn reprice(work: &mut Work, open: &LockedPurchase, new: &queries::New<'_>) -> Result<()> {
    money::attempts::end_live(work, open.id).await?;
    Ok(queries::reprice(work, open.id, new).await?)
}
