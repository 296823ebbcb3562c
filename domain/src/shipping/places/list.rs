//! The provinces of Indonesia with their cities and regencies: the one list of places. A city and a regency of one name are
//! one entry, because people mostly leave out which of the two they mean.

/// A province.
pub(super) struct Province {
    pub(super) name: &'static str,
    /// What people call it every day.
    pub(super) short: &'static [&'static str],
    /// The province that it was a part of until a few years ago, as many addresses still have it.
    pub(super) once: Option<&'static str>,
    /// Its cities and regencies, with commas.
    pub(super) cities: &'static str,
}

const fn province(name: &'static str, short: &'static [&'static str], cities: &'static str) -> Province {
    Province { name, short, once: None, cities }
}

const fn young(name: &'static str, once: &'static str, cities: &'static str) -> Province {
    Province { name, short: &[], once: Some(once), cities }
}

/// In the order of their names.
pub(super) const PROVINCES: [Province; 38] = [
    province(
        "Aceh",
        &["NAD"],
        "Aceh Barat, Aceh Barat Daya, Aceh Besar, Aceh Jaya, Aceh Selatan, Aceh Singkil, Aceh Tamiang, Aceh Tengah, Aceh Tenggara, \
         Aceh Timur, Aceh Utara, Banda Aceh, Bener Meriah, Bireuen, Gayo Lues, Langsa, Lhokseumawe, Nagan Raya, Pidie, Pidie Jaya, \
         Sabang, Simeulue, Subulussalam",
    ),
    province("Bali", &[], "Badung, Bangli, Buleleng, Denpasar, Gianyar, Jembrana, Karangasem, Klungkung, Tabanan"),
    province("Banten", &[], "Cilegon, Lebak, Pandeglang, Serang, Tangerang, Tangerang Selatan"),
    province(
        "Bengkulu",
        &[],
        "Bengkulu, Bengkulu Selatan, Bengkulu Tengah, Bengkulu Utara, Kaur, Kepahiang, Lebong, Mukomuko, Rejang Lebong, Seluma",
    ),
    province(
        "DI Yogyakarta",
        &["DIY", "Jogja", "Jogjakarta", "Yogya"],
        "Bantul, Gunungkidul, Kulon Progo, Sleman, Yogyakarta",
    ),
    province(
        "DKI Jakarta",
        &["DKI", "DKJ"],
        "Jakarta, Jakarta Barat, Jakarta Pusat, Jakarta Selatan, Jakarta Timur, Jakarta Utara, Kepulauan Seribu",
    ),
    province("Gorontalo", &[], "Boalemo, Bone Bolango, Gorontalo, Gorontalo Utara, Pohuwato"),
    province(
        "Jambi",
        &[],
        "Batanghari, Bungo, Jambi, Kerinci, Merangin, Muaro Jambi, Sarolangun, Sungai Penuh, Tanjung Jabung Barat, \
         Tanjung Jabung Timur, Tebo",
    ),
    province(
        "Jawa Barat",
        &["Jabar"],
        "Bandung, Bandung Barat, Banjar, Bekasi, Bogor, Ciamis, Cianjur, Cimahi, Cirebon, Depok, Garut, Indramayu, Karawang, \
         Kuningan, Majalengka, Pangandaran, Purwakarta, Subang, Sukabumi, Sumedang, Tasikmalaya",
    ),
    province(
        "Jawa Tengah",
        &["Jateng"],
        "Banjarnegara, Banyumas, Batang, Blora, Boyolali, Brebes, Cilacap, Demak, Grobogan, Jepara, Karanganyar, Kebumen, Kendal, \
         Klaten, Kudus, Magelang, Pati, Pekalongan, Pemalang, Purbalingga, Purworejo, Rembang, Salatiga, Semarang, Sragen, \
         Sukoharjo, Surakarta, Tegal, Temanggung, Wonogiri, Wonosobo",
    ),
    province(
        "Jawa Timur",
        &["Jatim"],
        "Bangkalan, Banyuwangi, Batu, Blitar, Bojonegoro, Bondowoso, Gresik, Jember, Jombang, Kediri, Lamongan, Lumajang, Madiun, \
         Magetan, Malang, Mojokerto, Nganjuk, Ngawi, Pacitan, Pamekasan, Pasuruan, Ponorogo, Probolinggo, Sampang, Sidoarjo, \
         Situbondo, Sumenep, Surabaya, Trenggalek, Tuban, Tulungagung",
    ),
    province(
        "Kalimantan Barat",
        &["Kalbar"],
        "Bengkayang, Kapuas Hulu, Kayong Utara, Ketapang, Kubu Raya, Landak, Melawi, Mempawah, Pontianak, Sambas, Sanggau, \
         Sekadau, Singkawang, Sintang",
    ),
    province(
        "Kalimantan Selatan",
        &["Kalsel"],
        "Balangan, Banjar, Banjarbaru, Banjarmasin, Barito Kuala, Hulu Sungai Selatan, Hulu Sungai Tengah, Hulu Sungai Utara, \
         Kotabaru, Tabalong, Tanah Bumbu, Tanah Laut, Tapin",
    ),
    province(
        "Kalimantan Tengah",
        &["Kalteng"],
        "Barito Selatan, Barito Timur, Barito Utara, Gunung Mas, Kapuas, Katingan, Kotawaringin Barat, Kotawaringin Timur, \
         Lamandau, Murung Raya, Palangka Raya, Pulang Pisau, Seruyan, Sukamara",
    ),
    province(
        "Kalimantan Timur",
        &["Kaltim"],
        "Balikpapan, Berau, Bontang, Kutai Barat, Kutai Kartanegara, Kutai Timur, Mahakam Ulu, Nusantara, Paser, \
         Penajam Paser Utara, Samarinda",
    ),
    Province {
        name: "Kalimantan Utara",
        short: &["Kaltara"],
        once: Some("Kalimantan Timur"),
        cities: "Bulungan, Malinau, Nunukan, Tana Tidung, Tarakan",
    },
    province(
        "Kepulauan Bangka Belitung",
        &["Babel"],
        "Bangka, Bangka Barat, Bangka Selatan, Bangka Tengah, Belitung, Belitung Timur, Pangkalpinang",
    ),
    province("Kepulauan Riau", &["Kepri"], "Batam, Bintan, Karimun, Kepulauan Anambas, Lingga, Natuna, Tanjungpinang"),
    province(
        "Lampung",
        &[],
        "Bandar Lampung, Lampung Barat, Lampung Selatan, Lampung Tengah, Lampung Timur, Lampung Utara, Mesuji, Metro, Pesawaran, \
         Pesisir Barat, Pringsewu, Tanggamus, Tulang Bawang, Tulang Bawang Barat, Way Kanan",
    ),
    province(
        "Maluku",
        &[],
        "Ambon, Buru, Buru Selatan, Kepulauan Aru, Kepulauan Tanimbar, Maluku Barat Daya, Maluku Tengah, Maluku Tenggara, \
         Seram Bagian Barat, Seram Bagian Timur, Tual",
    ),
    province(
        "Maluku Utara",
        &["Malut"],
        "Halmahera Barat, Halmahera Selatan, Halmahera Tengah, Halmahera Timur, Halmahera Utara, Kepulauan Sula, Pulau Morotai, \
         Pulau Taliabu, Ternate, Tidore Kepulauan",
    ),
    province(
        "Nusa Tenggara Barat",
        &["NTB"],
        "Bima, Dompu, Lombok Barat, Lombok Tengah, Lombok Timur, Lombok Utara, Mataram, Sumbawa, Sumbawa Barat",
    ),
    province(
        "Nusa Tenggara Timur",
        &["NTT"],
        "Alor, Belu, Ende, Flores Timur, Kupang, Lembata, Malaka, Manggarai, Manggarai Barat, Manggarai Timur, Nagekeo, Ngada, \
         Rote Ndao, Sabu Raijua, Sikka, Sumba Barat, Sumba Barat Daya, Sumba Tengah, Sumba Timur, Timor Tengah Selatan, \
         Timor Tengah Utara",
    ),
    province("Papua", &[], "Biak Numfor, Jayapura, Keerom, Kepulauan Yapen, Mamberamo Raya, Sarmi, Supiori, Waropen"),
    province(
        "Papua Barat",
        &[],
        "Fakfak, Kaimana, Manokwari, Manokwari Selatan, Pegunungan Arfak, Teluk Bintuni, Teluk Wondama",
    ),
    young("Papua Barat Daya", "Papua Barat", "Maybrat, Raja Ampat, Sorong, Sorong Selatan, Tambrauw"),
    young(
        "Papua Pegunungan",
        "Papua",
        "Jayawijaya, Lanny Jaya, Mamberamo Tengah, Nduga, Pegunungan Bintang, Tolikara, Yahukimo, Yalimo",
    ),
    young("Papua Selatan", "Papua", "Asmat, Boven Digoel, Mappi, Merauke"),
    young("Papua Tengah", "Papua", "Deiyai, Dogiyai, Intan Jaya, Mimika, Nabire, Paniai, Puncak, Puncak Jaya"),
    province(
        "Riau",
        &[],
        "Bengkalis, Dumai, Indragiri Hilir, Indragiri Hulu, Kampar, Kepulauan Meranti, Kuantan Singingi, Pekanbaru, Pelalawan, \
         Rokan Hilir, Rokan Hulu, Siak",
    ),
    province("Sulawesi Barat", &["Sulbar"], "Majene, Mamasa, Mamuju, Mamuju Tengah, Pasangkayu, Polewali Mandar"),
    province(
        "Sulawesi Selatan",
        &["Sulsel"],
        "Bantaeng, Barru, Bone, Bulukumba, Enrekang, Gowa, Jeneponto, Kepulauan Selayar, Luwu, Luwu Timur, Luwu Utara, Makassar, \
         Maros, Palopo, Pangkajene dan Kepulauan, Parepare, Pinrang, Sidenreng Rappang, Sinjai, Soppeng, Takalar, Tana Toraja, \
         Toraja Utara, Wajo",
    ),
    province(
        "Sulawesi Tengah",
        &["Sulteng"],
        "Banggai, Banggai Kepulauan, Banggai Laut, Buol, Donggala, Morowali, Morowali Utara, Palu, Parigi Moutong, Poso, Sigi, \
         Tojo Una-Una, Tolitoli",
    ),
    province(
        "Sulawesi Tenggara",
        &["Sultra"],
        "Baubau, Bombana, Buton, Buton Selatan, Buton Tengah, Buton Utara, Kendari, Kolaka, Kolaka Timur, Kolaka Utara, Konawe, \
         Konawe Kepulauan, Konawe Selatan, Konawe Utara, Muna, Muna Barat, Wakatobi",
    ),
    province(
        "Sulawesi Utara",
        &["Sulut"],
        "Bitung, Bolaang Mongondow, Bolaang Mongondow Selatan, Bolaang Mongondow Timur, Bolaang Mongondow Utara, \
         Kepulauan Sangihe, Kepulauan Siau Tagulandang Biaro, Kepulauan Talaud, Kotamobagu, Manado, Minahasa, Minahasa Selatan, \
         Minahasa Tenggara, Minahasa Utara, Tomohon",
    ),
    province(
        "Sumatera Barat",
        &["Sumbar"],
        "Agam, Bukittinggi, Dharmasraya, Kepulauan Mentawai, Lima Puluh Kota, Padang, Padang Panjang, Padang Pariaman, Pariaman, \
         Pasaman, Pasaman Barat, Payakumbuh, Pesisir Selatan, Sawahlunto, Sijunjung, Solok, Solok Selatan, Tanah Datar",
    ),
    province(
        "Sumatera Selatan",
        &["Sumsel"],
        "Banyuasin, Empat Lawang, Lahat, Lubuklinggau, Muara Enim, Musi Banyuasin, Musi Rawas, Musi Rawas Utara, Ogan Ilir, \
         Ogan Komering Ilir, Ogan Komering Ulu, Ogan Komering Ulu Selatan, Ogan Komering Ulu Timur, Pagar Alam, Palembang, \
         Penukal Abab Lematang Ilir, Prabumulih",
    ),
    province(
        "Sumatera Utara",
        &["Sumut"],
        "Asahan, Batu Bara, Binjai, Dairi, Deli Serdang, Gunungsitoli, Humbang Hasundutan, Karo, Labuhanbatu, Labuhanbatu Selatan, \
         Labuhanbatu Utara, Langkat, Mandailing Natal, Medan, Nias, Nias Barat, Nias Selatan, Nias Utara, Padang Lawas, \
         Padang Lawas Utara, Padang Sidempuan, Pakpak Bharat, Pematangsiantar, Samosir, Serdang Bedagai, Sibolga, Simalungun, \
         Tanjungbalai, Tapanuli Selatan, Tapanuli Tengah, Tapanuli Utara, Tebing Tinggi, Toba",
    ),
];

/// Other names of cities, each with the one of the list.
pub(super) const ALSO_CALLED: [(&str, &str); 26] = [
    ("Tangsel", "Tangerang Selatan"),
    ("Jakbar", "Jakarta Barat"),
    ("Jakpus", "Jakarta Pusat"),
    ("Jaksel", "Jakarta Selatan"),
    ("Jaktim", "Jakarta Timur"),
    ("Jakut", "Jakarta Utara"),
    ("Thousand Islands", "Kepulauan Seribu"),
    ("Jogja", "Yogyakarta"),
    ("Jogjakarta", "Yogyakarta"),
    ("Yogya", "Yogyakarta"),
    ("Solo", "Surakarta"),
    ("Ujung Pandang", "Makassar"),
    ("Pangkep", "Pangkajene dan Kepulauan"),
    ("Sidrap", "Sidenreng Rappang"),
    ("Siantar", "Pematangsiantar"),
    ("Toba Samosir", "Toba"),
    ("Muba", "Musi Banyuasin"),
    ("OKI", "Ogan Komering Ilir"),
    ("OKU", "Ogan Komering Ulu"),
    ("PALI", "Penukal Abab Lematang Ilir"),
    ("Kukar", "Kutai Kartanegara"),
    ("Paser Utara", "Penajam Paser Utara"),
    ("Mamuju Utara", "Pasangkayu"),
    ("Maluku Tenggara Barat", "Kepulauan Tanimbar"),
    ("Wamena", "Jayawijaya"),
    ("Timika", "Mimika"),
];
