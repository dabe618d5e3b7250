'use strict'
// What can't leave its process, and says so: structuredClone and postMessage make an empty object of an instance of a class
// whose members are private, and nobody is told.

/**
 * Lets structuredClone refuse an object with this reason: a member whose value it refuses. It looks at nothing but own members
 * that can be enumerated; JSON leaves it out.
 */
function refuseClone(object, reason) {
  const value = Symbol(`a ${object.constructor.name} can't be cloned: ${reason}`)
  Object.defineProperty(object, 'clone', { value, enumerable: true })
}

module.exports = { refuseClone }
