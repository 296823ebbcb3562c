//! The table of what each task needs: how it is recognised, and what each family of systems calls it.

use std::path::Path;
use std::process::Command;

use super::chromium;
use super::system::Family;
use crate::{cargo, environment};

/// What a task is about to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Purpose {
    /// Build and serve the shop without a window.
    Serve,
    /// Ask a database about the queries.
    Prepare,
    /// Build and open the desktop.
    Desktop,
    /// Run every test.
    Test,
}

impl Purpose {
    /// Whether what the other needs is needed for this too.
    fn takes(self, other: Self) -> bool {
        match self {
            Self::Serve => other == Self::Serve,
            Self::Prepare => matches!(other, Self::Serve | Self::Prepare),
            Self::Desktop => matches!(other, Self::Serve | Self::Desktop),
            Self::Test => true,
        }
    }
}

/// One thing that a task needs. A family without packages for it has no name for it that we know.
pub(super) struct Need {
    /// As people call it.
    pub(super) what: &'static str,
    purpose: Purpose,
    debian: &'static [&'static str],
    /// What Ubuntu has as a snap instead of packages.
    snap: Option<&'static str>,
    fedora: &'static [&'static str],
    arch: &'static [&'static str],
    /// None where macOS brings it along, or has no use for it.
    homebrew: &'static [&'static str],
    is_there: fn() -> bool,
}

/// Everything there is to need.
pub(super) const NEEDS: &[Need] = &[
    Need {
        what: "a C compiler",
        purpose: Purpose::Serve,
        debian: &["build-essential"],
        snap: None,
        fedora: &["gcc"],
        arch: &["base-devel"],
        homebrew: &[],
        is_there: || environment::has("cc"),
    },
    Need {
        what: "MariaDB 10.11+ or MySQL 8.4+",
        purpose: Purpose::Serve,
        // Not `mariadb-server`, which starts a server of its own for the whole system.
        debian: &["mariadb-server-core"],
        snap: None,
        fedora: &["mariadb-server"],
        arch: &["mariadb"],
        homebrew: &["mariadb"],
        // One that is named and wrong is for the shop to explain, not for apt to mend.
        is_there: || environment::path("ETALASE_MYSQLD").is_some() || mysqld::find(None).is_ok(),
    },
    Need {
        what: "the command-line client of MariaDB or MySQL",
        purpose: Purpose::Prepare,
        debian: &["mariadb-client-core"],
        snap: None,
        fedora: &["mariadb"],
        arch: &["mariadb-clients"],
        homebrew: &["mariadb"],
        is_there: || environment::has("mariadb") || environment::has("mysql"),
    },
    Need {
        what: "pkg-config",
        purpose: Purpose::Desktop,
        debian: &["pkg-config"],
        snap: None,
        fedora: &["pkgconf-pkg-config"],
        arch: &["pkgconf"],
        homebrew: &[],
        is_there: || environment::has("pkg-config"),
    },
    Need {
        what: "WebKitGTK 4.1",
        purpose: Purpose::Desktop,
        debian: &["libwebkit2gtk-4.1-dev", "libgtk-3-dev"],
        snap: None,
        fedora: &["webkit2gtk4.1-devel", "gtk3-devel"],
        arch: &["webkit2gtk-4.1", "gtk3"],
        homebrew: &[],
        is_there: || has_headers("webkit2gtk-4.1") && has_headers("gtk+-3.0"),
    },
    Need {
        what: "the tray icon library",
        purpose: Purpose::Desktop,
        debian: &["libayatana-appindicator3-1"],
        snap: None,
        fedora: &["libayatana-appindicator-gtk3"],
        arch: &["libayatana-appindicator"],
        homebrew: &[],
        // Loaded while running, by either name.
        is_there: || has_library("libayatana-appindicator3.so.1") || has_library("libappindicator3.so.1"),
    },
    Need {
        what: "Xvfb",
        purpose: Purpose::Test,
        debian: &["xvfb"],
        snap: None,
        fedora: &["xorg-x11-server-Xvfb"],
        arch: &["xorg-server-xvfb"],
        homebrew: &[],
        is_there: || environment::has("Xvfb"),
    },
    Need {
        what: "the D-Bus daemon",
        purpose: Purpose::Test,
        debian: &["dbus"],
        snap: None,
        fedora: &["dbus-daemon"],
        arch: &["dbus"],
        homebrew: &["dbus"],
        is_there: || environment::has("dbus-daemon"),
    },
    Need {
        what: "ps and kill",
        purpose: Purpose::Test,
        debian: &["procps"],
        snap: None,
        fedora: &["procps-ng", "util-linux"],
        arch: &["procps-ng", "util-linux"],
        homebrew: &[],
        is_there: || environment::has("ps") && environment::has("kill"),
    },
    Need {
        what: "Chromium and its driver",
        purpose: Purpose::Test,
        debian: &["chromium", "chromium-driver"],
        snap: Some("chromium"),
        fedora: &["chromium", "chromedriver"],
        arch: &["chromium"],
        homebrew: &["--cask", "chromium", "chromedriver"],
        is_there: || chromium::driver().is_some(),
    },
    Need {
        what: "WebKitWebDriver",
        purpose: Purpose::Test,
        debian: &["webkit2gtk-driver"],
        snap: None,
        fedora: &["/usr/bin/WebKitWebDriver"],
        arch: &[],
        homebrew: &[],
        is_there: || environment::has("WebKitWebDriver"),
    },
];

/// What is needed for this and cannot be found.
pub(super) fn missing(purpose: Purpose, family: Family) -> Vec<&'static Need> {
    NEEDS.iter().filter(|need| purpose.takes(need.purpose) && need.is_for(family) && !need.is_there()).collect()
}

impl Need {
    /// Whether it can be found now.
    pub(super) fn is_there(&self) -> bool {
        (self.is_there)()
    }

    /// The packages that bring it.
    pub(super) fn packages(&self, family: Family) -> &'static [&'static str] {
        match family {
            Family::Ubuntu if self.snap.is_some() => &[],
            Family::Debian | Family::Ubuntu | Family::Other => self.debian,
            Family::Fedora => self.fedora,
            Family::Arch => self.arch,
            Family::MacOs => self.homebrew,
        }
    }

    /// The snap that brings it.
    pub(super) fn snap(&self, family: Family) -> Option<&'static str> {
        self.snap.filter(|_| family == Family::Ubuntu)
    }

    fn is_for(&self, family: Family) -> bool {
        family != Family::MacOs || !self.homebrew.is_empty()
    }
}

fn has_headers(library: &str) -> bool {
    cargo::succeeds(Command::new("pkg-config").args(["--exists", library]))
}

fn has_library(file: &str) -> bool {
    let ldconfig = ["/sbin/ldconfig", "/usr/sbin/ldconfig"].map(Path::new).into_iter().find(|path| path.is_file());
    let listed = Command::new(ldconfig.unwrap_or(Path::new("ldconfig"))).arg("-p").output();
    listed.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains(file))
}
