//! Shoppers with accounts: a guest's cart joins the account's at sign-in, on several devices at once, and is ordered.

use domain::customers::{RegisterCustomer, SignInCustomer};
use domain::locale::Locale;
use domain::memberships::Membership;
use domain::payments::PaymentMethod::CashOnDelivery;
use domain::text::Password;
use rand::RngExt;
use rand::rngs::StdRng;
use services::checkout::Buyer;
use services::customers::accounts;
use services::{carts, checkout, memberships, orders};

use super::world::{Answer, Receipt, World};
use super::{buying, discounts};
use crate::proof;
use crate::shelf;
use crate::stage::Stage;

/// Somebody who can sign in.
pub(crate) struct Account {
    pub(crate) customer: domain::customers::Customer,
    /// The key of the account's cart, as the server knows it.
    cart: String,
}

const ACCOUNTS: usize = 12;
const PASSWORD: &str = "a shopper's password";

/// Makes the accounts.
pub(crate) async fn prepare(stage: &Stage) -> Vec<Account> {
    let mut made = Vec::new();
    for number in 0..ACCOUNTS {
        let wanted = RegisterCustomer {
            name: "Siti Rahma".to_owned(),
            email: format!("akun{number}@example.com"),
            password: Password::typed(PASSWORD),
            locale: Locale::Indonesian,
        };
        let customer = accounts::register(&stage.shop, wanted, None).await.unwrap().customer;
        let cart = accounts::cart_key(&stage.shop, &customer).await.unwrap();
        made.push(Account { customer, cart });
    }
    made
}

/// A guest fills a cart, perhaps goes to the till, and signs in on one device or two.
pub(crate) async fn sign_in(world: &World, rng: &mut StdRng, tag: &str) {
    let account = &world.accounts[rng.random_range(0..world.accounts.len())];
    let Some(guest) = buying::filled(world, rng, tag).await else { return };
    let shop = &world.stage.shop;
    if rng.random_range(0..2) == 0 {
        world.heard("a guest's till", checkout::open(shop, &guest.cart).await.map(drop));
    }
    let enter = async || {
        let asked = SignInCustomer { email: account.customer.email.clone(), password: Password::typed(PASSWORD) };
        world.heard("signing in", accounts::sign_in(shop, asked, Some(&guest.cart)).await.map(drop))
    };
    if rng.random_range(0..3) == 0 {
        tokio::join!(enter(), enter());
    } else {
        enter().await;
    }
    if rng.random_range(0..3) == 0 {
        world.heard("an account's till", checkout::open(shop, &account.cart).await.map(drop));
    }
}

/// An account orders whatever its cart holds by now, again until there is an answer; two tabs sometimes do so at once.
pub(crate) async fn order(world: &World, rng: &mut StdRng, tag: &str) {
    let account = &world.accounts[rng.random_range(0..world.accounts.len())];
    let tag = tag.replacen("buy-", "own-", 1);
    let method = if rng.random_range(0..2) == 0 { buying::some_method(world, rng) } else { CashOnDelivery };
    let mut wanted = shelf::request(&account.customer.email, method);
    wanted.shipping_address.line_2.clone_from(&tag);
    if rng.random_range(0..4) > 0 {
        discounts::one_of_all(rng).clone_into(&mut wanted.voucher_code);
    }
    if rng.random_range(0..3) > 0 {
        let variant = world.variants[rng.random_range(0..world.variants.len())];
        let set = carts::set_line(&world.stage.shop, &account.cart, variant, 1).await;
        world.heard("filling an account's cart", set.map(drop));
    }
    let place = async || {
        world
            .insist("an account's order", || async {
                let buyer = Buyer { cart: &account.cart, account: Some(account.customer.id) };
                let placed = checkout::place(&world.stage.shop, buyer, &tag, wanted.clone()).await;
                match world.heard("an account's order", placed) {
                    Answer::Yes(placed) => Answer::Yes(Receipt {
                        number: placed.number,
                        token: placed.access_token,
                        total: placed.totals.total.get(),
                    }),
                    Answer::No(why) => Answer::No(why),
                    Answer::Silence(why) => Answer::Silence(why),
                }
            })
            .await
    };
    let before = membership(world, account).await;
    let told: Vec<Receipt> = if rng.random_range(0..4) == 0 {
        let (one, other) = tokio::join!(place(), place());
        [one, other].into_iter().flatten().collect()
    } else {
        place().await.into_iter().collect()
    };
    let throughout = membership(world, account).await.filter(|after| before.as_ref() == Some(after));
    for told in told {
        if let Some(member) = &throughout {
            has_the_benefit(world, &told, member).await;
        }
        let mut memory = world.memory.lock().unwrap();
        let first = memory.own.entry(tag.clone()).or_insert_with(|| told.clone()).clone();
        drop(memory);
        if first != told {
            world.violation(format!("{tag} was told of {first:?} and then of {told:?}"));
        }
    }
}

async fn membership(world: &World, account: &Account) -> Option<Membership> {
    let own = memberships::own(&world.stage.shop, &account.customer).await;
    match world.heard("looking at a membership", own) {
        Answer::Yes((present, _)) => present,
        Answer::No(_) | Answer::Silence(_) => None,
    }
}

/// Who was a member before and after an order was one when it was placed.
async fn has_the_benefit(world: &World, told: &Receipt, member: &Membership) {
    let shown = orders::show(&world.stage.shop, &told.number, &told.token).await;
    let Answer::Yes(order) = world.heard("looking at an order", shown) else { return };
    let (got, wanted) = (order.totals.member_percent, member.benefit.percent_off);
    if got != wanted {
        world.violation(format!("{} takes off {got:?} for a member who gets {wanted:?}", told.number));
    }
}

/// An account empties its cart, so that it is not full for ever.
pub(crate) async fn empty(world: &World, rng: &mut StdRng) {
    let account = &world.accounts[rng.random_range(0..world.accounts.len())];
    let shop = &world.stage.shop;
    if rng.random_range(0..2) == 0 {
        world.heard("an account's till", checkout::open(shop, &account.cart).await.map(drop));
    }
    let Answer::Yes(cart) = world.heard("looking at a cart", carts::show(shop, &account.cart).await) else { return };
    for line in cart.lines {
        let set = carts::set_line(shop, &account.cart, line.variant_id, 0).await;
        world.heard("emptying a cart", set.map(drop));
    }
    proof::holds_fit(world).await;
}
