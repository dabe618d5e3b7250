//! Giving back the whole of a paid payment.
