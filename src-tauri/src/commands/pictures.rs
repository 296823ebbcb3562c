//! Pictures on their way into the store: as bytes from the window, or as files that were dropped on it.

use domain::command::Access;
use domain::media::{Dropped, MOST_BYTES, TakenPicture};
use domain::message::Message;
use domain::problem::{FieldProblem, Kind, Problem};
use domain::staff::{Permission, Staff};
use services::{Shop, media};
use tauri::State;
use tauri::ipc::{InvokeBody, Request};

use crate::desk::Desk;
use crate::report::report;

/// Takes in the bytes of the message, which are no JSON. Where a system's window cannot send bytes, they come as numbers.
#[tauri::command]
pub(super) async fn take_picture(desk: State<'_, Desk>, request: Request<'_>) -> Result<TakenPicture, Problem> {
    let (shop, staff) = permitted(&desk).await?;
    let bytes = match request.body() {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(numbers) => {
            serde_json::from_value(numbers.clone()).map_err(|_| Problem::new(Kind::Invalid, Message::Unreadable))?
        }
    };
    media::take(&shop, &staff, bytes).await.map_err(|error| report(&error))
}

/// Takes in a file that somebody dropped on the window; no other can be asked for.
#[tauri::command]
pub(super) async fn take_dropped(desk: State<'_, Desk>, file: Dropped) -> Result<TakenPicture, Problem> {
    let (shop, staff) = permitted(&desk).await?;
    let path = desk.dropped(&file.path).ok_or_else(|| refused(Message::FileIsGone))?;
    let found = tokio::fs::metadata(&path).await.map_err(|_| refused(Message::FileIsGone))?;
    if !found.is_file() {
        return Err(refused(Message::NotAPicture));
    }
    if found.len() > MOST_BYTES as u64 {
        return Err(refused(Message::PictureTooHeavy { most_megabytes: MOST_BYTES / 1024 / 1024 }));
    }
    let bytes = tokio::fs::read(&path).await.map_err(|_| refused(Message::FileIsGone))?;
    media::take(&shop, &staff, bytes).await.map_err(|error| report(&error))
}

async fn permitted(desk: &Desk) -> Result<(Shop, Staff), Problem> {
    let (shop, staff) = desk.staffed().await?;
    let access = Access::Permitted(Permission::ChangeCatalog);
    access.check(&staff).map_err(|refused| report(&refused.into()))?;
    Ok((shop, staff))
}

fn refused(why: Message) -> Problem {
    let fields = vec![FieldProblem::new("picture", why)];
    Problem { fields, ..Problem::new(Kind::Invalid, Message::InvalidInput) }
}
