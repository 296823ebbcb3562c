//! Chance that is the same on every machine: SplitMix64. Not for secrets.

/// Draws numbers.
#[derive(Clone, Debug)]
pub(crate) struct Draw(u64);

impl Draw {
    /// One that draws the same numbers for the same seed and the same purpose.
    pub(crate) fn of(seed: u64, purpose: u64) -> Self {
        let mut draw = Self(seed ^ purpose.wrapping_mul(0xd6e8_feb8_6659_fd93));
        draw.next();
        draw
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below that, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// A number from one to another, both included.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + u32::try_from(self.next() % (u64::from(high - low) + 1)).unwrap()
    }

    /// A number below that, small ones more often: half of them lie in the first quarter.
    pub(crate) fn early(&mut self, end: usize) -> usize {
        let share = self.fraction();
        ((share * share * end as f64) as usize).min(end - 1)
    }

    /// A number below that, large ones more often.
    pub(crate) fn late(&mut self, end: u64) -> u64 {
        ((self.fraction().sqrt() * end as f64) as u64).min(end - 1)
    }

    /// True in so many of a thousand cases.
    pub(crate) fn in_a_thousand(&mut self, cases: u32) -> bool {
        self.between(1, 1_000) <= cases
    }

    /// One of several.
    pub(crate) fn one<'t, T>(&mut self, of: &'t [T]) -> &'t T {
        &of[self.below(of.len())]
    }

    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}
