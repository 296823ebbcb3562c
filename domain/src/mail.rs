//! Mail: what the shop writes to its buyers and members, the letters as staff see them, and the account that sends them.

use crate::customers::LinkKind;
use crate::locale::Locale;
use crate::text_enum::text_enum;

mod account;
mod desk;
mod placeholders;
mod purpose;
mod told;
mod words;

pub use crate::id::LetterId;
pub use account::{MailAccount, MailSecurity};
pub use desk::{
    GetLetter, GetMailState, LetterDetail, LetterPage, LetterRow, LetterState, ListLetters, MailState, MailTrouble,
    SendLetterAgain, SendTestLetter, SetMailPassword, TestLetter, Trouble,
};
pub use placeholders::Placeholder;
pub use purpose::Audience;
pub use told::{DaySums, LowUnits, Told};
pub use words::{
    DrawLetter, DrawnLetter, GetLetterWords, LetterWords, LetterWordsDetail, LetterWordsRow, ListLetterWords, OwnWords,
    SaveLetterWords, paragraphs,
};

text_enum! {
    /// A letter to a buyer, a member, or whoever works here.
    pub enum MailKind {
        /// An order stands; one that waits for its money also learns until when and where.
        OrderPlaced = "order_placed",
        /// The time to pay runs out soon.
        PaySoon = "pay_soon",
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
        /// Whoever reads it owns the account's address.
        VerifyEmail = "verify_email",
        /// A link to a new password.
        ResetPassword = "reset_password",
        PasswordChanged = "password_changed",
        /// A link that signs in.
        SignInLink = "sign_in_link",
        /// A browser that the account had not seen signed in.
        NewSignIn = "new_sign_in",
        /// The new address of an account has to be confirmed.
        ConfirmNewEmail = "confirm_new_email",
        /// The former address learns that the account has another one.
        EmailChanged = "email_changed",
        /// The way back to a guest's order.
        OrderLink = "order_link",
        VoucherGiven = "voucher_given",
        /// A code by which somebody who works here chooses a new password.
        StaffReset = "staff_reset",
        StaffPasswordChanged = "staff_password_changed",
        /// To the owner: an order can be packed.
        NewOrder = "new_order",
        /// To the owner: money came that a person has to decide about.
        MoneyToDecide = "money_to_decide",
        /// To the owner: variants that are nearly sold out.
        LowStock = "low_stock",
        /// To the owner: a job does not get through.
        JobFailed = "job_failed",
        /// To the owner: yesterday in numbers.
        DailySummary = "daily_summary",
    }
}

impl MailKind {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::OrderPlaced => ("Pesanan masuk", "Order placed"),
            Self::PaySoon => ("Pengingat pembayaran", "Payment reminder"),
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
            Self::VerifyEmail => ("Konfirmasi alamat email", "Confirm the email address"),
            Self::ResetPassword => ("Lupa kata sandi", "Forgotten password"),
            Self::PasswordChanged => ("Kata sandi diganti", "Password changed"),
            Self::SignInLink => ("Tautan masuk", "Sign-in link"),
            Self::NewSignIn => ("Masuk dari perangkat baru", "Sign-in from a new device"),
            Self::ConfirmNewEmail => ("Konfirmasi email baru", "Confirm the new email"),
            Self::EmailChanged => ("Email akun diganti", "Account email changed"),
            Self::OrderLink => ("Tautan pesanan", "Link to the order"),
            Self::VoucherGiven => ("Voucher untuk pelanggan", "Voucher given"),
            Self::StaffReset => ("Kode kata sandi baru", "Code for a new password"),
            Self::StaffPasswordChanged => ("Kata sandi staf diganti", "Staff password changed"),
            Self::NewOrder => ("Kabar pesanan baru", "News of a new order"),
            Self::MoneyToDecide => ("Pembayaran perlu diputuskan", "Payment needs a decision"),
            Self::LowStock => ("Stok menipis", "Low stock"),
            Self::JobFailed => ("Tugas gagal", "Job failed"),
            Self::DailySummary => ("Ringkasan harian", "Daily summary"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }

    /// The link that such a letter carries, made when it leaves.
    pub const fn link(self) -> Option<LinkKind> {
        if matches!(self, Self::ResetPassword) {
            Some(LinkKind::Reset)
        } else if matches!(self, Self::SignInLink) {
            Some(LinkKind::SignIn)
        } else if matches!(self, Self::VerifyEmail | Self::ConfirmNewEmail) {
            Some(LinkKind::Confirm)
        } else if matches!(self, Self::StaffReset) {
            Some(LinkKind::StaffReset)
        } else {
            None
        }
    }

    /// Whether its reader could do without it, and may say so.
    pub const fn is_news(self) -> bool {
        matches!(self, Self::MembershipEndsSoon | Self::MembershipEnded | Self::VoucherGiven)
    }
}
