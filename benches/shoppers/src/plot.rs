//! `shoppers plot`: traffic over time, as an SVG.

#![expect(
    clippy::cast_precision_loss,
    reason = "no run has so many seconds or requests that a picture shows it"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::arguments::Plot;
use crate::report::{self, Report, TimelineSecond};
use crate::trouble::Trouble;

/// In pixels.
const SIZE: (u32, u32) = (800, 380);
/// Title and legend.
const HEAD: u32 = 64;
/// At most so many steps are drawn; of a longer run each is the mean of several seconds.
const MOST_STEPS: usize = 300;
/// Rows of marks, one below the other, so that neighbors do not cover each other.
const MARK_ROWS: usize = 3;
/// So much of the height is kept free for the marks.
const HEADROOM: f64 = 1.45;

/// A failure is drawn at least so high, of the highest step: one of hundreds would not be seen.
const LEAST_FAILED: f64 = 0.04;

/// Told apart by people who are blind to a color too: Okabe and Ito, "Color Universal Design" (2008).
const VERSIONS: [RGBColor; 5] = [
    RGBColor(0, 114, 178),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
];
/// Darker than all of them.
const FAILED: RGBColor = RGBColor(170, 0, 0);

type Canvas<'c> = DrawingArea<SVGBackend<'c>, Shift>;
type Chart<'c> = ChartContext<'c, SVGBackend<'c>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), Box<dyn Error>>;

/// Something that has happened during a run.
#[derive(Clone, Debug, PartialEq)]
struct Mark {
    /// Since the beginning.
    second: f64,
    text: String,
}

/// Draws the picture of a report.
pub(crate) fn run(arguments: &Plot) -> Result<(), Trouble> {
    let report: Report = report::read(&arguments.report)?;
    let marks = match &arguments.marks {
        Some(path) => read_marks(path, report.started_at)?,
        None => Vec::new(),
    };
    let picture = draw(&report, &arguments.title, &marks);
    let picture = picture.map_err(|error| Trouble::Picture(error.to_string()))?;
    fs::write(&arguments.picture, picture).map_err(Trouble::file(&arguments.picture))
}

fn read_marks(path: &Path, started_at: i64) -> Result<Vec<Mark>, Trouble> {
    let text = fs::read_to_string(path).map_err(Trouble::file(path))?;
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let marks = lines.map(|line| {
        mark(line, started_at)
            .ok_or_else(|| Trouble::content(path, &format!("no mark: UNIX_MS TEXT in {line:?}")))
    });
    marks.collect()
}

fn mark(line: &str, started_at: i64) -> Option<Mark> {
    let (moment, text) = line.trim().split_once(' ')?;
    let since = moment.parse::<i64>().ok()?.checked_sub(started_at)?;
    Some(Mark { second: since as f64 / 1e3, text: text.trim().to_owned() })
}

/// Requests a second within one step of the picture.
#[derive(Clone, Debug, Default, PartialEq)]
struct Step {
    by_version: BTreeMap<String, f64>,
    failed: f64,
}

impl Step {
    fn mean(seconds: &[TimelineSecond]) -> Self {
        let share = (seconds.len() as f64).recip();
        let mut step = Self::default();
        for second in seconds {
            step.failed += second.failed as f64 * share;
            for (version, &count) in &second.by_version {
                *step.by_version.entry(version.clone()).or_default() += count as f64 * share;
            }
        }
        step
    }

    fn all(&self) -> f64 {
        self.by_version.values().sum::<f64>() + self.failed
    }

    /// The height of this layer's top: the versions one upon the other, failures on top, and these at least
    /// so high.
    fn height(&self, layer: &Layer, least_failed: f64) -> f64 {
        match &layer.version {
            Some(top) => {
                let below = self.by_version.iter().filter(|(version, _)| *version <= top);
                below.map(|(_, count)| count).sum()
            }
            None if self.failed > 0.0 => self.all() - self.failed + self.failed.max(least_failed),
            None => 0.0,
        }
    }
}

