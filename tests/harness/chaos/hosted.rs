//! Buyers at the pages of payment services: they open them, pay at once, late or twice, give up, and the service may be mistaken.

use domain::payments::PaymentMethod;
use rand::RngExt;
use rand::rngs::StdRng;
use services::{Error, payments};

use super::telling;
use super::world::{Answer, Placed, World};
use crate::simulators::{Said, Simulator, Standing};
use crate::stage::Server;

/// What every form of a visitor carries, as its cookie says.
const FORM_TOKEN: &str = "a-form-token-of-the-harness-which-is-long-enough";

/// The service that carries an order's method, if one does.
pub(super) fn service_of<'a>(world: &'a World, order: &Placed) -> Option<&'a Simulator> {
    let method: PaymentMethod = order.purchase.request["payment_method"].as_str()?.parse().ok()?;
    world.services.of(method)
}

/// The buyer pays, mostly at once. Some only look and come back later, and some have two pages open. False when there is no page.
pub(super) async fn pay(world: &World, rng: &mut StdRng, service: &Simulator, order: &Placed) -> bool {
    let (one, other) = (world.route(rng), world.route(rng));
    let pages = if rng.random_range(0..5) == 0 {
        let (one, other) = tokio::join!(page_of(world, one, order), page_of(world, other, order));
        [one, other]
    } else {
        [page_of(world, one, order).await, None]
    };
    let pages: Vec<String> = pages.into_iter().flatten().collect();
    if rng.random_range(0..6) > 0 {
        for page in &pages {
            service.visit(page).await;
        }
        telling::some(world, rng).await;
    }
    !pages.is_empty()
}

/// Somebody pays on a page that was opened a while ago; its order may be paid, called off or out of time.
pub(crate) async fn pay_old_page(world: &World, rng: &mut StdRng) {
    let page = {
        let memory = world.memory.lock().unwrap();
        let among = memory.pages.len();
        if among == 0 {
            return;
        }
        memory.pages[rng.random_range(0..among)].clone()
    };
    if let Some(service) = world.services.serving(&page) {
        service.visit(&page).await;
        telling::some(world, rng).await;
    }
}

/// The buyer does not pay after all: the page runs out, a try fails, or a way to pay is chosen and left alone.
pub(super) async fn give_up(world: &World, rng: &mut StdRng, service: &Simulator, order: &Placed) {
    let way = world.route(rng);
    let Some(page) = page_of(world, way, order).await else { return };
    match rng.random_range(0..3) {
        0 => {
            service.bring_about(&page, |payment| {
                payment.is_chosen = true;
                payment.standing = Standing::Expired;
            });
            telling::some(world, rng).await;
            // The buyer tries once more, mostly before the shop has heard.
            page_of(world, way, order).await;
        }
        1 => {
            let mut reference = None;
            service.bring_about(&page, |payment| reference = Some(payment.reference.clone()));
            if let Some(reference) = reference {
                let number = usize::try_from(rng.random::<u32>()).unwrap();
                let failed = service.says(&reference, Said::Failed, number);
                service.desk.book().notices.push_back(failed);
            }
        }
        _ => service.bring_about(&page, |payment| payment.is_chosen = true),
    }
    telling::some(world, rng).await;
}

/// The service takes another amount than was asked for, or another currency.
pub(super) async fn mistake(world: &World, rng: &mut StdRng, service: &Simulator, order: &Placed) {
    let Some(page) = page_of(world, world.route(rng), order).await else { return };
    let is_currency = rng.random_range(0..2) == 0;
    service.bring_about(&page, |payment| {
        payment.is_chosen = true;
        payment.standing = Standing::Paid;
        if is_currency {
            let is_small = payment.currency.chars().all(char::is_lowercase);
            payment.currency = if is_small { "usd" } else { "USD" }.to_owned();
        } else {
            payment.amount += service.unit();
        }
    });
    telling::some(world, rng).await;
}

/// The page of an order, as its buyer is sent there; nothing when there is none now.
pub(super) async fn page_of(world: &World, way: Option<&Server>, order: &Placed) -> Option<String> {
    let (number, token) = (&order.told.number, &order.told.token);
    let page = match way {
        None => match payments::begin(&world.stage.shop, number, token).await {
            Ok(page) => Some(page),
            // A service refuses what a shop asks for whose clock is wrong.
            Err(error @ Error::Internal(_)) => match world.heard("beginning a payment", Err::<String, _>(error)) {
                Answer::Yes(page) => Some(page),
                Answer::No(_) | Answer::Silence(_) => None,
            },
            Err(_) => None,
        },
        Some(server) => posted(world, server, number, token).await,
    };
    let page = page.filter(|page| world.services.serving(page).is_some())?;
    let mut memory = world.memory.lock().unwrap();
    if memory.known_pages.insert(page.clone()) {
        memory.pages.push(page.clone());
    }
    drop(memory);
    Some(page)
}

/// The form on the order's page, and where it leads.
async fn posted(world: &World, server: &Server, number: &str, token: &str) -> Option<String> {
    let url = format!("http://{}/orders/{number}/pay?token={token}", server.address);
    let form = world.buyer.post(url).header("cookie", format!("form={FORM_TOKEN}"));
    let form = form.header("content-type", "application/x-www-form-urlencoded");
    let answer = form.body(format!("form_token={FORM_TOKEN}")).send().await.ok()?;
    match answer.status().as_u16() {
        303 => answer.headers().get("location")?.to_str().ok().map(str::to_owned),
        // Whoever is away comes back.
        429 | 503 | 504 => None,
        status => {
            let text = answer.text().await.unwrap_or_default();
            world.violation(format!("the way to the page of {number} was answered with {status}: {text}"));
            None
        }
    }
}
