//! What a browser is called, as far as it says so.

use shop_core::account::UserAgent;

use super::Phrase;

/// What tells a browser; the first that is found counts, since most browsers claim to be others too.
const BROWSERS: [(&str, &str); 13] = [
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("YaBrowser/", "Yandex"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chromium/", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// What tells a system; the first that is found counts.
const SYSTEMS: [(&str, &str); 7] = [
    ("Android", "Android"),
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
];

/// A short name for the browser, such as "Firefox on Linux".
///
/// It is what the browser says, not what it is: Brave calls itself Chrome, an iPad often a Mac. Whatever says
/// less than browser and system is unknown.
pub(super) fn name_of(agent: &UserAgent) -> Phrase {
    let found = |names: &[(&str, &'static str)]| {
        names.iter().find(|(mark, _)| agent.as_str().contains(mark)).map(|&(_, name)| name)
    };
    match found(&BROWSERS).zip(found(&SYSTEMS)) {
        Some((browser, system)) => {
            Phrase::new("sessions-browser").with_text("browser", browser).with_text("system", system)
        }
        None => Phrase::new("sessions-browser-unknown"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_called_what_their_owners_call_them() {
        for (agent, browser, system) in [
            ("(X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "Linux"),
            ("(Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0", "Firefox", "Android"),
            (
                "(iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 FxiOS/145.0 Safari/605.1",
                "Firefox",
                "iOS",
            ),
            (
                "(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
                "Chrome",
                "Windows",
            ),
            (
                "(Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0",
                "Edge",
                "Windows",
            ),
            (
                "(Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.5 Safari/605.1.15",
                "Safari",
                "macOS",
            ),
            (
                "(iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 Version/16.6 Mobile Safari/604.1",
                "Safari",
                "iPadOS",
            ),
            (
                "(Linux; Android 15; SM-S938B) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                "Samsung Internet",
                "Android",
            ),
            (
                "(X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36",
                "Chrome",
                "ChromeOS",
            ),
        ] {
            let expected =
                Phrase::new("sessions-browser").with_text("browser", browser).with_text("system", system);
            assert_eq!(name_of(&UserAgent::of(&format!("Mozilla/5.0 {agent}"))), expected, "{agent}");
        }
    }

    #[test]
    fn nothing_is_made_up() {
        for agent in ["", "curl/8.16.0", "Mozilla/5.0", "Firefox/145.0", "Windows", "<script>"] {
            let expected = Phrase::new("sessions-browser-unknown");
            assert_eq!(name_of(&UserAgent::of(agent)), expected, "{agent}");
        }
    }
}
