//! What letters say, in the language in which their reader shopped.

use domain::texts;

texts! {
    /// Subjects, headings and sentences of letters.
    pub(crate) enum LetterText {
        Greeting { name: String } => "Halo {name},", "Hello {name},";
        SeeOrder => "Lihat pesanan", "View your order";
        Why { reason: String } => "Alasannya: {reason}", "The reason: {reason}";
        Help { number: String } => "Ada pertanyaan? Balas email ini dan sebutkan nomor {number}.", "Any questions? Reply to this email and mention {number}.";
        HelpAnyTime => "Ada pertanyaan? Balas saja email ini.", "Any questions? Just reply to this email.";

        PlacedSubject { number: String } => "Pesanan {number} sudah kami terima", "We've received your order {number}";
        PlacedTitle => "Terima kasih atas pesanan Anda", "Thank you for your order";
        PlacedText { number: String } => "Pesanan {number} sudah kami terima dan sedang disiapkan. Begitu paketnya dikirim, kami kabari lagi.", "We've received order {number} and are getting it ready. We'll let you know as soon as it ships.";
        PlacedPickupText { number: String } => "Pesanan {number} sudah kami terima dan sedang disiapkan. Begitu bisa diambil, kami kabari lagi.", "We've received order {number} and are getting it ready. We'll let you know as soon as you can pick it up.";
        PlacedUnpaidText { number: String, until: String } => "Pesanan {number} sudah kami catat. Selesaikan pembayarannya sebelum {until}, supaya barangnya tetap untuk Anda.", "We've noted order {number}. Please pay before {until} so the items stay yours.";
        PaySoonSubject { number: String, until: String } => "Pesanan {number} menunggu pembayaran sampai {until}", "Order {number} is waiting for payment until {until}";
        PaySoonTitle => "Jangan sampai kehabisan waktu", "Your time to pay is running out";
        PaySoonText { number: String, until: String } => "Pembayaran pesanan {number} belum kami terima. Bayar sebelum {until}. Setelah itu pesanan otomatis batal dan barangnya dijual lagi.", "We haven't received the payment for order {number} yet. Please pay before {until}. After that the order is cancelled and the items go back on sale.";
        PaySoonPaid => "Sudah membayar? Abaikan email ini, kadang kabarnya baru sampai beberapa menit kemudian.", "Already paid? Ignore this email. It can take a few minutes for us to hear about it.";
        PayNow => "Bayar sekarang", "Pay now";
        PayUntil => "Bayar sebelum", "Pay before";
        PayWith => "Cara bayar", "Payment method";
        ToPay => "Total", "Total";
        TrackParcel => "Lacak paket", "Track your parcel";

        PaidSubject { number: String } => "Pembayaran pesanan {number} sudah kami terima", "We've received your payment for order {number}";
        PaidTitle => "Terima kasih, pembayaran Anda sudah masuk", "Thank you, your payment has arrived";
        PaidText { number: String } => "Pesanan {number} sedang kami siapkan. Begitu paketnya dikirim, kami kabari lagi.", "We're getting order {number} ready and will let you know as soon as it ships.";
        PaidPickupText { number: String } => "Pesanan {number} sedang kami siapkan. Begitu bisa diambil, kami kabari lagi.", "We're getting order {number} ready and will let you know as soon as you can pick it up.";

        ProofRefusedSubject { number: String } => "Bukti transfer pesanan {number} belum bisa diterima", "We couldn't accept your proof of transfer for order {number}";
        ProofRefusedTitle => "Bukti transfer belum bisa diterima", "We couldn't accept your proof";
        ProofRefusedText { number: String } => "Kami sudah memeriksa bukti transfer untuk pesanan {number}, tetapi belum bisa menerimanya.", "We've checked your proof of transfer for order {number} but couldn't accept it.";
        ProofRefusedNext => "Pesanan Anda masih menunggu pembayaran. Kirim bukti lain dari halaman pesanan, atau hubungi kami kalau uangnya sudah Anda transfer.", "Your order is still waiting for its payment. Send another proof from your order's page, or contact us if you've already made the transfer.";
        ExpiredSubject { number: String } => "Pesanan {number} batal karena belum dibayar", "Order {number} was cancelled because it wasn't paid";
        ExpiredTitle => "Batas waktu pembayaran sudah lewat", "The time to pay has run out";
        ExpiredText { number: String } => "Kami belum menerima pembayaran untuk pesanan {number}, jadi pesanan ini otomatis batal. Barangnya bisa Anda pesan lagi kapan saja.", "We didn't receive a payment for order {number}, so it was cancelled automatically. You're welcome to order again any time.";
        ExpiredPaidText => "Sudah telanjur membayar? Tenang saja. Begitu uangnya masuk, pesanan dilanjutkan selama barangnya masih ada. Kalau sudah habis, uang Anda kami kembalikan.", "Already paid? Don't worry. Once the money reaches us, your order goes ahead if the items are still available. If they aren't, we'll refund you.";

        CancelledSubject { number: String } => "Pesanan {number} dibatalkan", "Order {number} has been cancelled";
        CancelledTitle => "Pesanan Anda dibatalkan", "Your order has been cancelled";
        CancelledText { number: String } => "Pesanan {number} sudah dibatalkan, jadi tidak ada yang kami kirim.", "Order {number} has been cancelled, and nothing will be sent.";
        CancelledMoney => "Uang yang sudah Anda bayar kami kembalikan. Kabarnya kami kirim lewat email tersendiri.", "We're refunding what you paid. You'll get a separate email about it.";

        ShippedSubject { number: String } => "Pesanan {number} sudah dikirim", "Order {number} is on its way";
        ShippedTitle => "Paket Anda sedang dalam perjalanan", "Your parcel is on its way";
        ShippedText { number: String } => "Pesanan {number} sudah kami serahkan kepada kurir.", "We've handed order {number} to the courier.";
        PartlyShippedSubject { number: String } => "Sebagian pesanan {number} sudah dikirim", "Part of order {number} is on its way";
        PartlyShippedTitle => "Sebagian pesanan Anda sedang dalam perjalanan", "Part of your order is on its way";
        PartlyShippedText { number: String } => "Barang di bawah ini dari pesanan {number} sudah kami serahkan kepada kurir. Sisanya menyusul.", "We've handed these items from order {number} to the courier. The rest will follow.";
        ReadySubject { number: String } => "Pesanan {number} siap diambil", "Order {number} is ready for pickup";
        ReadyTitle => "Pesanan Anda siap diambil", "Your order is ready for pickup";
        ReadyText { number: String } => "Pesanan {number} sudah siap. Silakan ambil di toko.", "Order {number} is ready. Come and pick it up at the shop.";
        PartlyReadySubject { number: String } => "Sebagian pesanan {number} siap diambil", "Part of order {number} is ready for pickup";
        PartlyReadyTitle => "Sebagian pesanan Anda siap diambil", "Part of your order is ready for pickup";
        PartlyReadyText { number: String } => "Barang di bawah ini dari pesanan {number} sudah siap diambil di toko. Sisanya menyusul.", "These items from order {number} are ready for pickup at the shop. The rest will follow.";
        PickUpAt => "Alamat toko", "Where to find us";
        Collect => "Bayar saat menerima", "To pay on receipt";
        Courier => "Kurir", "Courier";
        Tracking => "Nomor resi", "Tracking number";

        RestSubject { number: String } => "Sisa pesanan {number} dibatalkan", "The rest of order {number} has been cancelled";
        RestTitle => "Sisa pesanan Anda tidak bisa kami kirim", "We can't send the rest of your order";
        RestText { number: String } => "Barang dari pesanan {number} yang belum dikirim kami batalkan. Yang sudah dikirim tetap milik Anda.", "The items from order {number} that hadn't been sent are cancelled. What was sent is yours as before.";
        RestMoney => "Kalau sudah dibayar, uangnya kami kembalikan dan kami kabari lewat email tersendiri.", "If you've paid for them, we'll refund you and send a separate email about it.";

        ReturnedSubject { number: String } => "Barang dari pesanan {number} sudah kami terima kembali", "Your return for order {number} has arrived";
        ReturnedTitle => "Barang yang Anda kembalikan sudah sampai", "Your return has arrived";
        ReturnedText { number: String } => "Semua barang dari pesanan {number} sudah kami terima kembali. Terima kasih.", "We've received everything from order {number} back. Thank you.";

        RefundSubject { number: String } => "Pengembalian uang untuk {number} sedang diproses", "Your refund for {number} is being processed";
        RefundTitle => "Uang Anda sedang kami kembalikan", "Your refund is on its way";
        RefundText { amount: String } => "Kami mengembalikan {amount} lewat cara Anda membayar. Biasanya uangnya masuk dalam beberapa hari kerja.", "We're sending {amount} back the way you paid. It usually arrives within a few working days.";
        RefundedSubject { number: String } => "Uang untuk {number} sudah dikembalikan", "Your refund for {number} has been paid";
        RefundedTitle => "Uang Anda sudah kami kembalikan", "We've paid your refund";
        RefundedText { amount: String } => "Pengembalian {amount} sudah dilakukan. Bank atau dompet digital kadang perlu beberapa hari sampai uangnya terlihat.", "The refund of {amount} has been made. Banks and wallets sometimes take a few days to show it.";
        Amount => "Jumlah", "Amount";
        Reason => "Alasan", "Reason";
        Purchase => "Nomor pembelian", "Purchase";

        MemberSubject { plan: String } => "Keanggotaan {plan} sudah aktif", "Your {plan} membership is active";
        MemberTitle => "Keanggotaan Anda aktif", "Your membership is active";
        MemberText { plan: String } => "Terima kasih, pembayaran untuk keanggotaan {plan} sudah kami terima. Keuntungannya langsung berlaku setiap kali Anda masuk ke akun.", "Thank you, we've received your payment for the {plan} membership. Its benefits apply whenever you're signed in.";
        Plan => "Paket", "Plan";
        Benefit => "Keuntungan", "Benefits";
        PercentOff { percent: String } => "diskon {percent} untuk semua produk", "{percent} off everything";
        FreeDelivery => "gratis ongkir", "free delivery";
        Until => "Berlaku sampai", "Valid until";
        Paid => "Dibayar", "Paid";
        SeeMembership => "Lihat keanggotaan", "View your membership";
        EndsSoonSubject { plan: String } => "Keanggotaan {plan} segera berakhir", "Your {plan} membership ends soon";
        EndsSoonTitle => "Keanggotaan Anda segera berakhir", "Your membership ends soon";
        EndsSoonText { plan: String, until: String } => "Keanggotaan {plan} berlaku sampai {until}. Tidak ada tagihan otomatis, jadi perpanjang sebelum itu kalau Anda ingin tetap menikmati keuntungannya.", "Your {plan} membership is valid until {until}. You won't be charged automatically, so renew before then if you'd like to keep the benefits.";
        Renew => "Perpanjang keanggotaan", "Renew your membership";
        EndedSubject { plan: String } => "Keanggotaan {plan} sudah berakhir", "Your {plan} membership has ended";
        EndedTitle => "Keanggotaan Anda sudah berakhir", "Your membership has ended";
        EndedText { plan: String } => "Keanggotaan {plan} sudah berakhir. Terima kasih sudah menjadi anggota. Anda bisa bergabung lagi kapan saja.", "Your {plan} membership has ended. Thank you for having been a member. You can join again any time.";
        SeePlans => "Lihat paket keanggotaan", "See the plans";

        PasswordSubject { shop: String } => "Ganti kata sandi Anda di {shop}", "Please change your {shop} password";
        PasswordTitle => "Mohon ganti kata sandi Anda", "Please change your password";
        PasswordText => "Akun Anda sudah pindah ke toko kami yang baru, dan kata sandi lama masih berlaku. Di toko lama kata sandi disimpan tanpa pengamanan yang cukup, jadi sebaiknya segera diganti. Kalau kata sandi itu juga dipakai di tempat lain, ganti di sana juga.", "Your account has moved to our new shop, and your old password still works. The old shop did not store passwords safely enough, so please change it soon. If you use the same password elsewhere, change it there too.";
        OpenAccount => "Buka akun saya", "Open my account";
    }
}
