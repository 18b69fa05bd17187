//! Classing of bytes with AVX2: 64 bytes in some twenty instructions.
//!
//! `unsafe` stands here only: the call of a function that needs AVX2 (made after asking the processor), and unaligned
//! loads inside a 64-byte array.
#![allow(unsafe_code, reason = "the one place with SIMD; see the proof at each block")]

use std::arch::x86_64::{
    __m256i, _mm256_cmpeq_epi8, _mm256_loadu_si256, _mm256_min_epu8, _mm256_movemask_epi8, _mm256_or_si256, _mm256_set1_epi8,
    _mm256_sub_epi8,
};

use super::classify::Masks;

/// The AVX2 classifier, if this processor has AVX2.
pub(super) fn classifier() -> Option<fn(&[u8; 64]) -> Masks> {
    // SAFETY: `avx2` needs AVX2 only, and is handed out only where the processor was asked and has it.
    std::arch::is_x86_feature_detected!("avx2").then_some(|block| unsafe { avx2(block) })
}

#[target_feature(enable = "avx2")]
fn avx2(block: &[u8; 64]) -> Masks {
    let (low, high) = block.split_at(32);
    // SAFETY: both halves are 32 bytes of a live array; the load asks for no alignment.
    let (a, b) = unsafe { (_mm256_loadu_si256(low.as_ptr().cast()), _mm256_loadu_si256(high.as_ptr().cast())) };
    let (a, b) = (half(a), half(b));
    let join = |low: i32, high: i32| u64::from(low.cast_unsigned()) | u64::from(high.cast_unsigned()) << 32;
    Masks { digit: join(a.0, b.0), capital: join(a.1, b.1), word: join(a.2, b.2), sign: join(a.3, b.3) }
}

/// Masks (digit, capital, word, sign) of 32 bytes.
#[target_feature(enable = "avx2")]
fn half(v: __m256i) -> (i32, i32, i32, i32) {
    let digit = within(v, b'0', 9);
    let upper = within(v, b'A', 25);
    // With bit 5 set, capitals and small letters are one range.
    let letter = within(_mm256_or_si256(v, splat(0x20)), b'a', 25);
    let lead = within(v, 0xC3, 2);
    let is = |byte| _mm256_cmpeq_epi8(v, splat(byte));
    let word = _mm256_or_si256(_mm256_or_si256(digit, letter), is(b'_'));
    let sign = _mm256_or_si256(_mm256_or_si256(is(b'@'), is(b'/')), _mm256_or_si256(is(b'('), is(b'[')));
    (
        _mm256_movemask_epi8(digit),
        _mm256_movemask_epi8(_mm256_or_si256(upper, lead)),
        _mm256_movemask_epi8(word),
        _mm256_movemask_epi8(sign),
    )
}

/// All ones where a byte is `from..=from + more`.
#[target_feature(enable = "avx2")]
fn within(v: __m256i, from: u8, more: u8) -> __m256i {
    let shifted = _mm256_sub_epi8(v, splat(from));
    _mm256_cmpeq_epi8(_mm256_min_epu8(shifted, splat(more)), shifted)
}

#[target_feature(enable = "avx2")]
fn splat(byte: u8) -> __m256i {
    _mm256_set1_epi8(byte.cast_signed())
}
