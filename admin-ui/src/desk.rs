//! What every screen may ask without being told: the language, the money, the clock, and who sits here.

use std::rc::Rc;

use domain::locale::Locale;
use domain::media::Picture;
use domain::money::{Currency, Money};
use domain::setup::ShopStatus;
use domain::staff::Staff;
use yew::prelude::*;

use crate::dates::Calendar;

/// The desk behind the screens.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Desk {
    pub(crate) staff: Staff,
    /// Nothing until the shop has answered for the first time.
    pub(crate) status: Option<ShopStatus>,
    pub(crate) locale: Locale,
}

impl Desk {
    /// An amount as the owner reads it.
    pub(crate) fn money(&self, amount: Money) -> String {
        amount.display(self.currency())
    }

    /// The shop's currency.
    pub(crate) fn currency(&self) -> Currency {
        self.status.as_ref().map_or(Currency::Rupiah, |status| status.currency)
    }

    /// The shop's clock, in the reader's language.
    pub(crate) fn calendar(&self) -> Calendar {
        let utc_offset_minutes = self.status.as_ref().map_or(7 * 60, |status| status.utc_offset_minutes);
        Calendar { utc_offset_minutes, locale: self.locale }
    }

    /// Where the window finds a picture in a width, once the shop has answered.
    pub(crate) fn picture(&self, picture: &Picture, width: u32) -> Option<String> {
        let status = self.status.as_ref()?;
        Some(format!("{}{}", status.picture_url, picture.path(width)))
    }
}

/// The desk; only screens inside the shell may ask for it.
#[hook]
pub(crate) fn use_desk() -> Rc<Desk> {
    #[expect(clippy::expect_used, reason = "a screen outside the shell is a mistake in this crate")]
    use_context::<Rc<Desk>>().expect("the shell provides the desk")
}

/// The language of the window.
#[hook]
pub(crate) fn use_locale() -> Locale {
    use_context::<Locale>().unwrap_or(Locale::Indonesian)
}
