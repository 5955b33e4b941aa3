use super::layers::{Texts, collect};
use super::{Fault, Faults, Input, Profile, Secrecy, Setting, Settings, TABLE, parse, production};
use crate::Program;

/// Settings, and where each came from.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// The settings.
    pub settings: Settings,
    pub(super) texts: Texts,
}

/// Reads all layers for a program. Every fault is found, not just the first.
pub fn load(program: Program, input: &Input) -> Result<Loaded, Faults> {
    let mut faults = Vec::new();
    let texts = collect(input, &mut faults);
    let mut settings = Settings::defaults(profile(&texts));
    for setting in TABLE {
        if let Err(fault) = apply(setting, &texts, &mut settings) {
            faults.push(fault);
        }
    }
    if settings.profile == Profile::Production {
        let refused = production::faults(program, &settings).into_iter();
        let refused: Vec<_> = refused.filter(|fault| !fault.is_among(&faults)).collect();
        faults.extend(refused);
    }
    if faults.is_empty() { Ok(Loaded { settings, texts }) } else { Err(Faults(faults)) }
}

/// The profile comes before all others, since their defaults depend on it. What cannot be read is reported with the rest.
fn profile(texts: &Texts) -> Profile {
    let given = texts.get("profile").and_then(|given| parse::profile(&given.text).ok());
    given.unwrap_or(Profile::Development)
}

fn apply(setting: &Setting, texts: &Texts, settings: &mut Settings) -> Result<(), Fault> {
    let Some(given) = texts.get(setting.key) else { return Ok(()) };
    (setting.apply)(settings, &given.text).map_err(|problem| {
        let value = Some(given.text.as_str()).filter(|_| setting.secrecy == Secrecy::Open);
        Fault::of_value(setting.variable(), given.origin.clone(), &problem, value).about(setting.key)
    })
}
