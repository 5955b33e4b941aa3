//! A browser without JavaScript: cookies, links, forms with all their fields.

use scraper::{ElementRef, Html, Selector};
use ureq::http::Response;
use ureq::{Agent, Body};

use crate::shop::{PASSWORD, PATIENCE};

/// A browser. A clone shares its cookies, as another tab does.
#[derive(Clone)]
pub(crate) struct Browser {
    agent: Agent,
    origin: String,
    /// The client that a proxy in between would name.
    client: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    /// In seconds.
    pub(crate) retry_after: Option<u32>,
    /// Which version has answered.
    pub(crate) version: Option<String>,
    pub(crate) body: String,
}

/// A form with its fields as the page has filled them.
#[derive(Clone, Debug)]
pub(crate) struct Form {
    action: String,
    fields: Vec<(String, String)>,
}

impl Browser {
    pub(crate) fn new(url: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(None)
            .timeout_global(Some(PATIENCE))
            .build();
        Self { agent: config.into(), origin: url.to_owned(), client: None }
    }

    /// A browser on that address, whose requests come through a proxy on this machine.
    pub(crate) fn behind_proxy(url: &str, client: &str) -> Self {
        Self { client: Some(client.to_owned()), ..Self::new(url) }
    }

    /// A browser in which this account has signed in.
    pub(crate) fn signed_in(url: &str, email: &str) -> Self {
        Self::new(url).sign_in(email)
    }

    /// Signs in.
    pub(crate) fn sign_in(self, email: &str) -> Self {
        let form = self.get("/login").form("/login").with("email", email).with("password", PASSWORD);
        let answer = self.submit(&form);
        assert_eq!((answer.status, answer.location.as_deref()), (303, Some("/account")), "{}", answer.body);
        self
    }

    /// The same browser, with its cookies, at the address that the shop has now.
    pub(crate) fn at(&self, url: &str) -> Self {
        Self { origin: url.to_owned(), ..self.clone() }
    }

    /// Opens a page by its path, or by its whole address.
    pub(crate) fn get(&self, path: &str) -> Page {
        self.try_get(path).unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    pub(crate) fn try_get(&self, path: &str) -> Result<Page, ureq::Error> {
        let mut request = self.agent.get(self.address(path));
        if let Some(client) = &self.client {
            request = request.header("X-Forwarded-For", client);
        }
        Page::read(request.call()?)
    }

    /// Sends a form.
    pub(crate) fn submit(&self, form: &Form) -> Page {
        self.try_submit(form).unwrap_or_else(|error| panic!("POST {}: {error}", form.action))
    }

    pub(crate) fn try_submit(&self, form: &Form) -> Result<Page, ureq::Error> {
        let request = self.agent.post(self.address(&form.action));
        let mut request = request.header("Origin", &self.origin).header("Sec-Fetch-Site", "same-origin");
        if let Some(client) = &self.client {
            request = request.header("X-Forwarded-For", client);
        }
        Page::read(request.send_form(form.fields.iter().map(|(name, value)| (name, value)))?)
    }

    /// Sends a form and opens the page that the answer leads to.
    pub(crate) fn submit_and_follow(&self, form: &Form) -> Page {
        let answer = self.submit(form);
        assert_eq!(answer.status, 303, "{}", answer.body);
        self.get(&answer.location.expect("a location"))
    }

    /// Puts pieces of a product's first variant into the cart, from the product's page.
    pub(crate) fn add(&self, slug: &str, quantity: u32) -> Page {
        let form = self
            .get(&format!("/products/{slug}"))
            .form("/cart/items")
            .with("quantity", &quantity.to_string());
        self.submit_and_follow(&form)
    }

    fn address(&self, path: &str) -> String {
        if path.starts_with('/') { format!("{}{path}", self.origin) } else { path.to_owned() }
    }
}

impl Page {
    fn read(mut response: Response<Body>) -> Result<Self, ureq::Error> {
        let header = |name: &str| Some(response.headers().get(name)?.to_str().expect("text").to_owned());
        let (status, location) = (response.status().as_u16(), header("location"));
        let version = header("x-version");
        let retry_after = header("retry-after").map(|text| text.parse().expect("seconds"));
        Ok(Self { status, location, retry_after, version, body: response.body_mut().read_to_string()? })
    }

    /// The values of this attribute, of all elements that the selector finds.
    pub(crate) fn all(&self, selector: &str, attribute: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(selector).expect("a selector");
        let values = html.select(&selector).filter_map(|element| element.attr(attribute));
        values.map(str::to_owned).collect()
    }

    /// The attribute of the only element that the selector finds.
    pub(crate) fn one(&self, selector: &str, attribute: &str) -> String {
        let mut values = self.all(selector, attribute);
        assert_eq!(values.len(), 1, "{selector} {attribute} in {}", self.body);
        values.remove(0)
    }

    /// The first form that posts to this path.
    pub(crate) fn form(&self, action: &str) -> Form {
        let mut forms = self.forms(action);
        assert!(!forms.is_empty(), "no form to {action} ({}) in {}", self.status, self.body);
        forms.remove(0)
    }

    /// The last form that posts to this path.
    pub(crate) fn last_form(&self, action: &str) -> Form {
        self.forms(action).pop().expect("a form")
    }

    fn forms(&self, action: &str) -> Vec<Form> {
        let html = Html::parse_document(&self.body);
        let selector = Selector::parse(&format!("form[method=post][action='{action}']")).expect("a selector");
        let fields = Selector::parse("input, textarea, select").expect("a selector");
        let read = |form: ElementRef<'_>| Form {
            action: action.to_owned(),
            fields: form.select(&fields).filter_map(field).collect(),
        };
        html.select(&selector).map(read).collect()
    }
}

/// What a browser sends for a field that nobody touched.
fn field(element: ElementRef<'_>) -> Option<(String, String)> {
    let value = match element.value().name() {
        "textarea" => element.text().collect(),
        "select" => {
            let options = Selector::parse("option").expect("a selector");
            let selected = element.select(&options).find(|option| option.attr("selected").is_some());
            let chosen = selected.or_else(|| element.select(&options).next())?;
            chosen.attr("value")?.to_owned()
        }
        _ => element.attr("value").unwrap_or_default().to_owned(),
    };
    Some((element.attr("name")?.to_owned(), value))
}

impl Form {
    /// The form with something else typed into a field that it has.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|(other, _)| other == name);
        value.clone_into(
            &mut field.unwrap_or_else(|| panic!("no field {name} in the form to {}", self.action)).1,
        );
        self
    }
}
