//! The macro that makes everything of a screen's line: its address, its place in the menu, its title, its drawing.

/// See [`crate::screens`] for what a line says.
macro_rules! screens {
    ($($name:ident($path:literal $(/ $part:ident: $part_type:ident)? $(? $($key:ident: $type:ty),+)?) => $component:ident,
        $place:ident($($entry:tt)*);)*) => {
        $(
            /// The address of a screen, which is what its component is given.
            #[derive(Clone, Debug, PartialEq, Eq, Properties)]
            pub(crate) struct $name {
                $(pub(crate) $part: $part_type,)?
                $($(pub(crate) $key: $type,)+)?
            }

            impl $name {
                /// What stands in a link.
                pub(crate) fn href(&self) -> String {
                    let part = screens!(@part self $($part)?);
                    written($path, part, &[$($((stringify!($key), self.$key.write()),)+)?])
                }

                fn read(address: Address<'_>) -> Option<Self> {
                    if address.name != $path || (address.has_part() && !screens!(@has_part $($part)?)) {
                        return None;
                    }
                    Some(Self {
                        $($part: address.part()?,)?
                        $($($key: address.parameter(stringify!($key)),)+)?
                    })
                }
            }

            screens!(@made $name [$($part: $part_type)?] [$($($key)+)?]);
        )*

        /// A screen, with what it shows.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) enum Route {
            $($name($name),)*
        }

        impl Route {
            fn read(address: Address<'_>) -> Option<Self> {
                None$(.or_else(|| $name::read(address).map(Self::$name)))*
            }

            /// What stands in a link.
            pub(crate) fn href(&self) -> String {
                match self { $(Self::$name(address) => address.href(),)* }
            }

            /// The screen's title: what it is called in the menu, until it shows one thing by its name.
            pub(crate) fn title(&self, locale: Locale) -> String {
                match self { $(Self::$name(_) => screens!(@title $place $($entry)*).text(locale),)* }
            }

            /// The entry of the menu that it is found under.
            pub(crate) fn entry(&self) -> &'static str {
                match self { $(Self::$name(_) => screens!(@found $place $name $($entry)*),)* }
            }

            /// The screen. One thing's screen begins anew for another.
            pub(crate) fn draw(&self) -> Html {
                match self {
                    $(Self::$name(address) => {
                        let $name { $($part,)? $($($key,)+)? } = address.clone();
                        html! {
                            <$component key={screens!(@key $place $($part)?)} $({$part})? $($({$key})+)? />
                        }
                    })*
                }
            }
        }

        /// The entries of the menu, in its order.
        pub(crate) fn menu() -> impl Iterator<Item = Entry> {
            [$(screens!(@entry $place $name $path $($entry)*)),*].into_iter().flatten()
        }
    };

    (@part $self:ident) => { None };
    (@part $self:ident $part:ident) => { Some($self.$part.to_string()) };

    (@has_part) => { false };
    (@has_part $part:ident) => { true };

    (@made $name:ident [] [$($key:ident)*]) => {
        impl Default for $name {
            fn default() -> Self {
                Self { $($key: Parameter::read(""),)* }
            }
        }
    };
    (@made $name:ident [$part:ident: $type:ident] [$($key:ident)*]) => {
        impl $name {
            /// The screen of one thing or part, from its beginning.
            pub(crate) fn of($part: $type) -> Self {
                Self { $part, $($key: Parameter::read(""),)* }
            }
        }
    };

    (@title menu $icon:path, $title:path $(, $permission:ident)?) => { $title };
    (@title under $parent:ident, $title:path) => { $title };

    (@found menu $name:ident $($entry:tt)*) => { stringify!($name) };
    (@found under $name:ident $parent:ident, $title:path) => { stringify!($parent) };

    (@key under $part:ident) => { $part.to_string() };
    (@key $place:ident $($part:ident)?) => { "" };

    (@entry menu $name:ident $path:literal $icon:path, $title:path $(, $permission:ident)?) => {
        Some(Entry {
            name: stringify!($name),
            path: concat!("#/", $path),
            icon: $icon,
            title: |locale| $title.text(locale),
            permission: screens!(@permission $($permission)?),
        })
    };
    (@entry under $name:ident $path:literal $($entry:tt)*) => { None };

    (@permission) => { None };
    (@permission $permission:ident) => { Some(Permission::$permission) };
}

pub(super) use screens;
