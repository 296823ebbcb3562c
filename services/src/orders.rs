//! Orders: how they come into being, and every step that they take afterwards.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::carts::CartId;
use domain::catalog::ProductId;
use domain::customers::CustomerId;
use domain::message::Message;
use domain::orders::{
    Actor, CancelOrder, CompleteOrder, ListOrders, OrderDetail, OrderEvent, OrderId, OrderPage, OrderStatus,
};
use domain::page::Position;
use domain::staff::{Permission, Staff};
use domain::text::{CancelReason, Reason, WhatsAppText, whatsapp_link};
use serde_json::json;
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, database, money, settings};

mod bill;
mod import;
mod insert;
mod invoices;
mod life;
mod links;
mod owned;
mod parcels;
mod prices;
mod queries;
mod read;
mod rest;
mod returns;
mod unpaid;

pub(crate) use import::{FormerLine, FormerOrder, FormerStep, write_former};
pub use import::{ImportOrder, import};
pub(crate) use insert::{Draft, Inserted, PlacedBy, draw_number, insert};
pub(crate) use life::{Step, advance, note, tell_owner};
pub use links::{Standing, path, placed_from, waiting_from};
pub(crate) use links::{path_by, pay_path, token};
pub(crate) use owned::{claim, keeper, of_buyer, of_customer, owned_by, unpaid_of};
pub use parcels::ship;
pub(crate) use prices::price_of;
pub(crate) use queries::LockedOrder;
pub(crate) use queries::sales::{DayRow, SalesRow};
pub(crate) use read::KnownRow;
pub use rest::call_off as call_off_rest;
pub(crate) use rest::keep_back;
pub use returns::take as take_back;
pub(crate) use unpaid::{expire, hold, hold_no_more, remind, shorten, unpaid};

const PER_PAGE: u32 = 25;

/// An order, for the one who has its link; a wrong token and an unknown number look the same.
pub async fn show(shop: &Shop, number: &str, token: &str) -> Result<OrderDetail> {
    let mut conn = shop.db.acquire().await?;
    let id = links::find(shop, &mut conn, number, token).await?;
    load(&mut conn, id).await
}

/// A page of orders, newest first.
pub async fn page(shop: &Shop, staff: &Staff, request: ListOrders) -> Result<OrderPage> {
    staff.require(Permission::ViewOrders)?;
    let filter = queries::Filter {
        status: request.status,
        needs_review: request.needs_review,
        search: database::search_pattern(request.search.as_deref()),
        limit: PER_PAGE,
        offset: request.page.offset(PER_PAGE),
    };
    let mut conn = shop.db.acquire().await?;
    let counts = queries::counts(&mut conn, &filter.search).await?;
    let rows = queries::rows(&mut conn, &filter).await?;
    Ok(read::page(rows, &counts, &request, |total| Position { page: request.page, per_page: PER_PAGE, total }))
}

/// An order, in full.
pub async fn detail(shop: &Shop, staff: &Staff, order: OrderId) -> Result<OrderDetail> {
    staff.require(Permission::ViewOrders)?;
    load(&mut *shop.db.acquire().await?, order).await
}

/// Notes that the buyer has the goods.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn complete(shop: &Shop, staff: &Staff, request: CompleteOrder) -> Result<OrderDetail> {
    step(shop, staff, request.order_id, OrderEvent::Delivered, None).await
}

/// Calls an order off; its units can be bought again.
#[instrument(skip_all, fields(order.id = %request.order_id, staff.id = %staff.id))]
pub async fn cancel(shop: &Shop, staff: &Staff, request: CancelOrder) -> Result<OrderDetail> {
    let reason = Reason::parse(&request.reason).map_err(|message| Error::field("reason", message))?;
    step(shop, staff, request.order_id, OrderEvent::CalledOff, Some(reason.as_str())).await
}

/// Calls an order off for the one who has its link, who may say why; once more is the same.
///
/// `Refused(IllegalMove)` as soon as something of it has left.
#[instrument(skip_all, fields(order.number = number))]
pub async fn cancel_by_buyer(shop: &Shop, number: &str, token: &str, reason: &str) -> Result<OrderDetail> {
    let reason = CancelReason::optional(reason).map_err(|message| Error::field("reason", message))?;
    transact!(shop.shopper(), |work| {
        let order = links::find(shop, work, number, token).await?;
        let locked = lock(work, order).await?;
        // A double click is one wish.
        if locked.ended_by == Some(OrderEvent::CalledOffByBuyer) {
            touch(work, order).await?;
        } else {
            money::attempts::end_live(work, order).await?;
            let event = OrderEvent::CalledOffByBuyer;
            let note = reason.as_ref().map(CancelReason::as_str);
            advance(work, &locked, Step { event, actor: &Actor::Shopper, note }).await?;
        }
        let detail = load(work, order).await?;

        Ok(detail)
    })
}

/// The order's invoice page, for staff to open; `Refused(NoInvoiceYet)` when there is none.
pub async fn invoice_url(shop: &Shop, staff: &Staff, order: OrderId) -> Result<String> {
    staff.require(Permission::ViewOrders)?;
    let order = load(&mut *shop.db.acquire().await?, order).await?;
    if order.invoice.is_none() {
        return Err(Error::Refused(Message::NoInvoiceYet));
    }
    let token = token(shop, &order.number);
    Ok(format!("{}/orders/{}/invoice?token={token}", shop.public_url(), order.number))
}

