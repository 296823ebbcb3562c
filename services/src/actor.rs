//! Who did something, as the two columns that every history and ledger has.

use domain::orders::Actor;

use crate::error::{Error, Result};

/// An actor from its two columns.
pub(crate) fn read(kind: &str, name: Option<String>) -> Result<Actor> {
    let name = name.unwrap_or_default();
    match kind {
        "shopper" => Ok(Actor::Shopper),
        "staff" => Ok(Actor::Staff(name)),
        "gateway" => Ok(Actor::Gateway(name)),
        "job" => Ok(Actor::Job(name)),
        "import" => Ok(Actor::Import),
        other => Err(Error::internal(format!("`{other}` is no kind of actor"))),
    }
}

/// An actor as two columns.
pub(crate) fn columns(actor: &Actor) -> (&'static str, Option<&str>) {
    match actor {
        Actor::Shopper => ("shopper", None),
        Actor::Staff(name) => ("staff", Some(name)),
        Actor::Gateway(name) => ("gateway", Some(name)),
        Actor::Job(name) => ("job", Some(name)),
        Actor::Import => ("import", None),
    }
}
