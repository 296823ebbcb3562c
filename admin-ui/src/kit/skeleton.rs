//! The shape of what is on its way.

use yew::prelude::*;

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct SkeletonRowsProps {
    pub(crate) rows: usize,
    /// How wide the bar in each column is, of ten.
    pub(crate) columns: Vec<u8>,
}

/// Rows of a table that is on its way.
#[component]
pub(crate) fn SkeletonRows(props: &SkeletonRowsProps) -> Html {
    html! {
        for row in 0..props.rows {
            <tr key={row} class="skeleton-row" aria-hidden="true">
                for width in props.columns.iter() { <td>{ bone(*width) }</td> }
            </tr>
        }
    }
}

/// A card with a table that is on its way.
#[component]
pub(crate) fn TableBones(props: &SkeletonRowsProps) -> Html {
    html! {
        <div class="card" aria-busy="true" data-test="skeleton">
            <table class="rows" aria-hidden="true"><tbody><SkeletonRows ..props.clone() /></tbody></table>
        </div>
    }
}

#[derive(Clone, PartialEq, Properties)]
pub(crate) struct BonesProps {
    /// How wide each line is, of ten.
    pub(crate) widths: Vec<u8>,
}

/// A card that is on its way.
#[component]
pub(crate) fn Bones(props: &BonesProps) -> Html {
    html! { <div class="card is-bones">for width in props.widths.iter() { { bone(*width) } }</div> }
}

fn bone(width: u8) -> Html {
    html! { <span class={classes!("bone", format!("bone-{width}"))} /> }
}
