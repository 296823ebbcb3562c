//! A proof of a body proves that body, at that time, and no other.

#![no_main]

use chrono::{DateTime, TimeDelta};
use domain::payments::GatewayName;
use libfuzzer_sys::fuzz_target;
use services::testing::untrusted;

fuzz_target!(|data: &[u8]| {
    let [which, place, bit, at @ ..] = data else { return };
    let Some((at, body)) = at.split_first_chunk::<4>() else { return };
    let names = [GatewayName::Demo, GatewayName::Stripe];
    let name = names[usize::from(*which) % names.len()];
    let now = DateTime::from_timestamp(i64::from(u32::from_le_bytes(*at)), 0).unwrap_or_default();
    let header = untrusted::proof(name, body, now);
    let is_believed = untrusted::is_believed(name, &header, body, now);
    for late in [-301, 301] {
        assert!(!untrusted::is_believed(name, &header, body, now + TimeDelta::seconds(late)), "{late} s");
    }
    if !body.is_empty() {
        let mut other = body.to_vec();
        let place = usize::from(*place) % other.len();
        other[place] ^= 1 << (bit % 8);
        assert!(!untrusted::is_believed(name, &header, &other, now), "a bit of the body");
    }
    let mut other = header.clone().into_bytes();
    let place = usize::from(*place) % other.len();
    other[place] ^= 1 << (bit % 7);
    // Another way to write the same second is the same proof.
    let is_same_time = |text: &str| text.split(',').next().and_then(|t| t.trim().strip_prefix("t=")?.parse().ok());
    if let Ok(other) = String::from_utf8(other)
        && is_same_time(&other) != is_same_time(&header)
    {
        let at: i64 = is_same_time(&other).unwrap_or_default();
        let then = DateTime::from_timestamp(at, 0).unwrap_or(now);
        assert!(!untrusted::is_believed(name, &other, body, then), "a bit of the header");
    }
    if is_believed {
        untrusted::read(name, body);
    }
    untrusted::is_believed(GatewayName::Xendit, &untrusted::proof(GatewayName::Xendit, body, now), body, now);
    untrusted::read(GatewayName::Xendit, body);
});
