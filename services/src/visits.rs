//! Who comes to a page: whoever is signed in, or else the owner of a guest's cart. It is read once, in one statement.

use domain::customers::Customer;
use domain::pricing::MemberBenefit;

use crate::carts::KnownCart;
use crate::error::Result;
use crate::{Shop, carts, customers};

/// What every page wants to know of whoever asks for it.
#[derive(Clone, Debug, Default)]
pub struct Visit {
    /// Who is signed in.
    pub customer: Option<Customer>,
    /// The account's cart, on whatever device; a guest's own. One whose key is not known is none.
    pub cart: Option<KnownCart>,
    /// What the account's membership gives now.
    pub benefit: Option<MemberBenefit>,
}

/// Whose session and whose cart that is, as far as the shop knows them.
pub async fn of(shop: &Shop, session: Option<&str>, guest_cart: Option<&str>) -> Result<Visit> {
    if let Some(token) = session
        && let Some(known) = customers::accounts::recognise(shop, token).await?
    {
        let account = known.customer.id;
        // One that has put nothing into its cart yet has none: whoever only looks makes nothing.
        let cart = known.cart.map(|(id, units)| KnownCart { key: carts::key_of_account(shop, account), id, units });
        return Ok(Visit { customer: Some(known.customer), cart, benefit: known.benefit });
    }
    let cart = match guest_cart {
        Some(key) => carts::known(shop, key).await?,
        None => None,
    };
    Ok(Visit { cart, ..Visit::default() })
}
