//! What a change of many products says, and what can be undone.

use domain::texts;

texts! {
    /// The words of marking, changing and undoing.
    pub(crate) enum BulkText {
        Marked => "Produk yang dipilih", "Selected products";
        MarkPage => "Pilih semua di halaman ini", "Select all on this page";
        MarkOne { name: String } => "Pilih {name}", "Select {name}";
        MarkedCount { count: usize } => "{count} produk dipilih", "{count} products selected", one count: "1 product selected";
        MarkedAll => "Menghitung semua yang ditemukan…", "Counting all that were found…";
        MarkedAllCount { count: u32 } => "Semua {count} produk yang ditemukan dipilih", "All {count} products that were found are selected", one count: "The 1 product that was found is selected";
        MarkAll => "Pilih semua yang ditemukan", "Select all that were found";
        MarkNone => "Batalkan pilihan", "Clear the selection";

        Price => "Harga", "Price";
        Sale => "Promo", "Sale";
        Category => "Kategori", "Category";
        Status => "Status", "Status";
        TaxClass => "Pajak", "Tax";
        Limits => "Batas beli", "Limits";
        Delete => "Hapus", "Delete";

        How => "Caranya", "How";
        UpPercent => "Naikkan sekian persen", "Raise by a percentage";
        DownPercent => "Turunkan sekian persen", "Lower by a percentage";
        UpAmount => "Naikkan sekian rupiah", "Raise by an amount";
        DownAmount => "Turunkan sekian rupiah", "Lower by an amount";
        Percent => "Persen", "Percent";
        Amount => "Jumlah", "Amount";
        Rounding => "Pembulatan", "Rounding";
        RoundNone => "Tanpa pembulatan", "No rounding";
        Round500 => "Ke 500 terdekat", "To the nearest 500";
        Round1000 => "Ke 1.000 terdekat", "To the nearest 1,000";
        Round900 => "Berakhiran 900", "To end in 900";
        SalePercent => "Diskon sekian persen", "A percentage off";
        SaleTo => "Satu harga promo untuk semua", "One sale price for all";
        SaleEnds => "Akhiri promo", "End the sale";
        From => "Mulai", "Starts";
        FromHint => "Kosong berarti langsung.", "Empty means at once.";
        Until => "Berakhir", "Ends";
        UntilHint => "Kosong berarti tanpa akhir.", "Empty means it doesn't end.";
        CategoryTo => "Pindahkan ke", "Move to";
        StatusTo => "Ubah menjadi", "Change to";
        TaxClassTo => "Golongan pajak", "Tax class";
        LimitsHint => "Yang dikosongkan tetap seperti sekarang.", "What you leave empty stays as it is.";
        Fewest => "Minimal per pesanan", "Fewest per order";
        Most => "Maksimal per pesanan", "Most per order";
        LowStock => "Peringatkan bila stok tinggal", "Warn when stock is down to";
        DeleteHint => "Produk yang pernah dipesan atau ada di keranjang diarsipkan, yang lain dihapus. Keduanya bisa diurungkan selama 30 hari.", "Products that were ordered or are in a cart are archived; the others are deleted. Both can be undone for 30 days.";

        ToPreview => "Lihat pratinjau", "Preview";
        Back => "Kembali", "Back";
        Sum { changing: u32, variants: u32, staying: u32, refused: u32 } => "{changing} produk akan berubah ({variants} varian), {staying} sudah begitu, {refused} ditolak. Belum ada yang disimpan.", "{changing} products will change ({variants} variants), {staying} are so already, {refused} are refused. Nothing is saved yet.";
        Archived { count: u32 } => "{count} di antaranya diarsipkan, bukan dihapus.", "{count} of them are archived instead of deleted.", one count: "1 of them is archived instead of deleted.";
        Apply { count: u32 } => "Ubah {count} produk", "Change {count} products", one count: "Change 1 product";
        DeleteCount { count: u32 } => "Hapus {count} produk", "Delete {count} products", one count: "Delete 1 product";
        Working { count: u32 } => "Mengubah {count} produk…", "Changing {count} products…", one count: "Changing 1 product…";
        Done { count: u32 } => "{count} produk diubah.", "{count} products changed.", one count: "1 product changed.";
        DeletedDone { count: u32 } => "{count} produk dihapus.", "{count} products deleted.", one count: "1 product deleted.";
        WillChange => "Akan berubah", "Will change";
        Refused => "Ditolak", "Refused";
        Staying => "Sudah begitu", "So already";
        Product => "Produk", "Product";
        Changes => "Perubahan", "Changes";
        Goes => "Dihapus", "Deleted";
        IsArchived => "Diarsipkan karena pernah dipesan atau masih dipakai", "Archived, because something still names it";
        Stays => "Tetap", "Stays";
        Becomes { before: String, after: String } => "{before} menjadi {after}", "{before} becomes {after}";
        AndMore { count: usize } => "{count} lagi", "{count} more";
        Range { from: usize, to: usize, count: usize } => "{from}–{to} dari {count}", "{from}–{to} of {count}";
        Previous => "Sebelumnya", "Previous";
        Next => "Berikutnya", "Next";
        NoneHere => "Tidak ada", "None";
        NoneHereHint => "Tidak ada produk di bagian ini.", "No product is in this part.";
        LeftTitle { count: u32 } => "{count} produk tidak ikut berubah", "{count} products were left as they are", one count: "1 product was left as it is";
        Gone => "Produk yang sudah tidak ada", "A product that is gone";
        Understood => "Mengerti", "Got it";
    }
}

