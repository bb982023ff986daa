//! Two numbers at once: a vector register in WebAssembly, an array elsewhere. The operations are exact in IEEE 754, so the bits are
//! the same.

pub use here::Pair;

#[cfg(target_arch = "wasm32")]
mod here {
    use core::arch::wasm32::{
        f64x2, f64x2_abs, f64x2_add, f64x2_div, f64x2_extract_lane, f64x2_gt, f64x2_mul, f64x2_neg,
        f64x2_pmin, f64x2_splat, f64x2_sub, i64x2_shl, i64x2_shuffle, v128, v128_bitselect, v128_or,
        v128_xor,
    };

    /// Two numbers.
    #[derive(Clone, Copy)]
    pub struct Pair(v128);

    impl Pair {
        #[inline(always)]
        pub fn splat(v: f64) -> Self {
            Self(f64x2_splat(v))
        }
        #[inline(always)]
        pub fn load(array: &[f64; 2]) -> Self {
            Self(f64x2(array[0], array[1]))
        }
        #[inline(always)]
        pub fn store(self, array: &mut [f64; 2]) {
            *array = [f64x2_extract_lane::<0>(self.0), f64x2_extract_lane::<1>(self.0)];
        }
        #[inline(always)]
        pub fn plus(self, o: Self) -> Self {
            Self(f64x2_add(self.0, o.0))
        }
        #[inline(always)]
        pub fn minus(self, o: Self) -> Self {
            Self(f64x2_sub(self.0, o.0))
        }
        #[inline(always)]
        pub fn times(self, o: Self) -> Self {
            Self(f64x2_mul(self.0, o.0))
        }
        #[inline(always)]
        pub fn over(self, o: Self) -> Self {
            Self(f64x2_div(self.0, o.0))
        }
        /// The sum of the two, and that of two others.
        #[inline(always)]
        pub fn across(self, o: Self) -> Self {
            Self(f64x2_add(i64x2_shuffle::<0, 2>(self.0, o.0), i64x2_shuffle::<1, 3>(self.0, o.0)))
        }
        #[inline(always)]
        pub fn negative(self) -> Self {
            Self(f64x2_neg(self.0))
        }
        #[inline(always)]
        pub fn size(self) -> Self {
            Self(f64x2_abs(self.0))
        }
        #[inline(always)]
        pub fn with_sign(self, o: Self) -> Self {
            // What differs from the size is the sign, and the size is often there already: a mask would have to be made.
            Self(v128_or(self.0, v128_xor(o.0, f64x2_abs(o.0))))
        }
        #[inline(always)]
        pub fn least(self, o: Self) -> Self {
            Self(f64x2_pmin(self.0, o.0))
        }
        #[inline(always)]
        pub fn above(self, bound: Self, yes: Self, no: Self) -> Self {
            Self(v128_bitselect(yes.0, no.0, f64x2_gt(self.0, bound.0)))
        }
        #[inline(always)]
        pub fn power(self) -> Self {
            Self(i64x2_shl(self.0, 52))
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod here {
    use crate::math::plain::Real;

    /// Two numbers.
    #[derive(Clone, Copy)]
    pub struct Pair([f64; 2]);

    impl Pair {
        #[inline(always)]
        pub fn splat(v: f64) -> Self {
            Self([v; 2])
        }
        #[inline(always)]
        pub fn load(array: &[f64; 2]) -> Self {
            Self(*array)
        }
        #[inline(always)]
        pub fn store(self, array: &mut [f64; 2]) {
            *array = self.0;
        }
        #[inline(always)]
        pub fn plus(self, o: Self) -> Self {
            Self([self.0[0] + o.0[0], self.0[1] + o.0[1]])
        }
        #[inline(always)]
        pub fn minus(self, o: Self) -> Self {
            Self([self.0[0] - o.0[0], self.0[1] - o.0[1]])
        }
        #[inline(always)]
        pub fn times(self, o: Self) -> Self {
            Self([self.0[0] * o.0[0], self.0[1] * o.0[1]])
        }
        #[inline(always)]
        pub fn over(self, o: Self) -> Self {
            Self([self.0[0] / o.0[0], self.0[1] / o.0[1]])
        }
        /// The sum of the two, and that of two others.
        #[inline(always)]
        pub fn across(self, o: Self) -> Self {
            Self([self.0[0] + self.0[1], o.0[0] + o.0[1]])
        }
        #[inline(always)]
        pub fn negative(self) -> Self {
            Self(self.0.map(|v| -v))
        }
        #[inline(always)]
        pub fn size(self) -> Self {
            Self(self.0.map(f64::abs))
        }
        #[inline(always)]
        pub fn with_sign(self, o: Self) -> Self {
            Self([self.0[0].copysign(o.0[0]), self.0[1].copysign(o.0[1])])
        }
        #[inline(always)]
        pub fn least(self, o: Self) -> Self {
            Self([self.0[0].least(o.0[0]), self.0[1].least(o.0[1])])
        }
        #[inline(always)]
        pub fn above(self, bound: Self, yes: Self, no: Self) -> Self {
            let one = |l: usize| self.0[l].above(bound.0[l], yes.0[l], no.0[l]);
            Self([one(0), one(1)])
        }
        #[inline(always)]
        pub fn power(self) -> Self {
            Self(self.0.map(Real::power))
        }
    }
}
