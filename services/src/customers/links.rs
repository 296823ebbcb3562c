//! Links that letters carry to whoever reads what is sent to an address: to a new password, into an account, back to an order.
//!
//! Whoever asks for one is told the same whether anybody is known there, and after the same work: the wish is kept, and a job
//! looks it up. A link is made when its letter leaves, so that only its reader ever has it.

use chrono::TimeDelta;
use domain::customers::{ChangeEmail, Customer, CustomerId, LinkKind, LinkWish, choose};
use domain::events::About;
use domain::mail::{MailKind, Told};
use domain::message::Message;
use domain::text::{self, EmailAddress, Password};
use tracing::instrument;

use super::accounts::{self, Browser, SignedIn};
use super::queries::links::{Link, Wish};
use super::{queries, sessions};
use crate::database::{Work, transact};
use crate::error::{Error, Result};
use crate::lead::Fence;
use crate::mail::{self, Leaving};
use crate::{Shop, buyers, events, orders, passwords, secrets, staff};

/// How many letters of a kind an account is sent in an hour, whoever asks for them.
const MOST_AN_HOUR: u64 = 5;
/// The longest text that is looked at as an order's number.
const LONGEST_NUMBER: usize = 32;

/// Keeps what somebody wants to be sent to an address. The answer tells nothing of who is known there.
#[instrument(skip_all)]
pub async fn ask(shop: &Shop, kind: LinkWish, email: &str, number: &str) -> Result<()> {
    let email = EmailAddress::parse(email).map_err(|message| Error::field("email", message))?.key();
    let number = match kind {
        LinkWish::Order => read_number(number).map_err(|message| Error::field("number", message))?,
        LinkWish::Reset | LinkWish::SignIn | LinkWish::StaffReset => String::new(),
    };
    if !shop.tries.take(&format!("link:{email}")) {
        return Err(Error::TooMany);
    }
    transact!(shop.shopper(), |work| {
        let now = work.now();
        Ok(queries::links::wish(work, kind, &email, &number, now).await?)
    })
}

/// An order's number as it is printed, however it was typed.
fn read_number(typed: &str) -> std::result::Result<String, Message> {
    let number = text::code(typed)?.to_uppercase();
    match number.chars().count() {
        0 => Err(Message::Required),
        count if count > LONGEST_NUMBER => Err(Message::TooLong { most: LONGEST_NUMBER }),
        _ => Ok(number),
    }
}

/// Writes the letters of wishes that somebody is known for, and forgets the others. Returns how many were written.
pub(crate) async fn answer_wishes(fence: &Fence) -> Result<u64> {
    const AT_ONCE: u64 = 100;
    let wishes = queries::links::wishes(&mut *fence.look().await?, AT_ONCE).await?;
    let mut written = 0;
    for wish in &wishes {
        if !fence.goes_on() {
            break;
        }
        let is_written = transact!(fence, |work| {
            // It leaves in the same run, which sends what was there when it began.
            work.move_to(fence.began_at());
            if !queries::links::take_wish(work, wish.id).await? || !answer(work, wish).await? {
                return Ok(false);
            }
            events::record(work, &About::Letters.into()).await?;
            Ok(true)
        })?;
        written += u64::from(is_written);
    }
    Ok(written)
}

async fn answer(work: &mut Work, wish: &Wish) -> Result<bool> {
    let since = work.now() - TimeDelta::hours(1);
    let kind = match wish.kind {
        LinkWish::Reset => MailKind::ResetPassword,
        LinkWish::SignIn => MailKind::SignInLink,
        LinkWish::Order => MailKind::OrderLink,
        LinkWish::StaffReset => MailKind::StaffReset,
    };
    match wish.kind {
        LinkWish::Reset | LinkWish::SignIn => {
            let Some(customer) = queries::accounts::with_email(work, &wish.email).await? else { return Ok(false) };
            if mail::count_since(work, kind, customer, since).await? >= MOST_AN_HOUR {
                return Ok(false);
            }
            Leaving::of(kind, customer).write(work).await
        }
        LinkWish::Order => {
            let Some(order) = orders::of_buyer(work, &wish.number, &wish.email).await? else { return Ok(false) };
            if mail::count_about(work, kind, order, since).await? >= MOST_AN_HOUR {
                return Ok(false);
            }
            Leaving::of(kind, order).write(work).await
        }
        LinkWish::StaffReset => {
            let Ok(email) = EmailAddress::parse(&wish.email) else { return Ok(false) };
            let Some(member) = staff::with_email(work, &email).await? else { return Ok(false) };
            if mail::count_for_staff(work, kind, member, since).await? >= MOST_AN_HOUR {
                return Ok(false);
            }
            Leaving::of(kind, member).write(work).await
        }
    }
}

