//! Pictures: what is stored, and where a browser finds it.

use serde::{Deserialize, Serialize};

use crate::locale::Translated;

pub use crate::id::PictureId;

/// The widths, in pixels, that every picture is kept in.
pub const WIDTHS: [u32; 3] = [400, 800, 1200];

/// A picture as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The name in the store: small letters, digits and hyphens.
    pub key: String,
    /// What the picture shows, for those who do not see it.
    pub alt: Translated,
}

impl Picture {
    /// The path of the file that is at least as wide as asked, or the widest.
    pub fn path(&self, width: u32) -> String {
        path(&self.key, width)
    }

    /// All files with their widths, as the `srcset` attribute wants them.
    pub fn srcset(&self) -> String {
        WIDTHS.map(|width| format!("{} {width}w", path(&self.key, width))).join(", ")
    }
}

/// The file name of a picture in a width.
pub fn file_name(key: &str, width: u32) -> String {
    format!("{key}-{width}.webp")
}

/// Whether it is the name of a picture's file: small letters, digits and hyphens, a hyphen, one of our widths, `.webp`.
/// Nothing else may reach the file system.
pub fn is_file_name(name: &str) -> bool {
    let named = name.strip_suffix(".webp").and_then(|name| name.rsplit_once('-'));
    named.is_some_and(|(key, width)| {
        !key.is_empty()
            && key.len() <= 200
            && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            && WIDTHS.iter().any(|kept| kept.to_string() == width)
    })
}

fn path(key: &str, width: u32) -> String {
    let fitting = WIDTHS.into_iter().find(|kept| *kept >= width).unwrap_or(WIDTHS[WIDTHS.len() - 1]);
    format!("/images/{}", file_name(key, fitting))
}

#[cfg(test)]
mod tests {
    use super::{Picture, is_file_name};
    use crate::locale::Translated;

    #[test]
    fn a_path_names_the_next_wider_file() {
        let picture = Picture { key: "kemeja-1".to_owned(), alt: Translated::default() };
        assert_eq!(picture.path(390), "/images/kemeja-1-400.webp");
        assert_eq!(picture.path(401), "/images/kemeja-1-800.webp");
        assert_eq!(picture.path(9000), "/images/kemeja-1-1200.webp");
    }

    #[test]
    fn only_names_of_the_store_reach_the_file_system() {
        assert!(is_file_name("kemeja-linen-1-800.webp"));
        for bad in [
            "../secret-400.webp",
            "..%2fsecret-400.webp",
            "a/b-400.webp",
            "kemeja.webp",
            "-400.webp",
            "kemeja-401.webp",
            "kemeja-400.png",
            "kemeja-0400.webp",
            "Kemeja-400.webp",
            "kemeja-400.webp\0",
            "",
        ] {
            assert!(!is_file_name(bad), "{bad}");
        }
    }
}
