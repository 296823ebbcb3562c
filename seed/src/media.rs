//! The demo shop's pictures as bytes inside the program, in the layout of the live picture store.

use include_dir::{Dir, include_dir};

static STORE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../images/store");

/// Every picture file as its name (`{key}-{width}.webp`) and its bytes.
pub fn picture_files() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    STORE
        .files()
        .filter_map(|file| Some((file.path().to_str()?, file.contents())))
        .filter(|(name, _)| name.ends_with(".webp"))
}
