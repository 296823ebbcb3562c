//! A form with a file in it (`multipart/form-data`, RFC 7578), read as it arrives and kept no further than it may be large. Whoever
//! calls it has looked first whether the sender may send one.

use axum::extract::multipart::Field;
use axum::extract::{DefaultBodyLimit, Form, FromRequest as _, Multipart, Request};
use axum::http::header::CONTENT_TYPE;

use super::posted::TOKEN_FIELD;

const KIND: &str = "multipart/form-data";
/// So much of a body is read, and dropped where it is too large, so that the browser hears the answer instead of a broken line.
const MOST_READ: usize = 64 * 1024 * 1024;
/// So much of a token is looked at.
const MOST_TOKEN: usize = 1024;
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
    /// None was chosen, or a line that broke left none.
    Nothing,
    TooLarge,
}

impl Upload {
    /// Reads a form whose file stands in the field of that name and has at most so many bytes.
    pub(crate) async fn read(mut request: Request, field: &str, most: usize) -> Self {
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.and_then(|kind| kind.get(..KIND.len())).is_some_and(|kind| kind.eq_ignore_ascii_case(KIND)) {
            // A form without a file, as it is sent by whoever does not know the other kind.
            let fields = Form::<Vec<(String, String)>>::from_request(request, &()).await;
            let Form(fields) = fields.unwrap_or(Form(Vec::new()));
            let token = fields.into_iter().find(|(name, _)| name == TOKEN_FIELD).map(|(_, token)| token);
            return Self { token: token.unwrap_or_default(), file: Uploaded::Nothing };
        }
        DefaultBodyLimit::max(MOST_READ).apply(&mut request);
        let mut upload = Self { token: String::new(), file: Uploaded::Nothing };
        let Ok(mut parts) = Multipart::from_request(request, &()).await else { return upload };
        for _ in 0..MOST_PARTS {
            let Ok(Some(mut part)) = parts.next_field().await else { break };
            let name = part.name().unwrap_or_default().to_owned();
            if name == TOKEN_FIELD {
                if let Uploaded::File(token) = content(&mut part, MOST_TOKEN).await {
                    upload.token = String::from_utf8(token).unwrap_or_default();
                }
            } else if name == field {
                upload.file = content(&mut part, most).await;
            }
        }
        upload
    }
}

/// All of a part, up to a bound.
async fn content(part: &mut Field<'_>, most: usize) -> Uploaded {
    let (mut kept, mut seen) = (Vec::new(), 0_usize);
    let is_whole = loop {
        match part.chunk().await {
            Ok(Some(chunk)) => {
                seen += chunk.len();
                kept.extend_from_slice(if seen <= most { &chunk } else { &[] });
            }
            Ok(None) => break true,
            // A line that breaks leaves a part without its end, which is no file.
            Err(_) => break false,
        }
    };
    match is_whole {
        _ if seen > most => Uploaded::TooLarge,
        true if seen > 0 => Uploaded::File(kept),
        _ => Uploaded::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::extract::Request;

    use super::{Upload, Uploaded};

    fn form(file: &[u8]) -> Vec<u8> {
        let mut body = b"--XyZ\r\nContent-Disposition: form-data; name=\"form_token\"\r\n\r\nabc\r\n--XyZ\r\n".to_vec();
        body.extend(b"Content-Disposition: form-data; name=\"proof\"; filename=\"a;name=x.png\"\r\n");
        body.extend(b"Content-Type: image/png\r\n\r\n");
        body.extend(file);
        body.extend(b"\r\n--XyZ--\r\n");
        body
    }

    async fn read(body: Vec<u8>, most: usize) -> Upload {
        read_as("multipart/form-data; boundary=XyZ", body, most).await
    }

    async fn read_as(kind: &str, body: Vec<u8>, most: usize) -> Upload {
        let request = Request::builder().method("POST").header("content-type", kind).body(Body::from(body));
        Upload::read(request.unwrap(), "proof", most).await
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
        for size in [11, 5_000_000] {
            let read = read(form(&vec![b'x'; size]), 10).await;
            assert_eq!(read, Upload { token: "abc".to_owned(), file: Uploaded::TooLarge }, "{size}");
        }
        let whole = form(b"abc");
        for end in 0..whole.len() - 8 {
            assert_ne!(read(whole[..end].to_vec(), 10).await.file, Uploaded::TooLarge);
        }
        assert_eq!(read(whole[..whole.len() - 12].to_vec(), 10).await.file, Uploaded::Nothing);
    }

    #[tokio::test]
    async fn odd_bodies_and_boundaries_hold_nothing() {
        let nothing = || Upload { token: String::new(), file: Uploaded::Nothing };
        for odd in ["--XyZ", "--XyZ--", "--XyZ\r\n", "--XyZ\r\n\r\n--XyZ", "\r\n--XyZ\r\n\r\n\r\n--XyZ--", "x", ""] {
            assert_eq!(read(odd.as_bytes().to_vec(), 10).await, nothing(), "{odd:?}");
        }
        for odd in ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary=", "a; boundary=XyZ"] {
            assert_eq!(read_as(odd, form(b"abc"), 10).await, nothing(), "{odd:?}");
        }
        let quoted = read_as("Multipart/Form-Data; boundary=\"XyZ\"", form(b"abc"), 10).await;
        assert_eq!(quoted, Upload { token: "abc".to_owned(), file: Uploaded::File(b"abc".to_vec()) });
        let plain = read_as("application/x-www-form-urlencoded", b"form_token=abc".to_vec(), 10).await;
        assert_eq!(plain, Upload { token: "abc".to_owned(), file: Uploaded::Nothing });
    }
}
