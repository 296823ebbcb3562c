//! What the history of the desk says.

use domain::locale::Locale;
use domain::texts;

texts! {
    /// The history page's words.
    pub(crate) enum AuditText {
        Title => "Riwayat", "History";
        Search => "Cari nomor, SKU, atau nama", "Search number, SKU or name";
        Person => "Siapa", "Who";
        Everybody => "Semua orang", "Everybody";
        Thing => "Tentang", "About";
        Everything => "Semua", "Everything";
        From => "Dari tanggal", "From";
        To => "Sampai tanggal", "Until";
        Caption => "Perubahan, dari yang terbaru", "Changes, newest first";
        When => "Kapan", "When";
        What => "Apa", "What";
        Changes => "Perubahan", "Changes";
        Nothing => "tidak ada", "nothing";
        BecameOf { before: String, after: String } => "{before} menjadi {after}", "{before} became {after}";
        More { count: usize } => "{count} lagi", "{count} more";
        Yes => "ya", "yes";
        No => "tidak", "no";
        NoneFound => "Tidak ada perubahan yang cocok", "No change matches";
        NoneFoundHint => "Longgarkan saringannya.", "Loosen the filters.";
        NoneYet => "Belum ada perubahan", "No changes yet";
        NoneYetHint => "Setiap perubahan di meja kerja dicatat di sini.", "Every change at the desk is noted here.";
        ShowAll => "Tampilkan semua", "Show all";
    }
}

/// What people call a field of something that was changed; a field without a word is shown by its own name.
pub(crate) fn field_label(name: &str, locale: Locale) -> String {
    let words = match name {
        "status" => ("Status", "Status"),
        "note" => ("Catatan", "Note"),
        "on_hand" => ("Di rak", "On hand"),
        "locale" => ("Bahasa", "Language"),
        "name" => ("Nama", "Name"),
        "tagline" => ("Slogan", "Tagline"),
        "about" => ("Tentang toko", "About the shop"),
        "contact" => ("Kontak", "Contact"),
        "email" => ("Email", "E-mail"),
        "phone" => ("Telepon", "Phone"),
        "address" => ("Alamat", "Address"),
        "currency" => ("Mata uang", "Currency"),
        "utc_offset_minutes" => ("Selisih jam dari UTC (menit)", "Clock ahead of UTC (minutes)"),
        "hold_minutes" => ("Lama barang ditahan (menit)", "Units are held (minutes)"),
        "most_hold_minutes" => ("Paling lama ditahan (menit)", "Held at most (minutes)"),
        "one_unpaid_order" => ("Satu pesanan belum dibayar", "One unpaid order at a time"),
        "unpaid_hours" => ("Batas bayar (jam)", "Time to pay (hours)"),
        "delivery" => ("Ongkos kirim", "Delivery"),
        "zones" => ("Wilayah", "Zone"),
        "cities" => ("Kota", "Cities"),
        "price" => ("Harga", "Price"),
        "compare_at_price" => ("Harga sebelumnya", "Price before"),
        "elsewhere" => ("Wilayah lain", "Elsewhere"),
        "steps" => ("Langkah berat", "Weight step"),
        "up_to_grams" => ("Sampai (gram)", "Up to (grams)"),
        "per_extra_kilogram" => ("Tiap kilogram lebih", "Each further kilogram"),
        "free_from" => ("Gratis mulai", "Free from"),
        "tax" => ("Pajak", "Tax"),
        "payment_methods" => ("Cara bayar", "Payment methods"),
        "slug" => ("Alamat halaman", "Page address"),
        "category" => ("Kategori", "Category"),
        "description" => ("Keterangan", "Description"),
        "options" => ("Pilihan", "Options"),
        "variants" => ("Varian", "Variant"),
        "pictures" => ("Gambar", "Picture"),
        "sku" => ("SKU", "SKU"),
        "weight_grams" => ("Berat (gram)", "Weight (grams)"),
        "low_stock_limit" => ("Batas peringatan", "Warning limit"),
        "lines" => ("Barang", "Items"),
        "total" => ("Jumlah", "Total"),
        "role" => ("Peran", "Role"),
        "next_run_at" => ("Jalan berikutnya", "Next run"),
        "id" => ("Indonesia", "Indonesian"),
        "en" => ("Inggris", "English"),
        other => return other.replace('_', " "),
    };
    match locale {
        Locale::Indonesian => words.0.to_owned(),
        Locale::English => words.1.to_owned(),
    }
}
