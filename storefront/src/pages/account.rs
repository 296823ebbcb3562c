//! An account's own page: its orders, what it knows of its customer, and its password.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::customers::{ChangePassword, Customer, OwnOrder, OwnOrders};
use domain::memberships::{Membership, Purchase};
use domain::page::PageNumber;
use domain::problem::{FieldProblem, Kind};
use domain::shipping::AddressForm;
use domain::text::Password;
use domain::vouchers::Voucher;
use serde::Deserialize;
use services::customers::accounts;
use services::{Shop, memberships, vouchers};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::{Lenient, membership, orders};
use crate::session::{Member, Posted, Sent};
use crate::texts::{Account, Browse, Buy, Frame, LinkText, MembershipText};

pub(crate) mod email;
pub(crate) mod entry;
pub(crate) mod keep;
pub(crate) mod links;
pub(crate) mod news;

/// The fields of the page's forms, from its head to its foot.
const FIELDS: [&str; 12] = [
    "name",
    "phone",
    "line_1",
    "line_2",
    "city",
    "province",
    "postal_code",
    "voucher_code",
    "current",
    "new",
    "new_email",
    "email_password",
];

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    page: String,
    /// What was done a moment ago.
    done: String,
}

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    layout: Layout,
    name: String,
    typed: AddressForm,
    orders: OwnOrders,
    vouchers: Vec<Voucher>,
    membership: Option<Membership>,
    purchases: Vec<Purchase>,
    /// The code that was refused.
    code: String,
    /// The address that was refused.
    new_email: String,
    /// What is said of an address that nobody confirmed yet.
    unproven: Option<String>,
    problems: Vec<FieldProblem>,
    done: Option<String>,
    notice: Option<String>,
}

/// Why the page comes back.
struct Wrong {
    status: StatusCode,
    problems: Vec<FieldProblem>,
    notice: Option<String>,
}

impl AccountPage {
    /// The page with that address in its form, and nothing to say.
    async fn load(
        shop: &Shop,
        layout: Layout,
        customer: Customer,
        typed: AddressForm,
        page: PageNumber,
    ) -> Result<Self, Failure> {
        let (membership, purchases) = memberships::own(shop, &customer).await?;
        let unproven =
            (!customer.is_verified).then(|| layout.say(LinkText::UnprovenHint { email: customer.email.clone() }));
        Ok(Self {
            layout,
            typed,
            orders: accounts::my_orders(shop, &customer, page).await?,
            vouchers: vouchers::own(shop, &customer).await?,
            membership,
            purchases,
            name: customer.name,
            code: String::new(),
            new_email: String::new(),
            unproven,
            problems: Vec::new(),
            done: None,
            notice: None,
        })
    }

    fn trouble(&self, field: &str) -> Option<String> {
        self.layout.trouble(&self.problems, field)
    }

    fn is_first(&self, field: &str) -> bool {
        is_first(&self.problems, &FIELDS, field)
    }

    fn title(&self) -> String {
        self.layout.form_title(Account::Title, !self.problems.is_empty() || self.notice.is_some())
    }

    fn greeting(&self) -> String {
        self.layout.say(Account::Greeting { name: self.name.clone() })
    }

    fn password_hint(&self) -> String {
        self.layout.say(Account::PasswordHint { fewest: Password::FEWEST })
    }

    fn provinces(&self) -> &'static [&'static str] {
        domain::shipping::provinces()
    }

    fn number(&self, order: &OwnOrder) -> String {
        self.layout.say(Account::OrderNumber { number: order.number.clone() })
    }

    fn units(&self, order: &OwnOrder) -> String {
        match order.units {
            1 => self.layout.say(Account::OneUnit),
            units => self.layout.say(Account::Units { units }),
        }
    }

    fn address(&self, order: &OwnOrder) -> String {
        services::orders::path(&order.number, &order.access_token)
    }

    fn total(&self, order: &OwnOrder) -> String {
        order.total.display(order.currency)
    }

    /// Where to pay an order that waits for it, until when, and what the way is called.
    fn payment(&self, order: &OwnOrder) -> Option<(String, String, String)> {
        let by = order.pay_by?;
        let before = self.layout.say(Account::PayBefore { moment: self.layout.moment(&by) });
        let label = self.layout.say(Account::PayNamed { number: order.number.clone() });
        Some((orders::address(&order.number, "pay", &order.access_token), before, label))
    }

    /// Where the membership stands.
    fn standing(&self, membership: &Membership) -> String {
        let until = self.layout.moment(&membership.ends_at);
        self.layout.say(if membership.cancels_at_end {
            MembershipText::EndsOn { until }
        } else {
            MembershipText::ActiveUntil { until }
        })
    }

    fn purchase_address(&self, purchase: &Purchase) -> String {
        membership::purchase::address(&purchase.number)
    }

    fn on_page(&self, page: &PageNumber) -> String {
        format!("/account?page={}#orders", page.get())
    }
}

pub(crate) async fn show(
    State(shop): State<Shop>,
    member: Member,
    Lenient(asked): Lenient<Asked>,
) -> Result<Response, Failure> {
    let page = PageNumber::new(asked.page.trim().parse().unwrap_or(1));
    let layout = Layout::load(&shop, member.brought.at("/account")).await?;
    let done = match asked.done.as_str() {
        "profile" => Some(layout.say(Account::ProfileSaved)),
        "voucher" => Some(layout.say(Account::VoucherKept)),
        "password" => Some(layout.say(Account::PasswordChanged)),
        "email" => Some(layout.say(LinkText::EmailAsked)),
        "proven" => Some(layout.say(LinkText::EnteredFirst)),
        "sent" => Some(layout.say(LinkText::SentAgain)),
        _ => None,
    };
    let typed = member.customer.address.clone();
    let page = AccountPage { done, ..AccountPage::load(&shop, layout, member.customer, typed, page).await? };
    page.layout.page(StatusCode::OK, &page)
}

