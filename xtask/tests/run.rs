//! `cargo xtask run` on machines that lack things: the way from "something is missing" to the started shop.
//!
//! The program is the real one. What it runs (apt-get, sudo, cargo, the shop) are scripts in a folder that is all of
//! PATH: each writes down how it was called, and apt-get "installs" by putting more scripts there.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed; the exemption stops at helpers")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

const SERVER: &str = "#!/bin/sh\necho 'mariadbd  Ver 10.11.19-MariaDB for debian-linux-gnu on x86_64 (Debian 12)'\n";

/// A machine with next to nothing.
struct Machine {
    root: TempDir,
}

/// How `run` ended.
struct Ended {
    code: Option<i32>,
    said: String,
    /// Every call of a script, in order.
    calls: Vec<String>,
}

impl Machine {
    fn of(user: u32) -> Self {
        let machine = Self { root: tempfile::tempdir().unwrap() };
        machine.has("id", &format!("#!/bin/sh\necho {user}\n"));
        machine.has("true", "#!/bin/sh\n");
        machine.has("env", "#!/bin/sh\nexec /usr/bin/env \"$@\"\n");
        machine.program("target/debug/storefront", &machine.notes("the shop"));
        machine
    }

    /// An apt-get that knows every package and "installs" the compiler.
    fn with_apt(self) -> Self {
        let bin = self.path("bin");
        let bin = bin.display();
        let installs = format!("case \"$*\" in *install*) printf '#!/bin/sh\\n' > {bin}/cc;; esac\n");
        self.has("apt-get", &(self.notes("apt-get") + &installs));
        self.has("cargo", &self.notes("cargo"));
        self
    }

    fn with_sudo(self) -> Self {
        self.has("sudo", &(self.notes("sudo") + "exec \"$@\"\n"));
        self
    }

    fn run(&self, flags: &[&str]) -> Ended {
        // Named, because a server is looked for beyond PATH too, and the one of the real machine is none of ours.
        let server = self.program("server", SERVER);
        let output = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .args(["run", "--listen", "127.0.0.1:18080", "--data-dir", "/somewhere"])
            .args(flags)
            .env_clear()
            .env("PATH", self.path("bin"))
            .env("HOME", self.path("home"))
            .env("CARGO", self.path("bin/cargo"))
            .env("CARGO_TARGET_DIR", self.path("target"))
            .env("ETALASE_MYSQLD", server)
            .output()
            .unwrap();
        let said = [output.stdout, output.stderr].concat();
        let calls = fs::read_to_string(self.path("calls")).unwrap_or_default();
        Ended {
            code: output.status.code(),
            said: String::from_utf8(said).unwrap(),
            calls: calls.lines().map(str::to_owned).collect(),
        }
    }

    fn has(&self, name: &str, script: &str) {
        self.program(&format!("bin/{name}"), script);
    }

    fn program(&self, name: &str, script: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    fn notes(&self, name: &str) -> String {
        format!("#!/bin/sh\necho \"{name} $*\" >> {}\n", self.path("calls").display())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }
}

#[test]
fn root_gets_what_is_missing_and_the_shop_starts() {
    let ended = Machine::of(0).with_apt().run(&[]);

    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("There is no display"), "{}", ended.said);
    let [update, install, build, shop] = &ended.calls[..] else { panic!("{:?}", ended.calls) };
    assert_eq!(update, "apt-get update -qq");
    assert!(install.starts_with("apt-get install -y --no-install-recommends --no-remove "), "{install}");
    assert!(install.ends_with(" build-essential"), "{install}");
    assert_eq!(build, "cargo build --workspace --exclude admin-ui --bin storefront");
    assert_eq!(shop, "the shop serve --demo --data-dir /somewhere --listen 127.0.0.1:18080");
}

#[test]
fn anybody_else_gets_it_through_sudo_with_no_question_asked() {
    let ended = Machine::of(1000).with_apt().with_sudo().run(&[]);

    assert_eq!(ended.code, Some(0), "{}", ended.said);
    // The password once, before anything depends on it.
    assert_eq!(ended.calls[0], "sudo true");
    assert!(ended.calls[1].starts_with("sudo env DEBIAN_FRONTEND=noninteractive apt-get update"), "{:?}", ended.calls);
    assert!(ended.calls.iter().any(|call| call.starts_with("the shop serve")), "{:?}", ended.calls);
}

#[test]
fn without_root_or_sudo_it_says_what_root_should_run_and_touches_nothing() {
    let ended = Machine::of(1000).with_apt().run(&[]);

    assert_eq!(ended.code, Some(1));
    assert!(ended.said.contains("missing: a C compiler; "), "{}", ended.said);
    assert!(ended.said.contains("there is no sudo"), "{}", ended.said);
    assert!(ended.said.contains("apt-get install --no-install-recommends build-essential\n"), "{}", ended.said);
    assert!(ended.calls.is_empty(), "{:?}", ended.calls);
}

#[test]
fn without_apt_it_lists_what_is_missing_and_builds_nothing() {
    let ended = Machine::of(0).run(&[]);

    assert_eq!(ended.code, Some(1));
    assert!(ended.said.contains("missing: a C compiler; "), "{}", ended.said);
    assert!(ended.said.contains("and then this again") || ended.said.contains("and run this again"), "{}", ended.said);
    assert!(ended.calls.is_empty(), "{:?}", ended.calls);
}

#[test]
fn a_sudo_that_does_not_let_us_is_asked_once() {
    let machine = Machine::of(1000).with_apt();
    machine.has("sudo", &(machine.notes("sudo") + "exit 1\n"));

    let ended = machine.run(&[]);
    assert_eq!(ended.code, Some(1));
    assert_eq!(ended.calls, ["sudo true"]);
    assert!(ended.said.contains("error: sudo does not let us. Run\n    sudo apt-get install"), "{}", ended.said);
}

#[test]
fn an_apt_that_fails_is_followed_by_what_to_do() {
    let machine = Machine::of(0).with_apt();
    machine.has("apt-get", &(machine.notes("apt-get") + "exit 100\n"));

    let ended = machine.run(&[]);
    assert_eq!(ended.code, Some(1));
    // A list that cannot be renewed is no reason not to try.
    assert_eq!(ended.calls.len(), 2, "{:?}", ended.calls);
    assert!(ended.said.contains("failed (exit status: 100). "), "{}", ended.said);
    assert!(ended.said.contains("\n    apt-get install --no-install-recommends build-essential\n"), "{}", ended.said);
}

#[test]
fn a_release_that_is_too_old_is_told_before_anything_is_installed() {
    let machine = Machine::of(0).with_apt();
    machine.has("apt-cache", "#!/bin/sh\nfor last; do :; done\n[ $last != build-essential ]\n");

    let ended = machine.run(&[]);
    assert_eq!(ended.code, Some(1));
    assert!(ended.said.contains("have no build-essential; Debian 12"), "{}", ended.said);
    assert!(!ended.calls.iter().any(|call| call.contains("install")), "{:?}", ended.calls);
}

#[test]
fn no_install_says_what_is_missing_and_goes_on() {
    let ended = Machine::of(0).with_apt().run(&["--no-install"]);

    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert!(ended.said.contains("not found, and not installed as you asked: a C compiler"), "{}", ended.said);
    assert!(!ended.calls.iter().any(|call| call.starts_with("apt-get")), "{:?}", ended.calls);
}
