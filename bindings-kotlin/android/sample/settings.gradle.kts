// The repository that `make android-aar` writes; an app of your own names the place to which you copied it.
dependencyResolutionManagement {
    repositories {
        google()
        mavenCentral()
        maven(rootDir.resolve("../../target/android/repository"))
    }
}

pluginManagement {
    repositories {
        google()
        mavenCentral()
        gradlePluginPortal()
    }
}

rootProject.name = "alipay-instore-sample"
include(":app")
