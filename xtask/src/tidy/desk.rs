//! Rules about the desk: its screens do not see each other, and its kit sees none of them.

use super::slices::SLICES;
use super::source::{Source, Violation};

const DESK: &str = "admin-ui/src/";
/// What the kit is built on.
const BELOW_THE_KIT: [&str; 2] = ["ipc", "kit"];

/// A slice of the desk uses the kit, the desk, the table of screens, the shell and what is its own, never another slice:
/// what two of them show alike belongs into the kit or into the desk. The kit uses nothing but the bridge.
pub(crate) fn keep_its_screens_apart(sources: &[Source]) -> Vec<Violation> {
    let mut violations = Vec::new();
    for source in sources.iter().filter(|source| source.path.starts_with(DESK) && source.is("rs")) {
        let Some(own) = source.path.trim_start_matches(DESK).split(['/', '.']).next() else { continue };
        let is_slice = SLICES.contains(&own);
        for (number, line) in source.numbered() {
            for used in named(line) {
                if is_slice && used != own && SLICES.contains(&used) {
                    violations.push(source.breaks_at(number, format!("uses the slice `{used}`")));
                } else if own == "kit" && !BELOW_THE_KIT.contains(&used) {
                    violations.push(source.breaks_at(number, format!("uses `{used}`, which stands above the kit")));
                }
            }
        }
    }
    violations
}

/// The modules of the crate that a line names: those after `crate::`, alone or in braces.
fn named(line: &str) -> Vec<&str> {
    let is_comment = line.trim_start().starts_with("//");
    let paths = line.split("crate::").skip(1).filter(|_| !is_comment);
    paths
        .flat_map(|path| match path.strip_prefix('{') {
            Some(several) => several.split(',').map(first_word).collect(),
            None => vec![first_word(path)],
        })
        .filter(|module| !module.is_empty())
        .collect()
}

fn first_word(path: &str) -> &str {
    let path = path.trim_start();
    let end = path.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(path.len());
    &path[..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source::caught;

    #[test]
    fn a_slice_of_the_desk_that_uses_another_is_caught_wherever_it_hides() {
        let files = [
            (
                "admin-ui/src/customers.rs",
                "//! Customers.\nuse crate::orders::keys;\nuse crate::{kit, vouchers::Row};\n",
            ),
            ("admin-ui/src/inventory/variant.rs", "//! One.\nfn draw() { crate::orders::actor_of() }\n"),
            ("admin-ui/src/orders/lines.rs", "//! Lines.\nuse crate::orders::OrderText;\nuse crate::kit::Card;\n"),
            ("admin-ui/src/screens.rs", "//! Screens.\nuse crate::orders::OrdersScreen;\n"),
            ("services/src/orders.rs", "//! Orders.\nuse crate::customers::load;\n"),
        ];
        assert_eq!(
            caught(keep_its_screens_apart, &files),
            [
                "admin-ui/src/customers.rs:2: uses the slice `orders`",
                "admin-ui/src/customers.rs:3: uses the slice `vouchers`",
                "admin-ui/src/inventory/variant.rs:2: uses the slice `orders`",
            ]
        );
    }

    #[test]
    fn a_kit_that_knows_a_screen_is_caught() {
        let files = [
            ("admin-ui/src/kit/pager.rs", "//! Pager.\nuse crate::screens::Route;\nuse crate::ipc::Asked;\n"),
            ("admin-ui/src/kit.rs", "//! The kit; see `crate::orders`.\n"),
        ];
        assert_eq!(
            caught(keep_its_screens_apart, &files),
            ["admin-ui/src/kit/pager.rs:2: uses `screens`, which stands above the kit"]
        );
    }
}
