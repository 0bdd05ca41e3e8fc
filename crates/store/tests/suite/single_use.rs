//! Things that may be used once are used once.

use jiff::SignedDuration;
use store::{Purpose, Store, Taken};
use uuid::Uuid;

use super::sample::{after, start};

fn digest() -> [u8; 32] {
    let mut digest = [0; 32];
    digest[..16].copy_from_slice(Uuid::now_v7().as_bytes());
    digest
}

const MINUTE: SignedDuration = SignedDuration::from_secs(60);

/// Of many that take the same thing at once, one gets it.
pub async fn of_many_takers_one_gets_it(store: &dyn Store) {
    let digest = digest();
    let code = Purpose::AuthorizationCode;
    let secrets = store.single_use();
    assert!(
        secrets
            .put(code, digest, "mira", after(MINUTE))
            .await
            .unwrap()
    );
    let takers = (0..32).map(|_| secrets.take(code, digest, start()));
    let mut got = 0;
    for taken in futures_util::future::join_all(takers).await {
        match taken.unwrap() {
            Taken::Now(payload) => {
                assert_eq!(payload, "mira");
                got += 1;
            }
            taken => assert_eq!(taken, Taken::Before("mira".to_owned())),
        }
    }
    assert_eq!(got, 1);
}

/// A thing is not given out twice, for another purpose, too late, or if it never was.
pub async fn a_secret_is_for_one_purpose_and_a_time(store: &dyn Store) {
    let digest = digest();
    let secrets = store.single_use();
    let reset = Purpose::PasswordReset;
    assert!(
        secrets
            .put(reset, digest, "one", after(MINUTE))
            .await
            .unwrap()
    );
    assert!(
        !secrets
            .put(reset, digest, "two", after(MINUTE))
            .await
            .unwrap()
    );
    let invitation = secrets
        .take(Purpose::Invitation, digest, start())
        .await
        .unwrap();
    assert_eq!(invitation, Taken::Unknown);
    let late = secrets.take(reset, digest, after(MINUTE)).await.unwrap();
    assert_eq!(late, Taken::Expired);
    let peeked = secrets.peek(reset, digest, start()).await.unwrap();
    assert_eq!(peeked, Taken::Now("one".to_owned()));
    let taken = secrets.take(reset, digest, start()).await.unwrap();
    assert_eq!(taken, Taken::Now("one".to_owned()));
    let peeked = secrets.peek(reset, digest, start()).await.unwrap();
    assert_eq!(peeked, Taken::Before("one".to_owned()));
}

/// What a code led to can be noted once it was used, and is told to who uses it again, also late.
pub async fn a_second_use_tells_what_the_first_led_to(store: &dyn Store) {
    let digest = digest();
    let code = Purpose::AuthorizationCode;
    let secrets = store.single_use();
    secrets
        .put(code, digest, "mira", after(MINUTE))
        .await
        .unwrap();
    secrets.take(code, digest, start()).await.unwrap();
    secrets.amend(code, digest, "mira's session").await.unwrap();
    let again = secrets
        .take(code, digest, after(MINUTE * 10))
        .await
        .unwrap();
    assert_eq!(again, Taken::Before("mira's session".to_owned()));
}

/// What has been over for a day is cleaned away, a few at a time, and nothing else.
pub async fn only_what_is_long_over_is_cleaned_away(store: &dyn Store) {
    let secrets = store.single_use();
    let proof = Purpose::ProofId;
    let old: Vec<_> = (0..5).map(|_| digest()).collect();
    for digest in &old {
        secrets.put(proof, *digest, "", start()).await.unwrap();
    }
    let kept = digest();
    secrets.put(proof, kept, "", after(MINUTE)).await.unwrap();
    let day = SignedDuration::from_hours(24);
    assert_eq!(secrets.clean(after(day), 100).await.unwrap(), 0);
    let now = after(day + SignedDuration::from_secs(1));
    assert_eq!(secrets.clean(now, 3).await.unwrap(), 3);
    assert_eq!(secrets.clean(now, 3).await.unwrap(), 2);
    assert!(!secrets.put(proof, kept, "", after(MINUTE)).await.unwrap());
    assert!(secrets.put(proof, old[0], "", after(MINUTE)).await.unwrap());
}
