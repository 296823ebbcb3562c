//! Addresses of screens. They are the hash of the page, so that back, forward and links work by themselves.

use std::fmt::Display;
use std::str::FromStr;

use domain::catalog::{GoodsSort, InCategory};
use domain::inventory::StockFilter;
use domain::page::PageNumber;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// What stands as it is in what is asked of a screen.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// An address that is being read: `#/stock/7?page=2`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Address<'a> {
    /// The first word.
    pub(super) name: &'a str,
    /// What follows the first word.
    part: Option<&'a str>,
    query: &'a str,
}

impl<'a> Address<'a> {
    pub(super) fn parse(hash: &'a str) -> Self {
        let hash = hash.trim_start_matches("#/");
        let (path, query) = hash.split_once('?').unwrap_or((hash, ""));
        let (name, part) = path.split_once('/').map_or((path, None), |(name, part)| (name, Some(part)));
        Self { name, part, query }
    }

    /// The address without what could not be read.
    pub(super) fn bare(self) -> Self {
        Self { part: None, query: "", ..self }
    }

    pub(super) fn has_part(self) -> bool {
        self.part.is_some()
    }

    /// What follows the first word; some screens have a part where one comes to without a word.
    pub(super) fn part<T: FromStr>(self) -> Option<T> {
        self.part.unwrap_or_default().parse().ok()
    }

    /// What is asked of the screen under a name.
    pub(super) fn parameter<T: Parameter>(self, name: &str) -> T {
        let found = self.query.split('&').find_map(|pair| pair.split_once('=').filter(|(key, _)| *key == name));
        let value = found.map(|(_, value)| percent_decode_str(value).decode_utf8_lossy());
        T::read(value.as_deref().unwrap_or_default())
    }
}

/// Writes an address; what says nothing is left out.
pub(super) fn written(name: &str, part: Option<String>, query: &[(&str, Option<String>)]) -> String {
    let part = part.filter(|part| !part.is_empty()).map(|part| format!("/{part}")).unwrap_or_default();
    let query: Vec<String> = query
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", utf8_percent_encode(value.as_ref()?, PLAIN))))
        .collect();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("#/{name}{part}{mark}{}", query.join("&"))
}

/// Something that can be asked of a screen in its address.
pub(super) trait Parameter {
    /// Nothing when it asks for what is shown without it.
    fn write(&self) -> Option<String>;

    /// What cannot be read asks for nothing.
    fn read(value: &str) -> Self;
}

impl<T: FromStr + Display> Parameter for Option<T> {
    fn write(&self) -> Option<String> {
        self.as_ref().map(ToString::to_string)
    }

    fn read(value: &str) -> Self {
        value.parse().ok()
    }
}

impl Parameter for String {
    fn write(&self) -> Option<String> {
        (!self.is_empty()).then(|| self.clone())
    }

    fn read(value: &str) -> Self {
        value.to_owned()
    }
}

impl Parameter for bool {
    fn write(&self) -> Option<String> {
        self.then(|| "yes".to_owned())
    }

    fn read(value: &str) -> Self {
        value == "yes"
    }
}

impl Parameter for PageNumber {
    fn write(&self) -> Option<String> {
        (*self != Self::FIRST).then(|| self.get().to_string())
    }

    fn read(value: &str) -> Self {
        Self::new(value.parse().unwrap_or(1))
    }
}

impl Parameter for StockFilter {
    fn write(&self) -> Option<String> {
        (*self != Self::All).then(|| self.to_string())
    }

    fn read(value: &str) -> Self {
        value.parse().unwrap_or(Self::All)
    }
}

impl Parameter for GoodsSort {
    fn write(&self) -> Option<String> {
        (*self != Self::Newest).then(|| self.to_string())
    }

    fn read(value: &str) -> Self {
        value.parse().unwrap_or(Self::Newest)
    }
}

impl Parameter for InCategory {
    fn write(&self) -> Option<String> {
        match self {
            Self::Any => None,
            Self::Nowhere => Some("none".to_owned()),
            Self::Of(id) => Some(id.to_string()),
        }
    }

    fn read(value: &str) -> Self {
        match value {
            "none" => Self::Nowhere,
            other => other.parse().map_or(Self::Any, Self::Of),
        }
    }
}
