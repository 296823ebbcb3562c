//! The only failure that leaves a process (RFC 9457 in shape): what went wrong, for whoever may mend it.

use serde::{Deserialize, Serialize};

use crate::id::VariantId;
use crate::message::Message;
use crate::text;
use crate::text_enum::text_enum;

text_enum! {
    /// Sorts problems by what the caller can do.
    pub enum Kind {
        /// Ask for something else.
        NotFound = "not-found",
        /// Mend the marked fields and send again.
        Invalid = "invalid",
        /// Well asked, but the shop is not in a state to do it.
        Refused = "refused",
        /// You may not do this.
        Forbidden = "forbidden",
        /// Say who you are first.
        SignedOut = "signed-out",
        /// Wait a moment.
        TooMany = "too-many",
        /// Try again later.
        Unavailable = "unavailable",
        /// A bug or a broken machine.
        Internal = "internal",
    }
}

impl Kind {
    /// Whether we, and not the caller, must act.
    pub const fn is_ours(self) -> bool {
        match self {
            Self::Unavailable | Self::Internal => true,
            Self::NotFound | Self::Invalid | Self::Refused | Self::Forbidden | Self::SignedOut | Self::TooMany => false,
        }
    }

    /// The HTTP status that means the same.
    pub const fn status(self) -> u16 {
        match self {
            Self::NotFound => 404,
            Self::Invalid => 422,
            Self::Refused => 409,
            Self::Forbidden => 403,
            Self::SignedOut => 401,
            Self::TooMany => 429,
            Self::Unavailable => 503,
            Self::Internal => 500,
        }
    }
}

/// What is wrong with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field's path in the request, such as `shipping_address.phone`.
    pub field: String,
    pub message: Message,
}

impl FieldProblem {
    /// Marks a field.
    pub fn new(field: impl Into<String>, message: Message) -> Self {
        Self { field: field.into(), message }
    }
}

/// A variant of which there is too little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    pub variant_id: VariantId,
    /// How many units the buyer could have.
    pub available: u32,
}

/// A failure, ready to leave the process.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    pub kind: Kind,
    pub message: Message,
    #[serde(default)]
    pub fields: Vec<FieldProblem>,
    #[serde(default)]
    pub shortages: Vec<Shortage>,
}

impl Problem {
    /// A problem that one sentence describes.
    pub fn new(kind: Kind, message: Message) -> Self {
        Self { kind, message, fields: Vec::new(), shortages: Vec::new() }
    }

    /// Input with marked fields.
    pub fn invalid(fields: Vec<FieldProblem>) -> Self {
        Self { fields, ..Self::new(Kind::Invalid, Message::InvalidInput) }
    }

    /// Too little stock.
    pub fn short_of(shortages: Vec<Shortage>) -> Self {
        Self { shortages, ..Self::new(Kind::Refused, Message::OutOfStock) }
    }
}

/// Collects what is wrong with a form, so that all of it can be shown at once.
#[derive(Debug, Default)]
pub struct Fields {
    problems: Vec<FieldProblem>,
}

impl Fields {
    /// The value, or a note of what is wrong with the field.
    pub fn take<T>(&mut self, field: &str, read: Result<T, Message>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(message) => {
                self.problems.push(FieldProblem::new(field, message));
                None
            }
        }
    }

    /// The value of a field that may stay empty.
    pub fn take_optional<T>(
        &mut self,
        field: &str,
        text: &str,
        read: impl FnOnce(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if text::is_empty(text) { None } else { self.take(field, read(text)) }
    }

    /// What was wrong.
    pub fn into_problems(self) -> Vec<FieldProblem> {
        self.problems
    }
}