/// The steps of a run: whole seconds only, for the last one and what is answered after it are no full ones.
fn steps(report: &Report) -> (Vec<Step>, usize) {
    let whole = report.timeline.iter().filter(|second| second.second as f64 + 1.0 <= report.seconds);
    let whole: Vec<_> = whole.cloned().collect();
    let seconds = if whole.is_empty() { &report.timeline } else { &whole };
    let width = seconds.len().div_ceil(MOST_STEPS).max(1);
    (seconds.chunks(width).map(Step::mean).collect(), width)
}

/// A band of the picture.
#[derive(Clone, Debug, PartialEq)]
struct Layer {
    /// `None` for failures.
    version: Option<String>,
    color: RGBColor,
    label: String,
}

fn layers(report: &Report) -> Vec<Layer> {
    let versions = report.by_version.keys().zip(VERSIONS.iter().cycle()).map(|(version, &color)| {
        let label = if version.is_empty() { "without a version" } else { version };
        Layer { version: Some(version.clone()), color, label: label.to_owned() }
    });
    let failed = Layer { version: None, color: FAILED, label: format!("{} failed", report.failed) };
    versions.chain([failed]).collect()
}

fn draw(report: &Report, title: &str, marks: &[Mark]) -> Result<String, Box<dyn Error>> {
    let mut picture = String::new();
    {
        let canvas = SVGBackend::with_string(&mut picture, SIZE).into_drawing_area();
        canvas.fill(&WHITE)?;
        let (head, body) = canvas.split_vertically(HEAD);
        let layers = layers(report);
        draw_head(&head, title, &layers)?;
        draw_chart(&body, report, &layers, marks)?;
        canvas.present()?;
    }
    Ok(picture)
}

fn draw_head(head: &Canvas<'_>, title: &str, layers: &[Layer]) -> Drawn {
    let bold = ("sans-serif", 19).into_font().style(FontStyle::Bold).color(&BLACK);
    head.draw(&Text::new(title.to_owned(), (12, 10), bold))?;
    let plain = ("sans-serif", 14).into_font().color(&BLACK);
    let mut x = 12;
    for layer in layers {
        head.draw(&Rectangle::new([(x, 40), (x + 13, 53)], layer.color.filled()))?;
        head.draw(&Text::new(layer.label.clone(), (x + 19, 40), plain.clone()))?;
        x += 19 + width_of(&layer.label) + 22;
    }
    Ok(())
}

/// How wide a text of 14 px is, about.
fn width_of(text: &str) -> i32 {
    i32::try_from(text.chars().count()).unwrap_or(i32::MAX).saturating_mul(8)
}

fn draw_chart(body: &Canvas<'_>, report: &Report, layers: &[Layer], marks: &[Mark]) -> Drawn {
    let (steps, width) = steps(report);
    let seconds = (steps.len() * width).max(1) as f64;
    let top = steps.iter().map(Step::all).fold(1.0, f64::max);
    let height = if marks.is_empty() { top * 1.1 } else { top * HEADROOM };
    let mut chart = ChartBuilder::on(body)
        .margin_left(6)
        .margin_right(18)
        .x_label_area_size(44)
        .y_label_area_size(58)
        .build_cartesian_2d(0.0..seconds, 0.0..height)?;
    let style = ("sans-serif", 14).into_font().color(&BLACK);
    chart
        .configure_mesh()
        .disable_x_mesh()
        .light_line_style(TRANSPARENT)
        .bold_line_style(RGBColor(215, 215, 215))
        .x_desc("seconds")
        .y_desc("requests a second")
        .x_label_formatter(&|second| format!("{second:.0}"))
        .y_label_formatter(&|rate| format!("{rate:.0}"))
        .y_labels(6)
        .label_style(style.clone())
        .axis_desc_style(style)
        .draw()?;
    // The highest first: each layer covers all but the top of the one before.
    for layer in layers.iter().rev() {
        draw_layer(&mut chart, layer, &steps, (width as f64, top * LEAST_FAILED))?;
    }
    let marks = marks.iter().filter(|mark| (0.0..=seconds).contains(&mark.second));
    marks.enumerate().try_for_each(|(index, mark)| draw_mark(&chart, mark, index, (seconds, height)))
}

