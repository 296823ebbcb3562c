//! The plans of memberships.

use domain::locale::Translated;
use domain::memberships::{Period, SavePlan};
use domain::money::Money;
use domain::reference::{FormerKind, Outcome};
use domain::staff::Permission;

use crate::database::transact;
use crate::error::Result;
use crate::memberships;
use crate::reference::run::{Run, remember};

/// Brings every plan.
pub(in crate::reference) async fn bring(run: &mut Run<'_>) -> Result<()> {
    for (number, row) in run.numbered(FormerKind::Plan, "memberships") {
        let item = ("plan", number);
        if run.is_known(FormerKind::Plan, item) {
            continue;
        }
        let only_here = |text: String| Translated { id: text, en: String::new() };
        let short = |column, most: usize| -> String {
            let text = row.text(column).unwrap_or_default();
            text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(most).collect()
        };
        let wanted = SavePlan {
            plan_id: None,
            version: 0,
            name: Translated::same(short("name", SavePlan::MOST.0)),
            description: only_here(short("description", SavePlan::MOST.1)),
            period: period_of(row.text("period").as_deref()),
            price: run.money(FormerKind::Plan, number, &row, "price").unwrap_or(Money::ZERO),
            percent_off: row.percent("discount_percent").unwrap_or_default(),
            free_delivery: row.flag("free_shipping"),
            is_active: row.flag("is_active"),
        };
        if run.is_check {
            run.report.count(FormerKind::Plan, Outcome::Brought);
            continue;
        }
        let writer = run.shop.staff(run.staff, Permission::ManageMemberships)?;
        let done = transact!(writer, |work| {
            let id = memberships::write_plan(work, &wanted).await?.plan.id.get();
            remember(work, item, id).await?;
            Ok(id)
        });
        run.settle(FormerKind::Plan, item, done)?;
    }
    run.shop.snapshot.offers_memberships.forget();
    Ok(())
}

/// How long a plan lasts.
pub(super) fn period_of(word: Option<&str>) -> Period {
    if word.is_some_and(|word| word.eq_ignore_ascii_case("yearly")) { Period::Yearly } else { Period::Monthly }
}
