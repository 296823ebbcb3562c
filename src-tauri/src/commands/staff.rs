//! Who sits at the desk.

use domain::problem::Kind;
use domain::staff::{ChooseLocale, SignIn, SignOut, WhoAmI};
use services::staff;
use tauri::State;

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

#[tauri::command]
pub(crate) async fn sign_in(desk: State<'_, Desk>, request: SignIn) -> Reply<SignIn> {
    let staff = staff::sign_in(&desk.shop().await?, request).await.map_err(|error| report(&error))?;
    desk.sign_in(&staff);
    Ok(staff)
}

#[tauri::command]
pub(crate) async fn sign_out(desk: State<'_, Desk>, request: SignOut) -> Reply<SignOut> {
    let SignOut {} = request;
    desk.sign_out();
    Ok(())
}

#[tauri::command]
pub(crate) async fn who_am_i(desk: State<'_, Desk>, request: WhoAmI) -> Reply<WhoAmI> {
    let WhoAmI {} = request;
    match desk.staffed().await {
        Ok((_, staff)) => Ok(Some(staff)),
        Err(problem) if problem.kind == Kind::SignedOut => Ok(None),
        Err(problem) => Err(problem),
    }
}

#[tauri::command]
pub(crate) async fn choose_locale(desk: State<'_, Desk>, request: ChooseLocale) -> Reply<ChooseLocale> {
    let (shop, staff) = desk.staffed().await?;
    let staff = staff::choose_locale(&shop, &staff, request.locale).await.map_err(|error| report(&error))?;
    desk.speak(staff.locale);
    Ok(staff)
}
