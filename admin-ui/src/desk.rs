//! What every screen may ask without being told: the language, the money, the clock, and who sits here; and what
//! several screens show alike, because they cannot use each other.

use std::rc::Rc;

use domain::locale::Locale;
use domain::media::Picture;
use domain::money::{Currency, Money};
use domain::setup::ShopStatus;
use domain::staff::{Permission, Staff};
use yew::prelude::*;

use crate::kit::Calendar;

mod actor;
mod money_to_check;
mod status;
mod texts;
mod thumbnail;

pub(crate) use actor::{actor_name, name_of};
pub(crate) use money_to_check::MoneyToCheck;
pub(crate) use status::{OrderPill, order_look, payment_pill};
pub(crate) use thumbnail::Thumbnail;

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

    /// Whether who sits here may do that.
    pub(crate) fn may(&self, permission: Permission) -> bool {
        self.staff.role.may(permission)
    }

    /// Where the window finds the file that fills a frame of the shop's shape and that width, once the shop has answered.
    pub(crate) fn picture(&self, picture: &Picture, frame: u32) -> Option<String> {
        let status = self.status.as_ref()?;
        Some(format!("{}{}", status.picture_url, picture.filling(frame)))
    }
}

/// The desk; only screens inside the shell may ask for it.
#[hook]
pub(crate) fn use_desk() -> Rc<Desk> {
    #[expect(clippy::expect_used, reason = "a screen outside the shell is a mistake in this crate")]
    use_context::<Rc<Desk>>().expect("the shell provides the desk")
}
