//! Attacks: each is a vector in the tree and a test of its own, and all are counted in one line.

use std::io::Write;

use saml::response::{Refused, check};

use crate::{
    forge::{Signed, base},
    provider::{now, request, service_key},
    vectors,
};

mod content;
mod markup;
mod signatures;
mod wrapping;

/// An attack on a connection with an Okta-like provider.
pub struct Attack {
    name: &'static str,
    vector: fn(&str) -> String,
    refused: fn(&Refused) -> bool,
}

impl Attack {
    /// Whether it is refused for the reason that it should be.
    fn outcome(&self) -> Result<(), String> {
        let vector = (self.vector)(self.name);
        let connection = base(Signed::Assertion).connection();
        let key = service_key();
        match check(
            vector.as_bytes(),
            &connection,
            Some(&key),
            &request(),
            now(),
        ) {
            Ok(sign_in) => Err(format!("{}: signed in {:?}", self.name, sign_in.person)),
            Err(refused) if (self.refused)(&refused) => Ok(()),
            Err(refused) => Err(format!("{}: refused by {refused:?}", self.name)),
        }
    }
}

/// A vector that is made and must be the one in the tree.
fn kept(name: &str, make: fn() -> String) -> String {
    vectors::same(name, &make())
}

/// A vector that is not made the same way twice.
fn stored(name: &str, make: fn() -> String) -> String {
    vectors::stored(name, make)
}

/// A vector too large for the tree.
fn made(_: &str, make: fn() -> String) -> String {
    make()
}

/// Attacks by name: where the vector comes from, which refusals are right, how it is made.
macro_rules! attacks {
    ($($name:ident ($load:ident) $refused:pat => $make:expr;)*) => {
        pub const ALL: &[$crate::attacks::Attack] = &[$($crate::attacks::Attack {
            name: stringify!($name),
            vector: |name| $crate::attacks::$load(name, || $make),
            refused: |refused| matches!(refused, $refused),
        }),*];

        $(#[test]
        fn $name() {
            let attack = ALL.iter().find(|attack| attack.name == stringify!($name));
            assert_eq!(attack.unwrap().outcome(), Ok(()));
        })*
    };
}
use attacks;

#[test]
fn every_attack_is_refused_for_its_own_reason() {
    let all: Vec<&Attack> = [wrapping::ALL, markup::ALL, signatures::ALL, content::ALL]
        .into_iter()
        .flatten()
        .collect();
    let failures: Vec<String> = all
        .iter()
        .filter_map(|attack| attack.outcome().err())
        .collect();
    // Written past the test's captured output, so that the count is seen in every run.
    writeln!(
        std::io::stderr(),
        "SAML: {} attacks on responses tried, {} refused",
        all.len(),
        all.len() - failures.len()
    )
    .unwrap();
    assert!(failures.is_empty(), "{failures:#?}");
}
