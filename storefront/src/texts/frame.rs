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
        AccountOf { name: String } => "Akun {name}", "Account: {name}";
        Membership => "Keanggotaan", "Membership";
        About => "Tentang kami", "About us";
        Language => "Bahasa", "Language";
        Theme => "Tampilan", "Appearance";
        ThemeLight => "Terang", "Light";
        ThemeDark => "Gelap", "Dark";
        ThemeAuto => "Ikuti perangkat", "Match device";
        Contact => "Hubungi kami", "Contact";
        FindOrder => "Cari pesanan", "Find an order";
        Shop => "Belanja", "Shop";
        PaymentMethods => "Cara bayar", "Payment";
        Secure => "Data Anda hanya dipakai untuk memproses pesanan.", "We only use your details to process your order.";
        Close => "Tutup", "Close";
        FillName => "Isi nama lengkap.", "Enter a name.";
        FillEmail => "Isi alamat email.", "Enter an email address.";
        FillPhone => "Isi nomor telepon.", "Enter a phone number.";
        FillAddress => "Isi alamat lengkap.", "Enter the street address.";
        FillCity => "Isi kota atau kabupaten.", "Enter the city.";
        FillProvince => "Isi provinsi.", "Enter the province.";
        FillPostalCode => "Isi kode pos.", "Enter the postal code.";
        FillPassword => "Isi kata sandi.", "Enter a password.";
        TryAgain => "Coba lagi", "Try again";
        ConnectionLost => "Koneksi terputus. Periksa internet Anda, lalu coba lagi.", "You're offline. Check your connection and try again.";

        NotFoundTitle => "Halaman tidak ditemukan", "Page not found";
        NotFoundHint => "Mungkin alamatnya salah ketik, atau produknya sudah tidak dijual. Coba cari, atau lihat semua produk.", "The address may be mistyped, or the product is no longer sold. Try a search, or browse everything.";
        OrderNotFoundTitle => "Pesanan tidak ditemukan", "Order not found";
        OrderNotFoundHint => "Buka lagi tautan pesanan Anda secara lengkap; tautan itu memuat kunci rahasianya.", "Open the full link of your order again; it includes the order's private key.";
        BrokenTitle => "Terjadi gangguan di sistem kami", "Something went wrong on our side";
        BrokenHint => "Gangguan ini sudah tercatat dan isi keranjang Anda aman. Coba lagi sebentar lagi.", "We've noted the problem, and your cart is safe. Please try again in a moment.";
        SoonTitle => "Toko ini segera dibuka", "This shop is opening soon";
        SoonHint => "Pemiliknya masih menyiapkan toko. Mampir lagi nanti, ya.", "The owner is still setting it up. Please come back soon.";
        AwayTitle => "Toko sedang tidak bisa diakses", "The shop is temporarily unavailable";
        AwayHint => "Keranjang dan pesanan Anda aman. Halaman ini akan mencoba lagi otomatis.", "Your cart and orders are safe. This page will try again by itself.";
        NotOursTitle => "Formulir ini sudah kedaluwarsa", "This form has expired";
        NotOursHint => "Muat ulang halaman sebelumnya, lalu coba lagi. Pastikan cookie diizinkan untuk toko ini.", "Reload the previous page and try again. Make sure cookies are allowed for this shop.";
        MendTitle { title: String } => "Perlu diperbaiki: {title}", "Please check: {title}";
        FormExpired => "Formulir ini sudah kedaluwarsa, jadi kami perbarui. Periksa isian Anda, lalu kirim sekali lagi. Kalau ini terulang, izinkan cookie untuk toko ini.", "This form had expired, so we have renewed it. Check what you typed, then send it once more. If this happens again, allow cookies for this shop.";
        OddTitle => "Permintaan ini tidak bisa diproses", "We can't process this request";
        BackToShop => "Kembali ke toko", "Back to the shop";
        SeeProducts => "Lihat semua produk", "Browse all products";
    }
}
