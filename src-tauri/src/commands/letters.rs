//! Letters that are drawn for the window, which shows them apart from itself.

use domain::mail::{DrawLetter, DrawnLetter};
use domain::staff::Staff;
use services::{Shop, letters};

use crate::commands::Reply;
use crate::desk::Desk;
use crate::report::report;

pub(super) async fn draw(desk: &Desk, shop: &Shop, staff: &Staff, request: DrawLetter) -> Reply<DrawLetter> {
    let letter = letters::own::draw(shop, staff, request).await.map_err(|error| report(&error))?;
    Ok(DrawnLetter { subject: letter.subject, address: desk.letters.keep(letter.html) })
}
