//! How what a gateway says changes what it is about: one step, in one transaction, any number of times.

use domain::money::Money;
use domain::orders::{Actor, HistoryKind, HistoryNote, OrderEvent, OrderStatus, goes_on_when_money_comes};
use domain::payments::{GatewayName, PaymentStatus, RefundReason, Verdict};
use sqlx::Executor;

use super::payable::{self, LockedPayable};
use super::sending;
use crate::database::{Work, Writer, transact};
use crate::error::{Error, Result};
use crate::gateways::{PaymentStatement, Standing};
use crate::memberships::{LockedPurchase, Taken};
use crate::money::attempts::{self, LockedAttempt};
use crate::money::refunds::{self, Unused};
use crate::orders::{LockedOrder, Step};
use crate::{events, memberships, orders};

/// Applies what a gateway answered when it was asked how an attempt stands.
pub(super) async fn learn(writer: &Writer<'_>, gateway: GatewayName, told: &Standing) -> Result<()> {
    transact!(writer, |work| { standing(work, told, gateway).await.map(drop) })
}

/// What came of all that a gateway says of an attempt.
pub(super) struct Came {
    /// A word for it.
    pub(super) of_payment: &'static str,
    /// Whether money went back that nobody here asked for, and nothing tells a person yet.
    pub(super) is_given_back_elsewhere: bool,
}

/// Applies all that a gateway says of an attempt. Money that was given back at the gateway's own desk before it was seen here
/// is no money: a person decides about what is left.
pub(super) async fn standing(work: &mut Work, told: &Standing, gateway: GatewayName) -> Result<Came> {
    let mut elsewhere = Money::ZERO;
    for refund in &told.refunds {
        if sending::known(work, refund, gateway).await?.is_none() {
            elsewhere = elsewhere.plus(refund.amount).unwrap_or(told.payment.amount);
        }
    }
    let left = told.payment.amount.minus(elsewhere).filter(|left| !left.is_negative()).unwrap_or(Money::ZERO);
    let statement = PaymentStatement { amount: left, ..told.payment.clone() };
    let of_payment = payment(work, &statement, gateway).await?;
    for refund in &told.refunds {
        sending::apply(work, refund, gateway).await?;
    }
    let is_told = matches!(of_payment, UNKNOWN | OTHER_AMOUNT | LEFT_TO_A_PERSON);
    Ok(Came { of_payment, is_given_back_elsewhere: elsewhere > Money::ZERO && !is_told })
}

/// What comes of news about a payment that the shop does not know.
pub(super) const UNKNOWN: &str = "unknown_payment";

/// What comes of money that nothing can take.
pub(super) const SENT_BACK: &str = "sent_back";

/// What comes of news that change nothing.
pub(super) const IGNORED: &str = "ignored";

/// What comes of another amount than was asked for, and of what is told of it afterwards.
pub(super) const OTHER_AMOUNT: &str = "other_amount";
pub(super) const LEFT_TO_A_PERSON: &str = "left_to_a_person";

/// Applies how an attempt stands at its gateway, and gives a word for what came of it.
pub(super) async fn payment(
    work: &mut Work,
    statement: &PaymentStatement,
    gateway: GatewayName,
) -> Result<&'static str> {
    told(work, statement, gateway.as_str(), &Actor::Gateway(gateway.to_string())).await
}

/// The same, whoever tells it: what came to an account of the shop is told by staff.
pub(super) async fn told(
    work: &mut Work,
    statement: &PaymentStatement,
    gateway: &str,
    actor: &Actor,
) -> Result<&'static str> {
    let Some(what) = attempts::payable_of(work, &statement.reference).await? else {
        tracing::warn!(gateway, "a genuine notification names an unknown payment");
        return Ok(UNKNOWN);
    };
    // The lock order of every path: the order or the purchase first, then what belongs to it.
    let locked = payable::lock_for_money(work, what).await?;
    let attempt = attempts::lock(work, &statement.reference).await?;

    if attempt.gateway != gateway {
        // Whoever has the keys of one gateway speaks for no other.
        tracing::error!(
            gateway,
            payment.reference = statement.reference,
            "a gateway tells of an attempt that another carries"
        );
        return Ok(UNKNOWN);
    }
    let came = (statement.amount, statement.currency);
    match attempt.status.told(statement.outcome, came, (attempt.amount, attempt.currency)) {
        Verdict::Nothing if attempt.status == PaymentStatus::NeedsReview => Ok(LEFT_TO_A_PERSON),
        Verdict::Nothing => Ok(IGNORED),
        Verdict::OtherAmount => {
            attempts::leave_to_a_person(work, attempt.id, statement.amount, statement.currency).await?;
            events::record(work, &locked.needs_review()).await?;
            tracing::error!(payment.reference = statement.reference, "a gateway reports another amount than was asked");
            Ok(OTHER_AMOUNT)
        }
        Verdict::Failed => {
            attempts::settle(work, attempt.id, PaymentStatus::Failed).await?;
            Ok("failed")
        }
        Verdict::Expired => {
            attempts::settle_closed(work, attempt.id, PaymentStatus::Expired).await?;
            Ok("expired")
        }
        Verdict::Paid => {
            attempts::settle(work, attempt.id, PaymentStatus::Paid).await?;
            let by = PaymentSource { actor, gateway, reference: &statement.reference };
            take_any(work, &locked, &attempt, by).await
        }
    }
}

