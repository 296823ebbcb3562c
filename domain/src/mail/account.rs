//! The account from which the shop's letters leave: a server, and who is named as their sender. Its password is a secret and
//! stands elsewhere.

use std::net::IpAddr;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::message::Message;
use crate::problem::FieldProblem;
use crate::text::{self, EmailAddress};
use crate::text_enum::text_enum;

text_enum! {
    /// How nobody on the way reads what is said to the server.
    pub enum MailSecurity {
        /// The conversation begins in the clear and is encrypted before anything is told.
        StartTls = "starttls",
        /// It is encrypted from its first byte.
        Tls = "tls",
        /// Not at all: for a server on this computer.
        Nothing = "none",
    }
}

impl MailSecurity {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::StartTls, _) => "STARTTLS",
            (Self::Tls, _) => "TLS",
            (Self::Nothing, Locale::Indonesian) => "Tanpa enkripsi",
            (Self::Nothing, Locale::English) => "No encryption",
        }
    }

    /// The port at which servers usually speak so.
    pub const fn usual_port(self) -> u16 {
        match self {
            Self::StartTls => 587,
            Self::Tls => 465,
            Self::Nothing => 25,
        }
    }
}

/// Where letters are handed over. Without a host they are kept as files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailAccount {
    pub host: String,
    pub port: u32,
    pub security: MailSecurity,
    /// Empty for a server that asks nobody who they are.
    pub user: String,
    /// The shop's name when it is empty.
    pub sender_name: String,
    pub sender_address: String,
    /// The most letters a minute, as many as the provider allows.
    pub per_minute: u32,
}

impl Default for MailAccount {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: u32::from(MailSecurity::StartTls.usual_port()),
            security: MailSecurity::StartTls,
            user: String::new(),
            sender_name: String::new(),
            sender_address: String::new(),
            per_minute: 30,
        }
    }
}

impl MailAccount {
    pub const PORTS: RangeInclusive<u32> = 1..=65_535;
    pub const PER_MINUTE: RangeInclusive<u32> = 1..=600;
    /// The most characters of a host or a user.
    pub const MOST: usize = 253;
    pub const MOST_NAME: usize = 80;

    /// Whether letters are sent at all.
    pub const fn sends(&self) -> bool {
        !self.host.is_empty()
    }

    /// Refuses what nothing could be sent by.
    pub(crate) fn check(&self, problems: &mut Vec<FieldProblem>) {
        let mut refuse = |field: &str, message| problems.push(FieldProblem::new(format!("mail.{field}"), message));
        if let Err(message) = host(&self.host) {
            refuse("host", message);
        }
        for (field, number, bounds) in
            [("port", self.port, Self::PORTS), ("per_minute", self.per_minute, Self::PER_MINUTE)]
        {
            if !bounds.contains(&number) {
                let (least, most) = bounds.into_inner();
                refuse(field, Message::NotWithin { least, most });
            }
        }
        for (field, words, most) in
            [("user", &self.user, Self::MOST), ("sender_name", &self.sender_name, Self::MOST_NAME)]
        {
            if let Err(message) = text::line_up_to(words, most) {
                refuse(field, message);
            }
        }
        let is_sending = !text::is_empty(&self.host);
        match EmailAddress::optional(&self.sender_address) {
            Err(message) => refuse("sender_address", message),
            Ok(None) if is_sending => refuse("sender_address", Message::Required),
            Ok(_) => {}
        }
        if is_sending && self.security == MailSecurity::Nothing && !is_loopback(self.host.trim()) {
            refuse("security", Message::OnlyOnThisComputer);
        }
    }

    /// As it is kept.
    pub(crate) fn tidy(&mut self) -> Result<(), Message> {
        self.host = host(&self.host)?;
        self.user = text::line_up_to(&self.user, Self::MOST)?;
        self.sender_name = text::line_up_to(&self.sender_name, Self::MOST_NAME)?;
        self.sender_address = EmailAddress::optional(&self.sender_address)?.map(String::from).unwrap_or_default();
        Ok(())
    }
}

/// The name or the address of a server, or nothing.
fn host(typed: &str) -> Result<String, Message> {
    let host = text::line_up_to(typed, MailAccount::MOST)?.to_lowercase();
    let is_name = host
        .split('.')
        .all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
    if host.is_empty() || is_name || host.parse::<IpAddr>().is_ok() { Ok(host) } else { Err(Message::NotAHost) }
}

fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{MailAccount, MailSecurity};
    use crate::message::Message;

    fn refused(account: &MailAccount) -> Vec<(String, Message)> {
        let mut problems = Vec::new();
        account.check(&mut problems);
        problems.into_iter().map(|problem| (problem.field, problem.message)).collect()
    }

    #[test]
    fn a_shop_needs_no_account_and_an_account_needs_a_sender() {
        let mut account = MailAccount::default();
        assert_eq!(refused(&account), []);
        account.host = "smtp.example.com".to_owned();
        assert_eq!(refused(&account), [("mail.sender_address".to_owned(), Message::Required)]);
        account.sender_address = "toko@example.com".to_owned();
        assert_eq!(refused(&account), []);
    }

    #[test]
    fn nothing_crosses_the_network_in_the_clear() {
        let mut account = MailAccount {
            security: MailSecurity::Nothing,
            sender_address: "toko@example.com".to_owned(),
            ..MailAccount::default()
        };
        for host in ["localhost", "127.0.0.1", "127.8.0.1", "::1"] {
            host.clone_into(&mut account.host);
            assert_eq!(refused(&account), [], "{host}");
        }
        for host in ["smtp.example.com", "10.0.0.5", "localhost.example", "127.0.0.1.example"] {
            host.clone_into(&mut account.host);
            assert_eq!(refused(&account), [("mail.security".to_owned(), Message::OnlyOnThisComputer)], "{host}");
        }
    }

    #[test]
    fn a_host_is_a_name_or_an_address_and_nothing_more() {
        for host in ["smtp://mail.example", "mail.example:587", "a b", "mail..example", "user@mail.example"] {
            let account = MailAccount {
                host: host.to_owned(),
                sender_address: "toko@example.com".to_owned(),
                ..MailAccount::default()
            };
            assert_eq!(refused(&account), [("mail.host".to_owned(), Message::NotAHost)], "{host}");
        }
        let mut account = MailAccount { host: " SMTP.Example.com ".to_owned(), ..MailAccount::default() };
        account.tidy().unwrap();
        assert_eq!(account.host, "smtp.example.com");
    }
}
