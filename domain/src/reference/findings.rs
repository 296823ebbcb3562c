//! What is told of the former shop's data, in both languages.

use crate::message::Words;
use crate::texts;

texts! {
    /// What was found in the former shop's data, and what was made of it.
    pub enum Finding {
        // Of any kind.
        Says { why: Words } => "{why}", "{why:#}";
        NotThere { what: Words, number: String } => "Mengacu ke {what} nomor {number}, padahal tidak ada.", "It refers to {what:#} number {number}, which does not exist.";
        Rounded { was: String, kept: String } => "{was} dibulatkan menjadi {kept}.", "{was} is rounded to {kept}.";
        Shortened { most: usize } => "Teksnya terlalu panjang; yang disimpan {most} karakter pertama.", "The text is too long; the first {most} characters are kept.";
        NoNumber => "Tidak punya nomor, jadi tidak bisa dikenali.", "It has no number, so it cannot be told from others.";

        // The shop itself.
        NoPlace { value: String } => "Belum ada tempatnya di sini. Isinya: {value}", "There is no place for it here yet. It says: {value}";
        Usernames => "Nama pengguna tidak dipakai lagi: semua orang masuk dengan email.", "Usernames are no longer used: everybody signs in with their e-mail address.";
        Views => "Jumlah dilihat tidak dibawa. Di sini urutan terpopuler dihitung dari penjualan.", "View counts are not kept. Here popularity is counted from sales.";

        // Goods.
        NoName { name: String } => "Tidak punya nama, jadi diberi nama “{name}”.", "It has no name and is called “{name}”.";
        SkuMade { sku: String } => "Varian tanpa SKU diberi SKU {sku}.", "A variant without a SKU is given the SKU {sku}.";
        SkuChanged { was: String, sku: String } => "SKU {was} ditulis {sku}, karena tanda lain tidak bisa dipakai atau sudah ada.", "The SKU {was} is written {sku}, because of signs that cannot be used or because it is taken.";
        StockBelowZero { sku: String, was: String } => "Stok {sku} tercatat {was}; dimulai dari 0.", "The stock of {sku} was {was}; it starts at 0.";
        StockOtherwise { said: String, sum: String } => "Stok produk tercatat {said}, jumlah variannya {sum}; yang dipakai stok varian.", "The product's stock was {said}, but its variants have {sum}; the variants count.";
        DiscountNotLower { sku: String, discount: String, price: String } => "Harga diskon {sku} sebesar {discount} tidak lebih rendah dari {price}, jadi diabaikan.", "The sale price of {sku}, {discount}, is not below {price} and is ignored.";
        NoVariants => "Seharusnya bervarian, tetapi tidak punya satu pun; disimpan sebagai draf tanpa pilihan.", "It should have variants and has none; it is kept as a draft without options.";
        VariantsUnmarked => "Tercatat tanpa varian, padahal punya; variannya dipakai.", "It was marked as having no variants, but it has some; they are used.";
        SameChoice { choice: String } => "Ada dua varian {choice}; stoknya digabung.", "There are two variants {choice}; their stock is put together.";
        NoPrice => "Harganya tidak bisa dipakai; disimpan sebagai draf seharga 0.", "Its price cannot be used; it is kept as a draft at 0.";
        TakenForOwn { sku: String } => "Produk dengan SKU {sku} sudah ada di toko ini dan dianggap sama; isinya tidak diubah.", "This shop already has a product with the SKU {sku}, which is taken for the same and stays as it is.";
        StandIn { name: String } => "“{name}” sudah dihapus di toko lama; barang arsip menggantikannya agar pesanan tetap utuh.", "“{name}” was deleted in the former shop; an archived product stands in for it, so that orders stay whole.";
        CategoryGone { number: String } => "Kategori nomor {number} tidak ada; produk ini tanpa kategori.", "Category number {number} does not exist; the product has no category.";
        PictureMissing { file: String } => "Berkas {file} tidak ada di folder gambar.", "The file {file} is not in the folder of pictures.";
        PictureRefused { file: String, why: Words } => "{file}: {why}", "{file}: {why:#}";
        NoPictureFolder { count: usize } => "{count} gambar belum dibawa karena folder gambar tidak disebut. Jalankan lagi dengan --pictures.", "{count} pictures were not brought because no folder of pictures was named. Run it again with --pictures.", one count: "1 picture was not brought because no folder of pictures was named. Run it again with --pictures.";

        // People.
        NoEmail { value: String } => "Emailnya (“{value}”) tidak bisa dipakai, jadi akunnya tidak dibuat. Pesanannya tetap dibawa.", "The e-mail address (“{value}”) cannot be used, so there is no account. The orders are brought all the same.";
        SameEmail => "Emailnya sudah punya akun di sini; akun dan kata sandinya tetap, pesanannya digabung.", "The e-mail address already has an account here; it stays with its password, and the orders are added to it.";
        AddressUnfinished { lost: String } => "Alamatnya tidak lengkap, jadi tidak disimpan: {lost}", "The address is incomplete and is not kept: {lost}";
        PhoneUnusable { value: String } => "Nomor telepon “{value}” tidak bisa dipakai.", "The phone number “{value}” cannot be used.";
        PasswordReadable => "Kata sandinya tersimpan terbaca; sekarang sudah di-hash, dan pemiliknya disurati agar menggantinya.", "The password was kept readable; it is hashed now, and its owner is written to about changing it.";
        NoPassword => "Kata sandinya tidak bisa dipakai; orang ini belum bisa masuk.", "The password cannot be used; this person cannot sign in yet.";
        WorksHere => "Emailnya sudah bekerja di toko ini; kata sandi dan perannya tetap.", "The e-mail address already works here; its password and role stay.";

        // Orders.
        LinesOtherwise { lines: String, subtotal: String, sku: String, price: String } => "Barisnya berjumlah {lines}, subtotalnya {subtotal}. Yang ditagih tetap; harga satuan {sku} dicatat {price}.", "Its lines sum to {lines}, its subtotal is {subtotal}. What was charged stands; the unit price of {sku} is noted as {price}.";
        LinesSpread { lines: String, subtotal: String } => "Barisnya berjumlah {lines}, subtotalnya {subtotal}. Yang ditagih tetap; selisihnya dibagi ke semua baris.", "Its lines sum to {lines}, its subtotal is {subtotal}. What was charged stands; the difference is spread over all lines.";
        PartsOtherwise { parts: String, total: String } => "Bagiannya berjumlah {parts}, totalnya {total}. Total yang ditagih tetap; selisihnya dicatat pada ongkir atau potongan.", "Its parts sum to {parts}, its total is {total}. The total that was charged stands; the difference is noted with delivery or discount.";
        DiscountWithoutCode => "Ada potongan tanpa kode voucher; potongannya masuk ke harga barang.", "It has a discount without a voucher code; the discount is within the prices of the goods.";
        NoLines => "Tidak punya barang dan tidak punya total, jadi tidak ada yang bisa dicatat.", "It has neither goods nor a total, so there is nothing to keep.";
        BadLine { quantity: String } => "Baris dengan jumlah {quantity} tidak dibawa; total yang ditagih tetap.", "A line of {quantity} units is left out; the total that was charged stands.";
        BadTotal { total: String } => "Totalnya {total} tidak bisa dipakai.", "Its total of {total} cannot be used.";
        UnknownStatus { status: String } => "Status “{status}” tidak dikenal.", "The status “{status}” is not known.";
        NoDate => "Tidak punya tanggal; dicatat pada tanggal pesanan sebelumnya.", "It has no date; it is noted at the date of the order before it.";
        NoPhone => "Tidak punya nomor telepon yang bisa dipakai; ditulis 0000000000.", "It has no usable phone number; 0000000000 is written.";
        PlaceFilled { what: Words, value: String } => "{what} tidak tercatat; diisi “{value}”.", "{what:#} was missing; “{value}” is filled in.";
        GuestWithoutEmail { email: String } => "Tamu tanpa email; dicatat dengan {email}, yang tidak bisa disurati.", "A guest without an e-mail address; kept as {email}, which cannot be written to.";
        StillToPay { until: String } => "Masih menunggu pembayaran; bisa dibayar di sini sampai {until}.", "It still waits for its payment; it can be paid here until {until}.";
        UnitsGone => "Menunggu pembayaran, tetapi stoknya sudah tidak ada; dicatat batal. Kalau dibayar, dilanjutkan bila stok ada lagi.", "It waited for its payment, but its units are gone; it is noted as ended. If it is paid, it goes on once there is stock.";
        PaidThenCancelled => "Sempat diproses, lalu dibatalkan. Toko lama tidak mencatat pengembalian uang; periksa apakah uangnya sudah kembali.", "It was being processed and then cancelled. The former shop kept no refunds; check whether the money went back.";
        VoucherUnknown { code: String } => "Voucher {code} tidak ada lagi; potongannya tetap tercatat.", "The voucher {code} no longer exists; the discount is kept.";
        IsMembership { status: String } => "Pesanan keanggotaan ({status}); dicatat sebagai pembayaran keanggotaan kalau sudah dibayar, bukan pesanan barang.", "An order of a membership ({status}); it is kept as a membership payment if it was paid, and not as an order of goods.";

        // Vouchers and memberships.
        CodeUnusable { code: String } => "Kode “{code}” tidak bisa dipakai di sini.", "The code “{code}” cannot be used here.";
        UsesOtherwise { said: u32, orders: u32 } => "Tercatat dipakai {said} kali; pesanan yang masih berlaku memakainya {orders} kali, dan itu yang dihitung.", "It was said to be used {said} times; orders that stand use it {orders} times, and that is what counts.";
        LimitRaised { limit: u32 } => "Dipakai lebih sering dari batasnya; batasnya menjadi {limit}.", "It was used more often than it may be; its limit becomes {limit}.";
        PercentTooHigh => "Persentasenya lebih dari 100; disimpan 100 persen dan dimatikan.", "Its percentage is above 100; it is kept at 100 percent and switched off.";
        BecomesPersonal => "Hanya berlaku untuk yang menerimanya; kodenya tidak bisa lagi diketik orang lain.", "It is only for those who were given it; nobody else can type its code any more.";
        UsedNowhere => "Tercatat terpakai, tetapi pesanannya tidak ada; tidak dibawa.", "It was marked as used, but its order does not exist; it is not brought.";
        GivenBack => "Pesanan yang memakainya batal; voucher ini bisa dipakai lagi.", "The order that used it was cancelled; it can be used again.";
        TwoMemberships => "Orang ini punya dua keanggotaan aktif; yang berakhir paling akhir berlanjut, yang ini dicatat berakhir. Pertimbangkan pengembalian uang.", "This person has two active memberships; the one that ends last goes on, this one is noted as ended. Consider a refund.";
        EndedMeanwhile => "Tercatat aktif, padahal masanya sudah lewat; dicatat berakhir.", "It was marked as active, but its time is over; it is noted as ended.";
        TimesReversed => "Akhirnya tidak setelah awalnya; akhirnya dihitung dari paketnya.", "Its end is not after its start; the end is worked out from its plan.";
        NoMembership => "Tidak ada keanggotaan dari pembayaran ini.", "There is no membership that this payment was for.";
        NoMoneyCame => "Pembatalan tanpa uang; tidak ada yang perlu dicatat.", "A cancellation without money; there is nothing to keep.";

        // Reviews and carts.
        Joined { count: usize } => "Orang yang sama mengulas produk ini {count} kali; digabung menjadi satu dengan nilai terbaru.", "The same person reviewed this product {count} times; they are joined into one with the newest rating.";
        RatingMended { was: String, kept: u8 } => "Nilai {was} dicatat {kept}.", "The rating {was} is noted as {kept}.";
        Wordless => "Tidak ada isinya.", "It says nothing.";
        Anonymous => "Penulisnya tidak punya akun.", "Its author has no account.";
    }
}
