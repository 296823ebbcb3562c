//! Orders: what was charged, to whom, and what happened since.

use chrono::{DateTime, TimeDelta, Utc};
use domain::checkout::ReadyOrder;
use domain::customers::CustomerId;
use domain::locale::Locale;
use domain::orders::{OrderEvent, Totals};
use domain::payments::PaymentMethod;
use domain::reference::{Finding, FormerKind, Outcome};
use domain::shipping::{Address, DeliveryMethod};
use domain::staff::Permission;
use domain::text::{EmailAddress, VoucherCode};
use domain::vouchers::VoucherId;

use super::people::People;
use super::run::{Run, remember};
use crate::buyers;
use crate::database::transact;
use crate::error::Result;
use crate::orders::{self, FormerLine, FormerOrder, FormerStep};
use crate::vouchers;

mod amounts;
mod buyer;
mod course;
mod plan;

pub(super) use buyer::form;
pub(super) use course::is_cancelled;
pub(super) use plan::plan;

/// An order about to be brought.
#[derive(Debug)]
pub(super) struct Bought {
    number: u64,
    /// Who placed it with an account.
    user: Option<u64>,
    email: EmailAddress,
    address: Address,
    method: PaymentMethod,
    voucher_code: Option<VoucherCode>,
    pub(super) lines: Vec<FormerLine>,
    totals: Totals,
    placed_at: DateTime<Utc>,
    note: Option<String>,
    steps: Vec<FormerStep>,
    takes_units: bool,
}

impl Bought {
    /// Whether its units have left the shelf.
    pub(super) fn is_sold(&self) -> bool {
        let is_paid = self.steps.iter().any(|step| step.event == OrderEvent::PaymentArrived);
        let begins_sold = !self.method.is_online() || self.totals.total == domain::money::Money::ZERO;
        self.takes_units && (is_paid || begins_sold)
    }
}

/// Brings every order, the oldest first, so that invoices are numbered as they would have been.
pub(super) async fn bring(run: &mut Run<'_>, bought: &[Bought], people: &People) -> Result<()> {
    let which = FormerKind::Order;
    let unpaid = TimeDelta::hours(i64::from(run.settings.unpaid_hours));
    for order in bought {
        if run.is_check {
            run.report.count(which, Outcome::Brought);
            continue;
        }
        let item = ("order", order.number);
        let account = order.user.filter(|user| people.get(*user).is_some_and(|person| person.email.is_some()));
        let account = account.and_then(|user| run.here(("customer", user))).map(CustomerId::new);
        let settings = run.settings.clone();
        let pay_by = run.now + unpaid;
        let writer = run.shop.import(run.staff, Permission::MoveOrders)?;
        let done = transact!(writer, |work| {
            work.move_to(order.placed_at);
            let customer = match account {
                Some(account) => account,
                None => buyers::remember(work, &order.email, &order.address).await?,
            };
            let voucher = match &order.voucher_code {
                Some(code) => vouchers::find(work, code.as_str()).await?.map(|row| row.voucher.id),
                None => None,
            };
            let former = order.as_former(customer, account, voucher, pay_by);
            let id = orders::write_former(work, &settings, &former).await?.get();
            remember(work, item, id).await?;
            Ok(id)
        });
        let is_in = run.settle(which, item, done)?.is_some();
        if is_in && order.waits() {
            let until = buyer::day(run, pay_by);
            run.corrected(which, order.number, Finding::StillToPay { until });
        }
    }
    Ok(())
}

impl Bought {
    fn waits(&self) -> bool {
        self.method.is_online() && self.steps.is_empty() && self.totals.total > domain::money::Money::ZERO
    }

    fn as_former(
        &self,
        customer: CustomerId,
        account: Option<CustomerId>,
        voucher: Option<VoucherId>,
        pay_by: DateTime<Utc>,
    ) -> FormerOrder {
        FormerOrder {
            number: number_of(self.number),
            ready: ReadyOrder {
                email: self.email.clone(),
                address: self.address.clone(),
                payment_method: self.method,
                delivery_method: DeliveryMethod::Courier,
                voucher_code: self.voucher_code.clone(),
                locale: Locale::Indonesian,
            },
            customer,
            account,
            lines: self.lines.clone(),
            totals: self.totals,
            voucher,
            placed_at: self.placed_at,
            note: self.note.clone(),
            takes_units: self.takes_units,
            pay_by,
            steps: self.steps.clone(),
        }
    }
}

/// What an order is called here: people know it by its number.
fn number_of(number: u64) -> String {
    format!("R-{number}")
}
