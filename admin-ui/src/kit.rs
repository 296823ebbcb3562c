//! The kit of the desk: everything that screens are built of, with words of its own. It knows no screen.
//!
//! A list is a [`List`] over a [`Table`]; what is typed stands in a [`Form`], drawn in a page or in a [`FormDialog`].

mod amount;
mod button;
mod calendar;
mod card;
mod detail;
mod dialog;
mod empty;
mod field;
mod form;
mod form_dialog;
mod icon;
mod input;
mod list;
mod locale;
mod navigation;
mod pager;
mod pill;
mod problem;
mod request;
mod screen;
mod search;
pub(crate) mod shortcuts;
mod skeleton;
mod table;
mod tabs;
mod texts;
mod ticks;
pub(crate) mod toasts;

pub(crate) use button::Button;
pub(crate) use calendar::Calendar;
pub(crate) use card::{Card, Fact};
pub(crate) use detail::{Back, Detail, detail};
pub(crate) use dialog::{Dialog, DialogHandle, use_dialog};
pub(crate) use empty::Empty;
pub(crate) use field::{Check, Choose, Field, choices};
pub(crate) use form::{Form, use_form, use_judged_form, use_sender, wrong};
pub(crate) use form_dialog::FormDialog;
pub(crate) use icon::{Glyph, Icon};
pub(crate) use input::{Input, Lens, lens};
pub(crate) use list::{List, Place};
pub(crate) use locale::use_locale;
pub(crate) use navigation::{focus, go, slip};
pub(crate) use pager::{BeyondEnd, Pager};
pub(crate) use pill::Pill;
pub(crate) use problem::{ProblemBox, ProblemLine};
pub(crate) use request::{Request, fresh_key};
pub(crate) use screen::{Screen, ScreenTitle};
pub(crate) use skeleton::{Bones, TableBones};
pub(crate) use table::{Cell, Column, Row, Table};
pub(crate) use tabs::{Tab, Tabs};
pub(crate) use texts::KitText;
pub(crate) use ticks::use_ticks;
