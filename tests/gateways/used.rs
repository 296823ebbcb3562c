//! A service that carries a method of the shop.

use domain::payments::{GatewayName, PaymentMethod};
use domain::settings::Settings;
use services::settings;

use crate::shop::TestShop;
use crate::simulators::Simulator;

impl Simulator {
    /// Opens the service, and lets it carry a method of the shop.
    pub(crate) async fn of(name: GatewayName, shop: &TestShop) -> Self {
        let this = Self::start(name).await;
        shop.set_gateway_keys(&this.keys());
        let wanted = Settings {
            payment_methods: vec![this.method(), PaymentMethod::CashOnDelivery],
            payment_gateways: vec![this.carriage()],
            ..shop.settings().await
        };
        settings::save(shop, &shop.owner, wanted).await.unwrap();
        this
    }
}
