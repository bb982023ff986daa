//! Whole numbers of any size, with just the operations that reading and writing decimals take.

use std::cmp::Ordering;

/// A whole number of any size: digits to the base 2³², the lowest first.
#[derive(Clone, Default)]
pub(super) struct Big(Vec<u32>);

impl From<u64> for Big {
    #[expect(clippy::cast_possible_truncation, reason = "halves")]
    fn from(value: u64) -> Self {
        let mut digits = vec![value as u32, (value >> 32) as u32];
        trim(&mut digits);
        Self(digits)
    }
}

/// Leaves out the zeros at the top.
fn trim(digits: &mut Vec<u32>) {
    while digits.last() == Some(&0) {
        digits.pop();
    }
}

impl Big {
    #[expect(clippy::cast_possible_truncation, reason = "the low half is what is kept")]
    pub(super) fn times_plus(&mut self, factor: u32, add: u32) {
        let mut carry = u64::from(add);
        for digit in &mut self.0 {
            carry += u64::from(*digit) * u64::from(factor);
            *digit = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    pub(super) fn bits(&self) -> i32 {
        let top = self.0.last().map_or(0, |d| 32 - d.leading_zeros());
        i32::try_from(self.0.len().saturating_sub(1) * 32).unwrap_or(i32::MAX) + top.cast_signed()
    }

    pub(super) fn shift(&mut self, by: u32) {
        if !by.is_multiple_of(32) {
            self.times_plus(1 << (by % 32), 0);
        }
        if by >= 32 {
            let zeros = std::iter::repeat_n(0, by as usize / 32);
            self.0.splice(0..0, zeros);
        }
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let by_size = self.0.len().cmp(&other.0.len());
        by_size.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }

    /// Takes away a number that is not larger.
    pub(super) fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (i, digit) in self.0.iter_mut().enumerate() {
            let (rest, below) = digit.overflowing_sub(other.0.get(i).copied().unwrap_or(0));
            let (rest, below_again) = rest.overflowing_sub(u32::from(borrow));
            *digit = rest;
            borrow = below || below_again;
        }
        trim(&mut self.0);
    }
}
