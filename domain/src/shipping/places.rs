//! Places as people write them, reduced to what can be compared, and the one list of those that there are.

mod list;

use std::collections::HashMap;
use std::sync::LazyLock;

use list::{ALSO_CALLED, PROVINCES};

use crate::text::search_words;

/// The names of the provinces, in order.
static NAMES: LazyLock<Vec<&'static str>> = LazyLock::new(|| PROVINCES.iter().map(|province| province.name).collect());

/// What people call a city beside its name, by what is left of it, and what is left of the name.
static LONG_NAMES: LazyLock<HashMap<String, String>> =
    LazyLock::new(|| ALSO_CALLED.iter().map(|(short, long)| (joined(short), joined(long))).collect());

/// The provinces in which there is a city of that key, by their own keys.
static PROVINCES_OF: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let mut found: HashMap<String, Vec<String>> = HashMap::new();
    for province in &PROVINCES {
        for city in province.cities.split(", ") {
            let provinces = found.entry(city_key(city)).or_default();
            provinces.extend([Some(province.name), province.once].into_iter().flatten().map(province_key));
        }
    }
    found
});

/// The provinces of Indonesia, in the order of their names.
pub fn provinces() -> &'static [&'static str] {
    &NAMES
}

/// The keys of the provinces in which there is a city of that key; none for a place that is on no list.
pub(super) fn provinces_of(city_key: &str) -> &'static [String] {
    PROVINCES_OF.get(city_key).map_or(&[], Vec::as_slice)
}

/// What is left of a city's name for comparing: people write "Kota Bogor", "Kab. Bogor", "Bogor Regency", "Tangsel", "South
/// Jakarta", "DKI Jakarta Selatan".
pub(super) fn city_key(city: &str) -> String {
    let key = joined(city);
    let key = LONG_NAMES.get(&key).cloned().unwrap_or(key);
    // What couriers and owners mean by the name of the whole.
    match key.as_str() {
        "jakartaselatan" | "jakartatengah" | "jakartautara" | "jakartabarat" | "jakartatimur" | "jakartapusat" => {
            "jakarta".to_owned()
        }
        "tangerangselatan" => "tangerang".to_owned(),
        _ => key,
    }
}

/// A city's name without titles and blanks: "Gunung Kidul" is "Gunungkidul".
fn joined(city: &str) -> String {
    let lower = search_words(city).to_lowercase();
    let titles = [
        "kota",
        "kotamadya",
        "kodya",
        "kab",
        "kabupaten",
        "adm",
        "administrasi",
        "administratif",
        "administration",
        "administrative",
        "dki",
        "city",
        "municipality",
        "of",
        "regency",
    ];
    let words = words(&lower, &titles);
    let Compass { places, compass, is_archipelago } = Compass::of(words);
    is_archipelago.then_some("kepulauan").into_iter().chain(places).chain(compass).collect()
}

/// A name with the points of the compass apart: English puts them first, Indonesian last; islands the other way round.
struct Compass<'a> {
    places: Vec<&'a str>,
    /// In one order.
    compass: Vec<&'a str>,
    is_archipelago: bool,
}

impl<'a> Compass<'a> {
    fn of(words: impl IntoIterator<Item = &'a str>) -> Self {
        let mut found = Self { places: Vec::new(), compass: Vec::new(), is_archipelago: false };
        for word in words {
            match in_indonesian(word) {
                word @ ("barat" | "timur" | "utara" | "selatan" | "tengah" | "tenggara" | "daya" | "pusat") => {
                    found.compass.push(word);
                }
                "southwest" => found.compass.extend(["barat", "daya"]),
                "kepulauan" => found.is_archipelago = true,
                word => found.places.push(word),
            }
        }
        found.compass.sort_unstable();
        found
    }
}

/// What is left of a province's name: "Prov. Jawa Barat", "Jabar" and "West Java" are one.
pub(super) fn province_key(province: &str) -> String {
    let lower = search_words(province).to_lowercase();
    let mut words = words(&lower, &TITLES_OF_PROVINCES);
    let long = match words.as_slice() {
        [short] => long_form(short),
        _ => None,
    };
    if let Some(long) = &long {
        words = self::words(long, &TITLES_OF_PROVINCES);
    }
    let Compass { places, compass, is_archipelago } = Compass::of(words);
    // Riau has islands that are a province of their own; elsewhere the word is left out as often as not.
    let riau_islands = if is_archipelago && places == ["riau"] { Some("kepulauan") } else { None };
    riau_islands.into_iter().chain(places).chain(compass).collect::<Vec<_>>().join(" ")
}

const TITLES_OF_PROVINCES: [&str; 21] = [
    "provinsi",
    "propinsi",
    "prov",
    "province",
    "of",
    "di",
    "d",
    "i",
    "dki",
    "daerah",
    "istimewa",
    "khusus",
    "ibukota",
    "ibu",
    "kota",
    "special",
    "region",
    "capital",
    "city",
    "nanggroe",
    "darussalam",
];

fn words<'a>(lower: &'a str, titles: &[&str]) -> Vec<&'a str> {
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty() && !titles.contains(word)).collect()
}

/// The name that people mean by a short one, in small letters.
fn long_form(short: &str) -> Option<String> {
    let is_called = |province: &&list::Province| province.short.iter().any(|name| name.to_lowercase() == short);
    let province = PROVINCES.iter().find(is_called)?;
    Some(province.name.to_lowercase())
}

