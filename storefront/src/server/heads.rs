//! The heads of a connection's requests as they came.
//!
//! hyper keeps the one length that it reads a body by and drops the other, so that nobody behind it sees that a request told
//! two. A proxy that chose the other would see where the next request begins elsewhere, and take one visitor's for another's:
//! such a request is refused, as one is that names no host or two.

use std::sync::{Arc, Mutex, PoisonError};

use axum::http::uri::Authority;
use httparse::{EMPTY_HEADER, Header, Request, Status};

/// As many as hyper reads.
const MOST_FIELDS: usize = 100;

/// What a request's head leaves open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Odd {
    /// No host, two, or one that is none.
    Host,
    /// Two lengths of its body.
    Length,
}

/// What is known of a request besides what hyper tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) odd: Option<Odd>,
    /// Whether it must be the connection's last, because nobody here knows where the next begins.
    pub(super) is_last: bool,
}

/// The bytes of a connection, of which no more is kept than one head.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads(Arc<Mutex<Seen>>);

#[derive(Debug, Default)]
struct Seen {
    bytes: Vec<u8>,
    /// How much of the last request's body is still to come.
    body: u64,
    is_lost: bool,
}

impl Heads {
    /// Hears what was read.
    pub(super) fn hear(&self, bytes: &[u8]) {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.is_lost {
            return;
        }
        let of_body = usize::try_from(seen.body).map_or(bytes.len(), |left| left.min(bytes.len()));
        seen.body = seen.body.saturating_sub(of_body as u64);
        seen.bytes.extend_from_slice(&bytes[of_body..]);
    }

    /// The head of the request that hyper has just read.
    pub(super) fn next(&self) -> Head {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fields = [EMPTY_HEADER; MOST_FIELDS];
        let mut request = Request::new(&mut fields);
        let length = match request.parse(&seen.bytes) {
            Ok(Status::Complete(length)) if !seen.is_lost => length,
            _ => {
                seen.lose();
                return Head { odd: None, is_last: true };
            }
        };
        let is_old = request.version == Some(0);
        let odd = odd(request.headers, is_old);
        let is_chunked = named(request.headers, "transfer-encoding").next().is_some();
        let body = named(request.headers, "content-length").next().map_or(Some(0), number);

        match body.filter(|_| odd.is_none() && !is_chunked) {
            Some(body) => seen.go_on(length, body),
            None => seen.lose(),
        }
        Head { odd, is_last: seen.is_lost }
    }
}

impl Seen {
    fn go_on(&mut self, head: usize, body: u64) {
        self.bytes.drain(..head);
        let here = usize::try_from(body).map_or(self.bytes.len(), |body| body.min(self.bytes.len()));
        self.bytes.drain(..here);
        self.body = body - here as u64;
    }

    fn lose(&mut self) {
        self.is_lost = true;
        self.bytes = Vec::new();
    }
}

fn odd(fields: &[Header<'_>], is_old: bool) -> Option<Odd> {
    let mut hosts = named(fields, "host");
    let has_host = match (hosts.next(), hosts.next()) {
        (Some(host), None) => is_host(host),
        (None, _) => is_old,
        (Some(_), Some(_)) => false,
    };
    let lengths = named(fields, "content-length").count();
    let is_chunked = named(fields, "transfer-encoding").next().is_some();
    let has_two_lengths = lengths > 1 || (lengths == 1 && is_chunked);
    if has_host { has_two_lengths.then_some(Odd::Length) } else { Some(Odd::Host) }
}

fn named<'a>(fields: &'a [Header<'a>], name: &'a str) -> impl Iterator<Item = &'a [u8]> {
    fields.iter().filter(move |field| field.name.eq_ignore_ascii_case(name)).map(|field| field.value)
}

fn is_host(value: &[u8]) -> bool {
    Authority::try_from(value).is_ok_and(|host| !host.as_str().contains('@'))
}

fn number(value: &[u8]) -> Option<u64> {
    std::str::from_utf8(value).ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Head, Heads, Odd};

    const FINE: Head = Head { odd: None, is_last: false };

    fn only(head: &str) -> Head {
        let heads = Heads::default();
        heads.hear(format!("GET / HTTP/1.1\r\n{head}\r\n").as_bytes());
        heads.next()
    }

    #[test]
    fn a_request_names_one_host_and_one_length() {
        for fine in ["Host: toko.example\r\n", "host: 127.0.0.1:80\r\n", "Host: [::1]:80\r\nContent-Length: 0\r\n"] {
            assert_eq!(only(fine), FINE, "{fine}");
        }
        let odd_host = ["", "Host: a\r\nHost: a\r\n", "Host:\r\n", "Host: a b\r\n", "Host: x@toko.example\r\n"];
        for odd in odd_host {
            assert_eq!(only(odd), Head { odd: Some(Odd::Host), is_last: true }, "{odd}");
        }
        let lengths = ["Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n"];
        for odd in [lengths.concat(), [lengths[1], lengths[0]].concat(), lengths[0].repeat(2)] {
            assert_eq!(only(&format!("Host: a\r\n{odd}")), Head { odd: Some(Odd::Length), is_last: true }, "{odd}");
        }
        assert_eq!(only("Host: a\r\nTransfer-Encoding: chunked\r\n"), Head { odd: None, is_last: true });
    }

    #[test]
    fn requests_that_follow_each_other_are_told_apart_however_they_are_cut() {
        let good =
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n1234";
        let wire = format!("{good}GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n");
        for cut in 1..wire.len() {
            let heads = Heads::default();
            let (mut found, mut asked) = (Vec::new(), 0);
            for part in wire.as_bytes().chunks(cut) {
                heads.hear(part);
                // hyper tells of a request as soon as its head is there, and of the next when the first is answered.
                asked += part.len();
                if found.is_empty() && asked >= good.len() - 40 {
                    found.push(heads.next());
                }
            }
            found.extend([heads.next(), heads.next()]);
            let last = Head { odd: Some(Odd::Host), is_last: true };
            assert_eq!(found, [FINE, FINE, last], "cut into {cut}");
        }
    }

    #[test]
    fn an_old_program_need_not_name_a_host() {
        let heads = Heads::default();
        heads.hear(b"GET / HTTP/1.0\r\n\r\n");
        assert_eq!(heads.next(), FINE);
    }
}
