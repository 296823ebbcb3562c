//! What the tables of commands promise.

use super::{Effect, Sent, ShopCommand, WindowCommand};
use crate::orders::{OrderId, ShipOrder};

#[test]
fn every_example_can_be_read_and_is_of_its_command() {
    for declared in ShopCommand::DECLARED {
        let read = serde_json::from_str::<ShopCommand>(&declared.sent());
        assert!(read.is_ok(), "{}: {read:?}", declared.name);
    }
    for declared in WindowCommand::DECLARED {
        let read = serde_json::from_str::<WindowCommand>(&declared.sent());
        assert!(read.is_ok(), "{}: {read:?}", declared.name);
    }
}

#[test]
fn what_the_window_sends_is_what_the_desktop_reads() {
    let request = ShipOrder::all(OrderId::new(7), "JNE-1");
    let sent = serde_json::to_string(&Sent::from(&request)).unwrap();
    assert_eq!(serde_json::from_str::<ShopCommand>(&sent).unwrap(), ShopCommand::from(request));
}

#[test]
fn whatever_changes_something_says_what() {
    let all = ShopCommand::DECLARED.iter().chain(WindowCommand::DECLARED);
    for declared in all.filter(|declared| declared.effect == Effect::Writes) {
        assert!(!declared.topics.is_empty(), "{} does not say whom it concerns", declared.name);
    }
}
