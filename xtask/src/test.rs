//! `cargo xtask test`: every check there is, then a table. `.ci/run` calls this and nothing else.
//!
//! What the tests are told: `DATABASE_URL` (an account that may make databases), `ETALASE_TEST_MYSQLD` (that server's
//! program), `ETALASE_TEST_BIN_DIR` (where the built programs are) and `ETALASE_TEST_CHROMEDRIVER` (what drives the
//! browser). The browser and desktop tests run only by name.

mod context;
mod named;
mod steps;

use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use anyhow::{Result, bail};

use crate::{install, interrupt, say};
use context::Context;
use steps::{Outcome, STEPS, Step};

/// Which steps to run.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// Run only these steps: fmt, tidy, ui, clippy, clippy-wasm, doc, prepare, deny, build, tests, mysql, races, browser, desktop
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    only: Vec<String>,
    /// Run all but these steps
    #[arg(long, value_delimiter = ',', value_name = "STEP")]
    skip: Vec<String>,
    /// Of those that run tests, run only the tests with one of these in their name
    #[arg(value_name = "NAME")]
    names: Vec<String>,
}

struct Done {
    name: &'static str,
    result: Result<Outcome>,
    seconds: f32,
}

/// Runs the chosen steps, all of them even when one fails; an error when one did.
pub(crate) fn run(options: &Options) -> Result<()> {
    let started = Instant::now();
    let chosen = choose(options)?;
    interrupt::listen()?;
    say::line(&format!("[0/{}] looking for what is missing", chosen.len()));
    if let Some(purpose) = chosen.iter().filter_map(|step| step.purpose).max() {
        install::packages(purpose)?;
    }
    install::wasm_target()?;
    install::rust_components()?;

    let context = Context::new(options.names.clone());
    let mut done = Vec::new();
    for group in chosen.chunk_by(|one, next| one.beside.is_some() && one.beside == next.beside) {
        done.extend(if let [step] = group {
            vec![alone(step, &context, &chosen)]
        } else {
            together(group, &context, &chosen)?
        });
        if interrupt::happened() {
            bail!("interrupted");
        }
    }
    drop(context);
    summarise(&done, started.elapsed().as_secs_f32())
}

fn announce(step: &Step, chosen: &[&'static Step]) {
    let place = chosen.iter().position(|it| it.name == step.name).unwrap_or_default() + 1;
    say::line(&format!("\n[{place}/{}] {}: {}", chosen.len(), step.name, step.what));
}

fn alone(step: &'static Step, context: &Context, chosen: &[&'static Step]) -> Done {
    announce(step, chosen);
    let done = finish(step, context);
    tell(&done);
    done
}

/// Runs steps side by side, and shows each whole when it has ended.
fn together(group: &[&'static Step], context: &Context, chosen: &[&'static Step]) -> Result<Vec<Done>> {
    let names: Vec<_> = group.iter().map(|step| step.name).collect();
    say::line(&format!("\nside by side, each shown when it has ended: {}", names.join(", ")));
    let mut ended = thread::scope(|scope| {
        let (tell_end, ends) = mpsc::channel();
        for &step in group {
            let tell_end = tell_end.clone();
            scope.spawn(move || tell_end.send((step, say::aside(step.name, || finish(step, context)))));
        }
        drop(tell_end);
        let mut ended = Vec::new();
        for (step, end) in ends {
            let (done, said) = end?;
            announce(step, chosen);
            say::line(said.trim_end());
            tell(&done);
            ended.push(done);
        }
        anyhow::Ok(ended)
    })?;
    ended.sort_by_key(|done| names.iter().position(|name| *name == done.name));
    Ok(ended)
}

fn finish(step: &'static Step, context: &Context) -> Done {
    let started = Instant::now();
    let result = (step.run)(context);
    Done { name: step.name, result, seconds: started.elapsed().as_secs_f32() }
}

fn tell(done: &Done) {
    match &done.result {
        Ok(Outcome::Passed) => {}
        Ok(Outcome::Skipped(why)) => say::line(&format!("  skipped: {why}")),
        Err(problem) => say::problem(problem),
    }
}

