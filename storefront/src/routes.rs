//! Every address of the public shop in one table: its method, its path, who is let through, and how often.
//!
//! The router is built from the table, so a route cannot be served without saying who may use it; `tests/routes.rs`
//! tries each one as somebody who may not.

use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::Redirect;
use axum::routing;
use domain::message::Message;
use domain::problem::{Kind, Problem};
use services::Shop;

use crate::failure::{Failure, Protocol, is_for_programs};
use crate::{api, assets, health, images, pages, webhooks};

/// Who is let through at an address, and by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Anybody: it shows what is public, or what the browser's own cookies name.
    Public,
    /// Our own forms: they come back with the token of the visitor's cookie.
    Form,
    /// Whoever knows the cart's unguessable key, which is part of the path.
    CartKey,
    /// Whoever has the order's signed link.
    SignedLink,
    /// Our own forms, on a page that needs the order's signed link.
    SignedForm,
    /// Whoever is signed in to an account; others are sent to sign in.
    Account,
    /// Our own forms, of whoever is signed in.
    AccountForm,
    /// Whoever has the signed link of a letter, also a mail program for its reader.
    LetterLink,
    /// A payment gateway that signed what it sends.
    Signature,
}

/// What a request counts as, so that nobody tries too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Counted {
    /// Nothing: it only reads, or somebody signed it.
    Free,
    /// An order, of the cart that the path names, or of the browser's.
    Checkout,
    /// A password, which costs the shop a slow hash.
    Password,
    /// A new cart.
    Cart,
    /// Every other change.
    Change,
    /// It changes nothing, but tells whether a code is right: as every change.
    Guess,
}

/// One line of the table.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// In small letters, as OpenAPI writes it.
    pub method: &'static str,
    /// With names in braces where a path varies.
    pub path: &'static str,
    pub access: Access,
    pub counted: Counted,
}

macro_rules! routes {
    ($($access:ident $counted:ident: $method:ident $path:literal => $answer:path,)*) => {
        /// Every method and path that the public shop answers.
        pub const ROUTES: &[Route] =
            &[$(Route {
                method: stringify!($method),
                path: $path,
                access: Access::$access,
                counted: Counted::$counted,
            }),*];

        fn table() -> Router<Shop> {
            Router::new()$(.route($path, routing::$method($answer)))*
        }
    };
}

routes! {
    Public Free: get "/" => pages::landing::show,
    Public Free: get "/products" => pages::products::list,
    Public Free: get "/products/{slug}" => pages::product::show,
    Public Free: get "/about" => pages::about::show,
    Public Free: get "/cart" => pages::cart::show,
    Form Change: post "/cart/lines" => pages::cart::add,
    Form Change: post "/cart/lines/{variant_id}" => pages::cart::change,
    Form Change: post "/cart/prices" => pages::cart::see_prices,
    Public Free: get "/checkout" => pages::checkout::show,
    Form Checkout: post "/checkout" => pages::checkout::submit,
    Public Guess: get "/checkout/delivery" => pages::checkout::delivery,
    Form Change: post "/checkout/leave" => pages::checkout::leave,
    SignedLink Free: get "/orders/{number}" => pages::orders::show,
    SignedLink Free: get "/orders/{number}/pay" => pages::orders::ask_payment,
    SignedForm Change: post "/orders/{number}/pay" => pages::orders::begin_payment,
    SignedForm Change: post "/orders/{number}/proof" => pages::orders::transfer::take_proof,
    SignedLink Free: get "/orders/{number}/thanks" => pages::orders::thank,
    SignedForm Password: post "/orders/{number}/account" => pages::account::keep::keep,
    Public Free: get "/account/sign-in" => pages::account::entry::ask_sign_in,
    Form Password: post "/account/sign-in" => pages::account::entry::sign_in,
    Public Free: get "/account/register" => pages::account::entry::ask_registration,
    Form Password: post "/account/register" => pages::account::entry::register,
    Form Change: post "/account/sign-out" => pages::account::entry::sign_out,
    Account Free: get "/account" => pages::account::show,
    AccountForm Change: post "/account/profile" => pages::account::save_profile,
    AccountForm Change: post "/account/vouchers" => pages::account::claim_voucher,
    AccountForm Password: post "/account/password" => pages::account::change_password,
    AccountForm Change: post "/account/verify" => pages::account::email::verify,
    AccountForm Password: post "/account/email" => pages::account::email::change,
    Public Free: get "/account/forgotten" => pages::account::links::ask_forgotten,
    Form Password: post "/account/forgotten" => pages::account::links::forgotten,
    Public Free: get "/account/reset" => pages::account::links::ask_reset,
    Form Password: post "/account/reset" => pages::account::links::reset,
    Public Free: get "/account/enter" => pages::account::links::ask_enter,
    Form Password: post "/account/enter" => pages::account::links::enter,
    Public Free: get "/account/confirm" => pages::account::links::ask_confirm,
    Form Password: post "/account/confirm" => pages::account::links::confirm,
    Public Free: get "/orders" => pages::account::links::ask_order,
    Form Password: post "/orders" => pages::account::links::find_order,
    LetterLink Free: get "/letters/stop" => pages::account::news::ask,
    LetterLink Change: post "/letters/stop" => pages::account::news::stop,
    SignedForm Change: post "/orders/{number}/cancel" => pages::orders::cancel::cancel,
    SignedLink Free: get "/orders/{number}/invoice" => pages::orders::invoice::show,
    Public Free: get "/membership" => pages::membership::show,
    AccountForm Change: post "/membership/cancel" => pages::membership::cancel,
    Public Free: get "/membership/plans/{plan}" => pages::membership::join::ask,
    Form Change: post "/membership/plans/{plan}" => pages::membership::join::submit,
    Account Free: get "/membership/purchases/{purchase}" => pages::membership::purchase::show,
    AccountForm Change: post "/membership/purchases/{purchase}/pay" => pages::membership::purchase::pay,
    AccountForm Change: post "/membership/purchases/{purchase}/cancel" => pages::membership::purchase::call_off,
    Form Change: post "/language" => pages::preferences::choose_language,
    Form Change: post "/theme" => pages::preferences::choose_theme,
    Public Free: get "/robots.txt" => pages::robots::robots,
    Public Free: get "/sitemap.xml" => pages::robots::sitemap,

    Public Free: get "/api/v1/openapi.json" => api::openapi::show,
    Public Free: get "/api/v1/products" => api::catalog::list,
    Public Free: get "/api/v1/products/{slug}" => api::catalog::show,
    Public Cart: post "/api/v1/carts" => api::carts::create,
    CartKey Free: get "/api/v1/carts/{id}" => api::carts::show,
    CartKey Change: put "/api/v1/carts/{id}/lines/{variant_id}" => api::carts::set_line,
    CartKey Change: post "/api/v1/carts/{id}/quote" => api::quote::show,
    CartKey Checkout: post "/api/v1/carts/{id}/checkout" => api::checkout::place,
    SignedLink Free: get "/api/v1/orders/{number}" => api::orders::show,
    SignedLink Change: post "/api/v1/orders/{number}/cancel" => api::orders::cancel,

    Signature Free: post "/webhooks/{gateway}" => webhooks::receive,

    Public Free: get "/healthz" => health::health,
    Public Free: get "/images/{file}" => images::show,
    Public Free: get "/assets/{*name}" => assets::show,
    Public Free: get "/favicon.ico" => assets::favicon,
}

