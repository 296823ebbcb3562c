//! What the pages of accounts say.

use domain::texts;

texts! {
    /// Signing in, registering, and an account's own page.
    pub(crate) enum Account {
        SignInTitle => "Masuk", "Sign in";
        SignInHint => "Lihat pesanan Anda dan pesan lebih cepat. Isi keranjang ikut terbawa.", "See your orders and check out faster. Your cart comes along.";
        RegisterTitle => "Buat akun", "Create an account";
        RegisterHint => "Simpan pesanan dan alamat Anda di satu tempat. Isi keranjang ikut terbawa.", "Keep your orders and your address in one place. Your cart comes along.";
        Name => "Nama lengkap", "Full name";
        Email => "Email", "E-mail";
        Password => "Sandi", "Password";
        PasswordHint { fewest: usize } => "Minimal {fewest} karakter. Kalimat pendek paling mudah diingat.", "At least {fewest} characters. A short sentence is easiest to remember.";
        SignIn => "Masuk", "Sign in";
        Register => "Buat akun", "Create account";
        NoAccountYet => "Belum punya akun?", "No account yet?";
        AlreadyRegistered => "Sudah punya akun?", "Already have an account?";
        EmailTaken => "Email ini sudah punya akun. Masuk saja dengan sandi Anda.", "This e-mail already has an account. Please sign in with your password.";
        GuestOrders => "Pesanan yang dibuat tanpa masuk tetap bisa dibuka lewat tautannya, lalu disimpan ke akun Anda dari sana.", "Orders placed without signing in still open by their link, and can be added to your account from there.";

        Title => "Akun saya", "My account";
        Greeting { name: String } => "Halo, {name}", "Hello, {name}";
        SignOut => "Keluar", "Sign out";
        Orders => "Pesanan", "Orders";
        NoOrdersTitle => "Belum ada pesanan", "No orders yet";
        OrderNumber { number: String } => "Pesanan {number}", "Order {number}";
        Units { units: u32 } => "{units} barang", "{units} items", one units: "{units} item";
        OneUnit => "1 barang", "1 item";
        PayBefore { moment: String } => "Bayar sebelum {moment}", "Pay before {moment}";
        Pay => "Bayar", "Pay";
        PayNamed { number: String } => "Bayar pesanan {number}", "Pay for order {number}";
        Profile => "Data diri dan alamat", "Your details and address";
        ProfileHint => "Terisi sendiri saat Anda memesan.", "Filled in for you at checkout.";
        ProfileSaved => "Data Anda sudah disimpan.", "Your details are saved.";
        Save => "Simpan", "Save";
        NoVouchers => "Belum ada voucher. Punya kode? Simpan di sini.", "No vouchers yet. Do you have a code? Keep it here.";
        KeepVoucher => "Simpan voucher", "Keep the voucher";
        VoucherKept => "Voucher disimpan di akun Anda untuk satu pesanan.", "The voucher is kept in your account, for one order.";
        PasswordTitle => "Ganti sandi", "Change your password";
        PasswordEnds => "Perangkat lain yang sedang masuk akan dikeluarkan.", "Other devices that are signed in will be signed out.";
        CurrentPassword => "Sandi sekarang", "Present password";
        NewPassword => "Sandi baru", "New password";
        PasswordChanged => "Sandi sudah diganti.", "Your password is changed.";

        KeepTitle => "Simpan pesanan ini di akun", "Keep this order in an account";
        KeepHint { email: String } => "Cukup buat sandi untuk {email}. Lain kali data Anda sudah terisi.", "Just choose a password for {email}. Next time your details are filled in.";
        KeepMine => "Simpan ke akun saya", "Add to my account";
        KeepMineHint { name: String } => "Anda masuk sebagai {name}.", "You are signed in as {name}.";
        Kept => "Pesanan ini tersimpan di akun Anda.", "This order is kept in your account.";
        SeeAllOrders => "Lihat semua pesanan", "See all orders";
        SignInInstead => "Masuk untuk menyimpannya", "Sign in to keep it";
        CheckoutSignIn => "Sudah punya akun?", "Already have an account?";
        CheckoutAs { name: String } => "Anda masuk sebagai {name}.", "You are signed in as {name}.";
    }
}
