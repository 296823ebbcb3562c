//! Every request that the desktop answers: who may send it, what it does, an example of it, and what comes back.
//!
//! A command is one line here and one line where it is answered; a line without an answer does not compile.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::events::Topic;
use crate::inventory::stock_takes;
use crate::staff::{NotPermitted, Permission, Staff};
use crate::{
    audit, catalog, customers, imports, inventory, jobs, mail, memberships, orders, payments, reports, settings, setup,
    staff, vouchers,
};

/// A request with a fixed name and a known reply.
pub trait Command: Serialize + DeserializeOwned + 'static {
    /// The name that both ends use: that of the request's type.
    const NAME: &'static str;
    /// The function of the desktop that takes it.
    const DOOR: &'static str;
    /// Whether it changes what the shop keeps.
    const EFFECT: Effect;
    /// Who may send it.
    const ACCESS: Access;
    /// What its answer shows, or what it changes: one of these is told when it did.
    const TOPICS: &'static [Topic];
    /// What a successful answer carries.
    type Reply: Serialize + DeserializeOwned + 'static;
}

/// What a command does to what the shop keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing that outlives the window.
    Reads,
    /// Something: a row of the history and an event tell of it.
    Writes,
}

/// Who may send a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Whoever sits at the desk, also before signing in.
    Anybody,
    /// Whoever has signed in.
    Staff,
    /// Whoever has signed in and has the permission.
    Permitted(Permission),
}

impl Access {
    /// Refuses who has signed in and may not.
    ///
    /// # Errors
    /// The permission that is missing.
    pub fn check(self, staff: &Staff) -> Result<(), NotPermitted> {
        match self {
            Self::Anybody | Self::Staff => Ok(()),
            Self::Permitted(permission) => staff.require(permission),
        }
    }
}

/// What the table says of one command, for tests that walk it.
#[derive(Clone, Copy, Debug)]
pub struct Declared {
    pub name: &'static str,
    pub effect: Effect,
    pub access: Access,
    pub topics: &'static [Topic],
    /// A request that can be read, as JSON.
    pub example: &'static str,
}

impl Declared {
    /// The example as it crosses from the window, as JSON.
    pub fn sent(&self) -> String {
        format!(r#"{{"name":"{}","request":{}}}"#, self.name, self.example)
    }
}

/// How a command crosses from the window: what [`ShopCommand`] and [`WindowCommand`] read.
#[derive(Serialize)]
pub struct Sent<'a, C> {
    name: &'static str,
    request: &'a C,
}

impl<'a, C: Command> From<&'a C> for Sent<'a, C> {
    fn from(request: &'a C) -> Self {
        Self { name: C::NAME, request }
    }
}

macro_rules! commands {
    ($($(#[$about:meta])* $all:ident by $door:ident {
        $($effect:ident $access:ident $slice:ident::$request:ident $example:tt => $reply:ty, [$($topic:ident),*];)*
    })*) => {
        $(
            $(#[$about])*
            #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
            #[serde(tag = "name", content = "request")]
            pub enum $all {
                $($request(Box<$slice::$request>),)*
            }

            impl $all {
                /// What the table says of each.
                pub const DECLARED: &'static [Declared] = &[$(Declared {
                    name: <$slice::$request as Command>::NAME,
                    effect: <$slice::$request as Command>::EFFECT,
                    access: <$slice::$request as Command>::ACCESS,
                    topics: <$slice::$request as Command>::TOPICS,
                    example: stringify!($example),
                }),*];

                /// Who may send it.
                pub const fn access(&self) -> Access {
                    match self { $(Self::$request(_) => <$slice::$request as Command>::ACCESS,)* }
                }
            }

            $(impl From<$slice::$request> for $all {
                fn from(request: $slice::$request) -> Self {
                    Self::$request(Box::new(request))
                }
            })*

            $(impl Command for $slice::$request {
                const NAME: &'static str = stringify!($request);
                const DOOR: &'static str = stringify!($door);
                const EFFECT: Effect = commands!(@effect $effect);
                const ACCESS: Access = commands!(@access $access);
                const TOPICS: &'static [Topic] = commands!(@topics $($topic),*);
                type Reply = $reply;
            })*
        )*
    };
    (@effect reads) => { Effect::Reads };
    (@effect writes) => { Effect::Writes };
    (@access anybody) => { Access::Anybody };
    (@access staff) => { Access::Staff };
    (@access $permission:ident) => { Access::Permitted(Permission::$permission) };
    (@topics all) => { Topic::ALL };
    (@topics $($topic:ident),*) => { &[$(Topic::$topic),*] };
}

