//! What payment services tell: every notice goes to some server until one takes it, some twice at once, all in any order, and some
//! are lost on their way for ever.

use chrono::Utc;
use domain::payments::GatewayName;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::world::{Answer, World};
use crate::simulators::{PROOF, Simulator};
use crate::stage::Server;

/// One notice of so many is lost.
const LOST_EVERY: u32 = 8;
/// So many are told at once.
const AT_ONCE: usize = 4;

/// A notice on its way.
#[derive(Clone, Debug)]
pub(crate) struct Untold {
    gateway: GatewayName,
    headers: Vec<(&'static str, String)>,
    body: String,
}

/// How many notices went which way.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Told {
    pub(crate) taken: u64,
    pub(crate) lost: u64,
    pub(crate) doubled: u64,
    /// To a server that did not answer.
    pub(crate) in_vain: u64,
}

/// The services tell some of what they have to tell.
pub(crate) async fn some(world: &World, rng: &mut StdRng) {
    collect(world, rng);
    for _ in 0..AT_ONCE {
        let Some(notice) = next(world, rng) else { return };
        let (one, other) = (server(world, rng), server(world, rng));
        let is_taken = if rng.random_range(0..5) == 0 {
            world.memory.lock().unwrap().told.doubled += 1;
            let (one, other) = tokio::join!(tell(world, one, &notice), tell(world, other, &notice));
            // One that was answered once may be told again all the same.
            one && other
        } else {
            tell(world, one, &notice).await
        };
        if !is_taken {
            world.memory.lock().unwrap().untold.push(notice);
        }
    }
}

/// They tell all that is left, when nobody kills a server any more.
pub(crate) async fn rest(world: &World) {
    let mut rng = StdRng::seed_from_u64(0);
    loop {
        collect(world, &mut rng);
        let Some(notice) = next(world, &mut rng) else { return };
        let told = world.insist("telling of money", || async {
            match tell(world, &world.servers[0], &notice).await {
                true => Answer::Yes(()),
                false => Answer::Silence("no server takes it".to_owned()),
            }
        });
        told.await;
    }
}

/// Takes what the services have to tell; some of it never arrives.
fn collect(world: &World, rng: &mut StdRng) {
    for service in world.services.all() {
        for notice in service.take_notices() {
            let mut memory = world.memory.lock().unwrap();
            if rng.random_range(0..LOST_EVERY) == 0 {
                memory.told.lost += 1;
            } else {
                memory.untold.push(Untold { gateway: service.name, headers: notice.headers, body: notice.body });
            }
        }
    }
}

/// Any of those that wait.
fn next(world: &World, rng: &mut StdRng) -> Option<Untold> {
    let mut memory = world.memory.lock().unwrap();
    let among = memory.untold.len();
    (among > 0).then(|| memory.untold.swap_remove(rng.random_range(0..among)))
}

fn server<'a>(world: &'a World, rng: &mut StdRng) -> &'a Server {
    &world.servers[rng.random_range(0..world.servers.len())]
}

/// Tells it to a server; false when that does not answer, as one that was killed.
async fn tell(world: &World, server: &Server, notice: &Untold) -> bool {
    let mut request = world.client.post(format!("http://{}/webhooks/{}", server.address, notice.gateway));
    // One that is signed with its time is signed anew for every try.
    let headers = match notice.gateway {
        GatewayName::Stripe => Simulator::proof_of(notice.gateway, PROOF, &notice.body, Utc::now()),
        GatewayName::Midtrans | GatewayName::Xendit | GatewayName::Demo => notice.headers.clone(),
    };
    for (name, value) in headers {
        request = request.header(name, value);
    }
    let status = request.body(notice.body.clone()).send().await.map(|answer| answer.status().as_u16());
    let mut memory = world.memory.lock().unwrap();
    match status {
        Ok(200) => {
            memory.told.taken += 1;
            memory.notified.push(event_key(notice));
            true
        }
        Err(_) | Ok(429 | 503 | 504) => {
            memory.told.in_vain += 1;
            false
        }
        Ok(status) => {
            drop(memory);
            world.violation(format!("a notice of {} was answered with {status}: {}", notice.gateway, notice.body));
            true
        }
    }
}

/// What the shop knows the event by.
fn event_key(notice: &Untold) -> String {
    match notice.gateway {
        GatewayName::Stripe => {
            let event: Value = serde_json::from_str(&notice.body).unwrap_or_default();
            event["id"].as_str().unwrap_or_default().to_owned()
        }
        GatewayName::Midtrans | GatewayName::Xendit | GatewayName::Demo => {
            Sha256::digest(notice.body.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
        }
    }
}
