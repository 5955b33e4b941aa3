//! The relay of the shop's mails.

fn main() -> std::process::ExitCode {
    vitrina::mailer::main()
}
