//! The letters that the shop wrote to buyers and members: to whom, about what, and what became of them.

use domain::locale::Locale;
use domain::mail::{LetterPage, LetterRow, LetterState, ListLetters};
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::ipc::use_command;
use crate::kit::{Cell, Column, Empty, Glyph, Icon, List, Pill, Row, Screen, Tab, Table, Tabs};
use crate::screens::{Letter, Letters, Order, Settings, SettingsPart, Wordings};

mod one;
mod texts;
mod wording;
mod wordings;

pub(crate) use one::LetterScreen;
pub(crate) use texts::LetterText;
pub(crate) use wording::WordingScreen;
pub(crate) use wordings::WordingsScreen;

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
            { tabs(false, locale) }
            if asked.reply().is_some_and(|page| !page.sends) {
                <p class="quiet" data-test="not-sent-yet">
                    { LetterText::NothingIsSent.text(locale) }{ " " }
                    <a href={Settings::of(SettingsPart::Email).href()}>{ LetterText::SetUpMail.text(locale) }</a>
                </p>
            }
            { list.draw(locale) }
        </Screen>
    }
}

/// The ways between the letters and their words.
fn tabs(is_at_words: bool, locale: Locale) -> Html {
    let say = |text: LetterText| text.text(locale);
    let tabs = vec![
        Tab::new("letters-outbox", Letters::default().href(), say(LetterText::Outbox), !is_at_words),
        Tab::new("letters-wordings", Wordings::default().href(), say(LetterText::WordingsTitle), is_at_words),
    ];
    html! { <Tabs label={say(LetterText::Parts)} {tabs} current="page" /> }
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
    let about = move |letter: &LetterRow| Cell::link(Letter::of(letter.id).href(), letter.kind.label(locale));
    let columns = vec![
        Column::new(head(LetterText::Written), written).instants(),
        Column::new(head(LetterText::To), move |letter: &LetterRow| Cell::clipped(&letter.to)).test("to").bone(9),
        Column::new(head(LetterText::Kind), about).bone(8),
        Column::new(head(LetterText::Order), order).when_wide(),
        Column::new(head(LetterText::State), move |letter: &LetterRow| state(desk, letter)).test("state").bone(5),
    ];
    let row = move |letter: &LetterRow| Row::new(letter.id).data("data-kind", letter.kind.as_str());
    Table::new("letter-rows", "is-letters", head(LetterText::ListCaption), columns, row).bones(12)
}

/// What became of it, and why it was not sent.
fn state(desk: &Desk, letter: &LetterRow) -> Html {
    let locale = desk.locale;
    let pill = match letter.state {
        LetterState::Waiting => html! {
            <Pill icon={Glyph::Clock} tone="plain" text={LetterText::Waiting.text(locale)} />
        },
        LetterState::Sent => {
            let at = letter.sent_at.map(|at| desk.calendar().brief(at)).unwrap_or_default();
            html! { <Pill icon={Glyph::Done} tone="good" text={LetterText::SentAt { at }.text(locale)} /> }
        }
        LetterState::Kept => html! { <Pill icon={Glyph::Mail} tone="plain" text={LetterText::Kept.text(locale)} /> },
        LetterState::Failed => html! {
            <Pill icon={Glyph::Alert} tone="bad" text={LetterText::Failed.text(locale)} />
        },
    };
    html! {
        <>
            { pill }
            if let Some(trouble) = &letter.trouble {
                <span class="job-error" data-test="trouble">{ trouble.kind.label(locale) }{ " " }{ &trouble.said }</span>
            }
            if letter.state == LetterState::Waiting && letter.tries > 0 {
                <span class="job-about quiet">{ next(desk, letter) }</span>
            }
        </>
    }
}

fn next(desk: &Desk, letter: &LetterRow) -> String {
    let at = letter.next_try_at.map(|at| desk.calendar().brief(at)).unwrap_or_default();
    LetterText::NextTry { tries: letter.tries, at }.text(desk.locale)
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
