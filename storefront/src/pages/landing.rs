//! The front page: the best goods first, then where to go on.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::catalog::{ListProducts, ProductCard, Sort};
use domain::money::Money;
use services::{Shop, catalog};

use crate::failure::Failure;
use crate::layout::Layout;
use crate::pages::products;
use crate::texts::{Browse, Frame};
use crate::visit::Visit;

/// Goods in the opening picture, beside the headline.
const IN_HERO: usize = 2;

#[derive(Template)]
#[template(path = "landing.html")]
struct Landing {
    layout: Layout,
    hero: Vec<ProductCard>,
    favourites: Vec<ProductCard>,
    newest: Vec<ProductCard>,
}

impl Landing {
    fn tagline(&self) -> String {
        match self.layout.of(&self.layout.settings.tagline) {
            "" => self.layout.say(Browse::DefaultTagline),
            tagline => tagline.to_owned(),
        }
    }

    /// The first paragraph of the owner's story.
    fn story(&self) -> &str {
        let about = self.layout.of(&self.layout.settings.about);
        about.split("\n\n").next().unwrap_or_default().trim()
    }

    fn delivery(&self) -> String {
        delivery_promise(&self.layout)
    }

    fn hold(&self) -> String {
        self.layout.say(Browse::PromiseHoldHint { minutes: self.layout.settings.hold_minutes })
    }

    fn count(&self, products: &u32) -> String {
        products::count(&self.layout, *products)
    }

    fn takes_online_payment(&self) -> bool {
        self.layout.settings.payment_methods.iter().any(|method| method.is_online())
    }
}

pub(crate) async fn show(State(shop): State<Shop>, visit: Visit) -> Result<Response, Failure> {
    let loved = ListProducts { per_page: 10, ..ListProducts::default() };
    let newest = ListProducts { per_page: 4, sort: Sort::Newest, ..ListProducts::default() };
    let [mut loved, newest] = catalog::firsts(&shop, [loved, newest], visit.cart_id()).await?;
    let layout = Layout::load(&shop, visit).await?;

    let favourites = loved.split_off(IN_HERO.min(loved.len()));
    layout.clone().show(&Landing { layout, hero: loved, favourites, newest })
}

/// What delivery costs at least, in one sentence.
pub(crate) fn delivery_promise(layout: &Layout) -> String {
    let rates = &layout.settings.delivery;
    match (rates.least(), rates.free_from) {
        (Money::ZERO, _) => layout.say(Browse::DeliveryFree),
        (least, None) => layout.say(Browse::DeliveryFrom { price: layout.money(&least) }),
        (least, Some(free)) => {
            layout.say(Browse::DeliveryFreeFrom { price: layout.money(&least), free: layout.money(&free) })
        }
    }
}
