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
}
