//! What changes and their undoing are called.

use domain::catalog::bulk::{Direction, SaleStep, Step};
use domain::catalog::{BulkChange, ChangeOf, ChangeState, UndoAnswer};
use domain::locale::{Locale, Translated};

use crate::catalog::texts::ChangeText;
use crate::catalog::words::status_name;
use crate::desk::Desk;

/// What somebody did.
pub(super) fn what_text(what: &ChangeOf, desk: &Desk) -> String {
    let locale = desk.locale;
    let named = |name: &Translated| name.get(locale).to_owned();
    let text = match what {
        ChangeOf::Bulk { change, to } => bulk_text(change, to.as_ref(), desk),
        ChangeOf::DeletedProduct { name } => ChangeText::DeletedProduct { name: named(name) },
        ChangeOf::ArchivedProduct { name } => ChangeText::ArchivedProduct { name: named(name) },
        ChangeOf::DeletedCategory { name, .. } => ChangeText::DeletedCategory { name: named(name) },
        ChangeOf::Import { file } => ChangeText::Imported { file: file.clone() },
    };
    text.text(locale)
}

fn bulk_text(change: &BulkChange, to: Option<&Translated>, desk: &Desk) -> ChangeText {
    let name = to.map(|name| name.get(desk.locale).to_owned()).unwrap_or_default();
    match change {
        BulkChange::Price { direction, by, .. } => {
            let by = match by {
                Step::Percent(rate) => rate.display(desk.locale),
                Step::Amount(amount) => desk.money(*amount),
            };
            match direction {
                Direction::Up => ChangeText::PriceUp { by },
                Direction::Down => ChangeText::PriceDown { by },
            }
        }
        BulkChange::SaleOn { price: SaleStep::PercentOff(rate), .. } => {
            ChangeText::SaleOff { rate: rate.display(desk.locale) }
        }
        BulkChange::SaleOn { price: SaleStep::To(price), .. } => ChangeText::SaleTo { price: desk.money(*price) },
        BulkChange::SaleOff => ChangeText::SaleEnded,
        BulkChange::Category(Some(_)) => ChangeText::ToCategory { name },
        BulkChange::Category(None) => ChangeText::NoCategory,
        BulkChange::Status(status) => ChangeText::ToStatus { status: status_name(*status).text(desk.locale) },
        BulkChange::TaxClass(Some(_)) => ChangeText::ToTaxClass { name },
        BulkChange::TaxClass(None) => ChangeText::DefaultTaxClass,
        BulkChange::Limits { .. } => ChangeText::NewLimits,
        BulkChange::Delete => ChangeText::BulkDeleted,
    }
}

/// What an undo gave back.
pub(crate) fn undone_text(answer: &UndoAnswer, locale: Locale) -> String {
    let text = match &answer.change.state {
        _ if answer.already => ChangeText::Already,
        ChangeState::Undone { totals, .. } | ChangeState::Underway { totals, .. } => {
            match totals.partly + totals.kept {
                0 => ChangeText::GivenBack { count: totals.given_back },
                kept => ChangeText::NotGivenBack { given_back: totals.given_back, kept },
            }
        }
        ChangeState::Open | ChangeState::Over => ChangeText::Over,
    };
    text.text(locale)
}
