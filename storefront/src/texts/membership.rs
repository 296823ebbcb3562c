//! What the pages of memberships say.

use domain::texts;

texts! {
    /// Plans, buying one, and what an account has.
    pub(crate) enum MembershipText {
        Title => "Keanggotaan", "Membership";
        Hint => "Harga lebih hemat untuk semua produk.", "Members save on everything.";
        NoPlans => "Saat ini belum ada paket keanggotaan.", "There are no membership plans at the moment.";
        Present => "Paket Anda", "Your plan";
        Percent { percent: String } => "Diskon {percent} untuk semua produk", "{percent} off everything";
        FreeDelivery => "Gratis ongkir untuk setiap pesanan", "Free delivery on every order";
        PerMonth => "per bulan", "per month";
        PerYear => "per tahun", "per year";
        Buy => "Jadi anggota", "Become a member";
        Renew => "Perpanjang", "Renew";
        Upgrade => "Naik ke paket ini", "Upgrade to this plan";
        NotBefore { until: String } => "Bisa dibeli setelah paket Anda berakhir pada {until}.", "Available once your plan ends on {until}.";
        PaidAhead { from: String } => "Masa aktif Anda masih panjang. Bisa diperpanjang lagi mulai {from}.", "You're paid well ahead. You can renew again from {from}.";
        ActiveUntil { until: String } => "Aktif sampai {until}.", "Active until {until}.";
        EndsOn { until: String } => "Berakhir pada {until} dan tidak diperpanjang. Keuntungannya tetap berlaku sampai saat itu.", "Ends on {until} and won't renew. You keep the benefits until then.";
        NoRenewal => "Tidak ada tagihan otomatis. Kami mengingatkan Anda sebelum masa aktif berakhir.", "No automatic charges. We'll remind you before it ends.";
        Cancel => "Berhenti setelah masa aktif", "Cancel renewal";
        Resume => "Lanjutkan keanggotaan", "Keep my membership";
        Cancelled => "Keanggotaan Anda berhenti setelah masa aktifnya habis.", "Your membership won't renew.";
        Resumed => "Keanggotaan Anda tetap berlanjut.", "Your membership continues as before.";
        OpenPurchase { number: String } => "Pembelian {number} menunggu pembayaran.", "Purchase {number} is waiting for payment.";
        Continue => "Bayar sekarang", "Pay now";

        ConfirmNew => "Jadi anggota?", "Become a member?";
        ConfirmRenew => "Perpanjang keanggotaan?", "Renew your membership?";
        ConfirmUpgrade => "Naik paket?", "Upgrade your plan?";
        NewText => "Keanggotaan aktif begitu pembayaran diterima.", "It starts as soon as your payment arrives.";
        RenewText { until: String } => "Masa aktif bertambah satu periode setelah {until}.", "One more period is added after {until}.";
        UpgradeText => "Paket baru aktif begitu pembayaran diterima. Sisa hari paket lama memotong harganya.", "The new plan starts as soon as your payment arrives. The days left on your old plan are taken off the price.";
        Plan => "Paket", "Plan";
        Price => "Harga", "Price";
        Credit => "Sisa hari paket Anda", "Days left on your plan";
        Due => "Total tagihan", "Amount due";
        GoPay => "Lanjut ke pembayaran", "Go to payment";
        Back => "Kembali ke paket", "Back to plans";
        GuestTitle => "Buat akun untuk keanggotaan Anda", "Create an account for your membership";
        GuestHint => "Buat akun sekali, lalu langsung bayar.", "Create an account once, then pay right away.";
        RegisterAndBuy => "Buat akun dan lanjut bayar", "Create account and pay";
        BoughtNothing => "Akun Anda sudah dibuat, tetapi paketnya belum terbeli. Silakan pilih lagi di bawah.", "Your account is ready, but we couldn't buy the plan yet. Please choose again below.";

        PurchaseTitle => "Bayar keanggotaan", "Pay for your membership";
        PurchaseNumber { number: String } => "Pembelian {number}", "Purchase {number}";
        Pay { amount: String } => "Bayar {amount}", "Pay {amount}";
        PayBefore { moment: String } => "Bayar sebelum {moment}.", "Pay before {moment}.";
        Elsewhere => "Anda akan diarahkan ke halaman aman penyedia pembayaran, lalu kembali ke sini.", "You'll be taken to our payment provider's secure page, then back here.";
        JustPaid => "Sudah membayar? Konfirmasi biasanya masuk dalam beberapa detik.", "Already paid? We usually get confirmation within seconds.";
        Look => "Cek status", "Check status";
        CallOff => "Batalkan pembelian", "Cancel purchase";
        GatewayAway => "Penyedia pembayaran belum merespons. Coba lagi sebentar lagi.", "The payment provider isn't responding. Please try again in a moment.";
        PriceChanged => "Keanggotaan Anda berubah, jadi harganya dihitung ulang. Periksa, lalu bayar.", "Your membership has changed, so we recalculated the price. Please check it, then pay.";
        PaidTitle => "Terima kasih, Anda sekarang anggota", "Thank you, you're a member now";
        PaidText => "Harga anggota langsung berlaku di keranjang dan saat checkout.", "Member prices apply right away, in your cart and at checkout.";
        OverTitle => "Pembelian ini sudah kedaluwarsa", "This purchase has expired";
        OverText => "Kalau Anda sudah membayar, pembayarannya kami pakai atau kami kembalikan.", "If you've already paid, we'll apply the payment or refund it.";
        RefundedTitle => "Uang Anda dikembalikan", "Your money is refunded";
        RefundedText => "Pembayaran ini tidak bisa dipakai untuk keanggotaan Anda, jadi kami kembalikan.", "We couldn't use this payment for your membership, so we're refunding it.";
        ToShop => "Mulai belanja", "Start shopping";

        AccountNone => "Anda belum menjadi anggota.", "You're not a member yet.";
        SeePlans => "Lihat paket", "See plans";
        Purchases => "Pembelian keanggotaan", "Membership purchases";
    }
}
