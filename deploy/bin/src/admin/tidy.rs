use serde::Serialize;
use shop_core::tidy::TidyReport;

use super::Desk;
use super::output::View;
use crate::Failure;

pub(super) async fn run(desk: &mut Desk<'_>) -> Result<(), Failure> {
    let report = desk.shop.tidy(desk.settings.retention).await?;
    desk.output.show(&ReportView(report))
}

#[derive(Serialize)]
struct ReportView(TidyReport);

impl View for ReportView {
    fn text(&self) -> String {
        let TidyReport { tokens, sessions, throttles, messages } = self.0;
        format!("removed: {tokens} links, {sessions} sessions, {throttles} counts of tries, {messages} mails")
    }
}
