//! The file at hand: what it turned out to be, its pictures, and the way to another one.

use domain::imports::{BringWhat, Content, FileForm, Separator};
use yew::prelude::*;

use super::texts::ImportText;
use super::{Act, View};
use crate::kit::{Card, Fact, Glyph};

/// The card.
pub(super) fn card(view: &View<'_>) -> Html {
    let at_hand = view.at_hand;
    let fact = |label: ImportText, value: String, test: &'static str| {
        html! { <Fact label={view.say(label)} {value} {test} /> }
    };
    let facts = match &at_hand.content {
        Content::Goods(goods) => html! {
            <>
                { fact(ImportText::Form, form_name(goods.form, view), "form") }
                { fact(ImportText::Rows, goods.rows.to_string(), "rows") }
                { fact(ImportText::Encoding, goods.encoding.as_str().to_uppercase(), "encoding") }
                { fact(ImportText::Separator, view.say(separator_name(goods.separator)), "separator") }
            </>
        },
        Content::Former(_) => fact(ImportText::Form, view.say(ImportText::FormerData), "form"),
    };
    let pictures = at_hand.pictures.clone().unwrap_or_else(|| view.say(ImportText::NoPictures));
    let can_change = !at_hand.stage.is_moving() && !view.is_done();
    let is_goods = matches!(at_hand.content, Content::Goods(_));
    let aside = html! {
        if !at_hand.stage.is_moving() {
            { view.button("put-away", "", None, if view.is_done() { ImportText::Again } else { ImportText::OtherFile }, || Act::PutAway) }
        }
    };
    html! {
        <Card id="import-file" class="setting" title={at_hand.file.clone()} icon={Glyph::Import} has_head={true} {aside}>
            <dl class="file-facts">
                { facts }
                { fact(ImportText::Pictures, pictures, "pictures") }
            </dl>
            if can_change {
                <div class="buttons">
                    { view.button("add-folder", "is-quiet", Some(Glyph::Plus), ImportText::AddFolder, || Act::Bring(BringWhat::PictureFolder)) }
                    if is_goods {
                        { view.button("add-zip", "is-quiet", Some(Glyph::Plus), ImportText::AddZip, || Act::Bring(BringWhat::PictureZip)) }
                    }
                </div>
            }
        </Card>
    }
}

fn form_name(form: FileForm, view: &View<'_>) -> String {
    match form {
        FileForm::Products => view.say(ImportText::OwnForm),
        FileForm::Shopify => "Shopify".to_owned(),
        FileForm::WooCommerce => "WooCommerce".to_owned(),
    }
}

const fn separator_name(separator: Separator) -> ImportText {
    match separator {
        Separator::Comma => ImportText::Comma,
        Separator::Semicolon => ImportText::Semicolon,
        Separator::Tab => ImportText::Tab,
    }
}
