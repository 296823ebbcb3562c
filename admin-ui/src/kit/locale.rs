//! The language of the window.

use domain::locale::Locale;
use yew::prelude::*;

/// The language of the window.
#[hook]
pub(crate) fn use_locale() -> Locale {
    use_context::<Locale>().unwrap_or(Locale::Indonesian)
}
