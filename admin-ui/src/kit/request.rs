//! A command on its way to the desktop, with what is said when it worked.

use std::pin::Pin;

use domain::command::Command;
use domain::problem::Problem;

use crate::ipc;

/// A request whose kind no longer matters, only what it brings: the steps of one dialog may send different ones.
pub(crate) struct Request<R> {
    pub(super) answer: Pin<Box<dyn Future<Output = Result<R, Problem>>>>,
    pub(super) said: Option<Said<R>>,
}

/// What is said of what came of it.
type Said<R> = Box<dyn FnOnce(&R) -> String>;

impl<R> Request<R> {
    /// A request, and what is said when it was done.
    pub(crate) fn new<C: Command<Reply = R>>(request: C, said: String) -> Self {
        Self::telling(request, |_| said)
    }

    /// A request, and what is said of its reply.
    pub(crate) fn telling<C: Command<Reply = R>>(request: C, said: impl FnOnce(&R) -> String + 'static) -> Self {
        Self { said: Some(Box::new(said)), ..Self::quiet(request) }
    }

    /// A request whose effect is seen at once.
    pub(crate) fn quiet<C: Command<Reply = R>>(request: C) -> Self {
        Self { answer: Box::pin(async move { ipc::call(&request).await }), said: None }
    }
}

/// A key that no other request has: a double click is one wish.
pub(crate) fn fresh_key() -> String {
    format!("{}-{}", js_sys::Date::now(), js_sys::Math::random())
}
