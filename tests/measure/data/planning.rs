//! What is ordered, when, by whom, and what becomes of it.

use chrono::{DateTime, TimeDelta, Timelike as _, Utc};
use domain::orders::OrderStatus;

use super::draw::Draw;
use super::goods::Good;

/// An order with its past.
pub(crate) struct Planned {
    pub(crate) placed_at: DateTime<Utc>,
    /// The place of who orders among the people.
    pub(crate) person: usize,
    pub(crate) is_online: bool,
    /// The place of a voucher.
    pub(crate) voucher: Option<usize>,
    /// The places of variants among all, and how many of each.
    pub(crate) lines: Vec<(usize, u32)>,
    /// What happened since, in order.
    pub(crate) steps: Vec<(Event, DateTime<Utc>)>,
}

/// Something that happens to an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Paid,
    Shipped,
    Delivered,
    Returned,
    RanOut,
    CalledOffByBuyer,
    CalledOff,
}

impl Event {
    pub(crate) const fn leads_to(self) -> OrderStatus {
        match self {
            Self::Paid => OrderStatus::Processing,
            Self::Shipped => OrderStatus::Shipped,
            Self::Delivered => OrderStatus::Completed,
            Self::Returned => OrderStatus::Returned,
            Self::RanOut | Self::CalledOffByBuyer | Self::CalledOff => OrderStatus::Cancelled,
        }
    }

    pub(crate) const fn ended_by(self) -> Option<&'static str> {
        match self {
            Self::RanOut => Some("time_ran_out"),
            Self::CalledOffByBuyer => Some("called_off_by_buyer"),
            Self::CalledOff => Some("called_off"),
            Self::Paid | Self::Shipped | Self::Delivered | Self::Returned => None,
        }
    }
}

impl Planned {
    pub(crate) fn began_at(&self) -> OrderStatus {
        if self.is_online { OrderStatus::PendingPayment } else { OrderStatus::Processing }
    }

    pub(crate) fn status(&self) -> OrderStatus {
        self.steps.last().map_or(self.began_at(), |(event, _)| event.leads_to())
    }

    pub(crate) fn when(&self, event: Event) -> Option<DateTime<Utc>> {
        self.steps.iter().find(|(known, _)| *known == event).map(|(_, at)| *at)
    }

    /// When its units left the shelf.
    pub(crate) fn sold_at(&self) -> Option<DateTime<Utc>> {
        if self.is_online { self.when(Event::Paid) } else { Some(self.placed_at) }
    }

    /// When they came back to it.
    pub(crate) fn back_at(&self) -> Option<DateTime<Utc>> {
        self.when(Event::Returned).or_else(|| self.when(Event::CalledOff))
    }

    pub(crate) fn is_called_off(&self) -> bool {
        self.status() == OrderStatus::Cancelled
    }
}

/// The time over which a shop is filled.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) from: DateTime<Utc>,
    pub(crate) to: DateTime<Utc>,
}

impl Span {
    pub(crate) fn seconds(&self) -> u64 {
        u64::try_from((self.to - self.from).num_seconds()).unwrap()
    }

    /// When the goods of that place among all came into the shop: a fifth of them before the first order.
    pub(crate) fn made_at(&self, place: usize, of: usize) -> DateTime<Utc> {
        let early = of / 5;
        if place < early {
            return self.from - TimeDelta::days(30) + TimeDelta::minutes(place as i64);
        }
        let share = (place - early) as u64 * self.seconds() / (of - early).max(1) as u64;
        self.from + TimeDelta::seconds(i64::try_from(share).unwrap())
    }
}

/// So many orders in the order in which they were placed: more of them lately, by day rather than by night.
pub(crate) fn drawn(seed: u64, span: Span, count: usize, goods: &[Good], people: usize) -> Vec<Planned> {
    let mut draw = Draw::of(seed, 3);
    let mut moments: Vec<DateTime<Utc>> = (0..count).map(|_| moment(&mut draw, span)).collect();
    moments.sort_unstable();
    // What sells best is neither old nor new.
    let mut favourites: Vec<usize> = (0..goods.len()).filter(|at| goods[*at].status != "draft").collect();
    for at in (1..favourites.len()).rev() {
        favourites.swap(at, draw.below(at + 1));
    }
    let mut first = Vec::with_capacity(goods.len());
    let mut sum = 0;
    for good in goods {
        first.push(sum);
        sum += good.items.len();
    }
    moments.into_iter().map(|at| order(&mut draw, span, at, goods, &favourites, &first, people)).collect()
}

fn moment(draw: &mut Draw, span: Span) -> DateTime<Utc> {
    let at = span.from + TimeDelta::seconds(i64::try_from(draw.late(span.seconds())).unwrap());
    // From eleven at night to six in the morning few people shop.
    if (16..23).contains(&at.hour()) && draw.in_a_thousand(850) { at - TimeDelta::hours(9) } else { at }
}

fn order(
    draw: &mut Draw,
    span: Span,
    placed_at: DateTime<Utc>,
    goods: &[Good],
    favourites: &[usize],
    first: &[usize],
    people: usize,
) -> Planned {
    let wanted = [1, 1, 1, 2, 2, 2, 3, 3, 4][draw.below(9)];
    let mut lines: Vec<(usize, u32)> = Vec::new();
    for _ in 0..wanted * 4 {
        let good = favourites[draw.early(favourites.len())];
        let variant = first[good] + draw.below(goods[good].items.len());
        let quantity = [1, 1, 1, 1, 1, 1, 2, 2, 3][draw.below(9)];
        let is_there = span.made_at(good, goods.len()) < placed_at;
        if is_there && lines.len() < wanted && lines.iter().all(|(known, _)| *known != variant) {
            lines.push((variant, quantity));
        }
    }
    if lines.is_empty() {
        // Among the first goods, which were there from the beginning.
        let good = favourites.iter().copied().find(|good| span.made_at(*good, goods.len()) < placed_at).unwrap();
        lines.push((first[good], 1));
    }
    let is_online = draw.in_a_thousand(650);
    let steps = steps(draw, placed_at, is_online, span.to);
    Planned {
        placed_at,
        person: draw.early(people),
        is_online,
        voucher: draw.in_a_thousand(90).then(|| draw.below(super::VOUCHERS)),
        lines,
        steps,
    }
}

/// What happens to it until now.
fn steps(
    draw: &mut Draw,
    placed_at: DateTime<Utc>,
    is_online: bool,
    now: DateTime<Utc>,
) -> Vec<(Event, DateTime<Utc>)> {
    let mut steps = Vec::new();
    let mut at = placed_at;
    let mut then = |event, minutes: u32| {
        at += TimeDelta::minutes(i64::from(minutes));
        steps.push((event, at));
    };
    let ends = draw.in_a_thousand(70);
    if ends && is_online && draw.in_a_thousand(600) {
        then(Event::RanOut, 1_441);
    } else if ends && is_online {
        then(Event::CalledOffByBuyer, draw.between(3, 900));
    } else if ends {
        then(Event::CalledOff, draw.between(60, 1_200));
    } else {
        if is_online {
            then(Event::Paid, draw.between(2, 600));
        }
        then(Event::Shipped, draw.between(240, 3_000));
        then(Event::Delivered, draw.between(1_300, 8_000));
        if draw.in_a_thousand(15) {
            then(Event::Returned, draw.between(3_000, 12_000));
        }
    }
    steps.retain(|(_, at)| *at < now);
    steps
}