/// Where staff write to an order's buyer by WhatsApp, in the language in which they bought.
///
/// `Refused(NoWhatsApp)` for a number that WhatsApp cannot know.
pub async fn whatsapp_url(shop: &Shop, staff: &Staff, order: OrderId) -> Result<String> {
    staff.require(Permission::ViewOrders)?;
    let order = load(&mut *shop.db.acquire().await?, order).await?;
    let (name, number) = (order.address.name.as_str().to_owned(), order.number.clone());
    let from = settings::get(shop).await?.name.clone();
    let words = WhatsAppText::ToBuyer { name, shop: from, number }.text(order.locale);
    whatsapp_link(order.address.phone.as_str(), &words).ok_or(Error::Refused(Message::NoWhatsApp))
}

/// The order, and nobody else moves it until the transaction ends.
pub(crate) async fn lock(conn: &mut MySqlConnection, order: OrderId) -> Result<queries::LockedOrder> {
    queries::lock(conn, order).await?.ok_or(Error::NotFound(Message::NoSuchOrder))
}

/// The order that the key placed from one of the carts, if it did. Whoever decides by it has their locks.
pub(crate) async fn placed_by(conn: &mut MySqlConnection, carts: &[CartId], key: &str) -> Result<Option<KnownRow>> {
    for cart in carts {
        if let Some(known) = queries::placed_by(conn, *cart, key).await? {
            return Ok(Some(known));
        }
    }
    Ok(None)
}

/// Notes that somebody is told what another call did.
///
/// A database shows a commit before it is on the disk. Whoever tells of it writes something, too: this commit reaches the
/// disk after the one that was read, and so nothing is told that a crash could take back.
pub(crate) async fn touch(work: &mut Work, order: OrderId) -> Result<()> {
    let now = work.now();
    Ok(queries::touch(work, order, now).await?)
}

/// The order behind a link, and nothing else of it.
pub(crate) async fn find_by_link(
    shop: &Shop,
    conn: &mut MySqlConnection,
    number: &str,
    token: &str,
) -> Result<OrderId> {
    links::find(shop, conn, number, token).await
}

/// Whether the customer has the product from an order that is done.
pub(crate) async fn has_received(conn: &mut MySqlConnection, customer: CustomerId, product: ProductId) -> Result<bool> {
    Ok(queries::received(conn, customer, product).await? > 0)
}

/// The newest orders, for the dashboard.
pub(crate) async fn latest(conn: &mut MySqlConnection, limit: u32) -> Result<Vec<domain::orders::OrderRow>> {
    let filter = queries::Filter { status: None, needs_review: false, search: String::new(), limit, offset: 0 };
    Ok(queries::rows(conn, &filter).await?)
}

/// How many orders there are in each status.
pub(crate) async fn counts(conn: &mut MySqlConnection) -> Result<BTreeMap<OrderStatus, u64>> {
    let rows = queries::counts(conn, "").await?;
    Ok(rows.into_iter().map(|row| (row.status, row.count)).collect())
}

/// Sales between two instants; the first belongs to the span, the second does not.
pub(crate) async fn sales(conn: &mut MySqlConnection, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<SalesRow> {
    Ok(queries::sales::between(conn, from, to).await?)
}

/// Sales of each day of the shop's clock since `from`; days without any are missing.
pub(crate) async fn sales_by_day(
    conn: &mut MySqlConnection,
    from: DateTime<Utc>,
    utc_offset_minutes: i32,
) -> Result<Vec<DayRow>> {
    Ok(queries::sales::by_day(conn, from, utc_offset_minutes).await?)
}

/// The order in full, from inside a transaction or out.
pub(crate) async fn load(conn: &mut MySqlConnection, order: OrderId) -> Result<OrderDetail> {
    let row = queries::order(conn, order).await?.ok_or(Error::NotFound(Message::NoSuchOrder))?;
    let transfer = match row.payment_method.is_transfer() {
        true => money::transfers::of(conn, order, row.held_until).await?,
        false => None,
    };
    let parts = read::Parts {
        lines: queries::lines(conn, order).await?,
        taxes: queries::taxes(conn, order).await?,
        history: queries::history(conn, order).await?,
        whereabouts: parcels::whereabouts(conn, order).await?,
        parcels: parcels::of(conn, order).await?,
        returns: returns::of(conn, order).await?,
        invoice: queries::invoices::of(conn, order).await?,
        balance: money::balance(conn, order).await?,
        transfer,
        refunds: money::refunds::of(conn, order).await?,
        to_check: money::checking::to_check(conn, order).await?,
    };
    read::detail(row, parts)
}

async fn step(
    shop: &Shop,
    staff: &Staff,
    order: OrderId,
    event: OrderEvent,
    note: Option<&str>,
) -> Result<OrderDetail> {
    let writer = shop.staff(staff, Permission::MoveOrders)?;
    transact!(writer, |work| {
        let locked = lock(work, order).await?;
        if event.calls_off() {
            money::attempts::end_live(work, order).await?;
        }
        let actor = work.actor();
        let step = advance(work, &locked, Step { event, actor: &actor, note }).await?;
        let subject = Subject::new(SubjectKind::Order, order, &locked.number);
        let (before, after) = (json!({ "status": locked.status }), json!({ "status": step.to, "note": note }));
        work.record(AuditAction::MoveOrder, &subject, &before, &after).await?;
        let detail = load(work, order).await?;

        Ok(detail)
    })
}
