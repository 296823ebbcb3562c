//! Vouchers that many want: few uses in all, one for each customer, for a first order only.

use domain::money::{BasisPoints, Money};
use domain::pricing::{VoucherKind, VoucherTerms};
use domain::vouchers::SaveVoucher;
use rand::RngExt;
use rand::rngs::StdRng;
use services::vouchers;

use crate::stage::Stage;

const CODES: [&str; 4] = ["SEPULUH", "SATU", "PERTAMA", "ONGKIR"];

/// Makes the vouchers.
pub(crate) async fn prepare(stage: &Stage) {
    let [ten, one, first, delivery] = CODES;
    let tenth = VoucherKind::Percent(BasisPoints::new(1_000));
    for wanted in [
        SaveVoucher { total_limit: Some(60), ..voucher(ten, tenth) },
        SaveVoucher { customer_limit: Some(1), ..voucher(one, VoucherKind::Fixed(Money::minor(5_000))) },
        SaveVoucher { total_limit: Some(40), first_order_only: true, ..voucher(first, tenth) },
        SaveVoucher { total_limit: Some(25), customer_limit: Some(2), ..voucher(delivery, VoucherKind::FreeDelivery) },
    ] {
        vouchers::save(&stage.shop, &stage.owner, wanted).await.unwrap();
    }
}

/// The code that a buyer types: mostly none.
pub(crate) fn some_code(rng: &mut StdRng) -> &'static str {
    CODES.get(rng.random_range(0..20)).copied().unwrap_or_default()
}

fn voucher(code: &str, kind: VoucherKind) -> SaveVoucher {
    SaveVoucher {
        voucher_id: None,
        version: 0,
        code: code.to_owned(),
        terms: VoucherTerms { kind, cap: None, minimum_purchase: Money::ZERO, categories: Vec::new() },
        starts_at: None,
        ends_at: None,
        total_limit: None,
        customer_limit: None,
        first_order_only: false,
        is_personal: false,
        occasion: None,
        is_active: true,
    }
}
