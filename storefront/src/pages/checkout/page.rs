//! The checkout's page: what it shows, and in which words.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use domain::carts::{Cart, CartLine};
use domain::checkout::{Checkout, Hold};
use domain::money::Money;
use domain::payments::{MethodKind, PaymentMethod};
use domain::pricing::Priced;
use domain::problem::FieldProblem;
use domain::shipping::{DeliveryMethod, provinces};
use domain::vouchers::Voucher;

use super::button;
use super::form::Typed;
use super::sums::{Applied, Sums};
use crate::failure::Failure;
use crate::layout::Layout;
use crate::members::MemberGoods;
use crate::pages::{account, cart};
use crate::texts::{Account, Browse, Buy, Frame};

/// The fields of the form, in the order of the page.
const FIELDS: [&str; 11] = [
    "email",
    "delivery_method",
    "shipping_address.name",
    "shipping_address.phone",
    "shipping_address.line_1",
    "shipping_address.line_2",
    "shipping_address.city",
    "shipping_address.province",
    "shipping_address.postal_code",
    "payment_method",
    "voucher_code",
];

#[derive(Template)]
#[template(path = "checkout.html")]
pub(super) struct CheckoutPage {
    pub(super) layout: Layout,
    pub(super) cart: Cart,
    /// How long the units are still held; nothing while the cart cannot be ordered, and while it rests.
    pub(super) hold: Option<Hold>,
    pub(super) methods: Vec<PaymentMethod>,
    pub(super) key: String,
    pub(super) typed: Typed,
    pub(super) priced: Option<Priced>,
    pub(super) member: Option<MemberGoods>,
    pub(super) voucher: Option<Applied>,
    /// What the account could use instead of typing a code.
    pub(super) own: Vec<Voucher>,
    pub(super) problems: Vec<FieldProblem>,
    pub(super) notice: Option<String>,
}

impl CheckoutPage {
    /// The page of a checkout that is open.
    pub(super) fn of(layout: Layout, opened: Checkout, typed: Typed, sums: Sums) -> Self {
        Self {
            layout,
            cart: opened.cart,
            hold: opened.hold,
            methods: opened.payment_methods,
            key: opened.key,
            typed,
            priced: sums.priced,
            member: sums.member,
            voucher: sums.voucher,
            own: sums.own,
            problems: sums.refused.into_iter().collect(),
            notice: None,
        }
    }

    /// The page of a cart that cannot be ordered as it stands: nothing is held or priced, and what was typed is kept.
    pub(super) fn stopped(layout: Layout, cart: Cart, methods: Vec<PaymentMethod>, typed: Typed) -> Self {
        Self {
            layout,
            cart,
            hold: None,
            methods,
            key: String::new(),
            typed,
            priced: None,
            member: None,
            voucher: None,
            own: Vec::new(),
            problems: Vec::new(),
            notice: None,
        }
    }

    /// Answers with it.
    pub(super) fn show(self, status: StatusCode) -> Result<Response, Failure> {
        self.layout.page(status, &self)
    }

    /// What is wrong with a field, in words.
    fn trouble(&self, field: &str) -> Option<String> {
        self.layout.trouble(&self.problems, field)
    }

    /// What the goods lack for a voucher's least purchase, in words.
    fn missing_for(&self, voucher: &Voucher) -> Option<String> {
        let missing = voucher.terms.minimum_purchase.minus(self.cart.subtotal)?;
        (missing.get() > 0).then(|| self.layout.say(Buy::VoucherMissing { amount: self.layout.money(&missing) }))
    }

    fn apply_voucher(&self, voucher: &Voucher) -> String {
        self.layout.say(Buy::ApplyVoucherNamed { code: voucher.code.to_string() })
    }

    fn is_first(&self, field: &str) -> bool {
        account::is_first(&self.problems, &FIELDS, field)
    }

    fn title(&self) -> String {
        self.layout.form_title(Buy::CheckoutTitle, !self.problems.is_empty())
    }

    /// Whether it can be ordered as it stands.
    pub(super) fn can_be_ordered(&self) -> bool {
        self.cart.can_be_ordered()
    }

    /// Whether the units could be held, but have been for as long as they may.
    fn is_at_rest(&self) -> bool {
        self.hold.is_none() && self.can_be_ordered()
    }

    fn trouble_title(&self) -> String {
        self.layout.say(if self.cart.is_short() { Buy::ShortageTitle } else { Buy::LimitTitle })
    }

