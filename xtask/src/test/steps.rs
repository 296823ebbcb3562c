//! The steps of `cargo xtask test`, cheap ones first.

use anyhow::Result;

use super::context::{Context, run_tests};
use crate::install::{self, Purpose};
use crate::{bench, build_ui, cargo, mysql, prepare, tidy};

/// One line of the table at the end.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    /// What must be installed for it.
    pub(crate) purpose: Option<Purpose>,
    pub(crate) run: fn(&Context) -> Result<Outcome>,
}

/// How a step ended when it did not fail.
pub(crate) enum Outcome {
    Passed,
    Skipped(String),
}

/// Every step, in order.
pub(crate) const STEPS: [Step; 13] = [
    Step { name: "fmt", what: "every file is formatted", purpose: None, run: fmt },
    Step { name: "tidy", what: "the rules of the house", purpose: None, run: tidy },
    Step { name: "ui", what: "the user interface builds", purpose: None, run: ui },
    Step {
        name: "clippy",
        what: "lints of everything but the user interface",
        purpose: Some(Purpose::Desktop),
        run: clippy,
    },
    Step { name: "clippy-wasm", what: "lints of what runs in the window", purpose: None, run: clippy_wasm },
    Step { name: "doc", what: "the documentation builds", purpose: Some(Purpose::Desktop), run: doc },
    Step {
        name: "prepare",
        what: "services/.sqlx is what the database answers",
        purpose: Some(Purpose::Prepare),
        run: prepare_check,
    },
    Step { name: "deny", what: "licences, layers and sources of every dependency", purpose: None, run: deny },
    Step { name: "tests", what: "unit, database and HTTP tests", purpose: Some(Purpose::Test), run: tests },
    Step { name: "mysql", what: "the database tests again, on MySQL", purpose: Some(Purpose::Test), run: mysql },
    Step {
        name: "races",
        what: "random operations, kills and clocks, on both servers",
        purpose: Some(Purpose::Test),
        run: races,
    },
    Step { name: "browser", what: "the shop in Chromium", purpose: Some(Purpose::Test), run: browser },
    Step { name: "desktop", what: "the desktop in a real window", purpose: Some(Purpose::Test), run: desktop },
];

const DENY_WARNINGS: [&str; 3] = ["--", "-D", "warnings"];

fn fmt(_: &Context) -> Result<Outcome> {
    passed(cargo::run(&["fmt", "--all", "--check", "--message-format", "short"]))
}

fn tidy(_: &Context) -> Result<Outcome> {
    passed(tidy::run())
}

fn ui(_: &Context) -> Result<Outcome> {
    passed(build_ui::run(build_ui::Options { release: false }))
}

/// The desktop's macro embeds `admin-ui/dist`, so that must exist before the desktop compiles.
fn clippy(context: &Context) -> Result<Outcome> {
    ui(context)?;
    let everything = ["clippy", "--workspace", "--exclude", "admin-ui", "--all-targets"];
    cargo::run(&[&everything[..], &DENY_WARNINGS].concat())?;
    // Tests that run only by name are linted only by name.
    let by_name = [
        "clippy",
        "--workspace",
        "--exclude",
        "admin-ui",
        "--test",
        "browser",
        "--test",
        "desktop",
        "--test",
        "harness",
    ];
    passed(cargo::run(&[&by_name[..], &DENY_WARNINGS].concat()))
}

fn clippy_wasm(_: &Context) -> Result<Outcome> {
    let in_the_window =
        ["clippy", "--package", "domain", "--package", "admin-ui", "--target", "wasm32-unknown-unknown"];
    passed(cargo::run(&[&in_the_window[..], &DENY_WARNINGS].concat()))
}

fn doc(context: &Context) -> Result<Outcome> {
    ui(context)?;
    let mut doc = cargo::command(&["doc", "--no-deps", "--workspace", "--exclude", "admin-ui"]);
    passed(cargo::finish(doc.env("RUSTDOCFLAGS", "-D warnings")))
}

fn prepare_check(_: &Context) -> Result<Outcome> {
    passed(prepare::run(prepare::Options { check: true }))
}

fn deny(_: &Context) -> Result<Outcome> {
    let program = install::from_crate("cargo-deny", "0.20.2")?;
    let mut deny = std::process::Command::new(program);
    deny.args(["--workspace", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]);
    passed(cargo::finish(deny.current_dir(crate::tree::root())))
}

fn tests(context: &Context) -> Result<Outcome> {
    ui(context)?;
    programs()?;
    // The window's crate is no part of the others' builds; what its tests ask needs no window.
    let window = cargo::run(&["test", "--package", "admin-ui"]);
    passed(run_tests(context.maria()?, &[]).and(window))
}

fn mysql(context: &Context) -> Result<Outcome> {
    let Some(database) = context.mysql()? else {
        return Ok(Outcome::Skipped("no MySQL server; name one with ETALASE_TEST_MYSQLD".to_owned()));
    };
    ui(context)?;
    programs()?;
    // Everything else has no database.
    passed(run_tests(database, &["--test", "shop", "--test", "private"]))
}

/// The servers are private ones of the run's own, because it kills them.
fn races(_: &Context) -> Result<Outcome> {
    bench::races::short(None)?;
    match mysql::program()? {
        Some(program) => passed(bench::races::short(Some(&program))),
        None => Ok(Outcome::Passed),
    }
}

fn browser(context: &Context) -> Result<Outcome> {
    ui(context)?;
    programs()?;
    passed(run_tests(context.maria()?, &["--test", "browser"]))
}

fn desktop(context: &Context) -> Result<Outcome> {
    ui(context)?;
    programs()?;
    passed(run_tests(context.maria()?, &["--test", "desktop"]))
}

/// Builds what the tests start, with the features of the whole workspace, so that nothing is compiled twice.
fn programs() -> Result<()> {
    cargo::run(&["build", "--workspace", "--exclude", "admin-ui", "--bins"])
}

fn passed(done: Result<()>) -> Result<Outcome> {
    done.map(|()| Outcome::Passed)
}
