//! The first run: who owns the shop, and what it is called.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::message::Message;
use crate::money::Currency;
use crate::problem::{FieldProblem, Fields};
use crate::text::{EmailAddress, Password, PersonName, ShopName};
use crate::text_enum::text_enum;

text_enum! {
    /// What a new shop starts with.
    pub enum StartWith {
        Empty = "empty",
        Demo = "demo",
    }
}

/// The name under which the window hears that somebody wants to close it, while it holds something that is not saved.
pub const CLOSE_WANTED: &str = "close-wanted";

/// Tells whether the window holds something that is not saved: then it is asked before it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoteUnsaved {
    pub unsaved: bool,
}

/// Asks to close the window for good, whatever it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloseWindow {}

/// Asks to be told when the shop behind the window is open: the answer comes when it is, or when it cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwaitOpening {}

/// How opening the shop behind the window ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Opening {
    Open {
        /// The account of a demo shop that was made at this start, until somebody has signed in.
        demo_account: Option<DemoAccount>,
    },
    /// One sentence, in English as on the console: what is wrong, and what to do.
    Failed { sentence: String },
}

/// The owner of a demo shop whose password was made up: it is shown at its first start, and never again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoAccount {
    pub email: String,
    pub password: Password,
}

/// Asks how far set-up is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetSetup {}

/// How far set-up is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupState {
    pub has_owner: bool,
    /// The shop's name, once it has one.
    pub shop_name: Option<String>,
    /// The shop's language, once it has one.
    pub locale: Option<Locale>,
    /// Whether the shop already has products, so that "empty or demo" need not be asked.
    pub has_products: bool,
    /// What the demo shop is working on now, while it is being loaded.
    pub loading: Option<LoadingStep>,
}

/// How far the demo shop's loading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LoadingStep {
    pub done: u32,
    pub of: u32,
}

/// Asks to set the shop up: works once, while there is no owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetUpShop {
    pub owner_name: String,
    pub email: String,
    pub password: Password,
    pub shop_name: String,
    pub currency: Currency,
    pub locale: Locale,
    pub start_with: StartWith,
}

/// [`SetUpShop`], read.
#[derive(Clone, Debug)]
pub struct ReadySetup {
    pub owner_name: PersonName,
    pub email: EmailAddress,
    pub password: Password,
    pub shop_name: ShopName,
    pub currency: Currency,
    pub locale: Locale,
    pub start_with: StartWith,
}

impl SetUpShop {
    /// Reads what was typed, or says all that is wrong with it.
    pub fn read(&self) -> Result<ReadySetup, Vec<FieldProblem>> {
        let mut fields = Fields::default();
        let owner_name = fields.take("owner_name", PersonName::parse(&self.owner_name));
        let email = fields.take("email", EmailAddress::parse(&self.email));
        let password = fields.take("password", Password::choose(self.password.reveal()));
        let shop_name = fields.take("shop_name", ShopName::parse(&self.shop_name));
        // The demo shop's prices are rupiah.
        let currency = match (self.start_with, self.currency) {
            (StartWith::Demo, Currency::Ringgit | Currency::SingaporeDollar | Currency::Dollar) => {
                fields.take("currency", Err(Message::NotAChoice))
            }
            (StartWith::Demo | StartWith::Empty, currency) => Some(currency),
        };
        match (owner_name, email, password, shop_name, currency) {
            (Some(owner_name), Some(email), Some(password), Some(shop_name), Some(currency)) => Ok(ReadySetup {
                owner_name,
                email,
                password,
                shop_name,
                currency,
                locale: self.locale,
                start_with: self.start_with,
            }),
            _ => Err(fields.into_problems()),
        }
    }
}

/// Asks for the state of the whole shop, for the desk's head and foot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GetShopStatus {}

/// The state of the whole shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShopStatus {
    pub shop_name: String,
    pub currency: Currency,
    pub utc_offset_minutes: i32,
    /// Where shoppers reach it.
    pub storefront_url: String,
    /// Where the window gets the pictures of the goods.
    pub picture_url: String,
    pub is_database_up: bool,
    pub is_demo: bool,
    /// The program's version.
    pub version: String,
}

/// Asks to open the shop in the owner's browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenStorefront {}
