//! From parsed messages to what is shown: references are put in their places, and what could not be shown is refused.

use std::collections::BTreeMap;
use std::ptr;

use fluent_syntax::ast;
use fluent_syntax::unicode::unescape_unicode_to_string;
use icu_decimal::input::Decimal;

use super::definitions::{Definitions, Name, id_of};
use super::formats::{Formats, NumberOptions};
use super::pattern::{Content, Key, Pattern, Select, Variable, Variant, Variants, trimmed};

/// More placeables than any message needs; references to references could grow without bound.
const PLACEABLES: usize = 1_000;

/// More references and variants within each other than any message needs; each takes some of the stack.
const DEPTH: usize = 100;

/// The names and values that a term is called with.
type Call<'r> = BTreeMap<&'r str, Content<'r>>;

/// Compiles a pattern, or says everything that is wrong with it.
pub(super) fn compile<'r>(
    pattern: &'r ast::Pattern<&'r str>,
    definitions: &'r Definitions<'r>,
    formats: &'r Formats,
) -> Result<Pattern, Vec<String>> {
    let mut compiler =
        Compiler { definitions, formats, faults: Vec::new(), path: Vec::new(), placeables: 0, call: None };
    let pattern = compiler.pattern(pattern);
    if compiler.faults.is_empty() && pattern.plain().is_some_and(|text| text.trim().is_empty()) {
        compiler.fault("is empty");
    }
    if compiler.faults.is_empty() { Ok(pattern) } else { Err(compiler.faults) }
}

struct Compiler<'r> {
    definitions: &'r Definitions<'r>,
    formats: &'r Formats,
    faults: Vec<String>,
    /// The patterns that are being read, the outermost first.
    path: Vec<&'r ast::Pattern<&'r str>>,
    placeables: usize,
    /// Set inside a term, which sees nothing but what it is called with.
    call: Option<Call<'r>>,
}

