//! How a buyer pays, and which payment service carries it: two things, so that the one can change without the other.

use serde::{Deserialize, Serialize};

use crate::locale::Locale;
use crate::money::Currency;
use crate::text_enum::text_enum;

text_enum! {
    /// How a buyer pays.
    pub enum PaymentMethod {
        /// The practice gateway of a demo shop.
        Demo = "demo",
        Qris = "qris",
        VirtualAccountBca = "va_bca",
        VirtualAccountMandiri = "va_mandiri",
        VirtualAccountBri = "va_bri",
        VirtualAccountBni = "va_bni",
        VirtualAccountPermata = "va_permata",
        VirtualAccountCimb = "va_cimb",
        VirtualAccountBsi = "va_bsi",
        GoPay = "gopay",
        ShopeePay = "shopeepay",
        Dana = "dana",
        Ovo = "ovo",
        LinkAja = "linkaja",
        Card = "card",
        /// To an account of the shop itself, without any gateway.
        BankTransfer = "bank_transfer",
        CashOnDelivery = "cash_on_delivery",
    }
}

text_enum! {
    /// A payment service that takes money for the shop.
    pub enum GatewayName {
        /// The practice gateway of a demo shop.
        Demo = "demo",
        Midtrans = "midtrans",
        Xendit = "xendit",
        Stripe = "stripe",
    }
}

text_enum! {
    /// Whether a gateway moves real money.
    pub enum GatewayMode {
        Test = "test",
        Live = "live",
    }
}

/// What methods that work alike have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodKind {
    Demo,
    Qris,
    /// A number at that bank, made for one payment.
    VirtualAccount(Bank),
    EWallet,
    Card,
    BankTransfer,
    AtTheDoor,
}

/// A bank that gives virtual accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bank {
    Bca,
    Mandiri,
    Bri,
    Bni,
    Permata,
    Cimb,
    Bsi,
}

impl PaymentMethod {
    /// What people call it.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Demo => ("Pembayaran online (demo)", "Online payment (demo)"),
            Self::Qris => ("QRIS", "QRIS"),
            Self::VirtualAccountBca => ("Transfer Virtual Account BCA", "BCA virtual account"),
            Self::VirtualAccountMandiri => ("Transfer Virtual Account Mandiri", "Mandiri virtual account"),
            Self::VirtualAccountBri => ("Transfer Virtual Account BRI", "BRI virtual account"),
            Self::VirtualAccountBni => ("Transfer Virtual Account BNI", "BNI virtual account"),
            Self::VirtualAccountPermata => ("Transfer Virtual Account Permata", "Permata virtual account"),
            Self::VirtualAccountCimb => ("Transfer Virtual Account CIMB Niaga", "CIMB Niaga virtual account"),
            Self::VirtualAccountBsi => ("Transfer Virtual Account BSI", "BSI virtual account"),
            Self::GoPay => ("GoPay", "GoPay"),
            Self::ShopeePay => ("ShopeePay", "ShopeePay"),
            Self::Dana => ("DANA", "DANA"),
            Self::Ovo => ("OVO", "OVO"),
            Self::LinkAja => ("LinkAja", "LinkAja"),
            Self::Card => ("Kartu kredit atau debit", "Credit or debit card"),
            Self::BankTransfer => ("Transfer bank", "Bank transfer"),
            Self::CashOnDelivery => ("Bayar di tempat (COD)", "Cash on delivery"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }

    /// How it works.
    pub const fn kind(self) -> MethodKind {
        match self {
            Self::Demo => MethodKind::Demo,
            Self::Qris => MethodKind::Qris,
            Self::VirtualAccountBca => MethodKind::VirtualAccount(Bank::Bca),
            Self::VirtualAccountMandiri => MethodKind::VirtualAccount(Bank::Mandiri),
            Self::VirtualAccountBri => MethodKind::VirtualAccount(Bank::Bri),
            Self::VirtualAccountBni => MethodKind::VirtualAccount(Bank::Bni),
            Self::VirtualAccountPermata => MethodKind::VirtualAccount(Bank::Permata),
            Self::VirtualAccountCimb => MethodKind::VirtualAccount(Bank::Cimb),
            Self::VirtualAccountBsi => MethodKind::VirtualAccount(Bank::Bsi),
            Self::GoPay | Self::ShopeePay | Self::Dana | Self::Ovo | Self::LinkAja => MethodKind::EWallet,
            Self::Card => MethodKind::Card,
            Self::BankTransfer => MethodKind::BankTransfer,
            Self::CashOnDelivery => MethodKind::AtTheDoor,
        }
    }

    /// Whether the money is here before the goods leave; otherwise it is collected at the door.
    pub const fn is_online(self) -> bool {
        !self.collects_at_door()
    }

    /// Whether whoever hands the goods over takes the money.
    pub const fn collects_at_door(self) -> bool {
        matches!(self.kind(), MethodKind::AtTheDoor)
    }

    /// Whether the buyer transfers the money to an account of the shop itself.
    pub const fn is_transfer(self) -> bool {
        matches!(self.kind(), MethodKind::BankTransfer)
    }

    /// Whether a payment service takes the money.
    pub const fn needs_gateway(self) -> bool {
        !self.collects_at_door() && !self.is_transfer()
    }