fn draw_layer(
    chart: &mut Chart<'_>,
    layer: &Layer,
    steps: &[Step],
    (width, least_failed): (f64, f64),
) -> Drawn {
    let corners = steps.iter().enumerate().flat_map(|(index, step)| {
        let (begin, height) = (index as f64 * width, step.height(layer, least_failed));
        [(begin, height), (begin + width, height)]
    });
    chart.draw_series(AreaSeries::new(corners, 0.0, layer.color))?;
    Ok(())
}

fn draw_mark(chart: &Chart<'_>, mark: &Mark, index: usize, (seconds, height): (f64, f64)) -> Drawn {
    let area = chart.plotting_area();
    // No line goes up through the texts above its own.
    let top = height * (0.985 - (index % MARK_ROWS) as f64 * 0.08);
    let gray = RGBColor(60, 60, 60).stroke_width(1);
    area.draw(&PathElement::new([(mark.second, 0.0), (mark.second, top)], gray))?;
    let is_late = mark.second > seconds * 0.7;
    let side = if is_late { HPos::Right } else { HPos::Left };
    let style = ("sans-serif", 13).into_font().color(&BLACK).pos(Pos::new(side, VPos::Top));
    let gap = seconds * if is_late { -0.006 } else { 0.006 };
    let place = (mark.second + gap, top);
    area.draw(&Text::new(mark.text.clone(), place, style))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(seconds: u64) -> Report {
        let second = |second: u64| {
            let old = 200 - second.min(200);
            let by_version = [("0.1.0".to_owned(), old), ("0.2.0".to_owned(), 200 - old)].into();
            TimelineSecond { second, by_version, failed: u64::from(second % 10 == 3) }
        };
        let by_version = [("0.1.0".to_owned(), 1), ("0.2.0".to_owned(), 1)].into();
        let timeline = (0..=seconds).map(second).collect();
        Report { started_at: 1_000, seconds: seconds as f64, by_version, timeline, ..Report::default() }
    }

    #[test]
    fn the_legend_tells_the_versions_and_how_many_failed() {
        let picture = draw(&report(30), "Rolling <up & down>", &[]).expect("a picture");
        for text in ["0.1.0", "0.2.0", "0 failed", "Rolling &lt;up &amp; down&gt;", "requests a second"] {
            assert!(picture.contains(text), "{text} in {picture}");
        }
        let failed = Report { failed: 17, ..report(30) };
        assert!(draw(&failed, "", &[]).expect("a picture").contains("17 failed"));
    }

    #[test]
    fn layers_lie_one_upon_the_other() {
        let (steps, width) = steps(&report(30));
        assert_eq!((steps.len(), width), (30, 1), "the second after the last is not drawn");
        let layers = layers(&report(30));
        let heights =
            |step: usize| -> Vec<_> { layers.iter().map(|layer| steps[step].height(layer, 5.0)).collect() };
        assert_eq!(heights(13), [187.0, 200.0, 205.0], "one failure is seen, too");
        assert_eq!(heights(14), [186.0, 200.0, 0.0]);
    }

    #[test]
    fn marks_stand_where_they_happened() {
        assert_eq!(
            mark("3500 helm upgrade", 1_000),
            Some(Mark { second: 2.5, text: "helm upgrade".to_owned() })
        );
        assert_eq!(mark("soon helm upgrade", 1_000), None);
        let marks = [Mark { second: 2.5, text: "helm upgrade".to_owned() }];
        assert!(draw(&report(30), "", &marks).expect("a picture").contains("helm upgrade"));
        let elsewhere = [Mark { second: 31.0, text: "too late".to_owned() }];
        assert!(!draw(&report(30), "", &elsewhere).expect("a picture").contains("too late"));
    }

    #[test]
    fn a_long_run_makes_no_large_picture() {
        let (steps, width) = steps(&report(1_800));
        assert_eq!((steps.len(), width), (300, 6));
        assert!((steps[0].failed - 1.0 / 6.0).abs() < 1e-9, "the mean of six seconds");
        assert!(draw(&report(1_800), "", &[]).expect("a picture").len() < 60_000);
    }

    #[test]
    fn a_run_of_nothing_can_be_drawn() {
        assert!(draw(&Report::default(), "", &[]).expect("a picture").contains("0 failed"));
    }
}
