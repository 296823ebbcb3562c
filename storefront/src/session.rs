//! What a browser brings along: its cart's key or its account's session, the chosen language and theme, and the token
//! that proves that a form is ours. Nothing in a cookie is trusted beyond its shape; what is behind it is for
//! [`crate::visit`].

use std::convert::Infallible;

use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE, HOST, REFERER, SET_COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method};
use axum::response::{IntoResponseParts, ResponseParts};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use domain::customers::SESSION_LIFE;
use domain::locale::Locale;
use services::Shop;
use services::customers::accounts::SignedIn;
use subtle::ConstantTimeEq;

use crate::routes::is_asked_for;

mod member;
mod posted;
mod upload;

pub(crate) use member::Member;
pub(crate) use posted::{Posted, Sent};
pub(crate) use upload::{Upload, Uploaded};

const ACCOUNT: &str = "account";
const CART: &str = "cart";
const FORM_TOKEN: &str = "form";
const KNOWN: &str = "known";
const LANGUAGE: &str = "language";
const THEME: &str = "theme";

const DAY_SECONDS: u32 = 86_400;

/// How bright the pages are; without a choice the browser's own setting rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    Light,
    Dark,
}

impl Theme {
    /// Reads the word of a cookie or a form.
    pub(crate) fn parse(word: &str) -> Option<Self> {
        match word {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }

    /// The word in the cookie and on the page.
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Who asks, as far as their browser tells.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// The key of the guest's cart.
    pub(crate) guest_cart: Option<String>,
    /// The token of the session that the browser claims.
    pub(crate) session: Option<String>,
    /// By which an account may know the browser again.
    pub(crate) known: Option<String>,
    pub(crate) theme: Option<Theme>,
    /// The chosen language, or else the browser's wish.
    pub(crate) locale: Option<Locale>,
    /// Goes into every form, and must come back with it.
    pub(crate) form_token: String,
    /// The page to come back to after a switch of language or theme.
    pub(crate) here: String,
    /// Whether only the headers are asked for, so that nothing may change.
    pub(crate) is_glance: bool,
    /// Whether a browser asks before anybody wants to see the page, so that nothing may change either.
    pub(crate) is_prefetch: bool,
    /// Whether a script asks, which reads JSON.
    pub(crate) wants_json: bool,
    pub(crate) has_chosen_language: bool,
    is_new: bool,
    is_secure: bool,
}

impl Visitor {
    /// Reads the visitor from a request's parts.
    pub(crate) fn read(method: &Method, path: &str, headers: &HeaderMap, is_secure: bool) -> Self {
        let cookie = |name: &str| cookie(headers, &full_name(name, is_secure));
        let known_token = cookie(FORM_TOKEN).filter(|token| is_key(token));
        let language = cookie(LANGUAGE).and_then(|word| word.parse().ok());
        let wished = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(Locale::accepted);
        let accept = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Self {
            guest_cart: cookie(CART).filter(|key| is_key(key)).map(str::to_owned),
            session: cookie(ACCOUNT).filter(|token| is_key(token)).map(str::to_owned),
            known: cookie(KNOWN).filter(|token| is_key(token)).map(str::to_owned),
            theme: cookie(THEME).and_then(Theme::parse),
            locale: language.or(wished),
            has_chosen_language: language.is_some(),
            is_new: known_token.is_none(),
            form_token: known_token.map_or_else(new_token, str::to_owned),
            here: match *method {
                Method::GET | Method::HEAD => path.to_owned(),
                _ => sent_from(headers).unwrap_or("/").to_owned(),
            },
            is_glance: *method == Method::HEAD,
            is_prefetch: ["sec-purpose", "purpose", "x-moz"]
                .into_iter()
                .filter_map(|name| headers.get(name))
                .any(|purpose| purpose.as_bytes().get(..8).is_some_and(|word| word.eq_ignore_ascii_case(b"prefetch"))),
            wants_json: accept.starts_with("application/json"),
            is_secure,
        }
    }

