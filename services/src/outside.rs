//! Pictures of the internet, fetched within bounds: so large, so long, so many, and from no private network unless that is
//! allowed.

use std::collections::HashMap;
use std::error::Error as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use domain::media::MOST_BYTES;
use domain::message::Message;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Client, Response, Url};

use crate::http;

/// How long one may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long a server may be silent.
const SILENCE: Duration = Duration::from_secs(10);
/// How many are fetched in all, at most.
const MOST: u32 = 20_000;
const MOST_REDIRECTS: usize = 5;
/// After so many times in vain a server is not asked any more.
const MOST_IN_VAIN: u32 = 3;

/// What fetches pictures for one import.
#[derive(Debug)]
pub struct Fetcher {
    client: OnceLock<Option<Client>>,
    reach: Reach,
    left: AtomicU32,
    /// How often in a row a server was asked in vain.
    in_vain: Mutex<HashMap<String, u32>>,
}

/// Which networks may be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The internet alone: a file must not make this computer look at its neighbours.
    Internet,
    /// The computer itself and its own network as well.
    Everywhere,
}

/// Somebody asked for what lies in a private network.
#[derive(Debug, thiserror::Error)]
#[error("the address lies in a private network")]
struct IsPrivate;

impl Fetcher {
    /// One for an import.
    pub fn new(reach: Reach) -> Self {
        Self { client: OnceLock::new(), reach, left: AtomicU32::new(MOST), in_vain: Mutex::default() }
    }

    /// Made when it is first needed: most imports fetch nothing, and it reads the certificates that this computer trusts.
    fn client(&self) -> Option<&Client> {
        let made = self.client.get_or_init(|| {
            let reach = self.reach;
            let builder = http::client().no_proxy().timeout(PATIENCE).connect_timeout(SILENCE).read_timeout(SILENCE);
            let builder = builder.redirect(Policy::custom(move |attempt| follow(attempt, reach)));
            let made = builder.dns_resolver(Arc::new(Names(reach))).user_agent("Etalase").build();
            made.inspect_err(|error| tracing::error!(%error, "no picture can be fetched")).ok()
        });
        made.as_ref()
    }

    /// The bytes at an address of `http` or `https`, or why there are none.
    pub(crate) async fn picture(&self, address: &str) -> Result<Vec<u8>, Message> {
        let url = self.look_at(address)?;
        let host = url.host_str().unwrap_or_default().to_owned();
        if self.vain(&host, |count| *count) >= MOST_IN_VAIN {
            return Err(Message::PictureServerSilent { host });
        }
        let took = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        took.map_err(|_| Message::TooManyFiles { most: usize::try_from(MOST).unwrap_or(usize::MAX) })?;
        let Some(client) = self.client() else { return Err(Message::PictureServerSilent { host }) };
        let answer = match client.get(url).send().await {
            Ok(answer) => answer,
            Err(error) if is_private(&error) => return Err(Message::PictureIsPrivate),
            Err(_) => {
                self.vain(&host, |count| {
                    *count += 1;
                    *count
                });
                return Err(Message::PictureServerSilent { host });
            }
        };
        self.vain(&host, |count| {
            *count = 0;
            0
        });
        match answer.status().as_u16() {
            200 => whole(answer, host).await,
            status => Err(Message::PictureServerRefuses { host, status }),
        }
    }

    /// The address, unless it needs no asking to see that nothing is fetched from there.
    pub(crate) fn look_at(&self, address: &str) -> Result<Url, Message> {
        let url: Url = address.parse().map_err(|_| Message::PictureNotThere)?;
        if may_be_asked(&url, self.reach) { Ok(url) } else { Err(Message::PictureIsPrivate) }
    }

    fn vain(&self, host: &str, change: impl FnOnce(&mut u32) -> u32) -> u32 {
        let mut in_vain = self.in_vain.lock().unwrap_or_else(PoisonError::into_inner);
        change(in_vain.entry(host.to_owned()).or_default())
    }
}

