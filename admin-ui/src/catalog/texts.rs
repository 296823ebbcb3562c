//! What the list of products and the tree of categories say.

use domain::texts;

mod bulk;

pub(crate) use bulk::{BulkText, ChangeText};

texts! {
    /// The words of the products.
    pub(crate) enum ProductText {
        Title => "Produk", "Products";
        Search => "Cari nama, SKU, atau barcode", "Search name, SKU or barcode";
        Add => "Tambah produk", "Add product";
        Import => "Impor", "Import";
        ImportFirst => "Impor dari file", "Import from a file";
        Export => "Ekspor", "Export";
        ExportTitle => "Ekspor produk ke file", "Export products to a file";
        ExportHint => "File CSV ini bisa dibuka di Excel atau Google Sheets, dan bisa diimpor lagi tanpa ada yang hilang.", "The CSV opens in Excel or Google Sheets, and can be imported again without losing anything.";
        ExportWhich => "Yang diekspor", "What to export";
        ExportAll => "Semua produk", "All products";
        ExportMarked => "Produk yang dipilih", "Selected products";
        ExportFound => "Produk yang sedang ditampilkan daftar", "The products that the list shows";
        ExportChoose => "Pilih tempat menyimpan", "Choose where to save";
        Exported { count: u32, file: String } => "{count} produk disimpan di {file}.", "{count} products saved in {file}.", one count: "1 product saved in {file}.";
        AddFirst => "Tambah produk pertama", "Add your first product";
        ListCaption => "Semua produk", "All products";
        Statuses => "Status produk", "Status of products";
        All => "Semua", "All";
        Active => "Aktif", "Live";
        Draft => "Draf", "Draft";
        Archived => "Diarsipkan", "Archived";
        From { at: String } => "Tayang {at}", "From {at}";
        Product => "Produk", "Product";
        Category => "Kategori", "Category";
        AnyCategory => "Semua kategori", "All categories";
        NoCategory => "Tanpa kategori", "No category";
        Price => "Harga", "Price";
        FromPrice { price: String } => "mulai {price}", "from {price}";
        Stock => "Stok", "Stock";
        AnyStock => "Semua stok", "Any stock";
        Enough => "Cukup", "Enough";
        Low => "Menipis", "Low";
        Out => "Habis", "Sold out";
        Status => "Status", "Status";
        Updated => "Diubah", "Changed";
        Variants { count: u32 } => "{count} varian", "{count} variants";
        NoneYet => "Belum ada produk", "No products yet";
        NoneYetHint => "Isi nama, harga, dan stoknya, lalu tampilkan di toko.", "Give it a name, prices and stock, and show it in the shop.";
        NoneHere => "Tidak ada produk di sini", "No products here";
        NoneFound { search: String } => "Tidak ada produk yang cocok dengan “{search}”", "No product matches “{search}”";
        NoneFoundHint => "Coba kata lain atau longgarkan saringannya.", "Try another word or fewer filters.";
        ShowAll => "Tampilkan semua", "Show all";
    }
}

texts! {
    /// The words of the categories.
    pub(crate) enum CategoryText {
        Title => "Kategori", "Categories";
        BackToList => "Semua produk", "All products";
        Add => "Tambah kategori", "Add category";
        AddBelow { name: String } => "Tambah subkategori di {name}", "Add a subcategory to {name}";
        Hint => "Sampai tiga tingkat. Seret untuk memindahkan, atau pakai Alt dengan panah.", "Up to three levels. Drag to move, or use Alt with the arrows.";
        Tree => "Pohon kategori", "Tree of categories";
        Products { count: u32 } => "{count} produk", "{count} products";
        Edit { name: String } => "Ubah {name}", "Edit {name}";
        Up { name: String } => "Naikkan {name}", "Move {name} up";
        Down { name: String } => "Turunkan {name}", "Move {name} down";
        In { name: String } => "Masukkan {name} ke kategori di atasnya", "Move {name} into the category above";
        OutOf { name: String } => "Keluarkan {name} satu tingkat", "Move {name} out one level";
        Delete { name: String } => "Hapus {name}", "Delete {name}";
        NoneYet => "Belum ada kategori", "No categories yet";
        NoneYetHint => "Kategori membantu pembeli menemukan produk, misalnya Pakaian › Kemeja.", "Categories help shoppers find products, such as Clothes › Shirts.";

        NewTitle => "Kategori baru", "New category";
        NewBelowTitle { name: String } => "Subkategori baru di {name}", "New subcategory of {name}";
        EditTitle { name: String } => "Ubah {name}", "Edit {name}";
        NameIndonesian => "Nama (Indonesia)", "Name (Indonesian)";
        NameEnglish => "Nama (Inggris)", "Name (English)";
        FallsBack => "Boleh kosong: bahasa lain yang tampil.", "May stay empty: the other language is shown.";
        Address => "Alamat", "Address";
        AddressHint => "Kosong berarti dibuat dari nama.", "Empty means made from the name.";
        AddressMoves { slug: String } => "Alamat lama “{slug}” tetap berfungsi dan mengarah ke yang baru.", "The old address “{slug}” keeps working and leads to the new one.";
        Picture => "Gambar", "Picture";
        PictureHint => "Tanpa gambar sendiri, kategori menampilkan produk terlarisnya.", "Without a picture of its own, a category shows its most popular product.";
        RemovePicture => "Hapus gambar", "Remove the picture";
        Saved { name: String } => "Kategori {name} disimpan.", "Category {name} saved.";
        Moved { name: String } => "{name} dipindahkan.", "{name} moved.";

        DeleteTitle { name: String } => "Hapus kategori {name}?", "Delete category {name}?";
        DeleteHint => "Subkategorinya naik satu tingkat. Alamat lamanya mengarah ke kategori yang Anda pilih.", "Its subcategories move up one level. Its old address leads to the category that you choose.";
        GoodsTo { count: u32 } => "{count} produknya pindah ke", "Its {count} products move to";
        GoodsNowhere => "Tanpa kategori", "No category";
        Confirm => "Hapus kategori", "Delete category";
        Deleted { name: String } => "Kategori {name} dihapus.", "Category {name} deleted.";
    }
}
