//! Mail: what the shop writes to its buyers and members, the letters as staff see them, and the account that sends them.

use crate::locale::Locale;
use crate::text_enum::text_enum;

mod account;
mod desk;

pub use crate::id::LetterId;
pub use account::{MailAccount, MailSecurity};
pub use desk::{
    GetLetter, GetMailState, LetterDetail, LetterPage, LetterRow, LetterState, ListLetters, MailState, MailTrouble,
    SendLetterAgain, SendTestLetter, SetMailPassword, TestLetter, Trouble,
};

text_enum! {
    /// A letter to a buyer or a member.
    pub enum MailKind {
        /// The money is here and the order goes on.
        PaymentArrived = "payment_arrived",
        /// Nobody paid in time.
        OrderExpired = "order_expired",
        OrderCancelled = "order_cancelled",
        /// A parcel is with the courier.
        OrderShipped = "order_shipped",
        /// What had not left is called off; the rest of the order goes on.
        RestCalledOff = "rest_called_off",
        OrderReturned = "order_returned",
        /// Money goes back, and why.
        RefundRequested = "refund_requested",
        /// Money went back.
        RefundSucceeded = "refund_succeeded",
        /// Staff could not accept the proof of a transfer, and why.
        ProofRefused = "proof_refused",
        /// A membership begins, goes on, or has a better plan.
        MembershipPaid = "membership_paid",
        /// A membership ends in a few days.
        MembershipEndsSoon = "membership_ends_soon",
        MembershipEnded = "membership_ended",
        /// The shop before this one kept the password readable: it should be changed.
        PasswordWasReadable = "password_was_readable",
    }
}

impl MailKind {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::PaymentArrived => ("Pembayaran diterima", "Payment received"),
            Self::OrderExpired => ("Pesanan batal, tidak dibayar", "Order ended unpaid"),
            Self::OrderCancelled => ("Pesanan dibatalkan", "Order cancelled"),
            // One letter for both: an order that is fetched leaves the shop in its buyer's hands.
            Self::OrderShipped => ("Pesanan dikirim atau siap diambil", "Order shipped or ready for pickup"),
            Self::RestCalledOff => ("Sisa pesanan dibatalkan", "Rest of the order called off"),
            Self::OrderReturned => ("Pesanan dikembalikan", "Order returned"),
            Self::RefundRequested => ("Uang akan dikembalikan", "Refund on its way"),
            Self::RefundSucceeded => ("Uang sudah dikembalikan", "Refund paid"),
            Self::ProofRefused => ("Bukti transfer ditolak", "Proof of transfer refused"),
            Self::MembershipPaid => ("Keanggotaan dibayar", "Membership paid"),
            Self::MembershipEndsSoon => ("Keanggotaan segera berakhir", "Membership ends soon"),
            Self::MembershipEnded => ("Keanggotaan berakhir", "Membership ended"),
            Self::PasswordWasReadable => ("Ganti kata sandi dari toko lama", "Change the password from the old shop"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}
