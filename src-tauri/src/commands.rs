//! Everything that the window may ask, each a translation: who asks, which service, what may be said of a failure.
//!
//! The names and shapes are those of the table in `domain::command`; a test asks each one.

use domain::command::Command;
use domain::problem::Problem;
use tauri::Runtime;
use tauri::ipc::Invoke;

pub(crate) mod audit;
pub(crate) mod catalog;
pub(crate) mod customers;
pub(crate) mod inventory;
pub(crate) mod jobs;
pub(crate) mod memberships;
pub(crate) mod orders;
pub(crate) mod reports;
pub(crate) mod settings;
pub(crate) mod setup;
pub(crate) mod staff;
pub(crate) mod vouchers;

#[cfg(test)]
mod tests;

/// What a command sends back across the bridge.
pub(crate) type Reply<C> = Result<<C as Command>::Reply, Problem>;

/// Answers every command.
pub(crate) fn answers<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
    tauri::generate_handler![
        setup::await_opening,
        setup::get_setup,
        setup::set_up_shop,
        setup::get_shop_status,
        setup::open_storefront,
        staff::sign_in,
        staff::sign_out,
        staff::who_am_i,
        staff::choose_locale,
        reports::get_dashboard,
        orders::list_orders,
        orders::get_order,
        orders::ship_order,
        orders::complete_order,
        orders::refund_order,
        orders::return_order,
        orders::open_invoice,
        orders::cancel_order,
        orders::call_off_rest,
        customers::list_customers,
        customers::get_customer,
        settings::get_settings,
        settings::save_settings,
        vouchers::list_vouchers,
        vouchers::get_voucher,
        vouchers::save_voucher,
        vouchers::switch_voucher,
        memberships::list_plans,
        memberships::save_plan,
        memberships::delete_plan,
        memberships::end_membership,
        memberships::list_members,
        memberships::get_member,
        memberships::list_purchases,
        catalog::get_tax_class,
        catalog::set_tax_class,
        inventory::list_stock,
        inventory::receive_stock,
        audit::list_audit,
        jobs::list_jobs,
        jobs::run_job,
        orders::settle_payment,
        orders::settle_refund,
        jobs::retry_notice,
        jobs::set_aside_notice,
        inventory::correct_stock,
        inventory::count_stock,
        inventory::set_stock_limits,
        inventory::list_movements,
        inventory::list_stock_takes,
        inventory::get_stock_take,
        inventory::start_stock_take,
        inventory::count_in_stock_take,
        inventory::apply_stock_take,
        inventory::abandon_stock_take,
    ]
}
