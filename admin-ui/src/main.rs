//! The desk in the desktop's window, compiled to wasm. Start reading at `app`.

#![deny(clippy::float_arithmetic)]

mod act;
mod amount;
mod app;
mod audit;
mod checking;
mod customers;
mod dates;
mod desk;
mod dialog;
mod field;
mod frame;
mod icon;
mod inventory;
mod ipc;
mod jobs;
mod live;
mod memberships;
mod orders;
mod pager;
mod pill;
mod preferences;
mod problem_box;
mod reports;
mod route;
mod search;
mod settings;
mod setup;
mod shell;
mod staff;
mod texts;
mod ticks;
mod toasts;
mod vouchers;
mod waiting;

fn main() {
    yew::Renderer::<app::App>::new().render();
}
