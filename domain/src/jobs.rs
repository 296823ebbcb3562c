//! The shop's jobs, as a run log shows them.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::inventory::Discrepancy;
use crate::locale::Locale;
use crate::payments::StuckNotice;
use crate::text_enum::text_enum;

text_enum! {
    /// A job of the scheduler. Each is safe when it runs twice.
    pub enum JobName {
        /// Ends checkouts whose time ran out.
        ReleaseHolds = "release_holds",
        /// Cancels orders that nobody paid in time.
        ExpireUnpaidOrders = "expire_unpaid_orders",
        /// Ends memberships and purchases of them whose time is over, and reminds members.
        ExpireMemberships = "expire_memberships",
        /// Applies gateway notifications that are still waiting.
        ApplyNotifications = "apply_notifications",
        /// Asks gateways how attempts stand that may still be paid.
        AskGateways = "ask_gateways",
        /// Ends attempts at their gateways that the shop has closed.
        CloseAttempts = "close_attempts",
        /// Sends refunds to their gateways.
        SendRefunds = "send_refunds",
        /// Sends letters, or keeps them as files.
        SendLetters = "send_letters",
        /// Writes to the owner what a person should know of.
        TellOwner = "tell_owner",
        /// Counts what sold lately, for the order of the catalogue.
        RefreshPopularity = "refresh_popularity",
        /// Compares counters with the ledger, and reports.
        CheckStock = "check_stock",
        /// Compares the vouchers' counts with the orders that use them, and reports.
        CheckVouchers = "check_vouchers",
        /// Gives the month's vouchers to those who bought the most.
        RewardTopSpenders = "reward_top_spenders",
        /// Throws away pictures that nothing shows.
        ClearPictures = "clear_pictures",
        /// Throws away old carts, events and run logs.
        CleanUp = "clean_up",
    }
}

impl JobName {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::ReleaseHolds => ("Lepaskan keranjang kedaluwarsa", "Release held units"),
            Self::ExpireUnpaidOrders => ("Batalkan pesanan tak dibayar", "Cancel unpaid orders"),
            Self::ExpireMemberships => ("Akhiri keanggotaan", "End memberships"),
            Self::ApplyNotifications => ("Proses kabar pembayaran", "Apply payment notices"),
            Self::AskGateways => ("Tanya status pembayaran", "Ask how payments stand"),
            Self::RefreshPopularity => ("Hitung produk terlaris", "Count what sells"),
            Self::CloseAttempts => ("Tutup percobaan bayar", "Close attempts to pay"),
            Self::SendRefunds => ("Kirim pengembalian uang", "Send refunds"),
            Self::SendLetters => ("Kirim email", "Send letters"),
            Self::TellOwner => ("Kabari pemilik", "Write to the owner"),
            Self::CheckStock => ("Periksa stok", "Check the stock"),
            Self::CheckVouchers => ("Periksa voucher", "Check the vouchers"),
            Self::RewardTopSpenders => ("Beri voucher pembeli terbesar", "Reward top spenders"),
            Self::ClearPictures => ("Hapus gambar tak terpakai", "Delete unused pictures"),
            Self::CleanUp => ("Bersihkan data lama", "Clean up"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }

