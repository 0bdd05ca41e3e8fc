//! Teams, CRM origins, availability.

use std::collections::BTreeSet;

use session::{Kind, OrganizationId, UserId};
use store::{Availability, Crm, Store, StoreError, Team, TeamId};
use uuid::Uuid;

use super::sample::{organization, person, somebody, start, started};

fn team(organization: OrganizationId, name: &str) -> Team {
    Team {
        id: TeamId(Uuid::now_v7()),
        organization,
        name: name.to_owned(),
        members: BTreeSet::new(),
        leaders: BTreeSet::new(),
        created_at: start(),
    }
}

/// A team comes back with its people, and its name belongs to it in its organization.
pub async fn a_team_comes_back_with_its_people(store: &dyn Store) {
    let acme = organization(store).await;
    let (mira, sam) = (person(store, acme.id).await, person(store, acme.id).await);
    let mut night = team(acme.id, "Night shift");
    night.members = BTreeSet::from([mira.id]);
    night.leaders = BTreeSet::from([sam.id]);
    let teams = store.teams();
    teams.add(&night).await.unwrap();
    assert_eq!(teams.get(night.id).await.unwrap().as_ref(), Some(&night));
    let taken = teams.add(&team(acme.id, " NIGHT shift ")).await;
    assert!(
        matches!(taken, Err(StoreError::Conflict("the name"))),
        "{taken:?}"
    );
    let elsewhere = team(organization(store).await.id, "Night shift");
    teams.add(&elsewhere).await.unwrap();
    night.name = "Nights".into();
    night.members.clear();
    night.leaders.insert(mira.id);
    teams.update(&night).await.unwrap();
    let days = team(acme.id, "Days");
    teams.add(&days).await.unwrap();
    assert_eq!(teams.of(acme.id).await.unwrap(), [days, night.clone()]);
    assert!(teams.remove(night.id).await.unwrap());
    assert!(!teams.remove(night.id).await.unwrap());
    assert!(teams.led_by(mira.id).await.unwrap().is_empty());
    let missing = teams.update(&night).await;
    assert!(
        matches!(missing, Err(StoreError::Missing(_))),
        "{missing:?}"
    );
}

/// A person is in one team; a supervisor sees the people of every team they lead, and nobody else.
pub async fn a_supervisor_sees_the_people_of_their_own_teams(store: &dyn Store) {
    let acme = organization(store).await;
    let sam = person(store, acme.id).await;
    let mut people = Vec::new();
    for _ in 0..3 {
        people.push(person(store, acme.id).await.id);
    }
    let (mut one, mut two, three) = (
        team(acme.id, "One"),
        team(acme.id, "Two"),
        team(acme.id, "Three"),
    );
    one.leaders.insert(sam.id);
    two.leaders.insert(sam.id);
    one.members = BTreeSet::from([people[0], people[1]]);
    let teams = store.teams();
    for team in [&one, &two, &three] {
        teams.add(team).await.unwrap();
    }
    teams.place(people[1], Some(two.id)).await.unwrap();
    teams.place(people[2], Some(three.id)).await.unwrap();
    let seen = teams.led_by(sam.id).await.unwrap();
    assert_eq!(seen, BTreeSet::from([people[0], people[1]]));
    let first = teams.get(one.id).await.unwrap().unwrap();
    assert_eq!(first.members, BTreeSet::from([people[0]]), "she moved");
    teams.place(people[0], None).await.unwrap();
    let seen = teams.led_by(sam.id).await.unwrap();
    assert_eq!(seen, BTreeSet::from([people[1]]));
}

/// Nobody is in, or leads, a team of another organization.
pub async fn a_team_takes_nobody_of_another_organization(store: &dyn Store) {
    let acme = organization(store).await;
    let stranger = somebody(store).await;
    let ours = team(acme.id, "Ours");
    let teams = store.teams();
    teams.add(&ours).await.unwrap();
    let people = || BTreeSet::from([stranger.id]);
    let with = [
        Team {
            members: people(),
            ..ours.clone()
        },
        Team {
            leaders: people(),
            ..ours.clone()
        },
    ];
    for team in with {
        let refused = teams.update(&team).await;
        assert!(
            matches!(refused, Err(StoreError::Missing(_))),
            "{refused:?}"
        );
        let other = Team {
            id: TeamId(Uuid::now_v7()),
            name: "Other".to_owned(),
            ..team
        };
        let refused = teams.add(&other).await;
        assert!(
            matches!(refused, Err(StoreError::Missing(_))),
            "{refused:?}"
        );
        assert_eq!(
            teams.get(other.id).await.unwrap(),
            None,
            "whole or not at all"
        );
    }
    let nobody = UserId(Uuid::now_v7());
    for user in [stranger.id, nobody] {
        let refused = teams.place(user, Some(ours.id)).await;
        assert!(
            matches!(refused, Err(StoreError::Missing(_))),
            "{refused:?}"
        );
    }
    assert_eq!(teams.get(ours.id).await.unwrap(), Some(ours));
}

/// Each organization has its own origins for each CRM, in the order in which they were set.
pub async fn an_organization_lists_its_own_crm_origins(store: &dyn Store) {
    let (acme, other) = (organization(store).await, organization(store).await);
    let origins = store.crm_origins();
    assert!(origins.of(acme.id).await.unwrap().is_empty());
    let zendesk = ["https://b.zendesk.example", "https://a.zendesk.example"].map(String::from);
    let hubspot = ["https://app.hubspot.example".to_owned()];
    origins.set(acme.id, Crm::Zendesk, &zendesk).await.unwrap();
    origins.set(acme.id, Crm::Hubspot, &hubspot).await.unwrap();
    let set = origins.of(acme.id).await.unwrap();
    assert_eq!(set[&Crm::Zendesk], zendesk);
    assert_eq!(set[&Crm::Hubspot], hubspot);
    assert!(origins.of(other.id).await.unwrap().is_empty());
    origins
        .set(acme.id, Crm::Zendesk, &zendesk[1..])
        .await
        .unwrap();
    origins.set(acme.id, Crm::Hubspot, &[]).await.unwrap();
    let set = origins.of(acme.id).await.unwrap();
    assert_eq!(set[&Crm::Zendesk], zendesk[1..]);
    assert!(!set.contains_key(&Crm::Hubspot));
}

/// A person is available until they say something else, on all their surfaces.
pub async fn a_persons_availability_is_what_they_said_last(store: &dyn Store) {
    let (mira, sam) = (somebody(store).await, somebody(store).await);
    started(store, &mira, Kind::Browser).await;
    let availability = store.availability();
    assert_eq!(
        availability.get(mira.id).await.unwrap(),
        Availability::Available
    );
    for (said, news) in [
        (Availability::Away, true),
        (Availability::Away, false),
        (Availability::Busy, true),
        (Availability::Available, true),
    ] {
        let set = availability.set(mira.id, said, start()).await.unwrap();
        assert_eq!(set, news, "{said:?}");
        assert_eq!(availability.get(mira.id).await.unwrap(), said);
    }
    assert_eq!(
        availability.get(sam.id).await.unwrap(),
        Availability::Available
    );
}
