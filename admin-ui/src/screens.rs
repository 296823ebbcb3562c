//! Every screen of the desk: a line is all that the window knows of one.
//!
//! A line tells the screen's address, with what is asked of it, the component that draws it, and its entry in the menu:
//! the icon, the word, which is its title too, and who may see it. Lines stand in the menu's order. A screen that is
//! reached from another says under which entry it is found. To each line belongs a type by its name, the address, which
//! is what the component is given; `screens::Orders { status, ..Default::default() }.href()` is a link to it.

use std::cell::RefCell;

use chrono::NaiveDate;
use domain::audit::SubjectKind;
use domain::catalog::{ChangeId, GoodsSort, InCategory, ProductId, ProductStatus, StockState};
use domain::customers::CustomerId;
use domain::id::{StockTakeId, VariantId};
use domain::imports::VerdictKind;
use domain::inventory::StockFilter;
use domain::locale::Locale;
use domain::mail::{LetterId, MailKind};
use domain::orders::{OrderId, OrderStatus};
use domain::page::PageNumber;
use domain::payments::{PaymentStatus, ProofId};
use domain::staff::{Permission, Role, StaffId};
use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::window;
use yew::prelude::*;

use crate::audit::{AuditScreen, AuditText};
use crate::catalog::{
    CategoriesScreen, CategoryText, ChangeScreen, ChangeText, ChangesScreen, ImportText, ImportsScreen,
    NewProductScreen, ProductScreen, ProductText, ProductsScreen,
};
use crate::customers::{CustomerScreen, CustomerText, CustomersScreen};
use crate::inventory::{StockScreen, StockTakeScreen, StockTakesScreen, StockText, TakeText, VariantScreen};
use crate::jobs::{JobText, JobsScreen};
use crate::kit::Glyph;
use crate::kit::leaving::{self, Way};
use crate::letters::{LetterScreen, LetterText, LettersScreen, WordingScreen, WordingsScreen};
use crate::memberships::{MemberText, MembershipsScreen};
use crate::orders::{OrderScreen, OrderText, OrdersScreen};
use crate::payments::{PaymentText, PaymentsScreen, ProofScreen};
use crate::reports::{DashboardScreen, DashboardText};
use crate::settings::{SettingsScreen, SettingsText};
use crate::vouchers::{VoucherText, VouchersScreen};

mod address;
mod part;
mod table;

use address::{Address, Parameter, written};
pub(crate) use part::{GoodsPlace, MembershipsPart, PaymentsPart, SettingsPart};
use table::screens;

