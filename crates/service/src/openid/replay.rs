//! Proofs that were seen, so that none works twice (RFC 9449 §11.1).
//!
//! They are kept in memory for as long as a proof is accepted: a replay after a restart needs the
//! proof, its token and the two minutes since, which is the remaining risk of not writing every
//! proof to disk. Only proofs of requests that are otherwise good are kept, so that nobody can
//! push others' out.

use std::time::Duration;

use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::dpop::WINDOW;

const CAPACITY: u64 = 1_000_000;

/// The proofs seen lately.
#[derive(Debug)]
pub struct Proofs(Cache<[u8; 16], ()>);

impl Default for Proofs {
    fn default() -> Self {
        // Accepted from one window before to one window after now.
        let kept = Duration::from_secs(2 * WINDOW.unsigned_abs() + 1);
        Self(
            Cache::builder()
                .max_capacity(CAPACITY)
                .time_to_live(kept)
                .build(),
        )
    }
}

impl Proofs {
    /// Notes a proof; `false` if it was seen before. Of two at once, one is first.
    pub fn first(&self, thumbprint: &str, jti: &str) -> bool {
        let digest = Sha256::new()
            .chain_update(thumbprint)
            .chain_update([0])
            .chain_update(jti)
            .finalize();
        let mut key = [0; 16];
        key.copy_from_slice(&digest[..16]);
        self.0.entry(key).or_insert(()).is_fresh()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_known_by_its_key_and_name_together() {
        let proofs = Proofs::default();
        assert!(proofs.first("key", "name"));
        assert!(!proofs.first("key", "name"));
        assert!(proofs.first("another key", "name"));
        assert!(proofs.first("key", "another name"));
        assert!(proofs.first("keyn", "ame"), "no two run together");
    }
}
