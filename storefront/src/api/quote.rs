//! `POST /api/v1/carts/{id}/quote`: what an order would cost now, before anybody places it.

use axum::extract::State;
use axum::response::Response;
use domain::message::Message;
use domain::pricing::Priced;
use domain::shipping::{DeliveryMethod, Destination};
use serde::Serialize;
use services::{Shop, checkout};

use crate::api::input::{InPath, Object};
use crate::api::language::Voice;
use crate::api::price::{TaxBody, TotalsBody};
use crate::failure::Failure;

#[derive(Serialize)]
struct QuoteBody {
    totals: TotalsBody,
    taxes: Vec<TaxBody>,
}

/// Works it out; a voucher that cannot be used is a problem of its field, as it is for the order.
pub(crate) async fn show(
    State(shop): State<Shop>,
    voice: Voice,
    InPath(cart): InPath<String>,
    body: Object,
) -> Result<Response, Failure> {
    let address = body.object("shipping_address")?;
    let province = address.text("province", "shipping_address.province")?;
    let city = address.text("city", "shipping_address.city")?;
    let method = match body.text("delivery_method", "delivery_method")?.as_str() {
        "" => DeliveryMethod::Courier,
        word => word.parse().map_err(|_| Failure::field("delivery_method", Message::NotAChoice))?,
    };
    let voucher_code = body.text("voucher_code", "voucher_code")?;
    let to = Destination { province: province.trim(), city: city.trim(), method };
    let priced = checkout::quote(&shop, &cart, &to, &voucher_code).await?;
    Ok(voice.say(QuoteBody::of(&priced, &voice)))
}

impl QuoteBody {
    fn of(priced: &Priced, voice: &Voice) -> Self {
        let currency = voice.settings.currency;
        Self {
            totals: TotalsBody::of(&priced.totals, currency),
            taxes: priced.taxes.iter().map(|tax| TaxBody::of(tax, currency)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::money::{BasisPoints, Money};
    use domain::orders::Totals;
    use domain::pricing::{Priced, TaxLine};
    use serde_json::to_value;

    use super::QuoteBody;
    use crate::api::language::tests::voice;
    use crate::api::openapi::conformance::assert_conforms;

    #[test]
    fn a_quote_looks_as_documented() {
        let tax = Money::minor(11_000);
        let taxes = vec![TaxLine {
            name: "PPN".to_owned(),
            rate: BasisPoints::new(1_100),
            base: Money::minor(100_000),
            amount: tax,
        }];
        let totals = Totals::of([Money::minor(111_000)], Money::ZERO).unwrap();
        let priced =
            Priced { lines: Vec::new(), totals, delivery_saved: Money::ZERO, delivery_tax: Money::ZERO, taxes };
        assert_conforms("Quote", &to_value(QuoteBody::of(&priced, &voice())).unwrap());
    }
}
