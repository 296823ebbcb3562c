//! What the frame around every screen says: opening, navigation, toasts.

use domain::texts;

texts! {
    /// The frame's words.
    pub(crate) enum ShellText {
        Product => "Etalase", "Etalase";
        Opening => "Membuka toko…", "Opening the shop…";
        OpeningHint => "Basis data dan etalase sedang dinyalakan.", "The database and the storefront are starting.";
        OpeningFailed => "Toko tidak bisa dibuka", "The shop could not be opened";
        OpeningFailedHint => "Perbaiki hal di atas, lalu buka Etalase lagi.", "Fix this, then start Etalase again.";

        Navigation => "Menu utama", "Main menu";
        SkipToContent => "Langsung ke isi", "Skip to content";
        FoldSidebar => "Ciutkan menu", "Collapse the menu";
        UnfoldSidebar => "Lebarkan menu", "Expand the menu";
        OpenStorefront => "Lihat toko", "View shop";
        OpenStorefrontHint { url: String } => "Buka {url} di browser", "Open {url} in the browser";
        Serving => "Toko buka", "Shop open";
        ServingHint { url: String } => "Pembeli dilayani di {url}", "Serving shoppers at {url}";
        Troubled => "Basis data terputus", "Database unreachable";
        Checking => "Memeriksa…", "Checking…";
        Demo => "Toko contoh", "Demo shop";
        Version { version: String } => "Versi {version}", "Version {version}";
        SwitchLanguage => "Ganti bahasa", "Change language";
        ThemeSystem => "Tema: ikut sistem", "Theme: as the system";
        ThemeLight => "Tema: terang", "Theme: light";
        ThemeDark => "Tema: gelap", "Theme: dark";
        SignOut => "Keluar", "Sign out";
        Owner => "Pemilik", "Owner";
        Staff => "Staf", "Staff";

        ToastPlaced { number: String, total: String } => "Pesanan baru {number} · {total}", "New order {number} · {total}";
        ToastPaid { number: String, total: String } => "Pesanan {number} sudah dibayar · {total}", "Order {number} is paid · {total}";
        ToastProof { number: String, name: String } => "{name} mengirim bukti transfer untuk pesanan {number}", "{name} sent a proof of transfer for order {number}";
        ToastMoneyBack { number: String, amount: String } => "{amount} untuk pesanan {number} datang terlambat atau dua kali dan dikembalikan", "{amount} for order {number} came late or twice and is being refunded";
        ToastRefundFailed { number: String, amount: String } => "Pengembalian {amount} untuk pesanan {number} ditolak: kembalikan sendiri", "The refund of {amount} for order {number} was refused: please refund it yourself";
        ToastReview { number: String } => "Pembayaran pesanan {number} perlu diperiksa", "The payment for order {number} needs checking";
        ToastLow { sku: String, available: u32 } => "Stok {sku} tinggal {available}", "Only {available} left of {sku}";
        ToastMember { name: String, amount: String } => "{name} membayar keanggotaan {amount}", "{name} paid {amount} for a membership";
        ToastMemberMoneyBack { number: String, amount: String } => "{amount} dari pembelian keanggotaan {number} dikembalikan: tidak bisa dipakai", "{amount} of membership purchase {number} is refunded: it could not be used";
        ToastMemberReview { number: String } => "Uang pembelian keanggotaan {number} perlu diperiksa", "Money of membership purchase {number} needs a look";
        ToastDisagrees { sku: String, count: u64 } => "Angka stok tidak cocok: {sku} (seluruhnya {count} varian)", "Stock numbers disagree: {sku} ({count} in all)";
        ToastNotice => "Kabar dari layanan pembayaran tidak bisa diproses", "A payment service told something that cannot be applied";
        ToastOut { sku: String } => "Stok {sku} habis", "{sku} is sold out";
    }
}
