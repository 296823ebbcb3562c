//! What the import says.

use domain::texts;

texts! {
    /// The words of the import.
    pub(crate) enum ImportText {
        Title => "Impor", "Import";
        BackToList => "Semua produk", "All products";
        ChooseTitle => "Pilih file, atau seret ke sini", "Choose a file, or drop it here";
        ChooseHint => "CSV dari Etalase, Shopify, atau WooCommerce, atau tabel Anda sendiri. Jenisnya dikenali dari nama kolomnya.", "A CSV from Etalase, Shopify or WooCommerce, or a table of your own. Etalase tells them apart by their columns.";
        Choose => "Pilih file", "Choose a file";
        FormerHint => "Pindah dari toko lama? Pilih data.json-nya: produk, pelanggan, pesanan, voucher, dan keanggotaan ikut pindah.", "Moving from the shop that Etalase replaces? Choose its data.json: products, customers, orders, vouchers and memberships come along.";
        LookFirst => "Anda melihat hasilnya dulu. Tidak ada yang disimpan sebelum Anda menekan Impor.", "You see the outcome first. Nothing is saved until you press Import.";

        Form => "Jenis file", "Kind of file";
        OwnForm => "Tabel produk", "Table of products";
        FormerData => "Data toko lama", "A former shop's data";
        Rows => "Baris", "Rows";
        Encoding => "Penulisan huruf", "Encoding";
        Separator => "Pemisah kolom", "Separator";
        Comma => "Koma", "Comma";
        Semicolon => "Titik koma", "Semicolon";
        Tab => "Tab", "Tab";
        Pictures => "Gambar", "Pictures";
        NoPictures => "Belum ada", "None yet";
        AddFolder => "Pilih folder gambar", "Choose a picture folder";
        AddZip => "Pilih ZIP gambar", "Choose a picture ZIP";
        OtherFile => "Ganti file", "Use another file";
        Again => "Impor file lain", "Import another file";

        Reading => "Membaca file…", "Reading the file…";
        Looking { done: u32, of: u32 } => "Memeriksa {done} dari {of}…", "Checking {done} of {of}…";
        Cancel => "Batal", "Cancel";
        Beginning => "Memulai impor…", "Starting the import…";
        Running { done: u32, of: u32 } => "Mengimpor {done} dari {of}…", "Importing {done} of {of}…";
        GoesOn => "Anda boleh membuka layar lain; impor tetap berjalan.", "You can use other screens; the import goes on.";
        Stop => "Hentikan", "Stop";
        Stopping => "Menyelesaikan yang sedang dikerjakan…", "Finishing what is at hand…";
        Failed => "Impor terhenti", "The import stopped";
        FailedHint => "Yang sudah masuk tetap tersimpan. Pilih lagi file yang sama untuk melanjutkan.", "What is in already stays. Choose the same file again to go on.";

        Preview => "Pratinjau", "Preview";
        Finished => "Impor selesai", "Import finished";
        Stopped => "Impor dihentikan", "Import stopped";
        WouldBeTakenIn { new: u32, changed: u32, unchanged: u32 } => "{new} produk baru, {changed} akan diubah, {unchanged} tetap sama. Belum ada yang disimpan.", "{new} new products, {changed} to change, {unchanged} stay the same. Nothing is saved yet.";
        TakenIn { new: u32, changed: u32, unchanged: u32 } => "{new} produk baru, {changed} diubah, {unchanged} tetap sama.", "{new} new products, {changed} changed, {unchanged} stayed the same.";
        RefusedCount { count: u32 } => "{count} produk ditolak. Perbaiki barisnya, lalu impor lagi file yang sama.", "{count} products are refused. Fix their rows and import the same file again.", one count: "1 product is refused. Fix its rows and import the same file again.";
        NotReached { count: u32 } => "{count} produk belum sempat diimpor. Impor lagi file yang sama untuk melanjutkan.", "{count} products were not reached. Import the same file again to go on.", one count: "1 product was not reached. Import the same file again to go on.";
        NothingToDo => "Tidak ada yang perlu diimpor.", "There is nothing to import.";
        Run { count: u32 } => "Impor {count} produk", "Import {count} products", one count: "Import 1 product";
        Undo => "Urungkan lewat daftar perubahan", "Undo in the list of changes";
        SaveTroubles => "Simpan daftar perbaikan", "Save the list of what to fix";
        SaveFindings => "Simpan daftar catatan", "Save the list of remarks";
        SavedAs { file: String } => "Disimpan sebagai {file}.", "Saved as {file}.";

        All => "Semua", "All";
        New => "Baru", "New";
        Changed => "Berubah", "Changed";
        Unchanged => "Sama", "Same";
        Refused => "Ditolak", "Refused";
        NotReachedWord => "Belum sempat", "Not reached";
        LineHead => "Baris", "Line";
        Product => "Produk", "Product";
        Outcome => "Hasil", "Outcome";
        Details => "Rincian", "Details";
        RowsCaption => "Produk di file ini", "Products in this file";
        NoneHere => "Tidak ada yang begini", "None of these";
        NoneHereHint => "Pilih hasil lain di atas.", "Choose another outcome above.";
        Line { line: u32 } => "Baris {line}", "Line {line}";
        CellAt { line: u32, column: String } => "Baris {line}, {column}", "Line {line}, {column}";
        StockOf { sku: String } => "Stok {sku}", "Stock of {sku}";
        AndMore { count: u32 } => "{count} lagi", "{count} more";
        LeftOut => "Tidak ikut diambil", "Left out";
        LeftOutLine { cells: u32, line: u32, example: String } => "{cells} sel, pertama di baris {line}: “{example}”.", "{cells} cells, the first in line {line}: “{example}”.", one cells: "1 cell, in line {line}: “{example}”.";
        MissingPictures { count: u32 } => "{count} gambar belum ditemukan", "{count} pictures were not found", one count: "1 picture was not found";

        Columns => "Kolom", "Columns";
        ColumnsUnknown { count: usize } => "{count} kolom belum dikenal", "{count} columns are not known", one count: "1 column is not known";
        ColumnsHint => "Cocokkan kolom file dengan data produk", "Match the file's columns with the product's fields";
        TellColumns => "Cocokkan kolomnya di bawah.", "Match its columns below.";
        LeaveColumnOut => "Jangan diambil", "Leave out";
        UseColumns => "Baca ulang dengan kolom ini", "Read again with these columns";

        Kind => "Jenis", "Kind";
        Brought => "Ikut", "Coming";
        Known => "Sudah ada", "Already here";
        Which => "Yang mana", "Which";
        Remark => "Catatan", "Remark";
        RunFormer => "Pindahkan semuanya", "Bring everything";
        FormerPreview => "Inilah yang akan pindah ke sini. Belum ada yang disimpan.", "This is what will come here. Nothing is saved yet.";
        FormerDone => "Toko lama sudah pindah. Mengimpor file yang sama lagi tidak menggandakan apa pun.", "The former shop has moved in. Importing the same file again doubles nothing.";
        Findings { count: u32 } => "{count} catatan tentang data lama", "{count} remarks on the old data", one count: "1 remark on the old data";
    }
}
