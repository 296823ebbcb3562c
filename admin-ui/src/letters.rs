//! The letters that the shop wrote to buyers and members: to whom, about what, and whether they were sent.

use domain::locale::Locale;
use domain::mail::{LetterPage, LetterRow, ListLetters};
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Cell, Column, Empty, Glyph, Icon, List, Pill, Row, Screen, Table};
use crate::screens::{Letters, Order};

mod texts;

pub(crate) use texts::LetterText;

/// The list of letters, newest first. Every step that writes one tells of its order or membership, so that it comes by itself.
#[component]
pub(crate) fn LettersScreen(props: &Letters) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let asked = use_command(ListLetters { before: props.before });
    let ways = asked.reply().map(|page| ways(props, page, locale)).unwrap_or_default();
    let list = List::new(&asked, |page| &page.rows, table(&desk), || nothing(props, locale)).foot(ways);
    html! {
        <Screen id="letters">
            <p class="quiet" data-test="not-sent-yet">{ LetterText::NothingIsSent.text(locale) }</p>
            { list.draw(locale) }
        </Screen>
    }
}

fn table(desk: &Desk) -> Table<'_, LetterRow> {
    let locale = desk.locale;
    let head = |text: LetterText| text.text(locale);
    let written = move |letter: &LetterRow| {
        Cell::from(desk.calendar().brief(letter.written_at)).titled(desk.calendar().full(letter.written_at))
    };
    let order = move |letter: &LetterRow| match &letter.order {
        Some((order, number)) => Cell::link(Order::of(*order).href(), number),
        None => Cell::from(""),
    };
    let columns = vec![
        Column::new(head(LetterText::Written), written).instants(),
        Column::new(head(LetterText::To), move |letter: &LetterRow| Cell::clipped(&letter.to)).test("to").bone(9),
        Column::new(head(LetterText::Kind), move |letter: &LetterRow| letter.kind.label(locale)).bone(8),
        Column::new(head(LetterText::Order), order).when_wide(),
        Column::new(head(LetterText::State), move |letter: &LetterRow| state(desk, letter)).test("state").bone(5),
    ];
    let row = move |letter: &LetterRow| Row::new(letter.id).data("data-kind", letter.kind.as_str());
    Table::new("letter-rows", "is-letters", head(LetterText::ListCaption), columns, row).bones(12)
}

/// Whether it was sent, and when.
fn state(desk: &Desk, letter: &LetterRow) -> Html {
    match letter.sent_at {
        None => html! { <Pill icon={Glyph::Clock} tone="plain" text={LetterText::Waiting.text(desk.locale)} /> },
        Some(at) => {
            let at = desk.calendar().brief(at);
            html! { <Pill icon={Glyph::Done} tone="good" text={LetterText::SentAt { at }.text(desk.locale)} /> }
        }
    }
}

/// The ways to the newest letters and to older ones; nobody counts them, so that there are no numbers of pages.
fn ways(here: &Letters, page: &LetterPage, locale: Locale) -> Html {
    let newest = here.before.map(|_| Letters::default());
    let older = page.older_than.map(|letter| Letters { before: Some(letter) });
    if newest.is_none() && older.is_none() {
        return Html::default();
    }
    html! {
        <nav class="pager" aria-label={LetterText::Ways.text(locale)}>
            if let Some(newest) = newest {
                <a class="button is-small" href={newest.href()} data-test="newest">
                    <Icon of={Glyph::Previous} />{ LetterText::Newest.text(locale) }
                </a>
            }
            if let Some(older) = older {
                <a class="button is-small" href={older.href()} data-test="older">
                    { LetterText::Older.text(locale) }<Icon of={Glyph::Next} />
                </a>
            }
        </nav>
    }
}

/// Why the list is empty.
fn nothing(here: &Letters, locale: Locale) -> Html {
    let (title, hint) = match here.before {
        None => (LetterText::NoneYet, LetterText::NoneYetHint),
        Some(_) => (LetterText::NoneOlder, LetterText::NoneOlderHint),
    };
    html! { <Empty icon={Glyph::Mail} title={title.text(locale)} hint={hint.text(locale)} /> }
}
