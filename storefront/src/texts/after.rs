//! What the payment page, the thank-you page and the page of an order say.

use domain::texts;

texts! {
    /// After the order was placed.
    pub(crate) enum After {
        PayTitle => "Selesaikan pembayaran", "Complete your payment";
        OrderNumber { number: String } => "Pesanan {number}", "Order {number}";
        AmountToPay => "Total tagihan", "Amount due";
        PayBefore { moment: String } => "Bayar sebelum {moment}. Lewat waktu itu pesanan otomatis batal.", "Pay by {moment}, or the order will be cancelled.";
        PayNow { amount: String } => "Bayar {amount}", "Pay {amount}";
        PayElsewhere => "Anda akan diarahkan ke halaman aman penyedia pembayaran, lalu kembali ke sini.", "You'll be taken to our payment provider's secure page, then back here.";
        PayTryFailed => "Pembayaran terakhir belum berhasil. Pesanan Anda masih tersimpan, silakan coba lagi.", "Your last payment didn't go through. Your order is still saved, so please try again.";
        PayLater => "Bayar nanti", "Pay later";
        GatewayAway => "Penyedia pembayaran belum merespons. Pesanan Anda aman, coba lagi sebentar lagi.", "The payment provider isn't responding. Your order is safe; please try again in a moment.";

        ThanksTitle => "Terima kasih, pesanan Anda sudah kami terima", "Thank you, we've got your order";
        ThanksPaid => "Pembayaran Anda sudah masuk. Pesanan segera kami siapkan.", "We've received your payment and are getting your order ready.";
        ThanksCash { amount: String } => "Pesanan segera kami siapkan. Siapkan {amount} untuk kurir saat paket tiba.", "We're getting your order ready. Please have {amount} ready for the courier.";
        ThanksCashPickup { amount: String } => "Pesanan segera kami siapkan. Bayar {amount} saat Anda mengambilnya di toko.", "We're getting your order ready. Please pay {amount} when you pick it up at the shop.";
        WaitingTitle => "Menunggu konfirmasi pembayaran", "Waiting for your payment";
        WaitingHint => "Biasanya hanya beberapa detik dan halaman ini diperbarui otomatis. Kalau sudah membayar, Anda tidak perlu membayar lagi.", "This usually takes a few seconds, and the page updates by itself. If you've already paid, there's no need to pay again.";
        WaitingSafe => "Halaman ini boleh ditutup. Status terbaru selalu ada di halaman pesanan Anda.", "You can close this page. Your order page always shows the latest status.";
        NotPaidYet => "Belum membayar? Bayar sekarang", "Not paid yet? Pay now";
        FailedTitle => "Pembayaran belum berhasil", "Your payment didn't go through";
        FailedHint => "Kami belum menerima uang Anda. Pesanan masih tersimpan, silakan coba lagi.", "We haven't received any money. Your order is still saved, so please try again.";
        ReviewTitle => "Pembayaran Anda sedang kami periksa", "We're checking your payment";
        ReviewHint => "Tim kami sedang memeriksanya. Anda tidak perlu membayar lagi.", "Our team is looking into it. There's no need to pay again.";
        CancelledTitle => "Pesanan ini dibatalkan", "This order was cancelled";
        CancelledHint => "Anda bisa memesan lagi kapan saja.", "You can order again any time.";
        CancelledTransferHint => "Sudah telanjur transfer? Hubungi kami dan kirimkan bukti transfernya, kami bantu sampai beres. Kalau belum, Anda bisa memesan lagi kapan saja.", "Already made the transfer? Contact us with your proof and we'll sort it out. If not, you can order again any time.";
        MoneyOnItsWay { amount: String, way: String, moment: String } => "{amount} kami kembalikan lewat {way}, sama seperti saat Anda membayar. Pengembaliannya diajukan {moment} dan biasanya masuk dalam beberapa hari kerja.", "{amount} is on its way back to you through {way}, the way you paid. It was sent off on {moment} and usually arrives within a few working days.";
        MoneyIsBack { amount: String, way: String, moment: String } => "{amount} sudah dikembalikan lewat {way} pada {moment}.", "{amount} went back to you through {way} on {moment}.";
        MoneyIsBackByHand { amount: String, moment: String } => "{amount} sudah kami kembalikan langsung kepada Anda pada {moment}.", "We gave {amount} back to you directly on {moment}.";
        StepMoneyOnItsWay => "Uang sedang dikembalikan", "Refund on its way";
        StepMoneyBack => "Uang sudah dikembalikan", "Refunded";
        PaidOnItsWayBack => "Lunas, uangnya sedang dikembalikan", "Paid; the money is on its way back";
        PaidAllBack => "Lunas, uangnya sudah dikembalikan", "Paid, and given back";
        PaidPartBack { amount: String } => "Lunas, {amount} dikembalikan", "Paid; {amount} goes back";
        SeeOrder => "Lihat pesanan", "View order";
        KeepLink => "Simpan alamat halaman ini untuk melihat status pesanan kapan saja.", "Save this link to check your order any time.";

        OrderTitle { number: String } => "Pesanan {number}", "Order {number}";
        PlacedAt { moment: String } => "Dibuat {moment}", "Placed {moment}";
        PayAgain => "Bayar sekarang", "Pay now";
        Timeline => "Perjalanan pesanan", "Progress";
        StepPlaced => "Pesanan dibuat", "Order placed";
        StepPaid => "Pembayaran diterima", "Payment received";
        StepAccepted => "Pesanan dikonfirmasi", "Order confirmed";
        StepShipped => "Dikirim", "Shipped";
        StepReady => "Siap diambil", "Ready for pickup";
        StepFetched => "Sudah diambil", "Picked up";
        StepCompleted => "Sampai di tujuan", "Delivered";
        StepReturned => "Dikembalikan", "Returned";
        CalledOff => "Dibatalkan sebagian", "Partly cancelled";
        UnitsCalledOff { units: u32 } => "{units} dibatalkan", "{units} cancelled";
        UnitsReturned { units: u32 } => "{units} dikembalikan", "{units} returned";
        ToCollect => "Dibayar saat barang diterima", "Pay on delivery";
        StepCancelled => "Dibatalkan", "Cancelled";
        TrackingNumber => "Nomor resi", "Tracking number";
        Parcel => "Paket", "Parcel";
        ReadyAt { moment: String } => "Siap {moment}", "Ready {moment}";
        SentAt { moment: String } => "Dikirim {moment}", "Sent {moment}";
        Refunds => "Pengembalian uang", "Refunds";
        Refunded => "Uang dikembalikan", "Refunded";
        SeeInvoice => "Lihat faktur", "View invoice";
        CancelTitle => "Batalkan pesanan", "Cancel order";
        CancelUnpaidHint => "Barang langsung tersedia lagi untuk pembeli lain. Pembatalan tidak bisa diurungkan.", "The items go back on sale right away. This can't be undone.";
        CancelPaidHint => "Uang Anda kami kembalikan lewat cara bayar yang sama. Pembatalan tidak bisa diurungkan.", "We'll refund you to the payment method you used. This can't be undone.";
        CancelReason => "Alasan (opsional)", "Reason (optional)";
        CancelConfirm => "Ya, batalkan pesanan", "Yes, cancel my order";

        Invoice => "Faktur", "Invoice";
        BillTo => "Ditagihkan kepada", "Billed to";
        Price => "Harga", "Price";
        Tax => "Pajak", "Tax";
        TaxOfLine { amount: String } => "pajak {amount}", "tax {amount}";
        Quantity => "Jumlah", "Quantity";
        Amount => "Total harga", "Amount";
        BackToOrder => "Kembali ke pesanan", "Back to order";
        Print => "Cetak", "Print";
        PrintHint => "Cetak atau simpan sebagai PDF lewat menu browser.", "Print it or save it as a PDF from your browser's menu.";
        Items => "Barang", "Items";
        Buyer => "Pemesan", "Buyer";
        ShipTo => "Dikirim ke", "Deliver to";
        PaidWith => "Cara bayar", "Payment";
        WriteByWhatsApp => "Chat lewat WhatsApp", "Message us on WhatsApp";
        WhatsAppWords { shop: String, number: String } => "Halo {shop}, saya mau bertanya tentang pesanan {number}.", "Hello {shop}, I have a question about order {number}.";
        NeedHelp => "Perlu bantuan?", "Need help?";
        NeedHelpHint { number: String } => "Hubungi kami dan sebutkan nomor pesanan {number}.", "Contact us and mention order {number}.";
        PendingHint => "Pesanan diproses setelah pembayaran masuk.", "We'll start as soon as your payment arrives.";
        ProcessingHint => "Pesanan sedang kami siapkan untuk dikirim.", "We're getting your order ready to ship.";
        ProcessingPickupHint => "Pesanan sedang kami siapkan untuk Anda ambil.", "We're getting your order ready for pickup.";
        ReadyHint => "Pesanan Anda siap diambil di toko.", "Your order is ready for pickup at the shop.";
        FetchedHint => "Pesanan sudah diambil. Terima kasih sudah berbelanja.", "Your order was picked up. Thank you for shopping with us.";
        PartlyReadyHint => "Sebagian pesanan siap diambil, sisanya menyusul.", "Part of your order is ready for pickup; the rest follows.";
        ShippedHint => "Paket sudah dibawa kurir.", "Your parcel is with the courier.";
        PartlyShippedHint => "Sebagian pesanan sudah dibawa kurir, sisanya menyusul.", "Part of your order is with the courier; the rest follows.";
        ReturnedHint => "Semua barang sudah kami terima kembali.", "We've received everything back.";
        CompletedHint => "Paket sudah sampai. Terima kasih sudah berbelanja.", "Your parcel has arrived. Thank you for shopping with us.";
    }
}
