//! Pictures: what is stored, where a browser finds it, and how it is cut to the shop's shape.

use serde::{Deserialize, Serialize};

use crate::locale::Translated;
use crate::texts;

pub use crate::id::PictureId;

/// The widths, in pixels, that a picture is kept in, as far as it has them. The last is the widest that is kept.
pub const WIDTHS: [u32; 4] = [400, 800, 1200, 1600];
/// The most bytes of a file that is taken in.
pub const MOST_BYTES: usize = 20 * 1024 * 1024;
/// The most pixels of a file that is taken in.
pub const MOST_PIXELS: u64 = 50_000_000;
/// The most pixels from top to bottom that are kept; what is taller is kept narrower.
pub const MOST_HEIGHT: u32 = 8_000;
/// The shape in which the shop shows pictures: wide and high.
pub const SHAPE: (u32, u32) = (4, 5);

/// A picture as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// The name in the store: small letters, digits and hyphens.
    pub key: String,
    /// What the picture shows, for those who do not see it.
    pub alt: Translated,
    /// The size of its widest file, in pixels.
    pub width: u32,
    pub height: u32,
    /// A `data:` address of some hundred letters: the picture so small that it is only a blur, for as long as it is not there.
    pub placeholder: String,
    /// What stays in sight when it is cut.
    pub centre: Centre,
}

impl Picture {
    /// The path of the file that is at least as wide as asked, or the widest.
    pub fn path(&self, width: u32) -> String {
        path(&self.key, fitting(self.width, width))
    }

    /// The path of the file that fills a frame of the shop's shape and that width, or comes nearest to it.
    pub fn filling(&self, frame: u32) -> String {
        let width = widths(self.width).find(|width| self.filled_by(*width) >= frame).unwrap_or(self.width);
        path(&self.key, width)
    }

    /// All files, each with the width of the frame of the shop's shape that it fills, as the `srcset` attribute wants them: of a
    /// picture that is wider than that shape only a part is seen, which must not be blurred for it.
    pub fn srcset(&self) -> String {
        let files = widths(self.width).map(|width| format!("{} {}w", path(&self.key, width), self.filled_by(width)));
        files.collect::<Vec<_>>().join(", ")
    }

    /// The width of the frame that the file of that width fills.
    fn filled_by(&self, width: u32) -> u32 {
        let height = height_at((self.width, self.height), width);
        width.min(scaled(height, SHAPE.0, SHAPE.1)).max(1)
    }

    /// The size of the file that [`Self::path`] names, in pixels.
    pub fn size(&self, width: u32) -> (u32, u32) {
        let width = fitting(self.width, width);
        (width, height_at((self.width, self.height), width))
    }

    /// The square around its centre that stands for it where there is room for a dot alone.
    pub fn detail(&self) -> Detail {
        let (width, height) = self.size(WIDTHS[0]);
        let side = (width.min(height) * 2 / 5).max(1);
        let before = |length: u32, centre: u16| {
            let middle = scaled(length, centre.min(Centre::MOST).into(), Centre::MOST.into());
            middle.saturating_sub(side / 2).min(length - side)
        };
        let (left, top) = (before(width, self.centre.x), before(height, self.centre.y));
        Detail { path: self.path(WIDTHS[0]), width, height, left, top, side }
    }

    /// Where it lies behind a frame of the shop's shape that it fills: the percentage of CSS's `object-position`, the same for
    /// both axes, because it is cut along one only. The centre lies in the middle, as far as the picture's edges allow.
    pub fn cut(&self) -> u8 {
        let (width, height) = (u64::from(self.width) * u64::from(SHAPE.1), u64::from(self.height) * u64::from(SHAPE.0));
        let (long, short, centre) =
            if width > height { (width, height, self.centre.x) } else { (height, width, self.centre.y) };
        // In parts of the longer side: what is out of sight, and how much of it lies before the frame.
        let hidden = long - short;
        let before = (long * u64::from(centre.min(Centre::MOST)) / 1_000).saturating_sub(short / 2).min(hidden);
        let percent = (before * 100 + hidden / 2).checked_div(hidden);
        percent.and_then(|percent| u8::try_from(percent).ok()).unwrap_or(50)
    }
}

/// A square part of a file of a picture, in its pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    pub path: String,
    pub width: u32,
    pub height: u32,
    pub left: u32,
    pub top: u32,
    pub side: u32,
}

