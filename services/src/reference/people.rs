//! Users: each becomes a customer with an account, and those who worked there become staff as well.

use std::collections::HashMap;

use domain::customers::CustomerId;
use domain::events::About;
use domain::locale::Locale;
use domain::mail::MailKind;
use domain::message::Message;
use domain::reference::{Finding, FormerKind, Outcome, Verdict};
use domain::shipping::{Address, AddressForm};
use domain::staff::{Permission, Role};
use domain::text::{EmailAddress, Password, PersonName, Phone};

use super::rows::Row;
use super::run::{Run, remember};
use crate::customers::{self, FormerAccount};
use crate::database::transact;
use crate::error::{Error, Result};
use crate::{buyers, events, mail, passwords, staff};

/// What orders ask of people.
#[derive(Debug, Default)]
pub(super) struct People {
    people: HashMap<u64, Person>,
    /// Province and postal code by city, as any address has them.
    cities: HashMap<String, (String, String)>,
}

/// Somebody with an account, or whose account could not be made.
#[derive(Clone, Debug)]
pub(super) struct Person {
    /// Nothing when the address of mail was no such.
    pub(super) email: Option<EmailAddress>,
    pub(super) form: AddressForm,
}

impl People {
    pub(super) fn get(&self, number: u64) -> Option<&Person> {
        self.people.get(&number)
    }

    /// Province and postal code of a city that others live in.
    pub(super) fn city(&self, city: &str) -> Option<&(String, String)> {
        self.cities.get(&city.trim().to_lowercase())
    }

    fn learn(&mut self, form: &AddressForm) {
        if !form.city.is_empty() && !form.province.is_empty() {
            let key = form.city.trim().to_lowercase();
            let found = (form.province.clone(), form.postal_code.clone());
            self.cities.entry(key).or_insert(found);
        }
    }
}

/// Brings everybody.
pub(super) async fn bring(run: &mut Run<'_>) -> Result<People> {
    let mut people = People::default();
    let rows = run.numbered(FormerKind::Customer, "users");
    let mut is_new = false;
    for (number, row) in &rows {
        let form = form(row);
        people.learn(&form);
        let email = row.text("email").and_then(|email| EmailAddress::parse(&email).ok());
        people.people.insert(*number, Person { email, form });
    }
    for row in run.former.table("orders") {
        people.learn(&super::orders::form(row));
    }
    for (number, row) in &rows {
        if run.is_known(FormerKind::Customer, ("customer", *number)) {
            if row.flag("is_admin") {
                run.is_known(FormerKind::Staff, ("staff", *number));
            }
            continue;
        }
        is_new = true;
        if let Some(person) = people.people.get(number) {
            account(run, *number, row, person).await?;
        }
    }
    if is_new && rows.iter().any(|(_, row)| row.text("username").is_some()) {
        run.left_out(FormerKind::Customer, "username", Finding::Usernames);
    }
    Ok(people)
}

async fn account(run: &mut Run<'_>, number: u64, row: &Row, person: &Person) -> Result<()> {
    let which = FormerKind::Customer;
    let Some(email) = &person.email else {
        let value = row.text("email").unwrap_or_default();
        run.refused(which, number, Finding::NoEmail { value });
        return Ok(());
    };
    let name = name(&person.form.name, email)?;
    let (phone, address) = reachable(run, number, person);
    let is_staff = row.flag("is_admin");
    let (kept, is_readable) = password(run, number, row);
    if run.is_check {
        run.report.count(which, Outcome::Brought);
        if is_staff {
            run.report.count(FormerKind::Staff, Outcome::Brought);
        }
        return Ok(());
    }
    let hash = match kept {
        Kept::Hash(hash) => hash,
        Kept::Readable(password) => passwords::hash(password).await?,
        // Of a password that nobody has.
        Kept::Nothing => passwords::nobody().await?,
    };

    let former = FormerAccount {
        email,
        name: &name,
        phone: phone.as_ref(),
        address: address.as_ref(),
        password_hash: &hash,
        locale: Locale::Indonesian,
        made_at: run.time(row, "created_at").unwrap_or(run.now),
    };
    let item = ("customer", number);
    let writer = run.shop.import(run.staff, Permission::ChangeSettings)?;
    let done = transact!(writer, |work| {
        let (id, is_new) = match customers::write_former(work, &former).await {
            Ok(id) => (id, true),
            Err(Error::Refused(Message::AlreadyTaken)) => (known(work, email).await?, false),
            Err(error) => return Err(error),
        };
        if is_new && is_readable {
            mail::write(work, MailKind::PasswordWasReadable, id, None).await?;
        }
        events::record(work, &About::Customer(id).into()).await?;
        let mut works_here = false;
        if is_staff {
            let here = match staff::with_email(work, email).await? {
                Some(here) => {
                    works_here = true;
                    here
                }
                None => staff::insert(work, &name, email, &hash, Role::Staff, Locale::Indonesian).await?.id,
            };
            remember(work, ("staff", number), here.get()).await?;
        }
        remember(work, item, id.get()).await?;
        Ok((id.get(), is_new, works_here))
    });
    let (done, is_new, works_here) = match done {
        Ok((id, is_new, works_here)) => (Ok(id), is_new, works_here),
        Err(error) => (Err(error), true, false),
    };
    if run.settle(which, item, done)?.is_some() {
        if !is_new {
            run.corrected(which, number, Finding::SameEmail);
        }
        if is_staff {
            run.report.count(FormerKind::Staff, Outcome::Brought);
        }
        if works_here {
            run.corrected(FormerKind::Staff, number, Finding::WorksHere);
        }
    }
    Ok(())
}

