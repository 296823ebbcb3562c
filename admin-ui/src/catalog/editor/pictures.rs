//! The pictures: their order, which is the main one, what each shows, and what stays in sight when it is cut.

use domain::catalog::{Centre, PictureDocument, ProductDocument};
use domain::locale::Translated;
use domain::media::TakenPicture;
use yew::prelude::*;

use super::draft::Draft;
use super::options::tool;
use super::sheet::Sheet;
use super::texts::EditorText;
use super::view::{View, id_of};
use crate::catalog::adding::AddPictures;
use crate::kit::{Card, Choose, Dragging, Glyph, choices, draggable};

/// How far a key moves the centre, per mille.
const STEP: u16 = 50;

/// The pictures of a product; `chosen` is the one whose details are open, `dragging` the one that is moved.
pub(super) fn card(view: &View<'_>, chosen: &UseStateHandle<usize>, dragging: &Dragging) -> Html {
    let pictures = &view.draft().document.pictures;
    let chosen_at = (**chosen).min(pictures.len().saturating_sub(1));
    html! {
        <Card id="product-pictures" class="setting" title={view.say(EditorText::Pictures)}>
            if pictures.is_empty() {
                <p class="quiet">{ view.say(EditorText::NoPictures) }</p>
            } else {
                <ol class="pictures" aria-label={view.say(EditorText::Pictures)}>
                    for (at, picture) in pictures.iter().enumerate() {
                        { tile(view, at, picture, chosen_at == at, chosen, dragging) }
                    }
                </ol>
                { details(view, chosen_at) }
            }
            { view.error_line("pictures") }
            <AddPictures id="add-pictures" room={ProductDocument::MOST_PICTURES.saturating_sub(pictures.len())}
                most={ProductDocument::MOST_PICTURES} on_taken={taken(view)} />
            if pictures.len() >= ProductDocument::MOST_PICTURES {
                <p class="quiet">{ view.say(EditorText::MostPictures { most: ProductDocument::MOST_PICTURES }) }</p>
            }
        </Card>
    }
}

/// Puts a picture behind the others.
fn taken(view: &View<'_>) -> Callback<TakenPicture> {
    view.form.change(|sheet: &mut Sheet, taken: TakenPicture| {
        let key = taken.picture.key.clone();
        sheet.know([taken.picture]);
        let picture = PictureDocument { key, alt: Translated::default(), centre: Centre::default(), shows: None };
        sheet.step(None, |draft| draft.document.add_picture(picture));
    })
}

/// The file that fills a frame of that width. What the picture is like is known of the store, or since it was taken in.
fn source(view: &View<'_>, picture: &PictureDocument, frame: u32) -> Option<String> {
    view.desk.picture(view.sheet().picture(&picture.key)?, frame)
}

