//! SHA-1, which the gateways never use and some signers do by mistake. Here it only tells which content such a signer
//! signed; nothing is accepted with it.

/// The digest of the parts, as if they were one text.
pub(super) fn sha1(parts: &[&[u8]]) -> [u8; 20] {
    let mut state = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0];
    let mut block = [0_u8; 64];
    let (mut filled, mut length) = (0_usize, 0_u64);
    for &byte in parts.iter().copied().flatten() {
        push(&mut state, &mut block, &mut filled, byte);
        length = length.wrapping_add(8);
    }
    push(&mut state, &mut block, &mut filled, 0x80);
    while filled != 56 {
        push(&mut state, &mut block, &mut filled, 0);
    }
    for byte in length.to_be_bytes() {
        push(&mut state, &mut block, &mut filled, byte);
    }
    let mut digest = [0; 20];
    for (place, byte) in digest.iter_mut().zip(state.iter().flat_map(|word| word.to_be_bytes())) {
        *place = byte;
    }
    digest
}

fn push(state: &mut [u32; 5], block: &mut [u8; 64], filled: &mut usize, byte: u8) {
    if let Some(place) = block.get_mut(*filled) {
        *place = byte;
    }
    *filled = filled.saturating_add(1);
    if *filled == block.len() {
        compress(state, block);
        *filled = 0;
    }
}

fn compress(state: &mut [u32; 5], block: &[u8; 64]) {
    // The last sixteen words of the schedule, the oldest first.
    let mut words = [0_u32; 16];
    for (word, bytes) in words.iter_mut().zip(block.chunks_exact(4)) {
        *word = bytes.iter().fold(0, |word, &byte| word << 8 | u32::from(byte));
    }
    let [mut a, mut b, mut c, mut d, mut e] = *state;
    for round in 0..80 {
        let [word, _, second, _, _, _, _, _, eighth, _, _, _, _, thirteenth, _, _] = words;
        let (mix, constant) = match round {
            0..20 => ((b & c) | (!b & d), 0x5a82_7999),
            20..40 => (b ^ c ^ d, 0x6ed9_eba1),
            40..60 => ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc),
            _ => (b ^ c ^ d, 0xca62_c1d6_u32),
        };
        let next =
            a.rotate_left(5).wrapping_add(mix).wrapping_add(e).wrapping_add(constant).wrapping_add(word);
        (a, b, c, d, e) = (next, a, b.rotate_left(30), c, d);
        words.rotate_left(1);
        if let Some(newest) = words.last_mut() {
            *newest = (word ^ second ^ eighth ^ thirteenth).rotate_left(1);
        }
    }
    for (word, change) in state.iter_mut().zip([a, b, c, d, e]) {
        *word = word.wrapping_add(change);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_openssl() {
        let hex = |parts: &[&[u8]]| sha1(parts).iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        // `printf '' | openssl sha1`, and so on.
        assert_eq!(hex(&[]), "da39a3ee5e6b4b0d3255bfef95601890afd80709");
        assert_eq!(hex(&[b"a", b"b", b"c"]), "a9993e364706816aba3e25717850c26c9cd0d89d");
        assert_eq!(hex(&[&[b'a'; 55]]), "c1c8bbdc22796e28c0e15163d20899b65621d65a");
        assert_eq!(hex(&[&[b'a'; 56]]), "c2db330f6083854c99d4b5bfb6e8f29f201be699");
        assert_eq!(hex(&[&[b'a'; 1000]]), "291e9a6c66994949b57ba5e650361e98fc36b1ba");
    }
}
