//! What the shop says of itself, as text.

use domain::locale::Locale;
use domain::message::Message;
use domain::problem::Fields;
use domain::settings::Settings;

/// The fields of the page of the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::settings) struct ShopDraft {
    pub(in crate::settings) name: String,
    pub(in crate::settings) tagline_id: String,
    pub(in crate::settings) tagline_en: String,
    pub(in crate::settings) about_id: String,
    pub(in crate::settings) about_en: String,
    pub(in crate::settings) email: String,
    pub(in crate::settings) phone: String,
    pub(in crate::settings) whatsapp: String,
    pub(in crate::settings) address: String,
    /// The word of a language.
    pub(in crate::settings) locale: String,
    /// Minutes east of UTC.
    pub(in crate::settings) utc_offset: String,
}

impl ShopDraft {
    pub(super) fn of(settings: &Settings) -> Self {
        let Settings { name, tagline, about, contact, locale, utc_offset_minutes, .. } = settings;
        Self {
            name: name.clone(),
            tagline_id: tagline.id.clone(),
            tagline_en: tagline.en.clone(),
            about_id: about.id.clone(),
            about_en: about.en.clone(),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            whatsapp: contact.whatsapp.clone(),
            address: contact.address.clone(),
            locale: locale.as_str().to_owned(),
            utc_offset: utc_offset_minutes.to_string(),
        }
    }

    /// Puts what stands here into the settings.
    pub(super) fn read_into(&self, settings: &mut Settings, fields: &mut Fields) {
        settings.name = self.name.trim().to_owned();
        settings.tagline.id = self.tagline_id.trim().to_owned();
        settings.tagline.en = self.tagline_en.trim().to_owned();
        settings.about.id = self.about_id.trim().to_owned();
        settings.about.en = self.about_en.trim().to_owned();
        settings.contact.email = self.email.trim().to_owned();
        settings.contact.phone = self.phone.trim().to_owned();
        settings.contact.whatsapp = self.whatsapp.trim().to_owned();
        settings.contact.address = self.address.trim().to_owned();
        let locale = self.locale.parse::<Locale>().map_err(|_| Message::NotAChoice);
        settings.locale = fields.take("locale", locale).unwrap_or(settings.locale);
        let offset = self.utc_offset.parse::<i32>().map_err(|_| Message::NotAChoice);
        settings.utc_offset_minutes = fields.take("utc_offset_minutes", offset).unwrap_or(settings.utc_offset_minutes);
    }
}
