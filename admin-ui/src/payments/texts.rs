//! What the payments' screens say.

use domain::texts;

texts! {
    /// The words of payments.
    pub(crate) enum PaymentText {
        Title => "Pembayaran", "Payments";
        Parts => "Bagian pembayaran", "Parts of payments";
        Proofs => "Bukti menunggu", "Proofs waiting";
        Decided => "Bukti diperiksa", "Proofs checked";
        Attempts => "Percobaan bayar", "Attempts";
        Notices => "Kabar layanan", "Service notices";

        ProofsCaption => "Bukti transfer", "Proofs of transfer";
        Sent => "Dikirim", "Sent";
        Order => "Pesanan", "Order";
        ToOrder => "Status pesanan", "Order status";
        Buyer => "Pembeli", "Buyer";
        Asked => "Jumlah ditagih", "Amount due";
        State => "Status", "State";
        HeldUntil { at: String } => "Pesanan disimpan sampai {at}", "Order held until {at}";
        NoProofs => "Tidak ada bukti yang menunggu", "No proofs waiting";
        NoProofsHint => "Bukti transfer dari pembeli akan muncul di sini.", "Proofs of transfer from buyers will show up here.";
        NoneDecided => "Belum ada bukti yang diperiksa", "No proofs checked yet";
        NoneDecidedHint => "Bukti yang sudah Anda terima atau tolak tersimpan di sini.", "Proofs you approve or refuse are kept here.";

        BackToList => "Semua bukti", "All proofs";
        ProofShown => "Bukti transfer", "Proof of transfer";
        PictureOf { number: String } => "Bukti transfer untuk pesanan {number}", "Proof of transfer for order {number}";
        IsPdf => "Bukti ini file PDF. Simpan dulu untuk membukanya, dan buka hanya kalau Anda percaya pengirimnya.", "This proof is a PDF. Save it to open it, and only open it if you trust the sender.";
        FileGone => "File bukti ini sudah dihapus setelah enam bulan.", "The file was deleted after six months.";
        SaveFile => "Simpan file", "Save file";
        FileSaved { file: String } => "Disimpan sebagai {file}", "Saved as {file}";
        FileNotSaved => "Tidak disimpan", "Not saved";
        WhatFor => "Untuk pesanan", "For order";
        OrderTotal => "Total pesanan", "Order total";
        Digits => "Kode unik", "Unique code";
        SentAt { at: String } => "Dikirim {at}", "Sent {at}";
        DecidedBy { name: String, at: String } => "Diperiksa {name}, {at}", "Checked by {name}, {at}";
        DecideTitle => "Uangnya sudah masuk?", "Did the money arrive?";
        DecideHint => "Cocokkan dengan mutasi rekening, jangan hanya dengan gambarnya: bukti bisa dipalsukan.", "Check your bank statement, not only the picture: proofs can be faked.";
        Approve { amount: String } => "Terima {amount}", "Approve {amount}";
        Approved { amount: String } => "{amount} dicatat masuk", "{amount} counted";
        Refuse => "Tolak", "Refuse";
        RefuseTitle => "Tolak bukti ini?", "Refuse this proof?";
        RefuseText => "Pesanan tetap menunggu pembayaran. Pembeli membaca alasannya dan bisa mengirim bukti lain.", "The order keeps waiting for its payment. The buyer reads your reason and can send another proof.";
        RefuseReason => "Alasan untuk pembeli", "Reason for the buyer";
        RefuseReasonHint => "Misalnya: uangnya belum masuk ke rekening kami.", "For example: the money hasn't reached our account yet.";
        RefusedDone => "Bukti ditolak", "Proof refused";
        OtherAmount => "Jumlahnya lain", "Another amount came";
        OtherTitle => "Berapa yang masuk?", "How much arrived?";
        OtherText => "Kalau berbeda dari yang ditagih, Anda memutuskan nanti di halaman pesanan: dihitung lunas atau tidak.", "If it isn't the amount due, you decide on the order's page whether it counts as paid.";
        OtherConfirm => "Catat", "Count it";
        Came => "Jumlah yang masuk", "Amount that arrived";
        Keys => "A menerima, R menolak", "A approves, R refuses";

        AttemptsCaption => "Percobaan bayar, terbaru lebih dulu", "Attempts to pay, newest first";
        Begun => "Dimulai", "Begun";
        Reference => "Referensi", "Reference";
        Service => "Layanan", "Service";
        Amount => "Jumlah", "Amount";
        Reported { amount: String } => "Masuk {amount}", "{amount} arrived";
        AskedNext => "Ditanyakan", "Asked";
        AskedTimes { count: u32 } => "{count} kali", "{count} times";
        AskedAt { at: String } => "lagi {at}", "again {at}";
        CheckNow => "Tanyakan sekarang", "Check now";
        CheckNowOf { reference: String } => "Tanyakan {reference} sekarang", "Check {reference} now";
        Checked => "Layanan pembayaran sudah ditanya", "The payment service was asked";
        Actions => "Tindakan", "Actions";
        Every => "Semua status", "All states";
        OfStatus => "Status", "State";
        NoAttempts => "Tidak ada percobaan bayar", "No attempts";
        NoAttemptsHint => "Setiap kali pembeli mulai membayar, tercatat di sini.", "Every time a buyer starts to pay, it is listed here.";
        Membership { number: String } => "Keanggotaan {number}", "Membership {number}";
        Transfer => "Transfer", "Transfer";
        AtTheDoor => "Di tempat", "At the door";

        NoticesCaption => "Kabar dari layanan pembayaran, terbaru lebih dulu", "Notices from payment services, newest first";
        Received => "Diterima", "Received";
        Outcome => "Hasil", "Result";
        NotApplied => "Menunggu diproses", "Waiting to be applied";
        ShowBody => "Lihat isi", "Show content";
        ShowBodyOf { id: String } => "Lihat isi kabar {id}", "Show content of notice {id}";
        BodyTitle { id: String } => "Kabar {id}", "Notice {id}";
        BodyHint => "Tanda tangannya terbukti. Rahasia dan data kartu ditutupi.", "Its signature was proved. Secrets and card data are blacked out.";
        NoNotices => "Belum ada kabar", "No notices yet";
        NoNoticesHint => "Kabar yang terbukti dari layanan pembayaran tercatat di sini.", "Proved notices from payment services are listed here.";
        Refusals => "Kabar yang ditolak", "Notices refused";
        RefusalsHint => "Kabar tanpa tanda tangan yang benar ditolak dan hanya dihitung, 30 hari terakhir. Kalau angkanya naik, periksa kunci di pengaturan.", "Notices without a valid signature are refused and only counted, over the last 30 days. If the number grows, check the keys in the settings.";
        NoRefusals => "Tidak ada kabar yang ditolak dalam 30 hari terakhir.", "No notices were refused in the last 30 days.";
        RefusedOf { gateway: String, count: u64, at: String } => "{gateway}: {count} kali, terakhir {at}", "{gateway}: {count} times, last {at}";
    }
}
