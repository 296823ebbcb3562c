//! The history of the desk: who changed what, with the values before and after.
//!
//! Every command that writes leaves a row, in the transaction of its change.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::orders::Actor;
use crate::page::{PageNumber, Position};
use crate::staff::StaffId;
use crate::text_enum::text_enum;

pub use crate::id::AuditId;

text_enum! {
    /// What somebody did at the desk.
    pub enum AuditAction {
        CreateOwner = "create_owner",
        ChooseLocale = "choose_locale",
        SaveSettings = "save_settings",
        CreateCategory = "create_category",
        SaveCategory = "save_category",
        MoveCategory = "move_category",
        DeleteCategory = "delete_category",
        CreateProduct = "create_product",
        SaveProduct = "save_product",
        ArchiveProduct = "archive_product",
        DeleteProduct = "delete_product",
        /// The same for many products.
        BulkChange = "bulk_change",
        UndoChange = "undo_change",
        SetTaxClass = "set_tax_class",
        SetStaffNote = "set_staff_note",
        ReceiveStock = "receive_stock",
        CorrectStock = "correct_stock",
        CountStock = "count_stock",
        SetStockLimits = "set_stock_limits",
        StartStockTake = "start_stock_take",
        /// Applied, or given up; the status after it tells which.
        CloseStockTake = "close_stock_take",
        SaveVoucher = "save_voucher",
        /// Let it be used, or not.
        SwitchVoucher = "switch_voucher",
        SavePlan = "save_plan",
        DeletePlan = "delete_plan",
        EndMembership = "end_membership",
        /// Any step of an order; the values before and after tell which.
        MoveOrder = "move_order",
        ReturnOrder = "return_order",
        RefundOrder = "refund_order",
        ImportOrder = "import_order",
        /// A file was taken in; what it changed is told by rows of its own.
        ImportFile = "import_file",
        RunJob = "run_job",
        RetryNotice = "retry_notice",
        SetAsideNotice = "set_aside_notice",
        SettlePayment = "settle_payment",
        SettleRefund = "settle_refund",
        /// One was entered, or forgotten; which is not told.
        SetSecret = "set_secret",
        SendLetterAgain = "send_letter_again",
        SaveLetterWords = "save_letter_words",
        CheckPayments = "check_payments",
        SaveGatewayKeys = "save_gateway_keys",
        DecideProof = "decide_proof",
        CountTransfer = "count_transfer",
        /// By a code; which is not told.
        ResetPassword = "reset_password",
    }
}

text_enum! {
    /// What kind of thing was changed.
    pub enum SubjectKind {
        Order = "order",
        Product = "product",
        Category = "category",
        /// A change of products that can be taken back.
        Change = "change",
        Variant = "variant",
        StockTake = "stock_take",
        Voucher = "voucher",
        MembershipPlan = "membership_plan",
        Membership = "membership",
        Settings = "settings",
        Staff = "staff",
        Job = "job",
        Notice = "notice",
        Payment = "payment",
        File = "file",
        Letter = "letter",
        /// What letters of a kind say.
        LetterWords = "letter_words",
    }
}

