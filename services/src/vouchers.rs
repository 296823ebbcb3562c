//! Vouchers: the desk's list of them, and who uses which. `used` counts the orders that use one now, and never overruns
//! its limit: one conditional statement decides.

use domain::audit::{AuditAction, Subject, SubjectKind};
use domain::events::About;
use domain::message::Message;
use domain::orders::OrderId;
use domain::page::Position;
use domain::staff::{Permission, Staff};
use domain::vouchers::{GetVoucher, ListVouchers, SaveVoucher, SwitchVoucher, VoucherDetail, VoucherPage, VoucherRow};
use sqlx::MySqlConnection;
use tracing::instrument;

use crate::database::{StaffWork, Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, catalog, database, events};

mod checks;
mod owned;
mod queries;
mod using;

pub(crate) use checks::miscounted;
pub use owned::{claim, own};
pub(crate) use owned::{keep_former, reward_top_spenders, welcome};
pub(crate) use using::{VoucherBuyer, lock_user, note_former_use, take_again, usable, use_up};

const PER_PAGE: u32 = 25;
/// How many of its newest orders a voucher shows.
const USES: u32 = 50;

/// A page of vouchers, newest first.
pub async fn page(shop: &Shop, staff: &Staff, request: ListVouchers) -> Result<VoucherPage> {
    staff.require(Permission::ManageVouchers)?;
    let search = database::search_pattern(request.search.as_deref());
    let categories = catalog::categories(shop).await?;
    let mut conn = shop.db.acquire().await?;
    let total = queries::count(&mut conn, &search).await?;
    let rows = queries::rows(&mut conn, &search, PER_PAGE, request.page.offset(PER_PAGE)).await?;
    Ok(VoucherPage {
        rows: rows.into_iter().map(queries::StoredRow::into_row).collect::<Result<_>>()?,
        position: Position { page: request.page, per_page: PER_PAGE, total },
        now: shop.clock.now(&mut conn).await?,
        categories: categories.iter().map(|category| (category.id, category.name.clone())).collect(),
    })
}

/// A voucher in full, with the orders that used it last.
pub async fn detail(shop: &Shop, staff: &Staff, request: GetVoucher) -> Result<VoucherDetail> {
    staff.require(Permission::ManageVouchers)?;
    let mut conn = shop.db.acquire().await?;
    let row = queries::by_id(&mut conn, request.voucher_id).await?.ok_or(Error::NotFound(Message::NoSuchVoucher))?;
    Ok(VoucherDetail {
        row: row.into_row()?,
        owners: queries::owners(&mut conn, request.voucher_id).await?,
        uses: queries::uses(&mut conn, request.voucher_id, USES).await?,
    })
}

/// Adds a voucher, or changes one of a version.
///
/// `Invalid` for what nobody could use and for a code that is taken; `Refused(ChangedMeanwhile)` when somebody saved
/// since it was read: then nothing is changed.
#[instrument(skip_all, fields(staff.id = %staff.id))]
pub async fn save(shop: &Shop, staff: &Staff, request: SaveVoucher) -> Result<VoucherRow> {
    transact!(shop.staff(staff, Permission::ManageVouchers)?, |work| { write(work, &request).await })
}

/// The same inside a unit of work of somebody who may do it.
pub(crate) async fn write(work: &mut StaffWork, request: &SaveVoucher) -> Result<VoucherRow> {
    let draft = request.read().map_err(Error::Invalid)?;
    let now = work.now();
    let before = match request.voucher_id {
        Some(id) => Some(locked(work, id, request.version).await?),
        None => None,
    };
    if let Some(used) = before.as_ref().map(|row| row.used)
        && request.total_limit.is_some_and(|limit| limit < used)
    {
        return Err(Error::field("total_limit", Message::VoucherUsedMore { used }));
    }
    for category in &draft.terms.categories {
        if !queries::is_category(work, *category).await? {
            return Err(Error::field("terms.categories", Message::NoSuchCategory));
        }
    }

    let written = match request.voucher_id {
        Some(id) => queries::update(work, id, request, &draft, now).await.map(|()| id),
        None => queries::insert(work, request, &draft, now).await,
    };
    let id = match written {
        Ok(id) => id,
        Err(error) if database::is_duplicate_of(&error, "vouchers_code") => {
            return Err(Error::field("code", Message::AlreadyTaken));
        }
        Err(error) => return Err(error.into()),
    };
    queries::clear_categories(work, id).await?;
    for category in &draft.terms.categories {
        queries::add_category(work, id, *category).await?;
    }
    let after = queries::by_id(work, id).await?.ok_or(Error::NotFound(Message::NoSuchVoucher))?.into_row()?;
    let subject = Subject::new(SubjectKind::Voucher, id, after.voucher.code.as_str());
    events::record(work, &About::Voucher(id).into()).await?;
    work.record(AuditAction::SaveVoucher, &subject, &before, &after).await?;
    Ok(after)
}

/// Switches a voucher of a version on or off, with the refusals of [`save`].
#[instrument(skip_all, fields(staff.id = %staff.id, voucher.id = %request.voucher_id))]
pub async fn switch(shop: &Shop, staff: &Staff, request: SwitchVoucher) -> Result<VoucherRow> {
    let writer = shop.staff(staff, Permission::ManageVouchers)?;
    transact!(writer, |work| {
        let now = work.now();
        let before = locked(work, request.voucher_id, request.version).await?;

        queries::switch(work, request.voucher_id, request.is_active, now).await?;
        let mut after = before.clone();
        after.version += 1;
        after.voucher.is_active = request.is_active;
        let subject = Subject::new(SubjectKind::Voucher, request.voucher_id, after.voucher.code.as_str());
        events::record(work, &About::Voucher(request.voucher_id).into()).await?;
        work.record(AuditAction::SwitchVoucher, &subject, &before, &after).await?;
        Ok(after)
    })
}

/// Lets the order's voucher be used again, if the order has one that was not given back yet. However often it is
/// called, it gives back once what [`take_again`] did not take since. The caller has the order's lock, and takes stock
/// afterwards.
pub(crate) async fn give_back(work: &mut Work, order: OrderId) -> Result<()> {
    let now = work.now();
    if queries::end_use(work, order, now).await? {
        queries::count_down(work, order).await?;
        queries::return_gift(work, order).await?;
    }
    Ok(())
}

/// The voucher of that code.
pub(crate) async fn find(conn: &mut MySqlConnection, code: &str) -> Result<Option<VoucherRow>> {
    queries::by_code(conn, code).await?.map(queries::StoredRow::into_row).transpose()
}

/// The voucher as that version, and nobody else changes or uses it until the transaction ends.
async fn locked(conn: &mut MySqlConnection, id: domain::vouchers::VoucherId, version: u64) -> Result<VoucherRow> {
    let stored = queries::lock(conn, id).await?.ok_or(Error::NotFound(Message::NoSuchVoucher))?;
    if stored != version {
        return Err(Error::Refused(Message::ChangedMeanwhile));
    }
    queries::by_id(conn, id).await?.ok_or(Error::NotFound(Message::NoSuchVoucher))?.into_row()
}
