//! What the page of jobs says.

use domain::texts;

texts! {
    /// The jobs page's words.
    pub(crate) enum JobText {
        Title => "Tugas otomatis", "Jobs";
        LedHere => "Dijalankan program ini", "Run by this program";
        LedElsewhere => "Dijalankan program lain", "Run by another program";
        LedByNobody => "Menunggu giliran", "Waiting for a leader";
        Caption => "Tugas, kapan terakhir jalan, dan kapan jalan lagi", "Jobs, when they last ran and when they run next";
        Job => "Tugas", "Job";
        Every => "Seberapa sering", "How often";
        Last => "Terakhir", "Last run";
        Outcome => "Hasil", "Outcome";
        Next => "Berikutnya", "Next run";
        Never => "Belum pernah", "Never";
        Soon => "Sebentar lagi", "In a moment";
        EverySeconds { count: u32 } => "Tiap {count} detik", "Every {count} seconds";
        EveryMinutes { count: u32 } => "Tiap {count} menit", "Every {count} minutes";
        EveryHour => "Tiap jam", "Every hour";
        EveryHours { count: u32 } => "Tiap {count} jam", "Every {count} hours";
        EveryDay => "Tiap hari", "Every day";
        Quiet => "Tidak ada pekerjaan", "Nothing to do";
        Changed { count: u64 } => "Beres: {count}", "Done: {count}";
        Found { count: u64 } => "Selisih: {count}", "Disagree: {count}";
        Failed => "Gagal", "Failed";
        RunNow => "Jalankan", "Run now";
        RunNowOf { job: String } => "Jalankan sekarang: {job}", "Run now: {job}";
        Asked { job: String } => "Segera dijalankan: {job}", "Runs in a moment: {job}";

        StockTitle => "Angka stok tidak cocok dengan buku stok", "The stock counters disagree with the ledger";
        StockHint => "Hitung barangnya, lalu betulkan sendiri. Toko tidak mengubah apa pun.", "Count the goods, then correct the number. The shop has changed nothing.";
        StockCaption => "Varian yang angkanya tidak cocok", "Variants whose numbers disagree";
        Sku => "SKU", "SKU";
        OnHand => "Di rak", "On hand";
        Ledger => "Buku stok", "Ledger";
        Reserved => "Dipesan", "Reserved";
        Held => "Ditahan", "Held by orders and carts";

        NoticesTitle => "Kabar pembayaran yang belum bisa diproses", "Payment notices that cannot be applied";
        NoticesHint => "Toko mencobanya lagi, makin jarang. Periksa dulu di layanan pembayaran, lalu coba lagi atau kesampingkan.", "The shop tries again, ever more seldom. Look it up at the payment service, then try again or set it aside.";
        NoticesCaption => "Kabar dari yang terlama, alasannya, dan kapan dicoba lagi", "Notices, oldest first, why they cannot be applied, and when they are tried again";
        Notice => "Kabar", "Notice";
        Amount => "Jumlah", "Amount";
        Trouble => "Kenapa", "Why";
        NextTry => "Dicoba lagi", "Tried again";
        Tries { count: u32 } => "sudah {count} kali", "tried {count} times", one count: "tried {count} time";
        MoneyCame => "Uang masuk", "Money came";
        MoneyWentBack => "Uang kembali", "Money went back";
        NoMoney => "Tidak jadi dibayar", "Not paid";
        SomethingChanged => "Ada kabar", "News";
        FromGateway { gateway: String } => "dari {gateway}", "from {gateway}";
        TryAgain => "Coba lagi", "Try again";
        TryAgainOf { name: String } => "Coba lagi: {name}", "Try again: {name}";
        Actions => "Tindakan", "Actions";
        SetAsideOf { name: String } => "Kesampingkan: {name}", "Set aside: {name}";
        NoticeApplied => "Kabar itu sudah diproses", "The notice was applied";
        SetAside => "Kesampingkan", "Set aside";
        SetAsideTitle { name: String } => "Kesampingkan {name}?", "Set {name} aside?";
        SetAsideText => "Kabar ini tidak dicoba lagi. Isinya tetap disimpan, dan alasan Anda masuk riwayat.", "It is not tried again. What it says is kept, and your reason goes into the history.";
        SetAsideReason => "Apa yang sudah dilakukan", "What was done about it";
        SetAsideReasonHint => "Misalnya: uangnya sudah dikembalikan lewat bank.", "For example: the money was given back by bank transfer.";
        SetAsideDone => "Kabar itu dikesampingkan", "The notice was set aside";

        Log => "Catatan terakhir", "Latest notes";
        LogEmpty => "Belum ada catatan", "No notes yet";
        LogEmptyHint => "Yang dikerjakan atau gagal akan muncul di sini.", "What jobs do, or fail to do, will show here.";
    }
}