fn tile(
    view: &View<'_>,
    at: usize,
    picture: &PictureDocument,
    is_chosen: bool,
    chosen: &UseStateHandle<usize>,
    dragging: &Dragging,
) -> Html {
    let number = at + 1;
    let count = view.draft().document.pictures.len();
    let go = |to: usize| {
        let moved = view.change(move |draft: &mut Draft, ()| draft.document.move_picture(at, to));
        let chosen = chosen.setter();
        Callback::from(move |()| {
            chosen.set(to);
            moved.emit(());
        })
    };
    let choose = {
        let chosen = chosen.setter();
        Callback::from(move |_: MouseEvent| chosen.set(at))
    };
    let onkeydown = {
        let (before, after) = (at.checked_sub(1).map(go), (number < count).then(|| go(number)));
        Callback::from(move |event: KeyboardEvent| {
            let way = match event.key().as_str() {
                "ArrowLeft" if event.alt_key() => before.as_ref(),
                "ArrowRight" if event.alt_key() => after.as_ref(),
                _ => None,
            };
            if let Some(way) = way {
                event.prevent_default();
                way.emit(());
            }
        })
    };
    let dropped = view.change(move |draft: &mut Draft, from: usize| draft.document.move_picture(from, at));
    let drag = draggable(dragging, at, dropped);
    let label = match at {
        0 => view.say(EditorText::MainPicture),
        _ => view.say(EditorText::PictureNumber { number }),
    };
    html! {
        <li key={picture.key.clone()} class={classes!("picture", is_chosen.then_some("is-chosen"), drag.is_over.then_some("is-over"))}
            draggable="true" ondragstart={drag.start} ondragover={drag.over} ondrop={drag.drop} ondragend={drag.end}>
            <button type="button" class="picture-face" aria-pressed={is_chosen.to_string()} aria-label={label.clone()}
                onclick={choose} {onkeydown} data-test="picture">
                <CutPicture src={source(view, picture, 200)} centre={picture.centre} />
            </button>
            <span class="picture-place">{ if at == 0 { view.say(EditorText::Main) } else { number.to_string() } }</span>
            <div class="picture-tools">
                if at > 0 {
                    { tool(view.say(EditorText::PictureEarlier { number }), Glyph::Previous, go(at - 1).reform(|_: MouseEvent| ())) }
                    { tool(view.say(EditorText::MakeMain { number }), Glyph::Star, go(0).reform(|_: MouseEvent| ())) }
                }
                if number < count {
                    { tool(view.say(EditorText::PictureLater { number }), Glyph::Next, go(number).reform(|_: MouseEvent| ())) }
                }
                { tool(view.say(EditorText::RemovePicture { number }), Glyph::Close,
                    view.change(move |draft: &mut Draft, _: MouseEvent| draft.document.remove_picture(at))) }
            </div>
        </li>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct CutPictureProps {
    src: Option<String>,
    centre: Centre,
}

/// A picture that is cut to its frame around its centre.
#[component]
fn CutPicture(props: &CutPictureProps) -> Html {
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(props.centre, move |Centre { x, y }| {
            if let Some(image) = node.cast::<web_sys::HtmlElement>() {
                // Without it the picture is cut around its middle.
                let _ = image.style().set_property("object-position", &format!("{} {}", percent(*x), percent(*y)));
            }
        });
    }
    html! { <img ref={node} src={props.src.clone()} alt="" draggable="false" /> }
}

fn percent(per_mille: u16) -> String {
    format!("{}.{}%", per_mille / 10, per_mille % 10)
}

/// What the chosen picture shows, and its centre.
fn details(view: &View<'_>, at: usize) -> Html {
    let document = &view.draft().document;
    let Some(picture) = document.pictures.get(at) else { return Html::default() };
    let path = format!("pictures[{at}]");
    let [own, second] = view.pair(&format!("{path}.alt"), EditorText::AltText, &picture.alt, move |draft| {
        draft.document.pictures.get_mut(at).map(|picture| &mut picture.alt)
    });
    let own = own.hint(view.say(EditorText::AltHint));
    let values = document.options.iter().enumerate().flat_map(|(option, of)| {
        let name = of.name.get(view.locale()).to_owned();
        of.values
            .iter()
            .enumerate()
            .map(move |(value, it)| (format!("{option}.{value}"), format!("{name}: {}", it.value.get(view.locale()))))
    });
    let all = std::iter::once((String::new(), view.say(EditorText::ShowsAll))).chain(values);
    let shows = picture.shows.map(|(option, value)| format!("{option}.{value}")).unwrap_or_default();
    let choose = view.change(move |draft: &mut Draft, word: String| {
        if let Some(picture) = draft.document.pictures.get_mut(at) {
            let pair =
                word.split_once('.').and_then(|(option, value)| Some((option.parse().ok()?, value.parse().ok()?)));
            picture.shows = pair;
        }
    });
    html! {
        <div class="picture-details" key={picture.key.clone()}>
            { centre(view, at, picture) }
            <div class="picture-words">
                { Html::from(own) }
                { Html::from(second) }
                if !document.options.is_empty() {
                    <Choose id={id_of(&format!("{path}.shows"))} label={view.say(EditorText::Shows)} choices={choices(all)}
                        chosen={shows} on_choose={choose} />
                }
            </div>
        </div>
    }
}

/// The whole picture with its centre, which a click or the arrows move.
fn centre(view: &View<'_>, at: usize, picture: &PictureDocument) -> Html {
    let Centre { x, y } = picture.centre;
    let about = format!("pictures[{at}].centre");
    let put = {
        let form = view.form.clone();
        Callback::from(move |centre: Centre| {
            let about = about.clone();
            form.edit(move |sheet| {
                sheet.step(Some(&about), |draft| {
                    if let Some(picture) = draft.document.pictures.get_mut(at) {
                        picture.centre = centre;
                    }
                });
            });
        })
    };
    let onclick = {
        let put = put.clone();
        Callback::from(move |event: MouseEvent| {
            let Some(face) =
                event.target_dyn_into::<web_sys::Element>().and_then(|it| it.closest(".centre").ok().flatten())
            else {
                return;
            };
            let bounds = face.get_bounding_client_rect();
            put.emit(Centre {
                x: per_mille(f64::from(event.client_x()), bounds.left(), bounds.width()),
                y: per_mille(f64::from(event.client_y()), bounds.top(), bounds.height()),
            });
        })
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let most = Centre::MOST;
        let moved = match event.key().as_str() {
            "ArrowLeft" => Centre { x: x.saturating_sub(STEP), y },
            "ArrowRight" => Centre { x: (x + STEP).min(most), y },
            "ArrowUp" => Centre { x, y: y.saturating_sub(STEP) },
            "ArrowDown" => Centre { x, y: (y + STEP).min(most) },
            _ => return,
        };
        event.prevent_default();
        put.emit(moved);
    });
    let label = view.say(EditorText::CentreAt { x: u32::from(x / 10), y: u32::from(y / 10) });
    let [left, top] = [x, y].map(percent);
    html! {
        <figure class="centre-figure">
            <div class="centre" tabindex="0" role="application" aria-label={label} {onclick} {onkeydown}>
                <img src={source(view, picture, 400)} alt="" draggable="false" />
                <svg class="centre-mark" aria-hidden="true">
                    <circle cx={left.clone()} cy={top.clone()} r="13" /><circle cx={left} cy={top} r="3" />
                </svg>
            </div>
            <figcaption class="field-hint">{ view.say(EditorText::CentreHint) }</figcaption>
        </figure>
    }
}

/// Where a pointer is between two edges, per mille.
#[expect(
    clippy::float_arithmetic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of the screen"
)]
fn per_mille(at: f64, from: f64, length: f64) -> u16 {
    if length <= 0.0 { 500 } else { ((at - from) * 1000.0 / length).round().clamp(0.0, 1000.0) as u16 }
}
