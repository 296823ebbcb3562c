//! Everything that the window may ask: of the shop, which answers in `services::commands`, or of this process itself.
//!
//! The names and shapes are those of the tables in `domain::command`; one that is not answered does not compile.

use domain::command::{Access, Command, ShopCommand, WindowCommand};
use domain::message::Message;
use domain::problem::{Kind, Problem};
use serde::Serialize;
use serde_json::Value;
use services::Shop;
use tauri::ipc::Invoke;
use tauri::{Runtime, State};

use crate::desk::Desk;
use crate::report::report;

mod files;
mod letters;
mod pictures;
mod setup;
mod staff;

#[cfg(test)]
mod tests;

/// What a command sends back across the bridge.
type Reply<C> = Result<<C as Command>::Reply, Problem>;

/// Answers every command.
pub(crate) fn answers<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![ask_shop, ask_window, pictures::take_picture, pictures::take_dropped]
}

#[tauri::command]
async fn ask_shop(desk: State<'_, Desk>, command: ShopCommand) -> Result<Value, Problem> {
    let (shop, staff) = desk.staffed().await?;
    services::commands::answer(&shop, &staff, command).await.map_err(|error| report(&error))
}

macro_rules! answers {
    (
        to anybody { $($open:ident => $for_anybody:path,)* }
        to staff { $($closed:ident => $for_staff:path,)* }
    ) => {
        #[tauri::command]
        async fn ask_window(desk: State<'_, Desk>, command: WindowCommand) -> Result<Value, Problem> {
            match command {
                $(WindowCommand::$open(request) => {
                    asks_for_nobody(&*request);
                    written(&$for_anybody(&desk, *request).await?)
                })*
                $(WindowCommand::$closed(request) => {
                    let (shop, staff) = permitted(&desk, &*request).await?;
                    written(&$for_staff(&desk, &shop, &staff, *request).await?)
                })*
            }
        }
    };
}

answers! {
    to anybody {
        AwaitOpening => setup::await_opening,
        GetSetup => setup::get_setup,
        NoteUnsaved => setup::note_unsaved,
        CloseWindow => setup::close_window,
        SetUpShop => setup::set_up_shop,
        SignIn => staff::sign_in,
        ForgotStaffPassword => staff::forgot_password,
        ChooseStaffPassword => staff::choose_password,
        SignOut => staff::sign_out,
        WhoAmI => staff::who_am_i,
    }
    to staff {
        ChooseLocale => staff::choose_locale,
        GetShopStatus => setup::get_shop_status,
        OpenStorefront => setup::open_storefront,
        OpenInvoice => setup::open_invoice,
        SaveProofFile => files::save_proof_file,
        OpenWhatsApp => setup::open_whatsapp,
        DrawLetter => letters::draw,
        BringFile => files::bring_file,
        GetImport => files::get_import,
        MapColumns => files::map_columns,
        ListImported => files::list_imported,
        ListFindings => files::list_findings,
        RunImport => files::run_import,
        StopImport => files::stop_import,
        PutAwayImport => files::put_away_import,
        SaveTroubles => files::save_troubles,
        ExportGoods => files::export_goods,
    }
}

/// Does not compile for a request that not everybody may send.
const fn asks_for_nobody<C: Command>(_: &C) {
    const { assert!(matches!(C::ACCESS, Access::Anybody)) }
}

/// The shop and who asks, if they may.
async fn permitted<C: Command>(desk: &Desk, _: &C) -> Result<(Shop, domain::staff::Staff), Problem> {
    const { assert!(!matches!(C::ACCESS, Access::Anybody)) }
    let (shop, staff) = desk.staffed().await?;
    C::ACCESS.check(&staff).map_err(|refused| report(&refused.into()))?;
    Ok((shop, staff))
}

fn written(reply: &impl Serialize) -> Result<Value, Problem> {
    serde_json::to_value(reply).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written");
        Problem::new(Kind::Internal, Message::Internal)
    })
}