    /// What it does, in a sentence.
    pub const fn about(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::ReleaseHolds => (
                "Barang di kasir yang waktunya habis bisa dibeli lagi.",
                "Units of a checkout whose time ran out can be bought again.",
            ),
            Self::ExpireUnpaidOrders => (
                "Pesanan yang lewat batas bayar dibatalkan dan barangnya dikembalikan ke stok.",
                "Orders past their time to pay are cancelled, and their units can be bought again.",
            ),
            Self::ExpireMemberships => (
                "Keanggotaan yang habis masanya diakhiri, anggota diingatkan sebelumnya, dan pembelian yang tak dibayar ditutup.",
                "Memberships that ran out end, members are reminded before, and purchases that nobody paid are closed.",
            ),
            Self::ApplyNotifications => (
                "Kabar dari layanan pembayaran yang belum sempat diproses dicoba lagi.",
                "Notices of the payment service that were not applied yet are tried again.",
            ),
            Self::AskGateways => (
                "Menanyakan ke layanan pembayaran apakah pesanan yang menunggu sudah dibayar, kalau-kalau kabarnya tidak sampai.",
                "Asks the payment services whether waiting orders have been paid, in case their notices never arrive.",
            ),
            Self::RefreshPopularity => (
                "Urutan katalog mengikuti penjualan 90 hari terakhir.",
                "The order of the catalogue follows the sales of the last 90 days.",
            ),
            Self::CloseAttempts => (
                "Menutup di layanan pembayaran percobaan bayar yang sudah tidak berlaku.",
                "Closes at the payment service attempts to pay that no longer count.",
            ),
            Self::SendRefunds => {
                ("Mengirim pengembalian uang ke layanan pembayaran.", "Sends refunds to the payment service.")
            }
            Self::SendLetters => (
                "Mengirim email ke pembeli dan anggota. Tanpa akun email, suratnya disimpan sebagai berkas.",
                "Sends letters to buyers and members. Without a mail account they are kept as files.",
            ),
            Self::TellOwner => (
                "Mengirim email kepada pemilik: stok menipis, tugas yang gagal, dan ringkasan setiap pagi.",
                "Emails the owner about low stock and failed jobs, and a summary every morning.",
            ),
            Self::CheckStock => (
                "Membandingkan angka stok dengan buku stok. Selisih dilaporkan, tidak diubah sendiri.",
                "Compares the counters with the ledger. What disagrees is reported and never changed by itself.",
            ),
            Self::CheckVouchers => (
                "Membandingkan hitungan voucher dengan pesanan yang memakainya. Selisih dilaporkan, tidak diubah sendiri.",
                "Compares what vouchers count with the orders that use them. What disagrees is reported and never changed by itself.",
            ),
            Self::RewardTopSpenders => (
                "Sekali sebulan, lima persen akun yang paling banyak berbelanja dalam 30 hari mendapat voucher.",
                "Once a month, the five percent of accounts that bought the most in 30 days get a voucher.",
            ),
            Self::ClearPictures => (
                "Gambar yang lebih dari sebulan tidak dipakai produk, kategori, atau pesanan dihapus dari penyimpanan.",
                "Pictures that no product, category or order has used for more than a month are deleted from the disk.",
            ),
            Self::CleanUp => (
                "Membuang keranjang lama, kabar lama, dan catatan tugas lama.",
                "Throws away old carts, old news and old notes of jobs.",
            ),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }

    /// Seconds between two runs.
    pub const fn every_seconds(self) -> u32 {
        match self {
            Self::ReleaseHolds => 5,
            Self::ExpireUnpaidOrders => 30,
            Self::ExpireMemberships => 30,
            Self::ApplyNotifications => 5,
            Self::AskGateways => 5,
            Self::CloseAttempts => 10,
            Self::SendRefunds => 5,
            Self::SendLetters => 5,
            Self::TellOwner => 5 * 60,
            Self::RefreshPopularity => 60 * 60,
            Self::CheckStock => 24 * 60 * 60,
            Self::CheckVouchers => 24 * 60 * 60,
            Self::RewardTopSpenders => 24 * 60 * 60,
            Self::ClearPictures => 24 * 60 * 60,
            Self::CleanUp => 6 * 60 * 60,
        }
    }

    /// Seconds from a run to the next: a run that failed is tried again soon, even when the job's period is long.
    pub const fn seconds_after(self, failed: bool) -> u32 {
        const TRIED_AGAIN: u32 = 10 * 60;
        let every = self.every_seconds();
        if failed && every > TRIED_AGAIN { TRIED_AGAIN } else { every }
    }
}

/// One run of a job that did something or failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRun {
    pub job: JobName,
    pub started_at: DateTime<Utc>,
    pub finished_at: DateTime<Utc>,
    /// How many things it changed.
    pub changed: u64,
    /// What went wrong, for the owner's eyes.
    pub error: Option<String>,
}

/// Asks what the jobs do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListJobs {}

/// Asks to run a job at once; whoever leads runs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RunJob {
    pub job: JobName,
}

/// Who runs the jobs now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leader {
    /// The program that answers.
    Here,
    /// Another program on the same database.
    Elsewhere,
    Nobody,
}

/// A job, its newest run and its next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobState {
    pub job: JobName,
    pub every_seconds: u32,
    /// Nothing when it never ran: then it runs at once.
    pub next_run_at: Option<DateTime<Utc>>,
    /// The newest run, also when it found nothing to do.
    pub last: Option<JobRun>,
}

/// All jobs, what they did lately, and what the stock check found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobBoard {
    pub leader: Leader,
    pub jobs: Vec<JobState>,
    /// The newest runs that did something or failed, newest first.
    pub runs: Vec<JobRun>,
    /// What the newest stock check found; empty when all was well.
    pub discrepancies: Vec<Discrepancy>,
    /// What gateways told and the shop could not apply, oldest first.
    pub notices: Vec<StuckNotice>,
    /// By the shop's clock.
    pub now: DateTime<Utc>,
}
