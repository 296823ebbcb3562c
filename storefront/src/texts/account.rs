//! What the pages of accounts say.

use domain::texts;

texts! {
    /// Signing in, registering, and an account's own page.
    pub(crate) enum Account {
        SignInTitle => "Masuk", "Sign in";
        SignInHint => "Lihat pesanan dan checkout lebih cepat. Isi keranjang tetap ada.", "See your orders and check out faster. Your cart stays with you.";
        RegisterTitle => "Buat akun", "Create an account";
        RegisterHint => "Simpan pesanan dan alamat di satu tempat. Isi keranjang tetap ada.", "Keep your orders and address in one place. Your cart stays with you.";
        Name => "Nama lengkap", "Full name";
        Email => "Email", "Email";
        Password => "Kata sandi", "Password";
        PasswordHint { fewest: usize } => "Minimal {fewest} karakter. Kalimat pendek paling mudah diingat.", "At least {fewest} characters. A short sentence is easiest to remember.";
        SignIn => "Masuk", "Sign in";
        Register => "Buat akun", "Create account";
        NoAccountYet => "Belum punya akun?", "No account yet?";
        AlreadyRegistered => "Sudah punya akun?", "Already have an account?";
        EmailTaken => "Email ini sudah terdaftar. Silakan masuk dengan kata sandi Anda.", "This email already has an account. Sign in with your password.";
        GuestOrders => "Pernah belanja tanpa akun? Buka tautan pesanannya, lalu simpan ke akun Anda dari sana.", "Ordered without an account? Open the order's link and save it to your account from there.";

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
        ProfileHint => "Otomatis terisi saat checkout.", "Filled in for you at checkout.";
        ProfileSaved => "Data Anda tersimpan.", "Your details are saved.";
        Save => "Simpan", "Save";
        NoVouchers => "Belum ada voucher. Punya kode? Simpan di sini.", "No vouchers yet. Got a code? Save it here.";
        KeepVoucher => "Simpan voucher", "Save voucher";
        VoucherKept => "Voucher tersimpan. Bisa dipakai satu kali.", "Saved. You can use it once.";
        PasswordTitle => "Ganti kata sandi", "Change your password";
        PasswordEnds => "Perangkat lain akan otomatis keluar dari akun.", "Your other devices will be signed out.";
        CurrentPassword => "Kata sandi saat ini", "Current password";
        NewPassword => "Kata sandi baru", "New password";
        PasswordChanged => "Kata sandi sudah diganti.", "Your password has been changed.";

        KeepTitle => "Simpan pesanan ini ke akun", "Save this order to an account";
        KeepHint { email: String } => "Cukup buat kata sandi untuk {email}. Lain kali data Anda sudah terisi.", "Just choose a password for {email}. Next time your details are filled in for you.";
        KeepMine => "Simpan ke akun saya", "Add to my account";
        KeepMineHint { name: String } => "Anda masuk sebagai {name}.", "You are signed in as {name}.";
        Kept => "Pesanan ini tersimpan di akun Anda.", "This order is saved to your account.";
        SeeAllOrders => "Lihat semua pesanan", "See all orders";
        SignInInstead => "Masuk untuk menyimpan", "Sign in to save it";
        CheckoutSignIn => "Sudah punya akun?", "Already have an account?";
        CheckoutAs { name: String } => "Anda masuk sebagai {name}.", "You are signed in as {name}.";
    }
}
