//! Whoever knows no secret is believed by no door, whatever they send, and nothing breaks by it.

#![no_main]

use chrono::DateTime;
use domain::payments::GatewayName;
use libfuzzer_sys::fuzz_target;
use services::testing::untrusted;

fuzz_target!(|data: &[u8]| {
    let Some((which, rest)) = data.split_first() else { return };
    let name = GatewayName::ALL[usize::from(*which) % GatewayName::ALL.len()];
    let cut = rest.iter().position(|byte| *byte == b'\n').unwrap_or(0);
    let (header, body) = rest.split_at(cut);
    let header = String::from_utf8_lossy(header);
    // The time that the header names, so that it is not refused as old.
    let named = header.split(',').find_map(|part| part.trim().strip_prefix("t=")?.parse().ok());
    let now = DateTime::from_timestamp(named.unwrap_or(1_700_000_000), 0).unwrap_or_default();
    assert!(!untrusted::is_believed(name, &header, body, now), "{name} believes what nobody proved");
    untrusted::read(name, body);
});
