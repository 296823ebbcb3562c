//! Telling the shop: signed notifications, sent until the shop takes them.

use std::time::Duration;

use reqwest::Client;
use reqwest::header::CONTENT_TYPE;
use services::payments::demo::{SIGNATURE_HEADER, sign};

use crate::config::Secret;
use crate::demo_gateway::now;
use crate::demo_gateway::payment::Payment;
use crate::demo_gateway::store::Store;

/// How long the shop may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The gaps grow from one second to this.
const LONGEST_GAP: Duration = Duration::from_secs(300);
/// About a day of trying; the next start begins anew.
const MOST_TRIES: u32 = 300;

/// Carries notifications. Clones share everything.
#[derive(Clone, Debug)]
pub(super) struct Courier {
    store: Store,
    secret: Secret,
    client: Client,
}

impl Courier {
    pub(super) fn new(store: Store, secret: Secret) -> reqwest::Result<Self> {
        // A shop that redirects its webhook is configured wrongly; following would hide it.
        let client =
            services::http::plain_client().no_proxy().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none());
        Ok(Self { store, secret, client: client.build()? })
    }

    /// Sends what the shop has not heard of this payment, once, and goes on trying in the background if that fails.
    pub(super) async fn tell(&self, reference: &str) {
        if !self.send(reference).await {
            let courier = self.clone();
            let reference = reference.to_owned();
            tokio::spawn(async move { courier.insist(&reference).await });
        }
    }

    async fn insist(&self, reference: &str) {
        let mut gap = Duration::from_secs(1);
        for _ in 1..MOST_TRIES {
            tokio::time::sleep(gap).await;
            if self.send(reference).await {
                return;
            }
            gap = (gap * 2).min(LONGEST_GAP);
        }
        tracing::error!(reference, "the shop never took this notification; it is sent again after a restart");
    }

    /// Whether there is nothing left that the shop must hear.
    async fn send(&self, reference: &str) -> bool {
        while let Some(payment) = self.store.find(reference).filter(Payment::is_unheard) {
            if !self.send_next(&payment).await {
                return false;
            }
        }
        true
    }

    /// Whether the shop took the oldest of what it has yet to hear.
    async fn send_next(&self, payment: &Payment) -> bool {
        let reference = &payment.request.reference;
        let Some((event_id, body)) = payment.unheard() else { return true };
        let body = match body {
            Ok(body) => body,
            Err(problem) => {
                tracing::error!(reference, %problem, "a notification cannot be written");
                return false;
            }
        };

        // The signature covers the moment of sending, so that the shop can refuse old ones.
        let signature = sign(self.secret.reveal(), now().timestamp(), &body);
        let request = self.client.post(&payment.request.notify_url).header(CONTENT_TYPE, "application/json");
        match request.header(SIGNATURE_HEADER, signature).body(body).send().await {
            Ok(answer) if answer.status().is_success() => match self.store.delivered(reference, event_id) {
                Ok(()) => true,
                Err(problem) => {
                    tracing::error!(reference, %problem, "a delivery cannot be noted");
                    false
                }
            },
            Ok(answer) => {
                tracing::warn!(reference, status = answer.status().as_u16(), "the shop did not take a notification");
                false
            }
            Err(problem) => {
                tracing::warn!(reference, problem = %problem.without_url(), "the shop cannot be reached");
                false
            }
        }
    }
}
