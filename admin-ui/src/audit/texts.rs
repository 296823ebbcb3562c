//! What the history of the desk says.

use domain::inventory::stock_takes::StockTakeStatus;
use domain::locale::Locale;
use domain::mail::MailKind;
use domain::memberships::{MembershipStatus, Period};
use domain::orders::OrderStatus;
use domain::payments::{GatewayName, PaymentMethod, ProofStatus};
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
        NoneFoundHint => "Kurangi filternya.", "Try fewer filters.";
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
        "file" => ("File", "File"),
        "rows" => ("Baris", "Rows"),
        "locale" => ("Bahasa", "Language"),
        "name" => ("Nama", "Name"),
        "tagline" => ("Slogan", "Tagline"),
        "about" => ("Tentang toko", "About the shop"),
        "contact" => ("Kontak", "Contact"),
        "email" => ("Email", "Email"),
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
        "letters_off" => ("Email yang dimatikan", "Letters turned off"),
        "subject" => ("Subjek", "Subject"),
        "body" => ("Isi pembuka", "Opening words"),
        "payment_gateways" => ("Layanan tiap cara bayar", "Services of payment methods"),
        "transfer" => ("Transfer ke rekening toko", "Transfers to the shop"),
        "accounts" => ("Rekening", "Account"),
        "number" => ("Nomor", "Number"),
        "bank" => ("Bank", "Bank"),
        "holder" => ("Pemilik rekening", "Account holder"),
        "unique_digits" => ("Kode unik", "Unique code"),
        "proof_status" => ("Bukti transfer", "Proof of transfer"),
        "came" => ("Uang masuk", "Amount that arrived"),
        "outcome" => ("Hasil", "Result"),
        "checked" => ("Ditanyakan", "Asked about"),
        "method" => ("Cara bayar", "Payment method"),
        "gateway" => ("Layanan pembayaran", "Payment service"),
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
        "restock" => ("Kembali ke stok", "Back into stock"),
        "quantity" => ("Jumlah barang", "Units"),
        "line_id" => ("Nomor baris", "Line number"),
        "units" => ("Jumlah barang", "Units"),
        "units_back" => ("Barang kembali", "Units returned"),
        "called_off" => ("Barang dibatalkan", "Units cancelled"),
        "refund" => ("Dengan pengembalian uang", "With refund"),
        "amount" => ("Jumlah uang", "Amount"),
        "courier" => ("Kurir", "Courier"),
        "refunded" => ("Uang dikembalikan", "Refunded"),
        "refundable" => ("Uang yang masih ada", "Refundable"),
        "reason" => ("Alasan", "Reason"),
        "counted" => ("Dihitung", "Counted"),
        "differences" => ("Selisih", "Differences"),
        "min_quantity" => ("Minimal per pesanan", "Minimum per order"),
        "max_quantity" => ("Maksimal per pesanan", "Maximum per order"),
        "voucher" => ("Voucher", "Voucher"),
        "code" => ("Kode", "Code"),
        "plan" => ("Paket", "Plan"),
        "period" => ("Masa", "Period"),
        "percent_off" => ("Diskon", "Discount"),
        "free_delivery" => ("Gratis ongkir", "Free delivery"),
        "members" => ("Anggota", "Members"),
        "is_used" => ("Pernah dibeli", "Ever bought"),
        "terms" => ("Syarat", "Terms"),
        "kind" => ("Jenis", "Kind"),
        "value" => ("Nilai", "Value"),
        "cap" => ("Potongan maksimal", "Maximum discount"),
        "minimum_purchase" => ("Belanja minimal", "Minimum purchase"),
        "categories" => ("Kategori", "Categories"),
        "starts_at" => ("Mulai berlaku", "Valid from"),
        "ends_at" => ("Berlaku sampai", "Valid until"),
        "total_limit" => ("Batas semua pelanggan", "Total uses"),
        "customer_limit" => ("Batas per pelanggan", "Uses per customer"),
        "first_order_only" => ("Hanya pesanan pertama", "First order only"),
        "is_personal" => ("Hanya untuk penerimanya", "Only for those given it"),
        "is_active" => ("Aktif", "Switched on"),
        "occasion" => ("Diberikan otomatis", "Given automatically"),
        "used" => ("Dipakai", "Used"),
        "version" => ("Versi", "Version"),
        "pickup" => ("Ambil di toko", "Pickup"),
        "enabled" => ("Dilayani", "Offered"),
        "provinces" => ("Provinsi", "Provinces"),
        "tax_class" => ("Golongan pajak", "Tax class"),
        "classes" => ("Golongan pajak", "Tax class"),
        "rates" => ("Tarif", "Rates"),
        "rate" => ("Tarif", "Rate"),
        "prices_include_tax" => ("Harga termasuk pajak", "Prices include tax"),
        "delivery_class" => ("Pajak ongkos kirim", "Tax on delivery"),
        "key" => ("Kunci", "Key"),
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

/// What people call a word that a field holds, where it is one of a fixed few.
pub(crate) fn word(field: &str, value: &str, locale: Locale) -> Option<&'static str> {
    let pick = |indonesian: &'static str, english: &'static str| match locale {
        Locale::Indonesian => indonesian,
        Locale::English => english,
    };
    match field {
        "status" => {
            let order = value.parse::<OrderStatus>().ok().map(|status| status.label(locale));
            let take = || value.parse::<StockTakeStatus>().ok().map(|status| status.label(locale));
            let membership = || value.parse::<MembershipStatus>().ok().map(|status| status.label(locale));
            order.or_else(take).or_else(membership)
        }
        "proof_status" => value.parse::<ProofStatus>().ok().map(|status| status.label(locale)),
        "locale" => value.parse::<Locale>().ok().map(Locale::name),
        "gateway" => value.parse::<GatewayName>().ok().map(|gateway| gateway.label(locale)),
        "payment_methods" | "method" => value.parse::<PaymentMethod>().ok().map(|method| method.label(locale)),
        "letters_off" => value.parse::<MailKind>().ok().map(|kind| kind.label(locale)),
        "kind" => match value {
            "percent" => Some(pick("Persen", "Percent")),
            "fixed" => Some(pick("Jumlah tetap", "Fixed amount")),
            "free_delivery" => Some(pick("Gratis ongkir", "Free delivery")),
            _ => None,
        },
        "occasion" => match value {
            "welcome" => Some(pick("Untuk akun baru", "For new accounts")),
            "top_spender" => Some(pick("Untuk pembeli terbesar tiap bulan", "For each month's top spenders")),
            _ => None,
        },
        "period" => value.parse::<Period>().ok().map(|period| period.label(locale)),
        "role" => match value {
            "owner" => Some(pick("Pemilik", "Owner")),
            "staff" => Some(pick("Staf", "Staff")),
            _ => None,
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use domain::inventory::stock_takes::StockTakeStatus;
    use domain::locale::Locale;
    use domain::orders::OrderStatus;

    use super::word;

    #[test]
    fn no_status_is_shown_raw() {
        let statuses = OrderStatus::ALL.iter().map(|it| it.as_str());
        for status in statuses.chain(StockTakeStatus::ALL.iter().map(|it| it.as_str())) {
            assert!(word("status", status, Locale::Indonesian).is_some_and(|word| word != status), "{status}");
        }
        assert_eq!(word("note", "shipped", Locale::English), None, "what people wrote stays as they wrote it");
    }
}
