//! What the payment page, the thank-you page and the page of an order say.

use domain::texts;

texts! {
    /// After the order was placed.
    pub(crate) enum After {
        PayTitle => "Selesaikan pembayaran", "Complete your payment";
        OrderNumber { number: String } => "Pesanan {number}", "Order {number}";
        AmountToPay => "Jumlah yang dibayar", "Amount to pay";
        PayBefore { moment: String } => "Bayar sebelum {moment}. Setelah itu pesanan batal sendiri.", "Pay before {moment}. After that the order cancels itself.";
        PayNow { amount: String } => "Bayar {amount}", "Pay {amount}";
        PayElsewhere => "Anda akan berpindah ke halaman aman penyedia pembayaran, lalu kembali ke sini.", "You move to the payment provider's secure page, and come back here afterwards.";
        PayTryFailed => "Pembayaran terakhir tidak berhasil. Anda bisa mencoba lagi; pesanan Anda masih tersimpan.", "The last payment did not go through. You can try again; your order is still kept.";
        PayLater => "Bayar nanti", "Pay later";
        GatewayAway => "Penyedia pembayaran belum menjawab. Pesanan Anda aman; coba lagi sebentar lagi.", "The payment provider does not answer. Your order is safe; please try again in a moment.";

        ThanksTitle => "Terima kasih, pesanan Anda kami terima", "Thank you, we have your order";
        ThanksPaid => "Pembayaran Anda sudah masuk. Pesanan segera kami siapkan.", "Your payment has arrived. We are getting your order ready.";
        ThanksCash { amount: String } => "Pesanan segera kami siapkan. Siapkan {amount} untuk kurir saat paket tiba.", "We are getting your order ready. Please have {amount} at hand for the courier.";
        ThanksCashPickup { amount: String } => "Pesanan segera kami siapkan. Bayar {amount} saat Anda mengambilnya di toko.", "We are getting your order ready. Please pay {amount} when you fetch it at the shop.";
        WaitingTitle => "Menunggu kabar pembayaran", "Waiting for your payment";
        WaitingHint => "Biasanya hanya beberapa detik. Halaman ini memperbarui diri sendiri. Kalau Anda sudah membayar, tidak perlu membayar lagi.", "This usually takes a few seconds. The page updates by itself. If you have paid, there is no need to pay again.";
        WaitingSafe => "Halaman ini aman ditutup. Status terbaru selalu ada di halaman pesanan Anda.", "You may close this page. Your order page always shows the latest state.";
        NotPaidYet => "Belum membayar? Bayar sekarang", "Not paid yet? Pay now";
        FailedTitle => "Pembayaran belum berhasil", "The payment did not go through";
        FailedHint => "Tidak ada uang yang kami terima. Pesanan Anda masih tersimpan, silakan coba lagi.", "We have received no money. Your order is still kept, so please try again.";
        ReviewTitle => "Pembayaran Anda sedang kami periksa", "We are checking your payment";
        ReviewHint => "Ada yang perlu dilihat langsung oleh petugas kami. Anda tidak perlu membayar lagi.", "One of us needs to look at it. There is no need to pay again.";
        CancelledTitle => "Pesanan ini dibatalkan", "This order was cancelled";
        CancelledHint => "Barangnya sudah kembali ke rak. Anda bisa memesan lagi kapan saja.", "The items are back on the shelf. You can order again any time.";
        MoneyOnItsWay { amount: String, way: String, moment: String } => "{amount} kami kembalikan lewat {way}, sama seperti saat Anda membayar. Pengembaliannya diajukan {moment} dan biasanya masuk dalam beberapa hari kerja.", "{amount} is on its way back to you through {way}, the way you paid. It was sent off on {moment} and usually arrives within a few working days.";
        MoneyIsBack { amount: String, way: String, moment: String } => "{amount} sudah dikembalikan lewat {way} pada {moment}.", "{amount} went back to you through {way} on {moment}.";
        MoneyIsBackByHand { amount: String, moment: String } => "{amount} sudah kami kembalikan langsung kepada Anda pada {moment}.", "We gave {amount} back to you directly on {moment}.";
        StepMoneyOnItsWay => "Uang sedang dikembalikan", "Refund on its way";
        StepMoneyBack => "Uang sudah dikembalikan", "Refunded";
        PaidOnItsWayBack => "Lunas, uangnya sedang dikembalikan", "Paid; the money is on its way back";
        PaidAllBack => "Lunas, uangnya sudah dikembalikan", "Paid, and given back";
        PaidPartBack { amount: String } => "Lunas, {amount} dikembalikan", "Paid; {amount} goes back";
        SeeOrder => "Lihat pesanan", "View order";
        KeepLink => "Simpan tautan ini untuk melihat status pesanan kapan saja.", "Keep this link to see the order's state at any time.";

        OrderTitle { number: String } => "Pesanan {number}", "Order {number}";
        PlacedAt { moment: String } => "Dibuat {moment}", "Placed {moment}";
        PayAgain => "Bayar sekarang", "Pay now";
        Timeline => "Perjalanan pesanan", "Progress";
        StepPlaced => "Pesanan dibuat", "Order placed";
        StepPaid => "Pembayaran diterima", "Payment received";
        StepAccepted => "Pesanan diterima", "Order accepted";
        StepShipped => "Dikirim", "Shipped";
        StepReady => "Siap diambil", "Ready for pickup";
        StepFetched => "Sudah diambil", "Picked up";
        StepCompleted => "Diterima", "Delivered";
        StepReturned => "Dikembalikan", "Returned";
        CalledOff => "Dibatalkan sebagian", "Called off";
        UnitsCalledOff { units: u32 } => "{units} dibatalkan", "{units} called off";
        UnitsReturned { units: u32 } => "{units} dikembalikan", "{units} returned";
        ToCollect => "Dibayar saat diterima", "To pay on delivery";
        StepCancelled => "Dibatalkan", "Cancelled";
        TrackingNumber => "Nomor resi", "Tracking number";
        Parcel => "Paket", "Parcel";
        ReadyAt { moment: String } => "Siap {moment}", "Ready {moment}";
        SentAt { moment: String } => "Dikirim {moment}", "Sent {moment}";
        Refunds => "Pengembalian uang", "Refunds";
        Refunded => "Uang dikembalikan", "Refunded";
        SeeInvoice => "Lihat faktur", "View invoice";
        CancelTitle => "Batalkan pesanan", "Cancel the order";
        CancelUnpaidHint => "Barangnya langsung kami lepas untuk pembeli lain. Ini tidak bisa diurungkan.", "We release the items for others at once. This cannot be undone.";
        CancelPaidHint => "Uang Anda kami kembalikan lewat cara bayar yang sama. Ini tidak bisa diurungkan.", "Your money goes back the way it came. This cannot be undone.";
        CancelReason => "Kenapa? (boleh dikosongkan)", "Why? (optional)";
        CancelConfirm => "Ya, batalkan pesanan", "Yes, cancel the order";

        Invoice => "Faktur", "Invoice";
        BillTo => "Ditagihkan kepada", "Billed to";
        Price => "Harga", "Price";
        Tax => "Pajak", "Tax";
        TaxOfLine { amount: String } => "pajak {amount}", "tax {amount}";
        Quantity => "Jumlah", "Quantity";
        Amount => "Total harga", "Amount";
        BackToOrder => "Kembali ke pesanan", "Back to the order";
        Print => "Cetak", "Print";
        PrintHint => "Cetak atau simpan sebagai PDF lewat menu peramban.", "Print it or save it as PDF from the browser's menu.";
        Items => "Barang", "Items";
        Buyer => "Pemesan", "Buyer";
        ShipTo => "Dikirim ke", "Delivery to";
        PaidWith => "Cara bayar", "Payment";
        NeedHelp => "Perlu bantuan?", "Need help?";
        NeedHelpHint { number: String } => "Hubungi kami dan sebutkan nomor pesanan {number}.", "Contact us and mention order {number}.";
        PendingHint => "Pesanan diproses setelah pembayaran masuk.", "We start as soon as the payment arrives.";
        ProcessingHint => "Pesanan sedang kami siapkan untuk dikirim.", "We are getting your order ready to ship.";
        ProcessingPickupHint => "Pesanan sedang kami siapkan untuk Anda ambil.", "We are getting your order ready for pickup.";
        ReadyHint => "Pesanan Anda siap diambil di toko.", "Your order is ready for pickup at the shop.";
        FetchedHint => "Pesanan sudah diambil. Terima kasih sudah berbelanja.", "The order was picked up. Thank you for shopping with us.";
        PartlyReadyHint => "Sebagian pesanan siap diambil, sisanya menyusul.", "Part of your order is ready for pickup; the rest follows.";
        ShippedHint => "Paket sudah di tangan kurir.", "The parcel is with the courier.";
        PartlyShippedHint => "Sebagian pesanan sudah di tangan kurir, sisanya menyusul.", "Part of your order is with the courier; the rest follows.";
        ReturnedHint => "Semua barang sudah kami terima kembali.", "We have received everything back.";
        CompletedHint => "Paket sudah sampai. Terima kasih sudah berbelanja.", "The parcel has arrived. Thank you for shopping with us.";
    }
}
