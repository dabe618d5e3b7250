package alipay.instore

import alipay.instore.ffi.Operation as FfiOperation
import alipay.instore.ffi.Protocol as FfiProtocol
import alipay.instore.ffi.Resolved as FfiResolved
import alipay.instore.ffi.Scenario as FfiScenario

// The words as they cross to the native library, where they have the same names.

internal fun Operation.ffi(): FfiOperation = FfiOperation.valueOf(name)

internal fun Protocol.ffi(): FfiProtocol = FfiProtocol.valueOf(name)

internal fun Resolved.ffi(): FfiResolved = FfiResolved.valueOf(name)

internal fun Scenario.ffi(): FfiScenario = FfiScenario.valueOf(name)

internal fun Operation.Companion.of(word: FfiOperation): Operation = Operation.valueOf(word.name)

internal fun Protocol.Companion.of(word: FfiProtocol): Protocol = Protocol.valueOf(word.name)

internal fun Resolved.Companion.of(word: FfiResolved): Resolved = Resolved.valueOf(word.name)

internal fun Scenario.Companion.of(word: FfiScenario): Scenario = Scenario.valueOf(word.name)
