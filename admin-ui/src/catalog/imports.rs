//! Goods from a file, or the whole shop that this one replaces: chosen or dropped, looked at, then taken in while one does other things.

use std::collections::BTreeMap;

use domain::imports::{
    AtHand, BringFile, BringWhat, Content, GetImport, MapColumns, PutAwayImport, RunImport, SaveTroubles, Stage,
    StopImport,
};
use domain::problem::Problem;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::desk::{Desk, use_desk};
use crate::ipc::{self, use_command_at, use_dropped};
use crate::kit::toasts::{ToastMove, use_toaster};
use crate::kit::{
    Back, Bones, Button, Empty, Glyph, Icon, ProblemBox, ProblemLine, Progress, Request, Screen, use_sender, use_ticks,
};
use crate::screens::{Imports, Products};

mod columns;
mod former;
mod goods;
mod head;
mod rows;
mod texts;

pub(crate) use texts::ImportText;

/// How often one looks how far it is, while it moves and while it rests.
const MOVING_MILLISECONDS: u32 = 400;
const RESTING_MILLISECONDS: u32 = 5_000;

/// What one can do with what is at hand.
enum Act {
    Bring(BringWhat),
    Map(BTreeMap<String, Option<String>>),
    Run,
    Stop,
    PutAway,
    SaveTroubles,
}

/// What the parts are drawn with.
struct View<'a> {
    desk: &'a Desk,
    here: &'a Imports,
    at_hand: &'a AtHand,
    act: &'a Callback<Act>,
    is_working: bool,
}

impl View<'_> {
    fn say(&self, text: ImportText) -> String {
        text.text(self.desk.locale)
    }

    /// Whether it was taken in, or as much of it as there was time for.
    fn is_done(&self) -> bool {
        matches!(self.at_hand.stage, Stage::Done { .. })
    }

    fn button(
        &self,
        id: &'static str,
        look: &'static str,
        icon: Option<Glyph>,
        text: ImportText,
        act: fn() -> Act,
    ) -> Html {
        let (on_act, is_working) = (self.act.clone(), self.is_working);
        let onclick = Callback::from(move |_: MouseEvent| {
            if !is_working {
                on_act.emit(act());
            }
        });
        html! { <Button {id} {look} {icon} text={self.say(text)} {onclick} /> }
    }
}

/// The screen.
#[component]
pub(crate) fn ImportsScreen(props: &Imports) -> Html {
    let desk = use_desk();
    let locale = desk.locale;
    let is_moving = use_state_eq(|| true);
    let looks = use_ticks(if *is_moving { MOVING_MILLISECONDS } else { RESTING_MILLISECONDS });
    let asked = use_command_at(GetImport {}, looks);
    let at_hand = asked.reply().cloned().flatten();
    let (sender, saver, toaster) = (use_sender(), use_sender(), use_toaster());
    let of_dropped = use_state(|| None::<Problem>);
    let moves = at_hand.as_ref().is_some_and(|at_hand| at_hand.stage.is_moving());
    use_effect_with(moves, move |moves| is_moving.set(*moves));

    use_dropped({
        let (replace, problem) = (asked.replace.clone(), of_dropped.setter());
        Callback::from(move |paths: Vec<String>| {
            let (replace, problem) = (replace.clone(), problem.clone());
            spawn_local(async move { bring_dropped(paths, &replace, &problem).await });
        })
    });
    let act = {
        let (sender, replace, of_dropped) = (sender.clone(), asked.replace.clone(), of_dropped.setter());
        let run = at_hand.as_ref().map(|at_hand| at_hand.run).unwrap_or_default();
        let saver = saver.clone();
        Callback::from(move |act: Act| {
            of_dropped.set(None);
            let request = match act {
                Act::Bring(what) => Request::quiet(BringFile { what, dropped: None }),
                Act::Map(columns) => Request::quiet(MapColumns { run, columns }),
                Act::Run => Request::quiet(RunImport { run }),
                Act::Stop => Request::quiet(StopImport { run }),
                Act::PutAway => Request::quiet(PutAwayImport { run }),
                Act::SaveTroubles => {
                    let toaster = toaster.clone();
                    return saver.send(Request::quiet(SaveTroubles { run }), move |saved| {
                        if let Some(file) = saved {
                            toaster.dispatch(ToastMove::Done(ImportText::SavedAs { file }.text(locale)));
                        }
                    });
                }
            };
            let replace = replace.clone();
            sender.send(request, move |reply| replace.emit(reply));
        })
    };

    let problem = (*of_dropped).as_ref().or(sender.problem()).or(saver.problem()).cloned();
    let is_working = sender.is_working() || saver.is_working();
    let content = match (asked.answer.as_deref(), &at_hand) {
        (None, _) => html! { <Bones widths={vec![6, 8, 4]} /> },
        (Some(Err(problem)), _) => html! { <ProblemBox problem={problem.clone()} retry={asked.again.clone()} /> },
        (Some(Ok(_)), None) => start(&act, is_working, locale),
        (Some(Ok(_)), Some(at_hand)) => {
            let view = View { desk: &desk, here: props, at_hand, act: &act, is_working };
            html! { <>{ head::card(&view) }{ stage(&view) }{ body(&view) }</> }
        }
    };
    html! {
        <>
            <Back id="back-to-products" href={Products::default().href()} text={ImportText::BackToList.text(locale)} />
            <Screen id="import">
                if let Some(problem) = problem { <ProblemLine {problem} /> }
                { content }
            </Screen>
        </>
    }
}

