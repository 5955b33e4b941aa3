//! Numbers, plural forms, amounts and dates by ICU4X, with the data of CLDR that its crates compile in.

use fluent_syntax::ast::{InlineExpression, NamedArgument};
use icu_calendar::Gregorian;
use icu_datetime::fieldsets::{YMD, YMDT};
use icu_datetime::input::{DateTime, UtcOffset, ZonedDateTime};
use icu_datetime::preferences::HourCycle;
use icu_datetime::{DateTimeFormatterPreferences, FixedCalendarDateTimeFormatter};
use icu_decimal::DecimalFormatter;
use icu_decimal::input::Decimal;
use icu_decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu_locale_core::{Locale, locale};
use icu_plurals::{PluralCategory, PluralRules};

use crate::{Language, Money, Timestamp};

/// How one language writes numbers, amounts and dates, and which plural form a number takes.
#[derive(Debug)]
pub(super) struct Formats {
    grouped: DecimalFormatter,
    ungrouped: DecimalFormatter,
    minus: String,
    cardinal: PluralRules,
    ordinal: PluralRules,
    date: FixedCalendarDateTimeFormatter<Gregorian, YMD>,
    date_time: FixedCalendarDateTimeFormatter<Gregorian, YMDT>,
}

/// What a message may ask of `NUMBER()`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct NumberOptions {
    ordinal: bool,
    ungrouped: bool,
    integer_digits: i16,
    least_fraction_digits: i16,
    most_fraction_digits: Option<i16>,
}

impl Formats {
    /// The formats of `language`, or what ICU4X found missing in its data.
    pub(super) fn load(language: Language) -> Result<Self, String> {
        Self::try_load(&locale_of(language)).map_err(|error| format!("there are no formats: {error}"))
    }

    fn try_load(locale: &Locale) -> Result<Self, Box<dyn std::error::Error>> {
        let decimal = |grouping: GroupingStrategy| {
            DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::from(grouping))
        };
        let mut dates = DateTimeFormatterPreferences::from(locale);
        // 20:05 reads the same everywhere, and English would else write 8:05 PM.
        dates.hour_cycle = Some(HourCycle::H23);
        let grouped = decimal(GroupingStrategy::Auto)?;
        let minus = grouped.format(&Decimal::from(-1)).to_string().replace('1', "");
        Ok(Self {
            grouped,
            ungrouped: decimal(GroupingStrategy::Never)?,
            minus,
            cardinal: PluralRules::try_new_cardinal(locale.into())?,
            ordinal: PluralRules::try_new_ordinal(locale.into())?,
            date: FixedCalendarDateTimeFormatter::try_new(dates, YMD::long())?,
            date_time: FixedCalendarDateTimeFormatter::try_new(dates, YMD::long().with_time_hm())?,
        })
    }

    pub(super) fn number(&self, number: i64) -> String {
        self.grouped.format(&Decimal::from(number)).to_string()
    }

    /// The amount without its sign, with exactly the decimals of its currency.
    pub(super) fn amount(&self, money: Money) -> String {
        let mut amount = Decimal::from(money.minor().unsigned_abs());
        amount.multiply_pow10(i16::try_from(money.currency().decimals()).map_or(0, i16::wrapping_neg));
        self.grouped.format(&amount).to_string()
    }

    pub(super) fn minus(&self) -> &str {
        &self.minus
    }

    pub(super) fn date(&self, at: Timestamp) -> String {
        self.date.format(&utc(at).date).to_string()
    }

    pub(super) fn date_time(&self, at: Timestamp) -> String {
        format!("{}\u{a0}UTC", self.date_time.format(&utc(at)))
    }

    /// A number as a message asks for it; rounds half to even.
    pub(super) fn decimal(&self, number: &Decimal, options: NumberOptions) -> String {
        let formatter = if options.ungrouped { &self.ungrouped } else { &self.grouped };
        formatter.format(&options.apply(number)).to_string()
    }

    /// The plural form of a number as it is shown (1.0 may take another one than 1), by its name in CLDR.
    pub(super) fn plural_form(&self, number: &Decimal, options: NumberOptions) -> &'static str {
        let rules = if options.ordinal { &self.ordinal } else { &self.cardinal };
        match rules.category_for(&options.apply(number)) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        }
    }
}

impl NumberOptions {
    /// The most digits that may be asked for, as in ECMA-402.
    const DIGITS: i16 = 20;

    /// Takes an option as a message writes it; `false` if there is no such option or value.
    pub(super) fn set(&mut self, option: &NamedArgument<&str>) -> bool {
        match (option.name.name, &option.value) {
            ("type", InlineExpression::StringLiteral { value }) => {
                self.ordinal = *value == "ordinal";
                matches!(*value, "cardinal" | "ordinal")
            }
            ("useGrouping", InlineExpression::StringLiteral { value }) => {
                self.ungrouped = *value == "false";
                matches!(*value, "true" | "false")
            }
            (name, InlineExpression::NumberLiteral { value }) => match value.parse() {
                Ok(digits @ 0..=Self::DIGITS) => self.set_digits(name, digits),
                _ => false,
            },
            _ => false,
        }
    }

    fn set_digits(&mut self, name: &str, digits: i16) -> bool {
        match name {
            "minimumIntegerDigits" => self.integer_digits = digits,
            "minimumFractionDigits" => self.least_fraction_digits = digits,
            "maximumFractionDigits" => self.most_fraction_digits = Some(digits),
            _ => return false,
        }
        true
    }

    fn apply(self, number: &Decimal) -> Decimal {
        let mut number = number.clone();
        if let Some(most) = self.most_fraction_digits {
            number.round(-most);
        }
        // Padding to 0 would take zeros away.
        if self.least_fraction_digits > 0 {
            number.absolute.pad_end(-self.least_fraction_digits);
        }
        number.absolute.pad_start(self.integer_digits);
        number
    }
}

/// The locale whose customs a language follows where it is spoken in several countries.
///
/// CLDR reads the bare `en` as that of the United States, `es` of Spain, `pt` of Brazil, `fr` of France.
const fn locale_of(language: Language) -> Locale {
    match language {
        Language::English => locale!("en"),
        Language::Romanian => locale!("ro"),
        Language::Spanish => locale!("es"),
        Language::Portuguese => locale!("pt"),
        Language::French => locale!("fr"),
    }
}

/// The moment on the Gregorian calendar, which is carried on backward before 1582.
fn utc(at: Timestamp) -> DateTime<Gregorian> {
    let millis = at.as_micros().div_euclid(1_000);
    let moment = ZonedDateTime::from_epoch_milliseconds_and_utc_offset(millis, UtcOffset::zero());
    DateTime { date: moment.date.to_calendar(Gregorian), time: moment.time }
}
