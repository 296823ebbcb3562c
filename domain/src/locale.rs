//! The languages of the shop, and tables of texts that cannot miss one.

use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::text;
use crate::text_enum::text_enum;

text_enum! {
    /// A language that people read here.
    pub enum Locale {
        Indonesian = "id",
        English = "en",
    }
}

impl Locale {
    /// The language's own name, for a language switch.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Indonesian => "Bahasa Indonesia",
            Self::English => "English",
        }
    }

    /// The name of a month, counted from 0; nothing behind December.
    pub fn month(self, month0: u32) -> &'static str {
        let names: [&'static str; 12] = match self {
            Self::Indonesian => [
                "Januari",
                "Februari",
                "Maret",
                "April",
                "Mei",
                "Juni",
                "Juli",
                "Agustus",
                "September",
                "Oktober",
                "November",
                "Desember",
            ],
            Self::English => [
                "January",
                "February",
                "March",
                "April",
                "May",
                "June",
                "July",
                "August",
                "September",
                "October",
                "November",
                "December",
            ],
        };
        usize::try_from(month0).ok().and_then(|at| names.get(at).copied()).unwrap_or_default()
    }

    /// The best of our languages for an `Accept-Language` header, if it names one.
    ///
    /// Weights are compared as written, in thousandths (RFC 9110, 12.4.2); `in` is the old code of Indonesian.
    pub fn accepted(header: &str) -> Option<Self> {
        header
            .split(',')
            .filter_map(|range| {
                let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
                let language = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
                let locale = match language.as_str() {
                    "id" | "in" | "ms" | "jv" | "su" => Self::Indonesian,
                    "en" => Self::English,
                    _ => return None,
                };
                Some((weight(parameters), locale))
            })
            .filter(|(weight, _)| *weight > 0)
            .fold(None, |best: Option<(u16, Self)>, next| match best {
                Some(best) if best.0 >= next.0 => Some(best),
                _ => Some(next),
            })
            .map(|(_, locale)| locale)
    }
}

/// A text that the owner keeps in both languages. To the database it is one value, the same JSON as on the wire: a column
/// holds all the languages, and none is one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Translated {
    pub id: String,
    pub en: String,
}

impl Translated {
    /// What `wording` says in each language.
    pub fn of(wording: impl Fn(Locale) -> String) -> Self {
        Self { id: wording(Locale::Indonesian), en: wording(Locale::English) }
    }

    /// The same words in every language.
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self::of(|_| text.clone())
    }

    /// Reads each wording as somebody typed it.
    pub fn read(&self, read: impl Fn(&str) -> Result<String, Message>) -> Result<Self, Message> {
        Ok(Self { id: read(&self.id)?, en: read(&self.en)? })
    }

    /// Whether there is nothing to read in any language.
    pub fn is_blank(&self) -> bool {
        self.each().all(text::is_empty)
    }

    /// The wordings, language by language.
    pub fn each(&self) -> impl Iterator<Item = &str> {
        Locale::ALL.iter().map(|locale| self.wording(*locale))
    }

    /// The wording in a language, which may be empty.
    pub fn wording(&self, locale: Locale) -> &str {
        match locale {
            Locale::Indonesian => &self.id,
            Locale::English => &self.en,
        }
    }

    /// The text in a language; an empty one falls back to the first that is there.
    pub fn get(&self, locale: Locale) -> &str {
        let wanted = Some(self.wording(locale)).filter(|wording| !wording.is_empty());
        wanted.or_else(|| self.each().find(|wording| !wording.is_empty())).unwrap_or_default()
    }
}

