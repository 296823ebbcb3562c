//! What the settings say.

use domain::texts;

texts! {
    /// The settings' words.
    pub(crate) enum SettingsText {
        Title => "Pengaturan", "Settings";
        Topics => "Bagian pengaturan", "Parts of the settings";
        Shop => "Toko", "Shop";
        Checkout => "Checkout & pembayaran", "Checkout & payment";
        Delivery => "Pengiriman", "Delivery";
        Taxes => "Pajak", "Taxes";

        Unsaved => "Ada perubahan yang belum disimpan.", "There are unsaved changes.";
        Wrong => "Ada isian yang perlu diperbaiki sebelum disimpan.", "Some fields need fixing before this can be saved.";
        WrongElsewhere { part: String } => "Yang perlu diperbaiki ada di bagian “{part}”.", "What needs fixing is under “{part}”.";
        Revert => "Kembalikan", "Discard";
        Saved => "Pengaturan disimpan", "Settings saved";
        Undo => "Urungkan simpanan terakhir", "Undo the last save";
        Undone => "Pengaturan sebelumnya dipasang lagi", "The earlier settings are back";
        SaveKeys => "Ctrl+S menyimpan", "Ctrl+S saves";

        Identity => "Nama dan cerita", "Name and story";
        ShopName => "Nama toko", "Shop's name";
        ShopNameHint => "Tampil di setiap halaman, faktur, dan surat.", "Shown on every page, invoice and letter.";
        TaglineId => "Slogan (Bahasa Indonesia)", "Tagline (Indonesian)";
        TaglineEn => "Slogan (Inggris)", "Tagline (English)";
        TaglineHint => "Satu kalimat di halaman depan. Kalau satu bahasa kosong, bahasa yang lain dipakai.", "One sentence on the front page. When one language is empty, the other is used.";
        AboutId => "Tentang toko (Bahasa Indonesia)", "About the shop (Indonesian)";
        AboutEn => "Tentang toko (Inggris)", "About the shop (English)";
        AboutHint => "Baris kosong memisahkan paragraf.", "Leave an empty line between paragraphs.";
        Contact => "Kontak", "Contact";
        ContactHint => "Cara pembeli menghubungi toko. Yang kosong tidak ditampilkan.", "How buyers reach the shop. Empty lines are not shown.";
        ContactEmail => "Email", "Email";
        ContactPhone => "Telepon", "Phone";
        ContactAddress => "Alamat", "Address";
        Habits => "Bahasa dan waktu", "Language and time";
        ShopLocale => "Bahasa toko", "Shop's language";
        ShopLocaleHint => "Untuk pengunjung yang browsernya tidak meminta Indonesia atau Inggris.", "For visitors whose browser asks for neither Indonesian nor English.";
        Clock => "Zona waktu", "Time zone";
        ClockHint => "Menentukan kapan hari berganti di ringkasan, laporan, dan nomor faktur.", "Decides when a day begins in the overview, in reports and in invoice numbers.";
        CurrencyIs { code: String } => "Mata uang: {code}", "Currency: {code}";
        CurrencyStays => "Dipilih saat toko dibuat. Tidak bisa diganti, karena semua harga yang tersimpan akan berubah arti.", "Chosen when the shop was set up. It cannot change, because every stored amount would mean something else.";

        Holding => "Barang selama checkout", "Units during the checkout";
        HoldMinutes => "Barang ditahan selama (menit)", "Units are held for (minutes)";
        HoldHint => "Sejak pembeli membuka checkout, barangnya tidak bisa dibeli orang lain selama ini. Terlalu singkat membuat pembeli terburu-buru, terlalu lama membuat barang tampak habis.", "From the moment a buyer opens the checkout nobody else can buy the units for so long. Too short hurries buyers, too long makes goods look sold out.";
        MostHoldMinutes => "Paling lama ditahan (menit)", "Held at most (minutes)";
        MostHoldHint => "Membuka checkout lagi memulai waktunya lagi, tetapi tidak lebih dari ini. Setelah itu barang tidak disimpan untuk sementara; pesanan tetap bisa dibuat.", "Opening the checkout again starts the time anew, but never for longer than this. After it nothing is held for a while; the order can still be placed.";
        Unpaid => "Pesanan yang belum dibayar", "Orders that are not paid yet";
        UnpaidHours => "Batas bayar (jam)", "Time to pay (hours)";
        UnpaidHint => "Pesanan yang belum dibayar sampai saat itu otomatis dibatalkan dan barangnya bisa dibeli lagi. Berlaku untuk pesanan berikutnya.", "An order not paid by then is cancelled automatically and its items go back on sale. Applies to new orders.";
        OneUnpaid => "Pesanan terakhir harus dibayar atau dibatalkan sebelum memesan lagi", "The last order must be paid for or cancelled before the next is placed";
        OneUnpaidHint => "Hanya untuk pembeli yang masuk ke akunnya; tamu tidak terkena.", "Only for buyers who are signed in; guests are not affected.";
        PayingTitle => "Cara bayar", "Payment methods";
        PayingHint => "Pembeli memilih dari yang dicentang. Keanggotaan hanya bisa dibayar online.", "Buyers choose among those that are ticked. Memberships can only be paid online.";
        DemoHint => "Untuk berlatih: tidak ada uang sungguhan yang berpindah. Muncul hanya selama layanan latihannya berjalan.", "For practice: no real money moves. It is offered only while the practice service runs.";
        GatewayNoKeys => "Belum dipasang", "Not set up";
        GatewayTest => "Mode uji coba: tidak ada uang sungguhan yang berpindah.", "Test mode: no real money moves.";
        GatewayLive => "Aktif: uang sungguhan.", "Live: real money moves.";
        GatewayKeysHint => "Salin dari dasbor layanan ini. Kunci disimpan tersegel dan tidak pernah ditampilkan lagi.", "Copy them from the service's dashboard. Keys are kept sealed and never shown again.";
        GatewayKeysSet => "Kunci sudah terpasang. Isi hanya untuk menggantinya.", "The keys are set. Fill in only to replace them.";
        GatewayKeysSave => "Simpan kunci", "Save the keys";
        GatewayKeysSaved => "Kunci disimpan", "Keys saved";
        GatewayCarries { methods: String } => "Dipakai untuk {methods}.", "Used for {methods}.";
        GatewayAddress => "Alamat notifikasi untuk diisikan di dasbor layanan ini:", "Enter this notification address in the service's dashboard:";
        GatewayUnreachable => "Alamat ini belum bisa dijangkau dari internet. Pembayaran tetap terlihat dalam semenit karena toko menanyakannya sendiri.", "This address cannot be reached from the internet yet. Payments are still seen within a minute, because the shop asks by itself.";
        GatewayHeard { at: String } => "Kabar terakhir {at}", "Last notice {at}";
        GatewaySilent => "Belum pernah ada kabar", "No notice so far";
        GatewayTry => "Coba", "Try it";
        GatewayTryOf { gateway: String } => "Coba {gateway}", "Try {gateway}";
        GatewayWorks => "Tersambung, dan kuncinya diterima.", "Connected, and the keys are accepted.";
        GatewayFails { why: String } => "Tidak bisa dipakai: {why}", "It cannot be used: {why}";
        CarriedBy { method: String } => "{method} lewat", "{method} through";
        CashHint => "Pesanan langsung diproses; uangnya diterima saat barang diserahkan.", "The order is processed at once; its money is taken when the goods are handed over.";

        Zones => "Zona", "Zones";
        ZonesHint => "Kota pembeli dicari lebih dulu, lalu provinsinya. Ejaan seperti “Kab. Bogor”, “Jabar”, dan “West Java” dikenali.", "The buyer's city is looked for first, then the province. Spellings such as “Kab. Bogor”, “Jabar” and “West Java” are understood.";
        ZoneProvinces { count: usize } => "{count} provinsi", "{count} provinces", one count: "{count} province";
        ZoneCities { count: usize } => "{count} kota", "{count} cities", one count: "{count} city";
        ZoneFrom { price: String } => "mulai {price}", "from {price}";
        NewZone => "Zona baru", "New zone";
        AddZone => "Tambah zona", "Add a zone";
        RemoveZone => "Hapus zona ini", "Remove this zone";
        NoZones => "Belum ada zona: semua tempat memakai harga di bawah.", "No zones yet: every place costs what stands below.";
        ZoneName => "Nama zona", "Zone's name";
        Provinces => "Provinsi", "Provinces";
        Cities => "Kota atau kabupaten", "Cities";
        PlacesHint => "Pisahkan dengan koma.", "Separate with commas.";
        UpTo => "Berat sampai (kg)", "Weight up to (kg)";
        Price => "Ongkos kirim", "Price";
        UpToOf { place: usize } => "Berat sampai, baris {place}", "Weight up to, line {place}";
        PriceOf { place: usize } => "Ongkos kirim, baris {place}", "Price, line {place}";
        RemoveStep { place: usize } => "Hapus baris {place}", "Remove line {place}";
        AddStep => "Tambah berat", "Add a weight";
        ExtraKilogram => "Tiap kg berikutnya", "Each further kg";
        ExtraHint => "Untuk setiap kilogram yang dimulai di atas berat terakhir.", "For each started kilogram above the last weight.";
        Elsewhere => "Tempat lain", "Everywhere else";
        ElsewhereHint => "Untuk kota dan provinsi yang tidak ada di zona mana pun.", "For cities and provinces that are in no zone.";
        FreeFrom => "Gratis ongkir mulai belanja", "Free delivery from";
        FreeFromHint => "Dihitung dari harga barang sebelum diskon. Kosongkan bila tidak ada.", "Compared with the goods before discounts. Leave empty for none.";
        FreeTitle => "Gratis ongkir", "Free delivery";
        Pickup => "Ambil di toko", "Pickup";
        PickupOffer => "Pembeli boleh mengambil sendiri, tanpa ongkos kirim", "Buyers can pick up their order, with no delivery charge";
        PickupId => "Tempat dan waktu (Bahasa Indonesia)", "Place and time (Indonesian)";
        PickupEn => "Tempat dan waktu (Inggris)", "Place and time (English)";
        PickupHint => "Ini yang dibaca pembeli saat checkout.", "Buyers read this at checkout.";

        Try => "Coba hitung", "Try it out";
        TryHint => "Dengan harga di halaman ini, juga sebelum disimpan.", "With the prices on this page, saved or not.";
        TryProvince => "Provinsi", "Province";
        TryCity => "Kota", "City";
        TryWeight => "Berat (kg)", "Weight (kg)";
        TryPrice { price: String } => "Ongkos kirim {price}", "Delivery costs {price}";
        TryWrong => "Perbaiki dulu isian yang ditandai.", "Fix the marked fields first.";

        NoTaxes => "Belum ada pajak", "No taxes yet";
        NoTaxesHint => "Tanpa pajak, harga di toko adalah harga yang dibayar. Pengusaha kena pajak memungut PPN.", "Without taxes the prices in the shop are what people pay. Registered businesses in Indonesia charge PPN.";
        UsePpn => "Pakai PPN 11%", "Use PPN of 11%";
        AddClass => "Tambah golongan pajak", "Add a tax class";
        PricesInclude => "Harga di toko", "Prices in the shop";
        Included => "sudah termasuk pajak", "include tax";
        Added => "belum termasuk pajak", "are before tax";
        PricesHint => "Menentukan apakah pajak dihitung dari dalam harga atau ditambahkan saat checkout.", "Decides whether tax is worked out from within the prices or added at checkout.";
        DeliveryClass => "Pajak ongkos kirim", "Tax on delivery";
        DeliveryUntaxed => "Tidak dikenai pajak", "Not taxed";
        Classes => "Golongan pajak", "Tax classes";
        ClassesHint => "Golongan pertama berlaku untuk semua produk yang tidak memilih golongan lain.", "The first class is for all products that name no other.";
        ClassName => "Nama golongan", "Class's name";
        NewClass => "Golongan baru", "New class";
        Default => "Bawaan", "Default";
        RateName => "Nama pajak", "Tax's name";
        Rate => "Tarif (%)", "Rate (%)";
        RateNameOf { place: usize } => "Nama pajak, baris {place}", "Tax's name, line {place}";
        RateOf { place: usize } => "Tarif, baris {place}", "Rate, line {place}";
        AddRate => "Tambah pajak", "Add a tax";
        RemoveRate { place: usize } => "Hapus pajak di baris {place}", "Remove the tax in line {place}";
        RemoveClass => "Hapus golongan ini", "Remove this class";
        NoRates => "Bebas pajak", "Free of tax";
        Example => "Contoh", "Example";
        ExampleIncluded { price: String, tax: String } => "Barang seharga {price} mengandung pajak {tax}.", "Goods at {price} hold {tax} of tax.";
        ExampleAdded { price: String, tax: String, total: String } => "Barang seharga {price} ditambah pajak {tax}: dibayar {total}.", "Goods at {price} plus {tax} of tax: {total} to pay.";
    }
}
