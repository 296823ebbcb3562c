//! What the first run says.

use domain::texts;

texts! {
    /// The first run's words.
    pub(crate) enum SetupText {
        Title => "Selamat datang di Etalase", "Welcome to Etalase";
        Lead => "Toko online Anda berjalan di komputer ini. Isi tiga hal ini, lalu toko langsung buka.", "Your online shop runs on this computer. Fill in three things and it opens at once.";
        PointShop => "Pembeli belanja lewat browser mereka", "Shoppers buy in their own browser";
        PointDesk => "Pesanan dan stok Anda urus dari jendela ini", "You run orders and stock from this window";
        PointKeep => "Semua catatan tersimpan di komputer Anda sendiri", "All records stay on your own computer";

        You => "Akun pemilik", "The owner's account";
        OwnerName => "Nama Anda", "Your name";
        Email => "Email untuk masuk", "Email to sign in with";
        Password => "Kata sandi", "Password";
        PasswordHint { fewest: usize } => "Minimal {fewest} karakter. Kalimat pendek paling mudah diingat.", "At least {fewest} characters. A short sentence is easiest to remember.";

        Shop => "Toko", "The shop";
        ShopName => "Nama toko", "Name of the shop";
        Currency => "Mata uang", "Currency";
        Language => "Bahasa toko", "Language of the shop";
        DemoCurrency => "Harga toko contoh memakai rupiah.", "The demo shop's prices are in rupiah.";
        Rupiah => "Rupiah (Rp)", "Indonesian rupiah (Rp)";
        Ringgit => "Ringgit Malaysia (RM)", "Malaysian ringgit (RM)";
        SingaporeDollar => "Dolar Singapura (S$)", "Singapore dollar (S$)";
        Dollar => "Dolar AS (US$)", "US dollar (US$)";

        Start => "Mulai dengan", "Start with";
        Empty => "Toko kosong", "An empty shop";
        EmptyHint => "Siap diisi dengan produk Anda sendiri.", "Ready for your own products.";
        Demo => "Toko contoh", "The demo shop";
        DemoHint => "Butik dengan produk, pesanan, dan ulasan contoh untuk dicoba-coba.", "A boutique with sample products, orders and reviews to try things out.";

        Submit => "Buka toko", "Open the shop";
        Submitting => "Menyiapkan toko…", "Setting up the shop…";
        LoadingTitle => "Mengisi toko contoh", "Filling the demo shop";
        LoadingHint => "Produk, pelanggan, dan pesanan tiga bulan terakhir sedang dibuat. Ini hanya sekali.", "Products, customers and three months of orders are being made. This happens only once.";
        LoadingStep { done: u32, of: u32 } => "{done} dari {of}", "{done} of {of}";
    }
}