/// All routes, and words for every other address and method.
pub(crate) fn router() -> Router<Shop> {
    table()
        .method_not_allowed_fallback(async || {
            Failure::protocol(StatusCode::METHOD_NOT_ALLOWED, Protocol::MethodNotAllowed)
        })
        .fallback(unknown)
}

/// Whether a path can be asked for, as a page is.
pub(crate) fn is_asked_for(path: &str) -> bool {
    ROUTES.iter().any(|route| route.method == "get" && fits(route.path, path))
}

/// Whether a path is one of a route's.
fn fits(route: &str, path: &str) -> bool {
    let (mut named, mut parts) = (route.split('/'), path.split('/'));
    loop {
        match (named.next(), parts.next()) {
            (None, None) => return true,
            (Some(rest), Some(_)) if rest.starts_with("{*") => return true,
            (Some(name), Some(part)) if name == part || (name.starts_with('{') && !part.is_empty()) => {}
            _ => return false,
        }
    }
}

/// An address with a slash too many is the one without; any other is nobody's.
async fn unknown(uri: Uri) -> Result<Redirect, Failure> {
    let path = uri.path().trim_end_matches('/');
    if path != uri.path() && ROUTES.iter().any(|route| fits(route.path, path)) {
        let query = uri.query().map_or(String::new(), |query| format!("?{query}"));
        return Ok(Redirect::permanent(&format!("{path}{query}")));
    }
    if is_for_programs(uri.path()) {
        Err(Failure::protocol(StatusCode::NOT_FOUND, Protocol::NoSuchEndpoint))
    } else {
        Err(Problem::new(Kind::NotFound, Message::NoSuchPage).into())
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::{fits, is_asked_for};

    /// The practice gateway is a program of its own, and the server's test serves a route that never answers.
    const ELSEWHERE: [&str; 4] = ["routes.rs", "demo_gateway.rs", "demo_gateway/tests.rs", "server.rs"];

    #[test]
    fn a_path_belongs_to_the_route_that_has_its_parts() {
        assert!(
            fits("/", "/") && fits("/products/{slug}", "/products/kemeja") && fits("/assets/{*name}", "/assets/a/b")
        );
        for other in ["/products", "/products/", "/products/kemeja/", "/products/a/b", "//products/a", "products/a"] {
            assert!(!fits("/products/{slug}", other), "{other}");
        }
        assert!(
            is_asked_for("/orders/ET-1/pay") && !is_asked_for("/orders/ET-1/cancel") && !is_asked_for("/cart/lines")
        );
    }

    #[test]
    fn no_route_stands_outside_the_table() {
        let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
        let mut folders = vec![root.clone()];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
                if !name.ends_with(".rs") || ELSEWHERE.contains(&name) {
                    continue;
                }
                files += 1;
                let text = std::fs::read_to_string(&path).unwrap();
                for call in [".route(", ".route_service(", ".nest(", ".nest_service(", ".fallback(", ".merge("] {
                    assert!(!text.contains(call), "{name} has {call}: put the route into the table of routes.rs");
                }
            }
        }
        assert!(files > 40);
    }
}