    /// The visitor of a request, not yet asked who they are.
    pub(crate) fn unasked(parts: &Parts, shop: &Shop) -> Self {
        let path = parts.uri.path_and_query().map_or("/", |path| path.as_str());
        Self::read(&parts.method, path, &parts.headers, is_secure(shop))
    }

    /// Whether a form carries the token of this visitor's cookie.
    pub(crate) fn owns(&self, token: &str) -> bool {
        !self.is_new && bool::from(self.form_token.as_bytes().ct_eq(token.as_bytes()))
    }

    /// Gives the form token to a browser that has none yet.
    pub(crate) fn greeting(&self) -> SetCookies {
        let new = self.is_new.then(|| self.cookie(FORM_TOKEN, &self.form_token, None));
        SetCookies(new.into_iter().collect())
    }

    /// Remembers a guest's cart for two months.
    pub(crate) fn keep_cart(&self, key: &str) -> SetCookies {
        SetCookies(vec![self.cookie(CART, key, Some(60 * DAY_SECONDS))])
    }

    /// Remembers the session, and forgets the guest's cart, which is the account's now.
    pub(crate) fn sign_in(&self, signed_in: &SignedIn) -> SetCookies {
        let life = u32::try_from(SESSION_LIFE.num_seconds()).unwrap_or(u32::MAX);
        SetCookies(vec![
            self.cookie(ACCOUNT, &signed_in.token, Some(life)),
            self.cookie(CART, "", Some(0)),
            self.cookie(KNOWN, &signed_in.browser, Some(365 * DAY_SECONDS)),
        ])
    }

    /// Forgets the session.
    pub(crate) fn sign_out(&self) -> SetCookies {
        SetCookies(vec![self.cookie(ACCOUNT, "", Some(0))])
    }

    /// Remembers the language for a year.
    pub(crate) fn keep_language(&self, locale: Locale) -> SetCookies {
        SetCookies(vec![self.cookie(LANGUAGE, locale.as_str(), Some(365 * DAY_SECONDS))])
    }

    /// Remembers the theme for a year, or follows the browser again.
    pub(crate) fn keep_theme(&self, theme: Option<Theme>) -> SetCookies {
        let (word, seconds) = theme.map_or(("", 0), |theme| (theme.as_str(), 365 * DAY_SECONDS));
        SetCookies(vec![self.cookie(THEME, word, Some(seconds))])
    }

    fn cookie(&self, name: &str, value: &str, max_age_seconds: Option<u32>) -> String {
        let name = full_name(name, self.is_secure);
        let age = max_age_seconds.map_or(String::new(), |seconds| format!("; Max-Age={seconds}"));
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")
    }
}

/// Cookies to set with a response.
#[derive(Default)]
pub(crate) struct SetCookies(Vec<String>);

impl IntoResponseParts for SetCookies {
    type Error = Infallible;

    fn into_response_parts(self, mut response: ResponseParts) -> Result<ResponseParts, Infallible> {
        // Every part was made here of plain letters, so no cookie can fail to become a header.
        for cookie in self.0.iter().filter_map(|cookie| HeaderValue::from_str(cookie).ok()) {
            response.headers_mut().append(SET_COOKIE, cookie);
        }
        Ok(response)
    }
}

/// Whether shoppers reach the shop by https, so that cookies can insist on it.
fn is_secure(shop: &Shop) -> bool {
    shop.public_url().starts_with("https://")
}

/// A path on this shop to go back to; anything that could lead elsewhere becomes the front page.
pub(crate) fn own_path(wanted: &str) -> &str {
    let is_own = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && wanted.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if is_own { wanted } else { "/" }
}

/// The page of ours that a form was sent from, which a browser tells to its own site alone: only one that can be asked for
/// again. It may hold an order's link, without which there is no way back to the order.
fn sent_from(headers: &HeaderMap) -> Option<&str> {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    let (_, place) = text(REFERER)?.split_once("://")?;
    let page = place.strip_prefix(text(HOST)?).filter(|page| own_path(page) == *page)?;
    let path = page.split_once('?').map_or(page, |(path, _)| path);
    is_asked_for(path).then_some(page)
}

/// Over https a name may promise that no other host of the domain has set the cookie.
fn full_name(name: &str, is_secure: bool) -> String {
    if is_secure { format!("__Host-{name}") } else { name.to_owned() }
}

fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(COOKIE).into_iter().filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
}