/// What a placeable or a selector stands for.
enum Operand<'r> {
    Known(Content<'r>),
    Variable(Variable),
    /// A variable of a term that the call does not pass.
    NotPassed(&'r str),
}

impl<'r> Compiler<'r> {
    fn fault(&mut self, fault: impl Into<String>) {
        self.faults.push(fault.into());
    }

    fn pattern(&mut self, source: &'r ast::Pattern<&'r str>) -> Pattern {
        let mut compiled = Pattern::default();
        if self.path.iter().any(|outer| ptr::eq(*outer, source)) {
            self.fault("refers to itself");
            return compiled;
        }
        if self.path.len() == DEPTH {
            self.fault(format!("has more than {DEPTH} references and variants within each other"));
            return compiled;
        }
        self.path.push(source);
        for element in &source.elements {
            match element {
                ast::PatternElement::TextElement { value } => compiled.push_text(value),
                ast::PatternElement::Placeable { expression } => {
                    let part = self.placeable(expression);
                    compiled.append(part);
                }
            }
        }
        self.path.pop();
        compiled
    }

    fn placeable(&mut self, expression: &'r ast::Expression<&'r str>) -> Pattern {
        self.placeables += 1;
        if self.placeables == PLACEABLES + 1 {
            self.fault(format!("has more than {PLACEABLES} placeables"));
        }
        match expression {
            _ if self.placeables > PLACEABLES => Pattern::default(),
            ast::Expression::Inline(inline) => self.inline(inline),
            ast::Expression::Select { selector, variants } => self.select(selector, variants),
        }
    }

    fn inline(&mut self, expression: &'r ast::InlineExpression<&'r str>) -> Pattern {
        match expression {
            ast::InlineExpression::MessageReference { id, attribute } => {
                self.reference(("", id.name), attribute.as_ref())
            }
            ast::InlineExpression::TermReference { id, attribute, arguments } => {
                self.term(id, attribute.as_ref(), arguments.as_ref())
            }
            ast::InlineExpression::Placeable { expression } => self.placeable(expression),
            operand => self.shown(operand),
        }
    }

    /// A literal, a variable or a number in a placeable of its own.
    fn shown(&mut self, expression: &'r ast::InlineExpression<&'r str>) -> Pattern {
        let mut pattern = Pattern::default();
        match self.operand(expression) {
            Some(Operand::Known(content)) => {
                let mut text = String::new();
                content.write(self.formats, &mut text);
                pattern.push_text(&text);
            }
            Some(Operand::Variable(variable)) => pattern.push_variable(variable),
            Some(Operand::NotPassed(name)) => {
                self.fault(format!("does not pass `{name}` to a term that shows it"));
            }
            None => {}
        }
        pattern
    }

    fn select(
        &mut self,
        selector: &'r ast::InlineExpression<&'r str>,
        variants: &'r [ast::Variant<&'r str>],
    ) -> Pattern {
        let operand = match selector {
            ast::InlineExpression::TermReference { id, attribute, arguments } => {
                let attribute = self.term(id, attribute.as_ref(), arguments.as_ref());
                let text = attribute.plain().unwrap_or_default().to_owned();
                Some(Operand::Known(Content::Text(text.into())))
            }
            selector => self.operand(selector),
        };
        let variants = Variants(variants.iter().filter_map(|variant| self.variant(variant)).collect());
        let known = match operand {
            Some(Operand::Variable(on)) => {
                let mut pattern = Pattern::default();
                pattern.push_select(Select { on, variants });
                return pattern;
            }
            Some(Operand::Known(content)) => Some(content),
            Some(Operand::NotPassed(_)) | None => None,
        };
        variants.choose(known.as_ref(), self.formats).cloned().unwrap_or_default()
    }

    fn variant(&mut self, variant: &'r ast::Variant<&'r str>) -> Option<Variant> {
        let key = match variant.key {
            ast::VariantKey::Identifier { name } => Key::Word(name.to_owned()),
            ast::VariantKey::NumberLiteral { value } => Key::Number(trimmed(self.number(value)?)),
        };
        Some(Variant { key, pattern: self.pattern(&variant.value), default: variant.default })
    }

    /// What is shown or selected on; `None` if that was a fault.
    fn operand(&mut self, expression: &'r ast::InlineExpression<&'r str>) -> Option<Operand<'r>> {
        match expression {
            ast::InlineExpression::StringLiteral { value } => {
                Some(Operand::Known(Content::Text(unescape_unicode_to_string(value))))
            }
            ast::InlineExpression::NumberLiteral { value } => {
                let number = self.number(value)?;
                Some(Operand::Known(Content::Number(number, NumberOptions::default())))
            }
            ast::InlineExpression::VariableReference { id } => Some(self.variable(id.name)),
            ast::InlineExpression::FunctionReference { id, arguments } => self.function(id.name, arguments),
            _ => {
                self.fault("has a reference or a placeable where a variable or a literal should stand");
                None
            }
        }
    }

    fn number(&mut self, literal: &str) -> Option<Decimal> {
        let number = Decimal::try_from_str(literal);
        if number.is_err() {
            self.fault(format!("has a number that cannot be read, {literal}"));
        }
        number.ok()
    }

    fn variable(&self, name: &'r str) -> Operand<'r> {
        match &self.call {
            None => Operand::Variable(Variable { name: name.to_owned(), options: NumberOptions::default() }),
            Some(call) => {
                call.get(name).map_or(Operand::NotPassed(name), |known| Operand::Known(known.clone()))
            }
        }
    }

    fn function(&mut self, name: &str, arguments: &'r ast::CallArguments<&'r str>) -> Option<Operand<'r>> {
        if name != "NUMBER" {
            self.fault(format!("calls {name}(); the only function is NUMBER()"));
            return None;
        }
        let mut asked = NumberOptions::default();
        for option in &arguments.named {
            if !asked.set(option) {
                self.fault(format!(
                    "calls NUMBER() with `{}` in a way that is not supported",
                    option.name.name
                ));
            }
        }
        let [argument] = arguments.positional.as_slice() else {
            self.fault("calls NUMBER() with more or less than one value");
            return None;
        };
        Some(match self.operand(argument)? {
            Operand::Known(Content::Number(number, _)) => Operand::Known(Content::Number(number, asked)),
            Operand::Variable(variable) => Operand::Variable(Variable { options: asked, ..variable }),
            operand => operand,
        })
    }

    fn term(
        &mut self,
        id: &ast::Identifier<&'r str>,
        attribute: Option<&ast::Identifier<&'r str>>,
        arguments: Option<&'r ast::CallArguments<&'r str>>,
    ) -> Pattern {
        let mut call = Call::new();
        for argument in arguments.iter().flat_map(|arguments| &arguments.named) {
            if let Some(Operand::Known(content)) = self.operand(&argument.value) {
                call.insert(argument.name.name, content);
            }
        }
        if arguments.is_some_and(|arguments| !arguments.positional.is_empty()) {
            self.fault(format!("passes a value without a name to `-{}`", id.name));
        }
        let outer = self.call.replace(call);
        let compiled = self.reference(("-", id.name), attribute);
        self.call = outer;
        compiled
    }

    fn reference(&mut self, name: Name<'r>, attribute: Option<&ast::Identifier<&'r str>>) -> Pattern {
        let attribute = attribute.map(|attribute| attribute.name);
        let definition = self.definitions.get(&name);
        if let Some(pattern) = definition.and_then(|definition| definition.pattern(attribute)) {
            return self.pattern(pattern);
        }
        self.fault(format!("refers to `{}`, which is not there", id_of(name, attribute)));
        Pattern::default()
    }
}
