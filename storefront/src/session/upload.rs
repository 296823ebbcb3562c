//! A form with a file in it (`multipart/form-data`, RFC 7578), read from a bounded body. Whoever calls it has looked first whether the
//! sender may send one.

use std::future::poll_fn;
use std::pin::Pin;

use axum::body::Body;
use axum::extract::{Form, FromRequest as _, Request};
use axum::http::header::CONTENT_TYPE;
use hyper::body::Body as _;

use super::posted::TOKEN_FIELD;

/// Beside the file: boundaries, heads and the token.
const AROUND: usize = 16 * 1024;
/// So much of a body that is too large is read and dropped, so that the browser hears the answer instead of a broken line.
const MOST_DROPPED: usize = 64 * 1024 * 1024;
/// So many parts are looked at.
const MOST_PARTS: usize = 8;

/// What came of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    /// The token of the form; empty when there was none.
    pub(crate) token: String,
    pub(crate) file: Uploaded,
}

/// The file of such a form.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Uploaded {
    File(Vec<u8>),
    /// None was chosen.
    Nothing,
    TooLarge,
}

impl Upload {
    /// Reads a form whose file stands in the field of that name and has at most so many bytes.
    pub(crate) async fn read(request: Request, field: &str, most: usize) -> Self {
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let Some(boundary) = content_type.and_then(boundary) else {
            // A form without a file, as it is sent by whoever does not know the other kind.
            let fields = Form::<Vec<(String, String)>>::from_request(request, &()).await;
            let Form(fields) = fields.unwrap_or(Form(Vec::new()));
            let token = fields.into_iter().find(|(name, _)| name == TOKEN_FIELD).map(|(_, token)| token);
            return Self { token: token.unwrap_or_default(), file: Uploaded::Nothing };
        };
        let (body, is_whole) = bytes(request.into_body(), most + AROUND).await;
        let parts = parts(&body, &boundary);
        let of = |name: &str| parts.iter().find(|part| part.name == name).map(|part| part.content);
        let token = of(TOKEN_FIELD).and_then(|token| std::str::from_utf8(token).ok()).unwrap_or_default().to_owned();
        let file = match of(field) {
            _ if !is_whole => Uploaded::TooLarge,
            Some(file) if file.len() > most => Uploaded::TooLarge,
            Some([]) | None => Uploaded::Nothing,
            Some(file) => Uploaded::File(file.to_vec()),
        };
        Self { token, file }
    }
}

struct Part<'a> {
    name: &'a str,
    content: &'a [u8],
}

/// The body as far as it may go, and whether that is all of it.
async fn bytes(mut body: Body, most: usize) -> (Vec<u8>, bool) {
    let (mut kept, mut dropped) = (Vec::new(), 0_usize);
    while let Some(frame) = poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {
        // A line that breaks leaves a form without its end, which is no form.
        let Ok(frame) = frame else { break };
        let Ok(data) = frame.into_data() else { continue };
        let room = data.len().min(most - kept.len());
        kept.extend_from_slice(&data[..room]);
        dropped += data.len() - room;
        if dropped > MOST_DROPPED {
            break;
        }
    }
    (kept, dropped == 0)
}

/// What parts the fields, as the head of the request says.
fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("boundary").then(|| value.trim().trim_matches('"').to_owned())
    })?;
    ((1..=70).contains(&boundary.len()) && boundary.is_ascii()).then_some(boundary)
}

/// The fields that are there to their end, in their order.
fn parts<'a>(body: &'a [u8], boundary: &str) -> Vec<Part<'a>> {
    let first = format!("--{boundary}");
    let next = format!("\r\n--{boundary}");
    let mut found = Vec::new();
    let Some(start) = position(body, first.as_bytes()) else { return found };
    let mut rest = &body[start + first.len()..];
    while found.len() < MOST_PARTS && !rest.starts_with(b"--") {
        let Some(line) = position(rest, b"\r\n") else { break };
        // From the end of the boundary's line, so that a part without a head has an empty one.
        let part = &rest[line..];
        let (Some(head), Some(end)) = (position(part, b"\r\n\r\n"), position(part, next.as_bytes())) else { break };
        if head + 4 <= end
            && let Some(name) = std::str::from_utf8(&part[..head]).ok().and_then(name_of)
        {
            found.push(Part { name, content: &part[head + 4..end] });
        }
        rest = &part[end + next.len()..];
    }
    found
}

/// The name of a field by its head.
fn name_of(head: &str) -> Option<&str> {
    let line = head
        .split("\r\n")
        .find(|line| line.get(..20).is_some_and(|start| start.eq_ignore_ascii_case("content-disposition:")))?;
    let named = line.split(';').find_map(|parameter| parameter.trim().strip_prefix("name="))?;
    Some(named.trim_matches('"'))
}

fn position(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    let (first, len) = (*wanted.first()?, wanted.len());
    let mut from = 0;
    loop {
        let at = from + bytes.get(from..)?.iter().position(|byte| *byte == first)?;
        if bytes.get(at..at + len)? == wanted {
            return Some(at);
        }
        from = at + 1;
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;

    use super::{Upload, Uploaded, boundary, parts};

    fn form(file: &[u8]) -> Vec<u8> {
        let mut body = b"--XyZ\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nabc\r\n--XyZ\r\n".to_vec();
        body.extend(b"Content-Disposition: form-data; name=\"proof\"; filename=\"a;name=x.png\"\r\n");
        body.extend(b"Content-Type: image/png\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--XyZ--\r\n");
        body
    }

    async fn read(body: Vec<u8>, most: usize) -> Upload {
        let request = Request::builder().header("content-type", "multipart/form-data; boundary=XyZ");
        Upload::read(request.body(Body::from(body)).unwrap(), "proof", most).await
    }

    #[tokio::test]
    async fn a_file_is_read_with_every_byte_of_it() {
        for file in [b"\r\n--XyY\r\n\r\n\r\n".to_vec(), b"-".to_vec(), (0..=255).collect(), b"\r\n--XY".repeat(1_000)] {
            let read = read(form(&file), 10_000).await;
            assert_eq!(read, Upload { token: "abc".to_owned(), file: Uploaded::File(file) });
        }
        assert_eq!(read(form(b""), 10).await.file, Uploaded::Nothing);
    }

    #[tokio::test]
    async fn what_is_too_large_is_told_with_its_token_and_what_is_cut_off_is_nothing() {
        for size in [11, 100_000] {
            let read = read(form(&vec![b'x'; size]), 10).await;
            assert_eq!(read, Upload { token: "abc".to_owned(), file: Uploaded::TooLarge }, "{size}");
        }
        let whole = form(b"abc");
        for end in 0..whole.len() - 8 {
            assert_ne!(read(whole[..end].to_vec(), 10).await.file, Uploaded::TooLarge);
        }
        assert_eq!(read(whole[..whole.len() - 12].to_vec(), 10).await.file, Uploaded::Nothing);
    }

    #[test]
    fn odd_bodies_and_boundaries_have_no_parts() {
        for odd in ["--XyZ", "--XyZ--", "--XyZ\r\n", "--XyZ\r\n\r\n--XyZ", "\r\n--XyZ\r\n\r\n\r\n--XyZ--", "x"] {
            assert!(parts(odd.as_bytes(), "XyZ").is_empty(), "{odd:?}");
        }
        assert_eq!(boundary("multipart/form-data; boundary=\"a b\""), Some("a b".to_owned()));
        for odd in ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "a; boundary=x"] {
            assert_eq!(boundary(odd), None, "{odd:?}");
        }
    }
}
