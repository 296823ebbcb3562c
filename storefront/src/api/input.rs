//! Reading what a client sends, so that everything unreadable gets an answer that says what to mend.

use axum::body::Bytes;
use axum::extract::rejection::{BytesRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequest, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::request::Parts;
use domain::message::Message;
use domain::money::{Currency, Money, Price};
use domain::problem::{Kind, Problem};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::api::strict::Strict;
use crate::failure::{Failure, Protocol};
use crate::guards::MOST_KILOBYTES;

/// The highest limit that any variant can have.
const MOST_UNITS: u32 = 1_000;

/// The body: a JSON object, whatever is in it.
pub(crate) struct Object(pub(crate) Map<String, Value>);

impl<S: Send + Sync> FromRequest<S> for Object {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Self, Self::Rejection> {
        let content_type = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.is_some_and(is_json) {
            return Err(Failure::protocol(StatusCode::UNSUPPORTED_MEDIA_TYPE, Protocol::NotJson));
        }
        let body = Bytes::from_request(request, state).await.map_err(too_large)?;
        let malformed = |error: serde_json::Error| {
            let said = if error.is_data() { Protocol::DoubledKey } else { Protocol::MalformedJson };
            Failure::protocol(StatusCode::BAD_REQUEST, said)
        };
        let Strict(read) = serde_json::from_slice(&body).map_err(malformed)?;
        match read {
            Value::Object(object) => Ok(Self(object)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
                Err(Failure::protocol(StatusCode::UNPROCESSABLE_ENTITY, Protocol::NotAnObject))
            }
        }
    }
}

/// No body at all says nothing; one that is there is read as strictly as any.
impl<S: Send + Sync> OptionalFromRequest<S> for Object {
    type Rejection = Failure;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Self::Rejection> {
        let headers = request.headers();
        let length = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok());
        let is_empty = length.map_or(!headers.contains_key(TRANSFER_ENCODING), |length| length == "0");
        if is_empty && !headers.contains_key(CONTENT_TYPE) {
            return Ok(None);
        }
        <Self as FromRequest<S>>::from_request(request, state).await.map(Some)
    }
}

impl Object {
    /// The text of a field; a missing one is empty, and anything else is a problem of that field.
    pub(super) fn text(&self, field: &str, path: &str) -> Result<String, Failure> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(String::new()),
            Some(Value::String(text)) => Ok(text.clone()),
            Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
                Err(Failure::field(path, Message::Unreadable))
            }
        }
    }

    /// The object in a field; a missing one is empty.
    pub(super) fn object(&self, field: &str) -> Result<Object, Failure> {
        match self.0.get(field) {
            None | Some(Value::Null) => Ok(Self(Map::new())),
            Some(Value::Object(object)) => Ok(Self(object.clone())),
            Some(Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::String(_)) => {
                Err(Failure::field(field, Message::Unreadable))
            }
        }
    }

    /// An amount in the shop's currency; a missing one is none.
    pub(super) fn money(&self, field: &str, currency: Currency) -> Result<Option<Money>, Failure> {
        let Some(sent) = self.0.get(field).filter(|sent| !sent.is_null()) else { return Ok(None) };
        let price = serde_json::from_value::<Price>(sent.clone()).ok().filter(|price| price.currency == currency);
        price.map(|price| Some(price.amount)).ok_or_else(|| Failure::field(field, Message::NotAnAmount))
    }

    /// A whole number, not negative. A number with a fraction or an exponent is none, nor is a text. A number that is
    /// too large for any variant stays too large: the variant's own limit is for the services to tell.
    pub(super) fn quantity(&self, field: &str) -> Result<u32, Failure> {
        let number = self.0.get(field).and_then(Value::as_u64);
        let number = number.map(|number| u32::try_from(number).unwrap_or(u32::MAX));
        number.ok_or_else(|| Failure::field(field, Message::NotAQuantity { most: MOST_UNITS }))
    }
}

/// The parts of the path; a part that does not parse names nothing that exists.
pub(crate) struct InPath<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for InPath<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let missing = |_: PathRejection| Problem::new(Kind::NotFound, Message::NoSuchPage);
        let Path(value) = Path::from_request_parts(parts, state).await.map_err(missing)?;
        Ok(Self(value))
    }
}

/// The query, every value as text.
pub(crate) struct InQuery<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for InQuery<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let unreadable = |_: QueryRejection| {
            Failure::from(Problem::new(Kind::Invalid, Message::Unreadable)).with_status(StatusCode::BAD_REQUEST)
        };
        let Query(value) = Query::from_request_parts(parts, state).await.map_err(unreadable)?;
        Ok(Self(value))
    }
}

fn is_json(content_type: &str) -> bool {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

fn too_large(rejection: BytesRejection) -> Failure {
    match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            Failure::protocol(StatusCode::PAYLOAD_TOO_LARGE, Protocol::TooLarge { most_kilobytes: MOST_KILOBYTES })
        }
        status => Failure::protocol(status, Protocol::MalformedJson),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Object, is_json};

    #[test]
    fn only_whole_numbers_are_quantities() {
        let read = |value: Value| {
            let Value::Object(object) = json!({ "quantity": value }) else { unreachable!() };
            Object(object).quantity("quantity")
        };
        assert_eq!(read(json!(0)).unwrap(), 0);
        assert_eq!(read(json!(20)).unwrap(), 20);
        assert_eq!(read(json!(u64::MAX)).unwrap(), u32::MAX);
        for bad in [
            json!(-1),
            json!(1.5),
            json!(2.0),
            json!("2"),
            json!(null),
            json!([1]),
            json!(true),
            serde_json::from_str("1e9").unwrap(),
            serde_json::from_str("99999999999999999999999").unwrap(),
        ] {
            assert!(read(bad.clone()).is_err(), "{bad}");
        }
        assert!(Object(serde_json::Map::new()).quantity("quantity").is_err());
    }

    #[test]
    fn json_is_known_by_its_media_type() {
        assert!(is_json("application/json") && is_json("Application/JSON; charset=utf-8"));
        assert!(!is_json("text/plain") && !is_json("application/x-www-form-urlencoded") && !is_json(""));
    }
}
