//! Vouchers: their terms as they stood, and as many uses as there are orders that stand.

use std::collections::HashMap;

use domain::money::{BasisPoints, Money};
use domain::pricing::VoucherKind;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::staff::Permission;
use domain::text::VoucherCode;
use domain::vouchers::{Occasion, SaveVoucher};

use crate::database::transact;
use crate::error::Result;
use crate::reference::orders::is_cancelled;
use crate::reference::rows::Row;
use crate::reference::run::{Run, remember};
use crate::vouchers;

/// Brings every voucher.
pub(in crate::reference) async fn bring(run: &mut Run<'_>) -> Result<()> {
    let mut uses: HashMap<String, u32> = HashMap::new();
    for order in run.former.table("orders").iter().filter(|order| !is_cancelled(order)) {
        if let Some(code) = order.text("voucher_code").and_then(|code| VoucherCode::typed(&code).ok()) {
            *uses.entry(code.into()).or_default() += 1;
        }
    }
    for (number, row) in run.numbered(FormerKind::Voucher, "vouchers") {
        let item = ("voucher", number);
        if run.is_known(FormerKind::Voucher, item) {
            continue;
        }
        let Some(wanted) = wanted(run, number, &row, &uses) else { continue };
        if run.is_check {
            run.report.count(FormerKind::Voucher, Outcome::Brought);
            continue;
        }
        let writer = run.shop.staff(run.staff, Permission::ManageVouchers)?;
        let done = transact!(writer, |work| {
            let id = vouchers::write(work, &wanted).await?.voucher.id.get();
            remember(work, item, id).await?;
            Ok(id)
        });
        run.settle(FormerKind::Voucher, item, done)?;
    }
    Ok(())
}

fn wanted(run: &mut Run<'_>, number: u64, row: &Row, uses: &HashMap<String, u32>) -> Option<SaveVoucher> {
    let which = FormerKind::Voucher;
    let told = row.text("code").unwrap_or_default();
    let Ok(code) = VoucherCode::typed(&told) else {
        run.refused(which, number, Finding::CodeUnusable { code: told });
        return None;
    };
    let mut is_active = row.flag("is_active");
    let kind = if row.text("type").is_some_and(|kind| kind.eq_ignore_ascii_case("PERCENTAGE")) {
        let percent = row.percent("value").unwrap_or_default();
        if percent > BasisPoints::WHOLE {
            run.corrected(which, number, Finding::PercentTooHigh);
            is_active = false;
        }
        VoucherKind::Percent(percent.min(BasisPoints::WHOLE))
    } else {
        VoucherKind::Fixed(run.money(which, number, row, "value").unwrap_or(Money::ZERO))
    };
    let orders = uses.get(code.as_str()).copied().unwrap_or_default();
    let said = row.whole("use_count").and_then(|said| u32::try_from(said).ok()).unwrap_or_default();
    if said != orders {
        run.corrected(which, number, Finding::UsesOtherwise { said, orders });
    }
    let limit = row.whole("max_uses").and_then(|most| u32::try_from(most).ok()).filter(|most| *most > 0);
    if limit.is_some_and(|limit| limit < orders) {
        run.corrected(which, number, Finding::LimitRaised { limit: orders });
    }
    // Registration gave the one, and a job the other.
    let occasion = match code.as_str() {
        "WELCOME" => Some(Occasion::Welcome),
        "TOP_SPENDER" => Some(Occasion::TopSpender),
        _ => None,
    };
    if occasion.is_some() {
        run.corrected(which, number, Finding::BecomesPersonal);
    }
    let mut wanted = SaveVoucher {
        starts_at: run.time(row, "start_date"),
        ends_at: run.time(row, "end_date"),
        total_limit: limit.map(|limit| limit.max(orders)),
        is_personal: occasion.is_some(),
        occasion,
        is_active,
        ..SaveVoucher::for_everybody(code.as_str(), kind)
    };
    wanted.terms.minimum_purchase =
        run.money(which, number, row, "min_purchase_amount").unwrap_or(Money::ZERO).max(Money::ZERO);
    Some(wanted)
}
