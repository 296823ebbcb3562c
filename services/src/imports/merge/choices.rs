//! The options of a file beside those of the shop: which are the same, and where each value stands afterwards.

use domain::catalog::{OptionDocument, ProductDocument, ValueDocument};

use crate::imports::goods::ToldOption;

/// The options of a product after an import.
pub(super) struct Choices {
    pub(super) options: Vec<OptionDocument>,
    /// For each told option, where its values stand.
    told: Vec<Vec<usize>>,
    /// For each option that was there, where it and its values stand; nothing for one that is there no more.
    kept: Vec<Option<(usize, Vec<usize>)>>,
    /// Which options list all of their values, and how many those are.
    whole: Vec<Option<usize>>,
}

impl Choices {
    /// Nothing told changes nothing.
    pub(super) fn of(before: &ProductDocument, told: Option<&[ToldOption]>) -> Self {
        let Some(told) = told else {
            let kept = |(at, option): (usize, &OptionDocument)| Some((at, (0..option.values.len()).collect()));
            return Self {
                options: before.options.clone(),
                told: Vec::new(),
                kept: before.options.iter().enumerate().map(kept).collect(),
                whole: vec![None; before.options.len()],
            };
        };
        let mut choices =
            Self { options: Vec::new(), told: Vec::new(), kept: vec![None; before.options.len()], whole: Vec::new() };
        let same = matches(&before.options, told);
        for (at, (option, same)) in told.iter().zip(same).enumerate() {
            let base = same.map(|same| &before.options[same]);
            let mut whole = OptionDocument { values: Vec::new(), ..base.cloned().unwrap_or_default() };
            option.name.over(&mut whole.name);
            let mut places = vec![usize::MAX; option.values.len()];
            let stored = base.map(|base| base.values.as_slice()).unwrap_or_default();
            let mut stored_places = vec![usize::MAX; stored.len()];
            let stored_of: Vec<Option<usize>> = option
                .values
                .iter()
                .map(|told| stored.iter().position(|stored| told.value.fits(&stored.value)))
                .collect();
            let mut add = |told: Option<usize>, stored_at: Option<usize>| {
                let mut value = stored_at.map(|at| stored[at].clone()).unwrap_or_default();
                if let Some(told_at) = told {
                    write(&option.values[told_at], &mut value);
                    places[told_at] = whole.values.len();
                }
                if let Some(stored_at) = stored_at {
                    stored_places[stored_at] = whole.values.len();
                }
                whole.values.push(value);
            };
            let told_of = |stored_at: usize| stored_of.iter().position(|of| *of == Some(stored_at));
            if option.is_whole {
                (0..option.values.len()).for_each(|told_at| add(Some(told_at), stored_of[told_at]));
                (0..stored.len()).filter(|at| told_of(*at).is_none()).for_each(|at| add(None, Some(at)));
            } else {
                (0..stored.len()).for_each(|at| add(told_of(at), Some(at)));
                let new = (0..option.values.len()).filter(|told_at| stored_of[*told_at].is_none());
                new.for_each(|told_at| add(Some(told_at), None));
            }
            if let Some(same) = same {
                choices.kept[same] = Some((at, stored_places));
            }
            choices.whole.push(option.is_whole.then_some(option.values.len()));
            choices.told.push(places);
            choices.options.push(whole);
        }
        choices
    }

    /// What a told variant chooses.
    pub(super) fn told(&self, values: &[usize]) -> Vec<usize> {
        values.iter().enumerate().map(|(option, value)| self.told_value(option, *value).1).collect()
    }

    /// Where a told value stands.
    pub(super) fn told_value(&self, option: usize, value: usize) -> (usize, usize) {
        let place = self.told.get(option).and_then(|places| places.get(value)).copied();
        (option, place.unwrap_or(usize::MAX))
    }

    /// What a variant chooses that was there; nothing when it has not one value of each option any more.
    pub(super) fn kept(&self, values: &[usize]) -> Option<Vec<usize>> {
        if values.len() != self.options.len() || self.kept.len() != self.options.len() {
            return None;
        }
        let mut chosen = vec![usize::MAX; self.options.len()];
        for (option, value) in values.iter().enumerate() {
            let (option, value) = self.kept_value(option, *value)?;
            chosen[option] = value;
        }
        Some(chosen)
    }

    /// Where a value stands that was there.
    pub(super) fn kept_value(&self, option: usize, value: usize) -> Option<(usize, usize)> {
        let (option, places) = self.kept.get(option)?.as_ref()?;
        Some((*option, *places.get(value)?))
    }

    /// Takes away what a whole list does not name any more and nothing uses.
    pub(super) fn drop_unused(&self, document: &mut ProductDocument) {
        for (option, told) in self.whole.iter().enumerate() {
            let Some(told) = told else { continue };
            for value in (*told..document.options[option].values.len()).rev() {
                let is_chosen = document.variants.iter().any(|variant| variant.values.get(option) == Some(&value));
                let is_shown = document.pictures.iter().any(|picture| picture.shows == Some((option, value)));
                if !is_chosen && !is_shown {
                    document.remove_value(option, value);
                }
            }
        }
    }
}

fn write(told: &crate::imports::goods::ToldValue, value: &mut ValueDocument) {
    told.value.over(&mut value.value);
    if let Some(swatch) = &told.swatch {
        value.swatch.clone_from(swatch);
    }
}

/// For each told option the stored one: of the same name, or else in the same place with a value in common.
fn matches(stored: &[OptionDocument], told: &[ToldOption]) -> Vec<Option<usize>> {
    let by_name = |told: &ToldOption| stored.iter().position(|stored| told.name.fits(&stored.name));
    let mut same: Vec<Option<usize>> = told.iter().map(by_name).collect();
    for at in 0..told.len() {
        let is_free = same[at].is_none() && !same.contains(&Some(at));
        let Some(stored) = stored.get(at).filter(|_| is_free && stored.len() == told.len()) else { continue };
        let in_common = |stored: &ValueDocument| told[at].values.iter().any(|told| told.value.fits(&stored.value));
        same[at] = stored.values.iter().any(in_common).then_some(at);
    }
    // Two told options of one name are told apart by the rule of a document.
    for at in (0..same.len()).rev() {
        if same[at].is_some() && same[..at].contains(&same[at]) {
            same[at] = None;
        }
    }
    same
}
