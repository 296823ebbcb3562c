//! Who asks: the peer of the connection, or, behind a proxy that we trust, whom that proxy names.

use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;
use std::sync::Arc;

use axum::http::HeaderMap;
use ipnet::IpNet;

/// Proxies whose `X-Forwarded-For` is believed, besides those on this machine.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(Arc<[IpNet]>);

/// An address, such as `10.0.0.5`, or a network, such as `10.0.0.0/8`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proxy(IpNet);

impl FromStr for Proxy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let address = || text.parse::<IpAddr>().map(|address| IpNet::from(address.to_canonical()));
        let network = text.parse::<IpNet>().or_else(|_| address());
        network
            .map(|network| Self(network.trunc()))
            .map_err(|_| format!("{text:?} is neither an address nor a network"))
    }
}

impl FromIterator<Proxy> for TrustedProxies {
    fn from_iter<T: IntoIterator<Item = Proxy>>(proxies: T) -> Self {
        Self(proxies.into_iter().map(|Proxy(network)| network).collect())
    }
}

impl TrustedProxies {
    /// The address behind as many trusted proxies as stand in a row. Whoever wrote the header's beginning is believed
    /// only as far as the proxies behind it are.
    pub(crate) fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let named = headers.get_all("x-forwarded-for").iter().rev();
        for hop in named.flat_map(|value| value.to_str().unwrap_or_default().rsplit(',')) {
            if !self.has(client) {
                break;
            }
            // What is no address was written by a stranger: the proxy itself is what is known.
            let Some(address) = address_of(hop.trim()) else { break };
            client = address.to_canonical();
        }
        client
    }

    /// Whether the address is that of a proxy of ours.
    pub(crate) fn has(&self, address: IpAddr) -> bool {
        address.is_loopback() || self.0.iter().any(|network| network.contains(&address))
    }
}

/// An address as proxies write it: bare, with a port, or in brackets.
fn address_of(text: &str) -> Option<IpAddr> {
    let bare = || text.parse().ok();
    let with_port = || text.parse::<std::net::SocketAddr>().ok().map(|address| address.ip());
    let bracketed = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    bare().or_else(with_port).or_else(bracketed)
}

/// What counts as one client: an address of IPv4, and of IPv6 the /64 that one household has.
pub(crate) fn network_of(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use axum::http::{HeaderMap, HeaderValue};

    use super::{Proxy, TrustedProxies, network_of};

    fn headers(values: &[&'static str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append("x-forwarded-for", HeaderValue::from_static(value));
        }
        headers
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_a_trusted_proxy_may_name_the_client() {
        let none = TrustedProxies::default();
        let said = headers(&["198.51.100.7, 203.0.113.9"]);
        assert_eq!(none.client(ip("127.0.0.1"), &said), ip("203.0.113.9"));
        assert_eq!(none.client(ip("192.0.2.1"), &said), ip("192.0.2.1"));
        assert_eq!(none.client(ip("127.0.0.1"), &HeaderMap::new()), ip("127.0.0.1"));
        let named: TrustedProxies = ["192.0.2.0/24".parse::<Proxy>().unwrap()].into_iter().collect();
        assert_eq!(named.client(ip("192.0.2.1"), &said), ip("203.0.113.9"));
    }

    #[test]
    fn a_row_of_proxies_is_followed_as_far_as_it_is_trusted() {
        let proxies: TrustedProxies =
            ["10.0.0.0/8", "2001:db8::5"].map(|text| text.parse::<Proxy>().unwrap()).into_iter().collect();
        let row = headers(&["1.2.3.4, 203.0.113.9", "10.0.0.2"]);
        assert_eq!(proxies.client(ip("2001:db8::5"), &row), ip("203.0.113.9"));
        assert_eq!(proxies.client(ip("::ffff:10.1.1.1"), &headers(&["[2001:db8:1::9]:443"])), ip("2001:db8:1::9"));
        assert_eq!(proxies.client(ip("10.0.0.1"), &headers(&["203.0.113.9, nonsense"])), ip("10.0.0.1"));
    }

    #[test]
    fn a_household_is_one_client() {
        assert_eq!(network_of(ip("2001:db8:1:2:3:4:5:6")), network_of(ip("2001:db8:1:2::9")));
        assert_ne!(network_of(ip("2001:db8:1:2::9")), network_of(ip("2001:db8:1:3::9")));
        assert_eq!(network_of(ip("::ffff:203.0.113.9")), ip("203.0.113.9"));
    }

    #[test]
    fn what_is_no_address_is_told() {
        assert!("10.0.0".parse::<Proxy>().unwrap_err().contains("10.0.0"));
        assert!("10.0.0.5".parse::<Proxy>().is_ok() && " fe80::/10".parse::<Proxy>().is_ok());
    }
}
