//! axe-core in a page: what a person with a screen reader, a keyboard or weak eyes would trip over.

use crate::{browser::Browser, node::axe};

impl Browser {
    /// What is not accessible in the page in front: WCAG 2.2 A and AA, and axe's best practices.
    pub async fn barriers(&self) -> Vec<String> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             {};
             const still = document.getAnimations()
               .filter((one) => Number.isFinite(one.effect.getComputedTiming().endTime))
               .map((one) => one.finished.catch(() => null));
             Promise.all(still).then(() => axe.run(document, {{ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }}))
               .then((found) => done(found.violations.flatMap((rule) =>
                 rule.nodes.map((node) => `${{rule.id}}: ${{node.target}}: ${{node.failureSummary}}`))),
                 (error) => done(['axe: ' + error]));",
            axe()
        );
        let found = self
            .page()
            .client()
            .execute_async(&script, Vec::new())
            .await
            .expect("axe-core in the page");
        serde_json::from_value(found).expect("a list of barriers")
    }

    /// Looks at the page in front in both themes.
    ///
    /// # Panics
    /// If something stands in anybody's way.
    pub async fn is_accessible(&self, what: &str) {
        for theme in ["light", "dark"] {
            self.prefer(theme).await;
            let barriers = self.barriers().await;
            assert!(
                barriers.is_empty(),
                "{what}, {theme}:\n{}",
                barriers.join("\n")
            );
        }
    }
}
