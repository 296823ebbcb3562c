//! The system under us: which family of distributions it is of, and by what right we may install.

use std::process::Command;

use anyhow::{Result, bail};

use crate::environment;

/// Systems that share a package manager and the names of packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Debian,
    /// As Debian, but for its browser, which is a snap.
    Ubuntu,
    Fedora,
    Arch,
    MacOs,
    Other,
}

/// How a command becomes root's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Right {
    Root,
    Sudo,
    None,
}

/// What decides how something is installed here.
#[derive(Debug, Clone, Copy)]
pub(super) struct System {
    pub(super) family: Family,
    pub(super) right: Right,
    pub(super) has_apt: bool,
    pub(super) has_snap: bool,
}

impl System {
    /// Looks around.
    pub(super) fn look() -> Self {
        let has_apt = environment::has("apt-get");
        let described =
            ["/etc/os-release", "/usr/lib/os-release"].iter().find_map(|it| std::fs::read_to_string(it).ok());
        let family = match described {
            Some(_) | None if cfg!(target_os = "macos") => Family::MacOs,
            Some(described) => family(&described, has_apt),
            None => family("", has_apt),
        };
        Self { family, right: right(), has_apt, has_snap: environment::has("snap") }
    }

    /// Lets sudo ask for the password once, before anything depends on it.
    pub(super) fn ask_for_the_right(&self) -> Result<()> {
        match self.right {
            Right::Sudo if !Command::new("sudo").arg("true").status()?.success() => bail!("sudo does not let us"),
            Right::Root | Right::Sudo | Right::None => Ok(()),
        }
    }

    /// `apt-get` as root, asking nothing.
    pub(super) fn apt(&self) -> Result<Command> {
        const QUIET: (&str, &str) = ("DEBIAN_FRONTEND", "noninteractive");
        if self.right == Right::Root {
            let mut command = self.as_root("apt-get")?;
            command.env(QUIET.0, QUIET.1);
            return Ok(command);
        }
        // sudo would keep a variable of ours from apt-get.
        let mut command = self.as_root("env")?;
        command.arg(format!("{}={}", QUIET.0, QUIET.1)).arg("apt-get");
        Ok(command)
    }

    /// A program as root.
    pub(super) fn as_root(&self, program: &str) -> Result<Command> {
        match self.right {
            Right::Root => Ok(Command::new(program)),
            Right::Sudo => {
                let mut command = Command::new("sudo");
                command.arg(program);
                Ok(command)
            }
            Right::None => bail!("{program} must be run as root, and there is no sudo"),
        }
    }
}

/// The family that `/etc/os-release` names, by itself or by what it says it is like.
fn family(os_release: &str, has_apt: bool) -> Family {
    let value = |key: &str| {
        let found = os_release.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
        found.unwrap_or_default().trim().trim_matches(['"', '\'']).to_lowercase()
    };
    let (id, like) = (value("ID"), value("ID_LIKE"));
    let known = std::iter::once(id.as_str()).chain(like.split_whitespace()).find_map(|name| match name {
        "ubuntu" => Some(Family::Ubuntu),
        "debian" => Some(Family::Debian),
        "fedora" => Some(Family::Fedora),
        "arch" => Some(Family::Arch),
        _ => None,
    });
    known.unwrap_or(if has_apt { Family::Debian } else { Family::Other })
}

fn right() -> Right {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if is_root {
        Right::Root
    } else if environment::has("sudo") {
        Right::Sudo
    } else {
        Right::None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_known_by_its_name_or_by_what_it_is_like() {
        let known = [
            ("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n", Family::Debian),
            ("ID=ubuntu\nID_LIKE=debian\nVERSION_ID=\"24.04\"\n", Family::Ubuntu),
            ("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", Family::Ubuntu),
            ("ID=raspbian\nID_LIKE=debian\n", Family::Debian),
            ("ID=fedora\n", Family::Fedora),
            ("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", Family::Fedora),
            ("ID=manjaro\nID_LIKE=arch\n", Family::Arch),
            ("ID=nixos\n", Family::Other),
            ("", Family::Other),
        ];
        for (os_release, expected) in known {
            assert_eq!(family(os_release, false), expected, "{os_release}");
        }
    }

    #[test]
    fn an_unknown_system_with_apt_is_taken_for_debian() {
        assert_eq!(family("ID=vendor\n", true), Family::Debian);
    }
}
