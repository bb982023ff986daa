//! Choosing a run's optimizer: all of them in their families. What is picked the page is told by the event `descent:choose`,
//! whose detail is a key.

use super::{List, NOW, count, entry, in_groups, set};
use crate::export::search;
use crate::lab::panels::Shown;
use crate::link::Link;
use crate::optim::{ALL, Needs};
use crate::session::Config;
use web_sys::{CustomEvent, CustomEventInit, Element};

/// What the problem lacks, at the panel.
pub(super) const LACKS: &str = "data-lacks";
/// There while the problem is a surface, where what is to know about methods on a plane is to know.
pub(super) const PLANE: &str = "data-plane";

static LIST: List = List {
    label: "Optimizers",
    search: ["Search by name, year, author or family", "Name, year, author, family …"],
    find: |element, query| {
        let found = search::optimizers(query);
        let context = entry::Context::read(element);
        let families = in_groups(&found, |spec| spec.group.title(), |spec| context.option(element, spec));
        (families, count(found.len(), ALL.len(), ["optimizer", "optimizers"]))
    },
    pick,
};

/// Draws it.
pub fn draw(element: &Element, shown: &Shown<'_>) {
    let config = Link::read(shown.link).0.config;
    let Some(run) = config.runs.get(shown.run) else {
        return;
    };
    LIST.build(element, &format!("choose-{}", shown.run));
    let changed = [
        set(element, NOW, Some(run.settings.optimizer.key)),
        set(element, LACKS, Some(&lacks(&config))),
        set(element, PLANE, config.is_plane().then_some("")),
    ];
    LIST.show(element, changed.contains(&true));
}

/// What the problem lacks, as indices among all needs.
fn lacks(config: &Config) -> String {
    let missing = |needs: Needs| match (&config.network, &config.problem) {
        (Some(network), _) => needs.is_missing(network),
        (None, Some(matrix)) => needs.is_missing(matrix),
        (None, None) => needs.is_missing(&config.surface),
    };
    let indices = Needs::ALL.into_iter().enumerate().filter(|(_, needs)| missing(*needs));
    indices.map(|(i, _)| i.to_string()).collect::<Vec<_>>().join(" ")
}

fn pick(element: &Element, key: &str) {
    let init = CustomEventInit::new();
    init.set_bubbles(true);
    init.set_detail(&key.into());
    if let Ok(event) = CustomEvent::new_with_event_init_dict("descent:choose", &init) {
        let _ = element.dispatch_event(&event);
    }
}