    /// The gateways that can carry it.
    pub fn carriers(self) -> impl Iterator<Item = GatewayName> {
        GatewayName::ALL.iter().copied().filter(move |gateway| gateway.can_carry(self))
    }

    /// Those of the owner's methods that work now: what a gateway carries needs one that is there, a transfer an account.
    pub fn that_work(methods: &[Self], has_account: bool, is_carried: impl Fn(Self) -> bool) -> Vec<Self> {
        let works = |method: &Self| match method.kind() {
            MethodKind::AtTheDoor => true,
            MethodKind::BankTransfer => has_account,
            MethodKind::Demo
            | MethodKind::Qris
            | MethodKind::VirtualAccount(_)
            | MethodKind::EWallet
            | MethodKind::Card => is_carried(*method),
        };
        methods.iter().copied().filter(works).collect()
    }
}

impl GatewayName {
    /// Whether it takes money of that currency.
    pub const fn takes(self, currency: Currency) -> bool {
        match self {
            Self::Demo | Self::Stripe => true,
            Self::Midtrans | Self::Xendit => matches!(currency, Currency::Rupiah),
        }
    }

    /// What people call it: names of firms are the same everywhere.
    pub const fn label(self, locale: Locale) -> &'static str {
        match (self, locale) {
            (Self::Demo, Locale::Indonesian) => "Layanan latihan",
            (Self::Demo, Locale::English) => "Practice service",
            (Self::Midtrans, _) => "Midtrans",
            (Self::Xendit, _) => "Xendit",
            (Self::Stripe, _) => "Stripe",
        }
    }

    /// Whether it takes money by that method.
    pub const fn can_carry(self, method: PaymentMethod) -> bool {
        use PaymentMethod as Method;
        match method {
            Method::Demo => matches!(self, Self::Demo),
            Method::Card => matches!(self, Self::Midtrans | Self::Xendit | Self::Stripe),
            Method::Qris
            | Method::VirtualAccountBca
            | Method::VirtualAccountMandiri
            | Method::VirtualAccountBri
            | Method::VirtualAccountBni
            | Method::VirtualAccountPermata
            | Method::VirtualAccountCimb
            | Method::VirtualAccountBsi
            | Method::ShopeePay
            | Method::Dana => matches!(self, Self::Midtrans | Self::Xendit),
            Method::GoPay => matches!(self, Self::Midtrans),
            Method::Ovo | Method::LinkAja => matches!(self, Self::Xendit),
            Method::BankTransfer | Method::CashOnDelivery => false,
        }
    }
}

/// Which gateway carries a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carriage {
    pub method: PaymentMethod,
    pub gateway: GatewayName,
}

impl Carriage {
    /// The gateway that the owner chose for a method, or the only one that can carry it.
    pub fn of(chosen: &[Self], method: PaymentMethod) -> Option<GatewayName> {
        let by_choice = chosen.iter().find(|carriage| carriage.method == method).map(|carriage| carriage.gateway);
        by_choice.filter(|gateway| gateway.can_carry(method)).or_else(|| {
            let mut able = method.carriers();
            able.next().filter(|_| able.next().is_none())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Carriage, GatewayName, PaymentMethod};
    use crate::locale::Locale;

    #[test]
    fn a_method_goes_by_the_gateway_that_was_chosen_or_by_the_only_one_that_can() {
        let chosen = [
            Carriage { method: PaymentMethod::Qris, gateway: GatewayName::Xendit },
            Carriage { method: PaymentMethod::Card, gateway: GatewayName::Demo },
        ];
        let of = |method| Carriage::of(&chosen, method);
        assert_eq!(of(PaymentMethod::Qris), Some(GatewayName::Xendit));
        assert_eq!(of(PaymentMethod::Card), None, "the practice gateway takes no cards, and three others could");
        assert_eq!(of(PaymentMethod::Demo), Some(GatewayName::Demo));
        assert_eq!(of(PaymentMethod::GoPay), Some(GatewayName::Midtrans));
        assert_eq!(of(PaymentMethod::VirtualAccountBca), None, "nobody chose");
        assert_eq!(of(PaymentMethod::CashOnDelivery), None);
    }

    #[test]
    fn what_is_collected_at_the_door_needs_no_gateway_a_transfer_needs_an_account_and_all_else_a_gateway() {
        let methods = PaymentMethod::ALL;
        assert_eq!(PaymentMethod::that_work(methods, false, |_| false), [PaymentMethod::CashOnDelivery]);
        let own = [PaymentMethod::BankTransfer, PaymentMethod::CashOnDelivery];
        assert_eq!(PaymentMethod::that_work(methods, true, |_| false), own);
        let qris = |method| method == PaymentMethod::Qris;
        let work = PaymentMethod::that_work(&[PaymentMethod::Qris, PaymentMethod::CashOnDelivery], false, qris);
        assert_eq!(work, [PaymentMethod::Qris, PaymentMethod::CashOnDelivery]);
    }

    #[test]
    fn no_two_methods_have_the_same_name() {
        for locale in [Locale::Indonesian, Locale::English] {
            let mut names: Vec<_> = PaymentMethod::ALL.iter().map(|method| method.label(locale)).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), PaymentMethod::ALL.len());
        }
    }
}