#[cfg(feature = "sqlx")]
const _: () = {
    use sqlx::encode::{Encode, IsNull};
    use sqlx::error::BoxDynError;
    use sqlx::mysql::{MySql, MySqlTypeInfo, MySqlValueRef};
    use sqlx::{Decode, Type};

    // MariaDB's JSON is a text and MySQL's a type of its own; the columns are plain text on both.
    impl Type<MySql> for Translated {
        fn type_info() -> MySqlTypeInfo {
            <str as Type<MySql>>::type_info()
        }

        fn compatible(column: &MySqlTypeInfo) -> bool {
            <str as Type<MySql>>::compatible(column)
        }
    }

    impl Encode<'_, MySql> for Translated {
        fn encode_by_ref(&self, buffer: &mut Vec<u8>) -> Result<IsNull, BoxDynError> {
            <String as Encode<'_, MySql>>::encode_by_ref(&serde_json::to_string(self)?, buffer)
        }
    }

    impl<'r> Decode<'r, MySql> for Translated {
        fn decode(value: MySqlValueRef<'r>) -> Result<Self, BoxDynError> {
            Ok(serde_json::from_str(<&str as Decode<'r, MySql>>::decode(value)?)?)
        }
    }
};

/// Declares a table of texts: each entry has its Indonesian and its English wording, so that a missing one is a
/// compile error. Braces in a wording name the entry's fields. English counts: `one field: "…"` is its wording when that
/// field is 1.
#[macro_export]
macro_rules! texts {
    ($(#[$about:meta])* $vis:vis enum $name:ident {
        $($(#[$note:meta])* $variant:ident $({ $($field:ident: $type:ty),* $(,)? })? => $indonesian:literal, $english:literal $(, one $count:ident: $single:literal)?;)*
    }) => {
        $(#[$about])*
        #[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(tag = "text", rename_all = "snake_case")]
        $vis enum $name {
            $($(#[$note])* $variant $({ $($field: $type),* })?,)*
        }

        impl $name {
            /// The wording in a language.
            $vis fn text(&self, locale: $crate::locale::Locale) -> String {
                match (self, locale) {
                    $(
                        (Self::$variant $({ $($field),* })?, $crate::locale::Locale::Indonesian) => format!($indonesian),
                        (Self::$variant $({ $($field),* })?, $crate::locale::Locale::English) => {
                            $(if *$count == 1 {
                                return format!($single);
                            })?
                            format!($english)
                        }
                    )*
                }
            }
        }
    };
}

fn weight(parameters: &str) -> u16 {
    let Some(value) = parameters.split(';').find_map(|parameter| parameter.trim().strip_prefix("q=")) else {
        return 1000;
    };
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    let thousandths = format!("{fraction:0<3}");
    match (whole.parse::<u16>(), thousandths.get(..3).and_then(|digits| digits.parse::<u16>().ok())) {
        (Ok(whole), Some(thousandths)) => whole.saturating_mul(1000).saturating_add(thousandths).min(1000),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Locale, Translated};

    #[test]
    fn the_heaviest_of_our_languages_wins() {
        let cases = [
            ("id-ID,id;q=0.9,en;q=0.8", Some(Locale::Indonesian)),
            ("en-US,en;q=0.9,id;q=0.8", Some(Locale::English)),
            ("fr;q=1,en;q=0.3,id;q=0.31", Some(Locale::Indonesian)),
            ("fr, de", None),
            ("en;q=0, id;q=0.1", Some(Locale::Indonesian)),
            ("in", Some(Locale::Indonesian)),
            ("en;q=banana", None),
            ("", None),
        ];
        for (header, expected) in cases {
            assert_eq!(Locale::accepted(header), expected, "{header}");
        }
    }

    #[test]
    fn one_is_counted_in_the_singular() {
        crate::texts! {
            enum Counted {
                Items { count: u32 } => "{count} barang", "{count} items", one count: "{count} item";
            }
        }
        let said = |count| Counted::Items { count }.text(Locale::English);
        assert_eq!([said(0), said(1), said(2)], ["0 items", "1 item", "2 items"]);
        assert_eq!(Counted::Items { count: 1 }.text(Locale::Indonesian), "1 barang");
    }

    #[test]
    fn a_missing_translation_falls_back_to_the_other_language() {
        let text = Translated { id: "Kemeja".to_owned(), en: String::new() };
        assert_eq!(text.get(Locale::English), "Kemeja");
    }
}
