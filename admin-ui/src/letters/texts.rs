//! What the screen of letters says.

use domain::texts;

texts! {
    /// The words of the letters.
    pub(crate) enum LetterText {
        Title => "Email keluar", "Letters";
        NothingIsSent => "Belum ada akun email, jadi email untuk pembeli dan anggota disimpan sebagai berkas dan tidak dikirim.", "There is no mail account yet, so letters to buyers and members are kept as files and not sent.";
        SetUpMail => "Atur email", "Set up email";
        ListCaption => "Email keluar, terbaru lebih dulu", "Letters, newest first";
        Written => "Ditulis", "Written";
        To => "Kepada", "To";
        Kind => "Tentang", "About";
        Order => "Pesanan", "Order";
        State => "Status", "State";
        Waiting => "Menunggu", "Waiting";
        Kept => "Disimpan sebagai berkas", "Kept as a file";
        Failed => "Gagal", "Failed";
        NextTry { tries: u32, at: String } => "Sudah {tries} kali dicoba, lagi {at}", "Tried {tries} times, next {at}", one tries: "Tried once, next {at}";
        BackToList => "Semua email keluar", "All letters";
        Words => "Isi", "Words";
        WordsHint => "Versi teks, ditulis dari data terbaru. Pembaca juga mendapat versi HTML dengan tampilan toko.", "The text version, written from the latest data. Readers also get an HTML version in the shop's look.";
        Head => "Email", "Letter";
        From => "Dari", "From";
        File => "Berkas", "File";
        SendAgain => "Kirim lagi", "Send again";
        AskedAgain => "Email akan dikirim lagi", "The letter will be sent again";
        SentAt { at: String } => "Terkirim {at}", "Sent {at}";
        Ways => "Email yang lebih baru dan lebih lama", "Newer and older letters";
        Newest => "Terbaru", "Newest";
        Older => "Lebih lama", "Older";
        NoneYet => "Belum ada email", "No letters yet";
        NoneYetHint => "Email tentang pesanan, uang, dan keanggotaan muncul di sini begitu ditulis.", "Letters about orders, money and memberships appear here as they are written.";
        NoneOlder => "Tidak ada email yang lebih lama", "No older letters";
        NoneOlderHint => "Daftarnya berakhir di sini.", "The list ends here.";
    }
}
