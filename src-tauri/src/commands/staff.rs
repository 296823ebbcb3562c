//! Who sits at the desk.

use domain::customers::LinkWish;
use domain::problem::Kind;
use domain::staff::{ChooseLocale, ChooseStaffPassword, ForgotStaffPassword, SignIn, SignOut, Staff, WhoAmI};
use services::customers::links;
use services::staff::codes;
use services::{Shop, staff};

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

pub(super) async fn sign_in(desk: &Desk, request: SignIn) -> Reply<SignIn> {
    let shop = desk.shop().await?;
    let since = staff::since_now(&shop).await.map_err(|error| report(&error))?;
    let staff = staff::sign_in(&shop, request).await.map_err(|error| report(&error))?;
    desk.sign_in(&staff, since);
    Ok(staff)
}

/// Sends a code to whoever works here under that address; nobody learns whether somebody does.
pub(super) async fn forgot_password(desk: &Desk, request: ForgotStaffPassword) -> Reply<ForgotStaffPassword> {
    let asked = links::ask(&desk.shop().await?, LinkWish::StaffReset, &request.email, "").await;
    asked.map_err(|error| report(&error))
}

pub(super) async fn choose_password(desk: &Desk, request: ChooseStaffPassword) -> Reply<ChooseStaffPassword> {
    codes::choose_password(&desk.shop().await?, request).await.map_err(|error| report(&error))
}

pub(super) async fn sign_out(desk: &Desk, _: SignOut) -> Reply<SignOut> {
    desk.sign_out();
    Ok(())
}

pub(super) async fn who_am_i(desk: &Desk, _: WhoAmI) -> Reply<WhoAmI> {
    match desk.staffed().await {
        Ok((_, staff)) => Ok(Some(staff)),
        Err(problem) if problem.kind == Kind::SignedOut => Ok(None),
        Err(problem) => Err(problem),
    }
}

pub(super) async fn choose_locale(
    desk: &Desk,
    shop: &Shop,
    staff: &Staff,
    request: ChooseLocale,
) -> Reply<ChooseLocale> {
    let staff = staff::choose_locale(shop, staff, request.locale).await.map_err(|error| report(&error))?;
    desk.speak(staff.locale);
    Ok(staff)
}
