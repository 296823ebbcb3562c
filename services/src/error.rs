//! The one error of the service layer, sorted by what the caller can do.
//!
//! No variant prints its source; the shells' reporters print the chain, once.

use domain::message::Message;
use domain::orders::IllegalMove;
use domain::problem::{FieldProblem, Kind, Problem, Shortage};
use domain::shipping::DeliveryRefusal;
use domain::staff::NotPermitted;

use crate::database::error_number;

/// A failure that nobody branches on.
pub type Cause = Box<dyn std::error::Error + Send + Sync>;

/// What services return.
pub type Result<T> = std::result::Result<T, Error>;

/// Somebody outside the shop whom it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Party {
    Database,
    Gateway,
    /// The database of the shop that this one replaces.
    Former,
}

/// Why a service said no.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Ask for something else: it is not there, or not yours to see.
    #[error("not found: {0:?}")]
    NotFound(Message),

    /// Mend the marked fields and send again.
    #[error("the input has problems")]
    Invalid(Vec<FieldProblem>),

    /// Mend the request as a whole and send again.
    #[error("the request is not usable: {0:?}")]
    Unusable(Message),

    /// Well asked, but the shop is not in a state to do it.
    #[error("refused: {0:?}")]
    Refused(Message),

    /// There is too little of something.
    #[error("out of stock")]
    OutOfStock(Vec<Shortage>),

    /// You may not do this.
    #[error("not permitted")]
    Forbidden(#[from] NotPermitted),

    /// Say who you are first, or say it right.
    #[error("signed out: {0:?}")]
    SignedOut(Message),

    /// Wait a moment.
    #[error("too many tries")]
    TooMany,

    /// Somebody else holds what this call needs. The call may be repeated as a whole.
    #[error("the database is busy")]
    Busy(#[source] sqlx::Error),

    /// Another process runs the jobs by now. What was under way must end and write nothing more.
    #[error("another process leads")]
    LeaseLost,

    /// Try again later: somebody outside the shop failed.
    #[error("{party:?} is unavailable")]
    Unavailable {
        party: Party,
        #[source]
        cause: Cause,
    },

    /// A bug or a broken machine.
    #[error("internal error")]
    Internal(#[source] Cause),
}

impl Error {
    /// A failure that only a bug or a broken machine explains.
    pub(crate) fn internal(cause: impl Into<Cause>) -> Self {
        Self::Internal(cause.into())
    }

    /// What the caller can do.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::NotFound(_) => Kind::NotFound,
            Self::Invalid(_) | Self::Unusable(_) => Kind::Invalid,
            // Nobody can do anything about it but wait.
            Self::Refused(Message::NotSetUp) => Kind::Unavailable,
            Self::Refused(_) | Self::OutOfStock(_) => Kind::Refused,
            Self::Forbidden(_) => Kind::Forbidden,
            Self::SignedOut(_) => Kind::SignedOut,
            Self::TooMany => Kind::TooMany,
            Self::Busy(_) | Self::LeaseLost | Self::Unavailable { .. } => Kind::Unavailable,
            Self::Internal(_) => Kind::Internal,
        }
    }

    /// What the caller may read of it.
    pub fn message(&self) -> &Message {
        match self {
            Self::NotFound(message) | Self::Unusable(message) | Self::Refused(message) | Self::SignedOut(message) => {
                message
            }
            Self::Invalid(_) => &Message::InvalidInput,
            Self::OutOfStock(_) => &Message::OutOfStock,
            Self::Forbidden(_) => &Message::NotPermitted,
            Self::TooMany => &Message::TooManyTries,
            Self::Busy(_) | Self::LeaseLost | Self::Unavailable { party: Party::Database, .. } => {
                &Message::DatabaseUnavailable
            }
            Self::Unavailable { party: Party::Gateway, .. } => &Message::GatewayUnavailable,
            Self::Unavailable { party: Party::Former, .. } => &Message::FormerShopUnavailable,
            Self::Internal(_) => &Message::Internal,
        }
    }

    /// The fields that are wrong.
    pub fn fields(&self) -> &[FieldProblem] {
        if let Self::Invalid(fields) = self { fields } else { &[] }
    }

    /// What there is too little of.
    pub fn shortages(&self) -> &[Shortage] {
        if let Self::OutOfStock(shortages) = self { shortages } else { &[] }
    }

    /// One field that is wrong.
    pub(crate) fn field(field: &str, message: Message) -> Self {
        Self::Invalid(vec![FieldProblem::new(field, message)])
    }
}

/// Counts one of the many things that a job does: a bad one is reported and does not stop the others; an outage or
/// a lost lease does.
pub(crate) fn counted(outcome: Result<bool>) -> Result<u64> {
    match outcome {
        Ok(done) => Ok(u64::from(done)),
        Err(error @ (Error::Unavailable { .. } | Error::LeaseLost)) => Err(error),
        Err(error) => {
            tracing::error!(%error, cause = ?std::error::Error::source(&error), "one of many could not be done");
            Ok(0)
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error_number(&error) {
            // Deadlock; lock wait; MariaDB's "record has changed since last read".
            Some(1213 | 1205 | 1020) => Self::Busy(error),
            // Shutting down; killed; too many connections; read-only; an account that is not there yet.
            Some(1053 | 1927 | 1040 | 1290 | 1836 | 1045) => database_down(error),
            // A node of a cluster that is not ready, or not part of the greater half.
            Some(1047 | 1180) => database_down(error),
            // No space left, found while a table or a temporary file grew; the statement was undone.
            Some(1114 | 1021 | 1026 | 3 | 20) => database_down(error),
            Some(_) => Self::internal(error),
            None if is_connection_trouble(&error) => database_down(error),
            None => Self::internal(error),
        }
    }
}

impl From<IllegalMove> for Error {
    fn from(refusal: IllegalMove) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<DeliveryRefusal> for Error {
    fn from(refusal: DeliveryRefusal) -> Self {
        Self::Refused(refusal.into())
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        Self {
            kind: error.kind(),
            message: error.message().clone(),
            fields: error.fields().to_vec(),
            shortages: error.shortages().to_vec(),
        }
    }
}

/// An error with all its causes on one line, for a log.
pub struct Chain<'a>(pub &'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

fn database_down(error: sqlx::Error) -> Error {
    Error::Unavailable { party: Party::Database, cause: Box::new(error) }
}

fn is_connection_trouble(error: &sqlx::Error) -> bool {
    matches!(
        error,
        sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Protocol(_)
            | sqlx::Error::Tls(_)
    )
}
