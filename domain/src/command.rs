//! Every request that the desktop answers: its name on the wire, and what comes back.

use serde::{Serialize, de::DeserializeOwned};

use crate::{inventory, orders, reports, setup, staff};

/// A request with a fixed name and a known reply.
pub trait Command: Serialize + DeserializeOwned + 'static {
    /// The name that both ends use.
    const NAME: &'static str;
    /// What a successful answer carries.
    type Reply: Serialize + DeserializeOwned + 'static;
}

macro_rules! commands {
    ($($name:ident: $request:ty => $reply:ty,)*) => {
        $(impl Command for $request {
            const NAME: &'static str = stringify!($name);
            type Reply = $reply;
        })*

        /// All names, so that the shell can prove that it answers each.
        pub const COMMANDS: &[&str] = &[$(stringify!($name)),*];
    };
}

commands! {
    await_opening: setup::AwaitOpening => setup::Opening,
    get_setup: setup::GetSetup => setup::SetupState,
    set_up_shop: setup::SetUpShop => staff::Staff,
    get_shop_status: setup::GetShopStatus => setup::ShopStatus,
    open_storefront: setup::OpenStorefront => (),
    sign_in: staff::SignIn => staff::Staff,
    sign_out: staff::SignOut => (),
    who_am_i: staff::WhoAmI => Option<staff::Staff>,
    choose_locale: staff::ChooseLocale => staff::Staff,
    get_dashboard: reports::GetDashboard => reports::Dashboard,
    list_orders: orders::ListOrders => orders::OrderPage,
    get_order: orders::GetOrder => orders::OrderDetail,
    ship_order: orders::ShipOrder => orders::OrderDetail,
    complete_order: orders::CompleteOrder => orders::OrderDetail,
    cancel_order: orders::CancelOrder => orders::OrderDetail,
    list_stock: inventory::ListStock => inventory::StockPage,
    receive_stock: inventory::ReceiveStock => inventory::StockRow,
}
