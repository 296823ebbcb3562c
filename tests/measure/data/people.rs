//! The customers, with their addresses; some have an account.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::MySqlConnection;

use super::draw::Draw;
use super::rows::Rows;
use super::words::{CITIES, FIRST_NAMES, LAST_NAMES, STREETS};

/// Somebody who buys, or only looks.
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) street: String,
    pub(crate) city: &'static str,
    pub(crate) province: &'static str,
    pub(crate) postal_code: u32,
    pub(crate) has_account: bool,
    since: DateTime<Utc>,
}

/// How many are written at once.
const AT_ONCE: usize = 5_000;

/// So many people who came over that time.
pub(crate) fn drawn(seed: u64, count: usize, from: DateTime<Utc>, seconds: u64) -> Vec<Person> {
    let mut draw = Draw::of(seed, 2);
    (0..count).map(|number| person(&mut draw, number, from, seconds)).collect()
}

fn person(draw: &mut Draw, number: usize, from: DateTime<Utc>, seconds: u64) -> Person {
    let (first, last) = (draw.one(&FIRST_NAMES), draw.one(&LAST_NAMES));
    let (city, province, postal_code) = *draw.one(&CITIES);
    Person {
        email: format!("{}.{}{number}@example.com", first.to_lowercase(), last.to_lowercase()),
        name: format!("{first} {last}"),
        phone: format!("08{}{:08}", draw.between(11, 99), draw.between(0, 99_999_999)),
        street: format!("{} No. {}", draw.one(&STREETS), draw.between(1, 240)),
        city,
        province,
        postal_code: postal_code + draw.between(0, 60) * 10,
        has_account: draw.in_a_thousand(400),
        since: from + TimeDelta::seconds(i64::try_from(draw.late(seconds)).unwrap()),
    }
}

/// Writes them behind the number `before`; those with an account have the password behind that hash.
pub(crate) async fn write(conn: &mut MySqlConnection, people: &[Person], before: u64, hash: &str) {
    for (place, some) in people.chunks(AT_ONCE).enumerate() {
        let mut customers =
            Rows::new("customers (id, email, name, phone, line_1, city, province, postal_code, created_at)");
        let mut accounts = Rows::new("accounts (customer_id, password_hash, locale, created_at, password_changed_at)");
        for (id, person) in (before + 1 + (place * AT_ONCE) as u64..).zip(some) {
            let row = customers.add().number(id).text(&person.email).text(&person.name).text(&person.phone);
            row.text(&person.street)
                .text(person.city)
                .text(person.province)
                .text(&person.postal_code.to_string())
                .at(person.since);
            if person.has_account {
                accounts.add().number(id).text(hash).text("id").at(person.since).at(person.since);
            }
        }
        customers.write(conn).await;
        accounts.write(conn).await;
    }
}
