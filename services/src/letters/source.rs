//! What letters are made of: the facts of the shop, and who finds the words for them.

use std::path::Path;
use std::sync::Arc;

use domain::mail::LetterId;
use domain::settings::Settings;
use sqlx::MySqlConnection;

use super::queries;
use crate::customers::news::stop_path;
use crate::error::{Error, Result};
use crate::lead::Fence;
use crate::mail::{Composed, Letter, LetterMoney, LetterWriter, Matter, Reader};
use crate::secrets::SigningKey;
use crate::{Shop, orders, settings};

/// Everything that is needed to write letters, as it was at one moment.
pub(super) struct Source {
    pub(super) settings: Arc<Settings>,
    pub(super) writer: LetterWriter,
    pub(super) public_url: String,
    keys: SigningKey,
    dir: Arc<Path>,
}

impl Source {
    /// Nothing while nobody finds words.
    pub(super) async fn of_shop(shop: &Shop) -> Result<Option<Self>> {
        let Some(writer) = shop.letter_writers.get() else { return Ok(None) };
        Ok(Some(Self {
            settings: settings::get(shop).await?,
            writer,
            public_url: shop.public_url(),
            keys: shop.order_links.clone(),
            dir: shop.letter_dir().into(),
        }))
    }

    /// The same for a job.
    pub(super) async fn of_job(fence: &Fence) -> Result<Option<Self>> {
        let Some(writer) = fence.letter_writer() else { return Ok(None) };
        Ok(Some(Self {
            settings: fence.settings().await?,
            writer,
            public_url: fence.public_url(),
            keys: fence.order_links().clone(),
            dir: fence.letter_dir().into(),
        }))
    }

    /// Where letters are kept.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// What tells a letter from every other one, of this shop and of others; the same at every try.
    pub(super) fn message_id(&self, letter: LetterId, copies: u32) -> String {
        let token = self.keys.token(&format!("letter:{letter}:{copies}"));
        let host =
            self.settings.mail.sender_address.split_once('@').map(|(_, host)| host).filter(|host| host.is_ascii());
        format!("<{letter}.{}@{}>", &token[..24.min(token.len())], host.unwrap_or("etalase.invalid"))
    }

    /// The words of a letter.
    pub(super) fn words_of(&self, letter: &Letter) -> Result<Composed> {
        (self.writer.compose)(letter).map_err(Error::Internal)
    }

    /// What a letter must tell; nothing when it is not there.
    pub(super) async fn letter(&self, conn: &mut MySqlConnection, id: LetterId) -> Result<Option<Letter>> {
        let Some(facts) = queries::facts(conn, id).await? else { return Ok(None) };
        let currency = facts.currency.unwrap_or(self.settings.currency);
        let refund = facts.refund_amount.map(|amount| LetterMoney {
            amount,
            currency,
            reason: facts.refund_reason.unwrap_or_default(),
        });
        let matter = if let Some(order) = facts.order_id {
            let order = Box::new(orders::load(conn, order).await?);
            let path = orders::path_by(&self.keys, &order.number);
            Matter::Order { order, path }
        } else if let Some(plan) = facts.plan {
            let purchase = facts.purchase_number.zip(facts.due_amount).map(|(number, amount)| {
                let money = LetterMoney { amount, currency, reason: String::new() };
                (number, money)
            });
            Matter::Membership {
                plan,
                percent_off: facts.percent_off.unwrap_or_default(),
                free_delivery: facts.free_delivery.unwrap_or_default(),
                ends_at: facts.ends_at,
                purchase,
            }
        } else if facts.customer_id.is_some() {
            Matter::Account
        } else {
            Matter::Shop
        };
        let locale = facts.locale.unwrap_or(self.settings.locale);
        let own = queries::own::words(conn, facts.kind).await?.map(|stored| stored.read()).transpose()?;
        let told = facts.told.as_deref().map(serde_json::from_str).transpose()?;
        let unsubscribe = facts
            .customer_id
            .filter(|_| facts.kind.is_news())
            .map(|reader| format!("{}{}", self.public_url, stop_path(&self.keys, reader)));
        Ok(Some(Letter {
            id,
            reader: match (facts.staff_id, facts.customer_id) {
                (Some(staff), _) => Reader::Staff(staff),
                (None, Some(customer)) => Reader::Customer(customer),
                (None, None) => Reader::Guest,
            },
            is_unwanted: facts.is_unwanted && facts.kind.is_news(),
            link: None,
            told,
            own: own.map(|words| words.of(locale).clone()).unwrap_or_default(),
            unsubscribe,
            kind: facts.kind,
            to: facts.email,
            name: facts.name,
            locale,
            written_at: facts.written_at,
            matter,
            refund,
            settings: Arc::clone(&self.settings),
            public_url: self.public_url.clone(),
        }))
    }
}
