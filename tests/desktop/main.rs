//! The desk as its owner sees it: the real program, its real window on a screen of its own, with database and gateway.
//!
//! `cargo xtask test --only desktop` builds what they need. Every test has a shop and a screen of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed; the exemption stops at helpers")]
#![expect(clippy::disallowed_methods, reason = "the runner tells by a variable where the programs are")]
#![expect(clippy::print_stderr, reason = "a failed test shows what the program said, and one tells how fast it was")]

mod axe;
mod bus;
mod checking;
#[path = "../driver/chromium.rs"]
mod chromium;
#[path = "../driver/demo.rs"]
mod demo;
mod dragging;
mod first_product;
mod first_run;
mod goods;
mod imports;
mod keys;
mod letters;
mod live;
mod marking;
mod members;
mod parcels;
mod pickup;
mod pictures;
#[path = "../driver/running.rs"]
mod running;
mod screen;
#[path = "../driver/session.rs"]
mod session;
mod shopper;
mod stock;
mod taxes;
mod transfer;
mod tray;
mod tree;
mod window;
