//! What the order desk says.

use domain::texts;

texts! {
    /// The order desk's words.
    pub(crate) enum OrderText {
        Title => "Pesanan", "Orders";
        All => "Semua", "All";
        Tabs => "Status pesanan", "Order status";
        NeedsReview => "Perlu diperiksa", "Payment to check";
        Search => "Cari nomor, nama, atau email", "Search number, name or email";
        ListCaption => "Pesanan, terbaru lebih dulu", "Orders, newest first";
        Number => "Nomor", "Number";
        Placed => "Waktu", "Placed";
        Buyer => "Pembeli", "Buyer";
        City => "Kota", "City";
        Units => "Barang", "Items";
        Pay => "Bayar", "Paid by";
        PayOnline => "Online", "Online";
        PayOnDelivery => "COD", "COD";
        Status => "Status", "Status";
        Total => "Total", "Total";
        Keys => "Panah ↑ ↓ memilih, Enter membuka, / mencari", "Arrows ↑ ↓ choose, Enter opens, / searches";

        NoneYet => "Belum ada pesanan", "No orders yet";
        NoneYetHint => "Bagikan alamat toko Anda. Pesanan pertama akan muncul di sini seketika.", "Share your shop's address. The first order will show here at once.";
        NoneFound { search: String } => "Tidak ada pesanan yang cocok dengan “{search}”", "No order matches “{search}”";
        NoneFoundHint => "Coba sebagian nomor, nama, atau email.", "Try part of a number, a name or an email.";
        NoneInStatus => "Tidak ada pesanan di sini", "No orders here";
        NoneInStatusHint => "Pesanan dengan status ini akan muncul begitu ada.", "Orders with this status show as soon as there are any.";
        NoneToReview => "Tidak ada pembayaran yang perlu diperiksa", "No payment to check";
        NoneToReviewHint => "Semua uang yang masuk cocok dengan pesanannya.", "Every payment matches its order.";
        ShowAll => "Tampilkan semua", "Show all";

        BackToList => "Semua pesanan", "All orders";
        PlacedAt { at: String } => "Dipesan {at}", "Placed {at}";
        PayBy { at: String } => "Bayar sebelum {at}", "To be paid by {at}";
        Lines => "Barang", "Items";
        Product => "Produk", "Product";
        UnitPrice => "Harga satuan", "Unit price";
        Quantity => "Jumlah", "Quantity";
        Amount => "Jumlah harga", "Amount";
        Sku { sku: String } => "SKU {sku}", "SKU {sku}";
        NoPicture => "Tanpa gambar", "No picture";
        Subtotal => "Subtotal", "Subtotal";
        Delivery => "Ongkos kirim", "Delivery";
        MemberDiscount => "Diskon anggota", "Member discount";
        VoucherDiscount => "Voucher", "Voucher";
        TaxWithin { name: String } => "Termasuk {name}", "Including {name}";
        FreeDelivery => "Gratis", "Free";
        ShipTo => "Kirim ke", "Ship to";
        Contact => "Kontak", "Contact";
        PaymentTitle => "Pembayaran", "Payment";
        PaymentNone => "Belum ada percobaan bayar", "No attempt to pay yet";
        ReviewHint => "Jumlah atau waktunya tidak cocok dengan pesanan ini. Cocokkan dengan catatan layanan pembayaran, lalu hubungi pembeli.", "The amount or the time doesn't match this order. Check the payment service's records, then contact the buyer.";
        PaidOnDelivery => "Dibayar saat barang diterima", "Paid when the goods arrive";
        Tracking => "Nomor resi", "Tracking number";
        History => "Riwayat", "History";
        StatusPlaced => "Pesanan dibuat", "Order placed";

        Money => "Uang", "Money";
        Paid => "Dibayar", "Paid";
        GivenBack => "Dikembalikan", "Refunded";
        Left => "Sisa", "Balance";
        OpenInvoice { number: String } => "Faktur {number}", "Invoice {number}";
        Refund => "Kembalikan uang", "Refund";
        RefundAsk { number: String } => "Kembalikan uang pesanan {number}?", "Refund order {number}?";
        RefundExplain => "Uang kembali lewat layanan pembayaran yang menerimanya. Uang tunai Anda kembalikan sendiri.", "The money is refunded through the payment service that took it. Refund cash yourself.";
        RefundAmount => "Jumlah", "Amount";
        RefundHint { left: String } => "Maksimal {left}.", "At most {left}.";
        RefundReasonHint => "Pembeli membacanya di halaman pesanan.", "The buyer reads it on the order's page.";
        RefundConfirm => "Kembalikan uang", "Refund";
        DoneRefunded { amount: String } => "{amount} dikembalikan", "{amount} is being refunded";
        Parcels => "Paket", "Parcels";
        Parcel => "Paket", "Parcel";
        UnitsOf { product: String, most: u32 } => "{product} (maksimal {most})", "{product} (at most {most})";
        Courier => "Kurir", "Courier";
        CourierHint => "Misalnya JNE atau SiCepat. Boleh kosong.", "Such as JNE or SiCepat. May be empty.";
        CameBack => "Barang kembali", "Items came back";
        TakeBack => "Catat pengembalian barang", "Take items back";
        ReturnAsk { number: String } => "Barang apa yang kembali dari {number}?", "What came back from {number}?";
        ReturnExplain => "Isi jumlah yang sudah Anda terima kembali.", "Enter how many you have received back.";
        ReturnConfirm => "Catat pengembalian", "Record the return";
        ReturnNote => "Catatan", "Note";
        ToShelf => "Kondisi barang", "State of the items";
        ShelfYes => "Kembali ke stok", "Back into stock";
        ShelfNo => "Tidak bisa dijual lagi", "Cannot be sold again";
        MoneyToo => "Uang pembeli", "The buyer's money";
        MoneyYes => "Kembalikan harga barangnya", "Give back what they cost";
        MoneyNo => "Jangan kembalikan sekarang", "Do not give it back now";
        DoneReturned { number: String } => "Pengembalian barang {number} tercatat", "The return from {number} is recorded";

        NextStep => "Langkah berikutnya", "Next step";
        Ship => "Kirim pesanan", "Ship order";
        ShipHint => "Kemas barangnya dan serahkan ke kurir.", "Pack the goods and hand them to the courier.";
        Ready => "Siap diambil", "Ready for pickup";
        ReadyHint => "Kemas barangnya dan siapkan untuk diambil pembeli.", "Pack the goods and have them ready for the buyer.";
        ReadyAsk { number: String } => "Pesanan {number} siap diambil?", "Is order {number} ready for pickup?";
        ReadyExplain => "Pembeli melihat di halaman pesanannya bahwa barang bisa diambil.", "The buyer sees on the order's page that the goods can be picked up.";
        ReadyConfirm => "Tandai siap diambil", "Mark as ready";
        DoneReady { number: String } => "Pesanan {number} siap diambil", "Order {number} is ready for pickup";
        FetchedHint => "Selesaikan setelah pembeli mengambil barangnya.", "Complete it once the buyer has picked up the order.";
        ShipRestHint { units: u32 } => "Masih ada {units} barang yang belum dikirim.", "{units} items have not been shipped yet.", one units: "{units} item has not been shipped yet.";
        ShipConfirm => "Tandai sudah dikirim", "Mark as shipped";
        ShipAsk { number: String } => "Kirim pesanan {number}?", "Ship order {number}?";
        ShipExplain => "Pembeli melihat status dan nomor resi di halaman pesanannya.", "The buyer sees the status and the tracking number on the order's page.";
        TrackingHint => "Kosongkan bila kurir tidak memberi nomor.", "Leave empty when the courier gives none.";
        Complete => "Selesaikan pesanan", "Complete order";
        CompleteHint => "Selesaikan setelah pembeli menerima barangnya.", "Complete it once the buyer has received the order.";
        CompleteConfirm => "Tandai selesai", "Mark as completed";
        CompleteAsk { number: String } => "Selesaikan pesanan {number}?", "Complete order {number}?";
        CompleteExplain => "Tandai selesai bila barang sudah sampai di tangan pembeli. Langkah ini tidak bisa dibatalkan.", "Do this when the goods have reached the buyer. It cannot be undone.";
        Cancel => "Batalkan pesanan", "Cancel order";
        CancelConfirm => "Batalkan pesanan", "Cancel order";
        CancelAsk { number: String } => "Batalkan pesanan {number}?", "Cancel order {number}?";
        CancelExplainPaid => "Barangnya kembali ke stok. Uang yang sudah dibayar dikembalikan otomatis kepada pembeli.", "The items go back into stock. The payment is refunded automatically.";
        CancelExplainUnpaid => "Barang yang dipesan langsung bisa dibeli orang lain.", "The items go back on sale right away.";
        CallOffRest => "Batalkan sisanya", "Cancel the rest";
        CallOffRestAsk { units: u32 } => "Batalkan {units} barang yang belum dikirim?", "Cancel the {units} items that have not been shipped?", one units: "Cancel the {units} item that has not been shipped?";
        CallOffRestExplainPaid => "Barangnya kembali ke stok. Harganya dikembalikan otomatis kepada pembeli; ongkos kirim tidak.", "The items go back into stock. Their price is refunded automatically; the delivery charge is not.";
        CallOffRestExplainUnpaid => "Barangnya kembali ke stok. Kurir menagih harga barang yang sudah dikirim saja, dengan ongkos kirim.", "The items go back into stock. The courier collects only the price of the shipped items plus delivery.";
        DoneRestCalledOff { number: String } => "Sisa pesanan {number} dibatalkan", "The rest of order {number} was cancelled";
        CalledOff => "Dibatalkan sebagian", "Partly cancelled";
        LineCalledOff { units: u32 } => "{units} dibatalkan", "{units} cancelled";
        LineShipped { units: u32, of: u32 } => "{units} dari {of} dikirim", "{units} of {of} shipped";
        LineReturned { units: u32 } => "{units} kembali", "{units} returned";
        ToCollect => "Ditagih saat diterima", "To be paid on delivery";
        Reason => "Alasan", "Reason";
        ReasonHint => "Tercatat di riwayat pesanan.", "Kept in the order's history.";
        Waiting => "Menunggu pembayaran dari pembeli. Pesanan otomatis batal bila lewat batas waktu.", "Waiting for the buyer's payment. The order is cancelled automatically when time runs out.";
        Finished => "Tidak ada lagi yang perlu dikerjakan.", "There is nothing left to do.";

        DoneShipped { number: String } => "Pesanan {number} ditandai dikirim", "Order {number} is marked as shipped";
        DoneCompleted { number: String } => "Pesanan {number} selesai", "Order {number} is completed";
        DoneCancelled { number: String } => "Pesanan {number} dibatalkan", "Order {number} is cancelled";
    }
}
