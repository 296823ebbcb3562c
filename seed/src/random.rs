//! SplitMix64: a small generator whose numbers are the same on every machine. Not for secrets.

pub(crate) struct SplitMix64(u64);

impl SplitMix64 {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` to `high`, both included. The bias of the remainder is far below what a demo shop shows.
    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        let span = u64::from(high - low) + 1;
        low + u32::try_from(self.next() % span).unwrap_or(0)
    }

    /// True in `percent` of a hundred cases.
    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.between(1, 100) <= percent
    }

    /// One of `things`, each as likely as its weight says. None only when there is nothing to choose from.
    pub(crate) fn pick<'t, T>(&mut self, things: &'t [T], weight: impl Fn(&T) -> u32) -> Option<&'t T> {
        let total: u32 = things.iter().map(&weight).sum();
        if total == 0 {
            return None;
        }
        let mut ticket = self.between(1, total);
        things.iter().find(|thing| {
            let share = weight(thing);
            if ticket <= share {
                return true;
            }
            ticket -= share;
            false
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_the_published_ones() {
        let mut random = SplitMix64::new(1_234_567);
        assert_eq!(random.next(), 6_457_827_717_110_365_317);
        assert_eq!(random.next(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_thing_without_weight_is_never_picked() {
        let mut random = SplitMix64::new(7);
        assert!((0..200).all(|_| random.pick(&[0_u32, 3, 1], |weight| *weight) != Some(&0)));
        assert_eq!(random.pick(&[0_u32], |weight| *weight), None);
    }
}
