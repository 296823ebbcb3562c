//! What several screens say alike: who did something, and what is wrong with money that waits for a person.

use domain::texts;

texts! {
    /// The words of decisions about money.
    pub(crate) enum CheckText {
        Title => "Uang yang perlu diputuskan", "Payments to decide on";
        Came { came: String, asked: String } => "Masuk {came}, padahal yang ditagih {asked}.", "Received {came}, but {asked} was due.";
        CameOtherwise { asked: String } => "Jumlah yang masuk berbeda dari {asked} yang ditagih.", "The amount received isn't the {asked} that was due.";
        Refused { amount: String } => "Layanan pembayaran menolak mengembalikan {amount}.", "The payment service refused to refund {amount}.";

        Count => "Hitung sebagai lunas", "Count it as paid";
        CountTitle { came: String } => "Hitung {came} sebagai lunas?", "Count {came} as paid?";
        CountText { came: String } => "Pembelian ini dianggap lunas dengan {came}, dan langsung berjalan.", "It counts as paid with {came} and continues right away.";
        CountMoreText { excess: String } => "Pembelian ini dianggap lunas. Kelebihan {excess} dikembalikan ke pembeli.", "It counts as paid. The extra {excess} is refunded to the buyer.";
        Counted => "Pembayaran dihitung", "The payment counts";
        Dismiss => "Jangan dihitung", "Don't count it";
        DismissTitle => "Jangan hitung pembayaran ini?", "Don't count this payment?";
        DismissText => "Pembayaran ini dianggap gagal. Kembalikan uangnya sendiri bila memang masuk.", "It's treated as failed. If the money did arrive, refund it yourself.";
        Dismissed => "Pembayaran tidak dihitung", "The payment does not count";

        ByHand => "Sudah dibayar sendiri", "Paid by hand";
        ByHandTitle { amount: String } => "{amount} sudah dibayar sendiri?", "{amount} paid by hand?";
        ByHandText => "Dicatat bahwa pembeli sudah menerima uangnya dengan cara lain, misalnya lewat bank.", "Records that the buyer got the money another way, such as a bank transfer.";
        PaidByHand => "Pengembalian dicatat", "The refund is noted";
        Again => "Minta lagi", "Ask again";
        AgainTitle { amount: String } => "Minta {amount} dikembalikan lagi?", "Ask for {amount} again?";
        AgainText => "Layanan pembayaran diminta lagi mengembalikan uangnya.", "The payment service is asked again to refund it.";
        AskedAgain => "Pengembalian diminta lagi", "The refund is asked for again";

        Reason => "Alasan", "Why";
        PaymentHint => "Misalnya: selisih biaya transfer, sudah dicek di rekening.", "For example: a bank fee, seen on the account.";
        RefundHint => "Misalnya: transfer BCA ke pembeli tanggal 12 Mei.", "For example: bank transfer to the buyer on 12 May.";
    }
}

texts! {
    /// Who did something.
    pub(crate) enum ActorText {
        Shopper => "Pembeli", "Shopper";
        Gateway => "Layanan pembayaran", "Payment service";
        Job => "Otomatis", "Automatic";
        Import => "Data awal", "Imported";
    }
}
