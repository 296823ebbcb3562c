//! What signing in says.

use domain::texts;

texts! {
    /// The words of signing in.
    pub(crate) enum StaffText {
        SignInTitle => "Masuk ke meja kerja", "Sign in to your desk";
        SignInTo { shop: String } => "Masuk untuk mengurus {shop}.", "Sign in to run {shop}.";
        Email => "Email", "Email";
        Password => "Kata sandi", "Password";
        SignIn => "Masuk", "Sign in";
        SigningIn => "Memeriksa…", "Checking…";
        Forgot => "Lupa kata sandi?", "Forgot your password?";
        ForgotTitle => "Buat kata sandi baru", "Choose a new password";
        ForgotHint => "Tulis email Anda. Kami kirim kode yang berlaku satu jam.", "Enter your email. We'll send a code that works for one hour.";
        SendCode => "Kirim kode", "Send the code";
        CodeSent => "Kalau email itu terdaftar di toko ini, kodenya segera sampai.", "If that email works at this shop, the code is on its way.";
        Code => "Kode dari email", "Code from the email";
        NewPassword => "Kata sandi baru", "New password";
        SavePassword => "Simpan kata sandi", "Save password";
        Saving => "Menyimpan…", "Saving…";
        Saved => "Kata sandi baru tersimpan. Silakan masuk.", "Your new password is saved. Please sign in.";
        Back => "Kembali", "Back";
        DemoAccount => "Toko contoh baru dibuat. Masuk dengan:", "The demo shop was made just now. Sign in with:";
        DemoAccountOnce => "Kata sandi ini hanya ditampilkan sekali. Catat dulu.", "This password is shown only once. Write it down.";
    }
}
