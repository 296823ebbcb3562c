//! The switches of language and theme: a cookie, and back to where the visitor was.

use axum::response::{IntoResponse, Redirect, Response};
use domain::locale::Locale;

use crate::session::{Posted, Theme, own_path};

pub(crate) async fn choose_language(posted: Posted) -> Response {
    let back = Redirect::to(own_path(posted.text("return_to")));
    match posted.text("language").parse::<Locale>() {
        Ok(locale) => (posted.visit.visitor.keep_language(locale), back).into_response(),
        Err(_) => back.into_response(),
    }
}

pub(crate) async fn choose_theme(posted: Posted) -> Response {
    let theme = Theme::parse(posted.text("theme"));
    (posted.visit.visitor.keep_theme(theme), Redirect::to(own_path(posted.text("return_to")))).into_response()
}
