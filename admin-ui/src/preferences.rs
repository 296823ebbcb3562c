//! What this computer remembers about the desk: theme, language before sign-in, width of the sidebar.
//!
//! `assets/theme.js` reads the theme under the same key before the first paint.

use domain::locale::Locale;
use web_sys::window;

const THEME: &str = "etalase-theme";
const LOCALE: &str = "etalase-locale";
const SIDEBAR: &str = "etalase-sidebar";

/// Light, dark, or as the system is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    System,
    Light,
    Dark,
}

impl Theme {
    /// The theme after this one, for a button that goes round.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::System => Self::Light,
            Self::Light => Self::Dark,
            Self::Dark => Self::System,
        }
    }

    /// The theme that was chosen last.
    pub(crate) fn remembered() -> Self {
        match read(THEME).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Shows the theme, and remembers it.
    pub(crate) fn apply(self) {
        let word = match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        };
        if let Some(root) = root() {
            // Only a detached document refuses attributes.
            let _ = match word {
                Some(word) => root.set_attribute("data-theme", word),
                None => root.remove_attribute("data-theme"),
            };
        }
        write(THEME, word.unwrap_or("system"));
    }
}

/// The language before anybody has signed in: chosen here, or the system's.
pub(crate) fn locale() -> Locale {
    let chosen = read(LOCALE).and_then(|word| word.parse().ok());
    let of_the_system = || window().and_then(|window| window.navigator().language());
    chosen.or_else(|| Locale::accepted(&of_the_system()?)).unwrap_or(Locale::Indonesian)
}

/// Speaks a language from now on, and remembers it.
pub(crate) fn remember_locale(locale: Locale) {
    write(LOCALE, locale.as_str());
    if let Some(root) = root() {
        let _ = root.set_attribute("lang", locale.as_str());
    }
}

/// Whether the sidebar is folded to its icons.
pub(crate) fn is_sidebar_folded() -> bool {
    read(SIDEBAR).as_deref() == Some("folded")
}

/// Remembers whether the sidebar is folded.
pub(crate) fn remember_sidebar(is_folded: bool) {
    write(SIDEBAR, if is_folded { "folded" } else { "open" });
}

fn root() -> Option<web_sys::Element> {
    window()?.document()?.document_element()
}

fn storage() -> Option<web_sys::Storage> {
    window()?.local_storage().ok()?
}

fn read(key: &str) -> Option<String> {
    storage()?.get_item(key).ok()?
}

fn write(key: &str, word: &str) {
    if let Some(storage) = storage() {
        // A full or forbidden storage costs only the memory of a preference.
        let _ = storage.set_item(key, word);
    }
}
