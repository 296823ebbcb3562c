//! Vouchers that many want: few uses in all, one for each customer, for a first order only.

use domain::money::{BasisPoints, Money};
use domain::pricing::{TaxRules, VoucherKind};
use domain::settings::Settings;
use domain::vouchers::SaveVoucher;
use rand::RngExt;
use rand::rngs::StdRng;
use services::{settings, vouchers};

use crate::stage::Stage;

const CODES: [&str; 4] = ["SEPULUH", "SATU", "PERTAMA", "ONGKIR"];

/// Makes the vouchers, and lets everything be taxed.
pub(crate) async fn prepare(stage: &Stage) {
    let taxed = Settings { tax: TaxRules::ppn(), ..(*settings::get(&stage.shop).await.unwrap()).clone() };
    settings::save(&stage.shop, &stage.owner, taxed).await.unwrap();
    let [ten, one, first, delivery] = CODES;
    let tenth = VoucherKind::Percent(BasisPoints::new(1_000));
    for wanted in [
        SaveVoucher { total_limit: Some(60), ..SaveVoucher::for_everybody(ten, tenth) },
        SaveVoucher {
            customer_limit: Some(1),
            ..SaveVoucher::for_everybody(one, VoucherKind::Fixed(Money::minor(5_000)))
        },
        SaveVoucher { total_limit: Some(40), first_order_only: true, ..SaveVoucher::for_everybody(first, tenth) },
        SaveVoucher {
            total_limit: Some(25),
            customer_limit: Some(2),
            ..SaveVoucher::for_everybody(delivery, VoucherKind::FreeDelivery)
        },
    ] {
        vouchers::save(&stage.shop, &stage.owner, wanted).await.unwrap();
    }
}

/// A code that somebody has.
pub(crate) fn one_of_all(rng: &mut StdRng) -> &'static str {
    CODES[rng.random_range(0..CODES.len())]
}

/// The code that a buyer types: mostly none.
pub(crate) fn some_code(rng: &mut StdRng) -> &'static str {
    CODES.get(rng.random_range(0..20)).copied().unwrap_or_default()
}
