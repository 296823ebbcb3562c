//! What lay in carts.

use std::collections::BTreeMap;

use domain::customers::CustomerId;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::staff::Permission;

use super::goods::Goods;
use super::rows::Row;
use super::run::{Run, remember, why};
use crate::database::transact;
use crate::error::Result;
use crate::{carts, catalog};

/// Fills the carts of accounts, as far as the goods are there.
pub(super) async fn bring(run: &mut Run<'_>, goods: &Goods) -> Result<()> {
    let which = FormerKind::Cart;
    let mut wanted: BTreeMap<u64, Vec<&Row>> = BTreeMap::new();
    for row in run.former.table("user_carts") {
        wanted.entry(row.number("user_id").unwrap_or_default()).or_default().push(row);
    }
    for (user, rows) in wanted {
        let item = ("cart", user);
        if run.is_known(which, item) {
            continue;
        }
        if run.is_check {
            run.report.count(which, Outcome::Brought);
            continue;
        }
        let Some(customer) = run.here(("customer", user)).map(CustomerId::new) else {
            run.refused(which, user, Finding::Anonymous);
            continue;
        };
        let key = carts::of_account(run.shop, customer).await?;
        for row in rows {
            let product = row.number("product_id").unwrap_or_default();
            let sku = goods.sold(product, row.number("variant_id"), "", "");
            let found = match &sku {
                Some(sku) => catalog::snapshot(&mut *run.shop.db.acquire().await?, sku).await?,
                None => None,
            };
            let Some(found) = found else {
                let what = domain::message::Words::of(|locale| FormerKind::Product.label(locale));
                run.left_out(which, user, Finding::NotThere { what, number: product.to_string() });
                continue;
            };
            let quantity = u32::try_from(row.whole("quantity").unwrap_or_default()).unwrap_or_default();
            // The same once more does no harm.
            if let Err(error) = carts::set_line(run.shop, &key, found.variant_id, quantity).await {
                let why = why(error)?;
                run.left_out(which, user, Finding::Says { why });
            }
        }
        let done = transact!(run.shop.import(run.staff, Permission::ChangeSettings)?, |work| {
            remember(work, item, customer.get()).await?;
            Ok(customer.get())
        });
        run.settle(which, item, done)?;
    }
    Ok(())
}
