//! A payment as the gateway keeps it, and the one rule of its life: it is decided once.

use chrono::{DateTime, Utc};
use domain::money::Money;
use domain::payments::{
    DemoNotification, DemoPayment, DemoPaymentRequest, DemoRefund, DemoRefundNotification, DemoRefundRequest,
    GatewayOutcome,
};
use serde::{Deserialize, Serialize};

/// One payment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Payment {
    pub(super) request: DemoPaymentRequest,
    /// Opens the hosted page.
    pub(super) key: String,
    pub(super) outcome: GatewayOutcome,
    pub(super) created_at: DateTime<Utc>,
    /// What the shop must hear, once there is something to hear.
    pub(super) notice: Option<Notice>,
    /// Money that went back, oldest first.
    #[serde(default)]
    pub(super) refunds: Vec<RefundNotice>,
}

/// A notification and how its delivery goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Notice {
    pub(super) notification: DemoNotification,
    pub(super) is_delivered: bool,
}

/// A refund, and how the delivery of its notification goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RefundNotice {
    pub(super) notification: DemoRefundNotification,
    pub(super) is_delivered: bool,
}

/// Why money cannot go back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("nothing was paid, so nothing can go back")]
    NotPaid,
    #[error("not so much of the payment is left")]
    TooMuch,
    #[error("this key belongs to a refund with other content")]
    OtherContent,
    #[error("the amount must be more than zero, in the currency of the payment")]
    NotAnAmount,
}

impl Payment {
    /// A payment that waits for its buyer.
    pub(super) fn new(request: DemoPaymentRequest, now: DateTime<Utc>) -> Self {
        Self {
            request,
            key: unguessable(),
            outcome: GatewayOutcome::Pending,
            created_at: now,
            notice: None,
            refunds: Vec::new(),
        }
    }

    /// Whether the buyer, or time, has yet to decide.
    pub(super) fn is_open(&self) -> bool {
        self.outcome == GatewayOutcome::Pending
    }

    /// Whether a request asks for the same money for the same order.
    pub(super) fn is_for_the_same(&self, request: &DemoPaymentRequest) -> bool {
        let known = &self.request;
        (&known.order_number, known.amount, known.currency) == (&request.order_number, request.amount, request.currency)
    }

    /// Whether time has decided.
    pub(super) fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.is_open() && self.request.expires_at <= now
    }

    /// Whether the shop has yet to hear of something.
    pub(super) fn is_unheard(&self) -> bool {
        self.unheard().is_some()
    }

    /// What the shop has yet to hear, oldest first: the event and its body.
    pub(super) fn unheard(&self) -> Option<(&str, serde_json::Result<Vec<u8>>)> {
        if let Some(notice) = self.notice.as_ref().filter(|notice| !notice.is_delivered) {
            return Some((&notice.notification.event_id, serde_json::to_vec(&notice.notification)));
        }
        let refund = self.refunds.iter().find(|refund| !refund.is_delivered)?;
        Some((&refund.notification.event_id, serde_json::to_vec(&refund.notification)))
    }

    /// Notes that the shop has heard of an event; false when that is no news.
    pub(super) fn hear(&mut self, event_id: &str) -> bool {
        let notice = self.notice.iter_mut().map(|notice| (&notice.notification.event_id, &mut notice.is_delivered));
        let refunds = self.refunds.iter_mut().map(|refund| (&refund.notification.event_id, &mut refund.is_delivered));
        match notice.chain(refunds).find(|(id, is_delivered)| *id == event_id && !**is_delivered) {
            Some((_, is_delivered)) => {
                *is_delivered = true;
                true
            }
            None => false,
        }
    }

    /// Gives money back, once per key and never more than came.
    pub(super) fn refund(&mut self, request: &DemoRefundRequest, now: DateTime<Utc>) -> Result<DemoRefund, Refusal> {
        let DemoRefundRequest { key, amount, currency, .. } = request;
        if let Some(known) =
            self.refunds.iter().map(|refund| &refund.notification.refund).find(|known| &known.key == key)
        {
            let is_the_same = (known.amount, known.currency) == (*amount, *currency);
            return if is_the_same { Ok(known.clone()) } else { Err(Refusal::OtherContent) };
        }
        if self.outcome != GatewayOutcome::Paid {
            return Err(Refusal::NotPaid);
        }
        if *amount <= Money::ZERO || *currency != self.request.currency {
            return Err(Refusal::NotAnAmount);
        }
        let amounts = self.refunds.iter().map(|refund| refund.notification.refund.amount);
        let gone = Money::sum(amounts.chain([*amount])).ok_or(Refusal::TooMuch)?;
        if gone > self.request.amount {
            return Err(Refusal::TooMuch);
        }

        let refund = DemoRefund {
            refund_id: format!("ref_{}", unguessable()),
            key: key.clone(),
            amount: *amount,
            currency: *currency,
        };
        let notification = DemoRefundNotification {
            event_id: format!("evt_{}", unguessable()),
            reference: self.request.reference.clone(),
            refund: refund.clone(),
            at: now,
        };
        self.refunds.push(RefundNotice { notification, is_delivered: false });
        Ok(refund)
    }

    /// Decides the payment; a decided one stays as it is.
    pub(super) fn decide(&mut self, outcome: GatewayOutcome, now: DateTime<Utc>) -> bool {
        if !self.is_open() || outcome == GatewayOutcome::Pending {
            return false;
        }
        // Who comes too late cannot pay any more.
        let outcome = if self.is_overdue(now) { GatewayOutcome::Expired } else { outcome };
        self.outcome = outcome;
        let notification = DemoNotification {
            event_id: format!("evt_{}", unguessable()),
            reference: self.request.reference.clone(),
            outcome,
            amount: self.request.amount,
            currency: self.request.currency,
            at: now,
        };
        self.notice = Some(Notice { notification, is_delivered: false });
        true
    }

    /// What the shop is told when it asks.
    pub(super) fn answer(&self, base_url: &str) -> DemoPayment {
        DemoPayment {
            reference: self.request.reference.clone(),
            outcome: self.outcome,
            amount: self.request.amount,
            currency: self.request.currency,
            redirect_url: format!("{base_url}/pay/{}?key={}", self.request.reference, self.key),
        }
    }
}

