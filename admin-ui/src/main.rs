//! The desk in the desktop's window, compiled to wasm. Start reading at `app`; `screens` lists what there is to see.

#![deny(clippy::float_arithmetic)]

mod app;
mod audit;
mod catalog;
mod customers;
mod desk;
mod inventory;
mod ipc;
mod jobs;
mod kit;
mod letters;
mod live;
mod memberships;
mod orders;
mod payments;
mod preferences;
mod reports;
mod screens;
mod settings;
mod setup;
mod shell;
mod staff;
mod toasts;
mod vouchers;

fn main() {
    yew::Renderer::<app::App>::new().render();
}
