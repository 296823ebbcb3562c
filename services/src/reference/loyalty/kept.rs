//! Vouchers that customers kept.

use domain::customers::CustomerId;
use domain::message::Words;
use domain::orders::OrderId;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::staff::Permission;
use domain::vouchers::{Source, VoucherId};

use crate::database::transact;
use crate::error::Result;
use crate::reference::orders::is_cancelled;
use crate::reference::people::People;
use crate::reference::run::{Run, remember};
use crate::vouchers;

/// Brings what everybody kept: what is used up hangs on its order.
pub(in crate::reference) async fn bring(run: &mut Run<'_>, people: &People) -> Result<()> {
    let which = FormerKind::KeptVoucher;
    let former = run.former;
    let tables = [former.by("vouchers", "id"), former.by("users", "id"), former.by("orders", "id")];
    let [all_vouchers, users, orders] = &tables;
    for row in former.table("user_vouchers") {
        let (user, voucher) = (row.number("user_id").unwrap_or_default(), row.number("voucher_id").unwrap_or_default());
        // Each is kept once, and such a row may have no number of its own.
        let item = ("kept_voucher", (user << 24) ^ voucher);
        if run.is_known(which, item) {
            continue;
        }
        let name = format!("{user}/{voucher}");
        let missing = [(all_vouchers, FormerKind::Voucher, voucher), (users, FormerKind::Customer, user)];
        let missing = missing.into_iter().find(|(table, _, number)| !table.contains_key(number));
        if let Some((_, kind, number)) = missing {
            let what = Words::of(|locale| kind.label(locale));
            run.refused(which, name, Finding::NotThere { what, number: number.to_string() });
            continue;
        }
        if people.get(user).is_none_or(|person| person.email.is_none()) {
            run.refused(which, name, Finding::Anonymous);
            continue;
        }
        let is_used = row.text("status").is_some_and(|status| status.eq_ignore_ascii_case("used"));
        let order = row.number("order_id").filter(|_| is_used);
        let used_by = order.and_then(|number| orders.get(&number)?.first().copied());
        let is_void = used_by.is_some_and(is_cancelled);
        if is_used && used_by.is_none() {
            run.left_out(which, name, Finding::UsedNowhere);
            continue;
        }
        if is_void {
            run.corrected(which, &name, Finding::GivenBack);
        }
        if run.is_check {
            run.report.count(which, Outcome::Brought);
            continue;
        }
        let here = (run.here(("customer", user)), run.here(("voucher", voucher)));
        let (Some(customer), Some(kept)) = here else {
            run.refused(which, name, Finding::Anonymous);
            continue;
        };
        let used_by = order.filter(|_| !is_void).and_then(|number| run.here(("order", number)));
        if is_used && !is_void && used_by.is_none() {
            run.left_out(which, name, Finding::UsedNowhere);
            continue;
        }
        let code = all_vouchers.get(&voucher).and_then(|rows| rows.first());
        let source = match code.and_then(|row| row.text("code")).unwrap_or_default().to_uppercase().as_str() {
            "WELCOME" => Source::Welcome,
            "TOP_SPENDER" => Source::TopSpender,
            _ => Source::Claimed,
        };
        let at = run.time(row, "claimed_at").unwrap_or(run.now);
        let both = (CustomerId::new(customer), VoucherId::new(kept));
        let done = transact!(run.shop.import(run.staff, Permission::ManageVouchers)?, |work| {
            let id = vouchers::keep_former(work, both, source, used_by.map(OrderId::new), at).await?;
            remember(work, item, id).await?;
            Ok(id)
        });
        run.settle(which, item, done)?;
    }
    Ok(())
}
