//! A browser, as far as the pages need one: cookies, links and forms.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rocket::http::{ContentType, Cookie, Header, Method};
use rocket::local::asynchronous::{Client, LocalRequest};

use super::{PASSWORD, base, html};

/// A browser with its cookies.
pub(crate) struct Browser {
    client: Arc<Client>,
    cookies: Mutex<BTreeMap<String, String>>,
}

/// What a browser has got for an answer.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: String,
}

impl Browser {
    pub(crate) fn new(client: Arc<Client>) -> Self {
        Self { client, cookies: Mutex::default() }
    }

    /// Another window of the same browser: the same cookies from here on, changed apart.
    pub(crate) fn window(&self) -> Self {
        Self { client: Arc::clone(&self.client), cookies: Mutex::new(self.cookies()) }
    }

    /// The cookies by their names.
    pub(crate) fn cookies(&self) -> BTreeMap<String, String> {
        self.cookies.lock().expect("no panic").clone()
    }

    /// Puts a cookie into the browser.
    pub(crate) fn set_cookie(&self, name: &str, value: &str) {
        self.cookies.lock().expect("no panic").insert(name.to_owned(), value.to_owned());
    }

    /// A request with this browser's cookies.
    pub(crate) fn request<'c>(&'c self, method: Method, address: &str) -> LocalRequest<'c> {
        let cookies = self.cookies();
        let request =
            self.client.req(method, address.to_owned()).header(Header::new("Host", "localhost:8000"));
        request.cookies(cookies.into_iter().map(|(name, value)| Cookie::new(name, value)))
    }

    /// Sends a request and keeps the cookies of the answer.
    pub(crate) async fn send(&self, request: LocalRequest<'_>) -> Seen {
        let answer = request.dispatch().await;
        let mut cookies = self.cookies.lock().expect("no panic").clone();
        for cookie in answer.cookies().iter() {
            if cookie.max_age().is_some_and(rocket::time::Duration::is_zero) {
                cookies.remove(cookie.name());
            } else {
                cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        *self.cookies.lock().expect("no panic") = cookies;
        let headers =
            answer.headers().iter().map(|header| (header.name.to_string(), header.value.to_string()));
        let headers = headers.collect();
        Seen { status: answer.status().code, headers, body: answer.into_string().await.unwrap_or_default() }
    }

    pub(crate) async fn get(&self, address: &str) -> Seen {
        self.send(self.request(Method::Get, address)).await
    }

    /// Posts these fields as a form of one of the shop's own pages would be.
    pub(crate) async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Seen {
        let request = self.request(Method::Post, address).header(ContentType::Form);
        let request = request.header(Header::new("Sec-Fetch-Site", "same-origin")).body(encoded(fields));
        self.send(request).await
    }

    /// Sends the page's form that goes to `action`, with its hidden fields as they are and these filled in.
    pub(crate) async fn submit(&self, page: &Seen, action: &str, filled: &[(&str, &str)]) -> Seen {
        let mut fields = page.form(action);
        for (name, value) in filled {
            fields.insert((*name).to_owned(), (*value).to_owned());
        }
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.post(action, &fields).await
    }

    /// Follows a link of a mail and presses the button of its page; a page that has none any more is pressed all the same, as by somebody
    /// who has opened it before.
    pub(crate) async fn press(&self, link: &str) -> Seen {
        let page = self.get(link).await;
        let form = self.address("/activate");
        let token = self.get(&form).await.form(&form).remove("form_token").expect("a form with a token");
        let answer = self.post(link, &[("form_token", token.as_str())]).await;
        assert!(
            page.status == 200 || answer.status == 422,
            "{link} was said to be void, and it did something"
        );
        answer
    }

    /// Registers, with all fields filled in rightly.
    pub(crate) async fn register(&self, email: &str) -> Seen {
        let action = self.address("/register");
        let page = self.get(&action).await;
        self.submit(&page, &action, &registration(email)).await
    }

    /// Signs in.
    pub(crate) async fn sign_in(&self, email: &str, password: &str) -> Seen {
        let action = self.address("/login");
        let page = self.get(&action).await;
        self.submit(&page, &action, &[("email", email), ("password", password)]).await
    }

    /// Changes the account, with all other fields as they are.
    pub(crate) async fn edit(&self, changes: &[(&str, &str)]) -> Seen {
        let action = self.address("/account/edit");
        let page = self.get(&action).await;
        self.submit(&page, &action, &[&registration("ana@example.com")[..4], changes].concat()).await
    }

    /// Puts something into the cart, by the form of the cart's owner.
    pub(crate) async fn add(&self, sku: &str, quantity: &str) -> Seen {
        let token = self.form_token().await;
        let fields = [("form_token", token.as_str()), ("sku", sku), ("quantity", quantity)];
        self.post(&self.address("/cart/items"), &fields).await
    }

    /// Orders what lies in the cart; the address of the order's page.
    pub(crate) async fn order(&self) -> String {
        let action = self.address("/checkout");
        let page = self.get(&action).await;
        let placed = self.submit(&page, &action, &[("address", "Strada Scurtă 2\nBrașov")]).await;
        placed.location().to_owned()
    }

    /// The token of the forms for this browser, signed in.
    pub(crate) async fn form_token(&self) -> String {
        let account = self.get(&self.address("/account")).await;
        account.form(&self.address("/logout")).remove("form_token").expect("a form with a token")
    }

    /// The address of a page of the shop.
    fn address(&self, path: &str) -> String {
        format!("{}{path}", base(&self.client))
    }
}

/// The fields of a registration.
pub(crate) fn registration(email: &str) -> [(&str, &str); 6] {
    [
        ("email", email),
        ("last_name", "Pop"),
        ("first_name", "Ana"),
        ("address", "Strada Lungă 1\nBrașov"),
        ("password", PASSWORD),
        ("password_confirmation", PASSWORD),
    ]
}

/// Fields as a browser writes them into a form's body.
pub(crate) fn encoded(fields: &[(&str, &str)]) -> String {
    let encode =
        |text: &str| rocket::http::RawStr::new(text).percent_encode().to_string().replace("%20", "+");
    let pairs: Vec<_> =
        fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    pairs.join("&")
}

impl Seen {
    /// A header's value, if it is there.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Where it leads on to.
    pub(crate) fn location(&self) -> &str {
        self.header("Location").unwrap_or_else(|| panic!("no redirect: {} {}", self.status, self.body))
    }

    /// The hidden fields of the form that goes to `action`.
    pub(crate) fn form(&self, action: &str) -> BTreeMap<String, String> {
        html::form(&self.body, action).unwrap_or_else(|| panic!("no form goes to {action} in {}", self.body))
    }

    /// What the page says and offers, without what it looks like.
    pub(crate) fn outline(&self) -> String {
        html::outline(self.status, &self.body)
    }
}
