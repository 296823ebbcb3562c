//! A visit: what the browser brings along, and what the shop knows of whoever has it. It is read once, in one statement,
//! and handed down to whatever the page is made of.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::carts::{Cart, CartId};
use domain::customers::{Customer, CustomerId};
use domain::locale::Locale;
use domain::pricing::MemberBenefit;
use services::carts::KnownCart;
use services::checkout::Payer;
use services::{Shop, carts, visits};

use crate::failure::Failure;
use crate::session::{SetCookies, Visitor};

/// Who asks for a page.
#[derive(Clone, Debug)]
pub(crate) struct Visit {
    pub(crate) visitor: Visitor,
    /// Who is signed in.
    pub(crate) customer: Option<Customer>,
    /// The account's cart, on whatever device, or the guest's.
    pub(crate) cart: Option<KnownCart>,
    /// What the account's membership gives.
    pub(crate) benefit: Option<MemberBenefit>,
}

impl Visit {
    /// Looks up what the visitor's session and cart are.
    pub(crate) async fn of(shop: &Shop, visitor: Visitor) -> services::Result<Self> {
        let known = visits::of(shop, visitor.session.as_deref(), visitor.guest_cart.as_deref()).await?;
        Ok(Self { visitor, customer: known.customer, cart: known.cart, benefit: known.benefit })
    }

    /// The same visit, to be sent back to that page.
    pub(crate) fn at(mut self, page: impl Into<String>) -> Self {
        self.visitor.here = page.into();
        self
    }

    /// The chosen language, or else the account's, or the browser's wish.
    pub(crate) fn locale(&self) -> Option<Locale> {
        let own = self.customer.as_ref().map(|customer| customer.locale);
        own.filter(|_| !self.visitor.has_chosen_language).or(self.visitor.locale)
    }

    /// Who is signed in.
    pub(crate) fn account(&self) -> Option<CustomerId> {
        self.customer.as_ref().map(|customer| customer.id)
    }

    /// Whose cart pays.
    pub(crate) fn payer(&self) -> Payer {
        Payer { account: self.account(), benefit: self.benefit }
    }

    /// The cart's number, by which the catalogue knows what the visitor holds.
    pub(crate) fn cart_id(&self) -> Option<CartId> {
        self.cart.as_ref().map(|cart| cart.id)
    }

    /// The key of the cart.
    pub(crate) fn cart_key(&self) -> Option<&str> {
        self.cart.as_ref().map(|cart| cart.key.as_str())
    }

    /// The key of a guest's cart; an account's own is nothing to join.
    pub(crate) fn guest_cart(&self) -> Option<&str> {
        self.cart_key().filter(|_| self.customer.is_none())
    }

    /// Reads the cart; who has none has an empty one.
    pub(crate) async fn read_cart(&self, shop: &Shop) -> services::Result<Cart> {
        match &self.cart {
            Some(cart) => carts::read(shop, cart).await,
            None => Ok(Cart::default()),
        }
    }

    /// Remembers a guest's cart. An account's key stays here: its session finds it.
    pub(crate) fn keep_cart(&self, key: &str) -> SetCookies {
        if self.customer.is_some() { SetCookies::default() } else { self.visitor.keep_cart(key) }
    }
}

impl FromRequestParts<Shop> for Visit {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, shop: &Shop) -> Result<Self, Failure> {
        Ok(Self::of(shop, Visitor::unasked(parts, shop)).await?)
    }
}
