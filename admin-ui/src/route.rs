//! Where one is at the desk. The address is the hash of the page, so that back, forward and links work by themselves.

use domain::customers::CustomerId;
use domain::id::{StockTakeId, VariantId};
use domain::inventory::StockFilter;
use domain::orders::{OrderId, OrderStatus};
use domain::page::PageNumber;
use gloo_events::EventListener;
use web_sys::window;
use yew::prelude::*;

use crate::audit::Cut;

/// A screen, with what it shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Dashboard,
    Orders { status: Option<OrderStatus>, needs_review: bool, search: String, page: PageNumber },
    Order(OrderId),
    Customers { search: String, page: PageNumber },
    Customer(CustomerId),
    Stock { filter: StockFilter, search: String, page: PageNumber },
    Variant { id: VariantId, page: PageNumber },
    StockTakes,
    StockTake(StockTakeId),
    Jobs,
    Audit(Cut),
    Vouchers { search: String, page: PageNumber },
    Memberships { part: Club, search: String, page: PageNumber },
    Settings(Topic),
}

/// A part of the memberships.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Club {
    Members,
    Purchases,
    /// Purchases with money that a person must look at.
    Review,
    Plans,
}

/// A page of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Topic {
    Shop,
    Checkout,
    Delivery,
    Taxes,
}

impl Route {
    /// All orders, from the newest on.
    pub(crate) fn orders() -> Self {
        Self::orders_in(None)
    }

    /// Orders of one status.
    pub(crate) fn orders_in(status: Option<OrderStatus>) -> Self {
        Self::Orders { status, needs_review: false, search: String::new(), page: PageNumber::FIRST }
    }

    /// Orders with a payment that a person must look at.
    pub(crate) fn orders_to_review() -> Self {
        Self::Orders { status: None, needs_review: true, search: String::new(), page: PageNumber::FIRST }
    }

    /// All customers, from the newest on.
    pub(crate) fn customers() -> Self {
        Self::Customers { search: String::new(), page: PageNumber::FIRST }
    }

    /// The stock list with a filter.
    pub(crate) fn stock(filter: StockFilter) -> Self {
        Self::Stock { filter, search: String::new(), page: PageNumber::FIRST }
    }

    /// A variant with the newest lines of its ledger.
    pub(crate) fn variant(id: VariantId) -> Self {
        Self::Variant { id, page: PageNumber::FIRST }
    }

    /// All vouchers, from the newest on.
    pub(crate) fn vouchers() -> Self {
        Self::Vouchers { search: String::new(), page: PageNumber::FIRST }
    }

    /// A part of the memberships, from its beginning.
    pub(crate) fn memberships(part: Club) -> Self {
        Self::Memberships { part, search: String::new(), page: PageNumber::FIRST }
    }

    /// What stands in a link.
    pub(crate) fn href(&self) -> String {
        match self {
            Self::Dashboard => "#/".to_owned(),
            Self::Orders { status, needs_review, search, page } => {
                let status = status.map(|status| ("status", status.as_str().to_owned()));
                let review = needs_review.then(|| ("review", "yes".to_owned()));
                address("orders", [status, review, searched(search), paged(*page)])
            }
            Self::Order(id) => format!("#/orders/{id}"),
            Self::Customers { search, page } => address("customers", [searched(search), paged(*page)]),
            Self::Customer(id) => format!("#/customers/{id}"),
            Self::Stock { filter, search, page } => {
                let filter = (*filter != StockFilter::All).then(|| ("filter", filter.as_str().to_owned()));
                address("stock", [filter, searched(search), paged(*page)])
            }
            Self::Variant { id, page } => address(&format!("stock/{id}"), [paged(*page)]),
            Self::StockTakes => "#/stock-takes".to_owned(),
            Self::StockTake(id) => format!("#/stock-takes/{id}"),
            Self::Jobs => "#/jobs".to_owned(),
            Self::Audit(cut) => {
                let staff = cut.staff.map(|id| ("staff", id.to_string()));
                let subject = cut.subject.map(|kind| ("about", kind.as_str().to_owned()));
                let from = cut.from.map(|day| ("from", day.to_string()));
                let to = cut.to.map(|day| ("to", day.to_string()));
                address("history", [staff, subject, from, to, searched(&cut.search), paged(cut.page)])
            }
            Self::Vouchers { search, page } => address("vouchers", [searched(search), paged(*page)]),
            Self::Memberships { part, search, page } => {
                let path = match part {
                    Club::Members => "memberships",
                    Club::Purchases => "memberships/purchases",
                    Club::Review => "memberships/review",
                    Club::Plans => "memberships/plans",
                };
                address(path, [searched(search), paged(*page)])
            }
            Self::Settings(Topic::Shop) => "#/settings/shop".to_owned(),
            Self::Settings(Topic::Checkout) => "#/settings/checkout".to_owned(),
            Self::Settings(Topic::Delivery) => "#/settings/delivery".to_owned(),
            Self::Settings(Topic::Taxes) => "#/settings/taxes".to_owned(),
        }
    }

