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

        ChangeWording => "Ubah teks email jenis ini", "Change the wording of this kind";
        Parts => "Bagian email", "Parts of letters";
        Outbox => "Email keluar", "Outbox";
        WordingsTitle => "Teks email", "Wording";
        WordingsCaption => "Semua jenis email", "All kinds of letters";
        WordingsHint => "Subjek dan pembuka setiap email bisa Anda ubah, dalam dua bahasa. Yang belum diubah memakai teks bawaan.", "You can change the subject and the opening of every letter, in both languages. Anything you leave alone uses the default wording.";
        Readers => "Pembaca", "Readers";
        Usual => "Bawaan", "Default";
        Own => "Diubah", "Your own";
        Off => "Dimatikan", "Turned off";
        BackToWordings => "Semua jenis email", "All kinds of letters";
        Subject => "Subjek", "Subject";
        Body => "Pembuka", "Opening";
        BodyHint => "Baris kosong memisahkan paragraf.", "Leave an empty line between paragraphs.";
        Insert => "Sisipkan:", "Insert:";
        InsertWhat { what: String } => "Sisipkan {what}", "Insert {what}";
        BackToUsual => "Kembali ke bawaan", "Back to the default";
        StaysTitle => "Yang tetap ada", "What stays";
        Stays => "Judul, sapaan, rincian, tombol, daftar barang, dan penutup ditulis otomatis. Saran keamanan di email akun juga tetap ada.", "The heading, greeting, details, button, items and closing lines are added for you. Security advice in account letters stays, too.";
        Missing => "Kadang sebuah isian tidak ada nilainya, misalnya batas waktu pada pesanan COD. Email seperti itu memakai teks bawaan.", "Sometimes a field has no value, such as the time limit of an order paid on delivery. That letter uses the default wording.";
        IsOff => "Email ini sedang dimatikan.", "This letter is turned off.";
        OpenSettings => "Buka pengaturan email", "Open email settings";
        Drawn => "Pratinjau", "Preview";
        DrawnHint => "Contoh dengan data karangan.", "An example with made-up data.";
        DrawnLanguage => "Bahasa pratinjau", "Language of the preview";
        DrawnStands => "Pratinjau diperbarui setelah teksnya benar.", "The preview updates once the text is correct.";
        WordsWrong => "Periksa kolom yang ditandai.", "Check the marked fields.";
        WordsSaved => "Teks email disimpan", "Wording saved";
        WordsUndone => "Teks sebelumnya dipakai lagi", "The earlier wording is back";
        WordsLeaveHint => "Perubahan pada teks email ini belum disimpan.", "Your changes to this letter's wording are not saved.";
    }
}
