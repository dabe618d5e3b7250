/**
 * Stand-ins for the few classes of androidx.test:monitor that Robolectric calls to start an application. That artefact is in
 * Google's repository alone, and the tests take theirs from Maven Central. They keep nothing and tell nobody.
 */
package androidx.test;
