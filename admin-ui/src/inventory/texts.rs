//! What the stock list, a variant and the stock-takes say.

use domain::texts;

texts! {
    /// The stock list's words.
    pub(crate) enum StockText {
        EditProduct => "Ubah produk", "Edit product";
        Title => "Stok", "Stock";
        Filters => "Filter stok", "Filter by stock";
        All => "Semua", "All";
        Low => "Menipis", "Low";
        Out => "Habis", "Sold out";
        Search => "Cari produk atau SKU", "Search product or SKU";
        ListCaption => "Varian dan stoknya", "Variants and their stock";
        Product => "Produk", "Product";
        Sku => "SKU", "SKU";
        Category => "Kategori", "Category";
        Price => "Harga", "Price";
        OnHand => "Di rak", "On hand";
        Reserved => "Dipesan", "Reserved";
        Available => "Tersedia", "Available";
        State => "Keadaan", "State";
        StateFine => "Aman", "In stock";
        Limit { limit: u32 } => "Batas peringatan {limit}", "Warning limit {limit}";
        Receive => "Terima barang", "Receive stock";
        ReceiveShort => "Terima", "Receive";
        ReceiveFor { product: String } => "Terima barang: {product}", "Receive stock: {product}";
        Before { on_hand: u32, available: u32 } => "Sekarang {on_hand} di rak, {available} bisa dibeli.", "Now {on_hand} on hand, {available} can be bought.";
        After { on_hand: i64, available: i64 } => "Setelah ini {on_hand} di rak, {available} bisa dibeli.", "After this {on_hand} on hand, {available} can be bought.";
        Quantity => "Jumlah yang masuk", "Units that came in";
        QuantityHint => "1 sampai 1.000.000", "1 to 1,000,000";
        Note => "Catatan", "Note";
        NoteHint => "Boleh kosong, misalnya nomor surat jalan.", "May be empty; for example the delivery note's number.";
        Received { count: u32, product: String } => "{count} barang masuk: {product}", "{count} units received: {product}", one count: "{count} unit received: {product}";

        MayBeEmpty => "Boleh kosong.", "May be empty.";
        CorrectFor { product: String } => "Koreksi stok: {product}", "Correct stock: {product}";
        Difference => "Selisih", "Difference";
        DifferenceHint => "Misalnya -2 untuk dua yang rusak, atau 1 untuk satu yang ditemukan.", "Such as -2 for two that broke, or 1 for one that was found.";
        Why => "Alasan", "Why";
        WhyHint => "Tercatat di buku stok.", "Kept in the ledger.";
        Corrected { product: String } => "Stok dikoreksi: {product}", "Stock corrected: {product}";
        CountFor { product: String } => "Hitung stok: {product}", "Count stock: {product}";
        CountExplain { on_hand: u32 } => "Tercatat {on_hand} di rak.", "{on_hand} are on record.";
        CountExplainWaiting { on_hand: u32, waiting: u32 } => "Tercatat {on_hand} di rak. Jangan hitung {waiting} yang sudah terjual dan menunggu dikirim.", "{on_hand} are on record. Leave out the {waiting} that are sold and wait to be sent.";
        CountedUnits => "Jumlah hasil hitungan", "Units counted";
        CountedSaid { count: u32, product: String } => "{product}: {count} dihitung", "{product}: {count} counted";
        LimitsFor { product: String } => "Batas: {product}", "Limits: {product}";
        LimitsExplain => "Peringatan untuk Anda, dan jumlah yang bisa dibeli dalam satu pesanan.", "The warning for you, and how many one order can have.";
        LowLimit => "Batas peringatan", "Warning limit";
        LowLimitHint => "Anda diberi tahu bila yang tersedia sebanyak ini atau kurang.", "You are told when this many or fewer are available.";
        Fewest => "Minimal per pesanan", "Minimum per order";
        FewestHint => "Biasanya 1.", "Usually 1.";
        Most => "Maksimal per pesanan", "Maximum per order";
        MostHint => "1 sampai 1.000.", "1 to 1,000.";
        LimitsSaved { product: String } => "Batas disimpan: {product}", "Limits saved: {product}";

        BackToList => "Semua stok", "All stock";
        Stock => "Stok", "Stock";
        Waiting => "Menunggu dikirim", "To be sent";
        Count => "Hitung", "Count";
        Correct => "Koreksi", "Correct";
        Limits => "Batas", "Limits";
        TaxClass => "Golongan pajak", "Tax class";
        TaxClassDefault { name: String } => "Bawaan: {name}", "Default: {name}";
        TaxClassGone => "Sudah tidak ada; memakai yang bawaan", "No longer there; the default is used";
        ChangeTaxClass => "Ubah golongan pajak", "Change the tax class";
        TaxClassFor { product: String } => "Golongan pajak {product}", "Tax class of {product}";
        TaxClassExplain => "Berlaku untuk semua varian produk ini mulai pesanan berikutnya. Pesanan yang sudah ada tidak berubah.", "For all variants of this product, from the next order on. Orders that were placed keep their taxes.";
        TaxClassSaved { product: String } => "Golongan pajak {product} diubah", "The tax class of {product} was changed";
        StaffNote => "Catatan untuk staf", "Note to staff";
        StaffNoteNone => "Belum ada catatan.", "No note yet.";
        WriteStaffNote => "Tulis catatan", "Write a note";
        ChangeStaffNote => "Ubah catatan", "Change the note";
        StaffNoteFor { product: String } => "Catatan untuk staf: {product}", "Note to staff: {product}";
        StaffNoteExplain => "Dilihat staf di meja kerja pada semua varian produk ini. Pembeli tidak pernah melihatnya.", "Staff see it at the desk on all variants of this product. Shoppers never do.";
        StaffNoteHint => "Misalnya: mudah pecah, bungkus dua lapis. Kosongkan untuk menghapusnya.", "Such as: fragile, wrap twice. Leave it empty to remove it.";
        StaffNoteSaved { product: String } => "Catatan untuk {product} disimpan", "The note on {product} was saved";
        StaffNoteRemoved { product: String } => "Catatan untuk {product} dihapus", "The note on {product} was removed";
        ChangeLimits => "Ubah batas", "Change limits";
        Ledger => "Buku stok", "Ledger";
        When => "Waktu", "When";
        What => "Apa", "What";
        Change => "Perubahan", "Change";
        Who => "Oleh", "By";
        NoMovements => "Belum ada pergerakan", "No movements yet";
        NoMovementsHint => "Barang masuk, terjual, dan koreksi akan tercatat di sini.", "What comes in, is sold or corrected will stand here.";

        NoneYet => "Belum ada produk", "No products yet";
        NoneYetHint => "Produk yang Anda tambahkan akan muncul di sini bersama stoknya.", "Products that you add will show here with their stock.";
        NoneLow => "Tidak ada stok yang menipis", "No stock is low";
        NoneOut => "Tidak ada yang habis", "Nothing is sold out";
        NoneHereHint => "Semua varian berada di atas batasnya.", "Every variant is above its limit.";
        NoneFound { search: String } => "Tidak ada produk yang cocok dengan “{search}”", "No product matches “{search}”";
        NoneFoundHint => "Coba nama produk atau SKU yang lain.", "Try another product name or SKU.";
    }
}

