//! Addresses lead to their screens and back.

use domain::audit::SubjectKind;
use domain::catalog::{CategoryId, GoodsKey, GoodsSort, InCategory, ProductId, ProductStatus, StockState};
use domain::customers::CustomerId;
use domain::id::{StockTakeId, VariantId};
use domain::imports::VerdictKind;
use domain::inventory::StockFilter;
use domain::mail::MailKind;
use domain::orders::{OrderId, OrderStatus};
use domain::page::PageNumber;
use domain::staff::{Role, StaffId};

use super::{
    Audit, Categories, Customer, Customers, Dashboard, GoodsPlace, Imports, Jobs, Memberships, MembershipsPart,
    NewProduct, Order, Orders, Product, Products, Route, Settings, SettingsPart, Stock, StockTake, StockTakes, Variant,
    Vouchers, Wording, Wordings, menu,
};

#[test]
fn an_address_leads_back_to_its_screen() {
    let second = Orders {
        status: Some(OrderStatus::Processing),
        review: true,
        search: "Siti & Ayu = 100% 🌸?#".to_owned(),
        page: PageNumber::new(2),
    };
    let history = Audit {
        staff: Some(StaffId::new(3)),
        about: Some(SubjectKind::Order),
        search: "ET-1".to_owned(),
        from: "2026-11-01".parse().ok(),
        to: "2026-11-30".parse().ok(),
        page: PageNumber::new(3),
    };
    let purchases = Memberships {
        search: "MB-1".to_owned(),
        page: PageNumber::new(2),
        ..Memberships::of(MembershipsPart::Purchases)
    };
    let goods = Products {
        search: "kemeja".to_owned(),
        category: InCategory::Of(CategoryId::new(4)),
        status: Some(ProductStatus::Draft),
        stock: Some(StockState::Low),
        sort: GoodsSort::Name,
        turned: true,
        after: Some(GoodsPlace(GoodsKey { text: "kemeja. & 1".to_owned(), number: -3, product_id: ProductId::new(7) })),
    };
    for route in [
        Route::Products(goods),
        Route::Products(Products { category: InCategory::Nowhere, ..Default::default() }),
        Route::Product(Product::of(ProductId::new(7))),
        Route::NewProduct(NewProduct::default()),
        Route::Categories(Categories::default()),
        Route::Imports(Imports { show: Some(VerdictKind::Refused), page: PageNumber::new(2) }),
        Route::Dashboard(Dashboard::default()),
        Route::Orders(Orders::default()),
        Route::Wordings(Wordings::default()),
        Route::Wording(Wording::of(MailKind::LowStock)),
        Route::Orders(Orders { review: true, ..Default::default() }),
        Route::Orders(second),
        Route::Order(Order::of(OrderId::new(12))),
        Route::Customers(Customers::default()),
        Route::Customers(Customers { search: "Ayu & Siti".to_owned(), page: PageNumber::new(3) }),
        Route::Customer(Customer::of(CustomerId::new(7))),
        Route::Stock(Stock { filter: StockFilter::Low, ..Default::default() }),
        Route::Variant(Variant::of(VariantId::new(4))),
        Route::Variant(Variant { id: VariantId::new(4), page: PageNumber::new(2) }),
        Route::StockTakes(StockTakes::default()),
        Route::StockTake(StockTake::of(StockTakeId::new(9))),
        Route::Jobs(Jobs::default()),
        Route::Audit(Audit::default()),
        Route::Audit(history),
        Route::Settings(Settings::of(SettingsPart::Shop)),
        Route::Settings(Settings::of(SettingsPart::Checkout)),
        Route::Settings(Settings::of(SettingsPart::Delivery)),
        Route::Settings(Settings::of(SettingsPart::Taxes)),
        Route::Memberships(Memberships::of(MembershipsPart::Plans)),
        Route::Memberships(Memberships::of(MembershipsPart::Review)),
        Route::Memberships(Memberships::of(MembershipsPart::Members)),
        Route::Memberships(purchases),
        Route::Vouchers(Vouchers { search: "HEMAT".to_owned(), page: PageNumber::new(3) }),
    ] {
        assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
    }
}

#[test]
fn a_wrong_address_leads_home() {
    assert_eq!(Route::parse("#/nowhere/at/all"), Route::Dashboard(Dashboard::default()));
    assert_eq!(Route::parse("#/orders/twelve"), Route::Orders(Orders::default()));
    assert_eq!(Route::parse("#/settings/nothing"), Route::Settings(Settings::of(SettingsPart::Shop)));
    assert_eq!(Route::parse(""), Route::Dashboard(Dashboard::default()));
}

#[test]
fn an_address_is_written_as_it_always_was() {
    let searched = Orders { search: "Siti & Ayu-1".to_owned(), page: PageNumber::new(2), ..Default::default() };
    assert_eq!(searched.href(), "#/orders?search=Siti%20%26%20Ayu-1&page=2");
    assert_eq!(Dashboard::default().href(), "#/");
    assert_eq!(Memberships::of(MembershipsPart::Members).href(), "#/memberships");
    assert_eq!(Settings::of(SettingsPart::Shop).href(), "#/settings/shop");
    assert_eq!(Variant { id: VariantId::new(4), page: PageNumber::new(2) }.href(), "#/stock/4?page=2");
}

#[test]
fn every_screen_is_found_under_an_entry_that_leads_somewhere_of_its_own() {
    let names: Vec<&str> = menu().map(|entry| entry.name).collect();
    for entry in menu() {
        assert_eq!(entry.route().entry(), entry.name);
    }
    for route in [Route::parse("#/orders/1"), Route::parse("#/stock-takes/2"), Route::parse("#/customers/3")] {
        assert!(names.contains(&route.entry()), "{route:?}");
    }
}

#[test]
fn home_is_the_first_screen_that_one_may_see() {
    let home = || Route::parse("#/");
    assert_eq!(home().for_role(Role::Owner), home());
    assert_eq!(home().for_role(Role::Staff), Route::Orders(Orders::default()));
    assert_eq!(Route::parse("#/vouchers").for_role(Role::Staff), Route::parse("#/vouchers"));
}
