//! In which language and currency an answer speaks: the caller's language if it is one of ours, else the shop's.

use std::sync::Arc;

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, VARY};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::locale::Locale;
use domain::settings::Settings;
use serde::Serialize;
use services::{Shop, settings};

use crate::failure::{Failure, accepted};

/// What an answer needs to know besides what it tells.
#[derive(Clone, Debug)]
pub(crate) struct Voice {
    pub(super) locale: Locale,
    pub(super) settings: Arc<Settings>,
}

impl FromRequestParts<Shop> for Voice {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self, Self::Rejection> {
        let settings = settings::get(shop).await?;
        Ok(Self { locale: accepted(&parts.headers).unwrap_or(settings.locale), settings })
    }
}

impl Voice {
    /// An answer in this voice.
    pub(super) fn say(&self, body: impl Serialize) -> Response {
        let mut response = Json(body).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(self.locale.as_str()));
        headers.insert(VARY, HeaderValue::from_static("accept-language"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::Arc;

    use domain::locale::Locale;
    use domain::money::Currency;
    use domain::settings::Settings;
    use domain::text::ShopName;

    use super::Voice;

    /// An English caller of a shop that sells in rupiah.
    pub(in crate::api) fn voice() -> Voice {
        let settings = Settings::new(ShopName::parse("Toko").unwrap(), Currency::Rupiah, Locale::Indonesian);
        Voice { locale: Locale::English, settings: Arc::new(settings) }
    }
}
