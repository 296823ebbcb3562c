//! A shop that is served on a port of its own, and a visitor with a cookie jar.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Mutex;

use reqwest::header::{COOKIE, HeaderMap, REFERER, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, Response, redirect};
use serde_json::Value;
use sqlx::MySqlPool;
use storefront::Server;

use crate::shop::TestShop;

/// A test shop behind a real socket.
pub(crate) struct Served {
    shop: TestShop,
    server: Server,
    client: Client,
}

impl Deref for Served {
    type Target = TestShop;

    fn deref(&self) -> &TestShop {
        &self.shop
    }
}

impl Served {
    pub(crate) async fn open(db: MySqlPool) -> Self {
        let shop = TestShop::open(db).await;
        let server = Server::start(Clone::clone(&*shop), ([127, 0, 0, 1], 0).into()).unwrap();
        shop.set_public_url(&format!("http://{}", server.address()));
        let client = services::http::plain_client().redirect(redirect::Policy::none()).build().unwrap();
        Self { shop, server, client }
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    pub(crate) fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        Answer::of(self.ask(Method::GET, path).send().await.unwrap()).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, body: &Value) -> Answer {
        Answer::of(self.ask(method, path).json(body).send().await.unwrap()).await
    }

    /// Somebody with a browser.
    pub(crate) fn visitor(&self) -> Visitor<'_> {
        Visitor { shop: self, jar: Mutex::default() }
    }

    pub(crate) async fn stop(self) {
        self.server.stop().await;
    }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) location: String,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) async fn of(response: Response) -> Self {
        let header = |name: &str| {
            response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
        };
        Self {
            status: response.status().as_u16(),
            kind: header("content-type"),
            location: header("location"),
            text: response.text().await.unwrap(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// The code of a problem, after making sure that it is one.
    pub(crate) fn problem(&self) -> String {
        assert_eq!(self.kind, "application/problem+json", "{self:?}");
        assert_eq!(self.json()["status"], self.status);
        self.json()["code"].as_str().unwrap().to_owned()
    }
}

/// Keeps cookies and sends forms as a browser without scripts does.
pub(crate) struct Visitor<'a> {
    shop: &'a Served,
    jar: Mutex<BTreeMap<String, String>>,
}

impl Visitor<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(self.shop.ask(Method::GET, path)).await
    }

    /// Posts fields together with the token of the visitor's forms.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        let token = self.form_token();
        all.push(("form_token", &token));
        self.post_as_is(path, &all).await
    }

    /// The same from a page that the browser names.
    pub(crate) async fn send_from(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.form_token();
        let form = self.form(path, &[fields, &[("form_token", &token)]].concat());
        self.send(form.header(REFERER, page)).await
    }

    pub(crate) async fn post_as_is(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(path, fields)).await
    }

    /// Signs in to an account that [`account`](crate::shop::account) made.
    pub(crate) async fn sign_in(&self, email: &str) {
        self.get("/account/sign-in").await;
        let typed = [("email", email), ("password", crate::shop::SHOPPER_PASSWORD)];
        assert_eq!(self.post("/account/sign-in", &typed).await.status, 303);
    }

    /// What a form makes the browser keep, line by line.
    pub(crate) async fn set_cookies(&self, path: &str, fields: &[(&str, &str)]) -> Vec<String> {
        let headers = self.headers(path, fields).await;
        headers.get_all(SET_COOKIE).iter().map(|line| line.to_str().unwrap().to_owned()).collect()
    }

    /// The headers of the answer to a form, which changes nothing in the jar.
    pub(crate) async fn headers(&self, path: &str, fields: &[(&str, &str)]) -> HeaderMap {
        let token = self.form_token();
        let mut all = fields.to_vec();
        all.push(("form_token", &token));
        let cookies = self.cookies();
        self.form(path, &all).header(COOKIE, cookies).send().await.unwrap().headers().clone()
    }

    /// Loses a cookie, as browsers do.
    pub(crate) fn lose(&self, name: &str) {
        self.jar.lock().unwrap().remove(name);
    }

    /// The value of a cookie, if there is one.
    pub(crate) fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().unwrap().get(name).filter(|value| !value.is_empty()).cloned()
    }

    fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body: String =
            fields.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect::<Vec<_>>().join("&");
        let request = self.shop.ask(Method::POST, path).header("content-type", "application/x-www-form-urlencoded");
        request.body(body)
    }

    fn form_token(&self) -> String {
        let jar = self.jar.lock().unwrap();
        jar.iter().rev().find(|(name, _)| name.ends_with("form")).map(|(_, v)| v.clone()).unwrap_or_default()
    }

    fn cookies(&self) -> String {
        self.jar.lock().unwrap().iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join("; ")
    }

    /// The bare response to a request of the visitor's, whose cookies stay as they are.
    pub(crate) async fn response(&self, request: RequestBuilder) -> Response {
        request.header(COOKIE, self.cookies()).send().await.unwrap()
    }

    async fn send(&self, request: RequestBuilder) -> Answer {
        let response = request.header(COOKIE, self.cookies()).send().await.unwrap();
        for set in response.headers().get_all(SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap().to_owned();
            let (name, value) = pair.split_once('=').unwrap();
            self.jar.lock().unwrap().insert(name.to_owned(), value.to_owned());
        }
        Answer::of(response).await
    }
}

fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
