//! `cargo xtask test`: every check there is, one after the other, then a table. `.ci/run` calls this and nothing else.
//!
//! What the tests are told: `DATABASE_URL` (an account that may make databases), `ETALASE_TEST_MYSQLD` (that server's
//! program), `ETALASE_TEST_BIN_DIR` (where the built programs are) and `ETALASE_TEST_CHROMEDRIVER` (what drives the
//! browser). The browser and desktop tests run only by name.

mod context;
mod steps;

use std::time::Instant;

use anyhow::{Result, bail};

use crate::{install, interrupt, say};
use context::Context;
use steps::{Outcome, STEPS, Step};

/// Which steps to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only these steps: fmt, ui, clippy, clippy-wasm, doc, tidy, prepare, deny, tests, mysql, races, browser, desktop
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    only: Vec<String>,
    /// Run all but these steps
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    skip: Vec<String>,
}

struct Done {
    name: &'static str,
    result: Result<Outcome>,
    seconds: f32,
}

/// Runs the chosen steps, all of them even when one fails; an error when one did.
pub(crate) fn run(options: &Options) -> Result<()> {
    let chosen = choose(options)?;
    interrupt::listen()?;
    say::line(&format!("[0/{}] looking for what is missing", chosen.len()));
    if let Some(purpose) = chosen.iter().filter_map(|step| step.purpose).max() {
        install::packages(purpose)?;
    }
    install::wasm_target()?;
    install::rust_components()?;

    let context = Context::default();
    let mut done = Vec::new();
    for (index, step) in chosen.iter().enumerate() {
        say::line(&format!("\n[{}/{}] {}: {}", index + 1, chosen.len(), step.name, step.what));
        let started = Instant::now();
        let result = (step.run)(&context);
        match &result {
            Ok(Outcome::Passed) => {}
            Ok(Outcome::Skipped(why)) => say::line(&format!("  skipped: {why}")),
            Err(problem) => say::problem(problem),
        }
        done.push(Done { name: step.name, result, seconds: started.elapsed().as_secs_f32() });
        if interrupt::happened() {
            bail!("interrupted");
        }
    }
    drop(context);
    summarise(&done)
}

fn choose(options: &Options) -> Result<Vec<&'static Step>> {
    for name in options.only.iter().chain(&options.skip) {
        if !STEPS.iter().any(|step| step.name == name) {
            let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            bail!("there is no step {name:?}; the steps are {}", known.join(", "));
        }
    }
    let is_in = |list: &[String], step: &Step| list.iter().any(|name| name == step.name);
    Ok(STEPS
        .iter()
        .filter(|step| options.only.is_empty() || is_in(&options.only, step))
        .filter(|step| !is_in(&options.skip, step))
        .collect())
}

fn summarise(done: &[Done]) -> Result<()> {
    say::line("\nstep         result    seconds");
    for Done { name, result, seconds } in done {
        let word = match result {
            Ok(Outcome::Passed) => "ok",
            Ok(Outcome::Skipped(_)) => "skipped",
            Err(_) => "FAILED",
        };
        say::line(&format!("{name:<12} {word:<8} {seconds:>8.1}"));
    }
    for Done { name, result, .. } in done {
        if let Err(problem) = result {
            say::line(&format!("{name}: {problem:#}"));
        }
    }

    let failed = done.iter().filter(|step| step.result.is_err()).count();
    let passed = done.iter().filter(|step| matches!(step.result, Ok(Outcome::Passed))).count();
    let skipped = done.len() - failed - passed;
    let skipped = if skipped == 0 { String::new() } else { format!(", {skipped} skipped") };
    let counts = format!("{passed} passed, {failed} failed{skipped}");
    say::line(&counts);
    if failed == 0 { Ok(()) } else { bail!("{failed} of {} steps failed", done.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(only: &[&str], skip: &[&str]) -> Result<Vec<&'static str>> {
        let owned = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect();
        Ok(choose(&Options { only: owned(only), skip: owned(skip) })?.iter().map(|step| step.name).collect())
    }

    #[test]
    fn only_and_skip_choose_in_the_order_of_the_list() {
        assert_eq!(names(&["tidy", "fmt"], &[]).unwrap(), ["fmt", "tidy"]);
        assert_eq!(names(&["tidy", "fmt"], &["fmt"]).unwrap(), ["tidy"]);
        assert_eq!(names(&[], &[]).unwrap().len(), STEPS.len());
        assert!(names(&["no-such-step"], &[]).unwrap_err().to_string().contains("tidy"));
    }

    #[test]
    fn one_failed_step_fails_the_whole_run() {
        let step = |result| Done { name: "fmt", result, seconds: 0.0 };

        assert!(summarise(&[step(Ok(Outcome::Passed)), step(Ok(Outcome::Skipped("why".to_owned())))]).is_ok());
        assert!(summarise(&[step(Ok(Outcome::Passed)), step(Err(anyhow::anyhow!("broken")))]).is_err());
    }
}
