//! The payment services of a run: each a real service on loopback, beside the practice gateway.

use domain::payments::{GatewayName, PaymentMethod};
use domain::settings::Settings;
use services::settings;

use super::Stage;
use crate::simulators::{Fault, Payment, Simulator, Standing};
use crate::variables::all_keys;

/// One of each.
pub(crate) struct PaymentServices {
    midtrans: Simulator,
    xendit: Simulator,
    stripe: Simulator,
}

impl PaymentServices {
    pub(crate) async fn start() -> Self {
        Self {
            midtrans: Simulator::start(GatewayName::Midtrans).await,
            xendit: Simulator::start(GatewayName::Xendit).await,
            stripe: Simulator::start(GatewayName::Stripe).await,
        }
    }

    pub(crate) fn all(&self) -> [&Simulator; 3] {
        [&self.midtrans, &self.xendit, &self.stripe]
    }

    /// Lets them lose every twenty-fifth answer to what they were asked to do and have done. Each tells of the refunds of one
    /// payment, so that a long run does not ask for all of them every time.
    pub(crate) fn be_unreliable(&self) {
        for service in self.all() {
            service.fail(Fault::Loses(25));
            service.desk.book().lists_by_payment = true;
        }
    }

    /// The one that carries a method.
    pub(crate) fn of(&self, method: PaymentMethod) -> Option<&Simulator> {
        self.all().into_iter().find(|service| service.method() == method)
    }

    /// The one that has a page.
    pub(crate) fn serving(&self, page: &str) -> Option<&Simulator> {
        self.all().into_iter().find(|service| page.starts_with(&format!("{}/page/", service.url())))
    }

    /// Lets them carry a method each, beside others.
    pub(crate) async fn carry(&self, stage: &Stage, others: &[PaymentMethod]) {
        let keys = all_keys(self.all());
        stage.shop.set_gateway_keys(&keys);
        let wanted = Settings {
            payment_methods: others.iter().copied().chain(self.all().map(Simulator::method)).collect(),
            payment_gateways: self.all().map(Simulator::carriage).to_vec(),
            ..Settings::clone(&*settings::get(&stage.shop).await.unwrap())
        };
        settings::save(&stage.shop, &stage.owner, wanted).await.unwrap();
    }

    /// What the host of a server says of them.
    pub(crate) fn variables(&self) -> Vec<(String, String)> {
        self.all().into_iter().flat_map(Simulator::variables).collect()
    }
}

impl Simulator {
    /// The buyer pays on a page that may be closed by now; false when it is.
    pub(crate) async fn visit(&self, page: &str) -> bool {
        self.client.post(page).send().await.is_ok_and(|answer| answer.status() == 303)
    }

    /// Something happens to the payment of a page that is open, and the service tells of it. Nothing when it is not.
    pub(crate) fn bring_about(&self, page: &str, change: impl FnOnce(&mut Payment)) {
        let Some((_, id)) = page.rsplit_once('/') else { return };
        let found = self.desk.book().find(|payment| payment.id == id).and_then(|payment| {
            (payment.standing == Standing::Open).then(|| {
                change(payment);
                payment.clone()
            })
        });
        // Stripe tells nothing before a session is over.
        let told = found.filter(|payment| self.name != GatewayName::Stripe || payment.standing != Standing::Open);
        let told = told.map(|payment| self.write(&payment));
        self.desk.book().notices.extend(told);
    }

    /// All payments as the service has them now.
    pub(crate) fn payments(&self) -> Vec<Payment> {
        let mut book = self.desk.book();
        let now = book.now();
        for payment in book.payments.iter_mut().filter(|payment| payment.closes_at <= now) {
            if payment.standing == Standing::Open {
                payment.standing = Standing::Expired;
            }
        }
        book.payments.clone()
    }
}
