//! Accounts: registering, signing in, and what is an account's own.
//!
//! Every answer about a session starts from its token; an id alone proves nothing.

use domain::carts::CartId;
use domain::customers::{
    ChangePassword, Customer, CustomerId, LinkKind, OwnOrders, RegisterCustomer, SignInCustomer, choose,
};
use domain::events::About;
use domain::locale::Locale;
use domain::mail::MailKind;
use domain::message::Message;
use domain::page::PageNumber;
use domain::pricing::MemberBenefit;
use domain::problem::Fields;
use domain::shipping::AddressForm;
use domain::text::{self, EmailAddress, Password, PersonName};
use sqlx::MySqlConnection;
use tracing::instrument;

use super::{queries, sessions};
use crate::buyers;
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::{Shop, carts, database, events, mail, orders, passwords, vouchers};

/// A fresh session.
#[derive(Debug)]
pub struct SignedIn {
    /// For the browser to bring back; only its hash is kept.
    pub token: String,
    /// By which the account knows this browser again, also without a session.
    pub browser: String,
    pub customer: Customer,
}

/// What a browser brings along that signs in.
#[derive(Clone, Copy, Debug, Default)]
pub struct Browser<'a> {
    pub guest_cart: Option<&'a str>,
    /// By which the account may know it.
    pub known: Option<&'a str>,
}

/// Whose session it is.
pub(crate) struct Recognised {
    pub(crate) customer: Customer,
    /// The account's cart and its units; none before its first visit.
    pub(crate) cart: Option<(CartId, u32)>,
    /// What its membership gives now.
    pub(crate) benefit: Option<MemberBenefit>,
}

/// Makes an account and signs in to it; the guest's cart becomes the account's.
///
/// `Invalid` names every wrong field; an e-mail that has an account is one of them. Orders that were placed as a guest
/// with the same e-mail stay the guest's: see [`claim_order`].
#[instrument(skip_all)]
pub async fn register(shop: &Shop, request: RegisterCustomer, guest_cart: Option<&str>) -> Result<SignedIn> {
    let ready = request.read().map_err(Error::Invalid)?;
    let hash = passwords::hash(ready.password.clone()).await?;

    let signed_in = transact!(shop.shopper(), |work| {
        let taken = || Error::field("email", Message::AlreadyTaken);
        let email = ready.email.key();
        let now = work.now();
        if queries::accounts::with_email(work, &email).await?.is_some() {
            return Err(taken());
        }

        let customer = queries::accounts::begin_anew(work, &email, ready.name.as_str(), now).await?;
        match queries::accounts::insert(work, customer, &hash, request.locale, now).await {
            Err(error) if database::is_duplicate_of(&error, "PRIMARY") => return Err(taken()),
            outcome => outcome?,
        }

        vouchers::welcome(work, customer).await?;
        mail::write(work, MailKind::VerifyEmail, customer, None).await?;
        events::record(work, &About::Customer(customer).into()).await?;
        let token = sessions::begin(work, customer).await?;
        enter(work, customer, token, None).await
    })?;
    join_cart(shop, &signed_in.customer, guest_cart).await;
    Ok(signed_in)
}

/// Signs in by a browser that the account does not know.
pub async fn sign_in(shop: &Shop, request: SignInCustomer, guest_cart: Option<&str>) -> Result<SignedIn> {
    sign_in_from(shop, request, Browser { guest_cart, known: None }).await
}

