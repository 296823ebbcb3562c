//! What the cart and the checkout say.

use domain::texts;

texts! {
    /// From the cart to an order.
    pub(crate) enum Buy {
        CartTitle => "Keranjang Anda", "Your cart";
        CartEmptyTitle => "Keranjang Anda masih kosong", "Your cart is empty";
        CartEmptyHint => "Barang yang Anda pilih akan menunggu di sini.", "What you choose will wait here.";
        AddedNotice { name: String } => "{name} ada di keranjang Anda.", "{name} is in your cart.";
        ShortNotice => "Sebagian barang tinggal sedikit. Sesuaikan jumlahnya untuk melanjutkan.", "Some items are running out. Adjust the quantity to go on.";
        ShortLine { available: u32 } => "Tinggal {available}. Kurangi jumlahnya.", "Only {available} left. Please lower the quantity.";
        GoneLine => "Sudah habis. Hapus untuk melanjutkan.", "Sold out. Remove it to go on.";
        AddQuantity { most: u32 } => "Tulis jumlah dari 1 sampai {most}.", "Enter a quantity from 1 to {most}.";
        AddShortage { left: u32, has: u32 } => "Stoknya tinggal {left}, dan {has} sudah ada di keranjang Anda.", "Only {left} left, and {has} of them are in your cart already.";
        AlreadyPlaced => "Pesanan ini sudah dibuat, mungkin di tab lain. Lihat keranjang Anda sebelum memesan lagi.", "This order was already placed, perhaps in another tab. Look at your cart before you order again.";
        NotChanged { left: u32 } => "Tinggal {left}; jumlahnya tidak diubah.", "Only {left} left; the quantity was not changed.";
        TooManyLine { most: u32 } => "Paling banyak {most} per pesanan.", "At most {most} per order.";
        Adjust { available: u32 } => "Ubah jadi {available}", "Change to {available}";
        QuantityOf { name: String } => "Jumlah {name}", "Quantity of {name}";
        Update => "Perbarui", "Update";
        Remove => "Hapus", "Remove";
        RemoveNamed { name: String } => "Hapus {name} dari keranjang", "Remove {name} from the cart";
        Each => "per buah", "each";
        Summary => "Ringkasan", "Summary";
        Subtotal => "Subtotal", "Subtotal";
        Delivery => "Ongkos kirim", "Delivery";
        DeliveryLater => "Dihitung dari kota tujuan", "Calculated from your city";
        DeliveryFree => "Gratis", "Free";
        Voucher => "Voucher", "Voucher";
        OwnVouchers => "Voucher Anda", "Your vouchers";
        FreeDeliveryVoucher => "Gratis ongkir", "Free delivery";
        VoucherUpTo { amount: String } => "maks. {amount}", "up to {amount}";
        VoucherFrom { amount: String } => "min. belanja {amount}", "from {amount}";
        VoucherUntil { moment: String } => "sampai {moment}", "until {moment}";
        VoucherCode => "Kode voucher", "Voucher code";
        ApplyVoucher => "Pakai", "Apply";
        RemoveVoucher { code: String } => "Hapus voucher {code}", "Remove voucher {code}";
        Total => "Total", "Total";
        MemberDiscount => "Diskon anggota", "Member discount";
        MemberDiscountOf { percent: String } => "Diskon anggota {percent}", "Member discount {percent}";
        MemberDelivery => "Gratis untuk anggota", "Free for members";
        BecomeMember => "Lebih hemat dengan keanggotaan", "Save more as a member";
        VoucherDiscount => "Voucher", "Voucher";
        TaxOf { taxes: String } => "Pajak ({taxes})", "Tax ({taxes})";
        TaxWithin { taxes: String } => "Sudah termasuk {taxes}", "Including {taxes}";
        BeforeDelivery => "belum termasuk ongkir", "before delivery";
        ToFreeDelivery { missing: String } => "Belanja {missing} lagi untuk gratis ongkir.", "Spend {missing} more for free delivery.";
        HasFreeDelivery => "Pesanan Anda gratis ongkir.", "Your order travels free.";
        Checkout => "Lanjut ke pembayaran", "Go to checkout";
        SafeNote => "Pembayaran aman. Stok disimpan selama Anda mengisi data.", "Safe payment. Your items are held while you fill in your details.";

        CheckoutTitle => "Pesan", "Checkout";
        BackToCart => "Kembali ke keranjang", "Back to cart";
        HeldFor => "Barang Anda kami simpan selama", "Your items are held for";
        HeldUntil { time: String } => "Barang Anda kami simpan sampai {time}.", "Your items are held until {time}.";
        HoldEnded => "Waktu simpan sudah habis. Isian Anda tetap ada; kami simpan lagi barangnya selama masih tersedia saat Anda memesan.", "The hold has ended. What you typed stays; your items are held again as long as they are available when you order.";
        HoldAgain => "Simpan lagi", "Hold them again";
        FixProblems => "Periksa isian yang ditandai, lalu kirim lagi.", "Check the marked details, then send again.";
        ContactStep => "Kontak", "Contact";
        DeliveryStep => "Pengiriman", "Delivery";
        CourierHint => "Ke alamat di bawah.", "To the address below.";
        AddressStep => "Alamat pengiriman", "Delivery address";
        PaymentStep => "Cara bayar", "Payment";
        Email => "Email", "E-mail";
        EmailHint => "Untuk bukti pesanan.", "For your order confirmation.";
        Name => "Nama penerima", "Recipient's name";
        Phone => "Nomor telepon", "Phone number";
        PhoneHint => "Dipakai bila kami atau kurir perlu menghubungi Anda.", "For when the courier or the shop needs to call you.";
        Line1 => "Alamat", "Address";
        Line1Hint => "Nama jalan, nomor rumah, RT/RW", "Street and house number";
        Line2 => "Detail tambahan", "More details";
        City => "Kota atau kabupaten", "City";
        Province => "Provinsi", "Province";
        PostalCode => "Kode pos", "Postal code";
        Optional => "opsional", "optional";
        WorkOutDelivery => "Hitung ongkir", "Calculate delivery";
        DemoHint => "Anda diarahkan ke halaman pembayaran latihan. Tidak ada uang sungguhan.", "You are sent to a practice payment page. No real money moves.";
        CashHint => "Bayar tunai saat barang Anda terima.", "Pay in cash when you get the goods.";
        PlaceOrder => "Buat pesanan", "Place order";
        PlaceOrderFor { total: String } => "Buat pesanan · {total}", "Place order · {total}";
        TotalChanged { total: String } => "Totalnya termasuk ongkir {total}. Periksa sekali lagi, lalu buat pesanan.", "The total with delivery is {total}. Check it once more, then place the order.";
        ShortageTitle => "Sebagian barang baru saja dibeli orang lain", "Somebody else has just bought some of these";
        ShortageHint => "Isian Anda tetap tersimpan di bawah. Sesuaikan jumlahnya untuk melanjutkan.", "What you typed is kept below. Adjust the quantities to go on.";
        ShortageLine { name: String, available: u32 } => "{name}: tinggal {available}.", "{name}: only {available} left.";
        ShortageGone { name: String } => "{name}: habis.", "{name}: sold out.";
        AdjustAll => "Sesuaikan dengan stok", "Adjust to what is left";
        UnitsTimes { quantity: u32 } => "Jumlah\u{a0}{quantity}", "Qty\u{a0}{quantity}";
    }
}
