//! Icons: one outline set, drawn from the sprite `assets/icons.svg`, never without words or a label near it.

use yew::prelude::*;

/// Every icon that the desk shows, with its id in the sprite.
macro_rules! icons {
    ($($icon:ident = $id:literal,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Glyph {
            $($icon,)*
        }

        impl Glyph {
            /// Every icon, for the test that the sprite has them.
            #[cfg(test)]
            const ALL: &'static [Self] = &[$(Self::$icon),*];

            const fn id(self) -> &'static str {
                match self { $(Self::$icon => $id,)* }
            }
        }
    };
}

icons! {
    Dashboard = "layout-dashboard",
    Orders = "shopping-bag",
    Stock = "package",
    Customers = "users",
    Sidebar = "panel-left",
    External = "external-link",
    Language = "languages",
    Sun = "sun",
    Moon = "moon",
    Monitor = "monitor",
    SignOut = "log-out",
    Search = "search",
    Previous = "chevron-left",
    Next = "chevron-right",
    Clock = "clock",
    Packing = "package-check",
    Parcels = "package-open",
    Truck = "truck",
    Done = "circle-check",
    Cancelled = "circle-x",
    Alert = "circle-alert",
    Warning = "triangle-alert",
    Close = "x",
    Cash = "banknote",
    Card = "credit-card",
    NoPicture = "image",
    Back = "arrow-left",
    Plus = "plus",
    Up = "trending-up",
    Down = "trending-down",
    Level = "minus",
    Shop = "store",
    Person = "user",
    Mail = "mail",
    Phone = "phone",
    Place = "map-pin",
    Retry = "rotate-cw",
    Table = "table",
    Chart = "chart-column",
    Demo = "sparkles",
    Robot = "bot",
    Import = "import",
    Inbox = "inbox",
    Out = "package-x",
    History = "history",
    Settings = "settings",
    Voucher = "ticket-percent",
    Member = "id-card",
    Remove = "trash-2",
    Undo = "undo-2",
    Goods = "tags",
    Tree = "folder-tree",
    Ascending = "arrow-up",
    Descending = "arrow-down",
    Copy = "copy",
    Eye = "eye",
    Pencil = "pencil",
    Archive = "archive",
    Handle = "grip-vertical",
    Star = "star",
}

/// Which icon, and how large.
#[derive(Clone, PartialEq, Properties)]
pub(crate) struct IconProps {
    pub(crate) of: Glyph,
    #[prop_or_default]
    pub(crate) class: Classes,
}

/// An icon beside words; screen readers skip it.
#[component]
pub(crate) fn Icon(props: &IconProps) -> Html {
    let href = format!("assets/icons.svg#{}", props.of.id());
    html! {
        <svg class={classes!("icon", props.class.clone())} aria-hidden="true" focusable="false">
            <use href={href} />
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::Glyph;

    #[test]
    fn the_sprite_has_every_icon_and_no_other() {
        let sprite = include_str!("../../assets/icons.svg");
        for icon in Glyph::ALL {
            assert!(sprite.contains(&format!("id=\"{}\"", icon.id())), "{icon:?}");
        }
        assert_eq!(sprite.matches("<symbol").count(), Glyph::ALL.len());
    }
}
