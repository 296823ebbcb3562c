//! What the screens of customers say.

use domain::texts;

texts! {
    /// The list of customers, and one of them.
    pub(crate) enum CustomerText {
        Title => "Pelanggan", "Customers";
        Search => "Cari nama, email, atau telepon", "Search name, email or phone";
        ListCaption => "Pelanggan, terbaru lebih dulu", "Customers, newest first";
        Name => "Nama", "Name";
        Email => "Email", "Email";
        City => "Kota", "City";
        Account => "Akun", "Account";
        HasAccount => "Punya akun", "Has an account";
        Guest => "Tamu", "Guest";
        OrderCount => "Pesanan", "Orders";
        Spent => "Belanja", "Spent";
        LastOrder => "Terakhir memesan", "Last order";
        Never => "–", "–";
        NoneYet => "Belum ada pelanggan", "No customers yet";
        NoneYetHint => "Siapa pun yang memesan atau membuat akun muncul di sini.", "Whoever orders or makes an account appears here.";
        NoneFound { search: String } => "Tidak ada pelanggan untuk “{search}”", "No customers for “{search}”";
        NoneFoundHint => "Coba nama, email, atau nomor telepon yang lain.", "Try another name, email or phone number.";

        BackToList => "Semua pelanggan", "All customers";
        KnownSince { at: String } => "Pelanggan sejak {at}", "Customer since {at}";
        OrdersTitle => "Pesanan terbaru", "Latest orders";
        OrderNumber => "Nomor", "Number";
        OrderPlaced => "Waktu", "Placed";
        OrderStatus => "Status", "Status";
        OrderTotal => "Total", "Total";
        NoOrders => "Belum pernah memesan.", "No orders yet.";
        AccountTitle => "Akun", "Account";
        RegisteredAt { at: String } => "Dibuat {at}", "Made {at}";
        SignedInOn { devices: u32 } => "Masuk di {devices} perangkat", "Signed in on {devices} devices";
        SignedInNowhere => "Tidak sedang masuk di perangkat mana pun", "Not signed in on any device";
        LastSeen { at: String } => "Terakhir terlihat {at}", "Last seen {at}";
        NoAccount => "Memesan sebagai tamu, tanpa akun.", "Orders as a guest, without an account.";
        ContactTitle => "Kontak", "Contact";
        NoAddress => "Belum ada alamat.", "No address yet.";
        Figures => "Ringkasan", "Summary";
    }
}