    /// Reads an address; one that leads nowhere leads to the dashboard.
    pub(crate) fn parse(hash: &str) -> Self {
        let (path, query) =
            hash.trim_start_matches("#/").split_once('?').unwrap_or((hash.trim_start_matches("#/"), ""));
        let value = |name: &str| {
            let found = query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name));
            found.map(|(_, value)| decode(value)).unwrap_or_default()
        };
        let page = || PageNumber::new(value("page").parse().unwrap_or(1));
        match path.split('/').collect::<Vec<_>>().as_slice() {
            ["orders"] => Self::Orders {
                status: value("status").parse().ok(),
                needs_review: value("review") == "yes",
                search: value("search"),
                page: page(),
            },
            ["orders", id] => id.parse().map_or_else(|_| Self::orders(), Self::Order),
            ["customers"] => Self::Customers { search: value("search"), page: page() },
            ["customers", id] => id.parse().map_or_else(|_| Self::customers(), Self::Customer),
            ["stock"] => Self::Stock {
                filter: value("filter").parse().unwrap_or(StockFilter::All),
                search: value("search"),
                page: page(),
            },
            ["stock", id] => {
                id.parse().map_or_else(|_| Self::stock(StockFilter::All), |id| Self::Variant { id, page: page() })
            }
            ["stock-takes"] => Self::StockTakes,
            ["stock-takes", id] => id.parse().map_or(Self::StockTakes, Self::StockTake),
            ["jobs"] => Self::Jobs,
            ["history"] => Self::Audit(Cut {
                staff: value("staff").parse().ok(),
                subject: value("about").parse().ok(),
                search: value("search"),
                from: value("from").parse().ok(),
                to: value("to").parse().ok(),
                page: page(),
            }),
            ["vouchers"] => Self::Vouchers { search: value("search"), page: page() },
            ["memberships", part @ ..] => {
                let part = match part {
                    ["purchases"] => Club::Purchases,
                    ["review"] => Club::Review,
                    ["plans"] => Club::Plans,
                    _ => Club::Members,
                };
                Self::Memberships { part, search: value("search"), page: page() }
            }
            ["settings", "checkout"] => Self::Settings(Topic::Checkout),
            ["settings", "delivery"] => Self::Settings(Topic::Delivery),
            ["settings", "taxes"] => Self::Settings(Topic::Taxes),
            ["settings", ..] => Self::Settings(Topic::Shop),
            _ => Self::Dashboard,
        }
    }

    /// Goes there.
    pub(crate) fn go(&self) {
        if let Some(window) = window() {
            // A refused address leaves us where we are.
            let _ = window.location().set_hash(&self.href());
        }
    }

    /// Goes there without a step in the history, as typing into a search field does.
    pub(crate) fn slip(&self) {
        if let Some(window) = window() {
            let _ = window.location().replace(&self.href());
        }
    }
}

