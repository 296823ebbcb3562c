//! Every kind of letter: what it is for, and whether its words are the owner's.

use domain::locale::Locale;
use domain::mail::{LetterWordsRow, ListLetterWords};
use yew::prelude::*;

use super::{LetterText, tabs};
use crate::desk::use_desk;
use crate::ipc::use_command;
use crate::kit::{Cell, Column, Glyph, List, Pill, Row, Screen, Table};
use crate::screens::{Wording, Wordings};

/// The list of kinds.
#[component]
pub(crate) fn WordingsScreen(_: &Wordings) -> Html {
    let locale = use_desk().locale;
    let asked = use_command(ListLetterWords {});
    // There is always a kind, so that nothing is never shown.
    let list = List::new(&asked, |rows| rows.as_slice(), table(locale), Html::default);
    html! {
        <Screen id="wordings">
            { tabs(true, locale) }
            <p class="quiet">{ LetterText::WordingsHint.text(locale) }</p>
            { list.draw(locale) }
        </Screen>
    }
}

fn table(locale: Locale) -> Table<'static, LetterWordsRow> {
    let head = |text: LetterText| text.text(locale);
    let kind = move |row: &LetterWordsRow| {
        let link = Wording::of(row.kind).href();
        Cell::from(html! {
            <>
                <a class="row-link" href={link}>{ row.kind.label(locale) }</a>
                <span class="words-purpose">{ row.kind.purpose(locale) }</span>
            </>
        })
    };
    let columns = vec![
        Column::new(head(LetterText::Kind), kind).bone(9),
        Column::new(head(LetterText::Readers), move |row: &LetterWordsRow| row.kind.audience().label(locale))
            .when_wide(),
        Column::new(head(LetterText::State), move |row: &LetterWordsRow| state(row, locale)).test("state").bone(5),
    ];
    let row = |row: &LetterWordsRow| Row::new(row.kind).data("data-kind", row.kind.as_str());
    Table::new("wording-rows", "is-wordings", head(LetterText::WordingsCaption), columns, row).bones(12)
}

/// Whose words they are, and whether such letters are written at all.
fn state(row: &LetterWordsRow, locale: Locale) -> Html {
    html! {
        <>
            { pill(row.is_own, locale) }
            if row.is_off {
                { " " }<Pill icon={Glyph::Cancelled} tone="warn" text={LetterText::Off.text(locale)} />
            }
        </>
    }
}

/// Whose words they are.
pub(super) fn pill(is_own: bool, locale: Locale) -> Html {
    let (icon, tone, text) =
        if is_own { (Glyph::Done, "good", LetterText::Own) } else { (Glyph::Mail, "plain", LetterText::Usual) };
    html! { <Pill {icon} {tone} text={text.text(locale)} /> }
}
