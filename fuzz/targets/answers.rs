//! Whatever a service answers is read or refused, and an amount is read exactly or not at all.

#![no_main]

use domain::money::Currency;
use domain::payments::GatewayName;
use libfuzzer_sys::fuzz_target;
use services::testing::untrusted;

fuzz_target!(|data: &[u8]| {
    let [which, low, high, body @ ..] = data else { return };
    let name = GatewayName::ALL[usize::from(*which) % GatewayName::ALL.len()];
    untrusted::read_answer(name, u16::from_le_bytes([*low, *high]), body);
    let Ok(text) = std::str::from_utf8(body) else { return };
    for currency in Currency::ALL {
        let Some(amount) = untrusted::amount(text, *currency) else { continue };
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let decimals = usize::try_from(currency.decimals()).unwrap();
        let exact = format!("{whole}{fraction:0<decimals$}");
        let (counts, beyond) = exact.split_at(whole.len() + decimals);
        assert_eq!(counts.parse(), Ok(amount), "{text}");
        assert!(amount >= 0 && beyond.bytes().all(|digit| digit == b'0'), "{text}");
    }
});
