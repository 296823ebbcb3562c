//! Which zone, which step, and what older settings mean.

use proptest::prelude::*;

use super::{DeliveryRates, DeliveryRefusal, Tariff, WeightStep, Zone};
use crate::locale::Translated;
use crate::message::Message;
use crate::money::Money;
use crate::problem::FieldProblem;
use crate::shipping::DeliveryMethod::{Courier, Pickup};

/// As every shop stored it before there were provinces, weights and pickup.
const BEFORE_WEIGHTS: &str = r#"{
    "zones": [{ "name": "Jabodetabek", "cities": ["Jakarta", "Bogor", "Depok", "Tangerang", "Bekasi"], "price": 10000 }],
    "elsewhere": 20000,
    "free_from": 500000
}"#;

fn before_weights() -> DeliveryRates {
    serde_json::from_str(BEFORE_WEIGHTS).unwrap()
}

fn zone(name: &str, provinces: &[&str], cities: &[&str], price: i64) -> Zone {
    let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let tariff = Tariff::flat(Money::minor(price));
    Zone { name: name.to_owned(), provinces: owned(provinces), cities: owned(cities), tariff }
}

fn to(rates: &DeliveryRates, province: &str, city: &str) -> i64 {
    rates.price(province, city, 500, Money::minor(100_000), Courier).unwrap().get()
}

#[test]
fn older_settings_still_read_and_cost_the_same_for_any_weight() {
    let rates = before_weights();
    rates.check().unwrap();
    for near in [
        "Jakarta",
        "  jakarta selatan",
        "DKI Jakarta",
        "Kota\u{a0}Bo\u{ad}gor",
        "KAB. BEKASI",
        "Kota Tangerang Selatan",
    ] {
        assert_eq!(to(&rates, "", near), 10_000, "{near}");
    }
    for far in ["Bandung", "Surabaya", "Jakarta Raya Baru", "", "Bogorejo"] {
        assert_eq!(to(&rates, "", far), 20_000, "{far}");
    }
    assert_eq!(rates.price("", "Medan", 80_000, Money::ZERO, Courier), Ok(Money::minor(20_000)));
    assert!(!rates.pickup.enabled);
}

#[test]
fn what_is_stored_reads_as_it_was() {
    let mut rates = DeliveryRates::indonesia();
    rates.pickup.enabled = true;
    rates.pickup.address = Translated::same("Jalan Teras Pagi 19");
    let stored = serde_json::to_string(&rates).unwrap();
    assert_eq!(serde_json::from_str::<DeliveryRates>(&stored).unwrap(), rates);
}

#[test]
fn delivery_is_free_from_the_limit_on() {
    let rates = before_weights();
    assert_eq!(rates.price("", "Medan", 1, Money::minor(499_999), Courier), Ok(Money::minor(20_000)));
    assert_eq!(rates.price("", "Medan", 1, Money::minor(500_000), Courier), Ok(Money::ZERO));
}

#[test]
fn a_city_beats_a_province_and_the_first_of_equals_counts() {
    let rates = DeliveryRates {
        zones: vec![
            zone("Jawa", &["Jawa Barat", "Banten"], &[], 15_000),
            zone("Dekat", &[], &["Bandung"], 8_000),
            zone("Lagi", &["Jawa Barat"], &["Bandung"], 1),
        ],
        ..before_weights()
    };
    assert_eq!(to(&rates, "Jawa Barat", "Kota Bandung"), 8_000);
    assert_eq!(to(&rates, "West Java", "Garut"), 15_000);
    assert_eq!(to(&rates, "Bali", "Denpasar"), 20_000);
}

/// Whoever writes a near city into a far province, by mistake or not, pays no less than to either.
#[test]
fn a_city_of_another_province_costs_the_dearer_of_the_two() {
    let rates = DeliveryRates {
        zones: vec![
            zone("Dekat", &[], &["Bandung", "Cikarang", "Kab. Tangerang"], 8_000),
            zone("Timur", &["Papua", "Papua Barat"], &["Sorong"], 65_000),
            zone("Murah", &["Bali"], &[], 1_000),
        ],
        ..before_weights()
    };
    assert_eq!(to(&rates, "Papua Barat", "Bandung"), 65_000);
    assert_eq!(to(&rates, "Bali", "Kota Bandung"), 8_000, "nor the cheap province");
    assert_eq!(to(&rates, "Atlantis", "Bandung"), 20_000, "nor one that nobody knows");
    assert_eq!(to(&rates, "West Java", "Bandung Regency"), 8_000);
    assert_eq!(to(&rates, "", "Bandung"), 8_000, "before the province is told");
    // What is on no list is near where its zone is.
    assert_eq!(to(&rates, "Jabar", "Cikarang"), 8_000);
    assert_eq!(to(&rates, "Papua", "Cikarang"), 65_000);
    assert_eq!(to(&rates, "Banten", "Tangsel"), 8_000);
    assert_eq!(to(&rates, "Papua Barat", "Kabupaten Sorong"), 65_000, "as the province was called until 2022");

    // Two provinces have a Banjar, each with its own price.
    let rates = DeliveryRates {
        zones: vec![zone("Priangan", &["Jawa Barat"], &["Banjar"], 9_000), zone("Borneo", &[], &["Banjar"], 35_000)],
        ..before_weights()
    };
    assert_eq!((to(&rates, "Jawa Barat", "Banjar"), to(&rates, "Kalsel", "Kab. Banjar")), (9_000, 35_000));

    // A shop elsewhere names places that are on no list.
    let rates = DeliveryRates { zones: vec![zone("Town", &[], &["Leiden"], 500)], ..before_weights() };
    assert_eq!(to(&rates, "Zuid-Holland", "Leiden"), 500);
}

