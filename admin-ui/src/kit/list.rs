//! A list screen's list: what was asked for as a table with its pages, and what is said when there is nothing.

use std::rc::Rc;

use domain::command::Command;
use domain::locale::Locale;
use domain::page::{PageNumber, Position};
use yew::prelude::*;

use super::empty::Empty;
use super::icon::Glyph;
use super::navigation::slip;
use super::pager::{BeyondEnd, Pager};
use super::problem::ProblemBox;
use super::search::Search;
use super::table::Table;
use super::texts::KitText;
use crate::ipc::Asked;

/// Where a list is: what is searched for, and the address of each of its pages.
#[derive(Clone)]
pub(crate) struct Place {
    search: AttrValue,
    address: Rc<dyn Fn(String, PageNumber) -> String>,
}

impl Place {
    /// A list that is searched; `address` says where the page of a search is found.
    pub(crate) fn new(search: &str, address: impl Fn(String, PageNumber) -> String + 'static) -> Self {
        Self { search: search.to_owned().into(), address: Rc::new(address) }
    }

    /// What is searched for, for the request.
    pub(crate) fn search(&self) -> Option<String> {
        (!self.search.is_empty()).then(|| self.search.to_string())
    }

    /// The search field over the list.
    pub(crate) fn field(&self, id: &'static str, label: String) -> Html {
        let address = self.address.clone();
        let on_search = Callback::from(move |search: String| slip(&address(search, PageNumber::FIRST)));
        html! { <Search {id} {label} value={self.search.clone()} {on_search} /> }
    }

    fn pages(&self) -> Callback<PageNumber, String> {
        let (address, search) = (self.address.clone(), self.search.to_string());
        Callback::from(move |page: PageNumber| address(search.clone(), page))
    }
}

/// The pages of a list.
struct Pages<'a, C: Command> {
    place: &'a Place,
    position: fn(&C::Reply) -> Position,
    /// What is said when a search finds nothing, and what could help.
    not_found: Option<(String, String)>,
}

/// A list.
pub(crate) struct List<'a, C: Command, R> {
    asked: &'a Asked<C>,
    rows: fn(&C::Reply) -> &[R],
    table: Table<'a, R>,
    pages: Option<Pages<'a, C>>,
    foot: Html,
    nothing: Box<dyn Fn() -> Html + 'a>,
}

impl<'a, C: Command, R> List<'a, C, R> {
    /// The rows of what was asked for; `nothing` is shown when there are none.
    pub(crate) fn new(
        asked: &'a Asked<C>,
        rows: fn(&C::Reply) -> &[R],
        table: Table<'a, R>,
        nothing: impl Fn() -> Html + 'a,
    ) -> Self {
        Self { asked, rows, table, pages: None, foot: Html::default(), nothing: Box::new(nothing) }
    }

    /// With pages.
    pub(crate) fn paged(self, place: &'a Place, position: fn(&C::Reply) -> Position) -> Self {
        Self { pages: Some(Pages { place, position, not_found: None }), ..self }
    }

    /// With something at its foot, such as the ways through a list that nobody counts.
    pub(crate) fn foot(self, foot: Html) -> Self {
        Self { foot, ..self }
    }

    /// With a search over all pages: what is said when it finds nothing, and what could help.
    pub(crate) fn searched(mut self, title: impl FnOnce(String) -> String, hint: String) -> Self {
        if let Some(pages) = &mut self.pages {
            pages.not_found = pages.place.search().map(|search| (title(search), hint));
        }
        self
    }

    /// Draws it.
    pub(crate) fn draw(&self, locale: Locale) -> Html {
        let rows = match self.asked.answer.as_deref() {
            None => self.table.draw(None),
            Some(Err(problem)) => html! { <ProblemBox problem={problem.clone()} retry={self.asked.again.clone()} /> },
            Some(Ok(reply)) => match (self.rows)(reply) {
                [] => self.draw_nothing(reply, locale),
                rows => self.table.draw(Some(rows)),
            },
        };
        let pager = self.pages.as_ref().zip(self.asked.reply()).map(|(pages, reply)| {
            html! { <Pager position={(pages.position)(reply)} to={pages.place.pages()} /> }
        });
        let is_waiting = self.asked.is_waiting;
        html! {
            <div class={classes!("list", "card", is_waiting.then_some("is-waiting"))} aria-busy={is_waiting.to_string()}>
                { rows }
                { pager }
                { self.foot.clone() }
            </div>
        }
    }

    /// Why the list is empty, and the way out.
    fn draw_nothing(&self, reply: &C::Reply, locale: Locale) -> Html {
        let Some(Pages { place, position, not_found }) = &self.pages else { return (self.nothing)() };
        let position = position(reply);
        if position.is_beyond() {
            return html! { <BeyondEnd {position} to={place.pages()} /> };
        }
        match not_found {
            None => (self.nothing)(),
            Some((title, hint)) => html! {
                <Empty icon={Glyph::Search} title={title.clone()} hint={hint.clone()}>
                    <a class="button" href={(place.address)(String::new(), PageNumber::FIRST)}>
                        { KitText::ClearSearch.text(locale) }
                    </a>
                </Empty>
            },
        }
    }
}
