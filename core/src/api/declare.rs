//! The two macros that declare the structs and the words of the messages.

/// Declares a message or a part of one: `field: Type = "jsonName" { max: 64, need: Need::ALWAYS }`, a list as
/// `field: [Type]`. The names in the braces are those of `Rule`. `check function` adds a check of the whole.
macro_rules! model {
    (@slot [$type:ident]) => { Vec<$type> };
    (@slot $type:ident) => { Option<$type> };
    (@setter $(#[$doc:meta])* $field:ident [$type:ident]) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, values: impl IntoIterator<Item = $type>) -> Self {
            self.$field = values.into_iter().collect();
            self
        }
    };
    (@setter $(#[$doc:meta])* $field:ident $type:ident) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, value: impl Into<$type>) -> Self {
            self.$field = Some(value.into());
            self
        }
    };
    ($(
        $(#[$doc:meta])*
        pub struct $name:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:tt = $json:literal { $($rule:ident: $value:expr),* $(,)? },)*
        }
        $(check $hook:path;)?
    )+) => {$(
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$field_doc])* #[doc = concat!("\n\nIn JSON `", $json, "`.")] pub $field: $crate::api::declare::model!(@slot $type),)*
            /// Members that are not declared here, and declared ones that were not of their documented kind.
            /// They are written back as they stand.
            pub extra: $crate::json::Object,
        }

        impl $name {
            /// The declared fields.
            pub const FIELDS: &'static [$crate::api::model::Field] = &[$($crate::api::model::Field {
                name: $json,
                kind: <$crate::api::declare::model!(@slot $type) as $crate::api::model::Slot>::KIND,
                list: <$crate::api::declare::model!(@slot $type) as $crate::api::model::Slot>::LIST,
                max: Self::RULES.$field.limit(),
                need: Self::RULES.$field.need,
                fields: <$crate::api::declare::model!(@slot $type) as $crate::api::model::Slot>::FIELDS,
            },)*];

            #[allow(clippy::needless_update, reason = "a declaration may say everything itself")]
            const RULES: rules::$name = rules::$name {
                $($field: $crate::api::model::Rule { $($rule: $value,)* ..$crate::api::model::Rule::PLAIN },)*
            };

            /// One without any field set.
            pub fn new() -> Self {
                Self::default()
            }

            $($crate::api::declare::model! { @setter $(#[$field_doc])* $field $type })*

            /// Reads it leniently: scalars as text, number or boolean, `null` as absent. A member that is not
            /// of its documented kind stays in [`extra`](Self::extra), so reading never fails.
            pub fn from_json(mut object: $crate::json::Object) -> Self {
                use $crate::api::model::Slot;
                Self {
                    $($field: Slot::take($json, &Self::RULES.$field, &mut object),)*
                    extra: object,
                }
            }

            /// Writes it: every scalar as a JSON string, empty fields left out, `extra` at the end.
            pub fn to_json(&self) -> $crate::json::Object {
                use $crate::api::model::Slot;
                let mut object = $crate::json::Object::new();
                $(self.$field.put($json, &mut object);)*
                for (name, json) in self.extra.iter() {
                    if object.get(name).is_none() {
                        object.set(name, json.clone());
                    }
                }
                object
            }

            pub(crate) fn check_at(
                &self,
                at: &$crate::api::model::Path<'_>,
                case: $crate::api::model::Case,
            ) -> $crate::error::Result<()> {
                use $crate::api::model::Slot;
                for (name, json) in self.extra.iter() {
                    $(if name == $json || (name == Self::RULES.$field.alias && !name.is_empty()) {
                        let at = at.member(name);
                        return Err(if self.$field.is_set() {
                            at.invalid("is given twice")
                        } else {
                            <$crate::api::declare::model!(@slot $type) as Slot>::misread(json, &at)
                        });
                    })*
                }
                $(self.$field.check(&Self::RULES.$field, &at.member($json), case)?;)*
                $($hook(self, at, case)?;)?
                Ok(())
            }
        }

        impl $crate::api::model::Member for $name {
            const KIND: $crate::api::model::Kind = $crate::api::model::Kind::Object;
            const FIELDS: &'static [$crate::api::model::Field] = $name::FIELDS;

            fn read(json: $crate::json::Json) -> Result<Self, $crate::json::Json> {
                match json {
                    $crate::json::Json::Object(object) => Ok($name::from_json(object)),
                    other => Err(other),
                }
            }

            fn is_empty(&self) -> bool {
                use $crate::api::model::Slot;
                self.extra.is_empty() $(&& !self.$field.is_set())*
            }

            fn write(&self) -> $crate::json::Json {
                self.to_json().into()
            }

            fn check(
                &self,
                _rule: &$crate::api::model::Rule,
                at: &$crate::api::model::Path<'_>,
                case: $crate::api::model::Case,
            ) -> $crate::error::Result<()> {
                self.check_at(at, case)
            }

            /// Names the first required field inside, which says more than the object's own name.
            fn missing(at: &$crate::api::model::Path<'_>, case: $crate::api::model::Case) -> $crate::error::Error {
                $name::default().check_at(at, case).err().unwrap_or_else(|| at.missing())
            }

            fn show(&self, _rule: &$crate::api::model::Rule, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(self, f)
            }
        }

        /// Shows which fields are set; texts other than ids only by their length, unknown members by name.
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                use $crate::api::model::{Names, Shown, Slot};
                let mut shown = f.debug_struct(stringify!($name));
                $(if self.$field.is_set() {
                    shown.field(stringify!($field), &Shown(&self.$field, &Self::RULES.$field));
                })*
                if !self.extra.is_empty() {
                    shown.field("extra", &Names(&self.extra));
                }
                shown.finish()
            }
        }
    )+
        mod rules {
            $(#[allow(unreachable_pub, reason = "named by an associated constant of a public type")]
            pub(super) struct $name { $(pub(super) $field: $crate::api::model::Rule,)* })+
        }
    };
}