/// 128 random bits, in hexadecimal.
fn unguessable() -> String {
    format!("{:032x}", rand::random::<u128>())
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::{DateTime, TimeDelta, Utc};
    use domain::locale::Locale;
    use domain::money::{Currency, Money};
    use domain::payments::{DemoPaymentRequest, DemoRefundRequest, GatewayOutcome};

    use super::{Payment, Refusal};

    pub(in crate::demo_gateway) fn noon() -> DateTime<Utc> {
        "2026-01-05T12:00:00Z".parse().unwrap()
    }

    pub(in crate::demo_gateway) fn request(reference: &str) -> DemoPaymentRequest {
        DemoPaymentRequest {
            reference: reference.to_owned(),
            order_number: "ET-1001".to_owned(),
            shop_name: "Toko".to_owned(),
            amount: Money::minor(299_000),
            currency: Currency::Rupiah,
            locale: Locale::Indonesian,
            expires_at: noon() + TimeDelta::hours(1),
            return_url: "http://127.0.0.1:8080/orders/ET-1001?token=x".to_owned(),
            notify_url: "http://127.0.0.1:8080/webhooks/demo".to_owned(),
        }
    }

    #[test]
    fn a_payment_is_decided_once() {
        let mut payment = Payment::new(request("p-1"), noon());
        assert!(payment.decide(GatewayOutcome::Paid, noon()));
        assert!(payment.is_unheard());
        let first = payment.clone();
        assert!(!payment.decide(GatewayOutcome::Failed, noon()));
        assert_eq!(payment, first);
    }

    #[test]
    fn who_comes_too_late_cannot_pay() {
        let mut payment = Payment::new(request("p-1"), noon());
        let late = noon() + TimeDelta::hours(2);
        assert!(!payment.is_overdue(noon()) && payment.is_overdue(late));
        assert!(payment.decide(GatewayOutcome::Paid, late));
        assert_eq!(payment.outcome, GatewayOutcome::Expired);
    }

    fn refund(key: &str, amount: i64) -> DemoRefundRequest {
        DemoRefundRequest {
            reference: "p-1".to_owned(),
            key: key.to_owned(),
            amount: Money::minor(amount),
            currency: Currency::Rupiah,
            reason: String::new(),
        }
    }

    #[test]
    fn money_goes_back_once_per_key_and_never_more_than_came() {
        let mut payment = Payment::new(request("p-1"), noon());
        assert_eq!(payment.refund(&refund("a", 1), noon()), Err(Refusal::NotPaid));
        payment.decide(GatewayOutcome::Paid, noon());

        let first = payment.refund(&refund("a", 200_000), noon()).unwrap();
        assert_eq!(payment.refund(&refund("a", 200_000), noon()), Ok(first), "the same key is the same refund");
        assert_eq!(payment.refund(&refund("a", 1), noon()), Err(Refusal::OtherContent));
        assert_eq!(payment.refund(&refund("b", 99_001), noon()), Err(Refusal::TooMuch));
        assert_eq!(payment.refund(&refund("b", 0), noon()), Err(Refusal::NotAnAmount));
        payment.refund(&refund("b", 99_000), noon()).unwrap();
        assert_eq!(payment.refunds.len(), 2);
    }

    #[test]
    fn the_shop_hears_everything_once_and_in_order() {
        let mut payment = Payment::new(request("p-1"), noon());
        payment.decide(GatewayOutcome::Paid, noon());
        payment.refund(&refund("a", 1), noon()).unwrap();
        let mut heard = Vec::new();
        while let Some((event, body)) = payment.unheard().map(|(event, body)| (event.to_owned(), body.unwrap())) {
            heard.push(String::from_utf8(body).unwrap());
            assert!(payment.hear(&event) && !payment.hear(&event));
        }
        assert_eq!(heard.len(), 2);
        assert!(heard[0].contains("\"outcome\":\"paid\"") && heard[1].contains("\"key\":\"a\""), "{heard:?}");
    }
}
