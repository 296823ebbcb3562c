//! The commands of the desk that the shop answers: each is one line, and one without a line does not compile.

use domain::command::{Command, ShopCommand};
use domain::orders::GetOrder;
use domain::staff::Staff;
use serde_json::Value;

use crate::inventory::stock_takes;
use crate::{
    Result, Shop, audit, catalog, customers, inventory, jobs, letters, memberships, orders, payments, reports,
    settings, vouchers,
};

/// Answers a member of staff who has the permission that `domain::command` names.
///
/// # Errors
/// `Forbidden` before anything else; else what the function of the command says.
pub async fn answer(shop: &Shop, staff: &Staff, command: ShopCommand) -> Result<Value> {
    command.access().check(staff)?;
    run(shop, staff, command).await
}

macro_rules! answers {
    ($($request:ident => $function:expr,)*) => {
        /// Calls the function of the command, which asks for the permission once more.
        pub(crate) async fn run(shop: &Shop, staff: &Staff, command: ShopCommand) -> Result<Value> {
            match command {
                $(ShopCommand::$request(request) => {
                    // Each is some kilobytes large while it runs; together they need not be.
                    Box::pin(written(*request, |request| ($function)(shop, staff, request))).await
                })*
            }
        }
    };
}

answers! {
    GetDashboard => |shop, staff, _| reports::dashboard(shop, staff),
    ListOrders => orders::page,
    GetOrder => |shop, staff, GetOrder { order_id }| orders::detail(shop, staff, order_id),
    ShipOrder => orders::ship,
    CompleteOrder => orders::complete,
    CancelOrder => orders::cancel,
    CallOffRest => orders::call_off_rest,
    ReturnOrder => orders::take_back,
    RefundOrder => payments::refund,
    SettlePayment => payments::settle_payment,
    SettleRefund => payments::settle_refund,
    CheckPayments => payments::check,
    ListAttempts => payments::attempts,
    CheckAttempt => payments::check_attempt,
    ListNotices => payments::notices,
    GetNotice => payments::notice,
    ListProofs => payments::proofs,
    GetProof => payments::proof,
    DecideProof => payments::decide_proof,
    CountTransfer => payments::count_transfer,
    ListGateways => payments::gateways,
    SaveGatewayKeys => payments::save_gateway_keys,
    TryGateway => payments::try_gateway,
    RetryNotice => async |shop, staff, request| {
        payments::retry(shop, staff, request).await?;
        jobs::board(shop, staff).await
    },
    SetAsideNotice => async |shop, staff, request| {
        payments::set_aside(shop, staff, request).await?;
        jobs::board(shop, staff).await
    },
    ListCustomers => customers::page,
    GetCustomer => customers::detail,
    ListLetters => letters::page,
    GetLetter => letters::detail,
    SendLetterAgain => letters::send_again,
    GetMailState => |shop, staff, _| letters::account::state(shop, staff),
    SetMailPassword => letters::account::set_password,
    SendTestLetter => letters::account::test,
    ListLetterWords => letters::own::list,
    GetLetterWords => letters::own::detail,
    SaveLetterWords => letters::own::save,
    ListGoods => catalog::goods,
    GetProduct => catalog::edited,
    SaveProduct => catalog::save,
    DuplicateProduct => catalog::duplicate,
    DeleteProduct => catalog::delete,
    ListCategories => catalog::categories_of_desk,
    SaveCategory => catalog::save_category,
    MoveCategory => catalog::move_category,
    DeleteCategory => catalog::delete_category,
    PreviewBulk => catalog::preview_bulk,
    ShowBulkRows => catalog::bulk_rows,
    ApplyBulk => catalog::apply_bulk,
    ListChanges => catalog::changes,
    GetChange => catalog::change,
    UndoChange => catalog::undo,
    GetTaxClass => catalog::tax_class,
    SetTaxClass => catalog::set_tax_class,
    GetStaffNote => catalog::notes::show,
    SetStaffNote => catalog::notes::set,
    ListStock => inventory::page,
    ListMovements => inventory::movements,
    ReceiveStock => inventory::receive,
    CorrectStock => inventory::correct,
    CountStock => inventory::count,
    SetStockLimits => inventory::set_limits,
    ListStockTakes => stock_takes::list,
    GetStockTake => stock_takes::show,
    StartStockTake => stock_takes::start,
    CountInStockTake => stock_takes::count,
    ApplyStockTake => stock_takes::apply,
    AbandonStockTake => stock_takes::abandon,
    ListVouchers => vouchers::page,
    GetVoucher => vouchers::detail,
    SaveVoucher => vouchers::save,
    SwitchVoucher => vouchers::switch,
    ListPlans => memberships::plans,
    SavePlan => memberships::save_plan,
    DeletePlan => memberships::delete_plan,
    ListMembers => memberships::page,
    GetMember => memberships::member,
    EndMembership => memberships::end,
    ListPurchases => memberships::purchases,
    ListAudit => audit::page,
    ListJobs => |shop, staff, _| jobs::board(shop, staff),
    RunJob => jobs::run_now,
    GetSettings => |shop, staff, _| settings::detail(shop, staff),
    SaveSettings => async |shop, staff, request| {
        let before = settings::get(shop).await?;
        let saved = settings::replace(shop, staff, request).await?;
        letters::account::heed(shop, staff, &before.mail, &saved.settings.mail).await?;
        Ok(saved)
    },
}

/// The function's reply, which is of the type that the table promises.
async fn written<C: Command, F: Future<Output = Result<C::Reply>>>(
    request: C,
    function: impl FnOnce(C) -> F,
) -> Result<Value> {
    Ok(serde_json::to_value(function(request).await?)?)
}
