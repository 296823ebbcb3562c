//! What letters about accounts say, and those to the owner.

use domain::texts;

texts! {
    /// Letters about an account, and whom an address belongs to.
    pub(crate) enum AccountLetter {
        VerifySubject { shop: String } => "Konfirmasi email Anda di {shop}", "Confirm your email for {shop}";
        VerifyTitle => "Ini benar email Anda?", "Is this your email?";
        VerifyText { shop: String } => "Akun Anda di {shop} sudah siap. Tekan tombol di bawah supaya kami tahu email ini memang milik Anda.", "Your {shop} account is ready. Press the button so we know this address is yours.";
        VerifyButton => "Konfirmasi email", "Confirm email";
        VerifyNotYou => "Bukan Anda yang membuat akun ini? Abaikan saja email ini.", "Didn't create this account? You can ignore this email.";

        ResetSubject { shop: String } => "Buat kata sandi baru untuk {shop}", "Choose a new password for {shop}";
        ResetTitle => "Lupa kata sandi?", "Forgot your password?";
        ResetText => "Tekan tombol di bawah untuk membuat kata sandi baru. Tautannya berlaku satu jam dan hanya bisa dipakai sekali.", "Press the button to choose a new password. The link works once, within the next hour.";
        ResetButton => "Buat kata sandi baru", "Choose a new password";
        ResetNotYou => "Bukan Anda yang meminta? Abaikan saja, kata sandi Anda tidak berubah.", "Didn't ask for this? Ignore it and your password stays as it is.";

        ChangedSubject { shop: String } => "Kata sandi {shop} Anda sudah diganti", "Your {shop} password was changed";
        ChangedTitle => "Kata sandi Anda sudah diganti", "Your password was changed";
        ChangedText { at: String } => "Kata sandi akun Anda diganti pada {at}. Semua perangkat yang tadinya masuk sudah kami keluarkan.", "The password of your account was changed on {at}. Every device that was signed in has been signed out.";
        ChangedNotYou => "Bukan Anda? Segera buat kata sandi baru lewat tombol di bawah, lalu hubungi kami.", "Wasn't that you? Choose a new password right away with the button below, then contact us.";

        EnterSubject { shop: String } => "Tautan untuk masuk ke {shop}", "Your sign-in link for {shop}";
        EnterTitle => "Masuk tanpa kata sandi", "Sign in without a password";
        EnterText => "Tekan tombol di bawah untuk masuk ke akun Anda. Tautannya berlaku 30 menit dan hanya bisa dipakai sekali.", "Press the button to sign in to your account. The link works once, within the next 30 minutes.";
        EnterButton => "Masuk", "Sign in";
        EnterNotYou => "Bukan Anda yang meminta? Abaikan saja. Tanpa email ini tidak ada yang bisa masuk.", "Didn't ask for this? Ignore it. Nobody can sign in without this email.";

        NewSignInSubject { shop: String } => "Ada yang masuk ke akun {shop} Anda dari perangkat baru", "New sign-in to your {shop} account";
        NewSignInTitle => "Masuk dari perangkat baru", "A new device signed in";
        NewSignInText { at: String } => "Akun Anda dibuka dari perangkat atau browser yang belum pernah dipakai, pada {at}.", "Your account was opened on a device or browser it hasn't seen before, on {at}.";
        NewSignInYou => "Kalau itu Anda, tidak perlu melakukan apa-apa. Kalau bukan, segera buat kata sandi baru.", "If that was you, there is nothing to do. If it wasn't, choose a new password right away.";

        MoveSubject { shop: String } => "Konfirmasi email baru untuk akun {shop} Anda", "Confirm the new email for your {shop} account";
        MoveTitle => "Pakai email ini untuk akun Anda?", "Use this email for your account?";
        MoveText { email: String } => "Anda meminta supaya akun Anda memakai {email}. Email lama tetap berlaku sampai Anda menekan tombol di bawah.", "You asked for your account to use {email}. The old email stays in place until you press the button.";
        MoveNotYou => "Bukan Anda yang meminta? Abaikan saja email ini.", "Didn't ask for this? You can ignore this email.";

        MovedSubject { shop: String } => "Email akun {shop} Anda sudah diganti", "The email of your {shop} account was changed";
        MovedTitle => "Email akun Anda sudah diganti", "Your account's email was changed";
        MovedText { email: String, at: String } => "Sejak {at} akun Anda memakai {email}. Kabar dari kami selanjutnya dikirim ke sana.", "Since {at} your account uses {email}. From now on we'll write to you there.";
        MovedNotYou => "Bukan Anda yang mengganti? Balas email ini secepatnya.", "Wasn't that you? Reply to this email as soon as you can.";

        OrderSubject { number: String } => "Tautan ke pesanan {number}", "Your link to order {number}";
        OrderTitle => "Ini tautan pesanan Anda", "Here is your order";
        OrderText { number: String } => "Dengan tombol di bawah Anda bisa melihat pesanan {number} kapan saja, tanpa akun.", "Use the button to see order {number} any time, without an account.";
        OrderNotYou => "Bukan Anda yang meminta? Abaikan saja email ini. Tautannya hanya kami kirim ke alamat ini.", "Didn't ask for this? You can ignore this email. We sent the link to this address only.";

        VoucherSubject { shop: String } => "Ada voucher untuk Anda di {shop}", "A voucher for you from {shop}";
        VoucherTitle => "Voucher untuk Anda", "A voucher for you";
        VoucherText => "Terima kasih sudah sering berbelanja. Voucher ini sudah tersimpan di akun Anda dan tinggal dipilih saat checkout.", "Thank you for shopping with us so often. This voucher is in your account, ready for you at checkout.";
        VoucherCode => "Kode voucher", "Voucher code";
        ShopNow => "Mulai belanja", "Start shopping";
        Unsubscribe => "Tidak ingin menerima kabar seperti ini lagi?", "No longer want news like this?";
        UnsubscribeLink => "Berhenti berlangganan", "Unsubscribe";

        StaffResetSubject { shop: String } => "Kode kata sandi baru untuk meja kerja {shop}", "Your code for a new {shop} desk password";
        StaffResetTitle => "Buat kata sandi baru", "Choose a new password";
        StaffResetText => "Masukkan kode ini di aplikasi meja kerja, bersama kata sandi baru Anda. Kodenya berlaku satu jam dan hanya bisa dipakai sekali.", "Enter this code in the desk app together with your new password. It works once, within the next hour.";
        StaffResetCode => "Kode", "Code";
        StaffResetNotYou => "Bukan Anda yang meminta? Abaikan saja, kata sandi Anda tidak berubah.", "Didn't ask for this? Ignore it and your password stays as it is.";
        StaffChangedSubject { shop: String } => "Kata sandi meja kerja {shop} sudah diganti", "Your {shop} desk password was changed";
        StaffChangedText { at: String } => "Kata sandi Anda untuk meja kerja diganti pada {at}. Semua meja kerja yang tadinya Anda pakai sudah keluar.", "Your password for the desk was changed on {at}. Every desk where you were signed in has been signed out.";
        StaffChangedNotYou => "Bukan Anda? Segera minta kode baru di layar masuk meja kerja.", "Wasn't that you? Ask for a new code on the desk's sign-in screen right away.";
    }
}

