//! The shape of the dashboard while its numbers are on their way.

use yew::prelude::*;

/// Bones where the parts will be.
pub(super) fn dashboard() -> Html {
    html! {
        <div class="dashboard-skeleton" aria-busy="true" data-test="skeleton">
            <div class="condition"><span class="bone bone-4" /></div>
            <div class="tasks">
                for at in 0..4 {
                    <div key={at} class="task"><span class="bone bone-3" /><span class="bone bone-7" /></div>
                }
            </div>
            <div class="going card">
                <div class="figures">
                    <div class="figure">
                        <span class="bone bone-3" />
                        <span class="bone bone-8 is-tall" />
                        <span class="bone bone-5" />
                    </div>
                    <div class="figure">
                        <span class="bone bone-3" />
                        <span class="bone bone-8 is-tall" />
                        <span class="bone bone-5" />
                    </div>
                </div>
                <div class="chart"><span class="bone bone-4" /><div class="bars-bone bone" /></div>
            </div>
        </div>
    }
}
