//! Where an address is, from the operator's own `MaxMind` DB file. Without one no place is shown;
//! nothing is ever looked up elsewhere.

use std::{net::IpAddr, path::Path};

use maxminddb::{MaxMindDbError, Reader, geoip2};
use thiserror::Error;

/// The file cannot be used.
#[derive(Debug, Error)]
#[error("UL-1214: the GeoIP file {file} cannot be read")]
pub struct PlacesError {
    file: String,
    #[source]
    source: MaxMindDbError,
}

/// Knows places, where there is a file.
#[derive(Default)]
pub struct Places {
    reader: Option<Reader<Vec<u8>>>,
}

impl Places {
    /// Reads the file, if one is configured.
    pub fn open(file: Option<&Path>) -> Result<Self, PlacesError> {
        let reader = file
            .map(|file| {
                Reader::open_readfile(file).map_err(|source| PlacesError {
                    file: file.display().to_string(),
                    source,
                })
            })
            .transpose()?;
        Ok(Self { reader })
    }

    /// "Lisbon, Portugal", as far as it is known.
    pub fn of(&self, address: IpAddr) -> Option<String> {
        let city: geoip2::City<'_> = self
            .reader
            .as_ref()?
            .lookup(address)
            .ok()?
            .decode()
            .ok()??;
        let known: Vec<&str> = [city.city.names.english, city.country.names.english]
            .into_iter()
            .flatten()
            .collect();
        (!known.is_empty()).then(|| known.join(", "))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

    use super::*;

    #[test]
    fn without_a_file_no_place_is_made_up() {
        let places = Places::open(None).unwrap();
        assert_eq!(places.of(IpAddr::from([89, 160, 20, 128])), None);
    }

    #[test]
    fn a_file_that_is_no_database_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cities.mmdb");
        std::fs::write(&file, "not a database").unwrap();
        let error = Places::open(Some(&file)).err().expect("refused");
        assert!(error.to_string().contains("cities.mmdb"), "{error}");
    }

    /// A database (`MaxMind` DB format 2.0) that has Lisbon for every address below 128.0.0.0.
    fn lisbon() -> Vec<u8> {
        let names = |text: &str| map(&[("names", map(&[("en", string(text))]))]);
        let record = map(&[("city", names("Lisbon")), ("country", names("Portugal"))]);
        // One node of two 24-bit records: 0… is the data (node count + 16), 1… is nothing.
        let mut database = vec![0, 0, 17, 0, 0, 1];
        database.extend([0; 16]);
        database.extend(record);
        database.extend(b"\xab\xcd\xefMaxMind.com");
        database.extend(map(&[
            ("node_count", vec![0xc1, 1]),
            ("record_size", vec![0xa1, 24]),
            ("ip_version", vec![0xa1, 4]),
            ("database_type", string("City")),
            ("languages", vec![0x00, 0x04]),
            ("binary_format_major_version", vec![0xa1, 2]),
            ("binary_format_minor_version", vec![0xa0]),
            ("build_epoch", vec![0x01, 0x02, 1]),
            ("description", map(&[])),
        ]));
        database
    }

    fn string(text: &str) -> Vec<u8> {
        let length = u8::try_from(text.len()).unwrap();
        assert!(length < 29, "longer ones are written otherwise");
        [&[0x40 | length], text.as_bytes()].concat()
    }

    fn map(pairs: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let mut bytes = vec![0xe0 | u8::try_from(pairs.len()).unwrap()];
        for (key, value) in pairs {
            bytes.extend(string(key));
            bytes.extend(value);
        }
        bytes
    }

    #[test]
    fn a_place_is_named_where_the_file_knows_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("cities.mmdb");
        std::fs::write(&file, lisbon()).unwrap();
        let places = Places::open(Some(&file)).unwrap();
        let known = places.of(IpAddr::from([89, 160, 20, 128]));
        assert_eq!(known.as_deref(), Some("Lisbon, Portugal"));
        assert_eq!(places.of(IpAddr::from([203, 0, 113, 9])), None);
    }
}
