//! Where an account is signed in, and signing out there.

use std::time::Duration;

use rocket::http::{ContentType, Header, Method};

use crate::scene::{Browser, PASSWORD, Scene, Seen, encoded};

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";
const SAFARI: &str =
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile Safari/604.1";

/// Signs in with a browser that calls itself this.
async fn sign_in(browser: &Browser, agent: &str) {
    let token = browser.get("/login").await.form("/login").remove("form_token").expect("a token");
    let fields = [("form_token", token.as_str()), ("email", "ana@example.com"), ("password", PASSWORD)];
    let request = browser.request(Method::Post, "/login").header(ContentType::Form);
    let request = request.header(Header::new("User-Agent", agent.to_owned())).body(encoded(&fields));
    assert_eq!(browser.send(request).await.status, 303);
}

/// The names of the sessions on the page, in order.
fn keys(page: &Seen) -> Vec<String> {
    let marks = page.body.split(" data-session=\"").skip(1);
    marks.filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// The headings of the sessions on the page, in order.
fn names(page: &Seen) -> Vec<&str> {
    page.body.split("<h2>").skip(1).filter_map(|rest| rest.split("</h2>").next()).collect()
}

/// Three browsers in which Ana is signed in; the last one was used last.
async fn three(scene: &Scene) -> [Browser; 3] {
    let browsers = [scene.signed_in("ana@example.com").await, scene.browser(), scene.browser()];
    for (browser, agent) in browsers[1..].iter().zip([FIREFOX, SAFARI]) {
        scene.clock.advance(Duration::from_hours(2));
        sign_in(browser, agent).await;
    }
    browsers
}

async fn end(browser: &Browser, fields: &[(&str, &str)]) -> Seen {
    let page = browser.get("/account").await;
    let token = page.form("/logout").remove("form_token").expect("a token");
    browser.post("/account/sessions/end", &[&[("form_token", token.as_str())], fields].concat()).await
}

#[rocket::async_test]
async fn every_browser_is_listed_last_used_first() {
    let scene = Scene::new().await;
    let [_, firefox, safari] = three(&scene).await;
    let page = safari.get("/account/sessions").await;
    assert_eq!(page.status, 200);
    assert_eq!(names(&page), ["Safari on iOS", "Firefox on Linux", "Unknown browser"]);
    let own = page.body.find("This browser").expect("a mark");
    assert!(own < page.body.find("Firefox").expect("the next"), "the first one is this");
    assert_eq!(page.body.matches("This browser").count(), 1);

    scene.clock.advance(Duration::from_hours(2));
    firefox.get("/").await;
    let page = safari.get("/account/sessions").await;
    assert_eq!(names(&page).first(), Some(&"Safari on iOS"), "the one that asks was used last of all");
    assert_eq!(names(&page)[1..], ["Firefox on Linux", "Unknown browser"]);
}

#[rocket::async_test]
async fn a_hostile_browser_is_an_unknown_one() {
    let scene = Scene::new().await;
    scene.signed_in("ana@example.com").await;
    let browser = scene.browser();
    sign_in(&browser, "<script>alert(1)</script>").await;
    let page = browser.get("/account/sessions").await;
    assert!(!page.body.contains("<script>") && names(&page).contains(&"Unknown browser"));
}

#[rocket::async_test]
async fn one_session_ends_at_once() {
    let scene = Scene::new().await;
    let [first, firefox, safari] = three(&scene).await;
    let page = safari.get("/account/sessions").await;
    let answer = end(&safari, &[("session", &keys(&page)[1])]).await;
    assert_eq!((answer.status, answer.location()), (303, "/account/sessions"));
    let page = safari.get("/account/sessions").await;
    assert!(page.body.contains("That browser has been signed out."), "{}", page.body);
    assert_eq!(names(&page), ["Safari on iOS", "Unknown browser"]);
    assert_eq!(firefox.get("/account").await.status, 303);
    assert_eq!(first.get("/account").await.status, 200);
}

#[rocket::async_test]
async fn the_buttons_of_the_page_do_what_they_say() {
    let scene = Scene::new().await;
    let [first, firefox, safari] = three(&scene).await;
    let page = safari.get("/account/sessions").await;
    let forms: Vec<_> = page.body.split("action=\"/account/sessions/end\"").skip(1).collect();
    let named = forms
        .iter()
        .filter(|form| form.split("</form>").next().is_some_and(|form| form.contains("name=\"session\"")));
    assert_eq!((forms.len(), named.count()), (4, 3), "one each, and one for all others");
    assert_eq!(end(&safari, &[]).await.location(), "/account/sessions");
    let page = safari.get("/account/sessions").await;
    assert!(page.body.contains("Your account is signed out in all other browsers."), "{}", page.body);
    assert_eq!(names(&page), ["Safari on iOS"]);
    assert_eq!(page.body.matches("action=\"/account/sessions/end\"").count(), 1, "no others, no button");
    assert_eq!([first.get("/account").await.status, firefox.get("/account").await.status], [303, 303]);
}

#[rocket::async_test]
async fn ending_ones_own_session_is_signing_out() {
    let scene = Scene::new().await;
    let [_, firefox, safari] = three(&scene).await;
    let page = safari.get("/account/sessions").await;
    let answer = end(&safari, &[("session", &keys(&page)[0])]).await;
    assert_eq!((answer.status, answer.location()), (303, "/login"));
    assert!(!safari.cookies().contains_key("shop_session"));
    assert!(safari.get("/login").await.body.contains("You are signed out."));
    assert_eq!(firefox.get("/account").await.status, 200);
}

#[rocket::async_test]
async fn nobody_ends_a_strangers_session() {
    let scene = Scene::new().await;
    let (ana, dan) = (scene.signed_in("ana@example.com").await, scene.signed_in("dan@example.com").await);
    let stranger = keys(&ana.get("/account/sessions").await).remove(0);
    assert_eq!(end(&dan, &[("session", &stranger)]).await.status, 303, "as for one that has ended before");
    assert_eq!(ana.get("/account").await.status, 200);
    assert_eq!(dan.get("/account").await.status, 200);
}

#[rocket::async_test]
async fn a_name_that_no_session_has_is_refused() {
    let scene = Scene::new().await;
    let [first, _, safari] = three(&scene).await;
    for session in ["abc", &"g".repeat(64), &"0".repeat(63), "\0"] {
        let answer = end(&safari, &[("session", session)]).await;
        assert_eq!(answer.status, 422, "{session}");
        assert!(answer.body.contains("role=\"alert\"") && keys(&answer).len() == 3);
    }
    assert_eq!(first.get("/account").await.status, 200);
}
