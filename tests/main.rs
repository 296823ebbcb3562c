//! Black-box tests of the shop: each file is a slice or a face of it, each name is a sentence.
//!
//! `cargo xtask test` gives them a database; every test has one of its own.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed; the exemption stops at helpers")]
#![expect(clippy::print_stderr, reason = "a failed test shows what a program said")]
#![expect(clippy::disallowed_methods, reason = "a test may look at the rows and the clock behind the services")]

mod account_pages;
mod api;
mod audit;
mod back;
mod carts;
mod catalog;
mod checking;
mod checklist;
mod checkout;
#[expect(dead_code, reason = "the bench of races asks for more, at rest")]
#[path = "harness/proof/claims.rs"]
mod claims;
mod clocks;
mod customers;
#[path = "driver/demo.rs"]
mod demo;
mod demo_shop;
mod events;
mod expired;
mod filled;
#[path = "measure/data/filling.rs"]
mod filling;
mod full_disk;
mod gateway;
mod gateways;
mod hang_up;
mod hosting;
mod imports;
mod inventory;
mod invoices;
mod jobs;
mod joined_carts;
mod lent;
mod locking;
mod mail;
mod media;
mod memberships;
mod named_rows;
mod nothing_to_pay;
mod notices;
mod opening;
mod orders;
mod outside;
mod pages;
mod parcels;
mod payment_lists;
mod payments;
mod pitfalls;
mod pricing;
mod processes;
mod program;
mod races;
mod reference;
mod refunds;
mod refused_commits;
mod reports;
mod reviews;
mod routes;
#[path = "driver/running.rs"]
mod running;
mod scarce;
mod schema;
mod secrets;
mod served;
mod settings;
mod setup;
mod shop;
#[path = "simulators/service.rs"]
mod simulators;
mod staff;
mod standing;
mod switches;
mod template;
mod transfers;
mod typed;
mod untrusted;
mod visits;
mod vouchers;
mod waiting;
mod webhooks;
mod wire;
mod writing;
