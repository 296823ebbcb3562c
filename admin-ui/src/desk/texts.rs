//! What several screens say alike: who did something, and what is wrong with money that waits for a person.

use domain::texts;

texts! {
    /// The words of decisions about money.
    pub(crate) enum CheckText {
        Title => "Uang yang perlu diputuskan", "Money to decide about";
        Came { came: String, asked: String } => "Masuk {came}, padahal yang ditagih {asked}.", "{came} came, but {asked} was asked for.";
        CameOtherwise { asked: String } => "Jumlah yang masuk berbeda dari {asked} yang ditagih.", "What came is not the {asked} that was asked for.";
        Refused { amount: String } => "Layanan pembayaran menolak mengembalikan {amount}.", "The payment service refuses to give {amount} back.";

        Count => "Hitung sebagai lunas", "Count it as paid";
        CountTitle { came: String } => "Hitung {came} sebagai lunas?", "Count {came} as paid?";
        CountText { came: String } => "Pembelian ini dianggap lunas dengan {came}, dan langsung berjalan.", "It counts as paid with {came}, and goes on at once.";
        CountMoreText { excess: String } => "Pembelian ini dianggap lunas. Kelebihan {excess} dikembalikan ke pembeli.", "It counts as paid. The {excess} that is too much goes back to the buyer.";
        Counted => "Pembayaran dihitung", "The payment counts";
        Dismiss => "Jangan dihitung", "Do not count it";
        DismissTitle => "Jangan hitung pembayaran ini?", "Not count this payment?";
        DismissText => "Pembayaran ini dianggap gagal. Kembalikan uangnya sendiri bila memang masuk.", "It is treated as failed. If the money did come, give it back yourself.";
        Dismissed => "Pembayaran tidak dihitung", "The payment does not count";

        ByHand => "Sudah dibayar sendiri", "Paid by hand";
        ByHandTitle { amount: String } => "{amount} sudah dibayar sendiri?", "{amount} paid by hand?";
        ByHandText => "Dicatat bahwa pembeli sudah menerima uangnya dengan cara lain, misalnya lewat bank.", "It is noted that the buyer has the money by another way, such as a bank transfer.";
        PaidByHand => "Pengembalian dicatat", "The refund is noted";
        Again => "Minta lagi", "Ask again";
        AgainTitle { amount: String } => "Minta {amount} dikembalikan lagi?", "Ask for {amount} again?";
        AgainText => "Layanan pembayaran diminta lagi mengembalikan uangnya.", "The payment service is asked once more to give it back.";
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
