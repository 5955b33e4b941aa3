//! A browser without JavaScript.

use std::sync::Arc;
use std::time::Duration;

use hyper::Method;
use tokio::time::Instant;

use crate::answer::Answer;
use crate::connections::{Call, Connections, Keep};
use crate::failure::Failure;
use crate::form::Form;
use crate::jar::Jar;
use crate::journal::{Entry, Journal};
use crate::mix::Kind;

/// A browser: it carries cookies, and writes down what becomes of each request.
#[derive(Debug)]
pub(crate) struct Browser {
    /// How it reaches the shop.
    pub(crate) connections: Arc<Connections>,
    /// Where it writes down what happens.
    pub(crate) journal: Journal,
    /// Its cookies.
    pub(crate) jar: Jar,
    /// The client that it pretends to be, in `X-Forwarded-For`.
    pub(crate) client: Option<String>,
    /// Whether it keeps connections.
    pub(crate) keep: Keep,
    /// What its requests are counted as.
    pub(crate) kind: Kind,
    /// The versions that have answered it, one after the other.
    pub(crate) met: Vec<String>,
    /// The moment that the next request is planned for; without one it is planned for when it is sent.
    pub(crate) planned: Option<Instant>,
}

impl Browser {
    /// Opens one of the shop's pages, given by its path without the shop's prefix, and reads it.
    pub(crate) async fn open<T: Send>(
        &mut self,
        path: &str,
        read: impl FnOnce(&Answer) -> Result<T, Failure> + Send,
    ) -> Result<T, Failure> {
        let path = self.connections.target().path(path);
        self.follow(&path, read).await
    }

    /// Follows a link, and reads the page.
    pub(crate) async fn follow<T: Send>(
        &mut self,
        link: &str,
        read: impl FnOnce(&Answer) -> Result<T, Failure> + Send,
    ) -> Result<T, Failure> {
        let (method, path) = (Method::GET, link.to_owned());
        let call = Call { method, path, headers: Vec::new(), body: String::new(), pause: Duration::ZERO };
        self.exchange(call, read).await
    }

    /// Sends a form, and reads the answer.
    pub(crate) async fn submit<T: Send>(
        &mut self,
        form: &Form,
        read: impl FnOnce(&Answer) -> Result<T, Failure> + Send,
    ) -> Result<T, Failure> {
        self.submit_slowly(form, Duration::ZERO, read).await
    }

    /// Sends a form with a pause in the middle of its body, and reads the answer.
    pub(crate) async fn submit_slowly<T: Send>(
        &mut self,
        form: &Form,
        pause: Duration,
        read: impl FnOnce(&Answer) -> Result<T, Failure> + Send,
    ) -> Result<T, Failure> {
        let headers = vec![
            ("Content-Type", "application/x-www-form-urlencoded".to_owned()),
            ("Sec-Fetch-Site", "same-origin".to_owned()),
        ];
        let (method, path) = (Method::POST, form.action.clone());
        self.exchange(Call { method, path, headers, body: form.encoded(), pause }, read).await
    }

    /// One request. It has failed also when the answer does not have what is read in it.
    async fn exchange<T: Send>(
        &mut self,
        mut call: Call,
        read: impl FnOnce(&Answer) -> Result<T, Failure> + Send,
    ) -> Result<T, Failure> {
        let cookies = self.jar.header().map(|cookies| ("Cookie", cookies));
        let client = self.client.clone().map(|client| ("X-Forwarded-For", client));
        call.headers.extend(cookies.into_iter().chain(client));
        let name = format!("{} {}", call.method, call.path);
        let planned = self.planned.take().unwrap_or_else(Instant::now);
        let on_retry = || self.journal.write(Entry::Retried);
        let answer = self.connections.send(&call, self.keep, on_retry).await;
        let at = Instant::now();
        if let Ok(answer) = &answer {
            self.jar.take_from(&answer.headers);
            self.met.push(answer.version());
        }
        let version = answer.as_ref().map(Answer::version).unwrap_or_default();
        let judged = answer.and_then(|answer| {
            answer.judge()?;
            read(&answer)
        });
        // A shopper who is slow on purpose waits for nobody meanwhile.
        let latency = at.duration_since(planned).saturating_sub(call.pause);
        let outcome = judged.as_ref().map(|_| ()).map_err(Failure::clone);
        self.journal.write(Entry::Request { name, kind: self.kind, at, latency, version, outcome });
        judged
    }
}
