use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::error::NewSessionError;
use fantoccini::{Client, ClientBuilder, Locator};
use serde_json::json;
use tempfile::TempDir;

use crate::Outcome;

/// A browser window of one width, driven through `chromedriver`.
pub(crate) struct Browser {
    client: Client,
    name: String,
    _driver: Driver,
}

/// The driver's process and the browser's profile; both go when dropped.
struct Driver {
    process: Child,
    profile: TempDir,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The browser is a child of the driver's and would stay behind.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

impl Browser {
    /// Opens a window; `name` begins the names of its screenshots.
    pub(crate) async fn open(width: u32, name: &str) -> Outcome<Self> {
        let port = std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let process = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| {
                format!("chromedriver: {error}; install it with deploy/bin/tests/browser/install")
            })?;
        let driver = Driver { process, profile: tempfile::tempdir()? };
        let client = connect(port, width, &driver).await?;
        Ok(Self { client, name: name.into(), _driver: driver })
    }

    /// Opens an address and looks at the page.
    pub(crate) async fn visit(&self, address: &str, page: &str) -> Outcome {
        self.client.goto(address).await?;
        self.look(page).await
    }

    /// Takes a screenshot of the whole page, which must not be wider than the window.
    pub(crate) async fn look(&self, page: &str) -> Outcome {
        // What is left of the window beside a scroll bar must be enough.
        let beyond = "const page = document.scrollingElement; return page.scrollWidth - page.clientWidth";
        let beyond = self.client.execute(beyond, vec![]).await?;
        assert_eq!(beyond, 0, "{page} is wider than the window, by so many px");
        let screenshot = self.client.screenshot().await?;
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{}-{page}.png", self.name)), screenshot)?;
        Ok(())
    }

    pub(crate) async fn fill(&self, field: &str, value: &str) -> Outcome {
        let field = self.client.find(Locator::Css(field)).await?;
        field.clear().await?;
        field.send_keys(value).await?;
        Ok(())
    }

    /// Presses the form's first button and waits for the next page.
    pub(crate) async fn submit(&self, form: &str) -> Outcome {
        let page = self.client.find(Locator::Css("html")).await?;
        let button = self.client.find(Locator::Css(&format!("{form} button"))).await?;
        button.click().await?;
        for _ in 0..500 {
            // An element of the page before cannot be asked any more once the next page is there.
            if page.tag_name().await.is_err() {
                self.client.wait().for_element(Locator::Css("footer")).await?;
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        Err(format!("{form} led to no other page").into())
    }

    /// The same without the browser's own checks of the fields, so that the server has to tell.
    pub(crate) async fn submit_unchecked(&self, form: &str) -> Outcome {
        let element = self.client.find(Locator::Css(form)).await?;
        self.client.execute("arguments[0].noValidate = true", vec![serde_json::to_value(&element)?]).await?;
        self.submit(form).await
    }

    pub(crate) async fn count(&self, selector: &str) -> Outcome<usize> {
        Ok(self.client.find_all(Locator::Css(selector)).await?.len())
    }

    pub(crate) async fn text(&self, selector: &str) -> Outcome<String> {
        Ok(self.client.find(Locator::Css(selector)).await?.text().await?)
    }

    pub(crate) async fn attribute(&self, selector: &str, name: &str) -> Outcome<String> {
        let element = self.client.find(Locator::Css(selector)).await?;
        Ok(element.attr(name).await?.ok_or_else(|| format!("{selector} has no {name}"))?)
    }

    pub(crate) async fn value(&self, field: &str) -> Outcome<String> {
        let field = self.client.find(Locator::Css(field)).await?;
        Ok(field.prop("value").await?.unwrap_or_default())
    }

    pub(crate) async fn address(&self) -> Outcome<String> {
        Ok(self.client.current_url().await?.to_string())
    }

    pub(crate) async fn close(self) -> Outcome {
        Ok(self.client.close().await?)
    }
}

/// Tries until the driver listens, 10 s at most.
async fn connect(port: u16, width: u32, driver: &Driver) -> Outcome<Client> {
    let profile = driver.profile.path().display();
    let flags =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"];
    let mut flags: Vec<_> = flags.map(str::to_owned).into();
    flags.extend([
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        format!("--user-data-dir={profile}"),
    ]);
    // A window has a least width, far above a phone's: emulation alone makes narrow pages.
    let metrics = json!({ "width": width, "height": 1600, "pixelRatio": 1, "mobile": false, "touch": false });
    let options = json!({ "args": flags, "mobileEmulation": { "deviceMetrics": metrics } });
    let capabilities = [("goog:chromeOptions".to_owned(), options)].into_iter().collect();
    let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
    builder.capabilities(capabilities);
    for _ in 0..100 {
        match builder.connect(&format!("http://127.0.0.1:{port}")).await {
            Ok(client) => return Ok(client),
            Err(NewSessionError::Failed(_) | NewSessionError::FailedC(_) | NewSessionError::Lost(_)) => {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Err("chromedriver does not answer".into())
}