// A query gives a picture as one text: a JSON object with these fields.
#[cfg(feature = "sqlx")]
const _: () = {
    use sqlx::error::BoxDynError;
    use sqlx::mysql::{MySql, MySqlTypeInfo, MySqlValueRef};
    use sqlx::{Decode, Type};

    impl Type<MySql> for Picture {
        fn type_info() -> MySqlTypeInfo {
            <str as Type<MySql>>::type_info()
        }

        fn compatible(column: &MySqlTypeInfo) -> bool {
            <str as Type<MySql>>::compatible(column)
        }
    }

    impl<'r> Decode<'r, MySql> for Picture {
        fn decode(value: MySqlValueRef<'r>) -> Result<Self, BoxDynError> {
            Ok(serde_json::from_str(<&str as Decode<'r, MySql>>::decode(value)?)?)
        }
    }
};

/// What stays in sight when a picture is cut: per mille of its width and height, from the left and from the top.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centre {
    pub x: u16,
    pub y: u16,
}

impl Centre {
    /// The most that each may be.
    pub const MOST: u16 = 1000;
    /// The middle of a picture.
    pub const MIDDLE: Self = Self { x: 500, y: 500 };
}

impl Default for Centre {
    fn default() -> Self {
        Self::MIDDLE
    }
}

/// A picture that was taken into the store. Nothing shows it yet: what no product, category or order names is thrown away
/// some weeks later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TakenPicture {
    pub id: PictureId,
    /// The picture, without words and cut around its middle.
    pub picture: Picture,
    /// What whoever brought it should know.
    pub notes: Vec<PictureNote>,
}

texts! {
    /// What is told of a picture that was taken in.
    pub enum PictureNote {
        FirstFrameOnly => "Gambar ini bergerak. Yang ditampilkan hanya bingkai pertamanya.", "This picture is animated. Only its first frame is shown.";
        LooksBlurred { width: u32 } => "Lebar gambar ini hanya {width} piksel, jadi akan tampak buram. Sebaiknya pakai yang minimal 800 piksel.", "This picture is only {width} pixels wide and will look blurred. Use one of 800 pixels or more if you can.";
    }
}

/// The function of the desktop that takes a picture in by its bytes, which cross from the window as they are; it answers with a
/// [`TakenPicture`]. It is no command: nothing of the shop changes until something names the picture.
pub const TAKE_PICTURE: &str = "take_picture";
/// The function of the desktop that takes a file in that was dropped on the window, by its [`Dropped`] path.
pub const TAKE_DROPPED: &str = "take_dropped";

/// A file that was dropped on the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dropped {
    pub path: String,
}

/// The widths in which a picture of that width is kept, ascending; the last is its own.
pub fn widths(width: u32) -> impl Iterator<Item = u32> {
    WIDTHS.into_iter().filter(move |kept| *kept < width).chain(std::iter::once(width))
}

/// The size in which a picture is kept at most: neither wider than the widest nor taller than the tallest, and never
/// larger than it is.
pub fn kept_size((width, height): (u32, u32)) -> (u32, u32) {
    let widest = WIDTHS[WIDTHS.len() - 1].min(width);
    let as_tall = scaled(MOST_HEIGHT, width, height.max(1)).max(1);
    let kept = if height_at((width, height), widest) > MOST_HEIGHT { as_tall.min(widest) } else { widest };
    (kept, height_at((width, height), kept).min(MOST_HEIGHT))
}

/// How high a picture of that size is in another width; at least one pixel.
pub fn height_at((width, height): (u32, u32), other: u32) -> u32 {
    scaled(height, other, width.max(1)).max(1)
}

/// The file name of a picture in a width.
pub fn file_name(key: &str, width: u32) -> String {
    format!("{key}-{width}.webp")
}

/// The key and the width of a name of a picture's file: small letters, digits and hyphens, a hyphen, a width that is
/// kept, `.webp`. Nothing else may reach the file system.
pub fn parse_file_name(name: &str) -> Option<(&str, u32)> {
    let (key, digits) = name.strip_suffix(".webp")?.rsplit_once('-')?;
    let width = digits.parse().ok().filter(|width: &u32| width.to_string() == digits)?;
    (is_key(key) && (1..=WIDTHS[WIDTHS.len() - 1]).contains(&width)).then_some((key, width))
}

