//! The words that goods and people are made of.

/// A text in Indonesian and in English.
pub(crate) type Words = (&'static str, &'static str);

/// A kind of goods: what it is called, the letters of its SKUs, and what it costs at least and at most, in thousands.
pub(crate) type Kind = (Words, &'static str, (u32, u32));

/// A category of the first level, with those below it and their kinds of goods.
pub(crate) type Department = (Words, [(Words, [Kind; 4]); 3]);

pub(crate) const DEPARTMENTS: [Department; 6] = [
    (
        ("Pakaian Pria", "Menswear"),
        [
            (
                ("Atasan Pria", "Men's tops"),
                [
                    (("Kemeja Flanel", "Flannel shirt"), "KFL", (119, 289)),
                    (("Kemeja Linen", "Linen shirt"), "KLN", (149, 349)),
                    (("Kaus Polos", "Plain T-shirt"), "KPL", (49, 129)),
                    (("Jaket Denim", "Denim jacket"), "JDN", (249, 589)),
                ],
            ),
            (
                ("Bawahan Pria", "Men's trousers"),
                [
                    (("Celana Chino", "Chinos"), "CCH", (159, 339)),
                    (("Celana Kargo", "Cargo trousers"), "CKG", (179, 359)),
                    (("Celana Pendek", "Shorts"), "CPD", (79, 189)),
                    (("Sarung Tenun", "Woven sarong"), "SRG", (89, 450)),
                ],
            ),
            (
                ("Sepatu Pria", "Men's shoes"),
                [
                    (("Sepatu Kets", "Trainers"), "SKT", (199, 699)),
                    (("Sandal Kulit", "Leather sandals"), "SDK", (129, 329)),
                    (("Sepatu Pantofel", "Loafers"), "SPF", (249, 799)),
                    (("Sepatu Bot", "Boots"), "SBT", (349, 1_190)),
                ],
            ),
        ],
    ),
    (
        ("Pakaian Wanita", "Womenswear"),
        [
            (
                ("Atasan Wanita", "Women's tops"),
                [
                    (("Blus Katun", "Cotton blouse"), "BKT", (99, 259)),
                    (("Tunik Rayon", "Rayon tunic"), "TRY", (119, 279)),
                    (("Kardigan Rajut", "Knitted cardigan"), "KRJ", (139, 349)),
                    (("Kebaya Encim", "Encim kebaya"), "KEB", (259, 890)),
                ],
            ),
            (
                ("Gaun dan Rok", "Dresses and skirts"),
                [
                    (("Gaun Midi", "Midi dress"), "GMD", (189, 489)),
                    (("Rok Plisket", "Pleated skirt"), "RPL", (99, 229)),
                    (("Gamis Harian", "Everyday gamis"), "GMS", (159, 429)),
                    (("Kulot Linen", "Linen culottes"), "KLT", (119, 289)),
                ],
            ),
            (
                ("Kerudung", "Headscarves"),
                [
                    (("Kerudung Segi Empat", "Square scarf"), "KSE", (29, 119)),
                    (("Pasmina Ceruti", "Chiffon pashmina"), "PSM", (39, 129)),
                    (("Kerudung Instan", "Ready-made scarf"), "KIN", (49, 139)),
                    (("Selendang Batik", "Batik shawl"), "SLB", (89, 390)),
                ],
            ),
        ],
    ),
    (
        ("Rumah", "Home"),
        [
            (
                ("Dapur", "Kitchen"),
                [
                    (("Teko Keramik", "Ceramic teapot"), "TKK", (89, 289)),
                    (("Cangkir Kopi", "Coffee cup"), "CKP", (25, 99)),
                    (("Talenan Jati", "Teak chopping board"), "TLJ", (69, 249)),
                    (("Wajan Besi", "Iron wok"), "WJB", (129, 459)),
                ],
            ),
            (
                ("Kamar Tidur", "Bedroom"),
                [
                    (("Seprai Katun", "Cotton bed sheet"), "SPR", (189, 690)),
                    (("Selimut Rajut", "Knitted blanket"), "SLR", (219, 590)),
                    (("Sarung Bantal", "Pillowcase"), "SBL", (35, 119)),
                    (("Lampu Meja", "Table lamp"), "LMJ", (149, 549)),
                ],
            ),
            (
                ("Ruang Tamu", "Living room"),
                [
                    (("Vas Gerabah", "Earthenware vase"), "VGB", (59, 329)),
                    (("Karpet Tenun", "Woven rug"), "KTN", (259, 1_490)),
                    (("Keranjang Rotan", "Rattan basket"), "KRT", (79, 349)),
                    (("Bantal Sofa", "Sofa cushion"), "BSF", (69, 199)),
                ],
            ),
        ],
    ),
    (
        ("Kecantikan", "Beauty"),
        [
            (
                ("Perawatan Wajah", "Face care"),
                [
                    (("Serum Wajah", "Face serum"), "SRW", (69, 289)),
                    (("Pelembap Lidah Buaya", "Aloe moisturiser"), "PLB", (45, 159)),
                    (("Masker Tanah Liat", "Clay mask"), "MTL", (35, 149)),
                    (("Tabir Surya", "Sunscreen"), "TBS", (59, 199)),
                ],
            ),
            (
                ("Perawatan Tubuh", "Body care"),
                [
                    (("Sabun Batang", "Soap bar"), "SBB", (19, 79)),
                    (("Lulur Tradisional", "Traditional body scrub"), "LLR", (39, 129)),
                    (("Minyak Kelapa", "Coconut oil"), "MKL", (35, 119)),
                    (("Losion Beras", "Rice lotion"), "LSB", (49, 139)),
                ],
            ),
            (
                ("Wewangian", "Fragrance"),
                [
                    (("Parfum Melati", "Jasmine perfume"), "PML", (129, 590)),
                    (("Lilin Aromaterapi", "Scented candle"), "LAR", (59, 249)),
                    (("Dupa Cendana", "Sandalwood incense"), "DPC", (19, 89)),
                    (("Pengharum Ruangan", "Room fragrance"), "PHR", (39, 159)),
                ],
            ),
        ],
    ),
    (
        ("Makanan", "Food"),
        [
            (
                ("Kopi dan Teh", "Coffee and tea"),
                [
                    (("Kopi Biji", "Coffee beans"), "KPB", (45, 219)),
                    (("Kopi Bubuk", "Ground coffee"), "KBK", (25, 129)),
                    (("Teh Daun", "Leaf tea"), "THD", (19, 149)),
                    (("Wedang Jahe", "Ginger infusion"), "WDJ", (15, 59)),
                ],
            ),
            (
                ("Camilan", "Snacks"),
                [
                    (("Keripik Tempe", "Tempeh crisps"), "KRT-T", (12, 39)),
                    (("Kacang Mete", "Cashew nuts"), "KCM", (35, 149)),
                    (("Kue Kering", "Biscuits"), "KKR", (29, 119)),
                    (("Cokelat Batang", "Chocolate bar"), "CKB", (19, 89)),
                ],
            ),
            (
                ("Bumbu", "Spices"),
                [
                    (("Sambal Botol", "Bottled sambal"), "SBO", (19, 69)),
                    (("Gula Aren", "Palm sugar"), "GAR", (19, 79)),
                    (("Garam Laut", "Sea salt"), "GLT", (9, 49)),
                    (("Lada Putih", "White pepper"), "LDP", (15, 99)),
                ],
            ),
        ],
    ),
    (
        ("Anak", "Children"),
        [
            (
                ("Pakaian Anak", "Children's clothes"),
                [
                    (("Kaus Anak", "Children's T-shirt"), "KAN", (39, 109)),
                    (("Piama Anak", "Children's pyjamas"), "PAN", (79, 189)),
                    (("Jaket Anak", "Children's jacket"), "JAN", (119, 289)),
                    (("Topi Rajut", "Knitted hat"), "TRJ", (35, 99)),
                ],
            ),
            (
                ("Mainan", "Toys"),
                [
                    (("Balok Kayu", "Wooden blocks"), "BLK", (59, 289)),
                    (("Boneka Kain", "Cloth doll"), "BNK", (69, 219)),
                    (("Teka-Teki Kayu", "Wooden puzzle"), "TTK", (39, 159)),
                    (("Mobil Kayu", "Wooden car"), "MBK", (35, 149)),
                ],
            ),
            (
                ("Sekolah", "School"),
                [
                    (("Tas Sekolah", "School bag"), "TSK", (99, 349)),
                    (("Kotak Makan", "Lunch box"), "KMK", (39, 149)),
                    (("Botol Minum", "Water bottle"), "BTM", (35, 189)),
                    (("Buku Tulis", "Exercise book"), "BTL", (9, 39)),
                ],
            ),
        ],
    ),
];

/// Names of series; some with letters that a search must not stumble over.
pub(crate) const SERIES: [&str; 40] = [
    "Aruna",
    "Bromo",
    "Cendrawasih",
    "Dahayu",
    "Embun",
    "Fajar",
    "Gayatri",
    "Halimun",
    "Indira",
    "Jatayu",
    "Kencana",
    "Larasati",
    "Mahameru",
    "Nirwana",
    "Ombak",
    "Pelangi",
    "Rinjani",
    "Senja",
    "Tirta",
    "Udara",
    "Wening",
    "Yudistira",
    "Zamrud",
    "Björk",
    "Crème",
    "Düne",
    "Élan",
    "Fjäll",
    "Grün",
    "Jardín",
    "Köln",
    "Müritz",
    "Niño",
    "Öland",
    "Señora",
    "Straße",
    "Tündér",
    "Über",
    "Vår",
    "Zürich",
];

pub(crate) const STYLES: [Words; 12] = [
    ("Klasik", "Classic"),
    ("Ringan", "Light"),
    ("Hangat", "Warm"),
    ("Halus", "Soft"),
    ("Tangguh", "Sturdy"),
    ("Lembut", "Gentle"),
    ("Motif", "Patterned"),
    ("Premium", "Premium"),
    ("Harian", "Everyday"),
    ("Edisi Khusus", "Special edition"),
    ("Mini", "Mini"),
    ("Jumbo", "Jumbo"),
];

/// Colours with their swatches.
pub(crate) const COLOURS: [(Words, &str); 12] = [
    (("Hitam", "Black"), "#1d1d1f"),
    (("Putih", "White"), "#f7f5f0"),
    (("Biru Dongker", "Navy"), "#1f2f53"),
    (("Hijau Lumut", "Moss green"), "#5b6b3a"),
    (("Merah Bata", "Brick red"), "#9c4a34"),
    (("Kuning Kunyit", "Turmeric yellow"), "#d99a1c"),
    (("Abu Muda", "Light grey"), "#c4c4c0"),
    (("Cokelat Susu", "Milk chocolate"), "#8b6a4f"),
    (("Ungu Terong", "Aubergine"), "#4b2a4a"),
    (("Merah Muda", "Pink"), "#e3a2ab"),
    (("Biru Langit", "Sky blue"), "#8fb8d8"),
    (("Krem", "Cream"), "#ece0c8"),
];

pub(crate) const SIZES: [Words; 5] = [("S", "S"), ("M", "M"), ("L", "L"), ("XL", "XL"), ("XXL", "XXL")];

/// Sentences of descriptions.
pub(crate) const SENTENCES: [Words; 10] = [
    ("Dibuat oleh perajin setempat dari bahan pilihan.", "Made by local craftspeople from chosen materials."),
    ("Nyaman dipakai seharian, di rumah maupun di luar.", "Comfortable all day, at home and outside."),
    ("Setiap potong diperiksa dengan tangan sebelum dikirim.", "Every piece is checked by hand before it is sent."),
    ("Warnanya tidak mudah pudar walau sering dicuci.", "The colour lasts, however often it is washed."),
    ("Cocok untuk hadiah, dan datang dalam kotak kertas.", "It makes a good gift, and comes in a paper box."),
    ("Ukurannya pas untuk keperluan sehari-hari.", "The size is right for everyday use."),
    ("Simpan di tempat yang kering dan teduh.", "Keep it in a dry and shaded place."),
    ("**Garansi 30 hari** untuk cacat produksi.", "**A guarantee of 30 days** covers faults."),
    ("Stok terbatas; kami buat lagi setiap bulan.", "Small batches; we make more each month."),
    ("Lihat juga barang lain dari seri yang sama.", "Have a look at the rest of the series."),
];

pub(crate) const FIRST_NAMES: [&str; 40] = [
    "Adi", "Agus", "Ayu", "Bagus", "Bayu", "Budi", "Citra", "Dewi", "Dian", "Dimas", "Eka", "Endah", "Fajar", "Fitri",
    "Galih", "Gita", "Hadi", "Hana", "Indra", "Intan", "Joko", "Kartika", "Lestari", "Lukman", "Maya", "Mega", "Nanda",
    "Novi", "Putri", "Rahma", "Rizky", "Sari", "Sinta", "Slamet", "Tari", "Teguh", "Wahyu", "Wulan", "Yanti", "Yusuf",
];

pub(crate) const LAST_NAMES: [&str; 30] = [
    "Anggraini",
    "Ardiansyah",
    "Astuti",
    "Firmansyah",
    "Ginting",
    "Gunawan",
    "Handayani",
    "Hidayat",
    "Hutapea",
    "Iskandar",
    "Kurniawan",
    "Kusuma",
    "Lubis",
    "Maharani",
    "Nasution",
    "Nugroho",
    "Permana",
    "Pratama",
    "Purnomo",
    "Rahmawati",
    "Saputra",
    "Setiawan",
    "Siregar",
    "Suryani",
    "Susanti",
    "Sutrisno",
    "Utami",
    "Wibowo",
    "Wijaya",
    "Yulianti",
];

pub(crate) const STREETS: [&str; 16] = [
    "Jalan Melati",
    "Jalan Kenanga",
    "Jalan Diponegoro",
    "Jalan Gatot Subroto",
    "Jalan Merdeka",
    "Jalan Cempaka",
    "Jalan Sudirman",
    "Jalan Ahmad Yani",
    "Jalan Pahlawan",
    "Jalan Mawar",
    "Jalan Imam Bonjol",
    "Jalan Veteran",
    "Jalan Hasanuddin",
    "Jalan Kartini",
    "Jalan Pemuda",
    "Jalan Teratai",
];

/// Cities with their provinces, and where their postal codes begin.
pub(crate) const CITIES: [(&str, &str, u32); 16] = [
    ("Jakarta Selatan", "DKI Jakarta", 12_110),
    ("Jakarta Barat", "DKI Jakarta", 11_210),
    ("Bandung", "Jawa Barat", 40_111),
    ("Bekasi", "Jawa Barat", 17_111),
    ("Bogor", "Jawa Barat", 16_111),
    ("Semarang", "Jawa Tengah", 50_131),
    ("Surakarta", "Jawa Tengah", 57_111),
    ("Yogyakarta", "DI Yogyakarta", 55_111),
    ("Surabaya", "Jawa Timur", 60_111),
    ("Malang", "Jawa Timur", 65_111),
    ("Denpasar", "Bali", 80_111),
    ("Medan", "Sumatera Utara", 20_111),
    ("Padang", "Sumatera Barat", 25_111),
    ("Palembang", "Sumatera Selatan", 30_111),
    ("Makassar", "Sulawesi Selatan", 90_111),
    ("Balikpapan", "Kalimantan Timur", 76_111),
];

/// What buyers say, with how many stars they give.
pub(crate) const OPINIONS: [(u8, &str); 14] = [
    (5, "Bagus sekali, persis seperti di foto. Pengirimannya juga cepat."),
    (5, "Sudah beli kedua kalinya, tetap puas."),
    (5, "Kualitasnya melebihi harganya. Terima kasih!"),
    (5, "Lovely quality, and it came well packed."),
    (5, "Cocok, nyaman, warnanya cantik."),
    (4, "Barangnya bagus, hanya kotaknya agak penyok."),
    (4, "Sesuai deskripsi. Semoga awet."),
    (4, "Good value. The colour is a little darker than on the picture."),
    (4, "Suka, tapi pengiriman ke tempat saya agak lama."),
    (3, "Lumayan. Ukurannya sedikit lebih kecil dari yang saya kira."),
    (3, "Biasa saja, sesuai harga."),
    (2, "Jahitannya kurang rapi di satu sisi."),
    (2, "Not what I had hoped for, but the shop answered at once."),
    (1, "Barang rusak waktu datang."),
];
