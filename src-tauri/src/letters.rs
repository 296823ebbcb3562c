//! Letters that were drawn for the window: it shows each in a frame, as a page of its own that may do nothing. The window's
//! own policy allows no styles within a page, and a letter has no others.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tauri::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use tauri::http::{HeaderValue, Request, Response, StatusCode};
use tauri::{Manager, Runtime, UriSchemeContext};

use crate::desk::Desk;

/// The scheme of their addresses; the window's policy in `tauri.conf.json` allows it in frames.
pub(crate) const SCHEME: &str = "letter";
/// What stands before a letter's number. Some systems' windows know no schemes but the web's.
const URL: &str = if cfg!(windows) { "http://letter.localhost" } else { "letter://localhost" };
/// What such a page may do: have styles. Its links lead nowhere from here.
const POLICY: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'";
/// How many are kept: the window asks for one at a time, and may be one behind.
const MOST: usize = 4;

/// The letters that were drawn last, each under its number.
#[derive(Debug, Default)]
pub(crate) struct DrawnLetters(Mutex<Drawn>);

#[derive(Debug, Default)]
struct Drawn {
    next: u64,
    kept: VecDeque<(u64, String)>,
}

impl DrawnLetters {
    /// Keeps a letter; gives the address where the window finds it.
    pub(crate) fn keep(&self, html: String) -> String {
        let mut drawn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let number = drawn.next;
        drawn.next += 1;
        drawn.kept.push_back((number, html));
        let surplus = drawn.kept.len().saturating_sub(MOST);
        drawn.kept.drain(..surplus);
        format!("{URL}/{number}")
    }

    /// Forgets them all.
    pub(crate) fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).kept.clear();
    }

    fn find(&self, path: &str) -> Option<String> {
        let number: u64 = path.strip_prefix('/')?.parse().ok()?;
        let drawn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        drawn.kept.iter().find(|(kept, _)| *kept == number).map(|(_, html)| html.clone())
    }
}

/// Answers the window with the letter, or with nothing when it is kept no more.
pub(crate) fn answer<R: Runtime>(context: UriSchemeContext<'_, R>, request: Request<Vec<u8>>) -> Response<Vec<u8>> {
    let letter = context.app_handle().state::<Desk>().letters.find(request.uri().path());
    let is_known = letter.is_some();
    let mut response = Response::new(letter.unwrap_or_default().into_bytes());
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if !is_known {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

#[cfg(test)]
mod tests {
    use super::{DrawnLetters, MOST, URL};

    #[test]
    fn the_newest_few_are_found_under_their_numbers_until_they_are_forgotten() {
        let letters = DrawnLetters::default();
        let addresses: Vec<String> = (0..=MOST).map(|number| letters.keep(format!("letter {number}"))).collect();
        let find = |address: &String| letters.find(address.strip_prefix(URL).unwrap());
        assert_eq!(find(&addresses[0]), None);
        assert_eq!(find(&addresses[MOST]), Some(format!("letter {MOST}")));
        for nowhere in ["", "/", "/x", "/-1", "//4", "/4/"] {
            assert_eq!(letters.find(nowhere), None, "{nowhere}");
        }
        letters.forget();
        assert_eq!(find(&addresses[MOST]), None);
        assert_ne!(letters.keep("another".to_owned()), addresses[0]);
    }
}