/// Who brings money.
#[derive(Clone, Copy)]
pub(super) struct PaymentSource<'a> {
    pub(super) actor: &'a Actor,
    pub(super) gateway: &'a str,
    /// The attempt's, as the gateway knows it.
    pub(super) reference: &'a str,
}

/// Lets money do what it is for, and gives a word for what came of it.
pub(super) async fn take_any(
    work: &mut Work,
    locked: &LockedPayable,
    attempt: &LockedAttempt,
    by: PaymentSource<'_>,
) -> Result<&'static str> {
    match locked {
        LockedPayable::Order(order) => take(work, order, attempt, by).await,
        LockedPayable::Membership(purchase) => take_for_membership(work, purchase, attempt, by).await,
    }
}

/// Money is here: the order takes it, goes on because of it, or it goes back.
async fn take(
    work: &mut Work,
    order: &LockedOrder,
    attempt: &LockedAttempt,
    by: PaymentSource<'_>,
) -> Result<&'static str> {
    let PaymentSource { actor, .. } = by;
    let (gateway, reference) = (by.gateway.to_owned(), by.reference.to_owned());
    let paid = HistoryNote::Paid { gateway: gateway.clone(), reference: reference.clone() }.text(order.locale);
    let step = Step { event: OrderEvent::PaymentArrived, actor, note: Some(&paid) };
    if order.status.after(OrderEvent::PaymentArrived).is_ok() {
        // A later attempt may live: nobody may pay it any more.
        attempts::end_live(work, order.id).await?;
        orders::advance(work, order, step).await?;
        return Ok("paid");
    }
    if goes_on_when_money_comes(order.status, order.ended_by) {
        // All units and the voucher, or nothing: what was taken is given up by itself when one of them is gone.
        work.execute("savepoint part").await?;
        let note = HistoryNote::PaidLate { gateway, reference }.text(order.locale);
        let late = Step { event: OrderEvent::MoneyCameLate, note: Some(&note), ..step };
        match orders::advance(work, order, late).await {
            Ok(_) => return Ok("paid_late"),
            Err(Error::OutOfStock(_) | Error::Refused(_)) => {
                work.execute("rollback to savepoint part").await?;
            }
            Err(error) => return Err(error),
        }
    }

    let why = if order.status == OrderStatus::Cancelled { RefundReason::CameTooLate } else { RefundReason::PaidTwice };
    let unused = Unused { attempt, amount: attempt.amount, why: &why, actor };
    refunds::send_back(work, order, &unused).await?;
    let amount = attempt.amount.display(order.currency);
    let note = HistoryNote::MoneyBack { amount, why: why.text(order.locale) };
    orders::note(work, order, HistoryKind::MoneyBack, &note, actor).await?;
    tracing::warn!(order.id = %order.id, "money came for an order that cannot take it; it goes back");
    Ok(SENT_BACK)
}

/// Money is here for a membership: it begins, goes on or has a better plan by it. What cannot be used goes back.
async fn take_for_membership(
    work: &mut Work,
    purchase: &LockedPurchase,
    attempt: &LockedAttempt,
    by: PaymentSource<'_>,
) -> Result<&'static str> {
    let PaymentSource { actor, .. } = by;
    attempts::end_live(work, purchase.id).await?;
    let (word, amount, why) = match memberships::take_payment(work, purchase, attempt.amount).await? {
        Taken::Used { excess: Money::ZERO } => return Ok("paid"),
        Taken::Used { excess } => ("paid_too_much", excess, RefundReason::MembershipCostLess),
        Taken::Unused(why) => (SENT_BACK, attempt.amount, why),
    };
    refunds::send_back(work, purchase, &Unused { attempt, amount, why: &why, actor }).await?;
    tracing::warn!(purchase.id = %purchase.id, word, "money came that a membership could not use; it goes back");
    Ok(word)
}
