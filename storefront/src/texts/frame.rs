//! What stands around every page, and the pages that say that something went wrong.

use domain::texts;

texts! {
    /// Head, foot and failures.
    pub(crate) enum Frame {
        SkipToContent => "Langsung ke isi", "Skip to content";
        Menu => "Menu", "Menu";
        Categories => "Kategori", "Categories";
        AllProducts => "Semua produk", "All products";
        Search => "Cari", "Search";
        SearchProducts => "Cari produk", "Search products";
        Cart => "Keranjang", "Cart";
        CartUnits { units: u32 } => "Keranjang, {units} barang", "Cart, {units} items", one units: "Cart, {units} item";
        SignIn => "Masuk", "Sign in";
        AccountOf { name: String } => "Akun {name}", "Account of {name}";
        Membership => "Keanggotaan", "Membership";
        About => "Tentang kami", "About us";
        Language => "Bahasa", "Language";
        Theme => "Tampilan", "Appearance";
        ThemeLight => "Terang", "Light";
        ThemeDark => "Gelap", "Dark";
        ThemeAuto => "Ikuti perangkat", "Same as device";
        Contact => "Hubungi kami", "Contact";
        Shop => "Belanja", "Shop";
        PaymentMethods => "Cara bayar", "Payment";
        Secure => "Data Anda hanya dipakai untuk memproses pesanan.", "Your details are only used to handle your order.";
        Close => "Tutup", "Close";
        TryAgain => "Coba lagi", "Try again";
        ConnectionLost => "Sambungan terputus. Periksa internet Anda, lalu coba lagi.", "The connection was lost. Check your internet and try again.";

        NotFoundTitle => "Halaman ini tidak ditemukan", "We could not find this page";
        NotFoundHint => "Mungkin alamatnya salah ketik, atau barangnya sudah tidak dijual. Coba cari, atau lihat semua produk.", "The address may be mistyped, or the item is no longer sold. Try a search, or browse everything.";
        OrderNotFoundTitle => "Pesanan ini tidak ditemukan", "We could not find this order";
        OrderNotFoundHint => "Buka lagi tautan lengkap dari pesanan Anda; tautan itu memuat kunci rahasia pesanan.", "Open the full link of your order again; it carries the order's private key.";
        BrokenTitle => "Ada yang rusak di pihak kami", "Something broke on our side";
        BrokenHint => "Kejadian ini sudah tercatat. Tidak ada yang hilang dari keranjang Anda; coba lagi sebentar lagi.", "It has been noted. Nothing is lost from your cart; please try again in a moment.";
        AwayTitle => "Toko sedang beristirahat sebentar", "The shop is taking a short break";
        AwayHint => "Kami sedang tidak bisa membuka data toko. Keranjang dan pesanan Anda aman. Halaman ini mencoba lagi sendiri.", "We cannot reach the shop's data right now. Your cart and orders are safe. This page tries again by itself.";
        NotOursTitle => "Formulir ini sudah tidak berlaku", "This form is no longer valid";
        NotOursHint => "Muat ulang halaman sebelumnya dan kirim lagi. Pastikan cookie diizinkan untuk toko ini.", "Reload the previous page and send it again. Make sure cookies are allowed for this shop.";
        MendTitle { title: String } => "Perlu diperbaiki: {title}", "Please check: {title}";
        FormExpired => "Formulir ini sudah kedaluwarsa, jadi kami perbarui. Periksa isian Anda, lalu kirim sekali lagi. Kalau ini terulang, izinkan cookie untuk toko ini.", "This form had expired, so we have renewed it. Check what you typed, then send it once more. If this happens again, allow cookies for this shop.";
        OddTitle => "Permintaan ini tidak bisa diproses", "This request cannot be handled";
        BackToShop => "Kembali ke toko", "Back to the shop";
        SeeProducts => "Lihat semua produk", "Browse all products";
    }
}
