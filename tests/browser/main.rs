//! The shop as shoppers see it: real Chromium, the real program, its own database and gateway.
//!
//! `cargo xtask test --only browser` builds what they need. Every test has a shop of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed; the exemption stops at helpers")]
#![expect(clippy::disallowed_methods, reason = "the runner tells by variables where the programs are")]
#![expect(clippy::print_stderr, reason = "a failed test shows what the program said")]

mod back;
#[path = "../driver/chromium.rs"]
mod chromium;
#[path = "../driver/demo.rs"]
mod demo;
mod gallery;
mod letters;
#[expect(dead_code, reason = "nothing goes wrong with letters here")]
#[path = "../mail/server.rs"]
mod mail_server;
mod membership;
mod methods;
mod pictures;
mod purchase;
mod purchases;
#[path = "../driver/running.rs"]
mod running;
mod screen;
#[path = "../driver/session.rs"]
mod session;
mod shop;
#[expect(dead_code, reason = "the tests ask more of them")]
#[path = "../simulators/service.rs"]
mod simulators;
mod switches;
#[path = "../simulators/variables.rs"]
mod variables;
