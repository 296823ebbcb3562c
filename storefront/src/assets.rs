//! The files of the pages' face, kept in the program: styles, script, icons, typefaces.
//!
//! A file's address carries the print of its content, so that browsers may keep it for ever and still get every change.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use axum::extract::{Path, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::message::Message;
use domain::problem::{Kind, Problem};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::caching::is_known;
use crate::failure::Failure;

/// Where a browser finds a file of that name.
pub(crate) fn address(name: &str) -> String {
    match FILES.get(name) {
        Some(file) => format!("/assets/{name}?v={}", file.print),
        None => format!("/assets/{name}"),
    }
}

struct File {
    content: Vec<u8>,
    kind: &'static str,
    print: String,
}

static FILES: LazyLock<BTreeMap<&str, File>> = LazyLock::new(|| {
    let mut files: BTreeMap<&str, File> = BTreeMap::new();
    let mut add = |name, kind, content: Vec<u8>| {
        let print = Sha256::digest(&content).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        files.insert(name, File { content, kind, print });
        files[name].print.clone()
    };
    let inter = add("fonts/inter.woff2", "font/woff2", include_bytes!("../assets/fonts/inter.woff2").to_vec());
    let fraunces = add("fonts/fraunces.woff2", "font/woff2", include_bytes!("../assets/fonts/fraunces.woff2").to_vec());
    add("icons.svg", "image/svg+xml", include_bytes!("../assets/icons.svg").to_vec());
    add("favicon.svg", "image/svg+xml", include_bytes!("../assets/favicon.svg").to_vec());
    add("shop.js", "text/javascript; charset=utf-8", SCRIPT.as_bytes().to_vec());
    let style = (STYLE.to_owned() + &cuts())
        .replace("fonts/inter.woff2", &format!("fonts/inter.woff2?v={inter}"))
        .replace("fonts/fraunces.woff2", &format!("fonts/fraunces.woff2?v={fraunces}"));
    add("shop.css", "text/css; charset=utf-8", style.into_bytes());
    add("invoice.js", "text/javascript; charset=utf-8", INVOICE_SCRIPT.as_bytes().to_vec());
    let invoice = concat!(include_str!("../assets/fonts.css"), include_str!("../assets/css/invoice.css"))
        .replace("fonts/inter.woff2", &format!("fonts/inter.woff2?v={inter}"))
        .replace("fonts/fraunces.woff2", &format!("fonts/fraunces.woff2?v={fraunces}"));
    add("invoice.css", "text/css; charset=utf-8", invoice.into_bytes());
    files
});

/// Where pictures lie behind their frames: nothing inline is allowed in a page, so that each percentage has a name.
fn cuts() -> String {
    (0..=100).map(|percent| format!(".frame .cut-{percent}{{object-position:{percent}% {percent}%}}\n")).collect()
}

/// One request for all styles; the order of the files is the cascade.
const STYLE: &str = concat!(
    include_str!("../assets/tokens.css"),
    include_str!("../assets/fonts.css"),
    include_str!("../assets/css/base.css"),
    include_str!("../assets/css/controls.css"),
    include_str!("../assets/css/frame.css"),
    include_str!("../assets/css/messages.css"),
    include_str!("../assets/css/landing.css"),
    include_str!("../assets/css/catalog.css"),
    include_str!("../assets/css/gallery.css"),
    include_str!("../assets/css/product.css"),
    include_str!("../assets/css/reviews.css"),
    include_str!("../assets/css/cart.css"),
    include_str!("../assets/css/checkout.css"),
    include_str!("../assets/css/orders.css"),
    include_str!("../assets/css/account.css"),
    include_str!("../assets/css/membership.css"),
);

/// One request for the whole script.
const SCRIPT: &str = concat!(
    include_str!("../assets/js/back.js"),
    include_str!("../assets/js/frame.js"),
    include_str!("../assets/js/switch.js"),
    include_str!("../assets/js/gallery.js"),
    include_str!("../assets/js/product.js"),
    include_str!("../assets/js/cart.js"),
    include_str!("../assets/js/checkout.js"),
    include_str!("../assets/js/transfer.js"),
);

/// The invoice stands alone, and is one of the pages that a browser may bring back.
const INVOICE_SCRIPT: &str = concat!(include_str!("../assets/js/back.js"), include_str!("../assets/js/invoice.js"));

#[derive(Deserialize)]
pub(crate) struct Version {
    v: Option<String>,
}

/// Where browsers look for an icon that no page names.
pub(crate) async fn favicon() -> Redirect {
    Redirect::permanent("/assets/favicon.svg")
}

pub(crate) async fn show(
    Path(name): Path<String>,
    Query(version): Query<Version>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let file = FILES.get(name.as_str()).ok_or_else(|| Problem::new(Kind::NotFound, Message::NoSuchPage))?;
    let tag = format!("\"{}\"", file.print);
    let is_known = is_known(&headers, &tag);
    let is_current = version.v.as_deref() == Some(&file.print);
    let keep = if is_current { "public, max-age=31536000, immutable" } else { "public, no-cache" };
    let mut response =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { file.content.clone().into_response() };
    let out = response.headers_mut();
    out.insert(CONTENT_TYPE, HeaderValue::from_static(file.kind));
    out.insert(CACHE_CONTROL, HeaderValue::from_static(keep));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        out.insert(ETAG, tag);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::{FILES, address};

    #[test]
    fn an_address_changes_with_the_content() {
        let address = address("shop.css");
        let print = address.strip_prefix("/assets/shop.css?v=").unwrap();
        assert_eq!(print.len(), 12);
        assert!(print.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    /// Pitfall S17.
    #[test]
    fn every_typeface_that_the_styles_name_is_served() {
        let style = String::from_utf8(FILES["shop.css"].content.clone()).unwrap();
        let named: Vec<&str> = style.split("url(\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(named.len(), 2);
        for path in named {
            let (name, print) = path.split_once("?v=").unwrap();
            assert_eq!(FILES[name].print, print);
        }
    }

    #[test]
    fn every_icon_that_a_template_names_is_in_the_sprite() {
        let sprite = String::from_utf8(FILES["icons.svg"].content.clone()).unwrap();
        let mut folders = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/templates"))];
        let mut named = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let text = std::fs::read_to_string(&path).unwrap();
                for icon in text.split("layout.icon(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                    assert!(sprite.contains(&format!("id=\"{icon}\"")), "{icon} in {}", path.display());
                    named += 1;
                }
            }
        }
        assert!(named > 10);
    }
}
