//! The pictures of the goods for the window: straight from the shop's folder, so that they need neither a port nor an
//! address, and the window may reach nothing on the network.

use domain::media;
use tauri::http::header::CONTENT_TYPE;
use tauri::http::{Request, Response, StatusCode};
use tauri::{Manager, Runtime, UriSchemeContext, UriSchemeResponder};

use crate::desk::Desk;

/// The scheme of their addresses; the window's policy in `tauri.conf.json` allows it.
pub(crate) const SCHEME: &str = "picture";
/// What stands before a picture's path. Some systems' windows know no schemes but the web's.
pub(crate) const URL: &str = if cfg!(windows) { "http://picture.localhost" } else { "picture://localhost" };

/// Answers the window with the picture, or with nothing: then it draws a mark in its place.
pub(crate) fn answer<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let picture = read(&app.state::<Desk>(), request.uri().path()).await;
        let mut response = Response::new(picture.clone().unwrap_or_default());
        match picture {
            Some(_) => {
                response.headers_mut().insert(CONTENT_TYPE, tauri::http::HeaderValue::from_static("image/webp"));
            }
            None => *response.status_mut() = StatusCode::NOT_FOUND,
        }
        responder.respond(response);
    });
}

async fn read(desk: &Desk, path: &str) -> Option<Vec<u8>> {
    let name = path.strip_prefix("/images/").filter(|name| media::parse_file_name(name).is_some())?;
    let shop = desk.shop().await.ok()?;
    let picture = tokio::fs::read(shop.picture_dir().join(name)).await;
    picture.inspect_err(|error| tracing::debug!(name, %error, "a picture cannot be read")).ok()
}