screens! {
    Dashboard("") => DashboardScreen, menu(Glyph::Dashboard, DashboardText::Title, ViewDashboard);
    Orders("orders" ? status: Option<OrderStatus>, review: bool, search: String, page: PageNumber) => OrdersScreen, menu(Glyph::Orders, OrderText::Title);
    Order("orders" / id: OrderId) => OrderScreen, under(Orders, OrderText::Title);
    Payments("payments" / part: PaymentsPart ? status: Option<PaymentStatus>, after: Option<u64>) => PaymentsScreen, menu(Glyph::Card, PaymentText::Title, RefundOrders);
    Proof("proofs" / id: ProofId) => ProofScreen, under(Payments, PaymentText::Title);
    Products("products" ? search: String, category: InCategory, status: Option<ProductStatus>, stock: Option<StockState>, sort: GoodsSort, turned: bool, after: Option<GoodsPlace>) => ProductsScreen, menu(Glyph::Goods, ProductText::Title, ChangeCatalog);
    Product("products" / id: ProductId) => ProductScreen, under(Products, ProductText::Title);
    NewProduct("new-product") => NewProductScreen, under(Products, ProductText::Title);
    Categories("categories") => CategoriesScreen, under(Products, CategoryText::Title);
    Changes("changes" ? after: Option<ChangeId>) => ChangesScreen, under(Products, ChangeText::Title);
    Change("changes" / id: ChangeId ? kept: bool, after: Option<ProductId>) => ChangeScreen, under(Products, ChangeText::Title);
    Imports("import" ? show: Option<VerdictKind>, page: PageNumber) => ImportsScreen, under(Products, ImportText::Title);
    Customers("customers" ? search: String, page: PageNumber) => CustomersScreen, menu(Glyph::Customers, CustomerText::Title);
    Customer("customers" / id: CustomerId) => CustomerScreen, under(Customers, CustomerText::Title);
    Letters("letters" ? before: Option<LetterId>) => LettersScreen, menu(Glyph::Mail, LetterText::Title, ChangeSettings);
    Letter("letters" / id: LetterId) => LetterScreen, under(Letters, LetterText::Title);
    Wordings("letter-words") => WordingsScreen, under(Letters, LetterText::WordingsTitle);
    Wording("letter-words" / kind: MailKind) => WordingScreen, under(Letters, LetterText::WordingsTitle);
    Stock("stock" ? filter: StockFilter, search: String, page: PageNumber) => StockScreen, menu(Glyph::Stock, StockText::Title);
    Variant("stock" / id: VariantId ? page: PageNumber) => VariantScreen, under(Stock, StockText::Title);
    StockTakes("stock-takes") => StockTakesScreen, under(Stock, TakeText::Title);
    StockTake("stock-takes" / id: StockTakeId) => StockTakeScreen, under(Stock, TakeText::Title);
    Audit("history" ? staff: Option<StaffId>, about: Option<SubjectKind>, from: Option<NaiveDate>, to: Option<NaiveDate>, search: String, page: PageNumber) => AuditScreen, menu(Glyph::History, AuditText::Title, ViewHistory);
    Jobs("jobs") => JobsScreen, menu(Glyph::Robot, JobText::Title, RunJobs);
    Vouchers("vouchers" ? search: String, page: PageNumber) => VouchersScreen, menu(Glyph::Voucher, VoucherText::Title, ManageVouchers);
    Memberships("memberships" / part: MembershipsPart ? search: String, page: PageNumber) => MembershipsScreen, menu(Glyph::Member, MemberText::Title, ManageMemberships);
    Settings("settings" / part: SettingsPart) => SettingsScreen, menu(Glyph::Settings, SettingsText::Title, ChangeSettings);
}

/// An entry of the menu.
pub(crate) struct Entry {
    /// The screen's name, which [`Route::entry`] tells.
    pub(crate) name: &'static str,
    path: &'static str,
    pub(crate) icon: Glyph,
    pub(crate) title: fn(Locale) -> String,
    permission: Option<Permission>,
}

impl Entry {
    /// Whether somebody sees it; the service judges once more what they ask for.
    pub(crate) fn is_for(&self, role: Role) -> bool {
        self.permission.is_none_or(|permission| role.may(permission))
    }

    /// Where it leads.
    pub(crate) fn route(&self) -> Route {
        Route::parse(self.path)
    }
}

impl Route {
    /// Reads an address; one that leads nowhere leads home.
    fn parse(hash: &str) -> Self {
        let address = Address::parse(hash);
        let read = Self::read(address).or_else(|| Self::read(address.bare()));
        read.unwrap_or_else(|| Self::Dashboard(Dashboard::default()))
    }

    /// Home is the first entry that one may see; every other address stays what it is.
    pub(crate) fn for_role(self, role: Role) -> Self {
        let home = Self::Dashboard(Dashboard::default());
        let first = (self == home).then(|| menu().find(|entry| entry.is_for(role))).flatten();
        first.map_or(self, |entry| entry.route())
    }
}

/// Where one is now.
#[hook]
pub(crate) fn use_route() -> Route {
    let route = use_state(here);
    {
        let route = route.setter();
        use_effect_with((), move |()| {
            let last = RefCell::new(hash());
            let listener = window().map(|window| {
                EventListener::new(&window, "hashchange", move |_| {
                    let wanted = hash();
                    if *last.borrow() == wanted {
                        return;
                    }
                    if leaving::may_go(Way::To(wanted.clone())) {
                        last.replace(wanted);
                        route.set(here());
                    } else {
                        stay_at(&last.borrow());
                    }
                })
            });
            move || drop(listener)
        });
    }
    (*route).clone()
}

fn here() -> Route {
    Route::parse(&hash())
}

fn hash() -> String {
    window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// Puts the address back that the screen still shows, without telling of it.
fn stay_at(hash: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        // An address that is wrong leads back to this screen all the same.
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(hash));
    }
}

#[cfg(test)]
mod tests;
