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
        TooLong { most: usize } => "Paling banyak {most} karakter.", "At most {most} characters.";
        ControlCharacters => "Ada karakter yang tidak bisa dipakai.", "Contains a character that cannot be used.";
        NotAnEmail => "Tulis alamat email seperti nama@contoh.com.", "Enter an e-mail address such as name@example.com.";
        NotAPhone => "Tulis nomor telepon dengan 8 sampai 15 angka.", "Enter a phone number of 8 to 15 digits.";
        NotAPostalCode => "Tulis kode posnya. Di Indonesia 5 angka, misalnya 40115.", "Enter a postal code. In Indonesia it has 5 digits, such as 40115.";
        NotASlug => "Hanya huruf kecil, angka, dan tanda hubung.", "Only small letters, digits and hyphens.";
        NotASku => "Hanya huruf besar, angka, dan - _ . /", "Only capitals, digits and - _ . /";
        NotAVoucherCode => "Hanya huruf, angka, dan - _", "Only letters, digits and - _";
        NotATime => "Tulis tanggal dan jam.", "Enter a date and a time.";
        NotAYear { first: i32, last: i32 } => "Tahunnya harus {first} sampai {last}.", "The year must be from {first} to {last}.";
        EndsBeforeItStarts => "Akhirnya harus setelah awalnya.", "The end must be after the start.";
        PasswordTooShort { fewest: usize } => "Sandi minimal {fewest} karakter.", "The password needs at least {fewest} characters.";
        PasswordTooEasy => "Sandi ini terlalu mudah ditebak. Coba beberapa kata yang tidak berkaitan.", "This password is too easy to guess. Try a few words that have nothing to do with each other.";
        PasswordIsTheEmail => "Sandi jangan sama dengan email.", "The password must not be the e-mail address.";
        ShelfIsFull { most: u32 } => "Stok satu varian paling banyak {most}.", "A variant can have {most} units at most.";
        NotAQuantity { most: u32 } => "Jumlah harus bilangan bulat 0 sampai {most}.", "The quantity must be a whole number from 0 to {most}.";
        NotWithin { least: u32, most: u32 } => "Tulis bilangan bulat {least} sampai {most}.", "Enter a whole number from {least} to {most}.";
        NoneChosen => "Pilih paling sedikit satu.", "Choose at least one.";
        NotAPageNumber => "Nomor halaman harus bilangan bulat, paling kecil 1.", "The page must be a whole number, 1 or more.";
        NotAPageSize { most: u32 } => "Jumlah per halaman harus bilangan bulat 1 sampai {most}.", "The number per page must be a whole number from 1 to {most}.";
        NotADifference { most: u32 } => "Selisih harus bilangan bulat dari -{most} sampai {most}, bukan 0.", "The difference must be a whole number from -{most} to {most}, and not 0.";
        NotLimits { most: u32 } => "Batas harus 1 sampai {most}, dan yang terkecil tidak melebihi yang terbesar.", "The limits must be from 1 to {most}, the smallest not above the greatest.";
        TooFew { fewest: u32 } => "Paling sedikit {fewest} per pesanan.", "At least {fewest} an order.";
        NotAChoice => "Pilihan ini tidak ada.", "This choice does not exist.";
        NotAnAmount => "Jumlah uang ini tidak benar.", "This amount is not right.";
        NotAWeight => "Tulis berat dalam kilogram, misalnya 1 atau 0,5.", "Enter the weight in kilograms, such as 1 or 0.5.";
        NotAPercentage => "Persentase harus 0 sampai 100.", "The percentage must be 0 to 100.";
        NotAscending => "Harus lebih besar dari baris sebelumnya.", "Must be more than in the line before.";
        TooMany { most: usize } => "Paling banyak {most}.", "At most {most}.";
        AlreadyTaken => "Sudah dipakai.", "Already taken.";
        InvalidInput => "Ada isian yang perlu diperbaiki.", "Some of the input needs mending.";
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
        UnitsArePromised { sku: String, reserved: u32 } => "{reserved} barang {sku} sudah dijanjikan kepada pembeli. Batalkan dulu pesanannya.", "{reserved} units of {sku} are promised to buyers. Call their orders off first.";
        StockHasChanged { on_hand: u32 } => "Jumlahnya sudah berubah menjadi {on_hand}. Hitung sekali lagi.", "The number has changed to {on_hand}. Please count once more.";
        StockTakeIsClosed => "Penghitungan stok ini sudah ditutup.", "This stock-take is closed.";
        StockTakeHasChanged => "Ada hitungan baru. Periksa selisihnya sekali lagi.", "Something was counted since. Please look at the differences once more.";
        CartIsFull { most: usize } => "Keranjang penuh: paling banyak {most} jenis barang.", "The cart is full: at most {most} different items.";
        CartIsEmpty => "Keranjang masih kosong.", "The cart is empty.";
        QuantityOutOfLimits => "Jumlah salah satu barang di luar batas per pesanan. Periksa keranjang.", "The quantity of an item is outside its limits for one order. Please look at the cart.";
        TotalChanged { total: String } => "Totalnya berubah menjadi {total}. Periksa, lalu pesan lagi.", "The total has changed to {total}. Please check it and order again.";
        UnpaidOrderFirst { number: String } => "Bayar atau batalkan dulu pesanan {number}.", "Pay for order {number} or cancel it first.";
        OrderOfAnother => "Pesanan ini sudah tersimpan di akun lain.", "This order is already kept in another account.";
        IllegalMove { status: Words, step: Words } =>
            "Status pesanan ini “{status}”, jadi tidak bisa {step}.",
            "This order is “{status:#}”, so it cannot {step:#}.";
        NoInvoiceYet => "Pesanan ini belum punya faktur.", "This order has no invoice yet.";
        NoUnits => "Tidak ada barang yang dipilih.", "No items are chosen.";
        OnlySoManyUnits { left: u32 } => "Tinggal {left}.", "Only {left} left.";
        NothingToRefund => "Tidak ada uang pesanan ini yang bisa dikembalikan.", "There is no money of this order left to give back.";
        TooMuchToRefund { left: String } => "Paling banyak {left} yang masih bisa dikembalikan.", "At most {left} can still be given back.";
        KeyReused => "Kunci idempotensi ini sudah dipakai untuk isi lain.", "This idempotency key was used for other content.";
        KeyMissing => "Header Idempotency-Key wajib ada.", "The header Idempotency-Key is required.";
        AlreadySetUp => "Toko ini sudah disiapkan.", "This shop is already set up.";
        NotSetUp => "Toko ini belum disiapkan.", "This shop is not set up yet.";
        PaymentMethodOff => "Cara bayar ini tidak tersedia.", "This payment method is not available.";
        VoucherOff => "Voucher ini sedang tidak berlaku.", "This voucher cannot be used at the moment.";
        VoucherNotYet => "Voucher ini belum berlaku.", "This voucher is not valid yet.";
        VoucherOver => "Masa berlaku voucher ini sudah habis.", "This voucher has expired.";
        VoucherOfOthers => "Voucher ini hanya untuk pelanggan yang menerimanya. Masuk dulu kalau Anda memilikinya.", "This voucher is only for customers who were given it. Sign in first if you have it.";
        VoucherForFirstOrder => "Voucher ini hanya untuk pesanan pertama.", "This voucher is for a first order only.";
        VoucherUsedUp => "Voucher ini sudah habis dipakai.", "This voucher has been used up.";
        VoucherUsedByYou => "Anda sudah memakai voucher ini.", "You have already used this voucher.";
        VoucherIsYours => "Voucher ini sudah ada di akun Anda.", "This voucher is in your account already.";
        VoucherBelowMinimum { minimum: String } => "Voucher ini berlaku untuk belanja minimal {minimum}.", "This voucher needs a purchase of at least {minimum}.";
        VoucherForOtherGoods => "Voucher ini tidak berlaku untuk barang di keranjang.", "This voucher is not for the goods in the cart.";
        VoucherUsedMore { used: u32 } => "Sudah dipakai {used} kali; batasnya tidak bisa di bawah itu.", "It was used {used} times already; the limit cannot be below that.";
        PlanGivesNothing => "Paket ini belum memberi apa-apa: isi diskon atau gratis ongkir.", "This plan gives nothing yet: set a discount or free delivery.";
        PlanOff => "Paket ini sedang tidak dijual.", "This plan is not for sale at the moment.";
        PlanIsUsed => "Paket ini sudah pernah dibeli, jadi hanya bisa dimatikan.", "This plan was bought before, so it can only be switched off.";
        OtherPlanRuns { until: Words } => "Paket Anda masih berlaku sampai {until}. Paket ini bisa dibeli setelah itu.", "Your plan runs until {until:#}. This one can be bought after that.";
        PaidAhead { until: Words, from: Words } => "Keanggotaan Anda sudah dibayar sampai {until}. Mulai {from} masanya bisa ditambah lagi.", "Your membership is paid until {until:#}. From {from:#} on, another period can be added.";
        MembershipCostChanged { due: String } => "Harganya sekarang {due}. Periksa, lalu beli lagi.", "The price is now {due}. Please check it and buy again.";
        NothingToCheck => "Uang ini tidak menunggu keputusan lagi.", "This money waits for no decision any more.";
        CannotCount => "Uang ini dalam mata uang lain, jadi tidak bisa dihitung sebagai pembayaran.", "This money is of another currency, so it cannot count as the payment.";
        NoSuchNotice => "Kabar ini tidak menunggu lagi.", "This notice waits no more.";
        NoticeStillStuck => "Kabar ini tetap belum bisa diproses.", "This notice still cannot be applied.";
        MembershipIsOver => "Keanggotaan ini sudah berakhir.", "This membership has ended already.";
        NotAMember => "Anda belum punya keanggotaan yang berlaku.", "You have no membership at the moment.";
        ChangedMeanwhile => "Orang lain baru saja mengubahnya. Muat ulang, lalu ubah lagi.", "Somebody else has just changed this. Load it again, then make your change.";
        TaxClassIsUsed { name: String, products: u64 } => "Golongan “{name}” dipakai {products} produk. Pindahkan dulu produknya ke golongan lain.", "{products} products are in the class “{name}”. Move them to another class first.", one products: "{products} product is in the class “{name}”. Move it to another class first.";
        PickupOff => "Toko ini tidak melayani ambil sendiri.", "This shop does not offer pickup.";
        NothingToPay => "Pesanan ini tidak menunggu pembayaran.", "This order does not wait for a payment.";
        TotalOutOfRange => "Jumlahnya terlalu besar.", "The total is too large.";

        // Who you are.
        SignInFirst => "Masuk dulu.", "Sign in first.";
        WrongCredentials => "Email atau sandi salah.", "The e-mail or the password is wrong.";
        WrongPassword => "Sandi ini salah.", "This password is wrong.";
        TooManyTries => "Terlalu banyak percobaan. Coba lagi sebentar lagi.", "Too many tries. Try again in a moment.";
        NotPermitted => "Anda tidak boleh melakukan ini.", "You may not do this.";
        BadSignature => "Tanda tangan tidak benar.", "The signature is not right.";
        NotSameSite => "Formulir ini tidak berasal dari toko ini.", "This form did not come from this shop.";

        // The machine.
        GatewayUnavailable => "Layanan pembayaran belum menjawab. Coba lagi sebentar lagi.", "The payment service does not answer. Please try again soon.";
        DatabaseUnavailable => "Toko sedang tidak bisa membuka datanya. Coba lagi sebentar lagi.", "The shop cannot reach its data right now. Please try again soon.";
        Internal => "Ada yang rusak di pihak kami.", "Something broke on our side.";
    }
}

#[cfg(test)]
mod tests {
    use super::Message;
    use crate::locale::Locale;

    #[test]
    fn a_wording_names_its_fields() {
        let message = Message::TooLong { most: 120 };
        assert_eq!(message.text(Locale::Indonesian), "Paling banyak 120 karakter.");
        assert_eq!(message.text(Locale::English), "At most 120 characters.");
    }

    #[test]
    fn a_message_survives_the_wire() {
        let message = Message::NotAQuantity { most: 99 };
        let wire = serde_json::to_string(&message).unwrap();
        assert_eq!(serde_json::from_str::<Message>(&wire).unwrap(), message);
    }
}
