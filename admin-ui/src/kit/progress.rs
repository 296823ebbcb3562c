//! How far something is that takes a while: a bar with words, which screen readers hear now and then.

use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct ProgressProps {
    pub(crate) id: AttrValue,
    pub(crate) text: AttrValue,
    pub(crate) done: u32,
    /// Nobody knows yet how much it is when it is zero.
    pub(crate) of: u32,
    /// What one could do about it.
    #[prop_or_default]
    pub(crate) children: Html,
}

/// A bar.
#[component]
pub(crate) fn Progress(props: &ProgressProps) -> Html {
    let words = format!("{}-words", props.id);
    html! {
        <div class="progress-line" id={props.id.clone()}>
            <p class="numbers" id={words.clone()} role="status">{ &props.text }</p>
            if props.of > 0 {
                <progress max={props.of.to_string()} value={props.done.to_string()} aria-labelledby={words} />
            } else {
                <div class="indeterminate" aria-hidden="true"><span /></div>
            }
            { props.children.clone() }
        </div>
    }
}
