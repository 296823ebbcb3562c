//! The frame around every screen of a signed-in member of staff: sidebar, head, toasts.

use std::rc::Rc;

use domain::locale::Locale;
use domain::page::PageNumber;
use domain::setup::GetShopStatus;
use domain::staff::{Permission, Staff};
use yew::prelude::*;

use crate::audit::AuditScreen;
use crate::customers::{CustomerScreen, CustomersScreen};
use crate::desk::Desk;
use crate::inventory::{StockScreen, StockTakeScreen, StockTakesScreen, VariantScreen};
use crate::ipc::use_command;
use crate::jobs::JobsScreen;
use crate::live::use_pulse;
use crate::memberships::MembershipsScreen;
use crate::orders::{OrderScreen, OrdersScreen};
use crate::reports::DashboardScreen;
use crate::route::{Route, use_route};
use crate::settings::SettingsScreen;
use crate::texts::ShellText;
use crate::ticks::use_ticks;
use crate::toasts::ToastCorner;
use crate::vouchers::VouchersScreen;

mod head;
mod sidebar;
pub(crate) mod switches;

use head::Head;
use sidebar::Sidebar;

/// How often the state of the shop is looked at.
const LOOK_MILLISECONDS: u32 = 10_000;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ShellProps {
    pub(crate) staff: Staff,
    /// Staff who changed, such as their language.
    pub(crate) on_staff: Callback<Staff>,
    /// Signed out.
    pub(crate) on_leave: Callback<()>,
}

/// The desk.
#[component]
pub(crate) fn Shell(props: &ShellProps) -> Html {
    let pulse = use_pulse();
    let looks = use_ticks(LOOK_MILLISECONDS);
    let status = use_command(GetShopStatus {}, pulse.settings.wrapping_add(looks));
    let route = use_route();

    let locale = props.staff.locale;
    let newest = status.answer.as_deref().and_then(|answer| answer.as_ref().ok()).cloned();
    let known = use_mut_ref(|| None);
    if newest.is_some() {
        known.borrow_mut().clone_from(&newest);
    }
    let is_reachable = status.answer.as_deref().map(|answer| answer.as_ref().is_ok_and(|status| status.is_database_up));
    let desk = Rc::new(Desk { staff: props.staff.clone(), status: known.borrow().clone(), locale });

    let screen = match route.clone() {
        // Who may not see the dashboard starts with the orders.
        Route::Dashboard if desk.staff.role.may(Permission::ViewDashboard) => html! { <DashboardScreen /> },
        Route::Dashboard => {
            html! { <OrdersScreen status={None} needs_review={false} search="" page={PageNumber::FIRST} /> }
        }
        Route::Orders { status, needs_review, search, page } => {
            html! { <OrdersScreen {status} {needs_review} {search} {page} /> }
        }
        Route::Order(id) => html! { <OrderScreen key={id.get().to_string()} {id} /> },
        Route::Jobs => html! { <JobsScreen /> },
        Route::Audit(cut) => html! { <AuditScreen {cut} /> },
        Route::Customers { search, page } => html! { <CustomersScreen {search} {page} /> },
        Route::Customer(id) => html! { <CustomerScreen key={id.get().to_string()} {id} /> },
        Route::Stock { filter, search, page } => html! { <StockScreen {filter} {search} {page} /> },
        Route::Variant { id, page } => html! { <VariantScreen key={id.get().to_string()} {id} {page} /> },
        Route::StockTakes => html! { <StockTakesScreen /> },
        Route::StockTake(id) => html! { <StockTakeScreen key={id.get().to_string()} {id} /> },
        Route::Vouchers { search, page } => html! { <VouchersScreen {search} {page} /> },
        Route::Memberships { part, search, page } => html! { <MembershipsScreen {part} {search} {page} /> },
        Route::Settings(topic) => html! { <SettingsScreen {topic} /> },
    };
    html! {
        <ContextProvider<Rc<Desk>> context={desk}>
            <ContextProvider<Locale> context={locale}>
                <a class="skip" href="#content" onclick={skip}>{ ShellText::SkipToContent.text(locale) }</a>
                <div class="shell">
                    <Sidebar {route} {is_reachable} />
                    <div class="desk">
                        <Head {is_reachable} on_staff={props.on_staff.clone()} on_leave={props.on_leave.clone()} />
                        <main class="content" id="content" tabindex="-1">{ screen }</main>
                    </div>
                </div>
                <ToastCorner />
            </ContextProvider<Locale>>
        </ContextProvider<Rc<Desk>>>
    }
}

/// The address belongs to the routes, so the focus moves by hand.
fn skip(event: MouseEvent) {
    use wasm_bindgen::JsCast;

    event.prevent_default();
    let content = web_sys::window()
        .and_then(|window| window.document())
        .and_then(|document| document.get_element_by_id("content"));
    if let Some(content) = content.and_then(|content| content.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = content.focus();
    }
}
