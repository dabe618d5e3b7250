//! Which gateway a merchant talks to: the two protocols, their regions, and the paths of their APIs.

/// The two protocols of the gateways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// Alipay's own merchant services, paths below `/ams`.
    Ams,
    /// Alipay+, for acquirers, paths below `/aps`.
    AlipayPlus,
}
