//! The page's components, in a real browser: what a person does to them, and what they show.

#![cfg(target_arch = "wasm32")]

use leptos::prelude::document;
use leptos::task::tick;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement};

wasm_bindgen_test_configure!(run_in_browser);

/// A page of its own, opened with this link.
async fn open(link: &str) -> Element {
    if let Some(old) = document().get_element_by_id("app") {
        old.remove();
    }
    leptos::prelude::location().set_hash(link).unwrap();
    let root = document().create_element("div").unwrap();
    root.set_id("app");
    // The first paint: the page begins only where it finds that.
    let first = document().create_element("div").unwrap();
    first.set_class_name("page loading");
    root.append_child(&first).unwrap();
    document().body().unwrap().append_child(&root).unwrap();
    descent_lab::web::start();
    tick().await;
    root
}

fn find(root: &Element, test_id: &str) -> HtmlElement {
    let found = root.query_selector(&format!("[data-testid={test_id}]")).unwrap();
    found.unwrap_or_else(|| panic!("there is no {test_id}")).unchecked_into()
}

fn field(root: &Element, test_id: &str) -> HtmlInputElement {
    find(root, test_id).unchecked_into()
}

async fn enter(root: &Element, test_id: &str, value: &str, event: &str) {
    let field = field(root, test_id);
    field.set_value(value);
    let init = EventInit::new();
    init.set_bubbles(true);
    field.dispatch_event(&Event::new_with_event_init_dict(event, &init).unwrap()).unwrap();
    tick().await;
}

async fn press(root: &Element, test_id: &str) {
    find(root, test_id).click();
    tick().await;
}

fn count(root: &Element, selector: &str) -> u32 {
    root.query_selector_all(selector).unwrap().length()
}

const RACE: &str = "#v=1&surface=rosenbrock&run=adam:lr=0.05&run=sgd:lr=0.0008&step=100";

#[wasm_bindgen_test]
async fn the_page_shows_what_the_link_says() {
    let page = open(RACE).await;
    assert_eq!(count(&page, ".card"), 2);
    assert_eq!(field(&page, "surface").value(), "rosenbrock");
    assert_eq!(field(&page, "run-0-lr-number").value(), "0.05");
    assert_eq!(find(&page, "step").text_content().unwrap(), "step 100 / 500");
}

#[wasm_bindgen_test]
async fn a_number_field_takes_a_right_number_and_explains_a_wrong_one() {
    let page = open(RACE).await;
    enter(&page, "run-0-lr-number", "fast", "change").await;
    let problem = page.query_selector(".param .problem:not([hidden])").unwrap().unwrap();
    assert_eq!(problem.text_content().unwrap(), "lr: fast is not a number from 0 to 1000000");
    assert_eq!(field(&page, "run-0-lr-number").value(), "fast", "what was typed stays, to be mended");
    enter(&page, "run-0-lr-number", "0.07", "change").await;
    assert_eq!(count(&page, ".param .problem:not([hidden])"), 0);
    assert_eq!(find(&page, "run-0-lr").get_attribute("aria-valuetext").unwrap(), "0.07");
}

#[wasm_bindgen_test]
async fn runs_come_and_go_and_undo_brings_them_back() {
    let page = open(RACE).await;
    press(&page, "add-run").await;
    press(&page, "run-0-duplicate").await;
    assert_eq!(count(&page, ".card"), 4);
    press(&page, "run-0-remove").await;
    press(&page, "undo").await;
    assert_eq!(count(&page, ".card"), 4);
    press(&page, "undo").await;
    press(&page, "undo").await;
    assert_eq!(count(&page, ".card"), 2);
    assert!(find(&page, "undo").has_attribute("disabled"));
}

#[wasm_bindgen_test]
async fn a_change_at_a_step_is_a_mark_that_can_be_taken_back() {
    let page = open(RACE).await;
    enter(&page, "run-0-lr-number", "0.01", "change").await;
    assert_eq!(count(&page, "[data-testid=edit-mark]"), 1);
    assert!(find(&page, "run-0-edits").text_content().unwrap().contains("@100 lr=0.01"));
    press(&page, "start").await;
    assert_eq!(field(&page, "run-0-lr-number").value(), "0.05");
    page.query_selector("[data-testid=run-0-edits] .icon")
        .unwrap()
        .unwrap()
        .unchecked_into::<HtmlElement>()
        .click();
    tick().await;
    assert_eq!(count(&page, "[data-testid=edit-mark]"), 0);
}

#[wasm_bindgen_test]
async fn words_of_a_link_never_become_markup() {
    let page = open("#v=1&surface=%3Cimg%20src=x%3E&run=adam&step=0").await;
    let notices = find(&page, "notices");
    assert!(notices.text_content().unwrap().contains("<img src=x> is not one of"));
    assert_eq!(count(&page, "img"), 0);
}