/// Where one is now.
#[hook]
pub(crate) fn use_route() -> Route {
    let route = use_state(here);
    {
        let route = route.setter();
        use_effect_with((), move |()| {
            let listener = window().map(|window| EventListener::new(&window, "hashchange", move |_| route.set(here())));
            move || drop(listener)
        });
    }
    (*route).clone()
}

fn here() -> Route {
    let hash = window().and_then(|window| window.location().hash().ok());
    Route::parse(&hash.unwrap_or_default())
}

fn searched(search: &str) -> Option<(&'static str, String)> {
    (!search.is_empty()).then(|| ("search", encode(search)))
}

fn paged(page: PageNumber) -> Option<(&'static str, String)> {
    (page != PageNumber::FIRST).then(|| ("page", page.get().to_string()))
}

fn address<const N: usize>(path: &str, parts: [Option<(&'static str, String)>; N]) -> String {
    let query: Vec<String> = parts.into_iter().flatten().map(|(name, value)| format!("{name}={value}")).collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("#/{path}{mark}{}", query.join("&"))
}

/// Letters and digits as they are, every other byte as `%` and two hexadecimal digits.
fn encode(text: &str) -> String {
    let encoded = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    encoded.collect()
}

/// Undoes [`encode`]; what was never encoded stays as it is.
fn decode(value: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = value.as_bytes();
    while let [first, after @ ..] = rest {
        let hexadecimal = after.get(..2).filter(|_| *first == b'%').and_then(|pair| std::str::from_utf8(pair).ok());
        match hexadecimal.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use domain::audit::SubjectKind;
    use domain::customers::CustomerId;
    use domain::id::{StockTakeId, VariantId};
    use domain::inventory::StockFilter;
    use domain::orders::{OrderId, OrderStatus};
    use domain::page::PageNumber;
    use domain::staff::StaffId;

    use super::{Club, Route, Topic};
    use crate::audit::Cut;

    #[test]
    fn an_address_leads_back_to_its_screen() {
        let second = Route::Orders {
            status: Some(OrderStatus::Processing),
            needs_review: true,
            search: "Siti & Ayu = 100% 🌸?#".to_owned(),
            page: PageNumber::new(2),
        };
        let order = Route::Order(OrderId::new(12));
        let cut = Route::Audit(Cut {
            staff: Some(StaffId::new(3)),
            subject: Some(SubjectKind::Order),
            search: "ET-1".to_owned(),
            from: "2026-11-01".parse().ok(),
            to: "2026-11-30".parse().ok(),
            page: PageNumber::new(3),
        });
        for route in [
            Route::Dashboard,
            Route::orders(),
            Route::orders_to_review(),
            second,
            order,
            Route::customers(),
            Route::Customers { search: "Ayu & Siti".to_owned(), page: PageNumber::new(3) },
            Route::Customer(CustomerId::new(7)),
            Route::stock(StockFilter::Low),
            Route::variant(VariantId::new(4)),
            Route::Variant { id: VariantId::new(4), page: PageNumber::new(2) },
            Route::StockTakes,
            Route::StockTake(StockTakeId::new(9)),
            Route::Jobs,
            Route::Audit(Cut::default()),
            cut,
            Route::Settings(Topic::Shop),
            Route::Settings(Topic::Checkout),
            Route::Settings(Topic::Delivery),
            Route::Settings(Topic::Taxes),
            Route::memberships(Club::Plans),
            Route::memberships(Club::Review),
            Route::memberships(Club::Members),
            Route::Memberships { part: Club::Purchases, search: "MB-1".to_owned(), page: PageNumber::new(2) },
            Route::Vouchers { search: "HEMAT".to_owned(), page: PageNumber::new(3) },
        ] {
            assert_eq!(Route::parse(&route.href()), route, "{}", route.href());
        }
    }

    #[test]
    fn a_wrong_address_leads_home() {
        assert_eq!(Route::parse("#/nowhere/at/all"), Route::Dashboard);
        assert_eq!(Route::parse("#/orders/twelve"), Route::orders());
        assert_eq!(Route::parse("#/settings/nothing"), Route::Settings(Topic::Shop));
        assert_eq!(Route::parse(""), Route::Dashboard);
    }
}
