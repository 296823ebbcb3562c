//! Who bought, and where it went: an order of the past is kept, whatever its address lacks.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use domain::locale::{Locale, Translated};
use domain::message::Words;
use domain::reference::{Finding, FormerKind};
use domain::shipping::{Address, AddressForm};
use domain::text::{AddressLine, EmailAddress, PersonName, Phone};

use crate::reference::people::{People, Person};
use crate::reference::rows::Row;
use crate::reference::run::Run;

/// A number that nobody has.
const NO_PHONE: &str = "0000000000";

/// An order's address as it stands. One column was written under another name by the shop's own data.
pub(in crate::reference) fn form(row: &Row) -> AddressForm {
    let text = |column: &str| row.text(&format!("shipping_{column}")).or_else(|| row.text(column)).unwrap_or_default();
    AddressForm {
        name: text("name"),
        phone: text("phone"),
        line_1: text("address_line_1"),
        line_2: text("address_line_2"),
        city: text("city"),
        province: text("province"),
        postal_code: text("postal_code"),
    }
}

/// An address with something in every field; what had to be filled in is told.
pub(super) fn address(
    run: &mut Run<'_>,
    number: u64,
    row: &Row,
    people: &People,
    person: Option<&Person>,
) -> Option<Address> {
    let mut form = form(row);
    let own = person.map(|person| &person.form).filter(|own| own.city.eq_ignore_ascii_case(&form.city));
    if form.province.is_empty() || row.text("shipping_province").is_none() {
        let found = Some(form.province.clone()).filter(|province| !province.is_empty());
        let found = found.or_else(|| own.map(|own| own.province.clone()).filter(|province| !province.is_empty()));
        let found = found.or_else(|| people.city(&form.city).map(|(province, _)| province.clone()));
        form.province = found.unwrap_or_else(|| "-".to_owned());
        filled(run, number, ("Provinsi", "The province"), &form.province);
    }
    let short = |text: &str, most: usize| -> String { text.chars().filter(|c| !c.is_control()).take(most).collect() };
    if PersonName::parse(&form.name).is_err() {
        let known = person.map(|person| short(&person.form.name, PersonName::MOST)).filter(|name| !name.is_empty());
        form.name = Some(short(&form.name, PersonName::MOST))
            .filter(|name| PersonName::parse(name).is_ok())
            .or(known)
            .unwrap_or_else(|| "Tanpa nama".to_owned());
        filled(run, number, ("Nama penerima", "The recipient's name"), &form.name);
    }
    if Phone::parse(&form.phone).is_err() {
        let known = person.map(|person| person.form.phone.clone()).filter(|phone| Phone::parse(phone).is_ok());
        if known.is_none() {
            run.corrected(FormerKind::Order, number, Finding::NoPhone);
        }
        form.phone = known.unwrap_or_else(|| NO_PHONE.to_owned());
    }
    for (field, id, en) in [(&mut form.line_1, "Alamat", "The address"), (&mut form.city, "Kota", "The city")] {
        if AddressLine::parse(field).is_err() {
            let kept = short(field, AddressLine::MOST);
            *field = Some(kept).filter(|kept| AddressLine::parse(kept).is_ok()).unwrap_or_else(|| "-".to_owned());
            filled(run, number, (id, en), field);
        }
    }
    form.line_2 = short(&form.line_2, AddressLine::MOST);
    if form.parse().is_err() {
        let known =
            own.map(|own| own.postal_code.clone()).or_else(|| people.city(&form.city).map(|(_, code)| code.clone()));
        form.postal_code = known.unwrap_or_default();
        if form.parse().is_err() {
            form.postal_code = "00000".to_owned();
        }
        filled(run, number, ("Kode pos", "The postal code"), &form.postal_code);
    }
    form.parse().ok()
}

/// Where letters about an order go; a guest who told none has an address that no letter reaches.
pub(super) fn email(run: &mut Run<'_>, number: u64, row: &Row, person: Option<&Person>) -> Option<EmailAddress> {
    let told = row.text("shipping_email").and_then(|email| EmailAddress::parse(&email).ok());
    if let Some(known) = told.or_else(|| person.and_then(|person| person.email.clone())) {
        return Some(known);
    }
    let email = format!("tamu-{number}@toko-lama.invalid");
    run.corrected(FormerKind::Order, number, Finding::GuestWithoutEmail { email: email.clone() });
    EmailAddress::parse(&email).ok()
}

/// A day and a time of the shop's clock.
pub(super) fn day(run: &Run<'_>, at: DateTime<Utc>) -> String {
    let there = at + TimeDelta::minutes(i64::from(run.settings.utc_offset_minutes));
    format!("{:04}-{:02}-{:02} {}", there.year(), there.month(), there.day(), there.format("%H:%M"))
}

fn filled(run: &mut Run<'_>, number: u64, (id, en): (&str, &str), value: &str) {
    let what = Words::from(Translated::of(|locale| match locale {
        Locale::Indonesian => id.to_owned(),
        Locale::English => en.to_owned(),
    }));
    run.corrected(FormerKind::Order, number, Finding::PlaceFilled { what, value: value.to_owned() });
}
