//! What the page of an order says that is paid by transfer to the shop.

use domain::texts;

texts! {
    /// Paying by transfer, and the proof of it.
    pub(crate) enum TransferText {
        AmountTitle => "Jumlah transfer", "Amount to transfer";
        MadeOf { total: String, digits: String } => "Total {total} + kode unik {digits}", "Total {total} + unique code {digits}";
        ExactHint => "Transfer tepat sampai 3 angka terakhir supaya pembayaran Anda cepat dikenali.", "Transfer exactly this amount, down to the last 3 digits, so we recognize your payment quickly.";
        SameHint => "Transfer tepat sejumlah ini ke salah satu rekening di bawah.", "Transfer exactly this amount to one of the accounts below.";
        AccountsTitle => "Transfer ke", "Transfer to";
        HolderOf { holder: String } => "a.n. {holder}", "Account name: {holder}";
        NoAccounts => "Nomor rekening sedang diperbarui. Hubungi toko untuk membayar pesanan ini.", "Our account details are being updated. Please contact the shop to pay for this order.";
        CopyAmount => "Salin jumlah", "Copy amount";
        CopyNumber { bank: String } => "Salin nomor rekening {bank}", "Copy {bank} account number";
        Copy => "Salin", "Copy";
        Copied => "Tersalin", "Copied";
        ProofTitle => "Sudah transfer?", "Made the transfer?";
        ProofHint => "Kirim buktinya supaya pesanan Anda lebih cepat diproses. Bukti hanya dilihat oleh toko.", "Send us the proof so we can process your order sooner. Only the shop sees it.";
        FileLabel => "Foto, tangkapan layar, atau PDF bukti transfer", "Photo, screenshot or PDF of your transfer";
        FileHint { picture: usize, pdf: usize } => "JPEG, PNG, atau WebP maksimal {picture} MB, atau PDF maksimal {pdf} MB.", "JPEG, PNG or WebP up to {picture} MB, or PDF up to {pdf} MB.";
        SendProof => "Kirim bukti transfer", "Send proof of transfer";
        SendAnother => "Kirim bukti lain", "Send another proof";
        Checking => "Bukti transfer Anda sudah kami terima dan sedang diperiksa. Halaman ini diperbarui otomatis.", "We've received your proof of transfer and are checking it. This page updates by itself.";
        HeldUntil { moment: String } => "Pesanan Anda kami simpan sampai {moment} selama buktinya diperiksa.", "We're holding your order until {moment} while we check it.";
        Refused { reason: String } => "Bukti transfer terakhir belum bisa kami terima: {reason} Silakan kirim bukti lain.", "We couldn't accept your last proof of transfer: {reason} Please send another one.";
        SentProofs => "Bukti yang sudah dikirim", "Proofs you've sent";
        SentAt { moment: String } => "Dikirim {moment}", "Sent {moment}";
        FormExpired => "Halaman ini terbuka terlalu lama. Pilih lagi buktinya, lalu kirim.", "This page was open for too long. Please choose your proof again and send it.";
        SeeOrder => "Lihat pesanan", "View order";
    }
}
