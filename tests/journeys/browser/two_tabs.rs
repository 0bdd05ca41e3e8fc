//! Two tabs that do something at the same moment.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use stage::{Floor, MIRA, Shown, Surface, ask_to_sign_out};

/// Presses the confirming button of the open question when the clock says so: as nearly together
/// as two hands can.
async fn confirm_at(floor: &Floor, surface: Surface, moment: f64) {
    floor.surfaces.go_to(surface).await;
    let page = floor.surfaces.page();
    ask_to_sign_out(page).await;
    page.script(&format!(
        "const buttons = [...document.querySelectorAll('dialog[open] button')];
         const yes = buttons.find((one) => one.innerText.trim() === 'Sign out');
         setTimeout(() => yes.click(), {moment} - Date.now());"
    ))
    .await;
}

fn soon() -> f64 {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("a clock");
    (now + Duration::from_secs(2)).as_secs_f64() * 1000.0
}

#[tokio::test]
async fn two_tabs_that_sign_out_at_once_both_show_it_and_neither_complains() {
    let mut floor = Floor::usual().await;
    for surface in [Surface::Workspace, Surface::Dashboard] {
        floor.surfaces.sign_in(surface, MIRA).await;
    }
    let moment = soon();
    for surface in [Surface::Workspace, Surface::Dashboard] {
        confirm_at(&floor, surface, moment).await;
    }
    for surface in [Surface::Workspace, Surface::Dashboard] {
        floor.surfaces.is(surface, &Shown::SignedOut).await;
        let text = floor.surfaces.page().text().await;
        assert!(text.contains("You signed out in"), "{surface}: {text}");
        assert!(!text.contains("UL-"), "{surface}: {text}");
    }
}

#[tokio::test]
async fn a_tab_that_signs_in_silently_while_another_signs_out_never_shows_a_session_that_has_ended()
{
    let mut floor = Floor::usual().await;
    for round in 0..3 {
        floor.surfaces.sign_in(Surface::Workspace, MIRA).await;
        floor.surfaces.show(Surface::Dashboard).await;
        let moment = soon();
        confirm_at(&floor, Surface::Workspace, moment).await;
        floor.surfaces.go_to(Surface::Dashboard).await;
        // Before, at and after the other's click, from round to round.
        let moment = moment + f64::from(round - 1) * 20.0;
        let load = format!(
            "setTimeout(() => location.assign('/sign-in?return_to=/'), {moment} - Date.now())"
        );
        floor.surfaces.page().script(&load).await;

        floor
            .surfaces
            .is(Surface::Workspace, &Shown::SignedOut)
            .await;
        let dashboard = floor.surfaces.signed_out_or_asked(Surface::Dashboard).await;
        assert!(dashboard, "round {round}: the Dashboard went on");
    }
}
