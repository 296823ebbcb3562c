//! The steps of `cargo xtask test`, cheap ones first.

use anyhow::Result;

use super::context::{AT_ONCE, Context};
use super::named;
use crate::install::{self, Purpose};
use crate::{bench, build_ui, cargo, mysql, prepare, tidy};

/// One line of the table at the end.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) what: &'static str,
    /// What must be installed for it.
    pub(crate) purpose: Option<Purpose>,
    /// Steps that mostly wait run beside their neighbours of the same group.
    pub(crate) beside: Option<Group>,
    /// Whether it runs tests that can be named.
    pub(crate) has_names: bool,
    pub(crate) run: fn(&Context) -> Result<Outcome>,
}

/// What runs side by side: not all at once, because the patience of tests is measured in seconds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Group {
    /// The same tests on both servers.
    Servers,
    /// Programs that are looked at from outside.
    Programs,
}

/// How a step ended when it did not fail.
#[derive(Debug)]
pub(crate) enum Outcome {
    Passed,
    Skipped(String),
}

/// Every step, in order.
pub(crate) const STEPS: [Step; 14] = [
    check("fmt", "every file is formatted", None, fmt),
    check("tidy", "the rules of the house", None, tidy),
    check("ui", "the user interface builds", None, ui),
    check("clippy", "lints of everything but the user interface", Some(Purpose::Desktop), clippy),
    check("clippy-wasm", "lints of what runs in the window", None, clippy_wasm),
    check("doc", "the documentation builds", Some(Purpose::Desktop), doc),
    check("prepare", "services/.sqlx is what the database answers", Some(Purpose::Prepare), prepare_check),
    check("deny", "licences, layers and sources of every dependency", None, deny),
    check("build", "everything that the tests run", Some(Purpose::Desktop), build),
    test("tests", "unit, database and HTTP tests", Group::Servers, tests),
    test("mysql", "the database tests again, on MySQL", Group::Servers, mysql),
    Step {
        has_names: false,
        ..test("races", "random operations, kills and clocks, on both servers", Group::Programs, races)
    },
    test("browser", "the shop in Chromium", Group::Programs, browser),
    test("desktop", "the desktop in a real window", Group::Programs, desktop),
];

type Run = fn(&Context) -> Result<Outcome>;

const fn check(name: &'static str, what: &'static str, purpose: Option<Purpose>, run: Run) -> Step {
    Step { name, what, purpose, beside: None, has_names: false, run }
}

const fn test(name: &'static str, what: &'static str, group: Group, run: Run) -> Step {
    Step { name, what, purpose: Some(Purpose::Test), beside: Some(group), has_names: true, run }
}

/// Test targets that no plain `cargo test` touches.
const BY_NAME: [&str; 6] = ["--test", "browser", "--test", "desktop", "--test", "harness"];
/// The black-box tests, and the server that some of them start.
const SHOP: [&str; 4] = ["--bin", "storefront", "--test", "shop"];
/// The window's tests, which need no window: drafts, routes and scales.
const WINDOW: [&str; 4] = ["--package", "admin-ui", "--bin", "admin-ui"];
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
    cargo::run(&[&["clippy"][..], &cargo::SELECTION, &["--all-targets"], &DENY_WARNINGS].concat())?;
    // Tests that run only by name are linted only by name.
    passed(cargo::run(&[&["clippy"][..], &cargo::SELECTION, &BY_NAME, &DENY_WARNINGS].concat()))
}

fn clippy_wasm(_: &Context) -> Result<Outcome> {
    let in_the_window =
        ["clippy", "--package", "domain", "--package", "admin-ui", "--target", "wasm32-unknown-unknown"];
    passed(cargo::run(&[&in_the_window[..], &DENY_WARNINGS].concat()))
}

fn doc(context: &Context) -> Result<Outcome> {
    ui(context)?;
    let mut doc = cargo::command(&["doc", "--no-deps"]);
    passed(cargo::finish(doc.args(cargo::SELECTION).env("RUSTDOCFLAGS", "-D warnings")))
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

fn build(context: &Context) -> Result<Outcome> {
    ui(context)?;
    programs()?;
    cargo::run(&[&["test", "--no-run"][..], &cargo::SELECTION].concat())?;
    passed(cargo::run(&[&["test", "--no-run"], &WINDOW[..], &cargo::BESIDE].concat()))
}

fn tests(context: &Context) -> Result<Outcome> {
    if !context.names().is_empty() {
        return named_tests(context);
    }
    build(context)?;
    // The window's crate is no part of the others' builds; what its tests ask needs no window.
    let window = cargo::run(&[&["test"], &WINDOW[..], &cargo::BESIDE].concat());
    passed(context.run_tests(context.maria()?, &cargo::SELECTION, &[], AT_ONCE).and(window))
}

/// Builds only what these tests need: somebody waits for them.
fn named_tests(context: &Context) -> Result<Outcome> {
    for package in named::packages(context.names())? {
        if package == named::SHOP {
            cargo::run(&[&["build"][..], &cargo::SELECTION, &SHOP].concat())?;
            context.run_tests(context.maria()?, &cargo::SELECTION, package.targets, AT_ONCE)?;
        } else {
            let alone = [&["--package", package.name], &cargo::BESIDE[..]].concat();
            context.run_tests(context.maria()?, &alone, package.targets, AT_ONCE)?;
        }
    }
    Ok(Outcome::Passed)
}

fn mysql(context: &Context) -> Result<Outcome> {
    let Some(database) = context.mysql()? else {
        return Ok(Outcome::Skipped("no MySQL server; name one with ETALASE_TEST_MYSQLD".to_owned()));
    };
    cargo::run(&[&["build"][..], &cargo::SELECTION, &SHOP].concat())?;
    // Everything else has no database.
    passed(context.run_tests(database, &cargo::SELECTION, &["--test", "shop", "--test", "private"], AT_ONCE))
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
    cargo::run(&[&["build"][..], &cargo::SELECTION, &["--bin", "storefront", "--test", "browser"]].concat())?;
    passed(context.run_tests(context.maria()?, &cargo::SELECTION, &["--test", "browser"], 2))
}

fn desktop(context: &Context) -> Result<Outcome> {
    ui(context)?;
    let programs = ["--bin", "storefront", "--bin", "etalase", "--test", "desktop"];
    cargo::run(&[&["build"][..], &cargo::SELECTION, &programs].concat())?;
    passed(context.run_tests(context.maria()?, &cargo::SELECTION, &["--test", "desktop"], 2))
}

/// Builds what the tests start and what runs only by name, all at once: together both cores have something to do.
fn programs() -> Result<()> {
    cargo::run(&[&["build"][..], &cargo::SELECTION, &["--bins", "--test", "shop"], &BY_NAME].concat())
}

fn passed(done: Result<()>) -> Result<Outcome> {
    done.map(|()| Outcome::Passed)
}
