//! A form as it was posted, by a visitor whose form it is.

use axum::extract::{Form, FromRequest, FromRequestParts, Request};
use domain::message::Message;
use domain::problem::{Kind, Problem};
use services::Shop;

use crate::failure::Failure;
use crate::visit::Visit;

/// The name of the hidden field that every form carries.
pub(super) const TOKEN_FIELD: &str = "form_token";

/// The visit and the fields of their form; a form without the visitor's token is refused.
///
/// Fields are looked up one by one, so that a missing or a strange one is a question for the page and never a bare
/// "bad request".
#[derive(Clone, Debug)]
pub(crate) struct Posted {
    pub(crate) visit: Visit,
    fields: Vec<(String, String)>,
}

impl Posted {
    /// The text of a field; empty when it was not sent.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// All fields whose names start so, with the rest of the name.
    pub(crate) fn starting<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.fields.iter().filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
    }
}

/// A form on which somebody types: browsers lose the cookie that proves it, and what was typed shall not be lost with it.
///
/// Nothing is done for one that is not proven. Its page comes back with what was typed and with a fresh token, but with the
/// status of a refusal.
#[derive(Clone, Debug)]
pub(crate) enum Sent {
    Ours(Posted),
    Expired(Posted),
}

impl Sent {
    /// The form, and whether it is proven.
    pub(crate) fn parts(self) -> (Posted, bool) {
        match self {
            Self::Ours(posted) => (posted, true),
            Self::Expired(posted) => (posted, false),
        }
    }

    /// Who sent it.
    pub(crate) fn visit(&self) -> &Visit {
        match self {
            Self::Ours(posted) | Self::Expired(posted) => &posted.visit,
        }
    }
}

impl FromRequest<Shop> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, shop: &Shop) -> Result<Self, Failure> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, shop).await?;
        let read = Form::from_request(Request::from_parts(parts, body), shop).await;
        let Form(fields) = read.map_err(|_| Problem::new(Kind::Invalid, Message::Unreadable))?;

        let posted = Posted { visit, fields };
        let is_ours = posted.visit.visitor.owns(posted.text(TOKEN_FIELD));
        Ok(if is_ours { Self::Ours(posted) } else { Self::Expired(posted) })
    }
}

impl FromRequest<Shop> for Posted {
    type Rejection = Failure;

    async fn from_request(request: Request, shop: &Shop) -> Result<Self, Failure> {
        match Sent::from_request(request, shop).await? {
            Sent::Ours(posted) => Ok(posted),
            Sent::Expired(_) => Err(Problem::new(Kind::Forbidden, Message::NotSameSite).into()),
        }
    }
}
