//! The switches for language and theme, in the head of the desk and on the screens before it.

use domain::locale::Locale;
use yew::prelude::*;

use super::ShellText;
use crate::kit::{Glyph, Icon, use_locale};
use crate::preferences::Theme;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct LanguageSwitchProps {
    pub(crate) speak: Callback<Locale>,
}

/// A button that shows the language in use and changes to the other.
#[component]
pub(crate) fn LanguageSwitch(props: &LanguageSwitchProps) -> Html {
    let locale = use_locale();
    let other = match locale {
        Locale::Indonesian => Locale::English,
        Locale::English => Locale::Indonesian,
    };
    let label = format!("{}: {}", ShellText::SwitchLanguage.text(locale), other.name());
    // Who speaks to the computer says what is seen on the button.
    let word = locale.as_str().to_uppercase();
    html! {
        <button type="button" class="icon-button is-wide" id="switch-language" aria-label={format!("{word} · {label}")} title={label}
            onclick={props.speak.reform(move |_| other)}>
            <Icon of={Glyph::Language} /><span aria-hidden="true">{ word }</span>
        </button>
    }
}

/// A button that goes round system, light and dark.
#[component]
pub(crate) fn ThemeSwitch() -> Html {
    let locale = use_locale();
    let theme = use_state(Theme::remembered);
    let (icon, label) = match *theme {
        Theme::System => (Glyph::Monitor, ShellText::ThemeSystem),
        Theme::Light => (Glyph::Sun, ShellText::ThemeLight),
        Theme::Dark => (Glyph::Moon, ShellText::ThemeDark),
    };
    let onclick = Callback::from(move |_: MouseEvent| {
        let next = theme.next();
        next.apply();
        theme.set(next);
    });
    html! {
        <button type="button" class="icon-button" id="switch-theme" aria-label={label.text(locale)}
            title={label.text(locale)} {onclick}>
            <Icon of={icon} />
        </button>
    }
}
