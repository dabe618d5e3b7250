"""What calls tell: checks, diagnoses, advice and routes.

Generated from schema/dialect/reports.toml by `make generate`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ._value import Value, each, read_by
from ._words import CheckName, CheckStatus, FindingCode, Meaning, Retry, RoutingRule, Target


@dataclass(frozen=True, kw_only=True)
class Check(Value):
    """One thing that was looked at before the first payment."""

    #: What was checked.
    name: CheckName
    #: How it ended.
    status: CheckStatus
    #: What was found, in one sentence without secrets.
    detail: str
    #: What to do; empty where it passed.
    hint: str
    #: The code of the error that was met, if one was.
    code: str | None = None


@dataclass(frozen=True, kw_only=True)
class CheckReport(Value):
    """What a check of a client found."""

    #: Whether nothing is wrong. Warnings do not count.
    healthy: bool
    #: One entry for each ``CheckName``, in the order of a request's way.
    checks: tuple[Check, ...] = field(default=(), metadata=each(Check.from_dict))


@dataclass(frozen=True, kw_only=True)
class Finding(Value):
    """One thing that was found about a signature that does not verify."""

    #: Which one, for programs.
    code: FindingCode
    #: The findings that hold only together with this one: all of them have to be changed.
    also: tuple[FindingCode, ...] = field(default=(), metadata=read_by(tuple))
    #: What was found.
    found: str
    #: What shows it. It holds no body, no key and no query of a path.
    evidence: str
    #: What to change.
    change: str


@dataclass(frozen=True, kw_only=True)
class SignedDigest(Value):
    """What a signature was found to hold."""

    #: ``pkcs1``, ``pkcs1_without_hash`` or ``pss``.
    padding: str
    #: The hash, such as ``sha256``; None where the signature names none.
    hash: str | None = None
    #: The digest that was signed, in lower-case hexadecimal; None where it can't be read from the padding.
    digest: str | None = None


@dataclass(frozen=True, kw_only=True)
class TriedKey(Value):
    """A key that was tried."""

    #: ``gateway`` for a configured key, ``own`` for the merchant's own one, else the name that it was given.
    name: str
    #: The version that it is configured under.
    version: int | None = None
    #: The length of the modulus, in bits.
    bits: int
    #: The SHA-256 of the key, as that of a verifying key.
    fingerprint: str
    #: Whether the signature was made with it.
    signer: bool


@dataclass(frozen=True, kw_only=True)
class Diagnosis(Value):
    """What was found about a signature that does not verify. It decides nothing."""

    #: The result in one sentence.
    summary: str
    #: Everything found, the most likely cause first; never empty.
    findings: tuple[Finding, ...] = field(default=(), metadata=each(Finding.from_dict))
    #: What can't be the cause, a sentence each.
    excluded: tuple[str, ...] = field(default=(), metadata=read_by(tuple))
    #: What the signature holds, where a key opened it.
    signed: SignedDigest | None = field(default=None, metadata=read_by(SignedDigest.from_dict))
    #: Every key that was tried.
    keys: tuple[TriedKey, ...] = field(default=(), metadata=each(TriedKey.from_dict))
    #: The number of contents that were compared with what was signed.
    tried: int
    #: Whether every candidate was compared. False where the limit of work was reached.
    complete: bool
    #: The same in words, a sentence a line.
    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, kw_only=True)
class Advice(Value):
    """What a result means, and what to do about it: a sentence for the cashier and one for the developer."""

    #: What it means for the operation that it answers.
    meaning: Meaning
    #: The canonical spelling of the code; None for a code that no document names.
    code: str | None = None
    #: What the cashier does, in English.
    cashier_en: str
    #: What the cashier does, in Chinese.
    cashier_zh: str
    #: What the developer or the operator does, in English.
    developer_en: str
    #: What the developer or the operator does, in Chinese.
    developer_zh: str
    #: Whether a new attempt needs a new payment request id, or for a refund a new refund request id.
    new_id_needed: bool
    #: What may be sent next.
    retry: Retry


@dataclass(frozen=True, kw_only=True)
class Route(Value):
    """Where a code goes, and the rule that decided."""

    #: The system that takes the payment.
    target: Target
    #: The wallet, where a directly integrated one takes it.
    wallet: str | None = None
    #: The rule that decided.
    rule: RoutingRule
    #: Directly integrated wallets that issue codes of the same shape.
    alternatives: tuple[str, ...] = field(default=(), metadata=read_by(tuple))
