//! The account that sends letters, as text.

use domain::mail::{MailAccount, MailKind, MailSecurity};
use domain::problem::Fields;
use domain::settings::Settings;

use super::checkout::whole;

/// The fields of the page of e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::settings) struct MailDraft {
    pub(in crate::settings) host: String,
    pub(in crate::settings) port: String,
    /// The word of it.
    pub(in crate::settings) security: String,
    pub(in crate::settings) user: String,
    pub(in crate::settings) sender_name: String,
    pub(in crate::settings) sender_address: String,
    pub(in crate::settings) per_minute: String,
    /// News that the owner wants no letters about.
    pub(in crate::settings) off: Vec<MailKind>,
}

impl MailDraft {
    pub(super) fn of(settings: &Settings) -> Self {
        let account = &settings.mail;
        Self {
            host: account.host.clone(),
            port: account.port.to_string(),
            security: account.security.as_str().to_owned(),
            user: account.user.clone(),
            sender_name: account.sender_name.clone(),
            sender_address: account.sender_address.clone(),
            per_minute: account.per_minute.to_string(),
            off: settings.letters_off.clone(),
        }
    }

    /// Puts what stands here into the settings, whose own check judges the rest.
    pub(super) fn read_into(&self, settings: &mut Settings, fields: &mut Fields) {
        let stored = settings.mail.clone();
        settings.letters_off.clone_from(&self.off);
        let port = fields.take("mail.port", whole(&self.port, &MailAccount::PORTS));
        let per_minute = fields.take("mail.per_minute", whole(&self.per_minute, &MailAccount::PER_MINUTE));
        settings.mail = MailAccount {
            host: self.host.trim().to_owned(),
            port: port.unwrap_or(stored.port),
            security: self.security.parse().unwrap_or(stored.security),
            user: self.user.trim().to_owned(),
            sender_name: self.sender_name.trim().to_owned(),
            sender_address: self.sender_address.trim().to_owned(),
            per_minute: per_minute.unwrap_or(stored.per_minute),
        };
    }

    /// Turns the owner's letters of a kind off, or on again.
    pub(in crate::settings) fn turn(&mut self, kind: MailKind) {
        let before = self.off.len();
        self.off.retain(|off| *off != kind);
        if self.off.len() == before {
            self.off.push(kind);
            self.off.sort();
        }
    }

    /// Chooses how the line is secured, and the port that is usual for it where another usual one stood.
    pub(in crate::settings) fn secure(&mut self, word: String) {
        let is_usual = |of: &MailSecurity| of.usual_port().to_string() == self.port.trim();
        if MailSecurity::ALL.iter().any(is_usual)
            && let Ok(security) = word.parse::<MailSecurity>()
        {
            self.port = security.usual_port().to_string();
        }
        self.security = word;
    }
}

#[cfg(test)]
mod tests {
    use domain::locale::Locale;
    use domain::mail::MailKind;
    use domain::money::Currency;
    use domain::settings::Settings;
    use domain::text::ShopName;

    use super::MailDraft;

    #[test]
    fn a_letter_that_is_turned_off_and_on_again_leaves_no_trace() {
        let mut settings = Settings::new(ShopName::parse("Toko").unwrap(), Currency::Rupiah, Locale::Indonesian);
        settings.letters_off = vec![MailKind::NewOrder, MailKind::JobFailed];
        let before = MailDraft::of(&settings);
        let mut draft = before.clone();
        draft.turn(MailKind::LowStock);
        assert_eq!(draft.off, [MailKind::NewOrder, MailKind::LowStock, MailKind::JobFailed]);
        draft.turn(MailKind::NewOrder);
        draft.turn(MailKind::NewOrder);
        draft.turn(MailKind::LowStock);
        assert_eq!(draft, before);
    }

    #[test]
    fn the_usual_port_follows_and_one_of_ones_own_stays() {
        let settings = Settings::new(ShopName::parse("Toko").unwrap(), Currency::Rupiah, Locale::Indonesian);
        let mut draft = MailDraft::of(&settings);
        draft.secure("tls".to_owned());
        assert_eq!(draft.port, "465");
        draft.port = "2525".to_owned();
        draft.secure("starttls".to_owned());
        assert_eq!((draft.port.as_str(), draft.security.as_str()), ("2525", "starttls"));
    }
}
