//! The pictures of a product as its page shows them: what is chosen comes forward.

use domain::catalog::{OptionValueId, ProductDetail};
use domain::media::{Detail, Picture};

use super::Choice;

/// A picture in its place of the page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shot<'a> {
    /// Where it comes on the page, from one.
    pub(super) at: usize,
    /// Its place among the product's pictures.
    pub(super) place: usize,
    pub(super) picture: &'a Picture,
    pub(super) shows: Option<OptionValueId>,
    /// Whether it is of what is chosen, or of nothing special.
    pub(super) is_shown: bool,
}

/// All pictures, the one of the choice first. With a script those of other choices are out of sight.
pub(super) fn shots<'a>(product: &'a ProductDetail, choice: &Choice) -> Vec<Shot<'a>> {
    let is_chosen = |shows: Option<OptionValueId>| shows.is_some_and(|value| choice.has(value));
    let has_own = product.pictures.iter().any(|it| is_chosen(it.shows));
    let of_variant = choice.variant(product).ok().and_then(|variant| variant.picture);
    let of_value = product.pictures.iter().position(|it| is_chosen(it.shows));
    let front = of_variant.or(of_value);
    let shot = |(place, it): (usize, &'a domain::catalog::ProductPicture)| Shot {
        at: 0,
        place,
        picture: &it.picture,
        shows: it.shows,
        is_shown: it.shows.is_none() || is_chosen(it.shows) || !has_own || front == Some(place),
    };
    let mut shots: Vec<Shot<'_>> = product.pictures.iter().enumerate().map(shot).collect();
    shots.sort_by_key(|shot| front != Some(shot.place));
    (1..).zip(&mut shots).for_each(|(at, shot)| shot.at = at);
    shots
}

/// The part of the first picture of a value that stands for it.
pub(super) fn dot(product: &ProductDetail, value: OptionValueId) -> Option<Detail> {
    product.pictures.iter().find(|it| it.shows == Some(value)).map(|it| it.picture.detail())
}
