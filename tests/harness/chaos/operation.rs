//! Every kind of operation, how often it is drawn, and who does it. A new kind is an arm here and a function.

use rand::RngExt;
use rand::rngs::StdRng;

use super::world::World;
use super::{
    accounts, buying, crossing, desk, goods, holding, hosted, importing, looking, members, paying, returning, shelving,
    telling, time,
};

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
    PayOldPage,
    TellNotices,
    WrongAmount,
    Ship,
    Complete,
    Cancel,
    Receive,
    Correct,
    Count,
    TakeStock,
    ShipPart,
    CallOffRest,
    GiveBack,
    Refund,
    RefundUnits,
    BuyerCancels,
    SignIn,
    OrderOwnCart,
    EmptyOwnCart,
    BuyMembership,
    PayMembership,
    ChangeMembership,
    AgeMembership,
    EndMembership,
    PayTwoPurchases,
    PayTwoAttempts,
    UpgradeLate,
    SaveProduct,
    ChangeMany,
    UndoChange,
    ImportGoods,
    RunJobs,
    JumpClock,
    LookAtOrder,
}

/// Out of how many draws each comes how often.
const WEIGHTS: [(Operation, u32); 44] = [
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
    (Operation::PayOldPage, 3),
    (Operation::TellNotices, 3),
    (Operation::WrongAmount, 1),
    (Operation::Ship, 8),
    (Operation::Complete, 6),
    (Operation::Cancel, 6),
    (Operation::Receive, 12),
    (Operation::Correct, 3),
    (Operation::Count, 3),
    (Operation::TakeStock, 1),
    (Operation::ShipPart, 5),
    (Operation::CallOffRest, 2),
    (Operation::GiveBack, 4),
    (Operation::Refund, 4),
    (Operation::RefundUnits, 3),
    (Operation::BuyerCancels, 2),
    (Operation::SignIn, 5),
    (Operation::OrderOwnCart, 3),
    (Operation::EmptyOwnCart, 1),
    (Operation::BuyMembership, 5),
    (Operation::PayMembership, 5),
    (Operation::ChangeMembership, 1),
    (Operation::AgeMembership, 1),
    (Operation::EndMembership, 1),
    (Operation::PayTwoPurchases, 1),
    (Operation::PayTwoAttempts, 1),
    (Operation::UpgradeLate, 1),
    (Operation::SaveProduct, 6),
    (Operation::ChangeMany, 4),
    (Operation::UndoChange, 4),
    (Operation::ImportGoods, 3),
    (Operation::RunJobs, 2),
    (Operation::JumpClock, 1),
    (Operation::LookAtOrder, 4),
];

/// Kinds that meet each other. Some faults show only when few kinds follow each other closely.
const THEMES: [&[(Operation, u32)]; 6] = [
    &[
        (Operation::BuyMembership, 4),
        (Operation::PayMembership, 4),
        (Operation::ChangeMembership, 1),
        (Operation::AgeMembership, 1),
        (Operation::EndMembership, 1),
        (Operation::PayTwoPurchases, 1),
        (Operation::PayTwoAttempts, 1),
        (Operation::UpgradeLate, 1),
    ],
    &[
        (Operation::Buy, 6),
        (Operation::Pay, 3),
        (Operation::Ship, 3),
        (Operation::Complete, 3),
        (Operation::Refund, 1),
        (Operation::RefundUnits, 1),
        (Operation::Receive, 3),
    ],
    &[
        (Operation::SignIn, 2),
        (Operation::OrderOwnCart, 6),
        (Operation::EmptyOwnCart, 1),
        (Operation::Cancel, 1),
        (Operation::Receive, 4),
    ],
    &[
        (Operation::Buy, 6),
        (Operation::Pay, 4),
        (Operation::ShipPart, 4),
        (Operation::CallOffRest, 1),
        (Operation::GiveBack, 2),
        (Operation::BuyerCancels, 1),
        (Operation::Receive, 3),
    ],
    &[
        (Operation::Buy, 5),
        (Operation::Pay, 5),
        (Operation::PayOldPage, 3),
        (Operation::FailPayment, 2),
        (Operation::Refund, 2),
        (Operation::Cancel, 1),
        (Operation::BuyerCancels, 1),
        (Operation::WrongAmount, 1),
        (Operation::Receive, 3),
    ],
    &[
        (Operation::SaveProduct, 5),
        (Operation::ChangeMany, 4),
        (Operation::UndoChange, 4),
        (Operation::ImportGoods, 3),
        (Operation::Buy, 2),
        (Operation::Correct, 1),
    ],
];
/// How many operations are drawn before the deck changes.
const PHASE: u64 = 250;