async fn known(work: &mut crate::database::Work, email: &EmailAddress) -> Result<CustomerId> {
    buyers::find(work, email.as_str()).await?.ok_or_else(|| Error::internal("an account has no customer"))
}

/// What is known of a password.
enum Kept {
    Hash(String),
    Readable(Password),
    Nothing,
}

/// A password, and whether whoever had the data could read it.
fn password(run: &mut Run<'_>, number: u64, row: &Row) -> (Kept, bool) {
    let stored = row.verbatim("password").or_else(|| row.verbatim("password_hash")).unwrap_or_default();
    if passwords::former::is_former(stored) {
        return (Kept::Hash(stored.to_owned()), false);
    }
    // A database only ever kept hashes: what is none of those that are known is nobody's password.
    if stored.is_empty() || row.verbatim("password").is_none() || row.flag(super::IS_LIVE) {
        run.corrected(FormerKind::Customer, number, Finding::NoPassword);
        return (Kept::Nothing, false);
    }
    run.corrected(FormerKind::Customer, number, Finding::PasswordReadable);
    (Kept::Readable(Password::typed(stored)), true)
}

/// The phone number and the address, as far as they can be kept.
fn reachable(run: &mut Run<'_>, number: u64, person: &Person) -> (Option<Phone>, Option<Address>) {
    let which = FormerKind::Customer;
    let form = &person.form;
    let phone = Phone::parse(&form.phone).ok();
    if phone.is_none() && !form.phone.is_empty() {
        run.corrected(which, number, Finding::PhoneUnusable { value: form.phone.clone() });
    }
    if form.is_placeless() {
        return (phone, None);
    }
    let address = form.parse().ok();
    if address.is_none() {
        let parts = [&form.line_1, &form.line_2, &form.city, &form.province, &form.postal_code];
        let lost = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(", ");
        run.report.note(which, number, Verdict::LeftOut, Finding::AddressUnfinished { lost });
    }
    (phone, address)
}

/// The address of a user, as it stands.
fn form(row: &Row) -> AddressForm {
    let text = |column| row.text(column).unwrap_or_default();
    AddressForm {
        name: row.text("full_name").or_else(|| row.text("username")).unwrap_or_default(),
        phone: text("phone"),
        line_1: text("address_line_1"),
        line_2: text("address_line_2"),
        city: text("city"),
        province: text("province"),
        postal_code: text("postal_code"),
    }
}

/// A name that can be kept: of the e-mail address when there is no other.
fn name(name: &str, email: &EmailAddress) -> Result<PersonName> {
    let short: String = name.chars().filter(|c| !c.is_control()).take(PersonName::MOST).collect();
    let local = email.as_str().split('@').next().unwrap_or_default();
    let tried = [short.as_str(), local, "Pelanggan"].into_iter().find_map(|name| PersonName::parse(name).ok());
    tried.ok_or_else(|| Error::internal("a plain word is no name"))
}
