//! What delivery costs in Indonesia when the owner has not decided yet: a shop in or near Jakarta that pays an ordinary
//! courier. Amounts are whole rupiah.

use super::places::province_key;
use super::rates::{DeliveryRates, Pickup, Tariff, WeightStep, Zone};
use crate::money::Money;

/// A zone: its name, provinces, cities, the prices up to 1, 3 and 5 kg, and of each kilogram beyond.
type Row = (&'static str, &'static [&'static str], &'static [&'static str], [i64; 3], i64);

const ROWS: [Row; 7] = [
    (
        "Jabodetabek",
        &["DKI Jakarta"],
        &["Jakarta", "Bogor", "Depok", "Tangerang", "Bekasi"],
        [10_000, 16_000, 24_000],
        4_000,
    ),
    (
        "Jawa",
        &["Banten", "Jawa Barat", "Jawa Tengah", "DI Yogyakarta", "Jawa Timur"],
        &[],
        [20_000, 36_000, 52_000],
        9_000,
    ),
    (
        "Sumatera",
        &[
            "Aceh",
            "Sumatera Utara",
            "Sumatera Barat",
            "Riau",
            "Kepulauan Riau",
            "Jambi",
            "Sumatera Selatan",
            "Kepulauan Bangka Belitung",
            "Bengkulu",
            "Lampung",
        ],
        &[],
        [28_000, 68_000, 108_000],
        20_000,
    ),
    (
        "Bali & Nusa Tenggara",
        &["Bali", "Nusa Tenggara Barat", "Nusa Tenggara Timur"],
        &[],
        [30_000, 72_000, 114_000],
        22_000,
    ),
    (
        "Kalimantan",
        &["Kalimantan Barat", "Kalimantan Tengah", "Kalimantan Selatan", "Kalimantan Timur", "Kalimantan Utara"],
        &[],
        [35_000, 89_000, 143_000],
        27_000,
    ),
    (
        "Sulawesi",
        &["Sulawesi Utara", "Gorontalo", "Sulawesi Tengah", "Sulawesi Barat", "Sulawesi Selatan", "Sulawesi Tenggara"],
        &[],
        [38_000, 98_000, 158_000],
        30_000,
    ),
    (
        "Maluku & Papua",
        &[
            "Maluku",
            "Maluku Utara",
            "Papua",
            "Papua Barat",
            "Papua Barat Daya",
            "Papua Selatan",
            "Papua Tengah",
            "Papua Pegunungan",
        ],
        &[],
        [65_000, 175_000, 285_000],
        55_000,
    ),
];

impl DeliveryRates {
    /// Prices for the whole of Indonesia; what no zone names costs as much as Java outside Jabodetabek.
    pub fn indonesia() -> Self {
        let zone = |(name, provinces, cities, prices, extra): &Row| Zone {
            name: (*name).to_owned(),
            provinces: provinces.iter().map(|province| (*province).to_owned()).collect(),
            cities: cities.iter().map(|city| (*city).to_owned()).collect(),
            tariff: tariff(*prices, *extra),
        };
        Self {
            zones: ROWS.iter().map(zone).collect(),
            elsewhere: tariff([20_000, 36_000, 52_000], 9_000),
            free_from: None,
            pickup: Pickup::default(),
        }
    }
}

fn tariff(prices: [i64; 3], extra: i64) -> Tariff {
    let steps = [1_000, 3_000, 5_000].into_iter().zip(prices);
    let step = |(up_to_grams, price)| WeightStep { up_to_grams, price: Money::minor(price) };
    Tariff { steps: steps.map(step).collect(), per_extra_kilogram: Money::minor(extra) }
}

/// Whether it is a province of Indonesia, however it is written.
pub(super) fn has(province: &str) -> bool {
    let key = province_key(province);
    ROWS.iter().flat_map(|row| row.1).any(|named| province_key(named) == key)
}