pub(crate) async fn save_profile(State(shop): State<Shop>, member: Member<Sent>) -> Result<Response, Failure> {
    let (is_ours, member) = opened(member);
    let typed = address_of(&member.brought);
    if !is_ours {
        return expired(&shop, member, typed).await;
    }
    let layout = Layout::load(&shop, member.brought.visit.clone().at("/account")).await?;
    match accounts::save_profile(&shop, &member.customer, &typed, layout.locale).await {
        Ok(_) => Ok(Redirect::to("/account?done=profile").into_response()),
        Err(error) => again(&shop, layout, member, typed, error).await,
    }
}

/// Keeps the voucher of a code in the account.
pub(crate) async fn claim_voucher(State(shop): State<Shop>, member: Member<Sent>) -> Result<Response, Failure> {
    let (is_ours, member) = opened(member);
    if !is_ours {
        let known = member.customer.address.clone();
        return expired(&shop, member, known).await;
    }
    match vouchers::claim(&shop, &member.customer, member.brought.text("voucher_code")).await {
        Ok(_) => Ok(Redirect::to("/account?done=voucher#vouchers").into_response()),
        Err(error) => {
            let layout = Layout::load(&shop, member.brought.visit.clone().at("/account")).await?;
            let known = member.customer.address.clone();
            again(&shop, layout, member, known, error).await
        }
    }
}

/// Changes the password; every session ends, and this browser gets a new one.
pub(crate) async fn change_password(State(shop): State<Shop>, member: Member<Sent>) -> Result<Response, Failure> {
    let (is_ours, member) = opened(member);
    if !is_ours {
        let known = member.customer.address.clone();
        return expired(&shop, member, known).await;
    }
    let typed = |field: &str| Password::typed(member.brought.text(field));
    let wish = ChangePassword { current: typed("current"), new: typed("new") };
    match accounts::change_password(&shop, &member.customer, wish).await {
        Ok(signed_in) => {
            let cookies = member.brought.visit.visitor.sign_in(&signed_in);
            Ok((cookies, Redirect::to("/account?done=password")).into_response())
        }
        Err(error) => {
            let layout = Layout::load(&shop, member.brought.visit.clone().at("/account")).await?;
            let known = member.customer.address.clone();
            again(&shop, layout, member, known, error).await
        }
    }
}

/// The page once more, with what was typed and what is wrong with it.
async fn again(
    shop: &Shop,
    layout: Layout,
    member: Member<Posted>,
    typed: AddressForm,
    error: services::Error,
) -> Result<Response, Failure> {
    let problems = match error.kind() {
        Kind::Invalid => error.fields().to_vec(),
        Kind::TooMany => {
            let field = if member.brought.text("new_email").is_empty() { "current" } else { "email_password" };
            vec![FieldProblem::new(field, error.message().clone())]
        }
        Kind::NotFound | Kind::Refused | Kind::Forbidden | Kind::SignedOut | Kind::Unavailable | Kind::Internal => {
            return Err(error.into());
        }
    };
    let wrong = Wrong { status: StatusCode::UNPROCESSABLE_ENTITY, problems, notice: None };
    once_more(shop, layout, member, typed, wrong).await
}

/// The page once more with a fresh token, when the form's own is gone.
async fn expired(shop: &Shop, member: Member<Posted>, typed: AddressForm) -> Result<Response, Failure> {
    let layout = Layout::load(shop, member.brought.visit.clone().at("/account")).await?;
    let notice = Some(layout.say(Frame::FormExpired));
    let wrong = Wrong { status: StatusCode::FORBIDDEN, problems: Vec::new(), notice };
    once_more(shop, layout, member, typed, wrong).await
}

async fn once_more(
    shop: &Shop,
    layout: Layout,
    member: Member<Posted>,
    typed: AddressForm,
    wrong: Wrong,
) -> Result<Response, Failure> {
    let code = member.brought.text("voucher_code").to_owned();
    let new_email = member.brought.text("new_email").to_owned();
    let Wrong { status, problems, notice } = wrong;
    let plain = AccountPage::load(shop, layout, member.customer, typed, PageNumber::FIRST).await?;
    let page = AccountPage { code, new_email, problems, notice, ..plain };
    page.layout.page(status, &page)
}

/// Whether the form is proven, and whose it is.
fn opened(member: Member<Sent>) -> (bool, Member<Posted>) {
    let (is_ours, posted) = match member.brought {
        Sent::Ours(posted) => (true, posted),
        Sent::Expired(posted) => (false, posted),
    };
    (is_ours, Member { customer: member.customer, brought: posted })
}

/// Whether a field is the first, in the order in which the page has them, that has to be mended.
pub(crate) fn is_first(problems: &[FieldProblem], order: &[&str], field: &str) -> bool {
    let is_wrong = |name: &&&str| problems.iter().any(|problem| problem.field == **name);
    order.iter().find(is_wrong).is_some_and(|first| *first == field)
}

fn address_of(posted: &Posted) -> AddressForm {
    let text = |name: &str| posted.text(name).to_owned();
    AddressForm {
        name: text("name"),
        phone: text("phone"),
        line_1: text("line_1"),
        line_2: text("line_2"),
        city: text("city"),
        province: text("province"),
        postal_code: text("postal_code"),
    }
}
