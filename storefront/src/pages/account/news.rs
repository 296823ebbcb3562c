//! Whoever wants no more news of the shop says so here, without signing in; mail programs do it for their readers (RFC 8058).

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use services::Shop;
use services::customers::news;

use super::links::Note;
use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::Lenient;
use crate::pages::products::percent_encoded;
use crate::texts::LinkText;
use crate::visit::Visit;

/// The link of a letter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Link {
    reader: u64,
    token: String,
}

pub(crate) async fn ask(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(link): Lenient<Link>,
) -> Result<Response, Failure> {
    news::check(&shop, link.reader, &link.token)?;
    let layout = Layout::load(&shop, visit).await?;
    let here = format!("/letters/stop?reader={}&token={}", link.reader, percent_encoded(&link.token));
    let form = (layout.say(LinkText::Stop), here, None);
    let note = Note::done(layout, LinkText::StopTitle, LinkText::StopHint);
    Note { icon: "mail", form: Some(form), ..note }.answer(StatusCode::OK)
}

/// The link alone proves it: a mail program has no cookie of ours.
pub(crate) async fn stop(
    State(shop): State<Shop>,
    visit: Visit,
    Lenient(link): Lenient<Link>,
) -> Result<Response, Failure> {
    let reader = news::check(&shop, link.reader, &link.token)?;
    news::want(&shop, reader, false).await?;
    let layout = Layout::load(&shop, visit.at("/")).await?;
    Note::done(layout, LinkText::StoppedTitle, LinkText::StoppedHint).answer(StatusCode::OK)
}
