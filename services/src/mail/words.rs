//! Who finds the words of letters. Services know what a letter must tell; whoever speaks HTML writes it.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use domain::customers::CustomerId;
use domain::locale::{Locale, Translated};
use domain::mail::{LetterId, MailKind, OwnWords, Told};
use domain::money::{BasisPoints, Currency, Money};
use domain::orders::OrderDetail;
use domain::settings::Settings;
use domain::staff::StaffId;

use crate::Shop;
use crate::error::Cause;

/// A letter of that kind and language by those settings, of a shop at that address, as if it were that time.
type Sample = fn(MailKind, Locale, &Arc<Settings>, &str, DateTime<Utc>) -> Result<Letter, Cause>;

/// Whoever writes letters.
#[derive(Clone, Copy, Debug)]
pub struct LetterWriter {
    /// Writes a letter.
    pub compose: fn(&Letter) -> Result<Composed, Cause>,
    /// Makes up a letter, about somebody who is nobody.
    pub sample: Sample,
    /// What a letter says where the owner says nothing, with names for what it fills in.
    pub usual: fn(&Letter) -> Result<OwnWords, Cause>,
}

/// A letter's words, in its reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    pub subject: String,
    pub html: String,
    pub text: String,
}

/// What a letter must tell, and to whom.
#[derive(Clone, Debug)]
pub struct Letter {
    pub id: LetterId,
    pub kind: MailKind,
    pub to: String,
    /// What its reader is called.
    pub name: String,
    pub reader: Reader,
    /// Whether its reader said that news of the shop are not wanted, and this is some.
    pub is_unwanted: bool,
    /// The token of the link that it carries, or its code: there while it leaves, and for nobody else to see.
    pub link: Option<String>,
    /// Facts that were kept with it.
    pub told: Option<Told>,
    /// What the owner says in its reader's language.
    pub own: OwnWords,
    /// Where its reader can say that news of the shop are not wanted.
    pub unsubscribe: Option<String>,
    pub locale: Locale,
    pub written_at: DateTime<Utc>,
    pub matter: Matter,
    /// Money that goes back, when it is about that.
    pub refund: Option<LetterMoney>,
    pub settings: Arc<Settings>,
    /// Where the shop is reached, without a slash at the end.
    pub public_url: String,
}

/// What a letter is about.
#[derive(Clone, Debug)]
pub enum Matter {
    /// An order, with the path by which its reader may see it.
    Order { order: Box<OrderDetail>, path: String },
    /// A membership, or the purchase of one.
    Membership {
        plan: Translated,
        percent_off: BasisPoints,
        free_delivery: bool,
        /// Until when, as far as there is a membership.
        ends_at: Option<DateTime<Utc>>,
        /// The number of the purchase and what it cost.
        purchase: Option<(String, LetterMoney)>,
    },
    /// Its reader's account.
    Account,
    /// The shop, as those see it who work there.
    Shop,
}

/// Who reads a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Staff(StaffId),
    Customer(CustomerId),
    /// Whoever has the order's address.
    Guest,
}

/// An amount, and why it moves where that must be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterMoney {
    pub amount: Money,
    pub currency: Currency,
    pub reason: String,
}

/// The one who writes letters, once there is one. Clones share it.
#[derive(Clone, Debug, Default)]
pub(crate) struct LetterWriters(Arc<OnceLock<LetterWriter>>);

impl LetterWriters {
    pub(crate) fn get(&self) -> Option<LetterWriter> {
        self.0.get().copied()
    }
}

impl Shop {
    /// Lets letters be written, and so be sent: until then they wait.
    pub fn set_letter_writer(&self, writer: LetterWriter) {
        // The first one stays; whoever is second brings the same.
        let _ = self.letter_writers.0.set(writer);
    }
}