impl AuditAction {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::CreateOwner => ("Menyiapkan toko", "Set the shop up"),
            Self::ChooseLocale => ("Mengganti bahasa", "Changed the language"),
            Self::SaveSettings => ("Mengubah pengaturan", "Changed the settings"),
            Self::CreateCategory => ("Menambah kategori", "Added a category"),
            Self::SaveCategory => ("Mengubah kategori", "Changed a category"),
            Self::MoveCategory => ("Memindahkan kategori", "Moved a category"),
            Self::DeleteCategory => ("Menghapus kategori", "Deleted a category"),
            Self::CreateProduct => ("Menambah produk", "Added a product"),
            Self::SaveProduct => ("Mengubah produk", "Changed a product"),
            Self::ArchiveProduct => ("Mengarsipkan produk", "Archived a product"),
            Self::DeleteProduct => ("Menghapus produk", "Deleted a product"),
            Self::BulkChange => ("Mengubah banyak produk", "Changed many products"),
            Self::UndoChange => ("Mengurungkan perubahan", "Undid a change"),
            Self::SetTaxClass => ("Mengubah golongan pajak", "Changed a tax class"),
            Self::SetStaffNote => ("Mengubah catatan untuk staf", "Changed a note to staff"),
            Self::ReceiveStock => ("Menerima barang", "Received stock"),
            Self::CorrectStock => ("Mengoreksi stok", "Corrected stock"),
            Self::CountStock => ("Menghitung stok", "Counted stock"),
            Self::SetStockLimits => ("Mengubah batas stok", "Changed the limits of stock"),
            Self::StartStockTake => ("Memulai stok opname", "Started a stock-take"),
            Self::CloseStockTake => ("Menutup stok opname", "Closed a stock-take"),
            Self::SaveVoucher => ("Menyimpan voucher", "Saved a voucher"),
            Self::SwitchVoucher => ("Mengaktifkan atau mematikan voucher", "Switched a voucher on or off"),
            Self::SavePlan => ("Menyimpan paket keanggotaan", "Saved a membership plan"),
            Self::DeletePlan => ("Menghapus paket keanggotaan", "Deleted a membership plan"),
            Self::EndMembership => ("Mengakhiri keanggotaan", "Ended a membership"),
            Self::MoveOrder => ("Memproses pesanan", "Moved an order"),
            Self::ReturnOrder => ("Mencatat barang kembali", "Took items back"),
            Self::RefundOrder => ("Mengembalikan uang", "Gave money back"),
            Self::ImportOrder => ("Memasukkan pesanan lama", "Imported an order"),
            Self::ImportFile => ("Mengimpor file", "Imported a file"),
            Self::RunJob => ("Menjalankan tugas", "Ran a job"),
            Self::RetryNotice => ("Mencoba lagi kabar pembayaran", "Tried a payment notice again"),
            Self::SettlePayment => ("Memutuskan pembayaran", "Decided about a payment"),
            Self::ResetPassword => ("Memilih kata sandi baru", "Chose a new password"),
            Self::SaveGatewayKeys => ("Mengganti kunci layanan pembayaran", "Entered keys of a payment service"),
            Self::DecideProof => ("Memeriksa bukti transfer", "Checked a proof of transfer"),
            Self::CountTransfer => ("Mencatat transfer masuk", "Counted a transfer"),
            Self::CheckPayments => ("Menanyakan status pembayaran", "Asked how a payment stands"),
            Self::SettleRefund => ("Memutuskan pengembalian uang", "Decided about a refund"),
            Self::SetSecret => ("Mengganti kunci atau kata sandi toko", "Changed a key or a password of the shop"),
            Self::SendLetterAgain => ("Mengirim ulang email", "Sent a letter again"),
            Self::SaveLetterWords => ("Mengubah teks email", "Changed the wording of a letter"),
            Self::SetAsideNotice => ("Mengesampingkan kabar pembayaran", "Set a payment notice aside"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

impl SubjectKind {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Order => ("Pesanan", "Order"),
            Self::Product => ("Produk", "Product"),
            Self::Category => ("Kategori", "Category"),
            Self::Change => ("Perubahan produk", "Change of products"),
            Self::Variant => ("Varian", "Variant"),
            Self::StockTake => ("Stok opname", "Stock-take"),
            Self::Voucher => ("Voucher", "Voucher"),
            Self::MembershipPlan => ("Paket keanggotaan", "Membership plan"),
            Self::Membership => ("Keanggotaan", "Membership"),
            Self::Settings => ("Pengaturan", "Settings"),
            Self::Staff => ("Staf", "Staff"),
            Self::Job => ("Tugas", "Job"),
            Self::Payment => ("Pembayaran", "Payment"),
            Self::Notice => ("Kabar pembayaran", "Payment notice"),
            Self::File => ("File", "File"),
            Self::Letter => ("Email", "Letter"),
            Self::LetterWords => ("Teks email", "Letter wording"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }
}

/// The thing that was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    pub kind: SubjectKind,
    /// What finds it: a number or a word.
    pub id: String,
    /// What people call it, as it was called then.
    pub name: String,
}

impl Subject {
    /// A thing of that kind.
    pub fn new(kind: SubjectKind, id: impl ToString, name: impl Into<String>) -> Self {
        Self { kind, id: id.to_string(), name: name.into() }
    }

    /// The shop's settings, of which there is one.
    pub fn settings() -> Self {
        Self::new(SubjectKind::Settings, "settings", "")
    }
}

/// A value that changed. Something that was not there before, or is not there any more, has none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// The names that lead to it, from the outside in: `delivery`, `zones`, `2`, `price`.
    pub path: Vec<String>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Asks for a page of the history, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListAudit {
    /// Only what they did.
    pub staff_id: Option<StaffId>,
    /// Only what was done to such things.
    pub subject: Option<SubjectKind>,
    /// Part of the thing's name.
    pub search: Option<String>,
    /// The first and the last day of the shop's clock.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub page: PageNumber,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditRow {
    pub id: AuditId,
    pub at: DateTime<Utc>,
    pub actor: Actor,
    pub action: AuditAction,
    pub subject: Subject,
    pub changes: Vec<FieldChange>,
}

/// A page of the history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditPage {
    pub rows: Vec<AuditRow>,
    pub position: Position,
    /// Everybody who ever changed something, by name.
    pub people: Vec<(StaffId, String)>,
}
