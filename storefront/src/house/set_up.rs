//! Setting up a shop from the command line, where there is no window that asks for the same.

use std::io::IsTerminal;

use domain::locale::Locale;
use domain::money::Currency;
use domain::setup::{SetUpShop, StartWith};
use domain::text::Password;
use services::{Error, setup};

use crate::config::{HouseArgs, Secret};
use crate::house::{House, HouseError};

/// A new shop and its owner.
#[derive(Clone, Debug, clap::Args)]
pub struct SetUpArgs {
    #[command(flatten)]
    pub house: HouseArgs,

    /// The name of the shop, as it stands on every page.
    #[arg(long, value_name = "NAME")]
    pub shop_name: String,

    /// Who owns the shop.
    #[arg(long, value_name = "NAME")]
    pub owner_name: String,

    /// The e-mail address with which the owner signs in.
    #[arg(long, value_name = "EMAIL")]
    pub owner_email: String,

    /// The owner's password, at least ten characters. Without it you are asked; prefer that, or the variable.
    #[arg(long, value_name = "PASSWORD", env = "ETALASE_OWNER_PASSWORD", hide_env_values = true)]
    pub owner_password: Option<Secret>,

    /// The currency of every price: IDR, MYR, SGD or USD. It cannot be changed later.
    #[arg(long, value_name = "CODE", default_value = "IDR")]
    pub currency: Currency,

    /// The language of the shop and of the owner: id or en.
    #[arg(long, value_name = "CODE", default_value = "id")]
    pub language: Locale,
}

/// Sets the shop up, once, and closes it again.
///
/// # Errors
/// One of [`HouseError`]; the shop is as it was then.
pub async fn run(args: SetUpArgs) -> Result<(), HouseError> {
    let request = SetUpShop {
        owner_name: args.owner_name,
        email: args.owner_email,
        password: password(args.owner_password)?,
        shop_name: args.shop_name,
        currency: args.currency,
        locale: args.language,
        start_with: StartWith::Empty,
    };
    request.read().map_err(|problems| sentence(&Error::Invalid(problems)))?;
    let mut config = args.house.read()?;
    // Nobody is served, so no port is needed, and another process may have it.
    config.listen.set_port(0);
    let house = House::open(&config).await?;
    let done = setup::create_owner(house.shop(), request).await;
    house.stop().await;
    done.map(drop).map_err(|error| sentence(&error))
}

/// What a shop that nobody has set up needs.
pub fn hint(config: &crate::config::Config) -> String {
    format!(
        "this shop is not set up yet, and visitors are told so. Stop this program, run\n  storefront set-up --data-dir '{}' \
         --shop-name NAME --owner-name NAME --owner-email EMAIL\nand start it again; or open the folder with the desktop",
        config.data_dir.display()
    )
}

fn password(given: Option<Secret>) -> Result<Password, HouseError> {
    if let Some(given) = given.filter(|given| !given.reveal().is_empty()) {
        return Ok(Password::typed(given.reveal().to_owned()));
    }
    if !std::io::stdin().is_terminal() {
        let missing = "nobody is there to type the owner's password; give it in ETALASE_OWNER_PASSWORD";
        return Err(HouseError::SetUp(missing.to_owned()));
    }
    let typed = rpassword::prompt_password("The owner's password: ");
    typed.map(Password::typed).map_err(|error| HouseError::SetUp(format!("the password cannot be read ({error})")))
}

/// One sentence, with the flag that each wrong field came from.
fn sentence(error: &Error) -> HouseError {
    let flag = |field: &str| match field {
        "email" => "--owner-email",
        "owner_name" => "--owner-name",
        "password" => "the owner's password",
        "shop_name" => "--shop-name",
        _ => "--currency",
    };
    let fields = error.fields().iter();
    let wrong: Vec<_> = fields.map(|it| format!("{}: {}", flag(&it.field), it.message.text(Locale::English))).collect();
    HouseError::SetUp(if wrong.is_empty() { error.message().text(Locale::English) } else { wrong.join(" ") })
}