texts! {
    /// The stock-takes' words.
    pub(crate) enum TakeText {
        Title => "Stok opname", "Stock-takes";
        ListCaption => "Stok opname, terbaru lebih dulu", "Stock-takes, newest first";
        BackToList => "Semua stok opname", "All stock-takes";
        Begin => "Mulai stok opname", "Begin a stock-take";
        BeginExplain => "Hitung rak demi rak. Toko tetap buka; stok baru berubah setelah Anda menerapkannya.", "Count shelf by shelf. The shop stays open; stock changes only when you apply it.";
        BeginConfirm => "Mulai menghitung", "Start counting";
        Name => "Nama", "Name";
        NameOf { day: String } => "Stok opname {day}", "Stock-take, {day}";
        NameHint => "Misalnya bulan atau raknya.", "Such as the month or the shelf.";
        Begun { name: String } => "{name} dimulai", "{name} has begun";
        BegunByAt { name: String, at: String } => "{name}, {at}", "{name}, {at}";
        NoneYet => "Belum pernah stok opname", "No stock-take yet";
        NoneYetHint => "Hitung barang di rak, lihat selisihnya, lalu terapkan sekaligus.", "Count what is on the shelf, look at the differences, and apply them together.";
        Status => "Status", "State";
        Counted => "Dihitung", "Counted";
        Differences => "Selisih", "Differences";
        BegunBy => "Dimulai oleh", "Begun by";
        BegunAt => "Mulai", "Begun";

        Entry => "Hitung barang", "Count items";
        Sku => "SKU atau nama", "SKU or name";
        SkuHint => "Pindai, ketik, atau cari; Enter melanjutkan.", "Scan, type or search; Enter goes on.";
        Count => "Hitungan", "Count";
        CountHint => "Semua di rak, juga yang menunggu dikirim.", "All on the shelf, also what waits to be sent.";
        Record => "Catat", "Record";
        Recorded { sku: String, count: u32 } => "{sku}: {count} tercatat.", "{sku}: {count} recorded.";
        NoneFound => "Tidak ada barang yang cocok.", "No item matches.";
        Finds => "Barang yang cocok", "Items that match";

        Lines => "Hasil hitungan", "What was counted";
        NothingCounted => "Belum ada yang dihitung", "Nothing counted yet";
        NothingCountedHint => "Pindai atau ketik SKU di atas untuk mulai.", "Scan or type a SKU above to begin.";
        Product => "Produk", "Product";
        Expected => "Seharusnya", "Expected";
        Difference => "Selisih", "Difference";
        Value => "Nilai selisih", "Value";
        By => "Oleh", "By";
        Again { sku: String } => "Hitung ulang {sku}", "Count {sku} again";
        BelowPromised { reserved: i64 } => "{reserved} sudah dipesan", "{reserved} are promised";

        Summary => "Ringkasan", "Summary";
        ApplyHint => "Periksa selisihnya dulu. Penjualan setelah dihitung tetap terpotong.", "Look at the differences first. Sales since the count stay sold.";
        Apply => "Terapkan selisih", "Apply the differences";
        ApplyAsk => "Terapkan hasil hitungan?", "Apply what was counted?";
        ApplyExplain { count: u32, value: String } => "{count} selisih senilai {value} masuk ke buku stok. Langkah ini tidak bisa dibatalkan.", "{count} differences worth {value} go into the ledger. This cannot be undone.";
        ApplyNothing => "Semua hitungan cocok; stok tidak berubah.", "Every count fits; stock stays as it is.";
        Applied { name: String } => "{name} diterapkan", "{name} is applied";
        Abandon => "Buang hitungan", "Drop the count";
        AbandonAsk => "Buang hasil hitungan?", "Drop what was counted?";
        AbandonExplain => "Stok tidak berubah, dan hitungan ini ditutup.", "Stock stays as it is, and this count is closed.";
        Abandoned { name: String } => "{name} dibuang", "{name} is dropped";
        Promised { skus: String } => "Kurang dari yang sudah dipesan: {skus}. Batalkan dulu pesanannya.", "Fewer than are promised to buyers: {skus}. Cancel their orders first.";
        ClosedAt { at: String } => "Ditutup {at}", "Closed {at}";
    }
}
