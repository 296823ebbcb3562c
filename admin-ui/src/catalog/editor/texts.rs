//! What the editor of a product says.

use domain::texts;

texts! {
    /// The words of the editor.
    pub(crate) enum EditorText {
        NewTitle => "Produk baru", "New product";
        BackToList => "Semua produk", "All products";
        Unnamed => "Produk tanpa nama", "Unnamed product";
        Saved => "Produk disimpan.", "Product saved.";
        NotSavedYet => "Baru saja ada yang menyimpan produk ini. Perubahan Anda masih ada di sini.", "Somebody has just saved this product. Your changes are still here.";
        Unsaved => "Ada perubahan yang belum disimpan.", "There are unsaved changes.";
        SaveKeys => "Ctrl+S menyimpan.", "Ctrl+S saves.";
        Wrong => "Belum disimpan: periksa bagian yang ditandai.", "Not saved: check what is marked.";
        WrongIn { part: String } => "Belum disimpan: periksa “{part}”.", "Not saved: check “{part}”.";
        Revert => "Batalkan perubahan", "Discard changes";
        UndoStep => "Urungkan", "Undo";
        ViewInShop => "Lihat di toko", "View in shop";
        Duplicate => "Duplikat", "Duplicate";
        Duplicated => "Duplikat dibuat sebagai draf.", "Duplicated as a draft.";
        SaveFirst => "Simpan dulu perubahan Anda.", "Save your changes first.";

        Indonesian => "Indonesia", "Indonesian";
        English => "Inggris", "English";
        FallsBack => "Boleh kosong: bahasa lain yang tampil.", "May stay empty: the other language is shown.";

        Basics => "Nama dan deskripsi", "Name and description";
        Name => "Nama produk", "Product name";
        Description => "Deskripsi", "Description";
        DescriptionLanguage => "Bahasa deskripsi", "Language of the description";
        Write => "Tulis", "Write";
        Preview => "Pratinjau", "Preview";
        NothingWritten => "Belum ada deskripsi.", "No description yet.";
        MarkdownHint => "Baris kosong memisahkan paragraf, **tebal**, *miring*, dan tanda - di awal baris membuat daftar.", "An empty line starts a paragraph, **bold**, *italic*, and - at the start of a line makes a list.";

        Visibility => "Tampil di toko", "Visibility";
        Status => "Status", "Status";
        ActiveHint => "Pembeli bisa menemukan dan membelinya.", "Shoppers can find and buy it.";
        DraftHint => "Hanya terlihat di meja ini.", "Only seen at this desk.";
        ArchivedHint => "Tidak dijual lagi, tersimpan untuk pesanan lama.", "No longer sold, kept for past orders.";
        PublishAt => "Tayang mulai", "Publish from";
        PublishAtHint => "Kosongkan agar langsung tampil.", "Leave empty to show it at once.";
        Sorting => "Pengelompokan", "Organisation";
        Category => "Kategori", "Category";
        NoCategory => "Tanpa kategori", "No category";
        TaxClass => "Kelas pajak", "Tax class";
        TaxDefault { name: String } => "{name} (bawaan)", "{name} (default)";
        NoteTitle => "Catatan untuk staf", "Note to staff";
        Note => "Catatan", "Note";
        NoteHint => "Tidak pernah terlihat oleh pembeli.", "Never shown to shoppers.";

        Options => "Pilihan", "Options";
        NoOptions => "Produk ini hanya satu macam. Tambahkan pilihan jika pembeli memilih warna, ukuran, atau lainnya.", "This product comes in one kind. Add options if buyers choose a colour, a size or anything else.";
        AddColour => "Warna", "Colour";
        AddSize => "Ukuran", "Size";
        AddOption => "Pilihan lain", "Another option";
        Colour => "Warna", "Colour";
        Size => "Ukuran", "Size";
        OptionNumber { number: usize } => "Pilihan {number}", "Option {number}";
        OptionName => "Nama pilihan", "Option name";
        OptionUp { name: String } => "Naikkan pilihan {name}", "Move option {name} up";
        RemoveOption { name: String } => "Hapus pilihan {name}", "Remove option {name}";
        ShowSwatches => "Tampilkan contoh warna", "Show colour swatches";
        SwatchOf { name: String } => "Contoh warna {name}", "Swatch of {name}";
        ValuesOf { name: String } => "Isi pilihan {name}", "Values of {name}";
        Value => "Isi", "Value";
        ValueUp { name: String } => "Naikkan {name}", "Move {name} up";
        ValueDown { name: String } => "Turunkan {name}", "Move {name} down";
        RemoveValue { name: String } => "Hapus {name}", "Remove {name}";
        AddValues => "Tambah isi pilihan", "Add values";
        AddValuesOf { name: String } => "Tambah isi {name}", "Add values to {name}";
        AddValuesHint => "Beberapa sekaligus dengan koma: S, M, L, XL", "Several at once with commas: S, M, L, XL";
        Add => "Tambah", "Add";

        WhereStockGoes => "Ke mana stoknya?", "Where does the stock go?";
        WhereStockGoesHint { units: u32 } => "Yang dihapus masih punya {units} unit. Pilih varian yang menerimanya.", "What you remove still has {units} units. Choose the variant that gets them.";
        StockTo => "Pindahkan ke", "Move to";
        RemoveAndMove => "Hapus dan pindahkan", "Remove and move";

        Variants => "Harga dan stok", "Prices and stock";
        VariantsTable => "Tabel varian", "Table of variants";
        Variant => "Varian", "Variant";
        TheProduct => "Produk ini", "This product";
        RowTools => "Gambar dan hapus", "Picture and removal";
        Columns => "Kolom tambahan", "More columns";
        SaleColumns => "Promo", "Sale";
        CostColumns => "Modal", "Cost";
        CodeColumns => "Barcode", "Barcode";
        LimitColumns => "Batas", "Limits";
        Price => "Harga", "Price";
        CompareAt => "Harga coret", "Compare at";
        CompareAtHint => "Harga lama yang dicoret, lebih tinggi dari harga.", "The former price, struck through, above the price.";
        SalePrice => "Harga promo", "Sale price";
        SalePriceHint => "Lebih rendah dari harga, selama tanggal promo.", "Below the price, during the days of the sale.";
        SaleFrom => "Promo mulai", "Sale from";
        SaleUntil => "Promo sampai", "Sale until";
        SaleDatesHint => "Misalnya 2026-11-11 atau 2026-11-11 20:00. Kosong berarti tanpa batas.", "Such as 2026-11-11 or 2026-11-11 20:00. Empty means without limit.";
        Cost => "Modal", "Cost";
        CostHint => "Biaya satu unit bagi toko. Tidak terlihat oleh pembeli.", "What one unit costs the shop. Never shown to shoppers.";
        FirstStock => "Stok awal", "First stock";
        ReceivedUnits => "Stok masuk", "Stock in";
        ReceivedHint => "Unit yang baru datang, ditambahkan ke stok saat disimpan.", "Units that have just come in, added to the stock when you save.";
        Sku => "SKU", "SKU";
        SkuHint => "Kosong berarti dibuat dari nama dan pilihan.", "Empty means made from the name and the options.";
        Barcode => "Barcode", "Barcode";
        Weight => "Berat (g)", "Weight (g)";
        Fewest => "Min. beli", "Fewest";
        Most => "Maks. beli", "Most";
        WarnAt => "Ingatkan di", "Warn at";
        WarnAtHint => "Anda diingatkan saat stok tinggal sebanyak ini.", "You are warned when this many units are left.";
        OnHand { units: u32 } => "Stok {units}", "{units} on hand";
        RemoveVariant { name: String } => "Hapus varian {name}", "Remove variant {name}";
        PictureOf { name: String } => "Gambar untuk {name}", "Picture of {name}";
        PictureByItself => "Otomatis", "Automatic";
        GridHint => "Seperti lembar kerja: panah dan Tab berpindah, Ctrl+D mengisi ke bawah, Ctrl+C dan Ctrl+V dari Excel atau Google Sheets, Ctrl+Z mengurungkan.", "Like a spreadsheet: arrows and Tab move, Ctrl+D fills down, Ctrl+C and Ctrl+V work with Excel and Google Sheets, Ctrl+Z undoes.";
        LeftOut { count: usize } => "{count} sel tidak muat di tabel ini dan tidak ditempel.", "{count} cells did not fit into this table and were not pasted.";
        Complete { count: usize } => "Tambahkan {count} kombinasi yang belum ada", "Add {count} missing combinations";

        Pictures => "Gambar", "Pictures";
        NoPictures => "Belum ada gambar.", "No pictures yet.";
        MostPictures { most: usize } => "Sudah {most} gambar, jumlah terbanyak.", "There are {most} pictures, the most there can be.";
        AddPictures => "Tambah gambar", "Add pictures";
        AddPicture => "Pilih gambar", "Choose a picture";
        AddPicturesHint => "Tarik foto ke jendela ini, tempel, atau pilih dari komputer. JPEG, PNG, WebP, atau GIF, masing-masing maksimal 20 MB.", "Drop photos on this window, paste them, or choose them from your computer. JPEG, PNG, WebP or GIF, up to 20 MB each.";
        TakingPicture { at: usize, of: usize } => "Memproses gambar {at} dari {of}…", "Adding picture {at} of {of}…";
        MainPicture => "Gambar utama", "Main picture";
        Main => "Utama", "Main";
        Picture => "Gambar", "Picture";
        PictureNumber { number: usize } => "Gambar {number}", "Picture {number}";
        PictureEarlier { number: usize } => "Majukan gambar {number}", "Move picture {number} earlier";
        PictureLater { number: usize } => "Mundurkan gambar {number}", "Move picture {number} later";
        MakeMain { number: usize } => "Jadikan gambar {number} utama", "Make picture {number} the main one";
        RemovePicture { number: usize } => "Hapus gambar {number}", "Remove picture {number}";
        AltText => "Teks alternatif", "Alternative text";
        AltHint => "Apa yang terlihat, untuk pembaca layar dan mesin pencari.", "What can be seen, for screen readers and search engines.";
        Shows => "Menunjukkan", "Shows";
        ShowsAll => "Semua varian", "All variants";
        CentreWord => "Titik tengah", "Centre";
        CentreAt { x: u32, y: u32 } => "Titik tengah di {x} persen dari kiri, {y} persen dari atas. Panah menggesernya.", "Centre at {x} percent from the left, {y} percent from the top. The arrows move it.";
        CentreHint => "Klik bagian yang harus tetap terlihat saat gambar dipotong.", "Click what must stay in sight when the picture is cut.";

        SearchEngines => "Alamat dan mesin pencari", "Address and search engines";
        SearchPreview => "Pratinjau hasil pencarian", "Preview of a search result";
        Slug => "Alamat", "Address";
        SlugHint => "Kosong berarti dibuat dari nama.", "Empty means made from the name.";
        SlugMoves { slug: String } => "Alamat lama “{slug}” tetap berfungsi dan mengarah ke yang baru.", "The old address “{slug}” keeps working and leads to the new one.";
        SeoTitle => "Judul", "Title";
        SeoTitleHint => "Sekitar 60 huruf. Kosong berarti nama produk.", "About 60 letters. Empty means the product's name.";
        SeoText => "Ringkasan", "Summary";
        SeoTextHint => "Sekitar 160 huruf. Kosong berarti awal deskripsi.", "About 160 letters. Empty means the start of the description.";

        Related => "Produk terkait", "Related products";
        RelatedHint => "Tampil di samping produk ini, sesuai urutan.", "Shown beside this product, in this order.";
        RelatedSearch => "Cari produk", "Find products";
        RelatedUp { name: String } => "Naikkan {name}", "Move {name} up";
        RemoveRelated { name: String } => "Hapus {name} dari produk terkait", "Remove {name} from related products";
        NothingFound => "Tidak ada yang cocok.", "Nothing matches.";

        Guide => "Empat langkah ke produk pertama", "Four steps to a product";
        StepName => "Nama", "Name";
        StepNameHint => "Apa yang Anda jual?", "What do you sell?";
        StepOptions => "Pilihan", "Options";
        StepOptionsHint => "Warna, ukuran, jika ada", "Colours, sizes, if any";
        StepPrices => "Harga dan stok", "Prices and stock";
        StepPricesHint => "Isi tabelnya", "Fill in the table";
        StepLive => "Gambar dan tayang", "Pictures and live";
        StepLiveHint => "Tampilkan di toko", "Show it in the shop";
        StepDone => "selesai", "done";

        Delete => "Hapus", "Delete";
        Archive => "Arsipkan", "Archive";
        DeleteTitle { name: String } => "Hapus {name}?", "Delete {name}?";
        DeleteHint => "Produk ini belum pernah dipesan, jadi akan hilang dari toko dan meja ini.", "This product was never ordered, so it disappears from the shop and from this desk.";
        ArchiveTitle { name: String } => "Arsipkan {name}?", "Archive {name}?";
        ArchiveHint => "Produk ini pernah dipesan. Ia tidak dijual lagi, tetapi tetap ada untuk pesanan lama.", "This product was ordered before. It is no longer sold, but kept for past orders.";
        DeletedDone => "Produk dihapus.", "Product deleted.";
        ArchivedDone => "Produk diarsipkan.", "Product archived.";

        LeaveHint => "Perubahan pada produk ini belum disimpan.", "Your changes to this product are not saved.";

        ChangedMeanwhile => "Produk ini baru saja diubah orang lain", "Somebody else has just changed this product";
        ShowConflict => "Bandingkan", "Compare";
        Choices { count: usize } => "{count} bagian diubah oleh Anda dan orang lain. Pilih mana yang dipakai.", "You and somebody else both changed {count} fields. Choose which to keep.";
        NoChoices { count: usize } => "Perubahan Anda dan {count} perubahan orang lain tidak bertabrakan. Keduanya disimpan.", "Your changes and {count} changes by somebody else do not touch. Both are kept.";
        AlsoTaken { count: usize } => "{count} perubahan lain dari orang itu ikut dipakai.", "{count} other changes of theirs are kept as well.";
        Mine => "Punya Anda", "Yours";
        Theirs => "Punya orang lain", "Theirs";
        SaveChosen => "Simpan pilihan ini", "Save these";
        KeepEditing => "Nanti saja", "Later";
        Nothing => "kosong", "empty";
        Parts { count: usize } => "{count} entri", "{count} entries";
        OtherField => "Lainnya", "Other";
    }
}
