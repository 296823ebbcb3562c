//! What the screens of memberships say.

use domain::texts;

texts! {
    /// Members, what they bought, and the plans.
    pub(crate) enum MemberText {
        Title => "Keanggotaan", "Memberships";
        Parts => "Bagian keanggotaan", "Parts of memberships";
        Members => "Anggota", "Members";
        Purchases => "Pembelian", "Purchases";
        Plans => "Paket", "Plans";
        Review => "Perlu diperiksa", "To check";
        SearchMembers => "Cari nama atau email", "Search name or email";
        SearchPurchases => "Cari nomor, nama, atau email", "Search number, name or email";

        MembersCaption => "Anggota, yang berakhir paling dulu di atas", "Members, those that end first on top";
        Name => "Nama", "Name";
        Email => "Email", "Email";
        Plan => "Paket", "Plan";
        Benefit => "Keuntungan", "Benefits";
        Since => "Sejak", "Since";
        Until => "Sampai", "Until";
        State => "Status", "State";
        Stops => "Berhenti setelah masa aktif", "Won't renew";
        Over => "Masanya habis", "Ran out";
        NoMembers => "Belum ada anggota", "No members yet";
        NoMembersHint => "Siapa pun yang membeli paket di toko muncul di sini.", "Whoever buys a plan in the shop appears here.";
        NoneFound { search: String } => "Tidak ada hasil untuk “{search}”", "Nothing for “{search}”";
        NoneFoundHint => "Coba kata yang lain.", "Try other words.";
        History { name: String } => "Pembelian {name}", "Purchases of {name}";
        End => "Akhiri sekarang…", "End now…";
        EndAsk { name: String } => "Akhiri keanggotaan {name}?", "End {name}'s membership?";
        EndExplain { until: String } => "Keuntungannya hilang saat ini juga, bukan pada {until}, dan anggotanya diberi tahu. Ini tidak bisa diurungkan.", "The benefits end now instead of on {until}, and the member is told. This can't be undone.";
        EndReason => "Alasan", "Reason";
        EndReasonHint => "Masuk riwayat; kalau uang dikembalikan, pembeli membacanya.", "Kept in the history; with a refund, the buyer reads it too.";
        EndRefund => "Uang yang dikembalikan (opsional)", "Refund (optional)";
        EndRefundHint { left: String } => "Maksimal {left}. Kosongkan bila tidak ada.", "At most {left}. Leave empty for none.";
        EndConfirm => "Akhiri keanggotaan", "End the membership";
        Ended { name: String } => "Keanggotaan {name} diakhiri", "{name}'s membership was ended";

        PurchasesCaption => "Pembelian keanggotaan, terbaru dulu", "Membership purchases, newest first";
        Number => "Nomor", "Number";
        What => "Untuk", "For";
        At => "Waktu", "Time";
        Due => "Harga", "Price";
        Paid => "Masuk", "Received";
        GoesBack => "Kembali", "Refunded";
        NeedsReview => "Perlu diperiksa", "To check";
        NoPurchases => "Belum ada pembelian", "No purchases yet";
        NoPurchasesHint => "Setiap pembelian paket tercatat di sini, juga yang tidak dibayar.", "Every purchase of a plan stands here, paid or not.";
        NothingToReview => "Tidak ada yang perlu diperiksa", "Nothing needs a look";
        NothingToReviewHint => "Uang yang jumlahnya lain atau pengembalian yang ditolak muncul di sini.", "Money of another amount and refused refunds appear here.";

        PlansCaption => "Paket keanggotaan, termurah dulu", "Membership plans, the cheapest first";
        AddPlan => "Tambah paket", "Add a plan";
        EditPlan { name: String } => "Ubah {name}", "Change {name}";
        PlanExplain => "Yang sudah membeli tetap mendapat apa yang mereka beli.", "Who has bought it keeps what they bought.";
        Price => "Harga", "Price";
        Period => "Masa", "Period";
        MemberCount => "Anggota", "Members";
        OnSale => "Dijual", "For sale";
        OffSale => "Dimatikan", "Switched off";
        SwitchOn => "Jual", "Sell it";
        SwitchOff => "Matikan", "Switch off";
        NoPlans => "Belum ada paket", "No plans yet";
        NoPlansHint => "Buat paket pertama; pelanggan membelinya di toko.", "Make the first plan; customers buy it in the shop.";
        NameId => "Nama (Indonesia)", "Name (Indonesian)";
        NameEn => "Nama (Inggris)", "Name (English)";
        DescriptionId => "Keterangan (Indonesia)", "Description (Indonesian)";
        DescriptionEn => "Keterangan (Inggris)", "Description (English)";
        PercentOff => "Diskon (persen)", "Discount (percent)";
        FreeDelivery => "Gratis ongkir", "Free delivery";
        Saved { name: String } => "{name} disimpan", "{name} saved";
        Delete => "Hapus", "Delete";
        DeletePlan { name: String } => "Hapus {name}?", "Delete {name}?";
        DeleteExplain => "Hanya paket yang belum pernah dibeli yang bisa dihapus.", "Only a plan that nobody ever bought can be deleted.";
        Deleted { name: String } => "{name} dihapus", "{name} deleted";
    }
}
