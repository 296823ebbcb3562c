//! What the stock list says.

use domain::texts;

texts! {
    /// The stock list's words.
    pub(crate) enum StockText {
        Title => "Produk & stok", "Products & stock";
        Filters => "Saring menurut stok", "Filter by stock";
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
        ReceiveExplain { on_hand: u32, available: u32 } => "Sekarang {on_hand} di rak, {available} bisa dibeli.", "Now {on_hand} on hand, {available} can be bought.";
        ReceiveAfter { on_hand: u64, available: u64 } => "Setelah ini {on_hand} di rak, {available} bisa dibeli.", "After this {on_hand} on hand, {available} can be bought.";
        Quantity => "Jumlah yang masuk", "Units that came in";
        QuantityHint => "1 sampai 1.000.000", "1 to 1,000,000";
        Note => "Catatan", "Note";
        NoteHint => "Boleh kosong, misalnya nomor surat jalan.", "May be empty; for example the delivery note's number.";
        Save => "Simpan", "Save";
        Saving => "Menyimpan…", "Saving…";
        Cancel => "Tidak jadi", "Not now";
        Received { count: u32, product: String } => "{count} barang masuk: {product}", "{count} units received: {product}";

        NoneYet => "Belum ada produk", "No products yet";
        NoneYetHint => "Produk yang Anda tambahkan akan muncul di sini bersama stoknya.", "Products that you add will show here with their stock.";
        NoneLow => "Tidak ada stok yang menipis", "No stock is low";
        NoneOut => "Tidak ada yang habis", "Nothing is sold out";
        NoneHereHint => "Semua varian berada di atas batasnya.", "Every variant is above its limit.";
        NoneFound { search: String } => "Tidak ada produk yang cocok dengan “{search}”", "No product matches “{search}”";
        NoneFoundHint => "Coba nama produk atau SKU yang lain.", "Try another product name or SKU.";
    }
}
