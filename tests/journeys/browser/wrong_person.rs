//! The CRM's person is not ours.

use stage::{Cookies, Engine, Floor, LIMIT, MIRA, Shown, Surface, within};

/// Changes one of the organization's settings, as the Dashboard does.
const CHANGE: &str = "
    const [setting, value, done] = arguments;
    (async () => {
        // Its name is not among what is changed here.
        const { name: _, ...settings } = await (await fetch('/api/organization')).json();
        const answer = await fetch('/api/organization', {
            method: 'PUT',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ ...settings, [setting]: value }),
        });
        done(answer.status + ' ' + (await answer.text()));
    })();";

#[tokio::test]
async fn a_crm_that_is_used_by_somebody_else_is_said_and_where_it_is_forbidden_nothing_can_be_dialled()
 {
    let mut floor = Floor::set(Engine::Chromium, Cookies::Allowed).await;
    floor.surfaces.sign_in(Surface::Dashboard, MIRA).await;
    for surface in [Surface::Zendesk, Surface::Salesforce] {
        floor.surfaces.ask(surface, "user=ben");
        floor.surfaces.show(surface).await;
        floor.surfaces.is(surface, &Shown::SignedIn).await;
        let page = floor.surfaces.page();
        page.shows("is used by Ben Whitaker").await;
        page.shows("you are signed in here as Mira Okafor").await;
    }

    floor.surfaces.go_to(Surface::Dashboard).await;
    let change = vec!["crm_mismatch".into(), "block".into()];
    let page = floor.surfaces.page();
    let answer = page
        .client()
        .execute_async(CHANGE, change)
        .await
        .expect("an answer");
    assert!(
        answer.as_str().is_some_and(|it| it.starts_with("200")),
        "{answer}"
    );
    for surface in [Surface::Zendesk, Surface::Salesforce] {
        floor.surfaces.reload(surface).await;
        let page = floor.surfaces.page();
        page.shows("so the phone is off").await;
        let pad = "return document.querySelectorAll('input').length";
        let pad = within(LIMIT / 10, async || {
            (page.script(pad).await != 0).then_some(())
        })
        .await;
        assert!(pad.is_none(), "{surface} can still dial");
    }

    // The right person is not bothered.
    floor.surfaces.ask(Surface::Zendesk, "user=mira");
    floor.surfaces.reload(Surface::Zendesk).await;
    floor.surfaces.is(Surface::Zendesk, &Shown::SignedIn).await;
    let text = floor.surfaces.page().text().await;
    assert!(!text.contains("is used by"), "{text}");
}
