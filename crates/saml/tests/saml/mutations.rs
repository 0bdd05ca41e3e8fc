//! The library is not trusted blindly: whatever is changed in a signed response, it is refused or
//! means the same person.

use std::sync::OnceLock;

use proptest::prelude::*;
use saml::{
    Connection, Person, ServiceKey,
    attributes::Preset,
    response::{NameId, Once, check},
};

use crate::{
    encryption,
    forge::{Signed, base, evil},
    provider::{Shape, now, request, service_key, shape},
};

/// Who signed in, and by which assertion: what no change may alter.
type Identity = (Person, NameId, Once, Option<String>);

struct Honest {
    response: String,
    connection: Connection,
    key: ServiceKey,
    identity: Identity,
}

fn identity(response: &[u8], connection: &Connection, key: &ServiceKey) -> Option<Identity> {
    let sign_in = check(response, connection, Some(key), &request(), now()).ok()?;
    let once = Once {
        id: sign_in.once.id,
        until: sign_in.once.until,
    };
    Some((sign_in.person, sign_in.name_id, once, sign_in.session_index))
}

/// Signed in both places, in the assertion, in the response, and encrypted.
fn honest() -> &'static [Honest] {
    static HONEST: OnceLock<Vec<Honest>> = OnceLock::new();
    HONEST.get_or_init(|| {
        let encrypted = base(Signed::Assertion);
        let sealed = encryption::sealed(
            &encrypted.assertion(),
            "service",
            encryption::GCM,
            "http://www.w3.org/2009/xmlenc11#rsa-oaep",
        );
        let plain = |shape: Shape| (shape.response(), shape);
        [
            plain(shape(Preset::Okta)),
            plain(shape(Preset::EntraId)),
            plain(shape(Preset::JumpCloud)),
            (encrypted.around(&sealed), encrypted),
        ]
        .into_iter()
        .map(|(response, shape)| {
            let (connection, key) = (shape.connection(), service_key());
            let identity = identity(response.as_bytes(), &connection, &key).unwrap();
            Honest {
                response,
                connection,
                key,
                identity,
            }
        })
        .collect()
    })
}

fn holds(honest: &Honest, changed: &[u8]) -> Result<(), TestCaseError> {
    if let Some(found) = identity(changed, &honest.connection, &honest.key) {
        prop_assert_eq!(&found, &honest.identity);
    }
    Ok(())
}

fn place(text: &str, at: prop::sample::Index) -> usize {
    let mut place = at.index(text.len());
    while !text.is_char_boundary(place) {
        place -= 1;
    }
    place
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_byte_never_signs_anybody_else_in(
        which in 0_usize..4,
        at: prop::sample::Index,
        byte: u8,
    ) {
        let honest = &honest()[which];
        let mut changed = honest.response.clone().into_bytes();
        let place = at.index(changed.len());
        changed[place] = byte;
        holds(honest, &changed)?;
    }

    #[test]
    fn a_changed_letter_never_signs_anybody_else_in(
        which in 0_usize..4,
        at: prop::sample::Index,
        letter in "[a-zA-Z0-9<>&\"'/=:#@._ -]",
    ) {
        let honest = &honest()[which];
        let text = &honest.response;
        let place = place(text, at);
        let rest = text[place..].chars().next().map_or(0, char::len_utf8);
        holds(honest, format!("{}{letter}{}", &text[..place], &text[place + rest..]).as_bytes())?;
    }

    #[test]
    fn a_part_that_is_removed_repeated_or_moved_never_signs_anybody_else_in(
        which in 0_usize..4,
        from: prop::sample::Index,
        to: prop::sample::Index,
        target: prop::sample::Index,
        how in 0_u8..3,
    ) {
        let honest = &honest()[which];
        let text = &honest.response;
        let (a, b) = (place(text, from), place(text, to));
        let (start, end) = (a.min(b), a.max(b));
        let (part, rest) = (&text[start..end], format!("{}{}", &text[..start], &text[end..]));
        let base = if how == 1 { text } else { &rest };
        let target = if base.is_empty() { 0 } else { place(base, target) };
        let part = if how == 0 { "" } else { part };
        holds(honest, format!("{}{part}{}", &base[..target], &base[target..]).as_bytes())?;
    }

    #[test]
    fn whole_elements_in_other_places_never_sign_anybody_else_in(
        which in 0_usize..4,
        from: prop::sample::Index,
        at: prop::sample::Index,
        evil_one: bool,
        instead: bool,
    ) {
        let honest = &honest()[which];
        let text = &honest.response;
        let document = uppsala::parse(text).unwrap();
        let ranges: Vec<_> = document
            .descendants(document.root())
            .into_iter()
            .filter(|node| document.element(*node).is_some())
            .filter_map(|node| document.node_range(node))
            .collect();
        let stranger = evil(&base(Signed::Assertion));
        let moved = match from.get(&ranges) {
            _ if evil_one => stranger.assertion_with(""),
            range => text[range.clone()].to_owned(),
        };
        let target = at.get(&ranges);
        let end = if instead { target.end } else { target.start };
        holds(honest, format!("{}{moved}{}", &text[..target.start], &text[end..]).as_bytes())?;
    }

    #[test]
    fn markup_that_is_slipped_in_never_signs_anybody_else_in(
        which in 0_usize..4,
        at: prop::sample::Index,
        markup in prop::sample::select(vec![
            "<!-- -->", "<?x?>", "<![CDATA[]]>", "<![CDATA[x]]>", "&#32;", "&#x41;", "&amp;", " ",
            "\t", "\r\n", "\u{a0}", "\u{200b}", "<x/>", " ID=\"_x\"", " xmlns=\"urn:x\"",
            " xmlns:saml2=\"urn:x\"", " xml:id=\"x\"", " xml:base=\"x\"",
        ]),
    ) {
        let honest = &honest()[which];
        let text = &honest.response;
        let place = place(text, at);
        holds(honest, format!("{}{markup}{}", &text[..place], &text[place..]).as_bytes())?;
    }
}

#[test]
fn no_cut_off_response_signs_anybody_in() {
    for honest in honest() {
        for end in (0..honest.response.len()).step_by(7) {
            let cut = &honest.response.as_bytes()[..end];
            assert_eq!(identity(cut, &honest.connection, &honest.key), None);
        }
    }
}
