//! The page of the shop itself: what it says of itself, how it is reached, its language and clock.

use domain::locale::Locale;
use domain::settings::Settings;
use yew::prelude::*;

use crate::field::Choose;
use crate::settings::editor::{Editor, Look};
use crate::texts::SettingsText;

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
    let draft = &editor.draft().shop;
    let (line, area) = (Look::Line, Look::Area);
    html! {
        <section class="card setting" id="shop-identity" aria-labelledby="shop-identity-title">
            <h2 id="shop-identity-title" class="section-title">{ SettingsText::Identity.text(editor.locale) }</h2>
            { editor.text("name", (&SettingsText::ShopName, line, Some(SettingsText::ShopNameHint)), &draft.name,
                |draft, text| draft.shop.name = text) }
            <div class="field-pair">
                { editor.text("tagline.id", (&SettingsText::TaglineId, area, Some(SettingsText::TaglineHint)),
                    &draft.tagline_id, |draft, text| draft.shop.tagline_id = text) }
                { editor.text("tagline.en", (&SettingsText::TaglineEn, area, None), &draft.tagline_en,
                    |draft, text| draft.shop.tagline_en = text) }
            </div>
            <div class="field-pair is-tall">
                { editor.text("about.id", (&SettingsText::AboutId, area, Some(SettingsText::AboutHint)),
                    &draft.about_id, |draft, text| draft.shop.about_id = text) }
                { editor.text("about.en", (&SettingsText::AboutEn, area, None), &draft.about_en,
                    |draft, text| draft.shop.about_en = text) }
            </div>
        </section>
    }
}

fn contact(editor: &Editor<'_>) -> Html {
    let draft = &editor.draft().shop;
    html! {
        <section class="card setting" id="shop-contact" aria-labelledby="shop-contact-title">
            <h2 id="shop-contact-title" class="section-title">{ SettingsText::Contact.text(editor.locale) }</h2>
            <p class="field-hint">{ SettingsText::ContactHint.text(editor.locale) }</p>
            { editor.text("contact.email", (&SettingsText::ContactEmail, Look::Line, None), &draft.email,
                |draft, text| draft.shop.email = text) }
            { editor.text("contact.phone", (&SettingsText::ContactPhone, Look::Line, None), &draft.phone,
                |draft, text| draft.shop.phone = text) }
            { editor.text("contact.address", (&SettingsText::ContactAddress, Look::Area, None), &draft.address,
                |draft, text| draft.shop.address = text) }
        </section>
    }
}

fn habits(editor: &Editor<'_>) -> Html {
    let locale = editor.locale;
    let draft = &editor.draft().shop;
    let languages: Vec<(AttrValue, AttrValue)> =
        Locale::ALL.iter().map(|locale| (locale.as_str().into(), locale.name().into())).collect();
    html! {
        <section class="card setting" id="shop-habits" aria-labelledby="shop-habits-title">
            <h2 id="shop-habits-title" class="section-title">{ SettingsText::Habits.text(locale) }</h2>
            <Choose id="shop-locale" label={SettingsText::ShopLocale.text(locale)} choices={languages}
                chosen={draft.locale.clone()} hint={Some(AttrValue::from(SettingsText::ShopLocaleHint.text(locale)))}
                on_choose={editor.change(|draft, word| draft.shop.locale = word)} />
            <Choose id="shop-clock" label={SettingsText::Clock.text(locale)} choices={clocks(&draft.utc_offset)}
                chosen={draft.utc_offset.clone()} hint={Some(AttrValue::from(SettingsText::ClockHint.text(locale)))}
                on_choose={editor.change(|draft, word| draft.shop.utc_offset = word)} />
            <div class="field" id="shop-currency">
                <p>{ SettingsText::CurrencyIs { code: editor.currency().as_str().to_owned() }.text(locale) }</p>
                <p class="field-hint">{ SettingsText::CurrencyStays.text(locale) }</p>
            </div>
        </section>
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