fn is_key(text: &str) -> bool {
    (16..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
}

fn new_token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue, Method};
    use domain::locale::Locale;

    use super::{Theme, Visitor, own_path};

    fn visitor(method: &Method, headers: &[(&'static str, &str)], is_secure: bool) -> Visitor {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(*name, HeaderValue::from_str(value).unwrap());
        }
        Visitor::read(method, "/products?page=2", &map, is_secure)
    }

    #[test]
    fn only_paths_of_this_shop_are_gone_back_to() {
        for own in ["/", "/products?search=a%20b&page=2", "/orders/ET-1?token=x"] {
            assert_eq!(own_path(own), own);
        }
        for foreign in [
            "",
            "products",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil",
            "https://evil.example",
            "/a\r\nSet-Cookie: x",
            "/a b",
            "javascript:alert(1)",
            "/\tevil",
        ] {
            assert_eq!(own_path(foreign), "/", "{foreign:?}");
        }
    }

    #[test]
    fn a_form_needs_the_token_of_the_cookie() {
        let token = "abcdefghijklmnopqrstuvwxyz0123456789-_ABCDE";
        let known = visitor(&Method::POST, &[("cookie", &format!("form={token}"))], false);
        assert!(known.owns(token));
        assert!(!known.owns(""));
        assert!(!known.owns(&token.to_uppercase()));

        let stranger = visitor(&Method::POST, &[], false);
        let own_token = stranger.form_token.clone();
        assert!(!stranger.owns(&own_token), "a token that was never sent cannot have come back");
    }

    #[test]
    fn cookies_of_a_wrong_shape_are_ignored() {
        let odd = visitor(&Method::GET, &[("cookie", "cart=../../etc; theme=pink; language=xx; form=<b>")], false);
        assert_eq!((odd.guest_cart, odd.theme, odd.locale), (None, None, None));
        assert!(odd.form_token.len() >= 43);
    }

    #[test]
    fn the_chosen_language_wins_over_the_browsers() {
        let wish = ("accept-language", "en-GB,en;q=0.9");
        assert_eq!(visitor(&Method::GET, &[wish], false).locale, Some(Locale::English));
        let chosen = visitor(&Method::GET, &[wish, ("cookie", "theme=dark; language=id")], false);
        assert_eq!((chosen.locale, chosen.theme), (Some(Locale::Indonesian), Some(Theme::Dark)));
    }

    #[test]
    fn over_https_cookies_are_bound_to_the_host() {
        let secure = visitor(&Method::GET, &[("cookie", "cart=0123456789abcdef0123; __Host-theme=dark")], true);
        assert_eq!(secure.guest_cart, None, "a cookie without the promise of its name may come from elsewhere");
        assert_eq!(secure.theme, Some(Theme::Dark));
        let cookie = &secure.greeting().0[0];
        assert!(cookie.starts_with("__Host-form=") && cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"));
    }

    #[test]
    fn a_switch_on_the_answer_to_a_form_leads_to_a_page_that_exists() {
        assert_eq!(visitor(&Method::GET, &[], false).here, "/products?page=2");
        assert_eq!(visitor(&Method::HEAD, &[], false).here, "/products?page=2", "as long as the page itself");
        assert_eq!(visitor(&Method::POST, &[], false).here, "/");
        let sent_from = |page| visitor(&Method::POST, &[("host", "toko.example"), ("referer", page)], false).here;
        assert_eq!(sent_from("https://toko.example/orders/ET-1?token=x"), "/orders/ET-1?token=x");
        for odd in [
            "https://toko.example/orders/ET-1/cancel?token=x",
            "https://evil.example/products",
            "https://toko.example.evil/products",
            "https://toko.example//evil.example",
            "https://toko.example",
            "products",
        ] {
            assert_eq!(sent_from(odd), "/", "{odd}");
        }
    }
}