/// Makes the link of a letter that leaves for that address, and gives its token. Nobody else ever has it.
pub(crate) async fn make(work: &mut Work, kind: LinkKind, customer_id: CustomerId, email: &str) -> Result<String> {
    let (token, now) = (secrets::unguessable()?, work.now());
    let link = Link { customer_id, email: email.to_owned(), kind };
    queries::links::insert(work, &secrets::digest(token.as_bytes()), &link, now).await?;
    Ok(token)
}

/// Whether a link of that kind is good now. Looking uses nothing up.
pub async fn is_good(shop: &Shop, kind: LinkKind, token: &str) -> Result<bool> {
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let found = queries::links::find(&mut conn, &secrets::digest(token.as_bytes()), now).await?;
    Ok(found.is_some_and(|link| link.kind == kind))
}

/// Chooses a new password by a link: every session ends, and a letter tells that it happened.
///
/// `Refused(LinkIsOver)` when the link is not good any more.
#[instrument(skip_all)]
pub async fn reset_password(shop: &Shop, token: &str, new: &Password) -> Result<()> {
    let known = open(shop, LinkKind::Reset, token).await?;
    let new = choose(new, &known.email).map_err(|message| Error::field("password", message))?;
    let hash = passwords::hash(new).await?;
    transact!(shop.shopper(), |work| {
        let now = work.now();
        let id = take(work, LinkKind::Reset, token).await?.customer_id;
        queries::accounts::set_password(work, id, &hash, now).await?;
        queries::accounts::set_verified(work, id, now).await?;
        queries::sessions::end_all(work, id).await?;
        end_all(work, id).await?;
        mail::write(work, MailKind::PasswordChanged, id, None).await?;
        events::record(work, &About::Customer(id).into()).await
    })?;
    accounts::forget_tries(shop, &known.email);
    Ok(())
}

/// Signs in by a link; the guest's cart is joined to the account's. Says, too, whether that was the first proof of the account's
/// address: whoever registered it may have been somebody else, so that their sessions end and their password is nobody's.
///
/// `Refused(LinkIsOver)` when the link is not good any more.
#[instrument(skip_all)]
pub async fn sign_in(shop: &Shop, token: &str, browser: Browser<'_>) -> Result<(SignedIn, bool)> {
    let nobodys = passwords::nobody().await?;
    let (signed_in, is_first_proof) = transact!(shop.shopper(), |work| {
        let now = work.now();
        let id = take(work, LinkKind::SignIn, token).await?.customer_id;
        let is_first_proof = !queries::accounts::is_verified(work, id).await?;
        if is_first_proof {
            queries::accounts::set_password(work, id, &nobodys, now).await?;
            queries::sessions::end_all(work, id).await?;
            end_all(work, id).await?;
            queries::accounts::set_verified(work, id, now).await?;
        }
        let token = sessions::begin(work, id).await?;
        Ok((accounts::enter(work, id, token, Some(browser)).await?, is_first_proof))
    })?;
    accounts::join_cart(shop, &signed_in.customer, browser.guest_cart).await;
    Ok((signed_in, is_first_proof))
}

/// Sends the letter that proves the account's address once more. Nothing is sent for one that is proven.
#[instrument(skip_all, fields(customer.id = %customer.id))]
pub async fn ask_to_verify(shop: &Shop, customer: &Customer) -> Result<()> {
    if !shop.tries.take(&format!("link:{}", customer.email)) {
        return Err(Error::TooMany);
    }
    transact!(shop.shopper(), |work| {
        let since = work.now() - TimeDelta::hours(1);
        let id = customer.id;
        let is_proven = queries::accounts::is_verified(work, id).await?;
        if is_proven || mail::count_since(work, MailKind::VerifyEmail, id, since).await? >= MOST_AN_HOUR {
            return Ok(());
        }
        mail::write(work, MailKind::VerifyEmail, id, None).await?;
        events::record(work, &About::Letters.into()).await
    })
}

