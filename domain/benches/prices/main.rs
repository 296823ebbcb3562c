//! Random carts through the price engine, each answer worked out a second time in wide numbers by other code.
//!
//! `cargo xtask bench prices` runs it. Cart number N of a seed is always the same cart, whatever thread prices it.
#![expect(clippy::print_stdout, reason = "the figures are this program's output")]

mod carts;
mod proof;

use std::error::Error;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use carts::Cart;
use domain::pricing::{PricingError, price};

/// Carts that a thread takes at once.
const BATCH: u64 = 2_000;

/// What came out.
#[derive(Debug, Default)]
struct Figures {
    priced: u64,
    /// Voucher below its minimum or without a line.
    refused: u64,
    /// Sums beyond the range of money, rightly refused.
    out_of_range: u64,
    lines: u64,
    wrong: Vec<String>,
    /// Time within the engine, over all threads.
    engine: Duration,
}

struct Arguments {
    carts: u64,
    seed: u64,
    report: Option<PathBuf>,
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let arguments = arguments()?;
    let threads = thread::available_parallelism()?.get();
    let started = Instant::now();
    let next = AtomicU64::new(0);
    let figures = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| work(&arguments, &next))).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Figures::broken()))
            .fold(Figures::default(), Figures::with)
    });
    tell(&arguments, &figures, started.elapsed(), threads)?;
    Ok(if figures.wrong.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Takes batches until none is left.
fn work(arguments: &Arguments, next: &AtomicU64) -> Figures {
    let mut figures = Figures::default();
    loop {
        let first = next.fetch_add(BATCH, Ordering::Relaxed);
        let last = arguments.carts.min(first.saturating_add(BATCH));
        if first >= last {
            return figures;
        }
        let carts: Vec<Cart> = (first..last).map(|number| Cart::random(arguments.seed, number)).collect();

        let started = Instant::now();
        let answers: Vec<_> = carts.iter().map(|cart| price(&cart.basket())).collect();
        figures.engine += started.elapsed();

        for ((number, cart), answer) in (first..).zip(&carts).zip(&answers) {
            figures.lines += cart.lines.len() as u64;
            match answer {
                Ok(_) => figures.priced += 1,
                Err(PricingError::Voucher(_)) => figures.refused += 1,
                Err(PricingError::TotalOutOfRange | PricingError::BelowZero) => figures.out_of_range += 1,
            }
            if let Err(what) = proof::check(cart, answer) {
                figures.wrong.push(format!("cart {number}: {what}"));
            }
        }
    }
}

impl Figures {
    fn with(mut self, other: Self) -> Self {
        self.priced += other.priced;
        self.refused += other.refused;
        self.out_of_range += other.out_of_range;
        self.lines += other.lines;
        self.wrong.extend(other.wrong);
        self.engine += other.engine;
        self
    }

    fn broken() -> Self {
        Self { wrong: vec!["the engine panicked".to_owned()], ..Self::default() }
    }
}

fn tell(arguments: &Arguments, figures: &Figures, wall: Duration, threads: usize) -> Result<(), Box<dyn Error>> {
    let Arguments { carts, seed, report } = arguments;
    let wrong = figures.wrong.len();
    let per_second = u128::from(*carts) * 1_000_000 / wall.as_micros().max(1);
    let per_cart = figures.engine.as_nanos() / u128::from(*carts).max(1);
    println!("carts                 {carts:>14}   seed {seed}, {threads} threads");
    println!("  priced              {:>14}", figures.priced);
    println!("  voucher refused     {:>14}", figures.refused);
    println!("  beyond the range    {:>14}", figures.out_of_range);
    println!("lines                 {:>14}", figures.lines);
    println!("wrong                 {wrong:>14}");
    println!("seconds               {:>10}.{:03}   both computations", wall.as_secs(), wall.subsec_millis());
    println!("carts per second      {per_second:>14}   both computations");
    println!("engine, ns per cart   {per_cart:>14}   one thread");
    for what in figures.wrong.iter().take(10) {
        println!("  {what}");
    }

    if let Some(report) = report {
        let json = format!(
            "{{\n  \"carts\": {carts},\n  \"seed\": {seed},\n  \"threads\": {threads},\n  \"priced\": {},\n  \
             \"refused\": {},\n  \"out_of_range\": {},\n  \"lines\": {},\n  \"wrong\": {wrong},\n  \
             \"seconds\": {}.{:03},\n  \"carts_per_second\": {per_second},\n  \"engine_ns_per_cart\": {per_cart}\n}}\n",
            figures.priced,
            figures.refused,
            figures.out_of_range,
            figures.lines,
            wall.as_secs(),
            wall.subsec_millis(),
        );
        fs::write(report, json)?;
        println!("written to {}", report.display());
    }
    Ok(())
}

fn arguments() -> Result<Arguments, Box<dyn Error>> {
    let mut arguments = Arguments { carts: 10_000_000, seed: 1, report: None };
    let mut given = std::env::args().skip(1);
    while let Some(name) = given.next() {
        let mut value = || given.next().ok_or_else(|| format!("{name} needs a value"));
        match name.as_str() {
            // Cargo adds this one.
            "--bench" => {}
            "--carts" => arguments.carts = value()?.parse()?,
            "--seed" => arguments.seed = value()?.parse()?,
            "--report" => arguments.report = Some(value()?.into()),
            unknown => return Err(format!("{unknown} is not known: --carts, --seed, --report").into()),
        }
    }
    Ok(arguments)
}
