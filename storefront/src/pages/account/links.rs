//! Letters with links: the pages that send them, and those to which they lead. No link does anything by being opened: mail
//! programs open them before their reader does, so that a form does it.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::customers::{LinkKind, LinkWish};
use domain::message::Message;
use domain::problem::{FieldProblem, Kind};
use domain::text::Password;
use serde::Deserialize;
use services::Shop;
use services::customers::accounts::Browser;
use services::customers::links::{self, Confirmed};

use super::entry;
use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::session::{Posted, Sent};
use crate::texts::{Account, Buy, Frame, LinkText};
use crate::visit::Visit;

const FORGOTTEN: &str = "/account/forgotten";
const FIND: &str = "/orders";

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    token: String,
    /// What was done a moment ago.
    done: String,
}

/// Asks for an address to write to.
#[derive(Template)]
#[template(path = "write_to.html")]
struct WriteTo {
    layout: Layout,
    /// Whether an order is looked for.
    is_order: bool,
    number: String,
    email: String,
    problems: Vec<FieldProblem>,
    notice: Option<String>,
}

#[derive(Template)]
#[template(path = "reset.html")]
struct Reset {
    layout: Layout,
    token: String,
    problems: Vec<FieldProblem>,
    notice: Option<String>,
}

/// A sentence, and at most one thing to do.
#[derive(Template)]
#[template(path = "link.html")]
pub(crate) struct Note {
    pub(crate) layout: Layout,
    pub(crate) icon: &'static str,
    pub(crate) title: String,
    pub(crate) hint: String,
    /// Where to go on.
    pub(crate) ways: Option<(String, String)>,
    /// What the button says, where its form goes, and the link's token, where that is a field.
    pub(crate) form: Option<(String, String, Option<String>)>,
}

impl WriteTo {
    const FIELDS: [&'static str; 2] = ["number", "email"];

    fn action(&self) -> &'static str {
        if self.is_order { FIND } else { FORGOTTEN }
    }

    fn heading(&self) -> String {
        self.layout.say(if self.is_order { LinkText::FindTitle } else { LinkText::ForgottenTitle })
    }

    fn title(&self) -> String {
        let title = if self.is_order { LinkText::FindTitle } else { LinkText::ForgottenTitle };
        self.layout.form_title(title, !self.problems.is_empty() || self.notice.is_some())
    }

    fn hint(&self) -> String {
        self.layout.say(if self.is_order { LinkText::FindHint } else { LinkText::ForgottenHint })
    }

    fn trouble(&self, field: &str) -> Option<String> {
        self.layout.trouble(&self.problems, field)
    }

    fn is_first(&self, field: &str) -> bool {
        super::is_first(&self.problems, &Self::FIELDS, field)
    }
}

impl Reset {
    fn title(&self) -> String {
        self.layout.form_title(LinkText::ResetTitle, !self.problems.is_empty() || self.notice.is_some())
    }

    fn trouble(&self, field: &str) -> Option<String> {
        self.layout.trouble(&self.problems, field)
    }

    fn password_hint(&self) -> String {
        self.layout.say(Account::PasswordHint { fewest: Password::FEWEST })
    }
}

impl Note {
    /// What is done: nothing to press.
    pub(crate) fn done(layout: Layout, title: LinkText, hint: LinkText) -> Self {
        let (title, hint) = (layout.say(title), layout.say(hint));
        Self { layout, icon: "check", title, hint, ways: None, form: None }
    }

    /// A link that is not good any more, and where another comes from.
    fn over(layout: Layout, error: &services::Error) -> Self {
        let (title, hint) = (layout.say(LinkText::OverTitle), layout.say(error.message().clone()));
        let ways = Some((layout.say(LinkText::ForgottenAsk), FORGOTTEN.to_owned()));
        Self { layout, icon: "warning", title, hint, ways, form: None }
    }

    pub(crate) fn answer(self, status: StatusCode) -> Result<Response, Failure> {
        self.layout.page(status, &self)
    }
}

