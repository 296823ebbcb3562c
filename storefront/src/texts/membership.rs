//! What the pages of memberships say.

use domain::texts;

texts! {
    /// Plans, buying one, and what an account has.
    pub(crate) enum MembershipText {
        Title => "Keanggotaan", "Membership";
        Hint => "Anggota membayar lebih sedikit untuk setiap barang.", "Members pay less for everything.";
        NoPlans => "Saat ini belum ada paket keanggotaan.", "There are no membership plans at the moment.";
        Present => "Paket Anda", "Your plan";
        Percent { percent: String } => "Diskon {percent} untuk semua barang", "{percent} off everything";
        FreeDelivery => "Gratis ongkir untuk setiap pesanan", "Free delivery on every order";
        PerMonth => "per bulan", "a month";
        PerYear => "per tahun", "a year";
        Buy => "Jadi anggota", "Become a member";
        Renew => "Perpanjang", "Renew";
        Upgrade => "Naik ke paket ini", "Upgrade to this plan";
        NotBefore { until: String } => "Bisa dibeli setelah paket Anda berakhir pada {until}.", "Can be bought once your plan ends on {until}.";
        PaidAhead { from: String } => "Sudah dibayar jauh ke depan. Bisa diperpanjang lagi mulai {from}.", "Paid for far ahead. It can be renewed again from {from}.";
        ActiveUntil { until: String } => "Berlaku sampai {until}.", "Active until {until}.";
        EndsOn { until: String } => "Berakhir pada {until} dan tidak diperpanjang. Keuntungan Anda tetap berlaku sampai saat itu.", "Ends on {until} and is not renewed. You keep its benefits until then.";
        NoRenewal => "Tidak ada tagihan otomatis: kami mengingatkan Anda beberapa hari sebelum berakhir.", "Nothing is charged by itself: we remind you some days before it ends.";
        Cancel => "Hentikan di akhir masa", "Stop at the end";
        Resume => "Lanjutkan keanggotaan", "Keep the membership";
        Cancelled => "Keanggotaan Anda berhenti di akhir masanya.", "Your membership will stop at its end.";
        Resumed => "Keanggotaan Anda tidak jadi dihentikan.", "Your membership goes on as before.";
        OpenPurchase { number: String } => "Pembelian {number} menunggu pembayaran.", "Purchase {number} waits for its payment.";
        Continue => "Bayar sekarang", "Pay now";

        ConfirmNew => "Jadi anggota?", "Become a member?";
        ConfirmRenew => "Perpanjang keanggotaan?", "Renew your membership?";
        ConfirmUpgrade => "Naik paket?", "Upgrade your plan?";
        NewText => "Keanggotaan dimulai begitu pembayaran diterima.", "It begins as soon as your payment arrives.";
        RenewText { until: String } => "Satu masa lagi ditambahkan setelah {until}.", "Another period is added after {until}.";
        UpgradeText => "Paket baru berlaku begitu pembayaran diterima. Sisa hari paket lama mengurangi harganya.", "The new plan begins as soon as your payment arrives. The days left of the old one lower its price.";
        Plan => "Paket", "Plan";
        Price => "Harga", "Price";
        Credit => "Sisa hari paket Anda", "Days left of your plan";
        Due => "Yang dibayar", "To pay";
        GoPay => "Lanjut ke pembayaran", "Go to payment";
        Back => "Kembali ke paket", "Back to the plans";
        GuestTitle => "Buat akun untuk keanggotaan Anda", "Create an account for your membership";
        GuestHint => "Satu langkah: akun dibuat, lalu Anda membayar.", "One step: your account is created, then you pay.";
        RegisterAndBuy => "Buat akun dan lanjut bayar", "Create account and pay";
        BoughtNothing => "Akun Anda sudah dibuat, tetapi paketnya belum bisa dibeli. Pilih lagi di bawah.", "Your account is made, but the plan could not be bought yet. Please choose again below.";

        PurchaseTitle => "Bayar keanggotaan", "Pay for your membership";
        PurchaseNumber { number: String } => "Pembelian {number}", "Purchase {number}";
        Pay { amount: String } => "Bayar {amount}", "Pay {amount}";
        PayBefore { moment: String } => "Bayar sebelum {moment}.", "Pay before {moment}.";
        Elsewhere => "Anda membayar di halaman layanan pembayaran, lalu kembali ke sini.", "You pay on the payment service's page and come back here.";
        JustPaid => "Sudah membayar? Kabar dari layanan pembayaran biasanya datang dalam beberapa detik.", "Paid already? The payment service usually tells us within seconds.";
        Look => "Periksa lagi", "Look again";
        CallOff => "Batalkan pembelian", "Call it off";
        GatewayAway => "Layanan pembayaran belum menjawab. Coba lagi sebentar lagi.", "The payment service does not answer. Please try again soon.";
        PriceChanged => "Keanggotaan Anda berubah, jadi harganya dihitung ulang. Periksa, lalu bayar.", "Your membership has changed, so the price was worked out anew. Please check it, then pay.";
        PaidTitle => "Terima kasih, Anda sekarang anggota", "Thank you, you are a member";
        PaidText => "Harga anggota langsung berlaku di keranjang dan saat memesan.", "Member prices count at once, in the cart and at the checkout.";
        OverTitle => "Pembelian ini tidak berlaku lagi", "This purchase is over";
        OverText => "Kalau uangnya sudah terkirim, kami pakai bila masih bisa, dan kalau tidak, kami kembalikan.", "If you have paid all the same, the money is used while it can be, and given back if not.";
        RefundedTitle => "Uangnya dikembalikan", "The money goes back";
        RefundedText => "Pembayaran ini tidak bisa dipakai untuk keanggotaan Anda, jadi uangnya dikembalikan.", "This payment could not be used for your membership, so it is given back.";
        ToShop => "Mulai belanja", "Start shopping";

        AccountNone => "Anda belum menjadi anggota.", "You are not a member yet.";
        SeePlans => "Lihat paket", "See the plans";
        Purchases => "Pembelian keanggotaan", "Membership purchases";
    }
}
