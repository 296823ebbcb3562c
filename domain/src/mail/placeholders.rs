//! What stands between braces in the owner's words of a letter: a name of something that the letter knows. Which ones a kind
//! of letter knows is said here and nowhere else.

use super::MailKind;
use crate::locale::Locale;
use crate::message::Message;
use crate::text_enum::text_enum;

/// The most characters of an unknown name that a problem repeats.
const MOST_REPEATED: usize = 40;

text_enum! {
    /// Something that a letter knows, by its English name; [`Placeholder::name`] is how somebody types it.
    pub enum Placeholder {
        /// What the shop is called.
        Shop = "shop",
        /// What its reader is called.
        Name = "name",
        /// Of the order, or of the purchase of a membership.
        Number = "number",
        Total = "total",
        /// When the time to pay or a membership ends.
        Until = "until",
        /// Money that goes back, or that was paid.
        Amount = "amount",
        Reason = "reason",
        Courier = "courier",
        Tracking = "tracking",
        Plan = "plan",
        Email = "email",
        /// When it happened.
        Time = "time",
        Code = "code",
        Buyer = "buyer",
        Count = "count",
        Job = "job",
        Day = "day",
        Sold = "sold",
    }
}

/// A part of what the owner wrote.
enum Piece<'a> {
    Plain(&'a str),
    Named(&'a str),
}

impl Placeholder {
    /// How it is typed in a language, without its braces. Each is understood in every language.
    pub const fn name(self, locale: Locale) -> &'static str {
        match locale {
            Locale::English => self.as_str(),
            Locale::Indonesian => match self {
                Self::Shop => "toko",
                Self::Name => "nama",
                Self::Number => "nomor",
                Self::Total => "total",
                Self::Until => "batas",
                Self::Amount => "nominal",
                Self::Reason => "alasan",
                Self::Courier => "kurir",
                Self::Tracking => "resi",
                Self::Plan => "paket",
                Self::Email => "email",
                Self::Time => "waktu",
                Self::Code => "kode",
                Self::Buyer => "pembeli",
                Self::Count => "jumlah",
                Self::Job => "tugas",
                Self::Day => "tanggal",
                Self::Sold => "terjual",
            },
        }
    }

    /// How it stands in a text: `{number}`.
    pub fn typed(self, locale: Locale) -> String {
        format!("{{{}}}", self.name(locale))
    }

    /// What it stands for, in a word or two.
    pub const fn label(self, locale: Locale) -> &'static str {
        let (indonesian, english) = match self {
            Self::Shop => ("Nama toko", "Shop name"),
            Self::Name => ("Nama penerima", "Reader's name"),
            Self::Number => ("Nomor", "Number"),
            Self::Total => ("Total pesanan", "Order total"),
            Self::Until => ("Batas waktu", "Until when"),
            Self::Amount => ("Nominal", "Amount"),
            Self::Reason => ("Alasan", "Reason"),
            Self::Courier => ("Kurir", "Courier"),
            Self::Tracking => ("Nomor resi", "Tracking number"),
            Self::Plan => ("Nama paket", "Plan"),
            Self::Email => ("Alamat email", "Email address"),
            Self::Time => ("Waktu kejadian", "Time"),
            Self::Code => ("Kode voucher", "Voucher code"),
            Self::Buyer => ("Nama pembeli", "Buyer's name"),
            Self::Count => ("Jumlah varian", "Number of variants"),
            Self::Job => ("Nama tugas", "Job"),
            Self::Day => ("Tanggal", "Day"),
            Self::Sold => ("Nilai penjualan", "Sales"),
        };
        match locale {
            Locale::Indonesian => indonesian,
            Locale::English => english,
        }
    }

    /// The one that somebody typed, in whatever language and case.
    fn read(name: &str, known: &[Self]) -> Option<Self> {
        let name = name.trim().to_lowercase();
        known.iter().copied().find(|it| Locale::ALL.iter().any(|locale| it.name(*locale) == name))
    }
}