pub(crate) async fn ask_forgotten(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    ask_where(&shop, visit, asked, false).await
}

pub(crate) async fn ask_order(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    ask_where(&shop, visit, asked, true).await
}

async fn ask_where(shop: &Shop, visit: Visit, asked: Asked, is_order: bool) -> Result<Response, Failure> {
    let layout = Layout::load(shop, visit).await?;
    if asked.done == "sent" {
        let hint = if is_order { LinkText::SentOrder } else { LinkText::SentAccount };
        let back = (layout.say(LinkText::BackToSignIn), "/account/sign-in".to_owned());
        let note = Note::done(layout, LinkText::SentTitle, hint);
        return Note { icon: "mail", ways: (!is_order).then_some(back), ..note }.answer(StatusCode::OK);
    }
    let (number, email) = (String::new(), String::new());
    let page = WriteTo { layout, is_order, number, email, problems: Vec::new(), notice: None };
    page.layout.show(&page)
}

pub(crate) async fn forgotten(State(shop): State<Shop>, sent: Sent) -> Result<Response, Failure> {
    write(&shop, sent, false).await
}

pub(crate) async fn find_order(State(shop): State<Shop>, sent: Sent) -> Result<Response, Failure> {
    write(&shop, sent, true).await
}

/// Keeps the wish, and answers the same whether anybody is known there.
async fn write(shop: &Shop, sent: Sent, is_order: bool) -> Result<Response, Failure> {
    let (posted, is_ours) = sent.parts();
    let here = if is_order { FIND } else { FORGOTTEN };
    let wish = match (is_order, posted.text("do")) {
        (true, _) => LinkWish::Order,
        (false, "sign_in") => LinkWish::SignIn,
        (false, _) => LinkWish::Reset,
    };
    let (number, email) = (posted.text("number").to_owned(), posted.text("email").to_owned());
    let layout = Layout::load(shop, posted.visit.at(here)).await?;
    if !is_ours {
        let notice = Some(layout.say(Frame::FormExpired));
        let page = WriteTo { layout, is_order, number, email, problems: Vec::new(), notice };
        return page.layout.page(StatusCode::FORBIDDEN, &page);
    }
    match links::ask(shop, wish, &email, &number).await {
        Ok(()) => Ok(Redirect::to(&format!("{here}?done=sent")).into_response()),
        Err(error) => {
            if !matches!(error.kind(), Kind::Invalid | Kind::TooMany) {
                return Err(error.into());
            }
            let notice = (error.kind() == Kind::TooMany).then(|| layout.say(error.message().clone()));
            let problems = error.fields().to_vec();
            let page = WriteTo { layout, is_order, number, email, problems, notice };
            page.layout.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

pub(crate) async fn ask_reset(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(Asked { token, .. }): Lenient<Asked>,
) -> Result<Response, Failure> {
    let layout = match good(&shop, visit, LinkKind::Reset, &token).await? {
        Ok(layout) => layout,
        Err(over) => return Ok(over),
    };
    let page = Reset { layout, token, problems: Vec::new(), notice: None };
    page.layout.show(&page)
}

pub(crate) async fn reset(State(shop): State<Shop>, sent: Sent) -> Result<Response, Failure> {
    let (posted, is_ours) = sent.parts();
    let (token, new) = (posted.text("token").to_owned(), Password::typed(posted.text("password")));
    let layout = Layout::load(&shop, posted.visit.at(FORGOTTEN)).await?;
    if !is_ours {
        let notice = Some(layout.say(Frame::FormExpired));
        let page = Reset { layout, token, problems: Vec::new(), notice };
        return page.layout.page(StatusCode::FORBIDDEN, &page);
    }
    match links::reset_password(&shop, &token, &new).await {
        Ok(()) => {
            // Whoever was signed in here is not any more.
            let cookies = layout.visit.visitor.sign_out();
            Ok((cookies, Redirect::to("/account/sign-in?done=reset")).into_response())
        }
        Err(error) if error.kind() == Kind::Invalid => {
            let page = Reset { layout, token, problems: error.fields().to_vec(), notice: None };
            page.layout.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) if error.kind() == Kind::Refused => Note::over(layout, &error).answer(StatusCode::GONE),
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn ask_enter(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(Asked { token, .. }): Lenient<Asked>,
) -> Result<Response, Failure> {
    let layout = match good(&shop, visit, LinkKind::SignIn, &token).await? {
        Ok(layout) => layout,
        Err(over) => return Ok(over),
    };
    let form = (layout.say(LinkText::Enter), "/account/enter".to_owned(), Some(token));
    let note = Note::done(layout, LinkText::EnterTitle, LinkText::EnterHint);
    Note { icon: "lock", form: Some(form), ..note }.answer(StatusCode::OK)
}

pub(crate) async fn enter(State(shop): State<Shop>, posted: Posted) -> Result<Response, Failure> {
    let visitor = &posted.visit.visitor;
    let browser = Browser { guest_cart: posted.visit.guest_cart(), known: visitor.known.as_deref() };
    match links::sign_in(&shop, posted.text("token"), browser).await {
        Ok((signed_in, is_first_proof)) => {
            let next = if is_first_proof { "/account?done=proven" } else { "/account" };
            Ok((visitor.sign_in(&signed_in), Redirect::to(next)).into_response())
        }
        Err(error) => refused(&shop, posted.visit, error).await,
    }
}

pub(crate) async fn ask_confirm(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(Asked { token, .. }): Lenient<Asked>,
) -> Result<Response, Failure> {
    let layout = match good(&shop, visit, LinkKind::Confirm, &token).await? {
        Ok(layout) => layout,
        Err(over) => return Ok(over),
    };
    let form = (layout.say(LinkText::Confirm), "/account/confirm".to_owned(), Some(token));
    let note = Note::done(layout, LinkText::ConfirmTitle, LinkText::ConfirmHint);
    Note { icon: "mail", form: Some(form), ..note }.answer(StatusCode::OK)
}

pub(crate) async fn confirm(State(shop): State<Shop>, posted: Posted) -> Result<Response, Failure> {
    match links::confirm(&shop, posted.text("token")).await {
        Ok(outcome) => {
            let hint = match outcome {
                Confirmed::Proven => LinkText::ConfirmedProven,
                Confirmed::Changed => LinkText::ConfirmedChanged,
            };
            let layout = Layout::load(&shop, posted.visit.at("/account")).await?;
            let ways = Some((layout.say(LinkText::ToAccount), "/account".to_owned()));
            Note { ways, ..Note::done(layout, LinkText::ConfirmedTitle, hint) }.answer(StatusCode::OK)
        }
        Err(error) => refused(&shop, posted.visit, error).await,
    }
}

/// A link that was good for nothing, on a page that says so.
async fn refused(shop: &Shop, visit: Visit, error: services::Error) -> Result<Response, Failure> {
    if error.kind() != Kind::Refused {
        return Err(error.into());
    }
    Note::over(Layout::load(shop, visit.at(FORGOTTEN)).await?, &error).answer(StatusCode::GONE)
}

/// The frame of a page for whoever follows a link, or the page that says that it is good for nothing.
async fn good(shop: &Shop, visit: Visit, kind: LinkKind, token: &str) -> Result<Result<Layout, Response>, Failure> {
    if token.is_empty() {
        let elsewhere = if kind == LinkKind::Confirm { entry::address("/account") } else { FORGOTTEN.to_owned() };
        return Ok(Err(Redirect::to(&elsewhere).into_response()));
    }
    let layout = Layout::load(shop, visit).await?;
    if links::is_good(shop, kind, token).await? {
        return Ok(Ok(layout));
    }
    let over = services::Error::Refused(Message::LinkIsOver);
    Note::over(layout, &over).answer(StatusCode::GONE).map(Err)
}