async fn whole(mut answer: Response, host: String) -> Result<Vec<u8>, Message> {
    let mut bytes = Vec::new();
    loop {
        match answer.chunk().await {
            Ok(Some(more)) if bytes.len() + more.len() <= MOST_BYTES => bytes.extend_from_slice(&more),
            Ok(Some(_)) => return Err(Message::FileTooLarge { most_megabytes: MOST_BYTES / 1024 / 1024 }),
            Ok(None) => return Ok(bytes),
            Err(_) => return Err(Message::PictureServerSilent { host }),
        }
    }
}

fn follow(attempt: Attempt<'_>, reach: Reach) -> reqwest::redirect::Action {
    if attempt.previous().len() > MOST_REDIRECTS {
        return attempt.stop();
    }
    if may_be_asked(attempt.url(), reach) { attempt.follow() } else { attempt.error(IsPrivate) }
}

/// Whether its host, when it is a number, may be asked. Names are looked at when they are resolved.
fn may_be_asked(url: &Url, reach: Reach) -> bool {
    let number = url.host_str().and_then(|host| host.trim_matches(['[', ']']).parse().ok());
    matches!(url.scheme(), "http" | "https") && number.is_none_or(|number| reaches(reach, number))
}

fn is_private(error: &reqwest::Error) -> bool {
    let mut cause = error.source();
    while let Some(error) = cause {
        if error.is::<IsPrivate>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// Resolves names, and knows no private address.
#[derive(Debug)]
struct Names(Reach);

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let all: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let found: Vec<SocketAddr> = all.iter().copied().filter(|it| reaches(reach, it.ip())).collect();
            if found.is_empty() && !all.is_empty() {
                return Err(IsPrivate.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

fn reaches(reach: Reach, number: IpAddr) -> bool {
    reach == Reach::Everywhere
        || match number {
            IpAddr::V4(number) => is_public(number),
            IpAddr::V6(number) => is_public_v6(number),
        }
}

/// Whether it is anybody's on the internet, by IANA's registry of special-purpose addresses.
fn is_public(number: Ipv4Addr) -> bool {
    let [a, b, c, _] = number.octets();
    let is_special = match (a, b, c) {
        // This network; shared by a provider's customers; protocols; benchmarks; reserved, and the broadcast address.
        (0, ..) | (100, 64..=127, _) | (192, 0, 0) | (198, 18..=19, _) | (240.., ..) => true,
        _ => number.is_private() || number.is_loopback() || number.is_link_local() || number.is_documentation(),
    };
    !is_special && !number.is_multicast()
}

fn is_public_v6(number: Ipv6Addr) -> bool {
    if let Some(inner) = number.to_ipv4_mapped() {
        return is_public(inner);
    }
    let [first, second, third, .., seventh, eighth] = number.segments();
    let inner = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match (first, second) {
        // Translated to the older numbers, which count.
        (0x64, 0xff9b) => is_public(inner(seventh, eighth)),
        (0x2002, _) => is_public(inner(second, third)),
        // Teredo, protocols and examples.
        (0x2001, 0..=0x1ff | 0xdb8) => false,
        // Only these are given to anybody.
        _ => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::{Reach, reaches};

    #[test]
    fn only_what_is_given_to_anybody_is_the_internet() {
        for number in ["1.1.1.1", "93.184.216.34", "172.32.0.1", "192.0.1.1", "100.128.0.1", "2606:4700::1111"] {
            assert!(reaches(Reach::Internet, number.parse::<IpAddr>().unwrap()), "{number}");
        }
        for number in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "2001::1",
            "2001:db8::1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
        ] {
            let number: IpAddr = number.parse().unwrap();
            assert!(!reaches(Reach::Internet, number) && reaches(Reach::Everywhere, number), "{number}");
        }
    }
}