texts! {
    /// The words of what can be undone.
    pub(crate) enum ChangeText {
        Title => "Perubahan", "Changes";
        BackToList => "Semua produk", "All products";
        BackToChanges => "Semua perubahan", "All changes";
        Hint => "Perubahan massal, penghapusan, dan impor bisa diurungkan selama 30 hari.", "Bulk changes, deletions and imports can be undone for 30 days.";
        When => "Kapan", "When";
        Who => "Siapa", "Who";
        What => "Apa", "What";
        Products => "Produk", "Products";
        State => "Keadaan", "State";
        Actions => "Tindakan", "Actions";
        Caption => "Perubahan, dari yang terbaru", "Changes, newest first";
        NoneYet => "Belum ada yang bisa diurungkan", "Nothing to undo yet";
        Undo => "Urungkan", "Undo";
        GoOn => "Lanjutkan pengurungan", "Go on undoing";
        UndoTitle => "Urungkan perubahan ini?", "Undo this change?";
        UndoHint => "Yang belum diubah lagi sejak itu kembali seperti semula. Yang sudah berubah dibiarkan, dan disebutkan.", "What has not changed since goes back to what it was. What has changed stays, and is named.";
        Open { until: String } => "Bisa diurungkan sampai {until}", "Can be undone until {until}";
        Underway => "Sedang diurungkan", "Being undone";
        Undone { by: String, at: String } => "Diurungkan {by} · {at}", "Undone by {by} · {at}";
        Over => "Sudah lewat 30 hari", "More than 30 days ago";
        GivenBack { count: u32 } => "{count} produk kembali seperti semula.", "{count} products are what they were.", one count: "1 product is what it was.";
        NotGivenBack { given_back: u32, kept: u32 } => "{given_back} produk kembali seperti semula, {kept} tidak sepenuhnya.", "{given_back} products are what they were, {kept} are not wholly.";
        Already => "Perubahan ini sudah diurungkan sebelumnya.", "This change was undone before.";
        Details => "Rincian", "Details";
        OnlyKept => "Hanya yang tidak kembali", "Only what was not given back";
        EachProduct => "Semua produknya", "All its products";
        Created => "Ditambahkan", "Added";
        Deleted => "Dihapus", "Deleted";
        Result => "Setelah diurungkan", "After undoing";
        IsBack => "Kembali seperti semula", "As it was";
        Partly => "Sebagian dibiarkan:", "Left as it is in part:";
        Now { value: String } => "sekarang {value}", "now {value}";

        PriceUp { by: String } => "Harga naik {by}", "Prices up by {by}";
        PriceDown { by: String } => "Harga turun {by}", "Prices down by {by}";
        SaleOff { rate: String } => "Promo diskon {rate}", "Sale at {rate} off";
        SaleTo { price: String } => "Harga promo {price}", "Sale price {price}";
        SaleEnded => "Promo diakhiri", "Sale ended";
        ToCategory { name: String } => "Dipindahkan ke {name}", "Moved to {name}";
        NoCategory => "Dikeluarkan dari kategori", "Taken out of their category";
        ToStatus { status: String } => "Status menjadi {status}", "Status set to {status}";
        ToTaxClass { name: String } => "Golongan pajak {name}", "Tax class {name}";
        DefaultTaxClass => "Golongan pajak biasa", "Default tax class";
        NewLimits => "Batas beli diubah", "Limits changed";
        BulkDeleted => "Dihapus", "Deleted";
        DeletedProduct { name: String } => "{name} dihapus", "{name} deleted";
        ArchivedProduct { name: String } => "{name} diarsipkan", "{name} archived";
        DeletedCategory { name: String } => "Kategori {name} dihapus", "Category {name} deleted";
        Imported { file: String } => "Impor {file}", "Import of {file}";
    }
}