/// Signs in; an unknown e-mail and a wrong password look the same, also in time. The guest's cart is joined to the
/// account's, and a letter tells of a browser that the account does not know.
#[instrument(skip_all)]
pub async fn sign_in_from(shop: &Shop, request: SignInCustomer, browser: Browser<'_>) -> Result<SignedIn> {
    let wrong = || Error::SignedOut(Message::WrongCredentials);
    let email = EmailAddress::parse(&request.email).map_err(|_| wrong())?.key();
    let known = queries::accounts::credentials(&mut *shop.db.acquire().await?, &email).await?;
    if !shop.tries.take(&tried(&email)) {
        return Err(Error::TooMany);
    }
    let (found, hash) = match known {
        Some(known) => (Some(known.customer_id), known.password_hash),
        None => (None, passwords::nobody().await?),
    };
    let is_right = passwords::verify(request.password.clone(), hash.clone()).await?;
    let id = found.filter(|_| is_right).ok_or_else(wrong)?;
    shop.tries.forget(&tried(&email));
    let renewed = passwords::renewed(request.password, &hash).await?;

    let signed_in = transact!(shop.shopper(), |work| {
        lock_unchanged(work, id, &hash).await?;
        if let Some(renewed) = &renewed {
            queries::accounts::renew_hash(work, id, renewed).await?;
        }
        let token = sessions::begin(work, id).await?;
        enter(work, id, token, Some(browser)).await
    })?;
    join_cart(shop, &signed_in.customer, browser.guest_cart).await;
    Ok(signed_in)
}

/// Who has the session's token, if it is alive.
pub async fn who(shop: &Shop, token: &str) -> Result<Option<Customer>> {
    Ok(sessions::find(shop, token).await?.map(|(found, _)| found.customer))
}

/// The same with the account's cart and what its membership gives: all of it in the one statement.
pub(crate) async fn recognise(shop: &Shop, token: &str) -> Result<Option<Recognised>> {
    let Some((found, now)) = sessions::find(shop, token).await? else { return Ok(None) };
    let benefit = found.membership.filter(|(_, ends_at)| *ends_at > now).map(|(benefit, _)| benefit);
    Ok(Some(Recognised { customer: found.customer, cart: found.cart, benefit }))
}

/// Ends the session; one that has ended is left alone.
pub async fn sign_out(shop: &Shop, token: &str) -> Result<()> {
    transact!(shop.shopper(), |work| { sessions::end(work, token).await })
}

/// Changes the password and ends every session; the answer is a new one for who changed it.
#[instrument(skip_all, fields(customer.id = %customer.id))]
pub async fn change_password(shop: &Shop, customer: &Customer, request: ChangePassword) -> Result<SignedIn> {
    let new = choose(&request.new, &customer.email).map_err(|message| Error::field("new", message))?;
    let verified = prove(shop, customer, request.current, "current").await?;
    let hash = passwords::hash(new).await?;

    transact!(shop.shopper(), |work| {
        let (id, now) = (customer.id, work.now());
        lock_unchanged(work, id, &verified).await?;
        queries::accounts::set_password(work, id, &hash, now).await?;
        queries::sessions::end_all(work, id).await?;
        queries::links::end(work, id, LinkKind::Reset).await?;
        queries::links::end(work, id, LinkKind::SignIn).await?;
        mail::write(work, MailKind::PasswordChanged, id, None).await?;
        events::record(work, &About::Letters.into()).await?;
        let token = sessions::begin(work, id).await?;
        enter(work, id, token, None).await
    })
}

/// Makes sure that whoever is signed in knows the password, and gives the hash that it was compared with.
pub(super) async fn prove(shop: &Shop, customer: &Customer, typed: Password, field: &str) -> Result<String> {
    let known = queries::accounts::credentials(&mut *shop.db.acquire().await?, &customer.email).await?;
    let known = known.ok_or(Error::SignedOut(Message::SignInFirst))?;
    if !shop.tries.take(&tried(&customer.email)) {
        return Err(Error::TooMany);
    }
    if !passwords::verify(typed, known.password_hash.clone()).await? {
        return Err(Error::field(field, Message::WrongPassword));
    }
    shop.tries.forget(&tried(&customer.email));
    Ok(known.password_hash)
}

