//! What the pages say that send letters with links, and those to which these links lead.

use domain::texts;

texts! {
    /// Forgotten passwords, sign-in by link, confirmed addresses, lost orders.
    pub(crate) enum LinkText {
        ForgottenTitle => "Sulit masuk?", "Trouble signing in?";
        ForgottenHint => "Tulis email akun Anda. Kami kirim tautan untuk masuk, atau untuk membuat kata sandi baru.", "Enter your account's email. We'll send you a link to sign in, or to choose a new password.";
        ForgottenAsk => "Lupa kata sandi?", "Forgot your password?";
        SendReset => "Buat kata sandi baru", "Choose a new password";
        SendSignIn => "Kirim tautan masuk", "Email me a sign-in link";
        SentTitle => "Periksa email Anda", "Check your email";
        SentAccount => "Kalau alamat itu punya akun di sini, emailnya segera sampai. Periksa juga folder spam.", "If that address has an account here, an email is on its way. Check your spam folder, too.";
        SentOrder => "Kalau nomor dan email itu cocok, tautan pesanannya segera kami kirim. Periksa juga folder spam.", "If the number and the email match, the link to the order is on its way. Check your spam folder, too.";
        BackToSignIn => "Kembali ke halaman masuk", "Back to sign in";

        ResetTitle => "Buat kata sandi baru", "Choose a new password";
        ResetHint => "Setelah disimpan, semua perangkat keluar dari akun dan Anda masuk dengan kata sandi baru.", "Once it's saved, every device is signed out and you sign in with the new password.";
        NewPassword => "Kata sandi baru", "New password";
        SavePassword => "Simpan kata sandi", "Save password";
        ResetDone => "Kata sandi baru tersimpan. Silakan masuk.", "Your new password is saved. Please sign in.";

        EnterTitle => "Masuk ke akun Anda", "Sign in to your account";
        EnterHint => "Tekan tombol ini untuk masuk di perangkat ini.", "Press the button to sign in on this device.";
        Enter => "Masuk", "Sign in";
        EnteredFirst => "Email Anda sudah terkonfirmasi. Demi keamanan, perangkat lain sudah keluar dan kata sandi lama tidak berlaku lagi. Buat yang baru lewat “Lupa kata sandi?”.", "Your email is confirmed. To keep your account safe, other devices are signed out and the old password no longer works. Choose a new one with “Forgot your password?”.";

        ConfirmTitle => "Konfirmasi email", "Confirm your email";
        ConfirmHint => "Tekan tombol ini, dan email Anda langsung terkonfirmasi.", "Press the button and your email is confirmed.";
        Confirm => "Konfirmasi email saya", "Confirm my email";
        ConfirmedTitle => "Email terkonfirmasi", "Email confirmed";
        ConfirmedProven => "Terima kasih, email akun Anda sudah terkonfirmasi.", "Thank you, your account's email is confirmed.";
        ConfirmedChanged => "Mulai sekarang akun Anda memakai email ini. Masuklah dengan alamat ini.", "From now on your account uses this email. Sign in with it.";
        ToAccount => "Buka akun saya", "Open my account";
        OverTitle => "Tautan ini sudah tidak berlaku", "This link no longer works";

        FindTitle => "Cari pesanan", "Find your order";
        FindHint => "Tulis nomor pesanan dan email yang Anda pakai saat memesan. Tautannya kami kirim ke email itu.", "Enter the order number and the email you ordered with. We'll send the link to that email.";
        FindAsk => "Cari pesanan", "Find an order";
        OrderNumber => "Nomor pesanan", "Order number";
        Find => "Kirim tautannya", "Email me the link";

        StopTitle => "Berhenti menerima kabar?", "Stop receiving news?";
        StopHint => "Email tentang pesanan dan akun Anda tetap kami kirim.", "You'll still get emails about your orders and your account.";
        Stop => "Ya, berhenti", "Yes, unsubscribe";
        StoppedTitle => "Anda sudah berhenti berlangganan", "You're unsubscribed";
        StoppedHint => "Kami tidak akan mengirim kabar seperti itu lagi.", "We won't send you news like that any more.";

        UnprovenHint { email: String } => "Email {email} belum dikonfirmasi. Buka email dari kami dan tekan tombolnya.", "Your email {email} isn't confirmed yet. Open our email and press the button.";
        SendAgain => "Kirim lagi emailnya", "Send the email again";
        SentAgain => "Email konfirmasi sudah dikirim.", "We've sent the confirmation email.";
        EmailTitle => "Ganti email", "Change your email";
        EmailHint => "Kami kirim email ke alamat baru. Gantinya baru berlaku setelah Anda konfirmasi dari sana.", "We'll write to the new address. The change takes effect once you confirm it from there.";
        NewEmail => "Email baru", "New email";
        EmailAsked => "Periksa kotak masuk alamat baru Anda, lalu tekan tombol konfirmasinya.", "Check the inbox of your new address and press the button to confirm.";
    }
}