impl MailKind {
    /// What its words may name, in the order in which it is offered.
    pub const fn placeholders(self) -> &'static [Placeholder] {
        use Placeholder as P;
        match self {
            Self::OrderPlaced | Self::PaySoon => &[P::Number, P::Total, P::Until, P::Name, P::Shop],
            Self::PaymentArrived | Self::OrderExpired | Self::RestCalledOff | Self::OrderReturned => {
                &[P::Number, P::Total, P::Name, P::Shop]
            }
            Self::OrderCancelled | Self::ProofRefused => &[P::Number, P::Total, P::Reason, P::Name, P::Shop],
            Self::OrderShipped => &[P::Number, P::Total, P::Courier, P::Tracking, P::Name, P::Shop],
            Self::RefundRequested | Self::RefundSucceeded => &[P::Number, P::Amount, P::Reason, P::Name, P::Shop],
            Self::MembershipPaid => &[P::Plan, P::Until, P::Amount, P::Number, P::Name, P::Shop],
            Self::MembershipEndsSoon => &[P::Plan, P::Until, P::Name, P::Shop],
            Self::MembershipEnded => &[P::Plan, P::Name, P::Shop],
            Self::PasswordWasReadable
            | Self::VerifyEmail
            | Self::ResetPassword
            | Self::SignInLink
            | Self::StaffReset => &[P::Name, P::Shop],
            Self::PasswordChanged | Self::NewSignIn | Self::StaffPasswordChanged => &[P::Time, P::Name, P::Shop],
            Self::ConfirmNewEmail => &[P::Email, P::Name, P::Shop],
            Self::EmailChanged => &[P::Email, P::Time, P::Name, P::Shop],
            Self::OrderLink => &[P::Number, P::Name, P::Shop],
            Self::VoucherGiven => &[P::Code, P::Name, P::Shop],
            Self::NewOrder => &[P::Number, P::Total, P::Buyer, P::Name, P::Shop],
            Self::MoneyToDecide => &[P::Number, P::Name, P::Shop],
            Self::LowStock => &[P::Count, P::Name, P::Shop],
            Self::JobFailed => &[P::Job, P::Name, P::Shop],
            Self::DailySummary => &[P::Day, P::Sold, P::Name, P::Shop],
        }
    }

    /// Refuses a text that names what such a letter does not know, or has a brace that names nothing.
    pub(super) fn check_names(self, text: &str) -> Result<(), Message> {
        for piece in pieces(text) {
            if let Piece::Named(name) = piece?
                && Placeholder::read(name, self.placeholders()).is_none()
            {
                let name = name.trim().chars().take(MOST_REPEATED).collect();
                return Err(Message::UnknownPlaceholder { name });
            }
        }
        Ok(())
    }

    /// Whether a text names that.
    pub fn is_named(self, text: &str, what: Placeholder) -> bool {
        let names = pieces(text).filter_map(|piece| match piece {
            Ok(Piece::Named(name)) => Placeholder::read(name, self.placeholders()),
            Ok(Piece::Plain(_)) | Err(_) => None,
        });
        names.into_iter().any(|named| named == what)
    }

    /// A text of such a letter with everything that it names; nothing when this letter has no value for one of them, or the
    /// text would be refused. A value is put in as it is: braces within it name nothing.
    pub fn fill(self, text: &str, value: impl Fn(Placeholder) -> Option<String>) -> Option<String> {
        let mut filled = String::with_capacity(text.len());
        for piece in pieces(text) {
            match piece.ok()? {
                Piece::Plain(plain) => filled.push_str(plain),
                Piece::Named(name) => filled.push_str(&value(Placeholder::read(name, self.placeholders())?)?),
            }
        }
        Some(filled)
    }
}