/// What may be drawn: by turns of everything and of one theme.
#[derive(Clone, Debug)]
pub(crate) struct Deck {
    everything: Vec<(Operation, u32)>,
    themes: Vec<Vec<(Operation, u32)>>,
}

impl Deck {
    /// The kinds of these names; all of them when none is named.
    pub(crate) fn of(kinds: &[String]) -> Self {
        let is_named = |operation: &Operation| kinds.is_empty() || kinds.contains(&format!("{operation:?}"));
        let everything: Vec<_> = WEIGHTS.into_iter().filter(|(operation, _)| is_named(operation)).collect();
        let of_theme = |theme: &&[(Operation, u32)]| {
            let cards: Vec<_> = theme.iter().copied().filter(|(operation, _)| is_named(operation)).collect();
            if cards.is_empty() { everything.clone() } else { cards }
        };
        let themes = THEMES.iter().map(of_theme).collect();
        Self { everything, themes }
    }

    /// Draws one, as the so many-th of the run.
    pub(crate) fn draw(&self, rng: &mut StdRng, number: u64) -> Operation {
        let phase = usize::try_from(number / PHASE).unwrap();
        let cards = if phase % 2 == 0 { &self.everything } else { &self.themes[phase / 2 % self.themes.len()] };
        let all: u32 = cards.iter().map(|(_, weight)| weight).sum();
        let mut left = rng.random_range(0..all);
        for (operation, weight) in cards {
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
            Self::PayOldPage => hosted::pay_old_page(world, rng).await,
            Self::TellNotices => telling::some(world, rng).await,
            Self::WrongAmount => paying::mistake(world, rng).await,
            Self::Ship => desk::ship(world, rng).await,
            Self::Complete => desk::complete(world, rng).await,
            Self::Cancel => desk::cancel(world, rng).await,
            Self::Receive => desk::receive(world, rng).await,
            Self::Correct => shelving::correct(world, rng).await,
            Self::Count => shelving::count(world, rng).await,
            Self::TakeStock => shelving::take_stock(world, rng, tag).await,
            Self::ShipPart => returning::ship_part(world, rng).await,
            Self::CallOffRest => returning::call_off_rest(world, rng).await,
            Self::GiveBack => returning::give_back(world, rng, tag).await,
            Self::Refund => Box::pin(returning::refund(world, rng, tag)).await,
            Self::RefundUnits => Box::pin(returning::refund_units(world, rng, tag)).await,
            Self::BuyerCancels => returning::buyer_cancels(world, rng).await,
            Self::SignIn => accounts::sign_in(world, rng, tag).await,
            Self::OrderOwnCart => accounts::order(world, rng, tag).await,
            Self::EmptyOwnCart => accounts::empty(world, rng).await,
            Self::BuyMembership => members::buy(world, rng).await,
            Self::PayMembership => members::pay(world, rng).await,
            Self::ChangeMembership => members::change_mind(world, rng).await,
            Self::AgeMembership => members::grow_old(world, rng).await,
            Self::EndMembership => members::end(world, rng, tag).await,
            Self::PayTwoPurchases => crossing::pay_two(world, rng).await,
            Self::PayTwoAttempts => crossing::pay_two_attempts(world, rng).await,
            Self::UpgradeLate => crossing::upgrade_late(world, rng).await,
            Self::SaveProduct => goods::save(world, rng).await,
            Self::ChangeMany => goods::change_many(world, rng, tag).await,
            Self::UndoChange => goods::undo(world, rng).await,
            Self::ImportGoods => Box::pin(importing::import(world, rng, tag)).await,
            Self::RunJobs => time::run_jobs(world, rng).await,
            Self::JumpClock => time::jump(world, rng),
            Self::LookAtOrder => looking::order(world, rng).await,
        }
    }
}