/// Sends a letter to the address that an account is to have: only whoever reads it can confirm it. To one that has an account
/// nothing is sent, and nobody is told.
#[instrument(skip_all, fields(customer.id = %customer.id))]
pub async fn ask_for_new_email(shop: &Shop, customer: &Customer, request: ChangeEmail) -> Result<()> {
    let email = EmailAddress::parse(&request.email).map_err(|message| Error::field("new_email", message))?.key();
    if email == customer.email {
        return Err(Error::field("new_email", Message::SameEmail));
    }
    accounts::prove(shop, customer, request.password, "email_password").await?;
    transact!(shop.shopper(), |work| {
        let since = work.now() - TimeDelta::hours(1);
        let kind = MailKind::ConfirmNewEmail;
        if queries::accounts::with_email(work, &email).await?.is_some()
            || mail::count_since(work, kind, customer.id, since).await? >= MOST_AN_HOUR
        {
            return Ok(());
        }
        Leaving::of(kind, customer.id).to(&email).write(work).await?;
        events::record(work, &About::Letters.into()).await
    })
}

/// What came of a confirmation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Confirmed {
    /// The account's address is proven.
    Proven,
    /// The account has that address from now on.
    Changed,
}

/// Confirms that an address is its account's, or gives the account that address; the former one is told.
///
/// `Refused(LinkIsOver)` when the link is not good any more, `Refused(AlreadyTaken)` when another account has the address.
#[instrument(skip_all)]
pub async fn confirm(shop: &Shop, token: &str) -> Result<Confirmed> {
    transact!(shop.shopper(), |work| {
        let now = work.now();
        let link = take(work, LinkKind::Confirm, token).await?;
        let id = link.customer_id;
        let present = queries::accounts::by_id(work, id).await?.ok_or(Error::Refused(Message::LinkIsOver))?;
        let outcome = if present.email == link.email {
            Confirmed::Proven
        } else {
            if queries::accounts::with_email(work, &link.email).await?.is_some() {
                return Err(Error::Refused(Message::AlreadyTaken));
            }
            queries::accounts::move_email(work, id, &present.email, &link.email).await?;
            end_all(work, id).await?;
            let told = Told::NewEmail { email: link.email.clone() };
            Leaving::of(MailKind::EmailChanged, id).to(&present.email).telling(&told).write(work).await?;
            Confirmed::Changed
        };
        queries::accounts::set_verified(work, id, now).await?;
        events::record(work, &About::Customer(id).into()).await?;
        Ok(outcome)
    })
}

/// Ends every link of an account: also one to another address, which somebody else may have asked for.
async fn end_all(work: &mut Work, id: CustomerId) -> Result<()> {
    for kind in [LinkKind::Reset, LinkKind::SignIn, LinkKind::Confirm] {
        queries::links::end(work, id, kind).await?;
    }
    Ok(())
}

/// The link, and nothing is used up.
async fn open(shop: &Shop, kind: LinkKind, token: &str) -> Result<Link> {
    let mut conn = shop.db.acquire().await?;
    let now = shop.clock.now(&mut conn).await?;
    let found = queries::links::find(&mut conn, &secrets::digest(token.as_bytes()), now).await?;
    found.filter(|link| link.kind == kind).ok_or(Error::Refused(Message::LinkIsOver))
}

/// Uses the link up, under its customer's lock.
async fn take(work: &mut Work, kind: LinkKind, token: &str) -> Result<Link> {
    let (now, hash) = (work.now(), secrets::digest(token.as_bytes()));
    let over = || Error::Refused(Message::LinkIsOver);
    let link = queries::links::find(work, &hash, now).await?.filter(|link| link.kind == kind).ok_or_else(over)?;
    buyers::lock(work, link.customer_id).await?;
    if queries::links::take(work, &hash).await? { Ok(link) } else { Err(over()) }
}
