//! What building, running and testing need from the system: each need is tested by its effect, not by a package's name,
//! so that nothing is installed beside what is already there. Installs by apt on Debian and its kin, else lists.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::{cargo, environment, say};

/// What a task is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Build and serve the shop without a window.
    Serve,
    /// Build and open the desktop.
    Desktop,
    /// Run every test.
    Test,
}

struct Need {
    what: &'static str,
    purpose: Purpose,
    packages: &'static [&'static str],
    is_there: fn() -> bool,
}

const NEEDS: [Need; 11] = [
    Need { what: "a C compiler", purpose: Purpose::Serve, packages: &["build-essential"], is_there: || has("cc") },
    Need {
        what: "a MariaDB or MySQL server",
        purpose: Purpose::Serve,
        packages: &["mariadb-server-core", "mariadb-client-core"],
        // One that is named and wrong is for the shop to explain, not for apt to mend.
        is_there: || environment::path("ETALASE_MYSQLD").is_some() || mysqld::find(None).is_ok(),
    },
    Need {
        what: "the command-line client of MariaDB or MySQL",
        purpose: Purpose::Serve,
        packages: &["mariadb-client-core"],
        is_there: || has("mariadb") || has("mysql"),
    },
    Need { what: "pkg-config", purpose: Purpose::Desktop, packages: &["pkg-config"], is_there: || has("pkg-config") },
    Need {
        what: "WebKitGTK 4.1",
        purpose: Purpose::Desktop,
        packages: &["libwebkit2gtk-4.1-dev", "libgtk-3-dev"],
        is_there: || library("webkit2gtk-4.1") && library("gtk+-3.0"),
    },
    Need {
        what: "librsvg",
        purpose: Purpose::Desktop,
        packages: &["librsvg2-dev"],
        is_there: || library("librsvg-2.0"),
    },
    Need {
        what: "the tray icon library",
        purpose: Purpose::Desktop,
        packages: &["libayatana-appindicator3-dev"],
        is_there: || library("ayatana-appindicator3-0.1"),
    },
    Need {
        what: "libxdo",
        purpose: Purpose::Desktop,
        packages: &["libxdo-dev"],
        is_there: || Path::new("/usr/include/xdo.h").exists() || library("libxdo"),
    },
    Need { what: "Xvfb", purpose: Purpose::Test, packages: &["xvfb"], is_there: || has("Xvfb") },
    Need {
        what: "Chromium and its driver",
        purpose: Purpose::Test,
        packages: &["chromium", "chromium-driver"],
        is_there: || has("chromedriver") && (has("chromium") || has("chromium-browser") || has("google-chrome")),
    },
    Need {
        what: "the WebKit driver",
        purpose: Purpose::Test,
        packages: &["webkit2gtk-driver"],
        is_there: || has("WebKitWebDriver"),
    },
];

/// Installs every system package that is missing; on a system without apt, lists what is missing and fails.
pub(crate) fn packages(purpose: Purpose) -> Result<()> {
    let missing: Vec<&Need> = NEEDS.iter().filter(|need| need.purpose <= purpose && !(need.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let what: Vec<&str> = missing.iter().map(|need| need.what).collect();
    let mut packages: Vec<&str> = missing.iter().flat_map(|need| need.packages.iter().copied()).collect();
    packages.dedup();
    if !has("apt-get") {
        bail!(
            "missing: {}. On Debian or Ubuntu these are the packages {}; install what your system calls them and \
             run the task again",
            what.join(", "),
            packages.join(" ")
        );
    }

    say::line(&format!("  installing {} ({})", what.join(", "), packages.join(" ")));
    cargo::finish(apt()?.args(["update", "-qq"]))?;
    cargo::finish(apt()?.args(["install", "-y", "--no-install-recommends"]).args(&packages))?;
    // When there is a server but an unusable one, this says why.
    mysqld::find(environment::path("ETALASE_MYSQLD").as_deref())?;
    match missing.iter().find(|need| !(need.is_there)()) {
        Some(need) => bail!("apt installed {}, but {} is still not found", packages.join(" "), need.what),
        None => Ok(()),
    }
}

/// Installs Rust's target for the browser.
pub(crate) fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let output = Command::new("rustc").args(["--print", "target-libdir", "--target", TARGET]).output();
    let there = output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir());
    if there {
        return Ok(());
    }
    if !has("rustup") {
        bail!(
            "Rust cannot build for {TARGET}; install that target the way you installed Rust (with rustup: `rustup target add {TARGET}`)"
        );
    }
    cargo::finish(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Installs `rustfmt` and `clippy`.
pub(crate) fn rust_components() -> Result<()> {
    if cargo::succeeds(&mut cargo::command(&["fmt", "--version"]))
        && cargo::succeeds(&mut cargo::command(&["clippy", "--version"]))
    {
        return Ok(());
    }
    cargo::finish(Command::new("rustup").args(["component", "add", "rustfmt", "clippy"]))
}

/// The path of a program that is a crate: the one on PATH, else one built once into the tools' folder.
pub(crate) fn from_crate(name: &str, version: &str) -> Result<std::path::PathBuf> {
    if let Some(program) = environment::program(name) {
        return Ok(program);
    }
    let tools = environment::tools()?;
    let program = tools.join("bin").join(name);
    if !program.is_file() {
        say::line(&format!("  building {name} {version}, once; this takes some minutes"));
        let mut install = cargo::command(&["install", "--locked", name, "--version", version, "--root"]);
        // Away from the repository, whose `.cargo/config.toml` is not meant for it.
        cargo::finish(install.arg(&tools).current_dir("/"))?;
    }
    Ok(program)
}

fn has(program: &str) -> bool {
    environment::program(program).is_some()
        || Path::new("/usr/sbin").join(program).is_file()
        || environment::tools().is_ok_and(|tools| tools.join("bin").join(program).is_file())
}

fn library(name: &str) -> bool {
    cargo::succeeds(Command::new("pkg-config").args(["--exists", name]))
}

/// `apt-get`, through sudo when we are not root.
fn apt() -> Result<Command> {
    let output = Command::new("id").arg("-u").output()?;
    let mut command = if output.stdout.trim_ascii() == b"0" {
        Command::new("apt-get")
    } else if has("sudo") {
        let mut command = Command::new("sudo");
        command.arg("apt-get");
        command
    } else {
        bail!("system packages are missing, and there is neither root nor sudo to install them");
    };
    command.env("DEBIAN_FRONTEND", "noninteractive");
    Ok(command)
}
