//! Files of this computer: what the owner chooses or drops is brought to the shop, and what the shop writes is put where they say.

use std::io;
use std::path::Path;

use domain::imports::{
    BringFile, ExportGoods, Exported, GetImport, ListFindings, ListImported, MapColumns, PutAwayImport, RunImport,
    SaveTroubles, StopImport,
};
use domain::message::Message;
use domain::payments::SaveProofFile;
use domain::problem::{Kind, Problem};
use domain::staff::Staff;
use services::{Shop, imports, payments};
use storefront::house::WholeFile;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::dialogs;
use crate::report::report;
use crate::texts::DesktopText;

/// The most megabytes of a file that is read at once.
const MOST_MEGABYTES: usize = 256;

pub(super) async fn bring_file(desk: &Desk, shop: &Shop, staff: &Staff, request: BringFile) -> Reply<BringFile> {
    let chosen = match &request.dropped {
        Some(path) => Some(desk.dropped(path).ok_or_else(|| invalid(Message::FileIsGone))?),
        None => dialogs::choose(request.what, staff.locale).await,
    };
    let Some(path) = chosen else { return at_hand(desk, staff) };
    let found = tokio::fs::metadata(&path).await.map_err(|_| invalid(Message::FileNotOpened))?;
    let is_zip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    let brought = if found.is_dir() || is_zip {
        desk.bringing.add_pictures(shop, staff, &path).await
    } else {
        if found.len() > (MOST_MEGABYTES as u64) * 1024 * 1024 {
            return Err(invalid(Message::FileTooLarge { most_megabytes: MOST_MEGABYTES }));
        }
        let bytes = tokio::fs::read(&path).await.map_err(|_| invalid(Message::FileNotOpened))?;
        desk.bringing.open(shop, staff, &name_of(&path), bytes).await
    };
    brought.map_err(|error| report(&error))
}

pub(super) async fn get_import(desk: &Desk, _: &Shop, staff: &Staff, _: GetImport) -> Reply<GetImport> {
    at_hand(desk, staff)
}

pub(super) async fn map_columns(desk: &Desk, shop: &Shop, staff: &Staff, request: MapColumns) -> Reply<MapColumns> {
    desk.bringing.map(shop, staff, request).await.map_err(|error| report(&error))
}

pub(super) async fn list_imported(desk: &Desk, _: &Shop, staff: &Staff, request: ListImported) -> Reply<ListImported> {
    desk.bringing.products(staff, request).map_err(|error| report(&error))
}

pub(super) async fn list_findings(desk: &Desk, _: &Shop, staff: &Staff, request: ListFindings) -> Reply<ListFindings> {
    desk.bringing.findings(staff, request).map_err(|error| report(&error))
}

pub(super) async fn run_import(desk: &Desk, shop: &Shop, staff: &Staff, request: RunImport) -> Reply<RunImport> {
    desk.bringing.run(shop, staff, request).await.map_err(|error| report(&error))
}

pub(super) async fn stop_import(desk: &Desk, _: &Shop, staff: &Staff, request: StopImport) -> Reply<StopImport> {
    desk.bringing.stop(staff, request).map_err(|error| report(&error))
}

pub(super) async fn put_away_import(
    desk: &Desk,
    _: &Shop,
    staff: &Staff,
    request: PutAwayImport,
) -> Reply<PutAwayImport> {
    desk.bringing.put_away(staff, request).map_err(|error| report(&error))
}

/// Nothing when the owner leaves the dialog.
pub(super) async fn save_troubles(desk: &Desk, _: &Shop, staff: &Staff, request: SaveTroubles) -> Reply<SaveTroubles> {
    let troubles = desk.bringing.troubles(staff, request.run, staff.locale).map_err(|error| report(&error))?;
    let name = DesktopText::TroublesFile.text(staff.locale);
    let Some(path) = dialogs::place(&name, staff.locale).await else { return Ok(None) };
    let mut file = WholeFile::begin(&path).map_err(|error| unwritten(&error))?;
    file.write_all(&troubles).map_err(|error| unwritten(&error))?;
    file.finish().map_err(|error| unwritten(&error))?;
    Ok(Some(name_of(&path)))
}

/// Nothing when the owner leaves the dialog.
pub(super) async fn export_goods(_: &Desk, shop: &Shop, staff: &Staff, request: ExportGoods) -> Reply<ExportGoods> {
    let name = DesktopText::GoodsFile.text(staff.locale);
    let Some(path) = dialogs::place(&name, staff.locale).await else { return Ok(None) };
    let mut file = WholeFile::begin(&path).map_err(|error| unwritten(&error))?;
    let mut why = None;
    let written = imports::export(shop, staff, request.what, |bytes| {
        file.write_all(bytes).inspect_err(|error| why = Some(error.kind()))
    })
    .await;
    let products = match (written, why) {
        (Ok(products), _) => products,
        (Err(_), Some(kind)) => return Err(unwritten(&kind.into())),
        (Err(error), None) => return Err(report(&error)),
    };
    file.finish().map_err(|error| unwritten(&error))?;
    Ok(Some(Exported { products, file: name_of(&path) }))
}

/// Nothing when the owner leaves the dialog.
pub(super) async fn save_proof_file(
    _: &Desk,
    shop: &Shop,
    staff: &Staff,
    request: SaveProofFile,
) -> Reply<SaveProofFile> {
    let (name, bytes) = payments::proof_file(shop, staff, request.proof_id).await.map_err(|error| report(&error))?;
    let Some(path) = dialogs::place_as(&name, staff.locale).await else { return Ok(None) };
    let mut file = WholeFile::begin(&path).map_err(|error| unwritten(&error))?;
    file.write_all(&bytes).map_err(|error| unwritten(&error))?;
    file.finish().map_err(|error| unwritten(&error))?;
    Ok(Some(name_of(&path)))
}

fn at_hand(desk: &Desk, staff: &Staff) -> Reply<GetImport> {
    desk.bringing.at_hand(staff).map_err(|error| report(&error))
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn invalid(why: Message) -> Problem {
    Problem::new(Kind::Invalid, why)
}

fn unwritten(error: &io::Error) -> Problem {
    tracing::debug!(%error, "a file cannot be written");
    invalid(Message::FileNotWritten)
}