texts! {
    /// Letters to the owner.
    pub(crate) enum OwnerLetter {
        Help => "Email ini dikirim otomatis oleh toko Anda.", "Your shop sent this email by itself.";
        NewSubject { number: String, total: String } => "Pesanan baru {number}: {total}", "New order {number}: {total}";
        NewTitle => "Ada pesanan baru", "You have a new order";
        NewText { name: String } => "Pesanan dari {name} siap dikemas.", "The order from {name} is ready to pack.";
        NewPickupText { name: String } => "Pesanan dari {name} siap disiapkan untuk diambil.", "The order from {name} is ready to be prepared for pickup.";
        Buyer => "Pembeli", "Buyer";
        Payment => "Pembayaran", "Payment";
        SendTo => "Kirim ke", "Send to";
        DecideSubject { number: String } => "Pembayaran {number} perlu Anda periksa", "A payment for {number} needs your decision";
        DecideTitle => "Ada uang yang perlu Anda putuskan", "Money needs your decision";
        DecideText { number: String } => "Uang untuk {number} masuk dengan jumlah atau cara yang tidak cocok, jadi tidak dihitung otomatis. Buka meja kerja, lalu tentukan apakah uang itu diterima atau dikembalikan.", "Money for {number} arrived in a way that doesn't match, so it wasn't counted automatically. Open the desk and decide whether to keep it or send it back.";
        LowSubject { count: usize } => "Stok menipis: {count} varian", "Low stock: {count} variants", one count: "Low stock: {count} variant";
        LowTitle => "Stok mulai menipis", "Stock is running low";
        LowText => "Barang berikut sudah mencapai batas stok yang Anda tetapkan.", "These items have reached the limit you set.";
        LowLeft { left: i64 } => "tersisa {left}", "{left} left";
        FailedSubject { job: String } => "Tugas gagal: {job}", "Job failed: {job}";
        FailedTitle => "Ada tugas yang terus gagal", "A job keeps failing";
        FailedText { job: String } => "Tugas {job} sudah beberapa kali gagal. Etalase terus mencobanya. Lihat keterangannya di meja kerja, bagian Tugas.", "The job “{job}” has failed several times. Etalase keeps trying. See the details at the desk under Jobs.";
        FailedReason => "Keterangan", "Details";
        DaySubject { day: String, sold: String } => "Ringkasan {day}: terjual {sold}", "Summary of {day}: {sold} sold";
        DayTitle { day: String } => "Toko Anda, {day}", "Your shop on {day}";
        DayOrders => "Pesanan masuk", "Orders placed";
        DaySold => "Terjual", "Sold";
        DayToPack => "Perlu dikemas sekarang", "To pack now";
        DayUnpaid => "Menunggu pembayaran", "Waiting for payment";
        DayLow => "Varian dengan stok menipis", "Variants low in stock";
        DayFailed => "Email yang gagal terkirim", "Emails that could not be sent";
        DayText => "Ini angka toko Anda kemarin, dan yang menunggu Anda hari ini.", "Here is yesterday in numbers, and what is waiting for you today.";
    }
}