/// Whether it is a picture's name in the store.
pub fn is_key(key: &str) -> bool {
    (1..=96).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn scaled(length: u32, by: u32, of: u32) -> u32 {
    let (length, by, of) = (u64::from(length), u64::from(by), u64::from(of));
    u32::try_from((length * by + of / 2) / of).unwrap_or(u32::MAX)
}

fn fitting(widest: u32, wanted: u32) -> u32 {
    widths(widest).find(|kept| *kept >= wanted).unwrap_or(widest)
}

fn path(key: &str, width: u32) -> String {
    format!("/images/{}", file_name(key, width))
}

#[cfg(test)]
mod tests {
    use super::{Centre, MOST_HEIGHT, Picture, kept_size, parse_file_name, widths};
    use crate::locale::Translated;

    fn picture(width: u32, height: u32) -> Picture {
        let (alt, centre) = (Translated::default(), Centre::MIDDLE);
        Picture { key: "kemeja-1".to_owned(), alt, width, height, placeholder: String::new(), centre }
    }

    #[test]
    fn a_path_names_the_next_wider_file() {
        let wide = picture(1_200, 1_500);
        assert_eq!(wide.path(390), "/images/kemeja-1-400.webp");
        assert_eq!(wide.path(401), "/images/kemeja-1-800.webp");
        assert_eq!(wide.path(9000), "/images/kemeja-1-1200.webp");
        assert_eq!(wide.size(401), (800, 1_000));
    }

    #[test]
    fn only_files_that_exist_are_named() {
        assert_eq!(widths(1_600).collect::<Vec<_>>(), [400, 800, 1_200, 1_600]);
        assert_eq!(widths(480).collect::<Vec<_>>(), [400, 480]);
        assert_eq!(widths(400).collect::<Vec<_>>(), [400]);
        assert_eq!(widths(7).collect::<Vec<_>>(), [7]);
        let small = picture(480, 600);
        assert_eq!(small.srcset(), "/images/kemeja-1-400.webp 400w, /images/kemeja-1-480.webp 480w");
        assert_eq!((small.path(800), small.size(800)), ("/images/kemeja-1-480.webp".to_owned(), (480, 600)));
    }

    /// A frame as wide as a phone shows a fourth of a panorama: a file of its width would be four times too coarse.
    #[test]
    fn a_wide_picture_is_as_sharp_in_its_frame_as_a_tall_one() {
        let wide = picture(1_600, 500);
        assert_eq!(wide.filling(100), "/images/kemeja-1-400.webp");
        assert_eq!(wide.filling(101), "/images/kemeja-1-800.webp");
        assert_eq!(wide.filling(900), "/images/kemeja-1-1600.webp");
        assert!(wide.srcset().starts_with("/images/kemeja-1-400.webp 100w, /images/kemeja-1-800.webp 200w, "));
        assert_eq!(picture(800, 1_000).filling(390), "/images/kemeja-1-400.webp");
    }

    #[test]
    fn nothing_is_kept_larger_than_it_is_nor_without_bounds() {
        for (of, kept) in [
            ((480, 600), (480, 600)),
            ((1_600, 2_000), (1_600, 2_000)),
            ((4_000, 3_000), (1_600, 1_200)),
            ((50_000, 1_000), (1_600, 32)),
            ((50_000_000, 1), (1_600, 1)),
            ((100, 500_000), (2, MOST_HEIGHT)),
            ((1, 50_000_000), (1, MOST_HEIGHT)),
            ((1, 1), (1, 1)),
        ] {
            assert_eq!(kept_size(of), kept, "{of:?}");
        }
    }

    #[test]
    fn the_chosen_centre_lies_in_the_middle_as_far_as_the_edges_allow() {
        let cut = |width, height, x, y| Picture { centre: Centre { x, y }, ..picture(width, height) }.cut();
        // A frame of 400 of 1000 pixels: 600 are out of sight, and a centre at 350 leaves 150 of them to the left.
        assert_eq!(cut(1_000, 500, 500, 0), 50);
        assert_eq!(cut(1_000, 500, 350, 0), 25);
        assert_eq!(cut(1_000, 500, 100, 0), 0);
        assert_eq!(cut(1_000, 500, 1_000, 0), 100);
        // And of 1000 high, 500 are shown.
        assert_eq!(cut(400, 1_000, 0, 500), 50);
        assert_eq!(cut(400, 1_000, 0, 300), 10);
        assert_eq!(cut(400, 1_000, 0, 999), 100);
        assert_eq!(cut(400, 1_000, 0, 9_999), 100);
        assert_eq!(cut(800, 1_000, 0, 0), 50, "nothing is cut");
    }

    #[test]
    fn only_names_of_the_store_reach_the_file_system() {
        assert_eq!(parse_file_name("kemeja-linen-1-800.webp"), Some(("kemeja-linen-1", 800)));
        assert_eq!(parse_file_name("0f3a-480.webp"), Some(("0f3a", 480)));
        for bad in [
            "../secret-400.webp",
            "..%2fsecret-400.webp",
            "a/b-400.webp",
            "kemeja.webp",
            "-400.webp",
            "kemeja-0.webp",
            "kemeja-1601.webp",
            "kemeja-99999999999.webp",
            "kemeja-+400.webp",
            "kemeja-400.png",
            "kemeja-0400.webp",
            "Kemeja-400.webp",
            "kemeja-400.webp\0",
            "",
        ] {
            assert_eq!(parse_file_name(bad), None, "{bad}");
        }
        assert_eq!(parse_file_name(&format!("{}-400.webp", "k".repeat(97))), None);
    }
}
