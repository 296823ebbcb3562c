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
        NotOneLine => "Harus satu baris saja.", "This must be a single line.";
        UnknownPlaceholder { name: String } => "Email ini tidak punya isian {{{name}}}. Pilih dari tombol di bawah kolom.", "This letter has no field {{{name}}}. Pick one from the buttons below.";
        UnclosedBrace => "Tanda {{ dan }} harus berpasangan, dengan nama isian di antaranya.", "{{ and }} must come in pairs, with a field's name in between.";
        NotAnEmail => "Tulis alamat email seperti nama@contoh.com.", "Enter an email address such as name@example.com.";
        NotAPhone => "Tulis nomor telepon dengan 8 sampai 15 angka.", "Enter a phone number of 8 to 15 digits.";
        NotAPostalCode => "Tulis kode posnya. Di Indonesia 5 angka, misalnya 40115.", "Enter a postal code. In Indonesia it has 5 digits, such as 40115.";
        NotJson { line: u64, column: u64 } => "Berkas ini bukan JSON yang utuh (baris {line}, kolom {column}).", "This file is not complete JSON (line {line}, column {column}).";
        NotAFormerShop => "Berkas ini bukan data toko lama: harus berisi users, products, dan orders.", "This file is not the former shop's data: it must have users, products and orders.";
        FormerShopUnavailable => "Database toko lama tidak menjawab. Periksa alamat, nama, dan kata sandinya.", "The former shop's database does not answer. Check its address, name and password.";
        SecretUnreadable { what: Words } => "{what} yang tersimpan tidak bisa dibuka dengan kunci di folder data ini. Masukkan sekali lagi.", "The stored secret “{what:#}” can't be opened with the key in this data folder. Enter it once more.";
        NotAHost => "Tulis nama server saja, misalnya smtp.contoh.com.", "Enter only the server's name, such as smtp.example.com.";
        OnlyOnThisComputer => "Tanpa enkripsi hanya boleh untuk server di komputer ini.", "Only a server on this computer can be used without encryption.";
        NoSuchLetter => "Email ini tidak ada.", "There is no such letter.";
        LetterWaits => "Email ini masih menunggu dikirim.", "This letter is still waiting to be sent.";
        NoMailAccount => "Belum ada akun email. Isi dan simpan pengaturannya dulu.", "There is no mail account yet. Fill in the settings and save them first.";
        NotInRupiah => "Toko lama menghitung dalam rupiah, toko ini tidak, jadi datanya tidak bisa dibawa.", "The former shop counted in rupiah and this shop does not, so its data cannot be brought here.";
        Brought { count: u32 } => "{count} dibawa,", "{count} brought,";
        WouldBeBrought { count: u32 } => "{count} akan dibawa,", "{count} would be brought,";
        KnownAndRefused { known: u32, refused: u32 } => "{known} sudah ada, {refused} ditolak", "{known} here already, {refused} refused";
        NotAnAccountNumber => "Tulis nomor rekeningnya, minimal 4 angka.", "Enter the account number: at least 4 digits.";
        TooManyAccounts { most: usize } => "Maksimal {most} rekening.", "At most {most} accounts.";
        NoBankAccount => "Isi minimal satu rekening supaya pembeli bisa transfer.", "Add at least one account that buyers can transfer to.";
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
        SameEmail => "Ini sudah email akun Anda.", "This is already your account's email.";
        LinkIsOver => "Tautan ini sudah dipakai atau sudah tidak berlaku. Minta yang baru.", "This link has been used or has expired. Ask for a new one.";
        NoWhatsApp => "Nomor telepon ini tidak bisa dihubungi lewat WhatsApp.", "This phone number can't be reached on WhatsApp.";
        CodeIsOver => "Kode ini salah atau sudah tidak berlaku. Periksa lagi, atau minta kode baru.", "This code is wrong or has expired. Check it, or ask for a new one.";
        InvalidInput => "Ada isian yang perlu diperbaiki.", "Please check the form.";
        Unreadable => "Permintaan ini tidak bisa dibaca.", "This request cannot be read.";
        EmptyPicture => "File ini kosong. Pilih lagi gambarnya.", "This file is empty. Choose the picture again.";
        NotAPicture => "File ini bukan gambar. Pakai JPEG, PNG, WebP, atau GIF.", "This file is not a picture. Use JPEG, PNG, WebP or GIF.";
        WebPageNotPicture => "File ini halaman web, bukan gambar. Buka halamannya, klik kanan gambarnya, lalu simpan gambarnya saja.", "This file is a web page, not a picture. Open the page, right-click the picture, and save only the picture.";
        HeicPicture => "Ini foto HEIC dari iPhone atau iPad. Buka fotonya, simpan sebagai JPEG, lalu pilih lagi. Supaya langsung JPEG, atur di iPhone: Pengaturan > Kamera > Format > Paling Kompatibel.", "This is an HEIC photo from an iPhone or iPad. Open it, save it as JPEG, and choose it again. To take JPEG photos from now on, go to Settings > Camera > Formats > Most Compatible on the iPhone.";
        AvifPicture => "Gambar AVIF belum bisa dipakai. Simpan ulang sebagai JPEG, PNG, WebP, atau GIF.", "AVIF pictures can't be used yet. Save it again as JPEG, PNG, WebP or GIF.";
        SvgPicture => "Ini gambar vektor SVG. Ekspor dulu sebagai PNG dengan lebar 1.600 piksel, lalu pilih lagi.", "This is an SVG vector drawing. Export it as a PNG 1,600 pixels wide, and choose it again.";
        OtherPictureFormat { format: String } => "Format {format} tidak bisa dipakai. Simpan ulang sebagai JPEG, PNG, WebP, atau GIF.", "{format} files can't be used. Save it again as JPEG, PNG, WebP or GIF.";
        CutOffPicture => "Gambar ini terpotong, mungkin karena unduhan atau penyalinannya terhenti. Salin lagi dari aslinya.", "This picture is incomplete, probably because a download or copy stopped halfway. Copy it again from the original.";
        BrokenPicture => "Gambar ini rusak. Buka di aplikasi foto, simpan ulang sebagai JPEG, lalu pilih lagi.", "This picture is damaged. Open it in a photo app, save it as JPEG, and choose it again.";
        FileIsGone => "File ini tidak bisa dibuka. Mungkin sudah dipindah atau dihapus. Seret lagi ke sini.", "This file can't be opened. It may have been moved or deleted. Drag it here again.";
        PictureTooHeavy { most_megabytes: usize } => "File gambar ini terlalu besar, maksimal {most_megabytes} MB. Perkecil dulu gambarnya.", "This picture file is too big: {most_megabytes} MB at most. Make the picture smaller first.";
        PictureTooLarge { megapixels: u64, most_megapixels: u64 } => "Gambar ini {megapixels} megapiksel, padahal maksimal {most_megapixels}. Perkecil dulu gambarnya, misalnya jadi lebar 1.600 piksel.", "This picture has {megapixels} megapixels; the most is {most_megapixels}. Make it smaller first, for example 1,600 pixels wide.";

        // Files.
        FileTooLarge { most_megabytes: usize } => "File ini terlalu besar, maksimal {most_megabytes} MB. Bagi menjadi beberapa file.", "This file is too large: at most {most_megabytes} MB. Split it into several files.";
        FileIsEmpty => "File ini kosong.", "This file is empty.";
        FileHasNoRows => "File ini tidak punya baris di bawah judul kolom.", "This file has no rows below its column names.";
        FileIsASpreadsheet => "File ini masih berupa spreadsheet. Simpan dulu sebagai CSV UTF-8, lalu pilih file CSV itu.", "This is a spreadsheet file. Save it as CSV UTF-8 first, then choose that file.";
        FileIsNoText => "File ini bukan file CSV.", "This isn't a CSV file.";
        FileIsDamaged { line: usize } => "Ada karakter rusak di baris {line}. Ekspor lagi filenya, atau simpan sebagai CSV UTF-8.", "Line {line} has a damaged character. Export the file again, or save it as CSV UTF-8.";
        QuoteNotClosed { line: usize } => "Tanda kutip yang dibuka di baris {line} tidak ditutup.", "The quotation mark opened in line {line} is never closed.";
        TooManyRows { most: usize } => "File ini punya lebih dari {most} baris. Bagi menjadi beberapa file.", "This file has more than {most} rows. Split it into several files.";
        TooManyColumns { most: usize } => "File ini punya lebih dari {most} kolom.", "This file has more than {most} columns.";
        ColumnTwice { column: String } => "Kolom “{column}” ada dua. Hapus atau ganti nama salah satunya.", "The column “{column}” appears twice. Remove or rename one of them.";
        ColumnMissing { column: String } => "Kolom “{column}” tidak ada.", "The column “{column}” is missing.";
        NotAProductFile => "File ini bukan file produk yang dikenali: tidak ada kolom nama, SKU, atau alamat produk.", "This isn't a product file we know: it has no column for the name, SKU or handle.";
        BeyondTheColumns => "Baris ini punya sel di luar judul kolom. Periksa tanda kutip dan pemisahnya.", "This row has cells beyond the last column. Check its quotation marks and separators.";
        AmbiguousNumber => "Angka ini bisa dibaca dengan dua cara. Tulis tanpa pemisah ribuan, misalnya 1290.00.", "This number can be read in two ways. Write it without a thousands separator, such as 1290.00.";
        TooManyDecimals { most: usize } => "Harga ini punya lebih dari {most} angka di belakang koma.", "This price has more than {most} decimal places.";
        NumberWasShortened => "Angka ini terpotong oleh spreadsheet. Ubah format kolomnya menjadi teks, lalu isi lagi angka lengkapnya.", "A spreadsheet has cut this number short. Format its column as text and enter the full number again.";
        NotAWeightInAFile => "Berat ini tidak valid.", "Enter a valid weight.";
        NotATimeInAFile => "Tulis waktu seperti 2026-11-11 atau 2026-11-11 08:30.", "Enter a time such as 2026-11-11 or 2026-11-11 08:30.";
        NotAStatus => "Status harus active, draft, atau archived.", "The status must be active, draft or archived.";
        NotACentre => "Tulis titik tengah seperti x500 y250, masing-masing 0 sampai 1000.", "Enter the centre as in x500 y250, each from 0 to 1000.";
        SaysOtherwise { line: u32 } => "Isinya berbeda dari baris {line}, padahal produknya sama.", "This differs from line {line}, which is the same product.";
        VariantHasOtherOptions { sku: String } => "Varian {sku} sudah ada dengan pilihan lain dan tidak ada di file ini. Tambahkan barisnya, atau ubah pilihannya di toko.", "The variant {sku} exists with other options and isn't in this file. Add its row, or change its options in the shop.";
        SkuInOtherProduct { name: String } => "SKU ini sudah dipakai produk “{name}”.", "This SKU already belongs to the product “{name}”.";
        SkuTwiceInFile { line: u32 } => "SKU ini sudah ada di baris {line}.", "This SKU is already in line {line}.";
        ProductTwiceInFile { line: u32 } => "Produk ini sudah ada di baris {line}.", "This product is already in line {line}.";
        NoSuchParent => "Produk induknya tidak ada di file ini.", "Its parent product isn't in this file.";
        NoVariations => "Produk ini tidak punya variasi di file ini.", "This product has no variations in this file.";
        NotAProductType => "Jenis produk ini tidak dikenali.", "This type of product isn't known.";
        GroupsAreNoProducts => "Kelompok produk belum bisa dijual di sini. Jual produknya satu per satu.", "Grouped products can't be sold here. Sell the products one by one.";
        SoldElsewhere => "Produk ini dijual di situs lain.", "This product is sold on another site.";
        NoSuchTaxClass => "Golongan pajak ini tidak ada di pengaturan.", "The settings have no such tax class.";
        NoSuchOther => "Produk terkait ini tidak ada.", "This related product doesn't exist.";

        // What a file has and the shop does not take.
        NoPlaceForIt => "Belum ada tempat untuk ini di Etalase.", "Etalase has no place for this yet.";
        MarkupLeftOut { what: String } => "Tidak bisa menjadi bagian deskripsi: {what}", "This can't be part of a description: {what}";
        OnlyOneCategory => "Satu produk hanya bisa punya satu kategori.", "A product can have one category only.";
        DraftAsNoParcel => "Disimpan sebagai draf: barang ini tidak dikirim dengan paket.", "Kept as a draft: this isn't something to ship.";
        DraftAsHidden => "Disimpan sebagai draf: di toko lama produk ini disembunyikan.", "Kept as a draft: the old shop hides this product.";
        AttributeIsNoChoice => "Atribut ini tidak bisa dipilih pembeli. Tulis di deskripsi kalau perlu.", "Buyers don't choose this attribute. Put it in the description if it matters.";
        VariationIsOff => "Variasi ini dimatikan di toko lama.", "The old shop has this variation switched off.";
        SharedStock => "Stoknya dipakai bersama beberapa varian. Isi stok tiap varian di toko.", "Several variants share this stock. Set the stock of each in the shop.";
        UnknownStock => "Jumlah stoknya tidak ada di file. Isi stoknya di toko.", "The file doesn't say how many there are. Set the stock in the shop.";
        LessThanNone => "Stok minus dihitung 0.", "A stock below 0 counts as 0.";
        FileNotOpened => "File ini tidak bisa dibuka. Mungkin sudah dipindah, dihapus, atau tidak boleh dibaca.", "This file can't be opened. It may have been moved, deleted, or kept from being read.";
        FileNotWritten => "File tidak bisa ditulis di sana. Pilih folder lain.", "The file can't be written there. Choose another folder.";
        ImportRuns => "Impor lain sedang berjalan. Tunggu sampai selesai atau hentikan dulu.", "Another import is running. Wait until it is done, or stop it first.";
        ImportPutAway => "Impor ini sudah berganti atau ditutup. Lihat lagi sebelum melanjutkan.", "This import has changed or been closed. Look at it again before you go on.";
        PicturesUnreadable => "Gambar harus berada di sebuah folder atau file ZIP.", "The pictures must be in a folder or a ZIP file.";
        TooManyFiles { most: usize } => "Terlalu banyak file, maksimal {most}.", "Too many files: at most {most}.";
        PictureNameTwice => "Beberapa file punya nama ini. Tulis dengan foldernya.", "Several files have this name. Write it with its folder.";
        PictureNotThere => "Tidak ada file dengan nama ini.", "There is no file of this name.";
        PictureIsPrivate => "Alamat gambar ini ada di jaringan pribadi, jadi tidak diambil. Simpan gambarnya di folder.", "This picture's address is on a private network, so it isn't fetched. Put the picture in a folder.";
        PictureServerRefuses { host: String, status: u16 } => "{host} menolak memberi gambar ini (jawaban {status}).", "{host} doesn't give this picture (answer {status}).";
        PictureServerSilent { host: String } => "{host} tidak menjawab. Coba lagi nanti, atau simpan gambarnya di folder.", "{host} doesn't answer. Try again later, or put the picture in a folder.";

        // Things that are not there.
        NoSuchPage => "Halaman ini tidak ada.", "This page does not exist.";
        NoSuchProduct => "Produk ini tidak ada.", "This product does not exist.";
        NoSuchVariant => "Varian ini tidak ada.", "This variant does not exist.";
        NoSuchCategory => "Kategori ini tidak ada.", "This category does not exist.";
        NoSuchChange => "Perubahan ini tidak ada lagi.", "This change is no longer there.";
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
        TooManyProducts { most: usize } => "Paling banyak {most} produk sekaligus. Pilih lebih sedikit.", "At most {most} products at a time. Please choose fewer.";
        NothingToChange => "Isi dulu apa yang mau diubah.", "Say what to change first.";
        PriceGoesToNothing => "Harganya menjadi 0 atau kurang.", "The price would become 0 or less.";
        PriceTooHigh => "Harganya menjadi terlalu besar.", "The price would become too high.";
        FormerIsNotAbove => "Harga coretnya tidak akan lebih tinggi dari harganya lagi.", "The former price would no longer be above the price.";
        SaleIsNotBelow => "Harga promonya tidak akan lebih rendah dari harga biasa lagi.", "The sale price would no longer be below the regular price.";
        LimitsCross { fewest: u32, most: u32 } => "Minimal {fewest} lebih besar dari maksimal {most}.", "The minimum of {fewest} is above the maximum of {most}.";
        ChangedSincePreview => "Diubah orang lain setelah pratinjau, jadi tidak ikut diubah.", "Someone changed it after the preview, so it was left out.";
        ChangedSince => "Sudah diubah lagi setelah itu.", "It was changed again since.";
        ChangedSinceBy { name: String } => "Sudah diubah lagi oleh {name}.", "{name} changed it since.";
        ProductWasDeleted => "Produknya sudah dihapus.", "The product has been deleted.";
        VariantIsGone => "Variannya sudah tidak ada.", "The variant is gone.";
        CategoryIsGone => "Kategorinya sudah dihapus.", "The category has been deleted.";
        TaxClassIsGone => "Golongan pajaknya sudah dihapus.", "The tax class has been deleted.";
        PictureIsGone => "Gambarnya sudah tidak ada.", "The picture is gone.";
        AddressTakenSince => "Alamatnya sudah dipakai yang lain.", "Something else has this address now.";
        SkuTakenSince { sku: String } => "SKU {sku} sudah dipakai produk lain.", "Another product has the SKU {sku} now.";
        SoldSince => "Sudah dibeli atau ada di keranjang pembeli.", "Someone has bought it or put it in a cart.";
        UnitsLeftSince => "Sebagian barangnya sudah tidak di rak.", "Some of its units are no longer on the shelf.";
        UndoTooLate { days: i64 } => "Perubahan hanya bisa diurungkan selama {days} hari.", "A change can be undone for {days} days only.";
        UndoneMeanwhile => "Perubahan ini sudah diurungkan.", "This change has been undone.";
        TaxClassIsUsed { name: String, products: u64 } => "Golongan “{name}” dipakai {products} produk. Pindahkan dulu produknya ke golongan lain.", "{products} products are in the class “{name}”. Move them to another class first.", one products: "{products} product is in the class “{name}”. Move it to another class first.";
        PickupOff => "Toko ini tidak melayani ambil sendiri.", "This shop does not offer pickup.";
        NoSuchProof => "Bukti transfer ini tidak ada.", "This proof of transfer does not exist.";
        ProofIsDecided => "Bukti transfer ini sudah diperiksa.", "This proof of transfer has already been checked.";
        ProofFileGone => "File bukti ini sudah dihapus.", "The file of this proof has been deleted.";
        ProofMissing => "Pilih dulu foto atau PDF bukti transfernya.", "Choose the photo or PDF of your transfer first.";
        NotAProof => "Kirim bukti transfer sebagai foto (JPEG, PNG, atau WebP) atau PDF.", "Send the proof as a photo (JPEG, PNG or WebP) or a PDF.";
        ProofTooLarge { most_megabytes: usize } => "File ini terlalu besar, maksimal {most_megabytes} MB. Tangkapan layar biasanya jauh lebih kecil.", "This file is too big: {most_megabytes} MB at most. A screenshot is usually much smaller.";
        TooManyProofs { most: u64 } => "Maksimal {most} bukti per pesanan. Hubungi toko kalau masih ada kendala.", "At most {most} proofs per order. Please contact the shop if something is still wrong.";
        NoProofWanted => "Pesanan ini tidak menunggu bukti transfer.", "This order isn't waiting for a proof of transfer.";
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
