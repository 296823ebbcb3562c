//! `GET /images/{file}`: the files of the picture store. A name that is not exactly of the store's shape never reaches
//! the file system; a missing or broken file is answered with a drawing, so that no page shows a hole.

use std::path::Path as FilePath;
use std::time::UNIX_EPOCH;

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::media;
use services::Shop;

use crate::caching::is_known;

/// A key names one content for ever, so browsers need not ask again.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const PLACEHOLDER: &str = include_str!("images/placeholder.svg");

pub(crate) async fn show(State(shop): State<Shop>, Path(file): Path<String>, headers: HeaderMap) -> Response {
    if media::parse_file_name(&file).is_none() {
        return placeholder();
    }
    match read(&shop.picture_dir().join(&file)).await {
        Ok(Some(picture)) => picture.answer(&headers),
        Ok(None) => {
            tracing::warn!(file, "a picture is not a WebP file");
            placeholder()
        }
        Err(problem) => {
            tracing::debug!(file, %problem, "a picture cannot be read");
            placeholder()
        }
    }
}

struct Picture {
    bytes: Vec<u8>,
    tag: String,
}

impl Picture {
    fn answer(self, asked: &HeaderMap) -> Response {
        let is_known = is_known(asked, &self.tag);
        let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { self.bytes.into_response() };
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("image/webp"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static(FOR_EVER));
        if let Ok(tag) = HeaderValue::from_str(&self.tag) {
            headers.insert(ETAG, tag);
        }
        response
    }
}

/// Reads a picture; nothing when the file does not begin as WebP files do.
async fn read(path: &FilePath) -> std::io::Result<Option<Picture>> {
    let bytes = tokio::fs::read(path).await?;
    let changed = tokio::fs::metadata(path).await?.modified()?;
    let age = changed.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    let is_webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    Ok(is_webp.then(|| Picture { tag: format!("\"{age:x}-{:x}\"", bytes.len()), bytes }))
}

fn placeholder() -> Response {
    let headers = [(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "no-store")];
    (StatusCode::NOT_FOUND, headers, PLACEHOLDER).into_response()
}

#[cfg(test)]
mod tests {
    use super::read;

    #[tokio::test]
    async fn a_file_that_is_no_picture_is_not_shown() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("kemeja-400.webp");
        std::fs::write(&path, "<script>").unwrap();
        assert!(read(&path).await.unwrap().is_none());
        std::fs::write(&path, b"RIFF\0\0\0\0WEBPVP8 ").unwrap();
        assert!(read(&path).await.unwrap().is_some());
    }
}
