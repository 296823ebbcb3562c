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
        DemoAccount => "Toko contoh baru dibuat. Masuk dengan:", "The demo shop was made just now. Sign in with:";
        DemoAccountOnce => "Kata sandi ini hanya ditampilkan sekali. Catat dulu.", "This password is shown only once. Write it down.";
    }
}