fn in_indonesian(word: &str) -> &str {
    match word {
        "west" => "barat",
        "east" => "timur",
        "north" => "utara",
        "south" => "selatan",
        "central" => "tengah",
        "southeast" => "tenggara",
        "highland" | "highlands" => "pegunungan",
        "java" => "jawa",
        "sumatra" => "sumatera",
        "moluccas" => "maluku",
        "islands" | "island" => "kepulauan",
        word => word,
    }
}

#[cfg(test)]
mod tests {
    use super::list::{ALSO_CALLED, PROVINCES};
    use super::{city_key, province_key, provinces, provinces_of};

    #[test]
    fn a_city_is_one_however_it_is_written() {
        let alike: [&[&str]; 9] = [
            &[
                "Bogor",
                "Kota Bogor",
                "KAB. BOGOR",
                " kabupaten  bogor",
                "Kotamadya Bogor",
                "Bogor City",
                "Bogor Regency",
            ],
            &["Tangerang", "Kab. Tangerang", "Tangsel", "Kota Tangerang Selatan", "South Tangerang"],
            &[
                "Jakarta",
                "DKI Jakarta",
                "Jaksel",
                "Kota Adm. Jakarta Selatan",
                "South Jakarta",
                "Central Jakarta",
                "Jakpus",
            ],
            &["Kabupaten Bandung Barat", "West Bandung Regency", "Bandung Barat"],
            &["Gunungkidul", "Kab. Gunung Kidul"],
            &["Yogyakarta", "Jogja", "Kodya Yogya", "City of Yogyakarta"],
            &["Surakarta", "Solo"],
            &["Kepulauan Mentawai", "Mentawai Islands Regency"],
            &["Timor Tengah Utara", "North Central Timor"],
        ];
        for names in alike {
            for name in names {
                assert_eq!(city_key(name), city_key(names[0]), "{name}");
            }
        }
        assert_eq!(city_key("Bogor"), "bogor");
        assert_ne!(city_key("Jakarta Raya Baru"), city_key("Jakarta"));
        assert_ne!(city_key("Bandung Barat"), city_key("Bandung"));
        assert_ne!(city_key("Kepulauan Banggai"), city_key("Banggai"));
    }

    #[test]
    fn every_city_is_in_the_provinces_that_the_list_says() {
        let within = |city: &str, province: &str| provinces_of(&city_key(city)).contains(&province_key(province));
        assert!(within("Kota Bandung", "West Java") && !within("Bandung", "Papua Barat"));
        assert!(within("Banjar", "Jabar") && within("Kab. Banjar", "Kalsel") && !within("Banjar", "Bali"));
        assert!(within("Sorong", "Papua Barat Daya") && within("Sorong", "Papua Barat"), "as it was until 2022");
        assert!(within("Tarakan", "Kaltara") && within("Tarakan", "Kaltim"));
        assert!(provinces_of(&city_key("Cikarang")).is_empty());

        let mut names: Vec<String> = provinces().iter().map(|name| province_key(name)).collect();
        assert!(provinces().is_sorted());
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), 38, "no two provinces are one");
        let keys = PROVINCES.iter().flat_map(|province| province.cities.split(", ").map(|city| (province.name, city)));
        for (province, city) in keys {
            assert!(!city_key(city).is_empty() && within(city, province), "{city}");
        }
        for (short, long) in ALSO_CALLED {
            assert!(!provinces_of(&city_key(short)).is_empty(), "{short}: {long} is on no list");
        }
        // Of the 514 cities and regencies 25 are pairs of one name; Jakarta as a whole and the new capital come to them.
        let entries: usize = PROVINCES.iter().map(|province| province.cities.split(", ").count()).sum();
        assert_eq!(entries, 514 - 25 + 2);
    }

    #[test]
    fn a_province_is_one_however_it_is_written() {
        let alike: [&[&str]; 10] = [
            &["Jawa Barat", "Provinsi Jawa Barat", "PROV. JAWA BARAT", "West Java", "Jabar"],
            &["DI Yogyakarta", "D.I. Yogyakarta", "Daerah Istimewa Yogyakarta", "DIY", "Yogya"],
            &["DKI Jakarta", "Daerah Khusus Ibukota Jakarta", "Jakarta", "Special Capital Region of Jakarta"],
            &["Nusa Tenggara Barat", "NTB", "West Nusa Tenggara"],
            &["Sulawesi Tenggara", "Sultra", "Southeast Sulawesi"],
            &["Kepulauan Riau", "Kepri", "Riau Islands"],
            &["Kepulauan Bangka Belitung", "Bangka-Belitung", "Babel", "Bangka Belitung Islands"],
            &["Aceh", "NAD", "Nanggroe Aceh Darussalam"],
            &["Papua Barat Daya", "Southwest Papua"],
            &["Sumatera Utara", "North Sumatra", "Sumut"],
        ];
        for names in alike {
            for name in names {
                assert_eq!(province_key(name), province_key(names[0]), "{name}");
            }
        }
    }

    #[test]
    fn neighbours_stay_apart() {
        let names = [
            "Riau",
            "Kepulauan Riau",
            "Papua",
            "Papua Barat",
            "Papua Barat Daya",
            "Papua Selatan",
            "Papua Tengah",
            "Papua Pegunungan",
            "Maluku",
            "Maluku Utara",
            "Nusa Tenggara Barat",
            "Nusa Tenggara Timur",
            "Sulawesi Tengah",
            "Sulawesi Tenggara",
            "Jawa Tengah",
            "Jawa Timur",
            "Bali",
            "Banten",
        ];
        let mut keys: Vec<String> = names.iter().map(|name| province_key(name)).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), names.len());
    }
}
