//! The demo shop that most tests begin with: filled once for each database server, closed, kept, and copied.
//!
//! What is kept is named after the program that filled it, which holds the goods and every change of the schema, and
//! after the server. It lies in `target/xtask/demo`, and is filled anew when it is too old: it tells of "today".

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use mysqld::Binary;
use tempfile::TempDir;

use crate::running::{Running, built};

/// The password of its owner.
pub(crate) const PASSWORD: &str = "jalan sore di pasar";
/// How long today's orders are today's.
const FRESH: Duration = Duration::from_secs(2 * 60 * 60);

/// Makes `folder` the data folder of a demo shop that was filled and closed a while ago.
pub(crate) fn copy_to(folder: &Path) {
    let demos = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("../xtask/demo");
    fs::create_dir_all(&demos).unwrap();
    let lock = File::create(demos.join("lock")).unwrap();
    let server = server();
    let kept = demos.join(name(&server));
    // Tests are processes of their own: one fills it, the others wait; nobody removes what another copies.
    lock.lock_shared().unwrap();
    if !is_fresh(&kept) {
        lock.unlock().unwrap();
        lock.lock().unwrap();
        if !is_fresh(&kept) {
            remove_old(&demos, &prefix(&server));
            fs::rename(filled(&demos, &server).keep(), &kept).unwrap();
        }
        lock.unlock().unwrap();
        lock.lock_shared().unwrap();
    }
    copy(&kept, folder);
    // Where its gateway was; two copies cannot both be there.
    fs::remove_file(folder.join("demo-gateway/port")).unwrap();
}

/// The server of this run; the usual one when it is not told.
pub(crate) fn server() -> Binary {
    let named = std::env::var_os("ETALASE_TEST_MYSQLD").map(PathBuf::from);
    mysqld::find(named.as_deref()).unwrap()
}

/// A start on an empty folder, and an end in order.
fn filled(demos: &Path, server: &Binary) -> TempDir {
    let folder = TempDir::new_in(demos).unwrap();
    let mut command = Command::new(built("storefront"));
    command.args(["serve", "--demo", "--listen", "127.0.0.1:0", "--demo-password", PASSWORD]);
    command.arg("--data-dir").arg(folder.path()).env("ETALASE_MYSQLD", server.path());
    let mut program = Running::start(&mut command);
    program.hears("listening on ");
    assert!(program.end().is_some_and(|status| status.success()), "the demo shop was not closed in order");
    folder
}

fn name(server: &Binary) -> String {
    let mut print = DefaultHasher::new();
    for program in [&built("storefront"), server.path()] {
        let known = fs::metadata(program).unwrap();
        (program, known.len(), known.modified().unwrap()).hash(&mut print);
    }
    format!("{}{:016x}", prefix(server), print.finish())
}

fn prefix(server: &Binary) -> String {
    format!("{}-", server.kind()).to_lowercase()
}

fn is_fresh(kept: &Path) -> bool {
    let made = fs::metadata(kept).and_then(|kept| kept.modified());
    made.is_ok_and(|made| SystemTime::now().duration_since(made).unwrap_or_default() < FRESH)
}

/// Removes what no test copies any more: the earlier ones of this server, those too old, and any left half filled.
fn remove_old(demos: &Path, prefix: &str) {
    for entry in fs::read_dir(demos).unwrap() {
        let entry = entry.unwrap();
        let is_of_server = entry.file_name().to_string_lossy().starts_with(prefix);
        if entry.path().is_dir() && (is_of_server || !is_fresh(&entry.path())) {
            fs::remove_dir_all(entry.path()).unwrap();
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    fs::set_permissions(to, fs::metadata(from).unwrap().permissions()).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (kind, target) = (entry.file_type().unwrap(), to.join(entry.file_name()));
        if kind.is_dir() {
            copy(&entry.path(), &target);
        } else if kind.is_file() {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
