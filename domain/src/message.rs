//! Everything that the shop's rules say to people, in both languages.

use serde::{Deserialize, Serialize};

use crate::locale::{Locale, Translated};
use crate::texts;

/// Words within a wording that differ by language: `{name}` shows the Indonesian ones, `{name:#}` the English ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(Box<Translated>);

impl Words {
    /// The words that `label` has for each language.
    pub fn of(label: impl Fn(Locale) -> &'static str) -> Self {
        Self(Box::new(Translated::of(|locale| label(locale).to_owned())))
    }
}

impl From<Translated> for Words {
    fn from(words: Translated) -> Self {
        Self(Box::new(words))
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.get(if f.alternate() { Locale::English } else { Locale::Indonesian }))
    }
}

texts! {
    /// What a rule says to a person. The shells choose the language.
    pub enum Message {
        // Fields.
        Required => "Wajib diisi.", "This is required.";
        TooLong { most: usize } => "Maksimal {most} karakter.", "At most {most} characters.";
        ControlCharacters => "Ada karakter yang tidak bisa dipakai.", "Contains a character that cannot be used.";
        NotAnEmail => "Tulis alamat email seperti nama@contoh.com.", "Enter an email address such as name@example.com.";
        NotAPhone => "Tulis nomor telepon dengan 8 sampai 15 angka.", "Enter a phone number of 8 to 15 digits.";
        NotAPostalCode => "Tulis kode posnya. Di Indonesia 5 angka, misalnya 40115.", "Enter a postal code. In Indonesia it has 5 digits, such as 40115.";
        NotASlug => "Hanya huruf kecil, angka, dan tanda hubung.", "Only small letters, digits and hyphens.";
        NotASku => "Hanya huruf besar, angka, dan - _ . /", "Only capitals, digits and - _ . /";
        NotAVoucherCode => "Hanya huruf, angka, dan - _", "Only letters, digits and - _";
        NotATime => "Tulis tanggal dan jam.", "Enter a date and a time.";
        NotAYear { first: i32, last: i32 } => "Tahunnya harus {first} sampai {last}.", "The year must be from {first} to {last}.";
        EndsBeforeItStarts => "Akhirnya harus setelah awalnya.", "The end must be after the start.";
        PasswordTooShort { fewest: usize } => "Kata sandi minimal {fewest} karakter.", "Use at least {fewest} characters for the password.";
        PasswordTooEasy => "Kata sandi ini terlalu mudah ditebak. Coba beberapa kata yang tidak berkaitan.", "This password is too easy to guess. Try a few unrelated words.";
        PasswordIsTheEmail => "Kata sandi tidak boleh sama dengan email.", "The password can't be the same as the email.";
        ShelfIsFull { most: u32 } => "Stok satu varian paling banyak {most}.", "A variant can have {most} units at most.";
        NotAQuantity { most: u32 } => "Jumlah harus bilangan bulat 0 sampai {most}.", "The quantity must be a whole number from 0 to {most}.";
        NotWithin { least: u32, most: u32 } => "Tulis bilangan bulat {least} sampai {most}.", "Enter a whole number from {least} to {most}.";
        NoneChosen => "Pilih minimal satu.", "Choose at least one.";
        NotAPageNumber => "Nomor halaman harus bilangan bulat, paling kecil 1.", "The page must be a whole number, 1 or more.";
        NotAPageSize { most: u32 } => "Jumlah per halaman harus bilangan bulat 1 sampai {most}.", "The number per page must be a whole number from 1 to {most}.";
        NotADifference { most: u32 } => "Selisih harus bilangan bulat dari -{most} sampai {most}, bukan 0.", "The difference must be a whole number from -{most} to {most}, and not 0.";
        NotLimits { most: u32 } => "Batas harus 1 sampai {most}, dan yang terkecil tidak melebihi yang terbesar.", "The limits must be from 1 to {most}, the smallest not above the greatest.";
        TooFew { fewest: u32 } => "Minimal {fewest} per pesanan.", "Minimum {fewest} per order.";
        NotAChoice => "Pilihan ini tidak tersedia.", "This option isn't available.";
        NotAnAmount => "Jumlah uang ini tidak valid.", "Enter a valid amount.";
        NotAWeight => "Tulis berat dalam kilogram, misalnya 1 atau 0,5.", "Enter the weight in kilograms, such as 1 or 0.5.";
        NotAPercentage => "Persentase harus 0 sampai 100.", "The percentage must be 0 to 100.";
        NotAscending => "Harus lebih besar dari baris sebelumnya.", "Must be more than in the line before.";
        TooMany { most: usize } => "Maksimal {most}.", "At most {most}.";
        StandsTwice => "Sudah ada di baris lain.", "This stands in another row already.";
        WrongCheckDigit { right: char } => "Angka terakhir barcode ini seharusnya {right}. Periksa lagi.", "The last digit of this barcode should be {right}. Please check it.";
        NotABarcode => "Hanya huruf, angka, dan - _ . / +", "Only letters, digits and - _ . / +";
        NotAColour => "Tulis warna seperti #2b3a67.", "Enter a colour such as #2b3a67.";
        NotAboveThePrice => "Harga coret harus lebih tinggi dari harganya.", "The former price must be above the price.";
        NotBelowThePrice => "Harga promo harus lebih rendah dari harga biasa.", "The sale price must be below the regular price.";
        AlreadyTaken => "Sudah dipakai.", "Already taken.";
        InvalidInput => "Ada isian yang perlu diperbaiki.", "Please check the form.";
        Unreadable => "Permintaan ini tidak bisa dibaca.", "This request cannot be read.";
        UnreadablePicture => "Gambar ini tidak bisa dibaca. Pakai JPEG, PNG, WebP, atau GIF.", "This picture cannot be read. Use JPEG, PNG, WebP or GIF.";
        PictureTooLarge { most_megabytes: u64, most_pixels: u32 } =>
            "Gambar terlalu besar: paling besar {most_megabytes} MB dan {most_pixels} piksel per sisi.",
            "The picture is too large: at most {most_megabytes} MB and {most_pixels} pixels a side.";

        // Things that are not there.
        NoSuchPage => "Halaman ini tidak ada.", "This page does not exist.";
        NoSuchProduct => "Produk ini tidak ada.", "This product does not exist.";
        NoSuchVariant => "Varian ini tidak ada.", "This variant does not exist.";
        NoSuchCategory => "Kategori ini tidak ada.", "This category does not exist.";
        NoSuchCart => "Keranjang ini tidak ada.", "This cart does not exist.";
        NoSuchStockTake => "Penghitungan stok ini tidak ada.", "This stock-take does not exist.";
        NoSuchOrder => "Pesanan ini tidak ada.", "This order does not exist.";
        NoSuchVoucher => "Kode voucher ini tidak ada.", "There is no voucher with this code.";
        NoSuchPlan => "Paket keanggotaan ini tidak ada.", "This membership plan does not exist.";
        NoSuchMembership => "Keanggotaan ini tidak ada.", "This membership does not exist.";
        NoSuchPurchase => "Pembelian keanggotaan ini tidak ada.", "This purchase of a membership does not exist.";
        NoSuchCustomer => "Pelanggan ini tidak ada.", "This customer does not exist.";
        NoSuchPicture => "Gambar ini tidak ada.", "This picture does not exist.";

        // Things that the shop's state does not allow.
        OutOfStock => "Stok tidak cukup.", "There is not enough stock.";
        UnitsArePromised { sku: String, reserved: u32 } => "{reserved} barang {sku} sudah dijanjikan kepada pembeli. Batalkan dulu pesanannya.", "{reserved} units of {sku} are promised to buyers. Cancel their orders first.";
        StockHasChanged { on_hand: u32 } => "Jumlahnya sudah berubah menjadi {on_hand}. Hitung sekali lagi.", "The number has changed to {on_hand}. Please count once more.";
        StockTakeIsClosed => "Penghitungan stok ini sudah ditutup.", "This stock-take is closed.";
        StockTakeHasChanged => "Ada hitungan baru. Periksa selisihnya sekali lagi.", "Something was counted since. Please look at the differences once more.";
        CartIsFull { most: usize } => "Keranjang penuh: maksimal {most} produk berbeda.", "Your cart is full: at most {most} different products.";
        CartIsEmpty => "Keranjang masih kosong.", "Your cart is empty.";
        QuantityOutOfLimits => "Jumlah salah satu barang di luar batas per pesanan. Periksa keranjang Anda.", "One item's quantity is outside the limits per order. Please check your cart.";
        TotalChanged { total: String } => "Totalnya berubah menjadi {total}. Periksa, lalu pesan lagi.", "The total has changed to {total}. Please check it and order again.";
        UnpaidOrderFirst { number: String } => "Bayar atau batalkan dulu pesanan {number}.", "Pay for order {number} or cancel it first.";
        OrderOfAnother => "Pesanan ini sudah tersimpan di akun lain.", "This order is already saved to another account.";
        IllegalMove { status: Words, step: Words } =>
            "Status pesanan ini “{status}”, jadi tidak bisa {step}.",
            "This order is “{status:#}”, so it cannot {step:#}.";
        NoInvoiceYet => "Pesanan ini belum punya faktur.", "This order has no invoice yet.";
        NoUnits => "Tidak ada barang yang dipilih.", "No items are chosen.";
        OnlySoManyUnits { left: u32 } => "Tinggal {left}.", "Only {left} left.";
        NothingToRefund => "Tidak ada uang pesanan ini yang bisa dikembalikan.", "There is nothing left to refund on this order.";
        TooMuchToRefund { left: String } => "Maksimal {left} yang masih bisa dikembalikan.", "At most {left} can still be refunded.";
        KeyReused => "Kunci idempotensi ini sudah dipakai untuk isi lain.", "This idempotency key was used for other content.";
        KeyMissing => "Header Idempotency-Key wajib ada.", "The header Idempotency-Key is required.";
        AlreadySetUp => "Toko ini sudah disiapkan.", "This shop is already set up.";
        NotSetUp => "Toko ini belum disiapkan.", "This shop is not set up yet.";
        PaymentMethodOff => "Cara bayar ini tidak tersedia.", "This payment method is not available.";
        VoucherOff => "Voucher ini sedang tidak berlaku.", "This voucher isn't available right now.";
        VoucherNotYet => "Voucher ini belum berlaku.", "This voucher isn't valid yet.";
        VoucherOver => "Masa berlaku voucher ini sudah habis.", "This voucher has expired.";
        VoucherOfOthers => "Voucher ini hanya untuk pelanggan tertentu. Masuk dulu kalau Anda memilikinya.", "This voucher is for selected customers. Sign in first if it's yours.";
        VoucherForFirstOrder => "Voucher ini hanya untuk pesanan pertama.", "This voucher is for first orders only.";
        VoucherUsedUp => "Kuota voucher ini sudah habis.", "This voucher has been fully claimed.";
        VoucherUsedByYou => "Anda sudah memakai voucher ini.", "You've already used this voucher.";
        VoucherIsYours => "Voucher ini sudah ada di akun Anda.", "This voucher is already in your account.";
        VoucherBelowMinimum { minimum: String } => "Voucher ini berlaku untuk belanja minimal {minimum}.", "Spend at least {minimum} to use this voucher.";
        VoucherForOtherGoods => "Voucher ini tidak berlaku untuk isi keranjang Anda.", "This voucher doesn't apply to the items in your cart.";
        VoucherTakesNothing => "Voucher ini tidak mengurangi harga pesanan ini. Simpan untuk pesanan lain.", "This voucher doesn't lower the price of this order. Save it for another one.";
        VoucherDeliveryIsFree => "Ongkir pesanan ini sudah gratis. Simpan voucher ini untuk pesanan lain.", "Delivery is already free for this order. Save this voucher for another one.";
        VoucherNotForPickup => "Voucher gratis ongkir tidak bisa dipakai untuk pesanan yang diambil di toko.", "Free delivery vouchers can't be used on pickup orders.";
        VoucherUsedMore { used: u32 } => "Sudah dipakai {used} kali; batasnya tidak bisa di bawah itu.", "It was used {used} times already; the limit cannot be below that.";
        PlanGivesNothing => "Paket ini belum memberi apa-apa: isi diskon atau gratis ongkir.", "This plan has no benefit yet: set a discount or free delivery.";
        PlanOff => "Paket ini sedang tidak dijual.", "This plan isn't for sale right now.";
        PlanIsUsed => "Paket ini sudah pernah dibeli, jadi hanya bisa dimatikan.", "This plan has been bought before, so it can only be switched off.";
        OtherPlanRuns { until: Words } => "Paket Anda masih berlaku sampai {until}. Paket ini bisa dibeli setelah itu.", "Your plan runs until {until:#}. This one can be bought after that.";
        PaidAhead { until: Words, from: Words } => "Keanggotaan Anda sudah dibayar sampai {until}. Mulai {from} masanya bisa ditambah lagi.", "Your membership is paid until {until:#}. From {from:#} on, another period can be added.";
        MembershipCostChanged { due: String } => "Harganya sekarang {due}. Periksa, lalu beli lagi.", "The price is now {due}. Please check it and buy again.";
        NothingToCheck => "Uang ini sudah diputuskan.", "This payment has already been decided.";
        CannotCount => "Uang ini dalam mata uang lain, jadi tidak bisa dihitung sebagai pembayaran.", "This money is in another currency, so it can't count as the payment.";
        NoSuchNotice => "Kabar ini sudah selesai diproses.", "This notification has already been handled.";
        NoticeStillStuck => "Kabar ini masih belum bisa diproses.", "This notification still can't be applied.";
        MembershipIsOver => "Keanggotaan ini sudah berakhir.", "This membership has ended already.";
        NotAMember => "Anda belum punya keanggotaan yang berlaku.", "You don't have an active membership.";
        VariantHasStock { sku: String, on_hand: u32 } => "{sku} masih punya stok {on_hand}. Pindahkan stoknya ke varian lain, atau koreksi dulu menjadi 0.", "{sku} still has {on_hand} in stock. Move the stock to another variant, or correct it to 0 first.", one on_hand: "{sku} still has 1 in stock. Move it to another variant, or correct it to 0 first.";
        CategoryTooDeep { most: usize } => "Kategori paling banyak {most} tingkat.", "Categories can be {most} levels deep at most.";
        CategoryInItself => "Kategori tidak bisa dipindah ke dalam dirinya sendiri.", "A category can't be moved into itself.";
        CategoryNameClashes { name: Words } => "Di tempat itu sudah ada kategori “{name}”. Ganti namanya dulu.", "There is a category “{name:#}” in that place already. Rename it first.";
        CategoryHasVouchers { code: String } => "Voucher {code} hanya berlaku untuk kategori ini. Pilih kategori pengganti untuk produknya.", "Voucher {code} is for this category only. Choose another category for its products.";
        ChangedMeanwhile => "Orang lain baru saja mengubahnya. Muat ulang, lalu ubah lagi.", "Someone else just changed this. Reload it, then make your change.";
        TaxClassIsUsed { name: String, products: u64 } => "Golongan “{name}” dipakai {products} produk. Pindahkan dulu produknya ke golongan lain.", "{products} products are in the class “{name}”. Move them to another class first.", one products: "{products} product is in the class “{name}”. Move it to another class first.";
        PickupOff => "Toko ini tidak melayani ambil sendiri.", "This shop does not offer pickup.";
        NothingToPay => "Pesanan ini tidak menunggu pembayaran.", "This order isn't waiting for a payment.";
        TotalOutOfRange => "Jumlahnya terlalu besar.", "The total is too large.";

        // Who you are.
        SignInFirst => "Masuk dulu.", "Sign in first.";
        WrongCredentials => "Email atau kata sandi salah.", "The email or password is wrong.";
        WrongPassword => "Kata sandi salah.", "This password is wrong.";
        TooManyTries => "Terlalu banyak percobaan. Coba lagi sebentar lagi.", "Too many attempts. Please try again in a moment.";
        NotPermitted => "Anda tidak punya izin untuk melakukan ini.", "You don't have permission to do this.";
        BadSignature => "Tanda tangan tidak valid.", "The signature is not valid.";
        NotSameSite => "Formulir ini tidak berasal dari toko ini.", "This form did not come from this shop.";

        // The machine.
        GatewayUnavailable => "Penyedia pembayaran belum merespons. Coba lagi sebentar lagi.", "The payment provider isn't responding. Please try again in a moment.";
        DatabaseUnavailable => "Toko sedang tidak bisa membuka datanya. Coba lagi sebentar lagi.", "The shop can't reach its data right now. Please try again in a moment.";
        Internal => "Terjadi gangguan di sistem kami.", "Something went wrong on our side.";
    }
}

#[cfg(test)]
mod tests {
    use super::Message;
    use crate::locale::Locale;

    #[test]
    fn a_wording_names_its_fields() {
        let message = Message::TooLong { most: 120 };
        assert_eq!(message.text(Locale::Indonesian), "Maksimal 120 karakter.");
        assert_eq!(message.text(Locale::English), "At most 120 characters.");
    }

    #[test]
    fn a_message_survives_the_wire() {
        let message = Message::NotAQuantity { most: 99 };
        let wire = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&wire).unwrap(), message);
    }
}
