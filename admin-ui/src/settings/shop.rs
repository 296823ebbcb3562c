//! The page of the shop itself: what it says of itself, how it is reached, its language and clock.

use domain::locale::Locale;
use domain::settings::Settings;
use yew::prelude::*;

use super::SettingsText;
use super::editor::Editor;
use crate::kit::{Card, Choose, choices, lens};

/// Name and story, contact, language and time.
pub(super) fn page(editor: &Editor<'_>) -> Html {
    html! {
        <div class="settings-columns">
            <div class="settings-main">{ identity(editor) }</div>
            <div class="settings-side">{ contact(editor) }{ habits(editor) }</div>
        </div>
    }
}

fn identity(editor: &Editor<'_>) -> Html {
    let say = |text: SettingsText| editor.say(text);
    html! {
        <Card id="shop-identity" class="setting" title={say(SettingsText::Identity)}>
            { editor.input("name", SettingsText::ShopName, lens!(shop.name)).hint(say(SettingsText::ShopNameHint)) }
            <div class="field-pair">
                { editor.input("tagline.id", SettingsText::TaglineId, lens!(shop.tagline_id))
                    .long()
                    .hint(say(SettingsText::TaglineHint)) }
                { editor.input("tagline.en", SettingsText::TaglineEn, lens!(shop.tagline_en)).long() }
            </div>
            <div class="field-pair is-tall">
                { editor.input("about.id", SettingsText::AboutId, lens!(shop.about_id))
                    .long()
                    .hint(say(SettingsText::AboutHint)) }
                { editor.input("about.en", SettingsText::AboutEn, lens!(shop.about_en)).long() }
            </div>
        </Card>
    }
}

fn contact(editor: &Editor<'_>) -> Html {
    html! {
        <Card id="shop-contact" class="setting" title={editor.say(SettingsText::Contact)}>
            <p class="field-hint">{ editor.say(SettingsText::ContactHint) }</p>
            { editor.input("contact.email", SettingsText::ContactEmail, lens!(shop.email)) }
            { editor.input("contact.phone", SettingsText::ContactPhone, lens!(shop.phone)) }
            { editor.input("contact.whatsapp", SettingsText::ContactWhatsApp, lens!(shop.whatsapp)) }
            { editor.input("contact.address", SettingsText::ContactAddress, lens!(shop.address)).long() }
        </Card>
    }
}

fn habits(editor: &Editor<'_>) -> Html {
    let draft = &editor.draft().shop;
    let languages = Locale::ALL.iter().map(|locale| (locale.as_str(), locale.name()));
    let hint = |text: SettingsText| Some(AttrValue::from(editor.say(text)));
    html! {
        <Card id="shop-habits" class="setting" title={editor.say(SettingsText::Habits)}>
            <Choose id="shop-locale" label={editor.say(SettingsText::ShopLocale)} choices={choices(languages)}
                chosen={draft.locale.clone()} hint={hint(SettingsText::ShopLocaleHint)}
                on_choose={editor.set(lens!(shop.locale))} />
            <Choose id="shop-clock" label={editor.say(SettingsText::Clock)} choices={clocks(&draft.utc_offset)}
                chosen={draft.utc_offset.clone()} hint={hint(SettingsText::ClockHint)}
                on_choose={editor.set(lens!(shop.utc_offset))} />
            <div class="field" id="shop-currency">
                <p>{ editor.say(SettingsText::CurrencyIs { code: editor.currency().as_str().to_owned() }) }</p>
                <p class="field-hint">{ editor.say(SettingsText::CurrencyStays) }</p>
            </div>
        </Card>
    }
}

/// Clocks by the half hour, and the one that is set if it is another.
fn clocks(chosen: &str) -> Vec<(AttrValue, AttrValue)> {
    let mut offsets: Vec<i32> = Settings::UTC_OFFSETS.step_by(30).chain(chosen.parse::<i32>()).collect();
    offsets.sort_unstable();
    offsets.dedup();
    offsets.into_iter().map(|minutes| (minutes.to_string().into(), clock(minutes).into())).collect()
}

/// `WIB (UTC+7)`, `UTC+5:30`.
fn clock(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let utc = match (minutes.abs() / 60, minutes.abs() % 60) {
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    };
    match minutes {
        420 => format!("WIB ({utc})"),
        480 => format!("WITA ({utc})"),
        540 => format!("WIT ({utc})"),
        _ => utc,
    }
}

#[cfg(test)]
mod tests {
    use super::{clock, clocks};

    #[test]
    fn clocks_have_the_names_that_people_in_indonesia_know() {
        assert_eq!(
            [420, 480, 540, 330, -210, 0].map(clock),
            ["WIB (UTC+7)", "WITA (UTC+8)", "WIT (UTC+9)", "UTC+5:30", "UTC-3:30", "UTC+0",]
        );
        assert!(clocks("345").iter().any(|(word, name)| (word.as_str(), name.as_str()) == ("345", "UTC+5:45")));
        assert!(!clocks("420").iter().any(|(word, _)| word.as_str() == "345"));
    }
}
