//! The sidebar: where one can go, and at its foot whether the shop is open.

use domain::inventory::StockFilter;
use domain::staff::Permission;
use yew::prelude::*;

use crate::audit::Cut;
use crate::desk::use_desk;
use crate::icon::{Glyph, Icon};
use crate::preferences;
use crate::route::{Club, Route, Topic};
use crate::texts::ShellText;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SidebarProps {
    pub(crate) route: Route,
    /// Nothing while it is not known.
    pub(crate) is_reachable: Option<bool>,
}

/// The main menu.
#[component]
pub(crate) fn Sidebar(props: &SidebarProps) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let is_folded = use_state(preferences::is_sidebar_folded);
    let fold = {
        let is_folded = is_folded.clone();
        Callback::from(move |_: MouseEvent| {
            preferences::remember_sidebar(!*is_folded);
            is_folded.set(!*is_folded);
        })
    };
    let is_at = |screen: Screen| screen_of(&props.route) == screen;
    let may_see_dashboard = desk.staff.role.may(Permission::ViewDashboard);
    let fold_label = if *is_folded { ShellText::UnfoldSidebar } else { ShellText::FoldSidebar }.text(locale);
    let shop_name = desk.status.as_ref().map(|status| status.shop_name.clone()).unwrap_or_default();
    html! {
        <aside class={classes!("sidebar", is_folded.then_some("is-folded"))} id="sidebar">
            <div class="brand">
                <span class="brand-mark"><Icon of={Glyph::Shop} /></span>
                <span class="brand-name">{ ShellText::Product.text(locale) }</span>
            </div>
            <nav aria-label={ShellText::Navigation.text(locale)}>
                if may_see_dashboard {
                    { entry("nav-dashboard", &Route::Dashboard, Glyph::Dashboard, &ShellText::Dashboard.text(locale), is_at(Screen::Dashboard)) }
                }
                { entry("nav-orders", &Route::orders(), Glyph::Orders, &ShellText::Orders.text(locale), is_at(Screen::Orders)) }
                { entry("nav-customers", &Route::customers(), Glyph::Customers, &ShellText::Customers.text(locale), is_at(Screen::Customers)) }
                { entry("nav-stock", &Route::stock(StockFilter::All), Glyph::Stock, &ShellText::Stock.text(locale), is_at(Screen::Stock)) }
                if desk.staff.role.may(Permission::ViewHistory) {
                    { entry("nav-audit", &Route::Audit(Cut::default()), Glyph::History, &ShellText::History.text(locale), is_at(Screen::Audit)) }
                }
                if desk.staff.role.may(Permission::RunJobs) {
                    { entry("nav-jobs", &Route::Jobs, Glyph::Robot, &ShellText::Jobs.text(locale), is_at(Screen::Jobs)) }
                }
                if desk.staff.role.may(Permission::ManageVouchers) {
                    { entry("nav-vouchers", &Route::vouchers(), Glyph::Voucher, &ShellText::Vouchers.text(locale), is_at(Screen::Vouchers)) }
                }
                if desk.staff.role.may(Permission::ManageMemberships) {
                    { entry("nav-memberships", &Route::memberships(Club::Members), Glyph::Member, &ShellText::Memberships.text(locale), is_at(Screen::Memberships)) }
                }
                if desk.staff.role.may(Permission::ChangeSettings) {
                    { entry("nav-settings", &Route::Settings(Topic::Shop), Glyph::Settings, &ShellText::Settings.text(locale), is_at(Screen::Settings)) }
                }
            </nav>
            <div class="sidebar-foot">
                if let Some(status) = &desk.status {
                    if status.is_demo {
                        <p class="sidebar-note" title={shop_name}>
                            <Icon of={Glyph::Demo} />
                            <span>{ ShellText::Demo.text(locale) }</span>
                        </p>
                    }
                    <p class="sidebar-note is-version">
                        <span>{ ShellText::Version { version: status.version.clone() }.text(locale) }</span>
                    </p>
                }
                <button type="button" class="nav-entry" id="fold-sidebar" aria-expanded={(!*is_folded).to_string()}
                    title={fold_label.clone()} onclick={fold}>
                    <Icon of={Glyph::Sidebar} /><span class="nav-label">{ fold_label }</span>
                </button>
            </div>
        </aside>
    }
}

#[derive(PartialEq, Eq)]
enum Screen {
    Dashboard,
    Orders,
    Customers,
    Stock,
    Audit,
    Jobs,
    Vouchers,
    Memberships,
    Settings,
}

fn screen_of(route: &Route) -> Screen {
    match route {
        Route::Dashboard => Screen::Dashboard,
        Route::Orders { .. } | Route::Order(_) => Screen::Orders,
        Route::Customers { .. } | Route::Customer(_) => Screen::Customers,
        Route::Stock { .. } | Route::Variant { .. } | Route::StockTakes | Route::StockTake(_) => Screen::Stock,
        Route::Audit(_) => Screen::Audit,
        Route::Jobs => Screen::Jobs,
        Route::Vouchers { .. } => Screen::Vouchers,
        Route::Memberships { .. } => Screen::Memberships,
        Route::Settings(_) => Screen::Settings,
    }
}

fn entry(id: &'static str, to: &Route, icon: Glyph, label: &str, is_here: bool) -> Html {
    let label = label.to_owned();
    html! {
        <a {id} class="nav-entry" href={to.href()} title={label.clone()} aria-current={is_here.then_some("page")}>
            <Icon of={icon} /><span class="nav-label">{ label }</span>
        </a>
    }
}
