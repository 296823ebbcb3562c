//! The dialog to add and change a category: both names, its address, its picture.

use domain::catalog::{CategoryRow, SaveCategory};
use domain::locale::Translated;
use domain::media::{Picture, TakenPicture};
use yew::prelude::*;

use crate::catalog::adding::AddPictures;
use crate::catalog::texts::CategoryText;
use crate::desk::{Thumbnail, use_desk};
use crate::kit::{Button, FormDialog, Glyph, KitText, Request, lens, use_form};

#[derive(Clone, PartialEq, Properties)]
pub(super) struct EditDialogProps {
    /// Nothing for a new one.
    pub(super) known: Option<CategoryRow>,
    /// What a new one stands below.
    pub(super) parent: Option<CategoryRow>,
    pub(super) on_done: Callback<CategoryRow>,
    pub(super) on_close: Callback<()>,
}

#[derive(Clone)]
struct Draft {
    name: Translated,
    slug: String,
    picture: Option<Picture>,
}

/// The dialog.
#[component]
pub(super) fn EditDialog(props: &EditDialogProps) -> Html {
    let locale = use_desk().locale;
    let known = props.known.clone();
    let form = use_form(|| match &props.known {
        Some(known) => Draft { name: known.name.clone(), slug: known.slug.clone(), picture: known.picture.clone() },
        None => Draft { name: Translated::default(), slug: String::new(), picture: None },
    });
    let submit = {
        let (known, parent_id) = (known.clone(), props.parent.as_ref().map(|parent| parent.id));
        form.submit(
            move |draft: &Draft| {
                let request = SaveCategory {
                    category_id: known.as_ref().map(|known| known.id),
                    version: known.as_ref().map_or(0, |known| known.version),
                    parent_id: known.as_ref().map_or(parent_id, |known| known.parent_id),
                    slug: draft.slug.clone(),
                    name: draft.name.clone(),
                    picture: draft.picture.as_ref().map(|picture| picture.key.clone()),
                };
                let request = request.tidied()?;
                let name = request.name.get(locale).to_owned();
                Ok(Request::new(request, CategoryText::Saved { name }.text(locale)))
            },
            &props.on_done,
            &props.on_close,
        )
    };
    let title = match (&known, &props.parent) {
        (Some(known), _) => CategoryText::EditTitle { name: known.name.get(locale).to_owned() },
        (None, Some(parent)) => CategoryText::NewBelowTitle { name: parent.name.get(locale).to_owned() },
        (None, None) => CategoryText::NewTitle,
    };
    let slug = known.as_ref().map(|known| known.slug.clone()).unwrap_or_default();
    let hint = if known.is_some() && form.draft().slug != slug {
        CategoryText::AddressMoves { slug }
    } else {
        CategoryText::AddressHint
    };
    let names = [
        form.input("category-name-id", "name", CategoryText::NameIndonesian.text(locale), lens!(name.id)).first(),
        form.input("category-name-en", "", CategoryText::NameEnglish.text(locale), lens!(name.en))
            .hint(CategoryText::FallsBack.text(locale)),
    ];
    let picture = form.draft().picture.clone();
    let taken = form.change(|draft: &mut Draft, taken: TakenPicture| draft.picture = Some(taken.picture));
    let removed = form.change(|draft: &mut Draft, _: MouseEvent| draft.picture = None);
    html! {
        <FormDialog id="category" title={title.text(locale)} confirm={KitText::Save.text(locale)} state={form.state()}
            on_submit={submit} on_close={props.on_close.clone()}>
            for name in names { { Html::from(name) } }
            { Html::from(form.input("category-slug", "slug", CategoryText::Address.text(locale), lens!(slug)).hint(hint.text(locale))) }
            if let Some(picture) = picture {
                <div class="category-picture" data-test="category-picture">
                    <Thumbnail key={picture.key.clone()} picture={Some(picture.clone())} />
                    <Button is_small={true} icon={Glyph::Remove} text={CategoryText::RemovePicture.text(locale)} onclick={removed} />
                </div>
            }
            <AddPictures id="add-category-picture" room={1} most={1} on_taken={taken} />
            if let Some(error) = form.error("picture") { <p class="field-error">{ error.text(locale) }</p> }
            <p class="field-hint">{ CategoryText::PictureHint.text(locale) }</p>
        </FormDialog>
    }
}
