//! What the settings say.

use domain::texts;

texts! {
    /// The settings' words.
    pub(crate) enum SettingsText {
        Title => "Pengaturan", "Settings";
        Topics => "Bagian pengaturan", "Parts of the settings";
        Delivery => "Pengiriman", "Delivery";
        Taxes => "Pajak", "Taxes";

        Unsaved => "Ada perubahan yang belum disimpan.", "There are unsaved changes.";
        Wrong => "Ada isian yang perlu diperbaiki sebelum disimpan.", "Something needs mending before this can be saved.";
        WrongElsewhere => "Yang perlu diperbaiki ada di bagian lain.", "What needs mending is in the other part.";
        Save => "Simpan", "Save";
        Saving => "Menyimpan…", "Saving…";
        Revert => "Kembalikan", "Discard";
        Saved => "Pengaturan disimpan", "Settings saved";
        Undo => "Urungkan simpanan terakhir", "Undo the last save";
        Undone => "Pengaturan sebelumnya dipasang lagi", "The earlier settings are back";
        Reload => "Muat ulang", "Load again";
        SaveKeys => "Ctrl+S menyimpan", "Ctrl+S saves";

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
        PickupOffer => "Pembeli boleh mengambil sendiri, tanpa ongkos kirim", "Buyers may fetch their goods, without a delivery price";
        PickupId => "Tempat dan waktu (Bahasa Indonesia)", "Place and time (Indonesian)";
        PickupEn => "Tempat dan waktu (Inggris)", "Place and time (English)";
        PickupHint => "Ini yang dibaca pembeli saat checkout.", "Buyers read this at checkout.";

        Try => "Coba hitung", "Try it out";
        TryHint => "Dengan harga di halaman ini, juga sebelum disimpan.", "With the prices on this page, saved or not.";
        TryProvince => "Provinsi", "Province";
        TryCity => "Kota", "City";
        TryWeight => "Berat (kg)", "Weight (kg)";
        TryPrice { price: String } => "Ongkos kirim {price}", "Delivery costs {price}";
        TryWrong => "Perbaiki dulu isian yang ditandai.", "Mend the marked fields first.";

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