/// Declares an enum of the documented words of a field. Another word is kept as text, never mistaken for one
/// of these. Words are compared without regard to case.
macro_rules! words {
    ($($(#[$doc:meta])* pub enum $name:ident { $($(#[$word_doc:meta])* $variant:ident = $word:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        pub enum $name {
            $($(#[$word_doc])* #[doc = concat!("\n\n`", $word, "`")] $variant,)+
            /// A word that the documents do not list, as it came.
            Other(String),
        }

        impl $name {
            /// The word as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    $($name::$variant => $word,)+
                    $name::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                $(if word.eq_ignore_ascii_case($word) {
                    return $name::$variant;
                })+
                $name::Other(word.to_owned())
            }
        }

        impl $crate::api::model::Member for $name {
            const KIND: $crate::api::model::Kind = $crate::api::model::Kind::Word;

            fn read(json: $crate::json::Json) -> Result<Self, $crate::json::Json> {
                match json.scalar() {
                    Some(word) if !word.is_empty() => Ok(Self::from(word.as_ref())),
                    _ => Err(json),
                }
            }

            fn is_empty(&self) -> bool {
                self.as_str().is_empty()
            }

            fn write(&self) -> $crate::json::Json {
                self.as_str().into()
            }

            fn check(
                &self,
                _rule: &$crate::api::model::Rule,
                at: &$crate::api::model::Path<'_>,
                _case: $crate::api::model::Case,
            ) -> $crate::error::Result<()> {
                match self {
                    $name::Other(_) => Err(at.invalid(concat!("must be one of:", $(" ", $word),+))),
                    _ => Ok(()),
                }
            }

            fn show(&self, _rule: &$crate::api::model::Rule, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt(self, f)
            }
        }
    )+};
}

pub(crate) use {model, words};
