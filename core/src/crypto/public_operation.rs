//! Only the public operation of RSA: a signature raised to the public exponent. What it gives is what the signer padded.
//!
//! It is for [`diagnosis`](crate::diagnosis), which reads public data, so it need not run in constant time. It accepts
//! nothing: whether a signature is good is decided by a backend.

use super::PublicNumbers;

/// Bits of a limb. Products and carries of limbs fit into twice as many.
const LIMB_BITS: u32 = 64;
const LIMB_BYTES: usize = 8;

/// A public key, ready to open signatures.
pub(crate) struct PublicOperation {
    /// The modulus, the lowest limb first.
    modulus: Vec<u64>,
    /// The length of the modulus in bytes.
    length: usize,
    exponent: u64,
    /// The negative inverse of the modulus, modulo one limb.
    inverse: u64,
    /// R² modulo the modulus, where R is the first power of a limb above the modulus (Montgomery).
    r_squared: Vec<u64>,
}

impl PublicOperation {
    /// `None` for numbers that [`PublicNumbers::check`] refuses.
    pub(crate) fn new(numbers: &PublicNumbers<'_>) -> Option<Self> {
        numbers.check().ok()?;
        let modulus = limbs(numbers.n);
        let exponent = numbers.e.iter().fold(0_u64, |sum, &byte| sum << 8 | u64::from(byte));
        let inverse = negative_inverse(*modulus.first()?);
        let r_squared = r_squared(&modulus);
        Some(PublicOperation { modulus, length: numbers.n.len(), exponent, inverse, r_squared })
    }

    /// The length of the modulus in bytes, which is that of a signature.
    pub(crate) fn length(&self) -> usize {
        self.length
    }

    /// The signature to the power of the public exponent, as long as the modulus. `None` for a signature of another
    /// length, or not below the modulus.
    pub(crate) fn apply(&self, signature: &[u8]) -> Option<Vec<u8>> {
        if signature.len() != self.length {
            return None;
        }
        let base = limbs(signature);
        if !is_below(&base, &self.modulus) {
            return None;
        }
        let base = self.product(&base, &self.r_squared);
        let mut power = base.clone();
        // The highest bit of the exponent is `base` itself.
        let bits = u64::BITS.saturating_sub(self.exponent.leading_zeros());
        for bit in (0..bits.saturating_sub(1)).rev() {
            power = self.product(&power, &power);
            if self.exponent >> bit & 1 == 1 {
                power = self.product(&power, &base);
            }
        }
        let mut one = vec![0; self.modulus.len()];
        *one.first_mut()? = 1;
        let opened: Vec<u8> =
            self.product(&power, &one).iter().rev().flat_map(|limb| limb.to_be_bytes()).collect();
        opened.len().checked_sub(self.length).and_then(|unused| opened.get(unused..)).map(<[u8]>::to_vec)
    }

    /// The product divided by R, modulo the modulus.
    fn product(&self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let mut sum = vec![0_u64; self.modulus.len()];
        let mut top = 0_u64;
        for &factor in a {
            let high = add_multiple(&mut sum, factor, b);
            let (above, overflowed) = top.overflowing_add(high);
            let multiple = sum.first().map_or(0, |lowest| lowest.wrapping_mul(self.inverse));
            // The lowest limb becomes zero, and is shifted out.
            let high = add_multiple(&mut sum, multiple, &self.modulus);
            sum.rotate_left(1);
            let (last, overflowed_again) = above.overflowing_add(high);
            if let Some(place) = sum.last_mut() {
                *place = last;
            }
            top = u64::from(overflowed) | u64::from(overflowed_again);
        }
        if top > 0 || !is_below(&sum, &self.modulus) {
            subtract(&mut sum, &self.modulus);
        }
        sum
    }
}

/// A number of big-endian bytes as limbs, the lowest first.
fn limbs(bytes: &[u8]) -> Vec<u64> {
    bytes
        .rchunks(LIMB_BYTES)
        .map(|chunk| chunk.iter().fold(0, |limb, &byte| limb << 8 | u64::from(byte)))
        .collect()
}

/// Adds `factor` times `number`, and gives the limb above.
fn add_multiple(sum: &mut [u64], factor: u64, number: &[u64]) -> u64 {
    let mut carry = 0_u128;
    for (limb, &other) in sum.iter_mut().zip(number) {
        let wide = u128::from(factor) * u128::from(other) + u128::from(*limb) + carry;
        *limb = lowest(wide);
        carry = wide >> LIMB_BITS;
    }
    lowest(carry)
}

fn lowest(wide: u128) -> u64 {
    u64::try_from(wide & u128::from(u64::MAX)).unwrap_or(u64::MAX)
}

/// Subtracts what is not larger, apart from a limb above that the caller holds.
fn subtract(from: &mut [u64], number: &[u64]) {
    let mut borrow = false;
    for (limb, &other) in from.iter_mut().zip(number) {
        let (difference, first) = limb.overflowing_sub(other);
        let (difference, second) = difference.overflowing_sub(u64::from(borrow));
        *limb = difference;
        borrow = first || second;
    }
}

/// Whether a number is below another of as many limbs.
fn is_below(number: &[u64], limit: &[u64]) -> bool {
    number.iter().rev().lt(limit.iter().rev())
}

/// By Newton's iteration: each step doubles the bits that are right, and an odd number is its own inverse modulo 8.
fn negative_inverse(odd: u64) -> u64 {
    let mut inverse = odd;
    for _ in 0..5 {
        inverse = inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse)));
    }
    inverse.wrapping_neg()
}

/// R² modulo the modulus: one, doubled as often as R² has bits.
fn r_squared(modulus: &[u64]) -> Vec<u64> {
    let mut number = vec![0_u64; modulus.len()];
    if let Some(first) = number.first_mut() {
        *first = 1;
    }
    for _ in 0..modulus.len().saturating_mul(2 * LIMB_BYTES * 8) {
        let mut carry = 0;
        for limb in &mut number {
            let high = *limb >> (LIMB_BITS - 1);
            *limb = *limb << 1 | carry;
            carry = high;
        }
        if carry == 1 || !is_below(&number, modulus) {
            subtract(&mut number, modulus);
        }
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn power(n: &[u8], e: &[u8], signature: &[u8]) -> Option<Vec<u8>> {
        PublicOperation::new(&PublicNumbers { n, e }).unwrap().apply(signature)
    }

    /// Expected values from Python's `pow`.
    #[test]
    fn agrees_with_python() {
        let bytes = |text: &str| -> Vec<u8> {
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
        };
        for line in include_str!("../../tests/messages/public_operation.txt").lines() {
            if line.starts_with('#') {
                continue;
            }
            let [n, e, s, expected] = <[&str; 4]>::try_from(line.split(' ').collect::<Vec<_>>()).unwrap();
            assert_eq!(power(&bytes(n), &bytes(e), &bytes(s)), Some(bytes(expected)), "{} bits", n.len() * 4);
        }
    }

    #[test]
    fn another_length_and_a_number_too_large_are_refused() {
        let mut n = vec![0xff; 256];
        assert_eq!(power(&n, &[3], &n), None);
        assert_eq!(power(&n, &[3], &[1; 255]), None);
        assert_eq!(power(&n, &[3], &[]), None);
        n[255] = 0xfd;
        let below = [&[0xff; 255][..], &[0xfc]].concat();
        // Minus one to an odd power.
        assert_eq!(power(&n, &[3], &below), Some(below));
    }
}
