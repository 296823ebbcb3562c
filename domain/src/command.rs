//! Every request that the desktop answers: its name on the wire, and what comes back.

use serde::{Serialize, de::DeserializeOwned};

use crate::inventory::stock_takes;
use crate::{
    audit, catalog, customers, inventory, jobs, memberships, orders, payments, reports, settings, setup, staff,
    vouchers,
};

/// A request with a fixed name and a known reply.
pub trait Command: Serialize + DeserializeOwned + 'static {
    /// The name that both ends use.
    const NAME: &'static str;
    /// Whether it changes what the shop keeps.
    const EFFECT: Effect;
    /// What a successful answer carries.
    type Reply: Serialize + DeserializeOwned + 'static;
}

/// What a command does to what the shop keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Nothing that outlives the window.
    Reads,
    /// Something, and a row of the history tells of it.
    Writes,
}

macro_rules! commands {
    ($($effect:ident $name:ident: $request:ty => $reply:ty,)*) => {
        $(impl Command for $request {
            const NAME: &'static str = stringify!($name);
            const EFFECT: Effect = commands!(@$effect);
            type Reply = $reply;
        })*

        /// All names, so that the shell can prove that it answers each.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];

        /// What each does, so that a test can prove that every change is in the history.
        pub const EFFECTS: &[(&str, Effect)] = &[$((stringify!($name), commands!(@$effect))),*];
    };
    (@reads) => { Effect::Reads };
    (@writes) => { Effect::Writes };
}

commands! {
    reads await_opening: setup::AwaitOpening => setup::Opening,
    reads get_setup: setup::GetSetup => setup::SetupState,
    writes set_up_shop: setup::SetUpShop => staff::Staff,
    reads get_shop_status: setup::GetShopStatus => setup::ShopStatus,
    reads open_storefront: setup::OpenStorefront => (),
    reads sign_in: staff::SignIn => staff::Staff,
    reads sign_out: staff::SignOut => (),
    reads who_am_i: staff::WhoAmI => Option<staff::Staff>,
    writes choose_locale: staff::ChooseLocale => staff::Staff,
    reads get_dashboard: reports::GetDashboard => reports::Dashboard,
    reads list_orders: orders::ListOrders => orders::OrderPage,
    reads get_order: orders::GetOrder => orders::OrderDetail,
    writes ship_order: orders::ShipOrder => orders::OrderDetail,
    writes complete_order: orders::CompleteOrder => orders::OrderDetail,
    writes cancel_order: orders::CancelOrder => orders::OrderDetail,
    writes call_off_rest: orders::CallOffRest => orders::OrderDetail,
    writes return_order: orders::ReturnOrder => orders::OrderDetail,
    reads open_invoice: orders::OpenInvoice => (),
    writes refund_order: payments::RefundOrder => orders::OrderDetail,
    reads list_customers: customers::ListCustomers => customers::CustomerPage,
    reads get_customer: customers::GetCustomer => customers::CustomerDetail,
    reads list_stock: inventory::ListStock => inventory::StockPage,
    reads get_tax_class: catalog::GetTaxClass => catalog::ProductTax,
    writes set_tax_class: catalog::SetTaxClass => catalog::ProductTax,
    writes receive_stock: inventory::ReceiveStock => inventory::StockRow,
    reads list_audit: audit::ListAudit => audit::AuditPage,
    reads list_jobs: jobs::ListJobs => jobs::JobBoard,
    writes run_job: jobs::RunJob => jobs::JobBoard,
    writes settle_payment: payments::SettlePayment => (),
    writes settle_refund: payments::SettleRefund => (),
    writes retry_notice: payments::RetryNotice => jobs::JobBoard,
    writes set_aside_notice: payments::SetAsideNotice => jobs::JobBoard,
    reads get_settings: settings::GetSettings => settings::SavedSettings,
    writes save_settings: settings::SaveSettings => settings::SavedSettings,
    writes correct_stock: inventory::CorrectStock => inventory::StockRow,
    writes count_stock: inventory::CountStock => inventory::StockRow,
    writes set_stock_limits: inventory::SetStockLimits => inventory::StockRow,
    reads list_movements: inventory::ListMovements => inventory::MovementPage,
    reads list_stock_takes: stock_takes::ListStockTakes => Vec<stock_takes::StockTakeRow>,
    reads get_stock_take: stock_takes::GetStockTake => stock_takes::StockTake,
    writes start_stock_take: stock_takes::StartStockTake => stock_takes::StockTake,
    writes count_in_stock_take: stock_takes::CountInStockTake => stock_takes::StockTake,
    writes apply_stock_take: stock_takes::ApplyStockTake => stock_takes::StockTake,
    writes abandon_stock_take: stock_takes::AbandonStockTake => stock_takes::StockTake,
    reads list_vouchers: vouchers::ListVouchers => vouchers::VoucherPage,
    reads get_voucher: vouchers::GetVoucher => vouchers::VoucherDetail,
    writes save_voucher: vouchers::SaveVoucher => vouchers::VoucherRow,
    writes switch_voucher: vouchers::SwitchVoucher => vouchers::VoucherRow,
    reads list_plans: memberships::ListPlans => memberships::PlanList,
    writes save_plan: memberships::SavePlan => memberships::PlanRow,
    writes delete_plan: memberships::DeletePlan => (),
    writes end_membership: memberships::EndMembership => memberships::MemberDetail,
    reads list_members: memberships::ListMembers => memberships::MemberPage,
    reads get_member: memberships::GetMember => memberships::MemberDetail,
    reads list_purchases: memberships::ListPurchases => memberships::PurchasePage,
}
