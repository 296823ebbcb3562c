//! What the screen of letters says.

use domain::texts;

texts! {
    /// The words of the letters.
    pub(crate) enum LetterText {
        Title => "Email keluar", "Letters";
        NothingIsSent => "Versi ini menulis email untuk pembeli dan anggota, tetapi belum mengirimnya. Semuanya menunggu di sini.", "This version writes letters to buyers and members, but does not send them yet. All of them wait here.";
        ListCaption => "Email keluar, terbaru lebih dulu", "Letters, newest first";
        Written => "Ditulis", "Written";
        To => "Kepada", "To";
        Kind => "Tentang", "About";
        Order => "Pesanan", "Order";
        State => "Status", "State";
        Waiting => "Belum dikirim", "Not sent yet";
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
