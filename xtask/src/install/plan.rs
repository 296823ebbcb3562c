//! What to do about what is missing: install it, or tell people how. Decides only; nothing here touches the system.

use super::needs::Need;
use super::system::{Family, Right, System};

/// What is to be done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Plan {
    Nothing,
    /// Each name stands once, in the order of the needs.
    Install {
        packages: Vec<&'static str>,
        snaps: Vec<&'static str>,
    },
    /// It is not ours to install; this says what is missing, why we do not, and what to do.
    Tell(String),
}

/// Decides.
pub(super) fn plan(missing: &[&Need], system: &System) -> Plan {
    if missing.is_empty() {
        return Plan::Nothing;
    }
    let snaps = snaps(missing, system.family);
    let obstacle = match system.family {
        Family::Fedora | Family::Arch | Family::MacOs | Family::Other => {
            "this task installs only on Debian, Ubuntu and their kin"
        }
        Family::Debian | Family::Ubuntu if !system.has_apt => "there is no apt-get on PATH",
        Family::Debian | Family::Ubuntu if system.right == Right::None => {
            "only root can install that, and there is no sudo"
        }
        Family::Debian | Family::Ubuntu if !snaps.is_empty() && !system.has_snap => {
            "Ubuntu's Chromium is a snap, and there is no snap on PATH"
        }
        Family::Debian | Family::Ubuntu => return Plan::Install { packages: packages(missing, system.family), snaps },
    };
    Plan::Tell(format!("missing: {}; {obstacle}. {}", list(missing), by_hand(missing, system)))
}

/// What is missing, in words.
pub(super) fn list(missing: &[&Need]) -> String {
    missing.iter().map(|need| need.what).collect::<Vec<_>>().join(", ")
}

/// The commands that a person runs instead of us.
pub(super) fn by_hand(missing: &[&Need], system: &System) -> String {
    let names = packages(missing, system.family).join(" ");
    let snaps = snaps(missing, system.family);
    let mut commands = Vec::new();
    if !names.is_empty() {
        commands.push(match system.family {
            Family::Debian | Family::Ubuntu => format!("apt-get install --no-install-recommends {names}"),
            Family::Fedora => format!("dnf install {names}"),
            Family::Arch => format!("pacman -S --needed {names}"),
            Family::MacOs => format!("brew install {names}"),
            Family::Other => {
                return format!("Install what your system calls Debian's {names}, and run this again");
            }
        });
    }
    if !snaps.is_empty() && !system.has_snap {
        commands.push("apt-get install snapd".to_owned());
    }
    commands.extend(snaps.iter().map(|snap| format!("snap install {snap}")));
    if commands.is_empty() {
        return "Install it, and run this again".to_owned();
    }

    let is_for_root = system.family != Family::MacOs;
    let sudo = if is_for_root && system.right == Right::Sudo { "sudo " } else { "" };
    let who = if is_for_root && system.right == Right::None { "As root, run" } else { "Run" };
    let commands: String = commands.iter().map(|command| format!("\n    {sudo}{command}")).collect();
    let other_browser = if snaps.is_empty() { "" } else { OTHER_BROWSER };
    format!("{who}{commands}\nand then this again{other_browser}")
}

/// For those who want no snap.
const OTHER_BROWSER: &str =
    "; Google Chrome with its chromedriver will do too, named with ETALASE_TEST_CHROMEDRIVER if it is not on PATH";

fn packages(missing: &[&Need], family: Family) -> Vec<&'static str> {
    let mut packages = Vec::new();
    for name in missing.iter().flat_map(|need| need.packages(family)) {
        if !packages.contains(name) {
            packages.push(name);
        }
    }
    packages
}

