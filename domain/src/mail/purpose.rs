//! What each kind of letter is for, and who reads it.

use super::MailKind;
use crate::locale::Locale;
use crate::text_enum::text_enum;

text_enum! {
    /// Who reads a kind of letter.
    pub enum Audience {
        Buyers = "buyers",
        Members = "members",
        /// Whoever has an account.
        Accounts = "accounts",
        Staff = "staff",
        /// Whoever owns the shop; each can be turned off.
        Owner = "owner",
    }
}

impl Audience {
    /// What people call the letters to them.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Buyers => ("Pembeli", "Buyers"),
            Self::Members => ("Anggota", "Members"),
            Self::Accounts => ("Pemilik akun", "Account holders"),
            Self::Staff => ("Staf", "Staff"),
            Self::Owner => ("Pemilik toko", "Shop owner"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

impl MailKind {
    /// Who reads it.
    pub const fn audience(self) -> Audience {
        match self {
            Self::OrderPlaced
            | Self::PaySoon
            | Self::PaymentArrived
            | Self::OrderExpired
            | Self::OrderCancelled
            | Self::OrderShipped
            | Self::RestCalledOff
            | Self::OrderReturned
            | Self::RefundRequested
            | Self::RefundSucceeded
            | Self::ProofRefused
            | Self::OrderLink => Audience::Buyers,
            Self::MembershipPaid | Self::MembershipEndsSoon | Self::MembershipEnded => Audience::Members,
            Self::PasswordWasReadable
            | Self::VerifyEmail
            | Self::ResetPassword
            | Self::PasswordChanged
            | Self::SignInLink
            | Self::NewSignIn
            | Self::ConfirmNewEmail
            | Self::EmailChanged
            | Self::VoucherGiven => Audience::Accounts,
            Self::StaffReset | Self::StaffPasswordChanged => Audience::Staff,
            Self::NewOrder | Self::MoneyToDecide | Self::LowStock | Self::JobFailed | Self::DailySummary => {
                Audience::Owner
            }
        }
    }

    /// Whether it is the owner's news, which can be turned off.
    pub const fn is_for_owner(self) -> bool {
        matches!(self.audience(), Audience::Owner)
    }

    /// When it is sent, in a sentence.
    pub const fn purpose(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::OrderPlaced => (
                "Dikirim begitu pesanan dibuat: yang menunggu pembayaran, yang dibayar di tempat, dan yang diambil sendiri.",
                "Sent when an order is placed: those waiting for payment, paid on delivery, or picked up.",
            ),
            Self::PaySoon => (
                "Mengingatkan pembeli sebelum batas waktu pembayaran habis.",
                "Reminds buyers before their time to pay runs out.",
            ),
            Self::PaymentArrived => ("Dikirim begitu uangnya masuk.", "Sent when the money arrives."),
            Self::OrderExpired => (
                "Dikirim saat pesanan batal karena tidak dibayar.",
                "Sent when an order ends because nobody paid in time.",
            ),
            Self::OrderCancelled => {
                ("Dikirim saat pesanan dibatalkan sebelum dikirim.", "Sent when an order is cancelled before it ships.")
            }
            Self::OrderShipped => (
                "Dikirim untuk setiap paket yang berangkat, dan saat pesanan siap diambil.",
                "Sent for each parcel that leaves, and when an order is ready for pickup.",
            ),
            Self::RestCalledOff => (
                "Dikirim saat sisa pesanan yang belum dikirim dibatalkan.",
                "Sent when the part of an order that hasn't shipped is cancelled.",
            ),
            Self::OrderReturned => {
                ("Dikirim saat semua barang sudah kembali ke toko.", "Sent when everything has come back to the shop.")
            }
            Self::RefundRequested => {
                ("Dikirim begitu pengembalian uang mulai diproses.", "Sent when a refund is on its way.")
            }
            Self::RefundSucceeded => {
                ("Dikirim saat uangnya sudah dikembalikan.", "Sent when the refund has been paid.")
            }
            Self::ProofRefused => {
                ("Dikirim saat bukti transfer tidak bisa diterima.", "Sent when a proof of transfer can't be accepted.")
            }
            Self::OrderLink => (
                "Dikirim kepada pembeli tanpa akun yang meminta tautan pesanannya lagi.",
                "Sent to buyers without an account who ask for their order's link again.",
            ),
            Self::MembershipPaid => (
                "Dikirim saat keanggotaan dibeli, diperpanjang, atau ditingkatkan.",
                "Sent when a membership is bought, renewed or upgraded.",
            ),
            Self::MembershipEndsSoon => {
                ("Dikirim beberapa hari sebelum keanggotaan berakhir.", "Sent a few days before a membership ends.")
            }
            Self::MembershipEnded => ("Dikirim saat keanggotaan berakhir.", "Sent when a membership has ended."),
            Self::PasswordWasReadable => (
                "Dikirim kepada pelanggan toko lama yang kata sandinya perlu diganti.",
                "Sent to customers of the former shop whose password should be changed.",
            ),
            Self::VerifyEmail => (
                "Dikirim setelah akun dibuat, untuk memastikan alamat emailnya benar.",
                "Sent after sign-up, to make sure the address is right.",
            ),
            Self::ResetPassword => {
                ("Berisi tautan untuk membuat kata sandi baru.", "Carries the link for choosing a new password.")
            }
            Self::PasswordChanged => {
                ("Dikirim setelah kata sandi akun diganti.", "Sent after an account's password was changed.")
            }
            Self::SignInLink => {
                ("Berisi tautan untuk masuk tanpa kata sandi.", "Carries a link that signs in without a password.")
            }
            Self::NewSignIn => (
                "Dikirim saat akun dibuka dari perangkat yang belum pernah dipakai.",
                "Sent when an account is opened on a device it hasn't seen.",
            ),
            Self::ConfirmNewEmail => (
                "Dikirim ke alamat baru sebelum akun memakainya.",
                "Sent to the new address before the account uses it.",
            ),
            Self::EmailChanged => (
                "Dikirim ke alamat lama setelah akun memakai alamat baru.",
                "Sent to the former address once the account uses another.",
            ),
            Self::VoucherGiven => {
                ("Dikirim saat pelanggan mendapat voucher.", "Sent when a customer is given a voucher.")
            }
            Self::StaffReset => (
                "Berisi kode supaya staf bisa membuat kata sandi baru.",
                "Carries the code by which staff choose a new password.",
            ),
            Self::StaffPasswordChanged => {
                ("Dikirim setelah kata sandi staf diganti.", "Sent after a staff password was changed.")
            }
            Self::NewOrder => {
                ("Dikirim kepada Anda saat pesanan siap dikemas.", "Sent to you when an order can be packed.")
            }
            Self::MoneyToDecide => (
                "Dikirim kepada Anda saat ada uang masuk yang perlu Anda putuskan.",
                "Sent to you when money needs your decision.",
            ),
            Self::LowStock => {
                ("Dikirim kepada Anda saat stok mencapai batasnya.", "Sent to you when stock reaches its limit.")
            }
            Self::JobFailed => {
                ("Dikirim kepada Anda saat sebuah tugas terus gagal.", "Sent to you when a job keeps failing.")
            }
            Self::DailySummary => {
                ("Dikirim kepada Anda setiap pagi: angka kemarin.", "Sent to you every morning: yesterday in numbers.")
            }
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}
