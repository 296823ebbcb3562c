//! What the landing page, the catalogue, the product pages and the page about the shop say.

use domain::texts;

texts! {
    /// Looking around.
    pub(crate) enum Browse {
        SeeCollection => "Lihat koleksi", "Shop the collection";
        SeeAll => "Lihat semua", "See all";
        Favourites => "Paling disukai", "Most loved";
        Newest => "Baru datang", "Just in";
        ByCategory => "Belanja per kategori", "Shop by category";
        ProductCount { count: u32 } => "{count} produk", "{count} products", one count: "{count} product";
        OneProduct => "1 produk", "1 product";
        DefaultTagline => "Dipilih dengan cermat, dikirim dari Indonesia.", "Chosen with care, shipped from Indonesia.";
        PromiseDelivery => "Kirim ke seluruh Indonesia", "Delivery across Indonesia";
        DeliveryFrom { price: String } => "Ongkir mulai {price}.", "Delivery from {price}.";
        DeliveryFreeFrom { price: String, free: String } => "Ongkir mulai {price}, gratis untuk belanja mulai {free}.", "Delivery from {price}, free on orders of {free} or more.";
        DeliveryFree => "Tanpa ongkos kirim.", "No delivery charge.";
        PromisePayment => "Pembayaran aman", "Secure payment";
        PromisePaymentOnline => "Bayar di halaman penyedia pembayaran; kami tidak pernah melihat data kartu Anda.", "You pay on the payment provider's page; we never see your card details.";
        PromisePaymentCash => "Bayar tunai kepada kurir saat paket tiba.", "Pay the courier in cash when the parcel arrives.";
        PromiseHold => "Barang aman selama Anda checkout", "Yours while you check out";
        PromiseHoldHint { minutes: u32 } => "Barang di checkout kami simpan {minutes} menit khusus untuk Anda.", "We hold your items for {minutes} minutes at checkout.";
        OurStory => "Cerita kami", "Our story";
        ReadMore => "Baca selengkapnya", "Read more";
        ShopEmptyTitle => "Belum ada produk", "No products yet";
        ShopEmptyHint => "Produk sedang disiapkan. Mampir lagi sebentar lagi.", "We're still stocking up. Please come back soon.";

        SearchResults { search: String } => "Hasil untuk “{search}”", "Results for “{search}”";
        ClearSearch => "Hapus pencarian", "Clear search";
        AllOf { category: String } => "Semua {category}", "All {category}";
        Filter => "Pilih kategori", "Choose a category";
        Sort => "Urutkan", "Sort by";
        SortPopularity => "Terpopuler", "Most popular";
        SortNewest => "Terbaru", "Newest";
        SortPriceAscending => "Harga terendah", "Price, low to high";
        SortPriceDescending => "Harga tertinggi", "Price, high to low";
        Apply => "Terapkan", "Apply";
        NothingFoundTitle => "Produk tidak ditemukan", "No products found";
        NothingFoundHint => "Coba kata kunci lain atau lihat semua produk.", "Try another word, or browse everything.";
        BeyondTitle { page: u32 } => "Halaman {page} tidak ada", "There is no page {page}";
        BeyondHint { last: u32 } => "Daftar ini berakhir di halaman {last}.", "This list ends at page {last}.";
        ToLastPage => "Ke halaman terakhir", "Go to the last page";
        Pages => "Halaman", "Pages";
        Previous => "Sebelumnya", "Previous";
        Next => "Berikutnya", "Next";
        PageNumbered { page: u32 } => "Halaman {page}", "Page {page}";
        From => "mulai", "from";
        SoldOut => "Habis", "Sold out";
        Was => "Harga semula", "Was";
        Now => "Harga sekarang", "Now";

        Breadcrumb => "Lokasi", "Breadcrumb";
        Gallery => "Gambar produk", "Product pictures";
        Pictures => "Pilih gambar", "Choose a picture";
        PictureOf { at: usize, of: usize } => "Gambar {at} dari {of}", "Picture {at} of {of}";
        Enlarge => "lihat lebih besar", "see it larger";
        FullSize => "Gambar ukuran penuh", "Full-size picture";
        ZoomIn => "Perbesar", "Zoom in";
        ZoomOut => "Perkecil", "Zoom out";
        PreviousPicture => "Gambar sebelumnya", "Previous picture";
        NextPicture => "Gambar berikutnya", "Next picture";
        SaleUntil { end: String } => "Harga promo sampai {end}", "Sale price until {end}";
        Quantity => "Jumlah", "Quantity";
        Fewer => "Kurangi jumlah", "Decrease quantity";
        More => "Tambah jumlah", "Increase quantity";
        AddToCart => "Tambah ke keranjang", "Add to cart";
        ChooseOption { option: String } => "Pilih {option} dulu.", "Choose a {option} first.";
        NoSuchCombination => "Kombinasi ini tidak tersedia. Pilih yang lain.", "This combination isn't available. Please choose another.";
        CombinationSoldOut => "Kombinasi ini habis. Pilih yang lain.", "This combination is sold out. Please choose another.";
        ValueSoldOut => "habis", "sold out";
        InStock => "Tersedia", "In stock";
        OnlyLeft { count: u32 } => "Tinggal {count}", "Only {count} left";
        TooFewLeft { count: u32, fewest: u32 } => "Tinggal {count}, sedangkan minimal {fewest} per pesanan", "Only {count} left, and the minimum is {fewest} per order";
        AtLeast { fewest: u32 } => "Minimal {fewest} per pesanan", "Minimum {fewest} per order";
        Description => "Deskripsi produk", "Product details";
        Delivery => "Pengiriman", "Delivery";
        Reviews => "Ulasan", "Reviews";
        ReviewCount { count: u32 } => "{count} ulasan", "{count} reviews", one count: "{count} review";
        OneReview => "1 ulasan", "1 review";
        StarsOutOfFive { stars: String } => "{stars} dari 5 bintang", "{stars} out of 5 stars";
        NoReviews => "Belum ada ulasan.", "No reviews yet.";
        Related => "Mungkin Anda juga suka", "You may also like";
        Added => "Ditambahkan ke keranjang", "Added to your cart";
        ViewCart => "Lihat keranjang", "View cart";
        KeepShopping => "Lanjut belanja", "Keep shopping";

        AboutTitle { shop: String } => "Tentang {shop}", "About {shop}";
        AboutEmpty => "Cerita toko ini belum ditulis.", "This shop hasn't written its story yet.";
        VisitUs => "Alamat", "Address";
        Email => "Email", "Email";
        Phone => "Telepon", "Phone";
        AskByWhatsApp => "Tanya lewat WhatsApp", "Ask about it on WhatsApp";
        WhatsAppWords { shop: String, product: String, address: String } => "Halo {shop}, saya mau bertanya tentang {product}: {address}", "Hello {shop}, I have a question about {product}: {address}";
    }
}
