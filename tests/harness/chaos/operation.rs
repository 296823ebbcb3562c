//! Every kind of operation, how often it is drawn, and who does it. A new kind is an arm here and a function.

use rand::RngExt;
use rand::rngs::StdRng;

use super::world::World;
use super::{buying, desk, holding, looking, paying, time};

/// One kind of operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    Buy,
    BuyInTwoTabs,
    RepeatRequest,
    Hold,
    RenewHold,
    LeaveTill,
    PlaceHeld,
    Pay,
    FailPayment,
    BeginPayment,
    WrongAmount,
    Ship,
    Complete,
    Cancel,
    Receive,
    RunJobs,
    JumpClock,
    LookAtOrder,
}

/// Out of how many draws each comes how often.
const WEIGHTS: [(Operation, u32); 18] = [
    (Operation::Buy, 26),
    (Operation::BuyInTwoTabs, 4),
    (Operation::RepeatRequest, 6),
    (Operation::Hold, 9),
    (Operation::RenewHold, 4),
    (Operation::LeaveTill, 3),
    (Operation::PlaceHeld, 4),
    (Operation::Pay, 14),
    (Operation::FailPayment, 3),
    (Operation::BeginPayment, 2),
    (Operation::WrongAmount, 1),
    (Operation::Ship, 8),
    (Operation::Complete, 6),
    (Operation::Cancel, 6),
    (Operation::Receive, 9),
    (Operation::RunJobs, 2),
    (Operation::JumpClock, 1),
    (Operation::LookAtOrder, 4),
];

/// What may be drawn.
#[derive(Clone, Debug)]
pub(crate) struct Deck(Vec<(Operation, u32)>);

impl Deck {
    /// The kinds of these names; all of them when none is named.
    pub(crate) fn of(kinds: &[String]) -> Self {
        let is_named = |operation: &Operation| kinds.is_empty() || kinds.contains(&format!("{operation:?}"));
        Self(WEIGHTS.into_iter().filter(|(operation, _)| is_named(operation)).collect())
    }

    /// Draws one.
    pub(crate) fn draw(&self, rng: &mut StdRng) -> Operation {
        let all: u32 = self.0.iter().map(|(_, weight)| weight).sum();
        let mut left = rng.random_range(0..all);
        for (operation, weight) in &self.0 {
            if left < *weight {
                return *operation;
            }
            left -= weight;
        }
        unreachable!("the weights sum to what was drawn from");
    }
}

impl Operation {
    /// Does it; `tag` names it in the run.
    pub(crate) async fn run(self, world: &World, rng: &mut StdRng, tag: &str) {
        match self {
            Self::Buy => buying::buy(world, rng, tag).await,
            Self::BuyInTwoTabs => buying::buy_in_two_tabs(world, rng, tag).await,
            Self::RepeatRequest => buying::repeat(world, rng).await,
            Self::Hold => holding::hold(world, rng, tag).await,
            Self::RenewHold => holding::renew(world, rng).await,
            Self::LeaveTill => holding::leave(world, rng).await,
            Self::PlaceHeld => holding::place(world, rng).await,
            Self::Pay => paying::pay(world, rng).await,
            Self::FailPayment => paying::fail(world, rng).await,
            Self::BeginPayment => paying::begin(world, rng).await,
            Self::WrongAmount => paying::mistake(world, rng).await,
            Self::Ship => desk::ship(world, rng).await,
            Self::Complete => desk::complete(world, rng).await,
            Self::Cancel => desk::cancel(world, rng).await,
            Self::Receive => desk::receive(world, rng).await,
            Self::RunJobs => time::run_jobs(world, rng).await,
            Self::JumpClock => time::jump(world, rng),
            Self::LookAtOrder => looking::order(world, rng).await,
        }
    }
}
