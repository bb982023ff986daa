//! As many numbers at once as a block has examples. Loops over arrays that keep their sums in registers are not made into vector
//! instructions by the compiler, nor do they share constants, so those that matter are written with these.

use super::pair::Pair;
use crate::math::plain::{self, Real};
use crate::net::number::Elementary;
use std::array::from_fn;
use std::ops::{Add, Div, Mul, Neg, Sub};

/// Numbers at once, and how they lie in memory.
pub trait Wide: Elementary {
    /// The numbers in memory.
    type Array;
    /// From memory.
    fn load(array: &Self::Array) -> Self;
    /// To memory.
    fn store(self, array: &mut Self::Array);
}

/// So many pairs of numbers.
#[derive(Clone, Copy)]
pub struct Pairs<const N: usize>([Pair; N]);

/// Two numbers.
pub type Two = Pairs<1>;
/// Four numbers.
pub type Four = Pairs<2>;
/// Eight numbers.
pub type Eight = Pairs<4>;

macro_rules! operations {
    ($($operation:ident, $name:ident, $of_pairs:ident;)*) => { $(
        impl<const N: usize> $operation for Pairs<N> {
            type Output = Self;
            #[inline(always)]
            fn $name(self, o: Self) -> Self {
                Self(from_fn(|i| self.0[i].$of_pairs(o.0[i])))
            }
        }
    )* };
}

operations! {
    Add, add, plus;
    Sub, sub, minus;
    Mul, mul, times;
    Div, div, over;
}

impl<const N: usize> Neg for Pairs<N> {
    type Output = Self;
    #[inline(always)]
    fn neg(self) -> Self {
        Self(self.0.map(Pair::negative))
    }
}

impl<const N: usize> Real for Pairs<N> {
    #[inline(always)]
    fn of(v: f64) -> Self {
        Self([Pair::splat(v); N])
    }
    #[inline(always)]
    fn abs(self) -> Self {
        Self(self.0.map(Pair::size))
    }
    #[inline(always)]
    fn signed(self, sign: Self) -> Self {
        Self(from_fn(|i| self.0[i].with_sign(sign.0[i])))
    }
    #[inline(always)]
    fn least(self, bound: Self) -> Self {
        Self(from_fn(|i| self.0[i].least(bound.0[i])))
    }
    #[inline(always)]
    fn above(self, bound: Self, yes: Self, no: Self) -> Self {
        Self(from_fn(|i| self.0[i].above(bound.0[i], yes.0[i], no.0[i])))
    }
    #[inline(always)]
    fn power(self) -> Self {
        Self(self.0.map(Pair::power))
    }
}

impl<const N: usize> Elementary for Pairs<N> {
    #[inline(always)]
    fn of(v: f64) -> Self {
        Real::of(v)
    }
    #[inline(always)]
    fn positive(self, yes: Self, no: Self) -> Self {
        self.above(Real::of(0.0), yes, no)
    }
    #[inline(always)]
    fn exp(self) -> Self {
        plain::exp(self)
    }
    #[inline(always)]
    fn expm1(self) -> Self {
        plain::expm1(self)
    }
    #[inline(always)]
    fn tanh(self) -> Self {
        plain::tanh(self)
    }
    #[inline(always)]
    fn sigmoid(self) -> Self {
        plain::sigmoid(self)
    }
    #[inline(always)]
    fn softplus(self) -> Self {
        plain::softplus(self)
    }
    #[inline(always)]
    fn erf(self) -> Self {
        Self(self.0.map(|pair| {
            let mut both = [0.0; 2];
            pair.store(&mut both);
            Pair::load(&both.map(Elementary::erf))
        }))
    }
}

impl Wide for f64 {
    type Array = [Self; 1];
    #[inline(always)]
    fn load(array: &[Self; 1]) -> Self {
        array[0]
    }
    #[inline(always)]
    fn store(self, array: &mut [Self; 1]) {
        array[0] = self;
    }
}

macro_rules! memory {
    ($($pairs:literal, $lanes:literal;)*) => { $(
        impl Wide for Pairs<$pairs> {
            type Array = [f64; $lanes];
            #[inline(always)]
            fn load(array: &[f64; $lanes]) -> Self {
                Self(from_fn(|i| Pair::load(&[array[2 * i], array[2 * i + 1]])))
            }
            #[inline(always)]
            fn store(self, array: &mut [f64; $lanes]) {
                for (pair, both) in self.0.iter().zip(array.as_chunks_mut().0) {
                    pair.store(both);
                }
            }
        }
    )* };
}

memory! {
    1, 2;
    2, 4;
    4, 8;
}

impl Eight {
    /// With four more numbers added to its first lanes.
    #[inline(always)]
    pub fn and_four(mut self, terms: Four) -> Self {
        self.0[0] = self.0[0].plus(terms.0[0]);
        self.0[1] = self.0[1].plus(terms.0[1]);
        self
    }
    /// With two more numbers added to its lanes, from lane 4 on if the four before are taken.
    #[inline(always)]
    pub fn and_two(mut self, fours: bool, terms: Two) -> Self {
        let [term] = terms.0;
        if fours {
            self.0[2] = self.0[2].plus(term);
        } else {
            self.0[0] = self.0[0].plus(term);
        }
        self
    }
    /// With a last number added to its lane.
    #[inline(always)]
    pub fn and_one(mut self, fours: bool, twos: bool, term: f64) -> Self {
        let term = Pair::load(&[term, 0.0]);
        match (fours, twos) {
            (false, false) => self.0[0] = self.0[0].plus(term),
            (false, true) => self.0[1] = self.0[1].plus(term),
            (true, false) => self.0[2] = self.0[2].plus(term),
            (true, true) => self.0[3] = self.0[3].plus(term),
        }
        self
    }
    /// Two such sums at once, and from 0: where all is −0 they are 0.
    #[inline(always)]
    pub fn totals_from_zero(self, other: Self) -> [f64; 2] {
        let halves = |Self([a, b, c, d]): Self| a.plus(b).plus(c.plus(d));
        let mut both = [0.0; 2];
        halves(self).across(halves(other)).plus(Pair::splat(0.0)).store(&mut both);
        both
    }
    /// The sum of the lanes, ((0+2)+(4+6))+((1+3)+(5+7)).
    #[inline(always)]
    pub fn total(self) -> f64 {
        let [a, b, c, d] = self.0;
        let mut both = [0.0; 2];
        a.plus(b).plus(c.plus(d)).store(&mut both);
        both[0] + both[1]
    }
}
