//! Names of cities and provinces as people write them, reduced to what can be compared.

use crate::text::search_words;

/// What is left of a city's name for comparing: people write "Kota Bogor", "Kab. Bogor", "DKI Jakarta Selatan".
pub(super) fn city_key(city: &str) -> String {
    let lower = search_words(city).to_lowercase();
    let words = words(&lower, &["kota", "kab", "kabupaten", "adm", "administrasi", "dki"]);
    match words.as_slice() {
        ["jakarta", "selatan" | "utara" | "barat" | "timur" | "pusat"] => "jakarta".to_owned(),
        ["tangerang", "selatan"] => "tangerang".to_owned(),
        words => words.join(" "),
    }
}

/// What is left of a province's name: "Prov. Jawa Barat", "Jabar" and "West Java" are one.
pub(super) fn province_key(province: &str) -> String {
    let lower = search_words(province).to_lowercase();
    let titles = [
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
    let mut words = words(&lower, &titles);
    if let [short] = words.as_slice() {
        words = long_form(short).map_or_else(|| vec![*short], |long| long.split(' ').collect());
    }
    // English puts the point of the compass first, Indonesian last; islands the other way round.
    let mut places: Vec<&str> = Vec::new();
    let mut compass: Vec<&str> = Vec::new();
    let mut is_archipelago = false;
    for word in words {
        match in_indonesian(word) {
            word @ ("barat" | "timur" | "utara" | "selatan" | "tengah" | "tenggara" | "daya") => compass.push(word),
            "southwest" => compass.extend(["barat", "daya"]),
            "kepulauan" => is_archipelago = true,
            word => places.push(word),
        }
    }
    // Riau has islands that are a province of their own; elsewhere the word is left out as often as not.
    let riau_islands = if is_archipelago && places == ["riau"] { Some("kepulauan") } else { None };
    compass.sort_unstable();
    riau_islands.into_iter().chain(places).chain(compass).collect::<Vec<_>>().join(" ")
}

fn words<'a>(lower: &'a str, titles: &[&str]) -> Vec<&'a str> {
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty() && !titles.contains(word)).collect()
}

/// The short names that people use every day.
fn long_form(short: &str) -> Option<&'static str> {
    let long = match short {
        "jabar" => "jawa barat",
        "jateng" => "jawa tengah",
        "jatim" => "jawa timur",
        "diy" | "jogja" | "jogjakarta" | "yogya" => "yogyakarta",
        "sumut" => "sumatera utara",
        "sumbar" => "sumatera barat",
        "sumsel" => "sumatera selatan",
        "kepri" => "kepulauan riau",
        "babel" => "bangka belitung",
        "nad" => "aceh",
        "ntb" => "nusa tenggara barat",
        "ntt" => "nusa tenggara timur",
        "kalbar" => "kalimantan barat",
        "kalteng" => "kalimantan tengah",
        "kalsel" => "kalimantan selatan",
        "kaltim" => "kalimantan timur",
        "kaltara" => "kalimantan utara",
        "sulut" => "sulawesi utara",
        "sulteng" => "sulawesi tengah",
        "sulsel" => "sulawesi selatan",
        "sultra" => "sulawesi tenggara",
        "sulbar" => "sulawesi barat",
        "malut" => "maluku utara",
        _ => return None,
    };
    Some(long)
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
    use super::{city_key, province_key};

    #[test]
    fn a_city_is_one_however_it_is_written() {
        for bogor in ["Bogor", "Kota Bogor", "KAB. BOGOR", " kabupaten  bogor"] {
            assert_eq!(city_key(bogor), "bogor");
        }
        assert_eq!(city_key("Jakarta Raya Baru"), "jakarta raya baru");
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
