//! What the vouchers' screen says.

use domain::texts;

texts! {
    /// The vouchers' words.
    pub(crate) enum VoucherText {
        Title => "Voucher", "Vouchers";
        Search => "Cari kode", "Search for a code";
        ListCaption => "Daftar voucher, terbaru dulu", "Vouchers, newest first";
        Add => "Tambah voucher", "Add a voucher";
        Edit { code: String } => "Ubah {code}", "Change {code}";
        Code => "Kode", "Code";
        Terms => "Potongan dan syarat", "Discount and conditions";
        Until => "Berlaku sampai", "Valid until";
        NoEnd => "Tanpa batas", "No end";
        Used => "Dipakai", "Used";
        UsedOf { used: u32, limit: u32 } => "{used} dari {limit}", "{used} of {limit}";
        State => "Status", "State";
        On => "Berlaku", "Valid";
        Off => "Dimatikan", "Switched off";
        Soon => "Belum mulai", "Not started";
        Over => "Berakhir", "Over";
        UsedUp => "Habis", "Used up";
        Switch => "Nyalakan atau matikan", "Switch on or off";
        SwitchOn => "Nyalakan", "Switch on";
        SwitchOff => "Matikan", "Switch off";
        SwitchedOn { code: String } => "{code} dinyalakan", "{code} is on";
        SwitchedOff { code: String } => "{code} dimatikan", "{code} is off";
        NoneYet => "Belum ada voucher", "No vouchers yet";
        NoneYetHint => "Buat kode potongan pertama untuk pelanggan Anda.", "Make the first discount code for your customers.";
        NoneFound { search: String } => "Tidak ada kode dengan “{search}”", "No code with “{search}”";
        NoneFoundHint => "Coba bagian lain dari kodenya.", "Try another part of the code.";

        FreeDelivery => "Gratis ongkir", "Free delivery";
        UpTo { amount: String } => "maks. {amount}", "up to {amount}";
        From { amount: String } => "min. belanja {amount}", "from {amount}";
        InCategories { count: usize } => "{count} kategori", "{count} categories", one count: "{count} category";
        EachCustomer { limit: u32 } => "{limit}× per pelanggan", "{limit}× per customer";
        FirstOrder => "pesanan pertama", "first order";
        Personal => "pribadi", "personal";
        ForWelcome => "Untuk akun baru", "For new accounts";
        ForTopSpenders => "Untuk pembeli terbesar tiap bulan", "For each month's top spenders";
        ByHand => "Tidak diberikan otomatis", "Not given automatically";

        Kind => "Jenis potongan", "Kind of discount";
        Percent => "Persen", "Percent";
        Amount => "Jumlah tetap", "Fixed amount";
        Value => "Besar potongan", "Discount";
        Cap => "Potongan maksimal (kosongkan bila tanpa batas)", "Maximum discount (leave empty for none)";
        Minimum => "Belanja minimal (kosongkan bila tanpa syarat)", "Minimum purchase (leave empty for none)";
        StartsAt => "Mulai berlaku", "Valid from";
        EndsAt => "Berlaku sampai", "Valid until";
        TotalLimit => "Batas pemakaian semua pelanggan", "Total uses";
        CustomerLimit => "Batas per pelanggan", "Uses per customer";
        FirstOrderOnly => "Hanya untuk pesanan pertama", "First order only";
        PersonalOnly => "Hanya untuk pelanggan tertentu", "Only for selected customers";
        Occasion => "Diberikan otomatis", "Given automatically";
        Categories => "Hanya untuk kategori ini dan subkategorinya (tanpa pilihan: semua barang)", "Only for these categories and their subcategories (none chosen: all goods)";
        Cancel => "Batal", "Cancel";
        Saved { code: String } => "{code} disimpan", "{code} saved";

        Uses => "Dipakai oleh", "Used by";
        NoUses => "Belum ada pesanan yang memakainya.", "No order has used it yet.";
        Owners { count: u32 } => "Dimiliki {count} pelanggan.", "Owned by {count} customers.", one count: "Owned by {count} customer.";
        GivenBack => "dikembalikan", "refunded";
    }
}