#[test]
fn every_name_of_a_city_costs_the_same() {
    let rates = DeliveryRates::indonesia();
    for (province, cities) in [
        ("Jawa Barat", ["Bogor", "Kota Bogor", "Kotamadya Bogor", "Bogor City", "Bogor Regency"]),
        ("Banten", ["Tangsel", "Kab. Tangerang", "Kota Tangerang Selatan", "South Tangerang", "Tangerang"]),
        ("DKI Jakarta", ["Jaksel", "Jakarta Selatan", "South Jakarta", "Kota Adm. Jakarta Timur", "Central Jakarta"]),
    ] {
        for city in cities {
            assert_eq!(to(&rates, province, city), 10_000, "{city}");
        }
    }
}

#[test]
fn the_set_for_indonesia_knows_every_island() {
    let rates = DeliveryRates::indonesia();
    rates.check().unwrap();
    assert_eq!(to(&rates, "DKI Jakarta", "Jakarta Selatan"), 10_000);
    assert_eq!(to(&rates, "Jawa Barat", "Kota Depok"), 10_000);
    let by_distance = ["Jawa Timur", "Sumatera Utara", "Kalimantan Timur", "Papua"].map(|name| to(&rates, name, "x"));
    assert!(by_distance.is_sorted() && by_distance[0] > 10_000, "{by_distance:?}");
    assert_eq!(to(&rates, "Atlantis", "x"), 20_000);
    let provinces: usize = rates.zones.iter().map(|zone| zone.provinces.len()).sum();
    assert_eq!(provinces, 38, "every province stands in one zone");
    let named = rates.zones.iter().flat_map(|zone| &zone.provinces);
    assert!(named.into_iter().all(|name| crate::shipping::provinces().contains(&name.as_str())), "as the list has it");
}

#[test]
fn a_parcel_pays_its_step_and_each_started_kilogram_beyond_the_last() {
    let step = |up_to_grams, price| WeightStep { up_to_grams, price: Money::minor(price) };
    let tariff =
        Tariff { steps: vec![step(1_000, 10_000), step(3_000, 18_000)], per_extra_kilogram: Money::minor(5_000) };
    let cases = [(0, 10_000), (1_000, 10_000), (1_001, 18_000), (3_000, 18_000), (3_001, 23_000), (5_001, 33_000)];
    for (grams, price) in cases {
        assert_eq!(tariff.price(grams), Some(Money::minor(price)), "{grams} g");
    }
    assert_eq!(tariff.price(u64::MAX), None);
    let rates = DeliveryRates { elsewhere: tariff, ..DeliveryRates::flat(Money::ZERO) };
    assert_eq!(rates.price("", "", u64::MAX, Money::ZERO, Courier), Err(DeliveryRefusal::TotalOutOfRange));
}

#[test]
fn fetching_costs_nothing_where_it_is_offered() {
    let mut rates = before_weights();
    assert_eq!(rates.price("", "Medan", 1, Money::ZERO, Pickup), Err(DeliveryRefusal::PickupOff));
    assert_eq!(rates.methods(), [Courier]);
    rates.pickup.enabled = true;
    assert_eq!(rates.check().unwrap_err(), [FieldProblem::new("delivery.pickup.address", Message::Required)]);
    rates.pickup.address.id = "Jalan Teras Pagi 19".to_owned();
    rates.check().unwrap();
    assert_eq!(rates.price("", "Medan", 1, Money::ZERO, Pickup), Ok(Money::ZERO));
}

#[test]
fn what_could_price_nothing_is_refused_by_its_place() {
    let mut rates = before_weights();
    rates.zones[0].cities.push("Kota".to_owned());
    rates.zones.push(zone(" ", &[], &[], -1));
    rates.elsewhere.steps.push(WeightStep { up_to_grams: 1_000, price: Money::ZERO });
    rates.free_from = Some(Money::minor(i64::MAX));
    let fields: Vec<String> = rates.check().unwrap_err().into_iter().map(|problem| problem.field).collect();
    assert_eq!(
        fields,
        [
            "delivery.zones.0.places",
            "delivery.zones.1.name",
            "delivery.zones.1.places",
            "delivery.zones.1.tariff.steps.0.price",
            "delivery.elsewhere.steps.1.up_to_grams",
            "delivery.free_from",
        ]
    );
}

proptest! {
    #[test]
    fn more_weight_never_costs_less(light in 0_u64..200_000, more in 0_u64..200_000, province in 0_usize..8) {
        let rates = DeliveryRates::indonesia();
        let province = rates.zones[province.min(rates.zones.len() - 1)].provinces.first().cloned().unwrap_or_default();
        let price = |grams| rates.price(&province, "x", grams, Money::ZERO, Courier).unwrap();
        prop_assert!(price(light) <= price(light + more));
    }
}