fn snaps(missing: &[&Need], family: Family) -> Vec<&'static str> {
    missing.iter().filter_map(|need| need.snap(family)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::needs::NEEDS;
    use super::*;

    fn all() -> Vec<&'static Need> {
        NEEDS.iter().collect()
    }

    fn named(what: &str) -> Vec<&'static Need> {
        let found: Vec<_> = NEEDS.iter().filter(|need| need.what.contains(what)).collect();
        assert_eq!(found.len(), 1, "{what}");
        found
    }

    fn system(family: Family, right: Right) -> System {
        let has_apt = matches!(family, Family::Debian | Family::Ubuntu);
        System { family, right, has_apt, has_snap: family == Family::Ubuntu }
    }

    fn told(plan: Plan) -> String {
        match plan {
            Plan::Tell(text) => text,
            Plan::Nothing | Plan::Install { .. } => panic!("{plan:?}"),
        }
    }

    #[test]
    fn nothing_is_done_when_nothing_is_missing() {
        assert_eq!(plan(&[], &system(Family::Other, Right::None)), Plan::Nothing);
    }

    #[test]
    fn debian_gets_each_package_once() {
        let twice = [all(), all()].concat();
        let Plan::Install { packages, snaps } = plan(&twice, &system(Family::Debian, Right::Root)) else { panic!() };

        assert!(packages.starts_with(&["build-essential", "mariadb-server-core", "mariadb-client-core", "pkg-config"]));
        assert!(packages.ends_with(&["chromium", "chromium-driver", "webkit2gtk-driver"]));
        assert!(snaps.is_empty());
    }

    #[test]
    fn ubuntu_gets_its_browser_as_a_snap_and_all_else_as_debian() {
        let Plan::Install { packages, snaps } = plan(&all(), &system(Family::Ubuntu, Right::Sudo)) else { panic!() };

        assert!(packages.contains(&"libwebkit2gtk-4.1-dev"));
        assert!(!packages.iter().any(|name| name.contains("chromium")));
        assert_eq!(snaps, ["chromium"]);
    }

    #[test]
    fn ubuntu_without_snap_is_told_both_ways_to_a_browser() {
        let system = System { has_snap: false, ..system(Family::Ubuntu, Right::Sudo) };

        let text = told(plan(&named("Chromium"), &system));
        assert!(text.contains("missing: Chromium and its driver; Ubuntu's Chromium is a snap"), "{text}");
        assert!(text.contains("\n    sudo apt-get install snapd\n    sudo snap install chromium\n"), "{text}");
        assert!(text.contains("ETALASE_TEST_CHROMEDRIVER"), "{text}");
        // The rest needs no snap.
        assert!(matches!(plan(&named("C compiler"), &system), Plan::Install { .. }));
    }

    #[test]
    fn without_root_and_sudo_a_person_is_told_what_root_should_run() {
        let text = told(plan(&named("8.4"), &system(Family::Debian, Right::None)));
        assert_eq!(
            text,
            "missing: MariaDB 10.11+ or MySQL 8.4+; only root can install that, and there is no sudo. \
             As root, run\n    apt-get install --no-install-recommends mariadb-server-core\n\
             and then this again"
        );
    }

    #[test]
    fn without_apt_debian_is_told_what_apt_would_have_done() {
        let system = System { has_apt: false, ..system(Family::Debian, Right::Root) };

        let text = told(plan(&named("pkg-config"), &system));
        assert!(text.starts_with("missing: pkg-config; there is no apt-get on PATH. Run\n    apt-get "), "{text}");
    }

    #[test]
    fn other_systems_are_told_in_their_own_words() {
        for (family, words) in [
            (Family::Fedora, "\n    sudo dnf install webkit2gtk4.1-devel gtk3-devel\n"),
            (Family::Arch, "\n    sudo pacman -S --needed webkit2gtk-4.1 gtk3\n"),
            (Family::Other, "Install what your system calls Debian's libwebkit2gtk-4.1-dev libgtk-3-dev, and run"),
        ] {
            let text = told(plan(&named("WebKitGTK 4"), &system(family, Right::Sudo)));
            assert!(text.contains("missing: WebKitGTK 4.1; this task installs only on Debian"), "{text}");
            assert!(text.contains(words), "{text}");
        }
        let text = told(plan(&named("8.4"), &system(Family::MacOs, Right::Sudo)));
        assert!(text.contains("Run\n    brew install mariadb\n"), "{text}");
    }

    #[test]
    fn what_has_no_known_name_is_asked_for_all_the_same() {
        let text = told(plan(&named("WebKitWebDriver"), &system(Family::Arch, Right::Sudo)));
        assert!(
            text.starts_with("missing: WebKitWebDriver") && text.ends_with("Install it, and run this again"),
            "{text}"
        );
    }
}
