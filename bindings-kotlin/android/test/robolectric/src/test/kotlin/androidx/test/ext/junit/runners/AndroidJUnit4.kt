package androidx.test.ext.junit.runners

import org.junit.runners.BlockJUnit4ClassRunner

/** A stand-in, so that the sample's test for devices compiles. It is not run here. */
class AndroidJUnit4(tests: Class<*>) : BlockJUnit4ClassRunner(tests)
