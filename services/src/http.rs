//! How this program asks others over HTTP.

use reqwest::ClientBuilder;

/// A client of the internet: it trusts what this computer trusts.
pub fn client() -> ClientBuilder {
    // The first one stays; whoever is second wanted the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    ClientBuilder::new()
}

/// A client of servers that speak without TLS, on this computer or behind its proxy: it trusts nobody's certificates, and so need
/// not read any.
pub fn plain_client() -> ClientBuilder {
    client().tls_certs_only([])
}