commands! {
    /// What the process of the window answers: opening, who sits there, what leaves the window.
    WindowCommand by ask_window {
        reads anybody setup::AwaitOpening {} => setup::Opening, [];
        reads anybody setup::GetSetup {} => setup::SetupState, [];
        reads anybody setup::NoteUnsaved { "unsaved": true } => (), [];
        reads anybody setup::CloseWindow {} => (), [];
        writes anybody setup::SetUpShop {
            "owner_name": "Siti", "email": "siti@contoh.id", "password": "kata sandi panjang", "shop_name": "Toko",
            "currency": "IDR", "locale": "id", "start_with": "empty"
        } => staff::Staff, [Settings];
        reads anybody staff::SignIn { "email": "siti@contoh.id", "password": "salah" } => staff::Staff, [];
        // It keeps a wish, of which nobody at the desk is told.
        reads anybody staff::ForgotStaffPassword { "email": "siti@contoh.id" } => (), [];
        writes anybody staff::ChooseStaffPassword {
            "email": "siti@contoh.id", "code": "ABCD-EFGH-JKMN", "password": "kata sandi panjang"
        } => (), [Staff];
        reads anybody staff::SignOut {} => (), [];
        reads anybody staff::WhoAmI {} => Option<staff::Staff>, [];
        writes staff staff::ChooseLocale { "locale": "en" } => staff::Staff, [Staff];
        reads staff setup::GetShopStatus {} => setup::ShopStatus, [Settings];
        reads staff setup::OpenStorefront {} => (), [];
        reads ViewOrders orders::OpenInvoice { "order_id": 1 } => (), [];
        reads RefundOrders payments::SaveProofFile { "proof_id": 1 } => Option<String>, [];
        reads ViewOrders orders::OpenWhatsApp { "order_id": 1 } => (), [];
        // The window gets it by an address of its own, as a page that can do nothing.
        reads ChangeSettings mail::DrawLetter { "kind": "order_placed", "locale": "id", "words": {} }
            => mail::DrawnLetter, [];

        // Files are this computer's, and so is what is at hand of them.
        reads ChangeCatalog imports::BringFile { "what": "file", "dropped": "/tmp/barang.csv" }
            => Option<imports::AtHand>, [];
        reads ChangeCatalog imports::GetImport {} => Option<imports::AtHand>, [];
        reads ChangeCatalog imports::MapColumns { "run": 1, "columns": { "Harga grosir": "cost", "Rak": null } }
            => Option<imports::AtHand>, [];
        reads ChangeCatalog imports::ListImported { "run": 1, "show": "refused", "page": 1 }
            => imports::ImportedPage, [];
        reads ChangeCatalog imports::ListFindings { "run": 1, "page": 1 } => imports::FindingPage, [];
        writes ChangeCatalog imports::RunImport { "run": 1 } => Option<imports::AtHand>, [Catalog];
        reads ChangeCatalog imports::StopImport { "run": 1 } => Option<imports::AtHand>, [];
        reads ChangeCatalog imports::PutAwayImport { "run": 1 } => Option<imports::AtHand>, [];
        reads ChangeCatalog imports::SaveTroubles { "run": 1 } => Option<String>, [];
        reads ChangeCatalog imports::ExportGoods { "what": "all" } => Option<imports::Exported>, [];
    }

    /// What the shop answers to a member of staff who may ask.
    ShopCommand by ask_shop {
        reads ViewDashboard reports::GetDashboard {} => reports::Dashboard, [Orders, Stock, Memberships, Notices];

        reads ViewOrders orders::ListOrders { "status": "processing", "needs_review": false, "search": null, "page": 1 }
            => orders::OrderPage, [Orders];
        reads ViewOrders orders::GetOrder { "order_id": 1 } => orders::OrderDetail, [Orders];
        writes MoveOrders orders::ShipOrder { "order_id": 1, "tracking_number": "" } => orders::OrderDetail, [Orders];
        writes MoveOrders orders::CompleteOrder { "order_id": 1 } => orders::OrderDetail, [Orders];
        writes MoveOrders orders::CancelOrder { "order_id": 1, "reason": "habis" } => orders::OrderDetail, [Orders];
        writes MoveOrders orders::CallOffRest { "order_id": 1, "reason": "habis" } => orders::OrderDetail, [Orders];
        writes MoveOrders orders::ReturnOrder {
            "order_id": 1, "lines": [{ "line_id": 1, "quantity": 1, "restock": true }], "note": "", "refund": false,
            "key": "k"
        } => orders::OrderDetail, [Orders];

        writes RefundOrders payments::RefundOrder { "order_id": 1, "what": "everything", "reason": "sobek", "key": "k" }
            => orders::OrderDetail, [Orders];
        writes RefundOrders payments::SettlePayment { "payment_id": 1, "decision": "count", "reason": "sudah dicek" }
            => (), [Orders, Memberships];
        writes RefundOrders payments::SettleRefund { "refund_id": 1, "decision": "again", "reason": "sudah dicek" }
            => (), [Orders, Memberships];
        writes RefundOrders payments::CheckPayments { "order_id": 1 } => orders::OrderDetail, [Orders];
        reads RefundOrders payments::ListAttempts { "status": null, "before": null }
            => payments::AttemptPage, [Orders, Memberships];
        writes RefundOrders payments::CheckAttempt { "payment_id": 1 } => (), [Orders, Memberships];
        reads RefundOrders payments::ListNotices { "before": null } => payments::NoticePage, [Orders, Notices];
        reads RefundOrders payments::GetNotice { "notice_id": 1 } => payments::NoticeDetail, [Notices];
        reads RefundOrders payments::ListProofs { "show": "waiting", "after": null } => payments::ProofPage, [Orders];
        reads RefundOrders payments::GetProof { "proof_id": 1 } => payments::ProofDetail, [Orders];
        writes RefundOrders payments::DecideProof { "proof_id": 1, "verdict": { "approve": { "came": 150123 } } }
            => (), [Orders];
        writes RefundOrders payments::CountTransfer { "order_id": 1, "came": 150123 } => orders::OrderDetail, [Orders];
        writes RefundOrders payments::RetryNotice { "notice_id": 1 } => jobs::JobBoard, [Notices];
        writes RefundOrders payments::SetAsideNotice { "notice_id": 1, "reason": "sudah diurus" }
            => jobs::JobBoard, [Notices];

        reads ViewCustomers customers::ListCustomers { "search": null, "page": 1 }
            => customers::CustomerPage, [Customers, Orders];
        reads ViewCustomers customers::GetCustomer { "customer_id": 1 }
            => customers::CustomerDetail, [Customers, Orders];
        // Everybody's addresses, with their money and memberships. Each letter is written with an event about one of these.
        reads ChangeSettings mail::ListLetters { "before": null } => mail::LetterPage, [Letters, Orders, Memberships, Customers];
        // Whoever reads a letter keeps it as it was when they opened it.
        reads ChangeSettings mail::GetLetter { "letter_id": 1 } => mail::LetterDetail, [Letters];
        writes ChangeSettings mail::SendLetterAgain { "letter_id": 1 } => mail::LetterDetail, [Letters];
        reads ChangeSettings mail::GetMailState {} => mail::MailState, [Settings, Letters];
        writes ChangeSettings mail::SetMailPassword { "password": "kata sandi" } => mail::MailState, [Settings];
        reads ChangeSettings mail::ListLetterWords {} => Vec<mail::LetterWordsRow>, [Letters, Settings];
        // Whoever edits words keeps what they began with: saving tells when it is not that any more.
        reads ChangeSettings mail::GetLetterWords { "kind": "order_placed" } => mail::LetterWordsDetail, [];
        writes ChangeSettings mail::SaveLetterWords {
            "kind": "order_placed", "version": 0, "words": { "id": { "subject": "Pesanan {nomor} kami terima" }, "en": {} }
        } => mail::LetterWordsDetail, [Letters];
        // It leaves nothing behind but what its reader gets.
        reads ChangeSettings mail::SendTestLetter { "to": "siti@contoh.id" } => mail::TestLetter, [];

        reads ViewStock catalog::ListGoods {
            "search": null, "category": "any", "status": null, "stock": null, "sort": "newest", "descending": true,
            "after": null
        } => catalog::GoodsPage, [Catalog, Stock];
        // Whoever edits a product keeps what they began with: saving tells when it is not that any more.
        reads ViewStock catalog::GetProduct { "product_id": 1 } => catalog::StoredProduct, [Catalog];
        writes ChangeCatalog catalog::SaveProduct {
            "product_id": null, "version": 0, "document": {
                "name": { "id": "Kemeja", "en": "Shirt" }, "status": "draft", "variants": [{ "price": 150000 }]
            }
        } => catalog::SavedProduct, [Catalog, Stock];
        writes ChangeCatalog catalog::DuplicateProduct { "product_id": 1 } => catalog::StoredProduct, [Catalog, Stock];
        writes ChangeCatalog catalog::DeleteProduct { "product_id": 1, "version": 1 }
            => catalog::DeletedProduct, [Catalog, Stock];
        reads ViewStock catalog::ListCategories {} => catalog::CategoryTree, [Catalog];
        writes ChangeCatalog catalog::SaveCategory {
            "category_id": null, "version": 0, "parent_id": null, "slug": "", "name": { "id": "Baju", "en": "Tops" },
            "picture": null
        } => catalog::CategoryRow, [Catalog];
        writes ChangeCatalog catalog::MoveCategory { "category_id": 1, "parent_id": null, "before": null }
            => catalog::CategoryTree, [Catalog];
        writes ChangeCatalog catalog::DeleteCategory { "category_id": 1, "version": 1, "goods_to": null }
            => catalog::CategoryTree, [Catalog];

        reads ChangeCatalog catalog::PreviewBulk {
            "selection": { "ids": [1] },
            "change": { "price": { "direction": "up", "by": { "percent": 1000 }, "rounding": "to_1000" } }
        } => catalog::BulkPreview, [Catalog];
        reads ChangeCatalog catalog::ShowBulkRows { "change": "sale_off", "products": [1] }
            => Vec<catalog::BulkRow>, [Catalog];
        writes ChangeCatalog catalog::ApplyBulk {
            "change": { "status": "archived" }, "products": [{ "product_id": 1, "version": 1 }], "key": "k"
        } => catalog::BulkOutcome, [Catalog, Stock];
        reads ChangeCatalog catalog::ListChanges { "after": null } => catalog::ChangePage, [Catalog];
        reads ChangeCatalog catalog::GetChange { "change_id": 1 } => catalog::ChangeDetail, [Catalog];
        writes ChangeCatalog catalog::UndoChange { "change_id": 1 } => catalog::UndoAnswer, [Catalog, Stock];

        reads ViewStock catalog::GetTaxClass { "product_id": 1 } => catalog::ProductTax, [Catalog, Settings];
        writes ChangeCatalog catalog::SetTaxClass { "product_id": 1, "tax_class": "standard", "seen": null }
            => catalog::ProductTax, [Catalog];
        reads ViewStock catalog::GetStaffNote { "product_id": 1 } => catalog::StaffNote, [Catalog];
        writes ChangeCatalog catalog::SetStaffNote { "product_id": 1, "note": "mudah pecah", "seen": "" }
            => catalog::StaffNote, [Catalog];

        reads ViewStock inventory::ListStock { "search": null, "filter": "all", "page": 1 }
            => inventory::StockPage, [Stock];
        reads ViewStock inventory::ListMovements { "variant_id": 1, "page": 1 }
            => inventory::MovementPage, [Stock, Orders];
        writes ChangeStock inventory::ReceiveStock { "variant_id": 1, "quantity": 1, "note": "" }
            => inventory::StockRow, [Stock];
        writes ChangeStock inventory::CorrectStock { "variant_id": 1, "delta": -1, "note": "torn" }
            => inventory::StockRow, [Stock];
        writes ChangeStock inventory::CountStock { "variant_id": 1, "counted": 1, "seen_on_hand": 1, "note": "" }
            => inventory::StockRow, [Stock];
        writes ChangeStock inventory::SetStockLimits {
            "variant_id": 1, "low_stock_limit": 3, "min_quantity": 1, "max_quantity": 20
        } => inventory::StockRow, [Stock];

        reads ViewStock stock_takes::ListStockTakes {} => Vec<stock_takes::StockTakeRow>, [StockTakes];
        reads ViewStock stock_takes::GetStockTake { "stock_take_id": 1 } => stock_takes::StockTake, [StockTakes, Stock];
        writes ChangeStock stock_takes::StartStockTake { "name": "November" } => stock_takes::StockTake, [StockTakes];
        writes ChangeStock stock_takes::CountInStockTake { "stock_take_id": 1, "sku": "S-1", "counted": 1 }
            => stock_takes::StockTake, [StockTakes];
        writes ChangeStock stock_takes::ApplyStockTake { "stock_take_id": 1, "version": 1 }
            => stock_takes::StockTake, [StockTakes];
        writes ChangeStock stock_takes::AbandonStockTake { "stock_take_id": 1 } => stock_takes::StockTake, [StockTakes];

        reads ManageVouchers vouchers::ListVouchers { "search": null, "page": 1 }
            => vouchers::VoucherPage, [Vouchers, Orders];
        reads ManageVouchers vouchers::GetVoucher { "voucher_id": 1 } => vouchers::VoucherDetail, [Vouchers, Orders];
        writes ManageVouchers vouchers::SaveVoucher {
            "voucher_id": null, "version": 0, "code": "HEMAT", "starts_at": null, "ends_at": null, "total_limit": null,
            "terms": {
                "kind": { "kind": "percent", "value": 1000 }, "cap": null, "minimum_purchase": 0, "categories": []
            },
            "customer_limit": null, "first_order_only": false, "is_personal": false, "occasion": null, "is_active": true
        } => vouchers::VoucherRow, [Vouchers];
        writes ManageVouchers vouchers::SwitchVoucher { "voucher_id": 1, "version": 1, "is_active": false }
            => vouchers::VoucherRow, [Vouchers];

        reads ManageMemberships memberships::ListPlans {} => memberships::PlanList, [Memberships];
        writes ManageMemberships memberships::SavePlan {
            "plan_id": null, "version": 0, "name": { "id": "Sahabat", "en": "Friend" },
            "description": { "id": "", "en": "" }, "period": "monthly", "price": 29000, "percent_off": 500,
            "free_delivery": false, "is_active": true
        } => memberships::PlanRow, [Memberships];
        writes ManageMemberships memberships::DeletePlan { "plan_id": 1, "version": 1 } => (), [Memberships];
        reads ManageMemberships memberships::ListMembers { "status": null, "search": null, "page": 1 }
            => memberships::MemberPage, [Memberships];
        reads ManageMemberships memberships::GetMember { "membership_id": 1 }
            => memberships::MemberDetail, [Memberships];
        writes ManageMemberships memberships::EndMembership {
            "membership_id": 1, "reason": "minta berhenti", "refund": null, "key": "k"
        } => memberships::MemberDetail, [Memberships];
        reads ManageMemberships memberships::ListPurchases {
            "status": null, "needs_review": false, "search": null, "page": 1
        } => memberships::PurchasePage, [Memberships];

        reads ViewHistory audit::ListAudit {
            "staff_id": null, "subject": null, "search": null, "from": null, "to": null, "page": 1
        } => audit::AuditPage, [all];
        reads RunJobs jobs::ListJobs {} => jobs::JobBoard, [Jobs, Notices];
        writes RunJobs jobs::RunJob { "job": "clean_up" } => jobs::JobBoard, [Jobs];
        reads ChangeSettings payments::ListGateways {} => Vec<payments::GatewayState>, [Settings, Notices];
        writes ChangeSettings payments::SaveGatewayKeys {
            "gateway": "midtrans", "keys": [{ "name": "midtrans_server_key", "secret": "SB-Mid-server-x" }]
        } => Vec<payments::GatewayState>, [Settings];
        reads ChangeSettings payments::TryGateway { "gateway": "midtrans" } => payments::GatewayTried, [];
        // Whoever edits the settings keeps what they began with: it is no list that follows others.
        reads ChangeSettings settings::GetSettings {} => settings::SavedSettings, [];
        writes ChangeSettings settings::SaveSettings {
            "version": 1, "settings": {
                "name": "Toko", "tagline": { "id": "", "en": "" }, "about": { "id": "", "en": "" },
                "contact": { "email": "", "phone": "", "address": "" }, "currency": "IDR", "locale": "en",
                "utc_offset_minutes": 420, "hold_minutes": 10, "unpaid_hours": 24,
                "delivery": { "zones": [], "elsewhere": 10000, "free_from": null },
                "payment_methods": ["cash_on_delivery"]
            }
        } => settings::SavedSettings, [Settings];
    }
}

#[cfg(test)]
mod tests;