/// Changes the name, the language and where parcels go.
#[instrument(skip_all, fields(customer.id = %customer.id))]
pub async fn save_profile(shop: &Shop, customer: &Customer, address: &AddressForm, locale: Locale) -> Result<Customer> {
    let name = PersonName::parse(&address.name).map_err(|message| Error::field("name", message))?;
    let mut fields = Fields::default();
    let read = match (address.is_placeless(), text::is_empty(&address.phone)) {
        (true, true) => Some(None),
        (true, false) => address.read_contact("", &mut fields).map(Some),
        (false, _) => address.read("", &mut fields).map(Some),
    };
    let address = read.ok_or_else(|| Error::Invalid(fields.into_problems()))?;

    transact!(shop.shopper(), |work| {
        queries::accounts::set_profile(work, customer.id, name.as_str(), address.as_ref()).await?;
        queries::accounts::set_locale(work, customer.id, locale).await?;
        events::record(work, &About::Customer(customer.id).into()).await?;
        let saved = queries::accounts::by_id(work, customer.id).await?;
        saved.ok_or(Error::SignedOut(Message::SignInFirst))
    })
}

/// A page of the account's orders, newest first.
pub async fn my_orders(shop: &Shop, customer: &Customer, page: PageNumber) -> Result<OwnOrders> {
    orders::owned_by(shop, customer.id, page).await
}

/// Makes a guest's order the account's, by the order's signed link; no e-mail and no number is enough. An account
/// without an address learns the order's.
///
/// `Refused(OrderOfAnother)` when another account has it.
#[instrument(skip_all, fields(customer.id = %customer.id))]
pub async fn claim_order(shop: &Shop, customer: &Customer, number: &str, link_token: &str) -> Result<()> {
    orders::claim(shop, customer.id, number, link_token).await?;
    let order = orders::show(shop, number, link_token).await?;
    transact!(shop.shopper(), |work| { buyers::learn_address(work, customer.id, &order.address).await })
}

/// Whose account the order behind the link is kept in, if it is in any.
pub async fn keeper(shop: &Shop, number: &str, link_token: &str) -> Result<Option<CustomerId>> {
    orders::keeper(shop, number, link_token).await
}

/// The key of the account's cart, which is made when there is none.
pub async fn cart_key(shop: &Shop, customer: &Customer) -> Result<String> {
    carts::of_account(shop, customer.id).await
}

async fn lock_unchanged(conn: &mut MySqlConnection, id: CustomerId, verified: &str) -> Result<()> {
    buyers::lock(conn, id).await?;
    let present = queries::accounts::password(conn, id).await?;
    if present.as_deref() == Some(verified) { Ok(()) } else { Err(Error::SignedOut(Message::WrongCredentials)) }
}

/// What a browser gets that has a new session; a letter tells of one that asked to come in and that the account does not know.
pub(super) async fn enter(
    work: &mut Work,
    id: CustomerId,
    token: String,
    asks: Option<Browser<'_>>,
) -> Result<SignedIn> {
    let subject = format!("browser:{id}");
    let keys = work.shop().order_links.clone();
    if asks.is_some_and(|browser| !browser.known.is_some_and(|known| keys.proves(&subject, known))) {
        mail::write(work, MailKind::NewSignIn, id, None).await?;
        events::record(work, &About::Letters.into()).await?;
    }
    Ok(SignedIn { token, browser: keys.token(&subject), customer: account(work, id).await? })
}

/// Wrong passwords of before count no more, once there is a new one.
pub(super) fn forget_tries(shop: &Shop, email: &str) {
    shop.tries.forget(&tried(email));
}

async fn account(conn: &mut MySqlConnection, id: CustomerId) -> Result<Customer> {
    let found = queries::accounts::by_id(conn, id).await?;
    found.ok_or_else(|| Error::internal("an account vanished inside its own transaction"))
}

/// Whoever is signed in stays so when the carts cannot be joined now: the next sign-in tries again.
pub(super) async fn join_cart(shop: &Shop, customer: &Customer, guest_cart: Option<&str>) {
    let Some(key) = guest_cart else { return };
    if let Err(error) = carts::join(shop, key, customer.id).await {
        tracing::error!(%error, cause = ?std::error::Error::source(&error), "a guest's cart could not be joined");
    }
}

/// Staff and shoppers of one e-mail do not count each other's wrong passwords.
fn tried(email: &str) -> String {
    format!("account:{email}")
}
