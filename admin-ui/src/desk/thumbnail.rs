//! A small picture of a product, from the shop's own store; a quiet mark where there is none.

use domain::media::Picture;
use web_sys::HtmlElement;
use yew::prelude::*;

use super::use_desk;
use crate::kit::{Glyph, Icon};

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ThumbnailProps {
    pub(crate) picture: Option<Picture>,
}

/// The picture, beside words that name the product: it has no words of its own.
#[component]
pub(crate) fn Thumbnail(props: &ThumbnailProps) -> Html {
    let desk = use_desk();
    let is_missing = use_state(|| false);
    let lost = {
        let is_missing = is_missing.setter();
        move |_: Event| is_missing.set(true)
    };
    let src = props.picture.as_ref().and_then(|picture| desk.picture(picture, 96));
    let drawn = use_node_ref();
    let cut = props.picture.as_ref().map(Picture::cut);
    use_effect_with((drawn.clone(), cut), |(drawn, cut)| {
        // By the element itself: nothing inline is allowed in the window.
        if let (Some(image), Some(cut)) = (drawn.cast::<HtmlElement>(), cut) {
            let _ = image.style().set_property("object-position", &format!("{cut}% {cut}%"));
        }
    });
    html! {
        <span class="thumbnail">
            if let (Some(src), false) = (src, *is_missing) {
                <img ref={drawn} {src} alt="" width="32" height="40" loading="lazy" decoding="async" onerror={lost} />
            } else {
                <Icon of={Glyph::NoPicture} />
            }
        </span>
    }
}
