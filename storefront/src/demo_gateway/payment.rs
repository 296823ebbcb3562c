//! A payment as the gateway keeps it, and the one rule of its life: it is decided once.

use chrono::{DateTime, Utc};
use domain::payments::{DemoNotification, DemoPayment, DemoPaymentRequest, GatewayOutcome};
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
}

/// A notification and how its delivery goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Notice {
    pub(super) notification: DemoNotification,
    pub(super) is_delivered: bool,
}

impl Payment {
    /// A payment that waits for its buyer.
    pub(super) fn new(request: DemoPaymentRequest, now: DateTime<Utc>) -> Self {
        Self { request, key: unguessable(), outcome: GatewayOutcome::Pending, created_at: now, notice: None }
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

    /// Whether the shop has yet to hear of the outcome.
    pub(super) fn is_unheard(&self) -> bool {
        self.notice.as_ref().is_some_and(|notice| !notice.is_delivered)
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
    use domain::payments::{DemoPaymentRequest, GatewayOutcome};

    use super::Payment;

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
}