/// Where one begins.
fn start(act: &Callback<Act>, is_working: bool, locale: domain::locale::Locale) -> Html {
    let say = |text: ImportText| text.text(locale);
    let onclick = {
        let act = act.clone();
        Callback::from(move |_: MouseEvent| {
            if !is_working {
                act.emit(Act::Bring(BringWhat::File));
            }
        })
    };
    html! {
        <div class="card drop-place">
            <Empty icon={Glyph::Import} title={say(ImportText::ChooseTitle)} hint={say(ImportText::ChooseHint)}>
                <Button id="choose-file" look="is-primary" text={say(ImportText::Choose)} {onclick} />
                <p class="quiet">{ say(ImportText::FormerHint) }</p>
                <p class="quiet">{ say(ImportText::LookFirst) }</p>
            </Empty>
        </div>
    }
}

/// How far it is, and what can be done next.
fn stage(view: &View<'_>) -> Html {
    let bar = |text: ImportText, done: u32, of: u32, stop: Html| {
        html! { <div class="card setting"><Progress id="import-progress" text={view.say(text)} {done} {of}>{ stop }</Progress></div> }
    };
    match &view.at_hand.stage {
        Stage::Looking { done, of } => {
            let text = if *of == 0 { ImportText::Reading } else { ImportText::Looking { done: *done, of: *of } };
            bar(text, *done, *of, view.button("stop-import", "", None, ImportText::Cancel, || Act::Stop))
        }
        Stage::Running { done, of, is_stopping: true } => bar(ImportText::Stopping, *done, *of, Html::default()),
        Stage::Running { done, of, .. } => {
            let text = if *of == 0 { ImportText::Beginning } else { ImportText::Running { done: *done, of: *of } };
            let stop = html! {
                <>
                    <p class="quiet">{ view.say(ImportText::GoesOn) }</p>
                    { view.button("stop-import", "is-danger", None, ImportText::Stop, || Act::Stop) }
                </>
            };
            bar(text, *done, *of, stop)
        }
        Stage::Failed { why } => html! {
            <div class="problem" role="alert" data-test="import-failed">
                <Icon of={Glyph::Alert} />
                <div>
                    <p class="problem-title">{ view.say(ImportText::Failed) }</p>
                    <p>{ why.text(view.desk.locale) }</p>
                    <p class="quiet">{ view.say(ImportText::FailedHint) }</p>
                </div>
            </div>
        },
        Stage::Looked | Stage::Done { .. } => Html::default(),
    }
}

fn body(view: &View<'_>) -> Html {
    match &view.at_hand.content {
        Content::Goods(goods) => goods::draw(view, goods),
        Content::Former(former) => former::draw(view, former),
    }
}

/// Brings what was dropped: tables first, then their pictures.
async fn bring_dropped(
    mut paths: Vec<String>,
    replace: &Callback<Option<AtHand>>,
    problem: &UseStateSetter<Option<Problem>>,
) {
    problem.set(None);
    let is_table = |path: &String| {
        let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
        ["csv", "tsv", "txt", "json"].contains(&ending.as_str())
    };
    paths.sort_by_key(|path| !is_table(path));
    for path in paths {
        match ipc::call(&BringFile { what: BringWhat::File, dropped: Some(path) }).await {
            Ok(reply) => replace.emit(reply),
            Err(refused) => return problem.set(Some(refused)),
        }
    }
}