/// The parts of a text, one after the other; it ends with the first brace that has no other.
fn pieces(text: &str) -> impl Iterator<Item = Result<Piece<'_>, Message>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        if first == '}' {
            rest = "";
            return Some(Err(Message::UnclosedBrace));
        }
        let Some(inner) = rest.strip_prefix('{') else {
            let (plain, after) = rest.split_at(rest.find(['{', '}']).unwrap_or(rest.len()));
            rest = after;
            return Some(Ok(Piece::Plain(plain)));
        };
        let end = inner.find(['{', '}']).filter(|at| inner[*at..].starts_with('}'));
        let name = end.map(|at| &inner[..at]).filter(|name| !name.trim().is_empty());
        let (Some(end), Some(name)) = (end, name) else {
            rest = "";
            return Some(Err(Message::UnclosedBrace));
        };
        rest = &inner[end + 1..];
        Some(Ok(Piece::Named(name)))
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_kind_knows_each_of_its_names_once_and_in_every_language() {
        for kind in MailKind::ALL {
            let known = kind.placeholders();
            assert!(known.contains(&Placeholder::Shop) && known.contains(&Placeholder::Name), "{kind}");
            for locale in Locale::ALL {
                let names: BTreeSet<_> = known.iter().map(|it| it.name(*locale)).collect();
                assert_eq!(names.len(), known.len(), "{kind} {locale}");
                for placeholder in known {
                    let typed = placeholder.typed(*locale);
                    assert_eq!(kind.check_names(&typed), Ok(()), "{kind} {typed}");
                    assert!(kind.is_named(&format!("a {typed}."), *placeholder), "{kind} {typed}");
                }
            }
        }
    }

    #[test]
    fn no_name_means_two_things() {
        for placeholder in Placeholder::ALL {
            for locale in Locale::ALL {
                let read = Placeholder::read(placeholder.name(*locale), Placeholder::ALL);
                assert_eq!(read, Some(*placeholder), "{placeholder} {locale}");
            }
        }
    }

    #[test]
    fn what_a_letter_does_not_know_is_refused_by_its_name() {
        let kind = MailKind::OrderPlaced;
        let unknown = |name: &str| Err(Message::UnknownPlaceholder { name: name.to_owned() });
        assert_eq!(kind.check_names("Halo {nomer}"), unknown("nomer"));
        assert_eq!(kind.check_names("{plan}"), unknown("plan"), "another letter's");
        assert_eq!(kind.check_names("{ Nomor } {NUMBER}"), Ok(()));
        for broken in ["{number", "number}", "{}", "{ }", "{number {name}", "{{number}}", "a } b { c"] {
            assert_eq!(kind.check_names(broken), Err(Message::UnclosedBrace), "{broken}");
            assert_eq!(kind.fill(broken, |_| Some("x".to_owned())), None, "{broken}");
        }
        let long = format!("{{{}}}", "x".repeat(200));
        assert_eq!(kind.check_names(&long), unknown(&"x".repeat(MOST_REPEATED)));
    }

    #[test]
    fn a_value_is_put_in_as_it_is() {
        let value = |what: Placeholder| {
            let values = [(Placeholder::Name, "{number} {"), (Placeholder::Number, "ET-1")];
            values.iter().find(|(it, _)| *it == what).map(|(_, value)| (*value).to_owned())
        };
        let kind = MailKind::OrderPlaced;
        assert_eq!(kind.fill("Halo {nama}, {number}!", value).as_deref(), Some("Halo {number} {, ET-1!"));
        assert_eq!(kind.fill("sebelum {until}", value), None, "this letter has none");
    }

    fn any_kind() -> impl Strategy<Value = MailKind> {
        prop::sample::select(MailKind::ALL)
    }

    proptest! {
        #[test]
        fn a_text_without_braces_comes_back_unchanged(kind in any_kind(), text in "[^{}]{0,60}") {
            prop_assert_eq!(kind.check_names(&text), Ok(()));
            prop_assert_eq!(kind.fill(&text, |_| None), Some(text));
        }

        #[test]
        fn whatever_is_let_in_can_be_filled(kind in any_kind(), text in "[a-z{} ]{0,30}|(\\{(number|name|shop|toko|x)\\}| ){0,6}") {
            let filled = kind.fill(&text, |what| Some(what.name(Locale::English).to_owned()));
            prop_assert_eq!(filled.is_some(), kind.check_names(&text).is_ok());
        }

        #[test]
        fn values_are_never_looked_into(kind in any_kind(), before in "[^{}]{0,10}", value in "[a-z{}]{0,20}") {
            let text = format!("{before}{{name}}");
            prop_assert_eq!(kind.fill(&text, |_| Some(value.clone())), Some(format!("{before}{value}")));
        }
    }
}
