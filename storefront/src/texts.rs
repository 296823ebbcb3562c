//! Everything that the shop's pages say, in both languages: one table per part of a visit.

use domain::locale::Locale;

mod account;
mod after;
mod browse;
mod buy;
mod files;
mod frame;
mod letters;
mod links;
mod membership;
mod more_letters;
mod transfer;

pub(crate) use account::Account;
pub(crate) use after::After;
pub(crate) use browse::Browse;
pub(crate) use buy::Buy;
pub(crate) use files::Files;
pub(crate) use frame::Frame;
pub(crate) use letters::LetterText;
pub(crate) use links::LinkText;
pub(crate) use membership::MembershipText;
pub(crate) use more_letters::{AccountLetter, OwnerLetter};
pub(crate) use transfer::TransferText;

/// A text that has a wording in every language of the shop.
pub(crate) trait Words {
    /// The wording in a language.
    fn words(&self, locale: Locale) -> String;
}

macro_rules! words {
    ($($table:ty),+ $(,)?) => {
        $(impl Words for $table {
            fn words(&self, locale: Locale) -> String {
                self.text(locale)
            }
        })+
    };
}

words!(
    Account,
    After,
    Browse,
    Buy,
    MembershipText,
    Frame,
    LetterText,
    LinkText,
    TransferText,
    domain::message::Message
);