    /// What is wrong with the lines, each by its name.
    fn troubles(&self) -> Vec<String> {
        let words = |line: &CartLine| {
            let name = cart::full_name(&self.layout, line);
            match line.available {
                0 => Some(self.layout.say(Buy::ShortageGone { name })),
                available if line.is_short() && line.limit() > 0 => {
                    Some(self.layout.say(Buy::ShortageLine { name, available }))
                }
                _ => {
                    cart::trouble(&self.layout, line).map(|trouble| self.layout.say(Buy::LineTrouble { name, trouble }))
                }
            }
        };
        self.cart.lines.iter().filter_map(words).collect()
    }

    /// The prices that are others than the buyer saw.
    fn price_changes(&self) -> Vec<String> {
        cart::price_changes(&self.layout, &self.cart)
    }

    fn held_until(&self, hold: &Hold) -> String {
        self.layout.say(Buy::HeldUntil { time: self.layout.time(&hold.until) })
    }

    fn units(&self, line: &CartLine) -> String {
        self.layout.say(Buy::UnitsTimes { quantity: line.quantity })
    }

    fn is_chosen(&self, method: &PaymentMethod) -> bool {
        self.typed.payment_method == method.as_str()
    }

    /// What the address is for: where no letter leaves, none is promised.
    fn email_hint(&self) -> String {
        self.layout.say(if self.layout.settings.mail.sends() { Buy::EmailNewsHint } else { Buy::EmailHint })
    }

    fn method_hint(&self, method: &PaymentMethod) -> String {
        self.layout.say(match method.kind() {
            MethodKind::Demo => Buy::DemoHint,
            MethodKind::Qris => Buy::QrisHint,
            MethodKind::VirtualAccount(_) => Buy::VirtualAccountHint,
            MethodKind::EWallet => Buy::WalletHint { wallet: method.label(self.layout.locale).to_owned() },
            MethodKind::Card => Buy::CardHint,
            MethodKind::BankTransfer => Buy::BankTransferHint,
            MethodKind::AtTheDoor => Buy::CashHint,
        })
    }

    fn delivery_methods(&self) -> &'static [DeliveryMethod] {
        self.layout.settings.delivery.methods()
    }

    fn goes_by(&self, method: &DeliveryMethod) -> bool {
        self.typed.destination().method == *method
    }

    fn delivery_hint(&self, method: &DeliveryMethod) -> String {
        match method {
            DeliveryMethod::Courier => self.layout.say(Buy::CourierHint),
            DeliveryMethod::Pickup => self.layout.of(&self.layout.settings.delivery.pickup.address).to_owned(),
        }
    }

    /// What is left to pay for the goods while the delivery is not known.
    fn goods_after(&self) -> String {
        let member = self.member.as_ref().map_or(Money::ZERO, MemberGoods::off);
        let voucher = self.voucher.as_ref().map_or(Money::ZERO, |voucher| voucher.discount);
        let left = self.cart.subtotal.minus(member).and_then(|left| left.minus(voucher));
        self.layout.money(&left.unwrap_or(self.cart.subtotal))
    }

    /// What a member pays for a line that costs others more.
    fn member_total(&self, line: &CartLine) -> Option<Money> {
        self.member.as_ref()?.line(&self.cart, line)
    }

    fn member_discount(&self) -> Option<(String, String)> {
        self.member.as_ref()?.row(&self.layout)
    }

    /// What is known of the delivery's price before there is a city.
    fn delivery_later(&self) -> String {
        let is_free = self.member.as_ref().is_some_and(MemberGoods::has_delivery);
        self.layout.say(if is_free { Buy::MemberDelivery } else { Buy::DeliveryLater })
    }

    fn off(&self, voucher: &Applied) -> String {
        self.layout.money(&Money::ZERO.minus(voucher.discount).unwrap_or_default())
    }

    fn remove_voucher(&self, voucher: &Applied) -> String {
        self.layout.say(Buy::RemoveVoucher { code: voucher.code.clone() })
    }

    fn seen_total(&self) -> String {
        self.priced.as_ref().map_or(String::new(), |priced| priced.totals.total.get().to_string())
    }

    /// Who is signed in, in words.
    fn signed_in_as(&self) -> Option<String> {
        let name = self.layout.customer_name()?.to_owned();
        Some(self.layout.say(Account::CheckoutAs { name }))
    }

    fn button(&self) -> String {
        button(&self.layout, self.priced.as_ref())
    }

    fn provinces(&self) -> &'static [&'static str] {
        provinces()
    }
}
