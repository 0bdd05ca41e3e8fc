//! Which passwords are accepted (NIST SP 800-63B §3.1.1.2): long enough, nothing about its
//! owner, nothing that attackers try first, and no rules about kinds of characters.

use std::{collections::HashSet, sync::LazyLock};

/// The fewest characters.
pub const SHORTEST: usize = 12;
/// The most characters; bounds the work of a hash.
pub const LONGEST: usize = 128;

/// What must remain when everything about the person is taken out.
const OF_ITS_OWN: usize = 8;

static COMMON: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("common_passwords.txt").lines().collect());

/// Why a password is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// Fewer than [`SHORTEST`] characters.
    TooShort,
    /// More than [`LONGEST`] characters.
    TooLong,
    /// Made of the person's name, address or organization.
    AboutPerson,
    /// One that attackers try first.
    Common,
}

impl Weakness {
    /// The key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::TooShort => "password-too-short",
            Self::TooLong => "password-too-long",
            Self::AboutPerson => "password-about-you",
            Self::Common => "password-common",
        }
    }
}

/// Who a password is for.
#[derive(Clone, Copy, Debug)]
pub struct Owner<'a> {
    /// The address.
    pub email: &'a str,
    /// The name.
    pub name: &'a str,
    /// The organization's name.
    pub organization: &'a str,
}

/// Whether `password` may be its owner's.
pub fn check(password: &str, owner: Owner<'_>) -> Result<(), Weakness> {
    let length = password.chars().count();
    if length < SHORTEST {
        return Err(Weakness::TooShort);
    }
    if length > LONGEST {
        return Err(Weakness::TooLong);
    }
    let lower = password.to_lowercase();
    if COMMON.contains(lower.as_str()) || is_run(&lower) {
        return Err(Weakness::Common);
    }
    if own_part(&lower, owner) < OF_ITS_OWN {
        return Err(Weakness::AboutPerson);
    }
    Ok(())
}

/// "aaaaaaaaaaaa", "abcdefghijkl", "abababababab": few different characters or one sequence.
fn is_run(password: &str) -> bool {
    let characters: Vec<u32> = password.chars().map(u32::from).collect();
    let different: HashSet<u32> = characters.iter().copied().collect();
    let steps: HashSet<i64> = characters
        .windows(2)
        .map(|pair| i64::from(pair[1]) - i64::from(pair[0]))
        .collect();
    different.len() < 4 || steps.len() == 1
}

/// How many characters remain without the words about its owner.
fn own_part(password: &str, owner: Owner<'_>) -> usize {
    let mut words: Vec<String> = [owner.email, owner.name, owner.organization]
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 3)
        .map(str::to_lowercase)
        .collect();
    words.push("workspace".to_owned());
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let rest = words
        .iter()
        .fold(password.to_owned(), |rest, word| rest.replace(word, ""));
    rest.chars().filter(|c| c.is_alphanumeric()).count()
        + rest
            .chars()
            .filter(|c| !c.is_ascii() && !c.is_alphanumeric())
            .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIRA: Owner<'_> = Owner {
        email: "mira@acme.example",
        name: "Mira Okafor",
        organization: "Acme",
    };

    #[test]
    fn length_alone_makes_a_password_good() {
        assert_eq!(check("velvet tram seven", MIRA), Ok(()));
        assert_eq!(check("ключ под ковриком", MIRA), Ok(()));
        assert_eq!(check(&"long words ".repeat(11), MIRA), Ok(()));
    }

    #[test]
    fn short_and_endless_ones_are_refused() {
        assert_eq!(check("elevenchars", MIRA), Err(Weakness::TooShort));
        assert_eq!(check(&"ab c".repeat(33), MIRA), Err(Weakness::TooLong));
    }

    #[test]
    fn what_everybody_knows_of_a_person_is_no_password() {
        for password in [
            "MiraOkafor2026",
            "mira@acme.example",
            "Acme-Acme-Mira-1",
            "workspace1234",
        ] {
            assert_eq!(
                check(password, MIRA),
                Err(Weakness::AboutPerson),
                "{password}"
            );
        }
    }

    #[test]
    fn what_attackers_try_first_is_refused() {
        for password in [
            "Password1234",
            "aaaaaaaaaaaaaa",
            "abcdefghijklm",
            "qwertyuiop12",
        ] {
            assert_eq!(check(password, MIRA), Err(Weakness::Common), "{password}");
        }
    }
}
