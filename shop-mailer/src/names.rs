//! Which texts that people typed may stand where.

/// More than almost any full name has.
const MOST: usize = 80;

/// The name to greet somebody by, or `None` if it is better left out.
///
/// Whoever registers types any name and any address, so a greeting can reach a stranger: it must not be a way to send
/// advertisements. Left out is what a mail program would turn into a link, and what is too long for a name.
pub(crate) fn presentable(name: &str) -> Option<&str> {
    let name = name.trim();
    let suspicious = |character: char| character.is_control() || matches!(character, '/' | '\\' | ':' | '@');
    let fits = (1..=MOST).contains(&name.chars().count());
    (fits && !name.contains(suspicious) && !looks_like_a_domain(name)).then_some(name)
}

/// Whether two letters or more follow a dot directly: `example.com`, not `J.R.R. Tolkien`.
///
/// The dots are those that a host name may have (RFC 3490, section 3.1).
fn looks_like_a_domain(name: &str) -> bool {
    let is_long =
        |label: &str| label.chars().take(2).filter(|character| character.is_alphanumeric()).count() == 2;
    name.split(['.', '。', '．', '｡']).skip(1).any(is_long)
}

/// The text on one line, its control characters made blanks.
pub(crate) fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greets_people() {
        for name in [
            "Ana Pop",
            " Ana ",
            "O'Brien",
            "J.R.R. Tolkien",
            "Martin Luther King Jr.",
            "Dr. No",
            "小明",
            "محمد",
            "👩\u{200d}🔬",
            "\"Bob\", the builder <3",
        ] {
            assert_eq!(presentable(name), Some(name.trim()));
        }
        assert!(presentable(&"ț".repeat(MOST)).is_some());
    }

    #[test]
    fn leaves_out_what_reads_like_an_advertisement() {
        for name in [
            "",
            "  ",
            "Win at https://evil.example",
            "evil.com Pop",
            "Visit www.evil.example",
            "evil。com",
            "me@evil.example",
            "evil\\share",
            "Ana\r\nBcc: x@y.ro",
            "Ana\u{0}",
        ] {
            assert_eq!(presentable(name), None, "{name:?}");
        }
        assert_eq!(presentable(&"ț".repeat(MOST + 1)), None);
    }

    #[test]
    fn one_line_stays_one() {
        assert_eq!(one_line("Ana\r\nPop\t\u{7f}!"), "Ana  Pop  !");
        assert_eq!(one_line("Ștefan\u{a0}X"), "Ștefan\u{a0}X");
    }
}
