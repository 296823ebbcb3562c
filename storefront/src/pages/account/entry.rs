//! The ways into an account and out of it. Afterwards the visitor goes on where they were, on this shop only.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use domain::customers::{RegisterCustomer, SignInCustomer};
use domain::message::Message;
use domain::problem::{FieldProblem, Kind};
use domain::text::Password;
use serde::Deserialize;
use services::Shop;
use services::customers::accounts::{self, Browser, SignedIn};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::pages::products::percent_encoded;
use crate::session::{Posted, Sent, own_path};
use crate::texts::{Account, Buy, Frame, LinkText, Words};
use crate::visit::Visit;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// Where to sign in before going on to a page.
pub(crate) fn address(next: &str) -> String {
    with_next("/account/sign-in", next)
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    next: String,
    /// What was done a moment ago.
    done: String,
}

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    layout: Layout,
    next: String,
    email: String,
    done: Option<String>,
    notice: Option<String>,
}

#[derive(Template)]
#[template(path = "register.html")]
struct RegisterPage {
    layout: Layout,
    next: String,
    name: String,
    email: String,
    problems: Vec<FieldProblem>,
    is_taken: bool,
    notice: Option<String>,
}

/// The fields of a registration, in the order of the page.
pub(crate) const FIELDS: [&str; 3] = ["name", "email", "password"];

impl SignInPage {
    fn title(&self) -> String {
        self.layout.form_title(Account::SignInTitle, self.notice.is_some())
    }

    /// Which of the two was wrong is nobody's business: what has to be typed again comes first.
    fn is_first(&self, field: &str) -> bool {
        let first = if self.email.is_empty() { "email" } else { "password" };
        self.notice.is_some() && field == first
    }

    fn register_address(&self) -> String {
        with_next("/account/register", &self.next)
    }
}

impl RegisterPage {
    fn title(&self) -> String {
        let has_trouble = !self.problems.is_empty() || self.notice.is_some();
        self.layout.form_title(Account::RegisterTitle, has_trouble)
    }

    fn is_first(&self, field: &str) -> bool {
        super::is_first(&self.problems, &FIELDS, field)
    }

    fn sign_in_address(&self) -> String {
        address(&self.next)
    }

    fn trouble(&self, field: &str) -> Option<String> {
        self.layout.trouble(&self.problems, field)
    }

    fn password_hint(&self) -> String {
        self.layout.say(Account::PasswordHint { fewest: Password::FEWEST })
    }
}

pub(crate) async fn ask_sign_in(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let next = next_of(&asked.next);
    if visit.customer.is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    let layout = Layout::load(&shop, visit).await?;
    let done = (asked.done == "reset").then(|| layout.say(LinkText::ResetDone));
    let page = SignInPage { layout, next, email: String::new(), done, notice: None };
    page.layout.show(&page)
}

pub(crate) async fn sign_in(State(shop): State<Shop>, sent: Sent) -> Result<Response, Failure> {
    let posted = match sent {
        Sent::Ours(posted) => posted,
        Sent::Expired(posted) => return sign_in_again(&shop, &posted, StatusCode::FORBIDDEN, Frame::FormExpired).await,
    };
    let next = next_of(posted.text("next"));
    let request =
        SignInCustomer { email: posted.text("email").to_owned(), password: Password::typed(posted.text("password")) };
    let browser = Browser { guest_cart: posted.visit.guest_cart(), known: posted.visit.visitor.known.as_deref() };
    match accounts::sign_in_from(&shop, request, browser).await {
        Ok(signed_in) => Ok(go_on(&posted.visit, &signed_in, &next)),
        Err(error) => {
            if !matches!(error.kind(), Kind::SignedOut | Kind::TooMany) {
                return Err(error.into());
            }
            sign_in_again(&shop, &posted, StatusCode::UNPROCESSABLE_ENTITY, error.message().clone()).await
        }
    }
}