fn choose(options: &Options) -> Result<Vec<&'static Step>> {
    for name in options.only.iter().chain(&options.skip) {
        if !STEPS.iter().any(|step| step.name == name) {
            let known: Vec<_> = STEPS.iter().map(|step| step.name).collect();
            bail!("there is no step {name:?}; the steps are {}", known.join(", "));
        }
    }
    let is_in = |list: &[String], step: &Step| list.iter().any(|name| name == step.name);
    let chosen: Vec<_> = STEPS
        .iter()
        .filter(|step| options.only.is_empty() || is_in(&options.only, step))
        .filter(|step| !is_in(&options.skip, step))
        .collect();
    if let Some(other) = chosen.iter().find(|step| !options.names.is_empty() && !step.has_names) {
        bail!("{} has no tests with names; choose a step that has, as with `--only tests NAME`", other.name);
    }
    Ok(chosen)
}

/// Steps that ran side by side add up to more than all of it took.
fn summarise(done: &[Done], seconds: f32) -> Result<()> {
    say::line("\nstep         result    seconds");
    for Done { name, result, seconds } in done {
        let word = match result {
            Ok(Outcome::Passed) => "ok",
            Ok(Outcome::Skipped(_)) => "skipped",
            Err(_) => "FAILED",
        };
        say::line(&format!("{name:<12} {word:<8} {seconds:>8.1}"));
    }
    say::line(&format!("{:<21} {seconds:>8.1}", "in all"));
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

    fn names(only: &[&str], skip: &[&str], names: &[&str]) -> Result<Vec<&'static str>> {
        let owned = |list: &[&str]| list.iter().map(|&name| name.to_owned()).collect();
        let options = Options { only: owned(only), skip: owned(skip), names: owned(names) };
        Ok(choose(&options)?.iter().map(|step| step.name).collect())
    }

    #[test]
    fn only_and_skip_choose_in_the_order_of_the_list() {
        assert_eq!(names(&["tidy", "fmt"], &[], &[]).unwrap(), ["fmt", "tidy"]);
        assert_eq!(names(&["tidy", "fmt"], &["fmt"], &[]).unwrap(), ["tidy"]);
        assert_eq!(names(&[], &[], &[]).unwrap().len(), STEPS.len());
        assert!(names(&["no-such-step"], &[], &[]).unwrap_err().to_string().contains("tidy"));
    }

    #[test]
    fn tests_are_named_only_where_there_are_tests() {
        assert_eq!(names(&["tests", "mysql"], &[], &["a_sentence"]).unwrap(), ["tests", "mysql"]);
        assert!(names(&["tests", "fmt"], &[], &["a_sentence"]).unwrap_err().to_string().contains("fmt"));
        assert!(names(&[], &[], &["a_sentence"]).is_err());
    }

    #[test]
    fn steps_side_by_side_are_each_told_whole() {
        const SAY: fn(&Context) -> Result<Outcome> = |_| {
            say::line("one");
            crate::cargo::finish(std::process::Command::new("sh").args(["-c", "echo two; echo three >&2"]))?;
            bail!("four")
        };
        let ((), said) = say::aside("test-of-aside", || {
            let error = finish(&Step { run: SAY, ..STEPS[0] }, &Context::new(Vec::new())).result.unwrap_err();
            say::line(&error.to_string());
        })
        .unwrap();

        assert_eq!(said, "one\n  $ sh -c echo two; echo three >&2\ntwo\nthree\nfour\n");
    }

    #[test]
    fn one_failed_step_fails_the_whole_run() {
        let step = |result| Done { name: "fmt", result, seconds: 0.0 };

        assert!(summarise(&[step(Ok(Outcome::Passed)), step(Ok(Outcome::Skipped("why".to_owned())))], 0.0).is_ok());
        assert!(summarise(&[step(Ok(Outcome::Passed)), step(Err(anyhow::anyhow!("broken")))], 0.0).is_err());
    }
}
