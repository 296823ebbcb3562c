//! Loading the demo shop into an empty database: an owner, then everything else through services.

use domain::locale::Locale;
use domain::message::Message;
use domain::money::Currency;
use domain::setup::{SetUpShop, StartWith};
use domain::staff::Staff;
use domain::text::Password;
use services::setup;

use crate::house::{House, HouseError};

/// The e-mail address with which the demo shop's owner signs in.
pub const OWNER_EMAIL: &str = "owner@serat-pagi.example";

/// Loads the demo shop unless there is a shop already; gives the owner's password when it was made up just now.
///
/// # Errors
/// [`HouseError::Demo`].
pub async fn load(
    house: &House,
    chosen: Option<Password>,
    progress: impl Fn(u32, u32) + Send + Sync,
) -> Result<Option<Password>, HouseError> {
    let shop = house.shop();
    let state = setup::state(shop).await.map_err(failure)?;
    if state.has_owner {
        return Ok(None);
    }
    house.begin()?;
    let password = chosen.clone().unwrap_or_else(|| Password::typed(random_words()));
    let request = SetUpShop {
        owner_name: "Ratna Wulandari".to_owned(),
        email: OWNER_EMAIL.to_owned(),
        password: password.clone(),
        shop_name: "Serat Pagi".to_owned(),
        currency: Currency::Rupiah,
        locale: Locale::Indonesian,
        start_with: StartWith::Demo,
    };
    let owner = match setup::create_owner(shop, request).await {
        Ok(owner) => owner,
        // Another process on the same database was quicker, and loads it.
        Err(services::Error::Refused(Message::AlreadySetUp)) => {
            house.finish()?;
            return Ok(None);
        }
        Err(error) => return Err(failure(error)),
    };
    fill(house, &owner, progress).await?;
    Ok(chosen.is_none().then_some(password))
}

/// Loads what a demo shop has besides its owner, and notes in the data folder that it is not finished until it is.
///
/// # Errors
/// [`HouseError::Demo`].
pub async fn fill(house: &House, owner: &Staff, progress: impl Fn(u32, u32) + Send + Sync) -> Result<(), HouseError> {
    house.begin()?;
    seed::load(house.shop(), owner, progress).await.map_err(failure)?;
    house.finish()
}

/// Four groups that can be typed from a screen: 80 random bits.
fn random_words() -> String {
    const LETTERS: [char; 32] = [
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y',
        'z', '2', '3', '4', '5', '6', '7', '8', '9', '0',
    ];
    let mut bits = rand::random::<u128>();
    let mut words = Vec::new();
    for _ in 0..4 {
        let mut word = String::new();
        for _ in 0..4 {
            // Five bits always name one of the 32 letters.
            word.extend(LETTERS.get((bits & 31) as usize));
            bits >>= 5;
        }
        words.push(word);
    }
    words.join("-")
}

fn failure(error: services::Error) -> HouseError {
    let problem = crate::report::report(&error);
    HouseError::Demo(problem.message.text(Locale::English))
}

#[cfg(test)]
mod tests {
    use domain::text::Password;

    use super::random_words;

    #[test]
    fn a_made_up_password_can_be_typed_and_is_long_enough() {
        let words = random_words();
        assert_eq!(words.len(), 19);
        assert!(Password::choose(&words).is_ok());
        assert_ne!(words, random_words());
    }
}
