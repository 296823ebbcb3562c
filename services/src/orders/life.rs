//! Every step of an order's life, with all that it brings, in the transaction of the caller.

use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc};
use domain::events::Happening;
use domain::locale::Locale;
use domain::mail::MailKind;
use domain::orders::{
    Actor, HistoryKind, HistoryNote, IllegalMove, InvoiceEffect, Move, OrderEvent, OrderId, Telling, VoucherEffect,
    goes_on_when_money_comes,
};
use domain::settings::Settings;

use super::queries::{self, LockedOrder};
use super::{bill, invoices};
use crate::database::Work;
use crate::error::Result;
use crate::{events, inventory, mail, vouchers};

/// A step: what happens, who does it, and why.
#[derive(Clone, Copy)]
pub(crate) struct Step<'a> {
    pub(crate) event: OrderEvent,
    pub(crate) actor: &'a Actor,
    pub(crate) note: Option<&'a str>,
}

/// Moves a locked order, with everything that its move brings, and tells buyer and staff. The one way to change a
/// status.
///
/// `Refused(IllegalMove)` when the status does not allow the step; `OutOfStock` when it needs units that are gone, and
/// `Refused` with the reason when it needs a voucher that cannot be used any more.
pub(crate) async fn advance(work: &mut Work, order: &LockedOrder, step: Step<'_>) -> Result<Move> {
    let allowed = allowed(order, step.event)?;
    tell(work, order, &allowed).await?;
    bring(work, order, &allowed, step).await?;
    Ok(allowed)
}

/// The same for the past of an order that comes from elsewhere: nobody hears of it.
pub(super) async fn replay(work: &mut Work, order: &LockedOrder, step: Step<'_>) -> Result<Move> {
    let allowed = allowed(order, step.event)?;
    bring(work, order, &allowed, step).await?;
    Ok(allowed)
}

/// Notes something that is no step: the order stays where it is.
pub(crate) async fn note(
    work: &mut Work,
    order: &LockedOrder,
    kind: HistoryKind,
    note: &HistoryNote,
    actor: &Actor,
) -> Result<()> {
    let now = work.now();
    let text = note.text(order.locale);
    Ok(queries::insert_history(work, order.id, (kind, order.status), actor, Some(&text), now).await?)
}

/// A day and a time of the shop's clock, for a note.
pub(super) fn moment(at: DateTime<Utc>, settings: &Settings, locale: Locale) -> String {
    let there = at + TimeDelta::minutes(i64::from(settings.utc_offset_minutes));
    let (day, month, year) = (there.day(), locale.month(there.month0()), there.year());
    match locale {
        Locale::Indonesian => format!("{day} {month} {year} pukul {:02}.{:02}", there.hour(), there.minute()),
        Locale::English => format!("{day} {month} {year}, {:02}:{:02}", there.hour(), there.minute()),
    }
}

fn allowed(order: &LockedOrder, event: OrderEvent) -> Result<Move> {
    let allowed = order.status.after(event)?;
    if event == OrderEvent::MoneyCameLate && !goes_on_when_money_comes(order.status, order.ended_by) {
        return Err(IllegalMove { from: order.status, event }.into());
    }
    Ok(allowed)
}

/// The counters come last: of invoices, then of stock, so that hot rows are locked only for the commit.
async fn bring(work: &mut Work, order: &LockedOrder, allowed: &Move, step: Step<'_>) -> Result<()> {
    let Step { event, actor, note } = step;
    let (settings, now) = (work.settings().await?, work.now());
    let ended_by = Some(event).filter(|event| event.calls_off());
    queries::set_status(work, order.id, allowed.to, ended_by, now).await?;
    queries::insert_history(work, order.id, (HistoryKind::Step, allowed.to), actor, note, now).await?;
    match allowed.voucher {
        VoucherEffect::Nothing => {}
        VoucherEffect::GiveBack => vouchers::give_back(work, order.id).await?,
        VoucherEffect::TakeAgain => vouchers::take_again(work, order.id, settings.currency).await?,
    }
    bill::move_money(work, order, allowed.money, actor).await?;
    if allowed.invoice == InvoiceEffect::Issue {
        invoices::issue(work, order.id, settings.utc_offset_minutes).await?;
    }
    inventory::apply(work, order.id, allowed.stock, actor).await
}

/// Writes to the owner that an order can be packed.
pub(crate) async fn tell_owner(work: &mut Work, order: OrderId) -> Result<()> {
    let once = format!("new_order:{order}");
    let settings = work.settings().await?;
    mail::tell_owner(work, &settings, MailKind::NewOrder, Some(order.into()), None, &once).await.map(drop)
}

async fn tell(work: &mut Work, order: &LockedOrder, allowed: &Move) -> Result<()> {
    if let Some(kind) = allowed.mail {
        mail::write(work, kind, order.id, None).await?;
    }
    if matches!(allowed.tells, Telling::OrderPaid) {
        tell_owner(work, order.id).await?;
    }
    let (order_id, number) = (order.id, order.number.clone());
    let what = match allowed.tells {
        Telling::OrderPaid => Happening::OrderPaid { order_id, number, total: order.total, name: order.name.clone() },
        Telling::OrderMoved => order.moved(),
    };
    events::record(work, &what).await
}