async fn sign_in_again(
    shop: &Shop,
    posted: &Posted,
    status: StatusCode,
    notice: impl Words,
) -> Result<Response, Failure> {
    let next = next_of(posted.text("next"));
    let layout = Layout::load(shop, posted.visit.clone().at(address(&next))).await?;
    let notice = Some(layout.say(notice));
    let page = SignInPage { layout, next, email: posted.text("email").to_owned(), done: None, notice };
    page.layout.page(status, &page)
}

pub(crate) async fn ask_registration(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let next = next_of(&asked.next);
    if visit.customer.is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    let layout = Layout::load(&shop, visit).await?;
    let (name, email) = (String::new(), String::new());
    let page = RegisterPage { layout, next, name, email, problems: Vec::new(), is_taken: false, notice: None };
    page.layout.show(&page)
}

pub(crate) async fn register(State(shop): State<Shop>, sent: Sent) -> Result<Response, Failure> {
    let (is_ours, posted) = match sent {
        Sent::Ours(posted) => (true, posted),
        Sent::Expired(posted) => (false, posted),
    };
    let next = next_of(posted.text("next"));
    let here = with_next("/account/register", &next);
    let layout = Layout::load(&shop, posted.visit.clone().at(here)).await?;
    let (name, email) = (posted.text("name").to_owned(), posted.text("email").to_owned());
    if !is_ours {
        let notice = Some(layout.say(Frame::FormExpired));
        let page = RegisterPage { layout, next, name, email, problems: Vec::new(), is_taken: false, notice };
        return page.layout.page(StatusCode::FORBIDDEN, &page);
    }
    let request = RegisterCustomer {
        name: name.clone(),
        email: email.clone(),
        password: Password::typed(posted.text("password")),
        locale: layout.locale,
    };
    match accounts::register(&shop, request, posted.visit.guest_cart()).await {
        Ok(signed_in) => Ok(go_on(&posted.visit, &signed_in, &next)),
        Err(error) => {
            if error.kind() != Kind::Invalid {
                return Err(error.into());
            }
            let is_taken = is_taken(&error);
            let problems = error.fields().to_vec();
            let page = RegisterPage { layout, next, name, email, problems, is_taken, notice: None };
            page.layout.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// Ends the session; whoever had none is sent on all the same. The browser forgets what it kept of the account's pages; its
/// cookies stay, because language and theme are not the account's.
pub(crate) async fn sign_out(State(shop): State<Shop>, posted: Posted) -> Result<Response, Failure> {
    if let Some(token) = &posted.visit.visitor.session {
        accounts::sign_out(&shop, token).await?;
    }
    let forget = [(CLEAR_SITE_DATA, r#""cache", "storage""#)];
    Ok((posted.visit.visitor.sign_out(), forget, Redirect::to("/")).into_response())
}

/// Whether the e-mail has an account already.
pub(crate) fn is_taken(error: &services::Error) -> bool {
    error.fields().iter().any(|field| field.field == "email" && field.message == Message::AlreadyTaken)
}

fn go_on(visit: &Visit, signed_in: &SignedIn, next: &str) -> Response {
    (visit.visitor.sign_in(signed_in), Redirect::to(next)).into_response()
}

/// Where to go on; the account's page when nothing of this shop was named.
fn next_of(wanted: &str) -> String {
    match own_path(wanted) {
        "/" if wanted != "/" => "/account".to_owned(),
        own => own.to_owned(),
    }
}

fn with_next(page: &str, next: &str) -> String {
    format!("{page}?next={}", percent_encoded(next))
}

#[cfg(test)]
mod tests {
    use super::{address, next_of};

    /// Pitfall S12.
    #[test]
    fn signing_in_leads_nowhere_but_into_this_shop() {
        for foreign in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""] {
            assert_eq!(next_of(foreign), "/account", "{foreign}");
        }
        for own in ["/", "/checkout", "/orders/ET-1/thanks?token=a&b=c"] {
            assert_eq!(next_of(own), own);
        }
        assert_eq!(address("/orders/ET-1?token=a&b"), "/account/sign-in?next=%2Forders%2FET-1%3Ftoken%3Da%26b");
    }
}
